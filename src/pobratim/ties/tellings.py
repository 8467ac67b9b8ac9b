"""All summaries together: what reports tell of one thing is put together here."""

from collections import defaultdict
from collections.abc import Iterator

from pobratim.ties.counters import BasisFacts, EventFacts
from pobratim.ties.summarise import merged
from pobratim.ties.summary import Basis, Party, Summary

_TABLES = ("parties", "events", "bases")
_NOTHING = Summary("")


class Tellings:
    """The summaries by report, and by thing the reports that tell of it. All are of one resolution: they may add to
    each other, but nothing is decided otherwise in one than in another."""

    def __init__(self) -> None:
        """Begin without a report."""
        self._summaries: dict[str, Summary] = {}
        self._tellers: dict[str, dict[str, set[str]]] = {table: defaultdict(set) for table in _TABLES}
        self._events: dict[str, EventFacts] = {}

    def differing(self, slug: str, summary: Summary | None) -> Iterator[tuple[str, str]]:
        """Yield (table, name) of what a report would tell otherwise with another summary, None for none."""
        old, new = self._summaries.get(slug, _NOTHING), summary or _NOTHING
        moved = old.country != new.country
        for table in _TABLES:
            before, after = getattr(old, table), getattr(new, table)
            for name in before.keys() | after.keys():
                if moved or before.get(name) != after.get(name):
                    yield table, name

    def put(self, slug: str, summary: Summary | None) -> None:
        """Take a report's summary in place of the one it had; None takes that away."""
        old, new = self._summaries.pop(slug, _NOTHING), summary or _NOTHING
        for table in _TABLES:
            tellers, left, told = self._tellers[table], getattr(old, table), getattr(new, table)
            for name in left.keys() - told.keys():
                tellers[name].discard(slug)
                if not tellers[name]:
                    del tellers[name]
            for name in told.keys() - left.keys():
                tellers[name].add(slug)
        if summary is not None:
            self._summaries[slug] = summary
        self._events.clear()

    def party(self, name: str) -> Party | None:
        """Return a party, None for one that no report knows anything of."""
        told = self._of("parties", name)
        return next((one.parties[name] for one in told), None)

    def event(self, key: str) -> EventFacts:
        """Return what all reports tell of an activity; of one that none tells of nothing is known."""
        if key not in self._events:
            self._events[key] = self._event(key)
        return self._events[key]

    def basis(self, name: str) -> tuple[Basis, BasisFacts] | None:
        """Return a basis with its parties, None for one that no report states."""
        told = list(self._of("bases", name))
        if not told:
            return None
        basis = merged([one.bases[name] for one in told])
        countries = frozenset(one.country for one in told if one.country and one.bases[name].is_stated)
        return basis, BasisFacts(basis.events, basis.is_paper, basis.is_twinning, basis.date, countries)

    def _event(self, key: str) -> EventFacts:
        told = list(self._of("events", key))
        if not told:
            return EventFacts()
        start, end, is_project, _ = told[0].events[key]
        topics = frozenset(topic for one in told for topic in one.events[key].topics)
        return EventFacts(start, end, is_project, topics, frozenset(one.country for one in told if one.country))

    def _of(self, table: str, name: str) -> Iterator[Summary]:
        for slug in self._tellers[table].get(name, ()):
            yield self._summaries[slug]

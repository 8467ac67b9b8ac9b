"""All summaries together: what several reports tell of one thing is put together here."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from pobratim.ties.levels import Pair, pairs
from pobratim.ties.summary import Basis, Event, Party, Summary, merged


class Told(NamedTuple):
    """An activity as all reports tell of it: when it was, its topics, and the countries whose reports tell of it."""

    start: str
    end: str
    is_project: bool
    topics: frozenset[str]
    countries: frozenset[str]


class Stated(NamedTuple):
    """A basis as all reports state it; ``countries`` are those whose reports state it."""

    basis: Basis
    countries: frozenset[str]


class Tellings:
    """What the reports tell together. All summaries must be of one resolution: they may add to each other, but nothing
    is decided otherwise in one than in another."""

    def __init__(self, summaries: Mapping[str, Summary]) -> None:
        """Put the summaries together."""
        self.parties: dict[str, Party] = {}
        self.events: dict[str, Told] = {}
        self.bases: dict[str, Stated] = {}
        self.pairs = cache(self._pairs)
        for summary in summaries.values():
            countries = _only(summary.country)
            self.parties.update(summary.parties)
            for name, event in summary.events.items():
                self.events[name] = _told(event, countries, self.events.get(name))
            for name, basis in summary.bases.items():
                self.bases[name] = _stated(basis, countries, self.bases.get(name))

    def pairs_of(self, name: str) -> frozenset[Pair]:
        """Return the ties that a basis makes, none for one that nobody states."""
        return self.pairs(self.bases[name].basis.parties) if name in self.bases else frozenset()

    def _pairs(self, parties: tuple[str, ...]) -> frozenset[Pair]:
        return frozenset(pairs(parties, self.parties))


_NONE: frozenset[str] = frozenset()
UNTOLD = Told("", "", False, _NONE, _NONE)
"""An activity of which no report tells."""


@cache
def _only(name: str) -> frozenset[str]:
    return frozenset((name,)) if name else _NONE


@cache
def _topics(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(names)


def _told(event: Event, countries: frozenset[str], before: Told | None) -> Told:
    start, end, is_project, topics = event
    if before is None:
        return Told(start, end, is_project, _topics(topics), countries)
    return before._replace(topics=before.topics | _topics(topics), countries=before.countries | countries)


def _stated(basis: Basis, countries: frozenset[str], before: Stated | None) -> Stated:
    if before is None:
        return Stated(basis, countries)
    return Stated(merged((before.basis, basis)), before.countries | countries)

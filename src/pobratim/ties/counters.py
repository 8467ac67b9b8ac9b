"""One tie as counters: what its bases add up to, and can be taken away again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from pobratim.rdf.edtf import bounds

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An activity as all reports tell of it: its topics, and the countries whose reports do."""

    start: str = ""
    end: str = ""
    is_project: bool = False
    topics: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class BasisFacts:
    """A basis as all reports tell of it; ``countries`` are those whose reports state an agreement by itself."""

    events: tuple[str, ...]
    is_paper: bool
    is_twinning: bool
    date: str
    countries: frozenset[str]


@dataclass(slots=True)
class Tally:
    """How often each thing counts for one tie; a thing that counts no more is not among the keys.

    ``begins`` and ``ends`` are texts that sort by the bound and then, of equal bounds, by how exactly it is told.
    """

    bases: Counts = field(default_factory=dict)
    papers: Counts = field(default_factory=dict)
    twinnings: Counts = field(default_factory=dict)
    events: Counts = field(default_factory=dict)
    meetings: Counts = field(default_factory=dict)
    projects: Counts = field(default_factory=dict)
    topics: Counts = field(default_factory=dict)
    countries: Counts = field(default_factory=dict)
    begins: Counts = field(default_factory=dict)
    ends: Counts = field(default_factory=dict)

    def count(self, name: str, basis: BasisFacts, event_of: Callable[[str], EventFacts], by: int) -> None:
        """Count a basis (``by`` 1) or take it away (-1), with the same facts both times."""
        _count(self.bases, (name,), by)
        _count(self.countries, basis.countries, by)
        if basis.is_paper:
            _count(self.papers, (name,), by)
            _count(self.twinnings, (name,) if basis.is_twinning else (), by)
            self._date(basis.date, basis.date, by)
        for event in basis.events:
            if _count(self.events, (event,), by):
                self._event(event_of(event), by)
            if not basis.is_paper and _count(self.meetings, (event,), by) and event_of(event).is_project:
                _count(self.projects, (event,), by)

    def _event(self, event: EventFacts, by: int) -> None:
        _count(self.topics, event.topics, by)
        _count(self.countries, event.countries, by)
        self._date(event.start, event.end, by)

    def _date(self, start: str, end: str, by: int) -> None:
        if start and end:
            _count(self.begins, (_begin(start),), by)
            _count(self.ends, (_end(end),), by)

    @property
    def kind(self) -> str:
        """Return the kind of tie: what its agreements make of it, else what its activities do."""
        if self.papers:
            return "partnership" if self.twinnings else "friendship"
        return "project" if self.projects and len(self.projects) == len(self.meetings) else "contact"

    @property
    def span(self) -> tuple[str, str, str, str] | None:
        """Return the first and last day, and both as told (EDTF), None where nothing is dated."""
        if not self.begins:
            return None
        first, last = min(self.begins), max(self.ends)
        return first[:_DAY], last[:_DAY], first[_TOLD:], last[_TOLD:]


_DAY, _TOLD = len("2023-01-27"), len("2023-01-27 80 ")


@lru_cache(maxsize=4096)
def _begin(edtf: str) -> str:
    return f"{bounds(edtf)[0]} {90 - len(edtf)} {edtf}"


@lru_cache(maxsize=4096)
def _end(edtf: str) -> str:
    return f"{bounds(edtf)[1]} {10 + len(edtf)} {edtf}"


def _count(counter: Counts, keys: Iterable[str], by: int) -> bool:
    """Count keys; tell whether one of them came or went."""
    turned = False
    for key in keys:
        held = counter.get(key, 0)
        if held + by:
            counter[key] = held + by
        else:
            del counter[key]
        turned = turned or not held or not held + by
    return turned

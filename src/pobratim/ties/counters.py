"""One tie as counters: what its bases add up to, and can be taken away again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from pobratim.rdf.edtf import bounds
from pobratim.ties.tellings import UNTOLD, Stated, Told

_Counts = dict[str, int]


@dataclass(slots=True)
class Tally:
    """How often each thing counts for one tie; what counts no more is not among the keys.

    ``begins`` and ``ends`` are texts that sort by the bound and then, of equal bounds, by how exactly it is told.
    ``unseen_events`` and ``unseen_meetings`` are how many more count that are not among the keys: of a kept tally only
    those are looked at that may change.
    """

    bases: int = 0
    papers: int = 0
    twinnings: int = 0
    projects: int = 0
    events: _Counts = field(default_factory=dict)
    meetings: _Counts = field(default_factory=dict)
    topics: _Counts = field(default_factory=dict)
    countries: _Counts = field(default_factory=dict)
    begins: _Counts = field(default_factory=dict)
    ends: _Counts = field(default_factory=dict)
    unseen_events: int = 0
    unseen_meetings: int = 0

    @property
    def event_count(self) -> int:
        """Return how many activities count."""
        return len(self.events) + self.unseen_events

    @property
    def meeting_count(self) -> int:
        """Return how many activities of contacts count."""
        return len(self.meetings) + self.unseen_meetings

    def count(self, stated: Stated, events: Mapping[str, Told], by: int) -> None:
        """Count a basis (``by`` 1) or take it away (-1), with the same facts both times."""
        basis, countries = stated
        self.bases += by
        if countries:
            _count(self.countries, countries, by)
        if basis.is_paper:
            self.papers += by
            self.twinnings += by * basis.is_twinning
            self._date(basis.date, basis.date, by)
        for name in basis.events:
            event = events.get(name, UNTOLD)
            if _turned(self.events, name, by):
                self._event(event, by)
            if not basis.is_paper and _turned(self.meetings, name, by):
                self.projects += by * event.is_project

    def _event(self, event: Told, by: int) -> None:
        _count(self.topics, event.topics, by)
        _count(self.countries, event.countries, by)
        self._date(event.start, event.end, by)

    def _date(self, start: str, end: str, by: int) -> None:
        if start and end:
            _turned(self.begins, _begin(start), by)
            _turned(self.ends, _end(end), by)

    @property
    def kind(self) -> str:
        """Return the kind of tie: what its agreements make of it, else what its activities do."""
        if self.papers:
            return "partnership" if self.twinnings else "friendship"
        return "project" if self.projects and self.projects == self.meeting_count else "contact"

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


def _count(counts: _Counts, keys: Iterable[str], by: int) -> None:
    for key in keys:
        _turned(counts, key, by)


def _turned(counts: _Counts, key: str, by: int) -> bool:
    """Count a key; tell whether it came or went."""
    held = counts.get(key, 0)
    left = held + by
    if left:
        counts[key] = left
    else:
        del counts[key]
    return not held or not left

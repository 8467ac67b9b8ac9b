"""What a selection leaves of ties: their events by year, agreements, topics, the first and the last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from pobratim.explore import bits, grounds
from pobratim.explore.bits import Numbers
from pobratim.explore.filling.facets import NONE
from pobratim.explore.index import Index, Row
from pobratim.explore.selection import Selection


@dataclass(slots=True)
class Counts:
    """Of one tie; ``years`` are those that are told, ``first`` and ``last`` dates in EDTF, "" where none is told."""

    events: int = 0
    agreements: int = 0
    undated: int = 0
    first: str = ""
    last: str = ""
    years: dict[int, int] = field(default_factory=dict)
    topics: list[str] = field(default_factory=list)


def counts_of(index: Index, ties: Mapping[int, Row], selection: Selection) -> Mapping[int, Counts]:
    """Return what a selection leaves of ties, given with their rows of the index by number."""
    wanted = grounds.wanted(index, selection)
    found = {number: Counts() for number in ties}
    if wanted is None:
        _whole(index, ties, found)
    else:
        _selected(index, wanted, found)
    return found


def _whole(index: Index, ties: Mapping[int, Row], found: Mapping[int, Counts]) -> None:
    for number, row in ties.items():
        first, _, last = (row["date"] or "").partition("/")
        one = found[number]
        one.events, one.agreements, one.first, one.last = row["events"], row["agreements"], first, last or first
    sql = "SELECT tie, year, events FROM tie_year WHERE tie IN ({}) ORDER BY tie, year"
    for tie, year, events in index.among(sql, ties):
        if year:
            found[tie].years[year] = events
        else:
            found[tie].undated = events
    for tie, topic in index.among("SELECT tie, topic FROM tie_topic WHERE tie IN ({}) ORDER BY tie, topic", ties):
        found[tie].topics.append(topic)


def _selected(index: Index, wanted: grounds.Wanted, found: Mapping[int, Counts]) -> None:
    spans = [grounds.slots_of(index).grounds_of(tie) for tie in found]

    def parts(each: int) -> Iterable[tuple[Counts, int]]:
        return zip(found.values(), bits.parts(each, spans), strict=True)

    for one, part in parts(wanted.events):
        one.events = one.undated = part.bit_count()
    for one, part in parts(wanted.agreements):
        one.agreements = part.bit_count()
    for code, each in _of_events(index, "year", wanted):
        for one, part in parts(each):
            if part:
                one.years[int(code)] = part.bit_count()
                one.undated -= part.bit_count()
    for code, each in _of_events(index, "topic", wanted):
        for one, part in parts(each):
            one.topics += [code] if part else []
    _dates(index, wanted, found, spans)


def _of_events(index: Index, field: str, wanted: grounds.Wanted) -> Iterable[tuple[str, int]]:
    """Yield the values of a field, in order, with the events that have each and count."""
    known = index.facets.get(("ground", field), {})
    return ((code, known[code] & wanted.events) for code in sorted(known) if code != NONE)


def _dates(index: Index, wanted: grounds.Wanted, found: Mapping[int, Counts], spans: Sequence[tuple[int, int]]) -> None:
    ends: dict[int, int] = {}
    begun: dict[int, list[int]] = {}
    counting = bits.flags(wanted.all, grounds.slots_of(index).last)
    starts = index.numbers_of("ground.start")
    for tie, (first, slot) in zip(found, spans, strict=True):
        kept = first + np.flatnonzero(counting[first:slot])
        if len(kept):
            ends[tie] = int(kept[-1])
            begun[tie] = _earliest(kept, starts[kept]).tolist()
    _first_and_last(index, ends, begun, found)


def _earliest(grounds: Numbers, starts: Numbers) -> Numbers:
    """Return those of some grounds that began first, all where none has a day."""
    dated = starts[starts > 0]
    return grounds[starts == dated.min()] if len(dated) else grounds


def _first_and_last(
    index: Index, ends: Mapping[int, int], begun: Mapping[int, Sequence[int]], found: Mapping[int, Counts]
) -> None:
    """Tell the dates of the first and the last ground: a tie's are numbered by their last day."""
    wanted = {*ends.values(), *(number for numbers in begun.values() for number in numbers)}
    rows = {row["id"]: row for row in index.among("SELECT id, start, date FROM ground WHERE id IN ({})", wanted)}
    for tie, last in ends.items():
        found[tie].last = (rows[last]["date"] or "").rpartition("/")[2]
        dated = [rows[number] for number in begun[tie] if rows[number]["date"]]
        first = min(dated, key=lambda row: (str(row["start"]), -row["id"]), default=None)
        found[tie].first = first["date"].partition("/")[0] if first else ""


def tie_grounds(index: Index, ties: Iterable[int], selection: Selection) -> Sequence[Row]:
    """Return what a selection leaves of what ties, given by number, rest on."""
    return _of(index, ties, grounds.wanted(index, selection) or grounds.everything(index))


def _of(index: Index, ties: Iterable[int], wanted: grounds.Wanted) -> list[Row]:
    flags = bits.flags(wanted.all, grounds.slots_of(index).last)
    rows = index.among("SELECT * FROM ground WHERE tie IN ({}) ORDER BY id", ties)
    return [row for row in rows if flags[row["id"]]]

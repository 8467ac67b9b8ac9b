"""What a selection leaves of ties: their events by year, agreements, topics, the first and the last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pobratim.explore import bits, grounds
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
    slots, facets = grounds.slots_of(index), index.facets
    years = {
        int(code): each & wanted.events for code, each in facets.get(("ground", "year"), {}).items() if code != NONE
    }
    topics = {code: each & wanted.events for code, each in facets.get(("ground", "topic"), {}).items() if code != NONE}
    ends: dict[int, int] = {}
    begun: dict[int, list[int]] = {}
    for tie, one in found.items():
        span = slots.grounds_of(tie)
        one.events = bits.part(wanted.events, *span).bit_count()
        one.agreements = bits.part(wanted.agreements, *span).bit_count()
        counted = ((year, bits.part(each, *span).bit_count()) for year, each in sorted(years.items()))
        one.years = {year: count for year, count in counted if count}
        one.undated = one.events - sum(one.years.values())
        one.topics = sorted(code for code, each in topics.items() if bits.part(each, *span))
        kept = bits.part(wanted.all, *span)
        if kept:
            ends[tie] = span[0] + kept.bit_length() - 1
            begun[tie] = [span[0] + number for number in bits.numbers(_earliest(index, kept, span))]
    _first_and_last(index, ends, begun, found)


def _earliest(index: Index, kept: int, span: tuple[int, int]) -> int:
    """Return those of a tie's grounds that share the first quarter in which there is any, all where none has a day."""
    known = index.facets.get(("ground", "quarter"), {})
    for code in sorted(known):
        shared = kept & bits.part(known[code], *span) if code != NONE else 0
        if shared:
            return shared
    return kept


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
    flags = bits.flags(wanted.all, wanted.all.bit_length())
    rows = index.among("SELECT * FROM ground WHERE tie IN ({}) ORDER BY id", ties)
    return [row for row in rows if row["id"] < len(flags) and flags[row["id"]]]

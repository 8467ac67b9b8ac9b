"""What a selection leaves of ties: their events by year, agreements, topics, the first and the last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pobratim.explore import bits, grounds
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
    rows = _of(index, found, wanted)
    for row in rows:
        one = found[row["tie"]]
        if row["event"] is None:
            one.agreements += 1
        else:
            one.events += 1
            one.years[row["year"] or 0] = one.years.get(row["year"] or 0, 0) + 1
        if row["date"]:
            one.last = row["date"].rpartition("/")[2]
    for row in sorted((row for row in rows if row["date"]), key=lambda row: str(row["start"]), reverse=True):
        found[row["tie"]].first = row["date"].partition("/")[0]
    for one in found.values():
        one.undated = one.years.pop(0, 0)
        one.years = dict(sorted(one.years.items()))
    _topics(index, rows, found)


def tie_grounds(index: Index, ties: Iterable[int], selection: Selection) -> Sequence[Row]:
    """Return what a selection leaves of what ties, given by number, rest on."""
    return _of(index, ties, grounds.wanted(index, selection) or grounds.everything(index))


def _of(index: Index, ties: Iterable[int], wanted: grounds.Wanted) -> list[Row]:
    flags = bits.flags(wanted.all, wanted.all.bit_length())
    rows = index.among("SELECT * FROM ground WHERE tie IN ({}) ORDER BY id", ties)
    return [row for row in rows if row["id"] < len(flags) and flags[row["id"]]]


def _topics(index: Index, rows: Iterable[Row], found: Mapping[int, Counts]) -> None:
    told: dict[int, list[str]] = {}
    events = [row["event"] for row in rows if row["event"]]
    for event, topic in index.among("SELECT event, topic FROM event_topic WHERE event IN ({})", events):
        told.setdefault(event, []).append(topic)
    of: dict[int, set[str]] = {}
    for row in rows:
        of.setdefault(row["tie"], set()).update(told.get(row["event"], ()))
    for tie, topics in of.items():
        found[tie].topics = sorted(topics)

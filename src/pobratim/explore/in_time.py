"""What there is of a period, by days: whole quarters as sets, and only what lies at its two ends day by day."""

from collections.abc import Iterator
from datetime import date
from itertools import compress

from pobratim.explore import bits
from pobratim.explore.index import Index
from pobratim.explore.periods import bounds_of_quarter


def in_time(index: Index, what: str, first: date, last: date) -> int:
    """Return the things ("tie", "ground", "event", "agreement") that share a day with those from ``first`` to ``last``.

    They are a set (``bits.py``).
    """
    return index.recalled(("days", what, first, last), lambda: _found(index, what, first, last))


def _found(index: Index, what: str, first: date, last: date) -> int:
    known = index.facets.get((what, "quarter"), {})
    spans = {each: bounds_of_quarter(each) for each in known if each[:4].isdecimal()}
    there = [each for each, (begins, ends) in spans.items() if begins <= last and ends >= first]
    whole = {each for each in there if first <= spans[each][0] and spans[each][1] <= last}
    found = bits.union([known[each] for each in whole])
    at_ends = bits.union([known[each] for each in there if each not in whole]) & ~found
    return found | bits.of(_sharing(index, what, at_ends, (str(first), str(last))))


def _sharing(index: Index, what: str, among: int, days: tuple[str, str]) -> Iterator[int]:
    most = among.bit_length()
    numbers = compress(range(most + 1), bits.flags(among, most))
    for row in index.among(f"SELECT id, start, end FROM {what} WHERE id IN ({{}})", numbers):
        if row["start"] <= days[1] and row["end"] >= days[0]:
            yield row["id"]

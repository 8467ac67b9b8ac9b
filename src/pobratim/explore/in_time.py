"""What there is of a period, day by day."""

from datetime import date

from pobratim.explore import bits
from pobratim.explore.index import Index


def in_time(index: Index, what: str, first: date, last: date) -> int:
    """Return the things ("ground", "event", "agreement") that share a day with those from ``first`` to ``last``.

    They are a set (``bits.py``).
    """
    return index.recalled(("days", what, first, last), lambda: _found(index, what, first, last))


def _found(index: Index, what: str, first: date, last: date) -> int:
    starts, ends = (index.numbers_of(f"{what}.{name}") for name in ("start", "end"))
    return bits.from_flags((starts <= as_number(last)) & (ends >= as_number(first)))


def as_number(day: date) -> int:
    """Return a day as the columns of numbers have it: 20230509. What has none there is before all days."""
    return day.year * 10_000 + day.month * 100 + day.day

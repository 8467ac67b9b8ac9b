"""Periods as people name them: a year, half, quarter, month or day, or an interval of these."""

import re
from dataclasses import dataclass
from datetime import date

from pobratim.errors import UsageError
from pobratim.rdf.edtf import bounds

_PART = re.compile(r"([0-9]{4})-([QH])([1-4])", re.IGNORECASE)
_MONTHS = {"Q": 3, "H": 6}
"""How many months a quarter or half has."""
_EXACT = {len("2024-05-01"), len("2024-05-01/2024-05-02")}


@dataclass(frozen=True, slots=True)
class Period:
    """A period with its first and last day."""

    first: date
    last: date

    def overlaps(self, start: date, end: date) -> bool:
        """Tell whether a span of days and the period share a day."""
        return start <= self.last and end >= self.first

    def holds(self, start: date, end: date) -> bool:
        """Tell whether a span of days lies within the period."""
        return start >= self.first and end <= self.last


def period_of(told: str) -> Period:
    """Return the period of "2024", "2024-H1", "2024-Q3", "2024-05" or "2023-09/2024-05". Raises UsageError."""
    begin, _, finish = told.strip().partition("/")
    try:
        first, last = _bounds(begin)[0], _bounds(finish or begin)[1]
    except ValueError as error:
        raise UsageError("compare-period", value=told) from error
    if last < first:
        raise UsageError("compare-period", value=told)
    return Period(first, last)


def in_order(one: Period, other: Period) -> tuple[Period, Period]:
    """Return two periods, the earlier first. Raises UsageError where they share a day."""
    if one.overlaps(other.first, other.last):
        raise UsageError("compare-periods-overlap")
    return (one, other) if one.first < other.first else (other, one)


def is_exact(edtf: str) -> bool:
    """Tell whether a date, or both ends of an interval, are told to the day."""
    return len(edtf) in _EXACT


def _bounds(told: str) -> tuple[date, date]:
    part = _PART.fullmatch(told)
    if not part:
        return bounds(told)
    year, kind, number = part[1], part[2].upper(), int(part[3])
    months = _MONTHS[kind]
    if number * months > 12:
        raise ValueError(told)
    last = number * months
    return bounds(f"{year}-{last - months + 1:02d}")[0], bounds(f"{year}-{last:02d}")[1]

"""Quarters, in which time is filtered."""

from collections.abc import Iterator
from datetime import date, timedelta

_LONGEST = 400
"""Quarters that one thing may be in: a century. A mistyped year makes no endless one."""


def quarter_of(day: str) -> str:
    """Return the quarter of a day ("2023-05-09" lies in "2023-Q2")."""
    return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"


def quarters(start: str, end: str) -> Iterator[str]:
    """Yield the quarters that two days and what lies between them are in."""
    first, last = (int(day[:4]) * 4 + (int(day[5:7]) - 1) // 3 for day in (start, end))
    for number in range(first, min(last, first + _LONGEST) + 1):
        yield f"{number // 4:04d}-Q{number % 4 + 1}"


def bounds_of_quarter(quarter: str) -> tuple[date, date]:
    """Return the first and the last day of a quarter ("2023-Q2")."""
    year, number = int(quarter[:4]), int(quarter[6])
    following = date(year + number // 4, number % 4 * 3 + 1, 1)
    return date(year, number * 3 - 2, 1), following - timedelta(1)

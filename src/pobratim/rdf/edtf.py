"""EDTF level 0 dates and intervals: their first and last day."""

import calendar
from datetime import date


def bounds(edtf: str) -> tuple[date, date]:
    """Return the first and last day of "2023", "2023-01" or "2023-01-27". Raises ValueError for anything else."""
    parts = [int(part) for part in edtf.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], calendar.monthrange(parts[0], parts[1])[1])
    year, month, day = parts
    return date(year, month, day), date(year, month, day)


def interval(start: str, end: str) -> str:
    """Return the EDTF text of a span: one value where both ends are equal."""
    return start if start == end else f"{start}/{end}"

"""Bounds of the EDTF dates that records hold: a year, a month or a day."""

import calendar
from datetime import date


def first_day(text: str) -> date | None:
    """Return the first day of "2023", "2023-02" or "2023-02-05"; None for "" and for anything else."""
    parts = _parts(text)
    if not parts:
        return None
    year, month, day = [*parts, 1, 1][:3]
    return _date(year, month, day)


def last_day(text: str) -> date | None:
    """Return the last day of a year, month or day; None as in ``first_day``."""
    parts = _parts(text)
    if not parts:
        return None
    year, month = [*parts, 12][:2]
    if not 1 <= month <= 12:
        return None
    day = parts[2] if len(parts) == 3 else calendar.monthrange(year, month)[1]
    return _date(year, month, day)


def _parts(text: str) -> list[int]:
    parts = text.split("-")
    return [int(part) for part in parts] if len(parts) <= 3 and all(part.isdigit() for part in parts) else []


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

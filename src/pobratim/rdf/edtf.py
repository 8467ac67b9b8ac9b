"""EDTF level 0 dates and intervals: their first and last day."""

import calendar
import re
from datetime import date

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def bounds(edtf: str) -> tuple[date, date]:
    """Return the first and last day of "2023", "2023-01" or "2023-01-27". Raises ValueError for anything else."""
    form = _FORM.fullmatch(edtf)
    if not form:
        raise ValueError(f"not an EDTF date: {edtf!r}")
    year, month, day = form.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        last_month = date(int(year), int(month or 12), 1)
        last_day = day or calendar.monthrange(last_month.year, last_month.month)[1]
        return first, last_month.replace(day=int(last_day))
    except ValueError as error:
        raise ValueError(f"not an EDTF date: {edtf!r} ({error})") from error


def interval(start: str, end: str) -> str:
    """Return the EDTF text of a span: one value where both ends are equal."""
    return start if start == end else f"{start}/{end}"

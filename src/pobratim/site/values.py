"""Values for people: dates, points, numbers."""

import re
from datetime import date

from pobratim.messages import Language
from pobratim.site.words import counted, words

_POINT = re.compile(r"POINT\s*\(\s*(-?[0-9.]+)\s+(-?[0-9.]+)\s*\)")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DURATION = re.compile(r"P(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,3})M)?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def date_text(value: str, lang: Language, is_short: bool = False) -> str:
    """Return an xsd:date or a simple EDTF date or range in words; anything else as it is.

    A range names its year once, and days of one month that as well: "12–14 сентября 2025". Where it must be short the
    months of days are cut: "12–14 сен. 2025".
    """
    first, _, last = value.partition("/")
    shown = _date(last or first, lang, is_short)
    if not last or first == last:
        return shown
    start, end = _DAY.fullmatch(first), _DAY.fullmatch(last)
    begins, year = _date(first, lang, is_short), f"\u00a0{first[:4]}"
    if start and end and start[1] == end[1] and begins != first and shown != last:
        return f"{int(start[3])}–{shown}" if start[2] == end[2] else f"{begins.removesuffix(year)}\u00a0– {shown}"
    if _MONTH.fullmatch(first) and _MONTH.fullmatch(last) and shown.endswith(year):
        begins = begins.removesuffix(year)
    return f"{begins}\u00a0– {shown}"


def duration_text(value: str, lang: Language) -> str:
    """Return a duration of years or months in words («5 лет»); anything else as it is."""
    found = _DURATION.fullmatch(value)
    parts = found.groupdict() if found else {}
    return " ".join(counted(unit, int(number), lang) for unit, number in parts.items() if number) or value


def share_text(value: str, lang: Language) -> str:
    """Return a share of 0 to 1 as a percentage with three digits that tell."""
    shown = f"{float(value) * 100:.3g}"
    return f"{shown.replace('.', ',')}\u00a0%" if lang == "ru" else f"{shown}%"


def point_of(wkt: str) -> str:
    """Return a WKT point as latitude and longitude, "" for other shapes."""
    found = coordinates(wkt)
    return f"{found[0]:g}, {found[1]:g}" if found else ""


def coordinates(wkt: str) -> tuple[float, float] | None:
    """Return latitude and longitude of a WKT point, None for other shapes."""
    found = _POINT.search(wkt)
    return (float(found[2]), float(found[1])) if found else None


def _date(value: str, lang: Language, is_short: bool = False) -> str:
    if value in ("", ".."):
        return "…"
    day, month = _DAY.fullmatch(value), _MONTH.fullmatch(value)
    try:
        if day:
            months = words()["months-short" if is_short else "months"][lang]
            return f"{int(day[3])}\u00a0{months[int(day[2]) - 1]}\u00a0{day[1]}"
        if month:
            date(int(month[1]), int(month[2]), 1)
            return f"{words()['months-alone'][lang][int(month[2]) - 1]}\u00a0{month[1]}"
    except (ValueError, IndexError):
        return value
    return value

"""Dates as reports write them, to EDTF level 0 bounds (ISO 8601-2): never more precise than the text."""

import calendar
import itertools
import re
from typing import NamedTuple

from pobratim.text.words import roman_value

_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MONTH = (
    r"(?P<month>январ[а-я]*|феврал[а-я]*|март[а-я]*|апрел[а-я]*|ма[йяею]|июн[а-я]*|июл[а-я]*|август[а-я]*"
    r"|сентябр[а-я]*|октябр[а-я]*|ноябр[а-я]*|декабр[а-я]*)(?![а-я])"
)
_DASH = r"\s*[-–—−‑]\s*"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)(?:\s*(?:г\.|гг\.|год[а-я]*|г(?![а-яё])))?"
_LISTED = r"\s*(?:,|и|по)\s*(?:\d{1,2}\s*(?:,|и)\s*)*"
_DAYS = rf"(?P<day>\d{{1,2}})(?:-?(?:го|е|ое))?(?:(?:{_DASH}|{_LISTED})(?P<last>\d{{1,2}}))?"
_ATOMS = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(
        rf"(?<![\d.])(?P<day>\d{{1,2}})(?:(?:{_DASH}|{_LISTED})(?P<last>\d{{1,2}}))?\.(?P<number>\d{{1,2}})\."
        r"(?P<year>(?:19|20)\d\d|\d\d)(?![\d.]*\d)"
    ),
    re.compile(
        rf"(?<![\d.])(?P<day>\d{{1,2}})(?:{_DASH}(?P<last>\d{{1,2}}))?(?P<mark>[./\s])(?P<roman>[IVXХІ]{{1,4}}|\d{{1,2}}(?=/))"
        r"(?:(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)|(?<=\.[IVXХІ])(?![\w.])|(?<=[IVXХІ]{2})(?![\w.]))"
    ),
    re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<number>0[1-9]|1[0-2])(?!\d|\.\d)\.?"),
    re.compile(rf"(?<!\d){_DAYS}\s+{_MONTH}\s*(?:,\s*)?(?:{_YEAR})?", re.IGNORECASE),
    re.compile(rf"(?<![а-яё]){_MONTH}\s*(?:{_YEAR})?", re.IGNORECASE),
    re.compile(
        rf"(?:(?<![\w.])(?P<from>[1-4]|I{{1,3}})(?:{_DASH}|\s+и\s+))?"
        r"(?P<quarter>[1-4]|I{1,3}|IV|перв\w+|втор\w+|трет\w+|четв[её]рт\w+)(?:-?[а-я]{1,2})?\s+(?:квартал\w*|кв\.)\s*"
        rf"(?:{_YEAR})?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<half>[12]|I{{1,2}}|перв\w+|втор\w+)(?:-?[а-я]{{1,2}})?\s+полугоди\w*\s*(?:{_YEAR})?", re.IGNORECASE
    ),
    re.compile(rf"(?<![а-яё])(?P<season>весн|лет|осен)(?:а|о|ь|ы|и|ой|ою|ью|ом|у|е)\s*{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<![\d-]){_YEAR}"),
)
_RULES = (
    "iso", "dotted", "marked", "day-month-dotted", "day-month", "month", "quarter", "half-year", "season", "year",
)  # fmt: skip
_WHOLE_YEAR = re.compile(r"(?:в\s+течение|на\s+протяжении)\s+(?:всего\s+)?года|весь\s+год|круглый\s+год", re.IGNORECASE)
_LEAP = 2000  # a year in which every day and month exists that any year has
_JOIN = re.compile(rf"^(?:{_DASH}|\s*(?:по|до|и)\s+|\s*[,;]\s*|\s*\n\s*)$", re.IGNORECASE)
_SEASONS = {"весн": (3, 5), "лет": (6, 8), "осен": (9, 11)}  # winter lies in two years: the text does not say which
_ORDINALS = {"1": 1, "i": 1, "2": 2, "ii": 2, "3": 3, "iii": 3, "4": 4, "iv": 4, "п": 1, "в": 2, "т": 3, "ч": 4}


class Dating(NamedTuple):
    """When something took place: EDTF bounds and the stretch of text they were read from.

    ``fault`` is "" or what is wrong ("no-such-date", "ends-before-start"); then start and end are "".
    """

    start: str
    end: str
    first: int
    last: int
    rule: str
    fault: str = ""


class _Atom(NamedTuple):
    first: int
    last: int
    year: int
    month: int
    day: int
    last_day: int
    last_month: int
    rule: str


def read_dating(text: str, default_year: int = 0) -> Dating | None:
    """Return the first date or range in ``text``, None where there is none; a list of dates is one from first to last.

    ``default_year`` completes a date without a year (0: such a date is not read, for nothing says when it was).
    """
    atoms = _atoms(text)
    if not atoms:
        whole = _WHOLE_YEAR.search(text)
        year = str(default_year)
        return Dating(year, year, *whole.span(), "whole-year") if whole and default_year else None
    joined = itertools.takewhile(
        lambda pair: _JOIN.match(text[pair[0].last : pair[1].first]), itertools.pairwise(atoms)
    )
    chain = [atoms[0], *(second for _, second in joined)]
    return _range(chain[0], chain[-1], default_year)


def years(text: str) -> list[int]:
    """Return the years that a text names, in order."""
    return [int(match["year"]) for match in _ATOMS[-1].finditer(text)]


def _atoms(text: str) -> list[_Atom]:
    taken: list[tuple[int, int]] = []
    atoms = []
    for rule, pattern in zip(_RULES, _ATOMS, strict=True):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            atoms.append(_atom(match, rule))
    return sorted(atoms)


def _atom(match: re.Match[str], rule: str) -> _Atom:
    groups = match.groupdict()
    year = int(groups.get("year") or 0)
    year += 2000 if 0 < year < 100 else 0
    month, last_month = _months(groups)
    day = int(groups.get("day") or 0)
    first, last = match.span()
    last -= len(match.group()) - len(match.group().rstrip(" ,\t\r\n\xa0"))
    return _Atom(first, last, year, month, day, int(groups.get("last") or day), last_month or month, rule)


def _months(groups: dict[str, str | None]) -> tuple[int, int]:
    """Return the first month named, and the last one (0 where it is one month, or none)."""
    if number := groups.get("number") or groups.get("roman"):
        # 13 is no month of any calendar: what is no numeral becomes "no such date".
        return int(number) if number.isdigit() else roman_value(number) or 13, 0
    if name := (groups.get("month") or "").lower():
        return next(
            n for n, stem in enumerate(_MONTHS, 1) if name.startswith(stem) and (stem != "ма" or name[:3] != "мар")
        ), 0
    for group, length in (("quarter", 3), ("half", 6)):
        if ordinal := (groups.get(group) or "").lower():
            last = _ORDINALS.get(ordinal) or _ORDINALS[ordinal[0]]
            first = _ORDINALS.get((groups.get("from") or "").lower(), last) if group == "quarter" else last
            return length * (first - 1) + 1, length * last
    return _SEASONS.get((groups.get("season") or "").lower(), (0, 0))


def _range(first: _Atom, second: _Atom, default_year: int) -> Dating | None:
    year = second.year or first.year or default_year
    start_year = first.year or (year - 1 if first is not second and first.month > second.last_month > 0 else year)
    span = (first.first, second.last)
    if not year:
        exists = all(_edtf(_LEAP, a.month, day) for a in {first, second} for day in (a.day, a.last_day))
        return None if exists else Dating("", "", *span, first.rule, "no-such-date")
    if first is not second and first.rule == "year" and second.rule != "year":
        return None
    start, end = _edtf(start_year, first.month, first.day), _edtf(year, second.last_month, second.last_day)
    if not start or not end:
        return Dating("", "", *span, first.rule, "no-such-date")
    if end[: len(start)] < start[: len(end)]:
        return Dating("", "", *span, first.rule, "ends-before-start")
    return Dating(start, end, *span, first.rule if first is second else f"{first.rule}-range")


def _edtf(year: int, month: int, day: int) -> str:
    """Return EDTF, "" where the calendar has no such day or month."""
    if month > 12 or (day and not month) or (month and day > calendar.monthrange(year, month)[1]):
        return ""
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")

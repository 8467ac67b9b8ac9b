"""Dates as reports write them, to EDTF level 0 bounds (ISO 8601-2): never more precise than the text."""

import calendar
import itertools
import re
from bisect import bisect_left
from typing import NamedTuple

from pobratim.extract.date_forms import ATOMS, COUNTS, LEFT, MONTHS, WHOLE_YEAR, Plain, joins, likely, plain
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.text.words import fold, roman_value

_LEAP = 2000  # a year in which every day and month exists that any year has
_CENTURY_TURNS = 70  # of years in two digits, what no report can mean of the coming decades
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
    since: int
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
    uniform = plain(text)
    atoms = _atoms(uniform)
    if not atoms:
        whole = WHOLE_YEAR.search(text)
        year = str(default_year)
        return Dating(year, year, *whole.span(), "whole-year") if whole and default_year else None
    joined = itertools.takewhile(
        lambda pair: joins(uniform.text[pair[0].last : pair[1].first]), itertools.pairwise(atoms)
    )
    found = _range([atoms[0], *(second for _, second in joined)], default_year)
    if found is None:
        return None
    return found._replace(first=uniform.where[found.first], last=uniform.where[found.last - 1] + 1)


def unread(text: str, dating: Dating) -> str:
    """Return what of a date cell holds digits, months or seasons beside what was read, "" if nothing does."""
    kept = plain(text)
    rest = []
    for first, last in ((0, dating.first), (dating.last, len(text))):
        inside = kept.text[bisect_left(kept.where, first) : bisect_left(kept.where, last)]
        if LEFT.search(inside):
            rest.append(" ".join(text[first:last].split()).strip(" ,;"))
    return " … ".join(rest)


def years(text: str) -> list[int]:
    """Return the years that a text names, in order."""
    return [int(match["year"]) for match in ATOMS["year"].finditer(text)]


def _atoms(uniform: Plain) -> list[_Atom]:
    taken: list[tuple[int, int]] = []
    atoms = []
    for rule, pattern in likely(uniform.signs):
        for match in pattern.finditer(uniform.text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            atoms.append(_atom(match, rule))
    return sorted(atoms)


def _atom(match: re.Match[str], rule: str) -> _Atom:
    groups = match.groupdict()
    year = int(groups.get("year") or groups.get("short") or 0)
    year += 0 if not 0 < year < 100 else 1900 if year >= _CENTURY_TURNS else 2000
    month, last_month = _months(groups)
    day = int(groups.get("day") or 0)
    first, last = match.span()
    last -= len(match.group()) - len(match.group().rstrip(" ,\t\r\n\xa0"))
    since = int(groups.get("since") or year)
    return _Atom(first, last, since, year, month, day, int(groups.get("last") or day), last_month or month, rule)


Groups = dict[str, str | None]
Months = tuple[int, int]
"""The first month named, and the last one (0 where it is one month, or none)."""


def _months(groups: Groups) -> Months:
    """Return the months that a date names, by the first of the ways of naming them that it uses."""
    return next(filter(None, (read(groups) for read in _MONTHS)), (0, 0))


def _numbered_month(groups: Groups) -> Months | None:
    """«15.03», «15.III», «05-06.2023»."""
    number = groups.get("number") or groups.get("roman")
    if not number:
        return None
    # 13 is no month of any calendar: what is no numeral becomes "no such date".
    value = int(number) if number.isdigit() else roman_value(number) or 13
    return (int(groups["from"] or value), value) if "from" in groups else (value, 0)


def _named_month(groups: Groups) -> Months | None:
    """«Марта», «мая»."""
    name = (groups.get("month") or "").lower()
    if not name:
        return None
    begun = (n for n, stem in enumerate(MONTHS, 1) if name.startswith(stem) and (stem != "ма" or name[:3] != "мар"))
    return next(begun), 0


def _months_of_the_year(groups: Groups) -> Months | None:
    """«9 месяцев»."""
    count = fold(groups.get("months") or "")
    return (1, COUNTS.get(count) or int(count)) if count else None


def _part_of_the_year(groups: Groups) -> Months | None:
    """«II квартал», «I–II кварталы», «первое полугодие»."""
    for group, length in (("quarter", 3), ("half", 6)):
        if ordinal := (groups.get(group) or "").lower():
            last = _ORDINALS.get(ordinal) or _ORDINALS[ordinal[0]]
            first = _ORDINALS.get((groups.get("from") or "").lower(), last) if group == "quarter" else last
            return length * (first - 1) + 1, length * last
    return None


def _season(groups: Groups) -> Months | None:
    """«Весной»."""
    return _SEASONS.get((groups.get("season") or "").lower())


_MONTHS = (_numbered_month, _named_month, _months_of_the_year, _part_of_the_year, _season)
"""The ways of naming months, in the order in which they are tried."""


def _range(chain: list[_Atom], default_year: int) -> Dating | None:
    """Return the date that a chain of dates makes from its first to its last, with what is wrong with it; else None."""
    if len(chain) > 1 and chain[0].rule == "year" and not chain[1].year:  # «2023 год, 15 мая»
        chain = [chain[1]._replace(first=chain[0].first, since=chain[0].year, year=chain[0].year), *chain[2:]]
    span = _Span(chain, default_year)
    first, second = span.first, span.second
    problem = JUDGED.verdict(span)
    if problem is None:
        return None
    if problem:
        return Dating("", "", first.first, second.last, first.rule, problem)
    rule = first.rule if first is second else f"{first.rule}-range"
    return Dating(span.start, span.end, first.first, second.last, rule)


class _Span:
    """From the first to the last date of a chain: ``start`` and ``end`` in EDTF ("" where the calendar has none).

    ``exists`` tells whether the calendar has all days that are named.
    """

    def __init__(self, chain: list[_Atom], default_year: int) -> None:
        first, second = self.first, self.second = chain[0], chain[-1]
        year = self.year = second.year or first.year or default_year
        self.exists = all(_edtf(a.year or year or _LEAP, a.month, day) for a in chain for day in (a.day, a.last_day))
        # «Декабрь – январь» runs over the year's end.
        over = first is not second and first.month > second.last_month > 0
        self.start = _edtf(first.since or (year - 1 if over else year), first.month, first.day) if year else ""
        self.end = _edtf(year, second.last_month, second.last_day) if year else ""


def _of_no_year(span: _Span) -> bool:
    """«15 мая» in a report of which no year is known."""
    return not span.year and span.exists


def _of_no_year_nor_calendar(span: _Span) -> bool:
    """«31 июня» of whatever year."""
    return not span.year


def _year_and_a_day(span: _Span) -> bool:
    """«2023 год … 15 мая 2024»: a year alone begins no range."""
    return span.first is not span.second and span.first.rule == "year" and span.second.rule != "year"


def _not_in_the_calendar(span: _Span) -> bool:
    """«30 февраля 2023», «15.13.2023»."""
    return not span.start or not span.end or not span.exists


def _ends_before_its_start(span: _Span) -> bool:
    """«15–10 мая 2023»."""
    return span.end[: len(span.start)] < span.start[: len(span.end)]


JUDGED: DecisionTable[[_Span], str | None] = DecisionTable(
    Rule(_of_no_year, None),
    Rule(_of_no_year_nor_calendar, "no-such-date"),
    Rule(_year_and_a_day, None),
    Rule(_not_in_the_calendar, "no-such-date"),
    Rule(_ends_before_its_start, "ends-before-start"),
    otherwise="",
    reason="dates",
)
"""The code of what is wrong with a date, "" if nothing is, None where it is none."""


def _edtf(year: int, month: int, day: int) -> str:
    """Return EDTF, "" where the calendar has no such day or month."""
    if month > 12 or (day and not month) or (month and day > calendar.monthrange(year, month)[1]):
        return ""
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")

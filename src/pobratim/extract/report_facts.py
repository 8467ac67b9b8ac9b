"""What a report says of itself: which period it is about, of which day it is, and which body answers for it."""

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.dates import Dating, read_dating, years
from pobratim.extract.geography import Geographer
from pobratim.extract.organisations import Mention, find_organisations
from pobratim.extract.organisations.naming import full_name
from pobratim.ground.periods import parse_period
from pobratim.lexicon.lexicon import LEX
from pobratim.lexicon.words import WORDS
from pobratim.text.words import fold

_LEADS, _NO_LEADS = WORDS.of("period-lead"), WORDS.of("no-period-lead")
_OF_ANOTHER, _SCHOOL = WORDS.stems("of-another-term"), WORDS.stems("school-year")
_PLAN, _FOR, _SINCE = WORDS.stems("period-plan"), WORDS.of("term-lead-weak"), WORDS.of("preposition-with")
_SET_OFF = re.compile(rf"(?:^|[.,:;()\n–—-])\s*(?:{WORDS.pattern('year-word')})?\s*$", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:$|[.,:;()\n–—-])")
_YEAR_NAMED = re.compile(rf"\d{{4}}\s+(?:{WORDS.pattern('year-word')})\.?", re.IGNORECASE)
_LINE = re.compile(rf"\W*(?:{WORDS.pattern('period-line')})(?!\w)", re.IGNORECASE)
_AS_OF = re.compile(rf"(?<!\w)(?:{WORDS.pattern('as-of')})\s+", re.IGNORECASE)
_SIGNED = re.compile(rf"\W*(?:(?:{WORDS.pattern('date-line')})\W*)?(?=[\d«\"])", re.IGNORECASE)
_IN_LATIN = WORDS.pairs("period-latin")
_ISO_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_ ]?([qh][1-4])(?![a-z\d])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_GLUE = re.compile(r"(?<=\d)[-_.]+(?=[^\W\d_])|(?<=[^\W\d_])[-_.]+(?=\d)|_")
_PARTS = re.compile(r"[,(]\s*(?=(?:19|20)\d\d)|(?<=\d)\)")
_DAY = len("2024-05-31")
_NEAR, _PLAN_NEAR = 6, 4
_LONGEST_LINE = 160


class Period(NamedTuple):
    """The period of a report in EDTF, the words that tell it, and where they stand: "title", "text" or "file"."""

    edtf: str
    words: str
    origin: str


def read_period(title: str, preamble: str, stem: str) -> Period | None:
    """Return the period that a report's title tells, else a line of its text, else its file's name.

    None where nothing tells it, or two things tell two: a wrong period is worse than none.
    """
    told = _agreed(_candidates(title))
    if told or _agreed(_candidates(title), loosely=True):
        return told and Period(*told, "title")
    lines = [line for line in preamble.split("\n") if len(line) <= _LONGEST_LINE and _LINE.match(line)]
    told = _agreed(one for line in lines for one in _candidates(line))
    if told or lines:
        return told and Period(*told, "text")
    told = _agreed(_in_name(stem))
    return told and Period(*told, "file")


def read_issued(title: str, preamble: str) -> str:
    """Return the day of a report: «по состоянию на 01.04.2023», else the only line that is a date; "" if none is."""
    for text in (title, *preamble.split("\n")):
        for match in _AS_OF.finditer(text):
            if day := _day(text[match.end() :], alone=False):
                return day
    lines = [line for line in preamble.split("\n") if 0 < len(line.strip()) <= _DAY * 4]
    days = {day for line in lines if (led := _SIGNED.match(line)) and (day := _day(line[led.end() :], alone=True))}
    return days.pop() if len(days) == 1 else ""


def read_body(title: str, geographer: Geographer) -> str:
    """Return the nominative name of the authority that a title names («администрации города Калуги»), "" if not one."""
    cell = CellText("title", title)
    mentions = find_organisations(cell, geographer.find(cell), geographer.lexicon)
    found = {full_name(cell, mention) for mention in mentions if _answers(cell, mention, geographer)}
    return found.pop() if len(found) == 1 else ""


def _answers(cell: CellText, mention: Mention, geographer: Geographer) -> bool:
    """Tell whether an organisation of a title is the one whose report it is: an authority of a town at home.

    One behind a preposition («с администрацией города Даугавпилса») is another; of several bodies none answers.
    """
    if mention.kind is None or mention.plural or not mention.geos:
        return False
    before = cell.tokens[mention.first - 1].word if mention.first else None
    apart = before is None or not (before.has("PREP") or before.has("ADJF"))
    authority = any(
        "true" in kind.extra.get(f"{LEX}authority", ()) for kind in geographer.lexicon.broader(mention.kind)
    )
    at_home = all(geo.country in ("", geographer.home_country) for geo in mention.geos)
    return apart and authority and at_home and any(geo.kind in {"settlement", "district"} for geo in mention.geos)


def _candidates(title: str) -> list[tuple[str, str]]:
    """Return the periods that a text tells, in EDTF, each with its words; that of a plan where there is no other."""
    text = _PARTS.sub(lambda match: " " * len(match[0]), title)
    named = sorted(set(years(text)))
    done, planned = list[tuple[str, str]](), list[tuple[str, str]]()
    position = 0
    while (dating := read_dating(text[position:], named[0] if len(named) == 1 else 0)) is not None:
        begin, first, last = position, position + dating.first, position + dating.last
        position = max(last, position + 1)
        period, words = _as_period(dating), [fold(word) for word in _WORD.findall(text[begin:first])]
        if not period or _is_of_school(text[first : last + 12]):
            continue
        if _is_led(words, period, since=dating.start == dating.end) or (
            not _is_barred(words) and _stands_alone(title, first, last)
        ):
            (planned if _is_of_plan(words) else done).append((period, " ".join(text[first:last].split())))
    return done or planned


def _as_period(dating: Dating) -> str:
    """Return a date as a period, whole months by their names; "" for a day, and for what no calendar has."""
    if dating.fault or not dating.start:
        return ""
    start, end = dating.start, dating.end
    if len(start) == _DAY or len(end) == _DAY:
        return "" if start == end or len(start) != len(end) else _whole_months(start, end)
    if len(start) != len(end):
        return ""
    is_whole_year = (start[4:], end[4:]) == ("-01", "-12") and start[:4] == end[:4]
    return start[:4] if is_whole_year else start if start == end else f"{start}/{end}"


def _whole_months(start: str, end: str) -> str:
    """Return a span of days by its months where it is made of whole ones («с 1 января по 31 марта»), else as it is."""
    if not (start.endswith("-01") and int(end[8:]) == _last_day(int(end[:4]), int(end[5:7]))):
        return f"{start}/{end}"
    first, last = start[:7], end[:7]
    if first[:4] == last[:4] and (first[5:], last[5:]) == ("01", "12"):
        return first[:4]
    return first if first == last else f"{first}/{last}"


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _is_led(words: Sequence[str], period: str, *, since: bool) -> bool:
    """Tell whether the words before a date make it the period of the report and not another thing's date.

    ``since`` tells that it is one date: behind «с» that is but where something begins.
    """
    if _is_barred(words) or (since and words and words[-1] in _SINCE):
        return False
    # A quarter or some months need no word before them; a year may be part of a name.
    return not words or words[-1] in _LEADS or "/" in period


def _is_barred(words: Sequence[str]) -> bool:
    """Tell whether the words before a date, and behind the date before it, make it that of another thing."""
    if words and (words[-1] in _NO_LEADS or " ".join(words[-2:]) in _NO_LEADS):
        return True
    return any(word.startswith(_OF_ANOTHER) for word in words[-_NEAR:])


def _stands_alone(text: str, first: int, last: int) -> bool:
    """Tell whether a date is set off by marks («…, 2025 год», «… (2024)»), or is a year that ends the text as such."""
    if not _ENDS.match(text, last):
        return False
    return bool(_SET_OFF.search(text[:first]) or _YEAR_NAMED.fullmatch(text[first:last].strip()))


def _is_of_plan(words: Sequence[str]) -> bool:
    """Tell whether a date is that of what is to come: «… и планы на 2025 год»."""
    return bool(words) and words[-1] in _FOR and any(word.startswith(_PLAN) for word in words[-_PLAN_NEAR:])


def _is_of_school(text: str) -> bool:
    return any(fold(word).startswith(_SCHOOL) for word in _WORD.findall(text))


def _agreed(candidates: Iterable[tuple[str, str]], *, loosely: bool = False) -> tuple[str, str] | None:
    """Return the period that all candidates agree on: the narrowest, if it lies within all others.

    ``loosely`` returns the first where there is any.
    """
    found = list(candidates)
    if not found or loosely:
        return next(iter(found), None)
    narrowest = min(found, key=lambda one: (-len(one[0].partition("/")[0]), len(one[0])))
    return narrowest if all(_within(narrowest[0], other) for other, _ in found) else None


def _within(inner: str, outer: str) -> bool:
    """Tell whether a period lies within another one."""
    (first, last), (begin, end) = _ends(inner), _ends(outer)
    return begin <= first[: len(begin)] and last[: len(end)] <= end


def _ends(period: str) -> tuple[str, str]:
    start, _, end = period.partition("/")
    return start, end or start


def _in_name(stem: str) -> Iterator[tuple[str, str]]:
    """Yield the period that a file's name tells: «2023-q1», «1 квартал 2023», «za_2_polugodie_2024».

    A bare year or month is none: it may be when the file was made.
    """
    for match in _ISO_IN_NAME.finditer(stem):
        yield parse_period(f"{match[1]}-{match[2].upper()}"), match[0]
    apart = _GLUE.sub(" ", stem)
    text = _WORD.sub(lambda match: _IN_LATIN.get(match[0].lower(), match[0]), apart)
    for period, told in _candidates(text):
        if "/" in period or _names_year(text, period):
            yield period, told


def _names_year(text: str, year: str) -> bool:
    """Tell whether a year of a name has a word before it that makes it a period: «за 2023 год»."""
    before = _WORD.findall(text.partition(year)[0])
    return bool(before) and fold(before[-1]) in _LEADS


def _day(text: str, *, alone: bool) -> str:
    """Return the day with which a text begins, with nothing behind it if it should stand ``alone``; "" if none does."""
    dating = read_dating(text)
    if dating is None or dating.fault or dating.start != dating.end or len(dating.start) != _DAY:
        return ""
    rest = text[dating.last :] if alone else ""
    return "" if text[: dating.first].strip(' «"') or rest.strip(" .,;") else dating.start

"""How dates are written: text made uniform for the patterns, and the patterns themselves."""

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from pobratim.lexicon.words import WORDS, alternatives
from pobratim.text.words import straighten

# Beside dashes (category Pd): minus, a box drawing line, the Japanese long vowel, Symbol's minus, arrows, «÷», «…».
_JOINS = frozenset("−─━ー÷~∼→⇒⟶↔…\uf02d\uf0be\u02d7\u2043")
_QUOTES = frozenset("\"'«»„“”‟‘’‹›`´")
_LETTERS = re.compile(r"[^\W\d_]+")
_DOTS = re.compile(r"\.{2,}")

_BEGINS = "янв|фев|мар|апр|ма|июн|июл|авг|сен|окт|ноя|дек"
COUNTS = {word: int(count) for word, count in WORDS.pairs("number-word").items() if count in map(str, range(2, 13))}
"""Words for numbers of months."""
MONTHS = tuple(_BEGINS.split("|"))
# ~ and ^ are the endings of cases only: a district or a person is no month («Октябрьский район», «Мартьянов»).
_NAMES = (
    "январ~|янв|феврал~|февр?|март^|мар|апрел~|апр|ма[йяею]|маем|июн~|июл~|"
    "август^|авг|сентябр~|сент?|октябр~|окт|ноябр~|нояб?|декабр~|дек"
)
_MONTH = rf"(?P<month>{_NAMES.replace('~', '(?:ь|я|ю|е|ем)').replace('^', '(?:а|у|е|ом)?')})(?![а-яё])\.?"
_DASH = r"\s*-\s*"
_SUFFIX = r"(?:\s*(?:г\.\s?г\.|гг\.?|г\.|год[а-я]*|г(?![а-яё])))?"
_YEAR = rf"(?P<year>(?:19|20)\d\d)(?!\d){_SUFFIX}"
_ENDING = r"(?:-?(?:го|ого|ое|е)(?![а-яё]))?"
_BETWEEN = r"\s*(?:[-/,]|(?:и(?:\s+с)?|по|до)(?![а-яё]))\s*"
_LISTED = rf"(?:\d{{1,2}}{_ENDING}{_BETWEEN}){{0,29}}"
"""A list has at most the days of a month: a cell of thousands of numbers is not tried whole from each of them."""
_COUNTS = alternatives(COUNTS)
_DAYS = rf"(?P<day>\d{{1,2}}){_ENDING}(?:{_BETWEEN}{_LISTED}(?P<last>\d{{1,2}}){_ENDING})?"
ATOMS = {
    "iso": re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-./])(?P<number>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)"),
    "dotted": re.compile(
        rf"(?<![\d.]){_DAYS}\s?\.\s?(?P<number>\d{{1,2}})\s?\.\s?"
        rf"(?P<year>(?:19|20)\d\d|\d\d)(?![\d.]*\d){_SUFFIX}",
        re.IGNORECASE,
    ),
    "dashed": re.compile(
        rf"(?<![\d.-])(?P<day>\d{{1,2}})-(?P<number>0[1-9]|1[0-2])-(?P<year>(?:19|20)\d\d)(?!\d){_SUFFIX}"
    ),
    "marked": re.compile(
        rf"(?<![\d.])(?P<day>\d{{1,2}})(?:{_DASH}(?P<last>\d{{1,2}}))?(?P<mark>[./\s])(?P<roman>[IVXХІ]{{1,4}}|\d{{1,2}}(?=/))"
        rf"(?:(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d){_SUFFIX}|(?<=\.[IVXХІ])(?![\w.])|(?<=[IVXХІ]{{2}})(?![\w.]))"
    ),
    "years": re.compile(
        rf"(?<![\d.-])(?P<since>(?:19|20)\d\d){_SUFFIX}\s*[-/]\s*"
        rf"(?:(?P<year>(?:19|20)\d\d)(?![\d.]*\d)(?!\s*-\s*\d)|(?P<short>\d\d)(?=\s*(?:гг|уч|год)))"
        rf"(?:\s*(?:учебн[а-я]*|уч\.?)(?![а-яё]))?{_SUFFIX}",
        re.IGNORECASE,
    ),
    "iso-month": re.compile(r"(?<![\d.-])(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])(?![\d-])"),
    "month-dotted": re.compile(
        rf"(?<![\d.])(?:(?P<from>0[1-9]|1[0-2]){_DASH})?(?P<number>0?[1-9]|1[0-2])\s?[./]\s?(?P<year>(?:19|20)\d\d)"
        rf"(?![\d.]*\d){_SUFFIX}",
        re.IGNORECASE,
    ),
    "day-month-dotted": re.compile(
        rf"(?<![\d.])(?P<day>\d{{1,2}})(?:{_DASH}(?P<last>\d{{1,2}}))?\.(?P<number>0[1-9]|1[0-2])(?!\d|\.\d)\.?"
    ),
    "day-month": re.compile(rf"(?<!\d){_DAYS}\s*{_MONTH}\s*(?:,\s*)?(?:{_YEAR})?", re.IGNORECASE),
    "month": re.compile(
        rf"(?<![а-яё]){_MONTH}(?:(?<=\.)(?P<short>\d\d)(?![\d.])|\s*+(?:[-(]\s*+)?{_YEAR})?", re.IGNORECASE
    ),
    "quarter": re.compile(
        rf"(?:(?<![\w.])(?P<from>[1-4]|I{{1,3}})(?:(?:{_DASH}|\s*,\s*|\s+и\s+)(?:[2-4]|II|III|IV)(?=\s*(?:,|и))){{0,2}}(?:{_DASH}|\s*,\s*|\s+и\s+))?"
        r"(?P<quarter>[1-4]|I{1,3}|IV|перв\w+|втор\w+|трет\w+|четв[её]рт\w+)(?:-?[а-я]{1,2})?\s*(?:квартал\w*|кварт\.|кв-л\w{0,2}|кв\.|кв(?=\s*(?:19|20)\d\d))\s*"
        rf"(?:{_YEAR})?",
        re.IGNORECASE,
    ),
    "half-year": re.compile(
        rf"(?P<half>[12]|I{{1,2}}|перв\w+|втор\w+)(?:-?[а-я]{{1,2}})?"
        rf"\s*(?:полугоди\w*|полуг\.?|п/г\.?|пол\.(?=\s*(?:19|20)\d\d))\s*(?:{_YEAR})?",
        re.IGNORECASE,
    ),
    "months": re.compile(
        rf"(?<![\w.])(?P<months>[2-9]|1[0-2]|{_COUNTS})\s+мес(?:яц[а-я]*|\.|(?=\s))\s*{_YEAR}", re.IGNORECASE
    ),
    "season": re.compile(
        rf"(?<![а-яё])(?P<season>весн|лет|осен)(?:а|о|ь|ы|и|ой|ою|ью|ом|у|е)\s*{_YEAR}", re.IGNORECASE
    ),
    "year": re.compile(rf"(?<![\d-]){_YEAR}"),
}
"""The name of a rule → how it is written, the surest first: what one has read no later one reads."""
_SIGNS = re.compile(
    rf"(?P<digit>\d)|(?P<dot>\.)|(?P<dash>-)|(?P<slash>/)|(?P<roman>[ivxхі])|(?<![а-яё])(?P<month>{_BEGINS})"
    r"|(?P<season>весн|лет|осен)|(?P<quarter>кв)|(?P<half>полуг|п/г|пол\.)|(?P<months>мес(?:яц|\.|\s))"
    r"|(?P<weekday>пн|вт|ср|чт|пт|сб|вс|понед|четв|пятн|субб|воскр)"
)
_OF_WORDS = frozenset(("month", "quarter", "half-year"))
"""Rules that need no digit."""
_NEEDED = {
    "iso": {"dot", "dash", "slash"}, "dotted": {"dot"}, "dashed": {"dash"}, "marked": {"roman", "slash"},
    "years": {"dash", "slash"}, "iso-month": {"dash"}, "month-dotted": {"dot", "slash"}, "day-month-dotted": {"dot"},
    "day-month": {"month"}, "month": {"month"}, "quarter": {"quarter"}, "half-year": {"half"}, "months": {"months"},
    "season": {"season"}, "year": {"digit"},
}  # fmt: skip
"""What a text has one of where a rule finds anything: one scan for all of it spares it most of the patterns."""

_TIMES = re.compile(
    r"T?(?<!\d)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?!\d)(?:\s*(?:час[а-я]*|ч\.?|мск)(?![а-яё]))?"
    r"|(?<=[вскоп]\s)(?:[01]?\d|2[0-3])\.(?:00|15|20|30|40|45|50)(?![\d.])"
    r"|(?<![\d.])(?:[01]?\d|2[0-3])[.-]00(?![\d.])|(?<![\d.])(?:[01]?\d|2[0-3])[.-][0-5]\d\s*(?:час[а-я]*|ч\.?|мск)(?![а-яё])",
    re.IGNORECASE,
)
_SPANS_OF_TIME = re.compile(
    r"(?<!\d)\d{1,3}(?:-?х)?\s*(?:дн[а-я]{1,3}|день|сут[а-я]{1,3}|час[а-я]{0,3}|ч|мин[а-я]{0,3})(?![а-яё])\.?",
    re.IGNORECASE,
)
_WEEKDAYS = re.compile(
    r"\(?(?<![а-яё])(?:понедельник|вторник|сред[ауы]|четверг|пятниц[ауы]|суббот[ауы]|воскресень[ея]|(?:пн|вт|ср|чт|пт|сб|вс)(?![а-яё]))"
    r"[а-яё]{0,2}(?![а-яё])\.?\)?,?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?m)(?:(?:^|[;,\s])\d{1,2}\)|^[^\S\n]*+\d{1,2}\.\s)\s*(?=\d{1,2}(?:\s*[а-я]{3}|\s*\.\s*\d{1,2}\s*\.\s*(?:19|20)?\d\d(?!\d)))"
)
_LATIN = re.compile(r"[A-Za-z]")
WHOLE_YEAR = re.compile(
    r"(?:в\s+теч(?:ение|\.)|на\s+протяжении)\s+(?:всего\s+)?года|весь\s+год|круглый\s+год", re.IGNORECASE
)
LEFT = re.compile(
    rf"\d|(?<![а-яё])(?:{_MONTH}|(?:весн|осен|зим)[а-яё]{{1,3}}(?![а-яё])|лет(?:о|а|ом)(?![а-яё])|квартал|полугоди)|(?-i:(?<!\w)[IVX]+(?!\w))",
    re.IGNORECASE,
)
"""What tells that text left over may hold a date."""

_NOTE = re.compile(r"\([^()\d]{0,80}\)")
_PART = re.compile(
    r"(?<![а-яё])(?:начал[аоеу]|конец|конц[аеу]|середин[аыеу]|(?:перв|втор)[а-я]+\s+половин[аыеу])(?![а-яё])",
    re.IGNORECASE,
)
_CONNECTORS = re.compile(r"(?:[\s,;/-]|(?<![а-яё])(?:по|до|и|а|также|с|со|в|во)(?![а-яё]))*", re.IGNORECASE)
_CONNECTOR = re.compile(r"[,;/\n-]|(?<![а-яё])(?:по|до|и|также)(?![а-яё])", re.IGNORECASE)


class Plain(NamedTuple):
    """Text made uniform: ``where[i]`` is the offset in the raw text of character ``i``, one more for its end.

    ``signs`` are what it has of that without which nothing is a date.
    """

    text: str
    where: Sequence[int]
    signs: frozenset[str]


@lru_cache(maxsize=16)
def plain(raw: str) -> Plain:
    """Return ``raw`` with one kind of dash, quotation marks as spaces, Cyrillic for look-alikes, no format marks.

    Times of day, weekdays, lengths of time and the numbers of a list become spaces.
    """
    text = raw.translate(_UNIFORM)
    where: Sequence[int] = range(len(raw) + 1)
    if len(text) < len(raw):
        where = [*(index for index, char in enumerate(raw) if _UNIFORM[ord(char)] is not None), len(raw)]
    if _LATIN.search(text):
        text = _LETTERS.sub(lambda match: straighten(match[0]), text)
    text = _DOTS.sub(lambda match: "-".ljust(len(match[0])), text)
    signs = frozenset(match.lastgroup or "" for match in _SIGNS.finditer(text.lower()))
    for pattern in _no_dates(signs):
        text = pattern.sub(lambda match: "".join(c if c in "\n;," else " " for c in match[0]), text)
    return Plain(text, where, signs)


def _no_dates(signs: Set[str]) -> Iterator[re.Pattern[str]]:
    """Yield the patterns of what is no date, though it has digits or stands beside one, that a text may hold."""
    if "digit" in signs:
        yield from (_TIMES, _SPANS_OF_TIME)
    if "weekday" in signs:
        yield _WEEKDAYS
    if "digit" in signs:
        yield _NUMBERED


def likely(signs: Set[str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the rules by which a text with some ``signs`` may hold a date, with their patterns, the surest first."""
    for rule, pattern in ATOMS.items():
        if ("digit" in signs or rule in _OF_WORDS) and not signs.isdisjoint(_NEEDED[rule]):
            yield rule, pattern


def joins(between: str) -> bool:
    """Tell whether the text between two dates joins them to a range or a list: «–», «по», «(онлайн), »."""
    bare = _PART.sub(" ", _NOTE.sub(" ", between))
    return bool(_CONNECTORS.fullmatch(bare)) and bool(_CONNECTOR.search(bare))


class _Uniform(dict[int, str | None]):
    """What a character becomes, by its code, worked out once each; None for a format mark, which goes."""

    def __missing__(self, code: int) -> str | None:
        char, category = chr(code), unicodedata.category(chr(code))
        made = "-" if category == "Pd" or char in _JOINS else " " if char in _QUOTES else char
        self[code] = found = None if category == "Cf" else made
        return found


_UNIFORM = _Uniform()

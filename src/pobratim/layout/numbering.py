"""Read the numbers of rows and headings; give every row one of its own, the printed one wherever that is possible."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pobratim.text.words import roman_value

_NUMBER = re.compile(r"\s*+(?:№\s*+)?(\d{1,6})\s*+[.)]*+\s*+")
_PART = re.compile(r"\s*(?:№\s*)?\d{1,4}(?:[.,\-/]\d{1,3})+[.)]*\s*|\s*[а-яё]\)\s*")
_CHAPTER = r"(?:раздел|глава|часть)"
_CHAPTERED = re.compile(rf"\s*{_CHAPTER}\s+(?:\d{{1,2}}|[IVXІХ]{{1,5}})[.):]*\s*", re.IGNORECASE)
_LETTER = re.compile(r"\s*[А-ЯЁA-Z][.)]\s*")
_LEADING = re.compile(
    rf"\s*(?:{_CHAPTER}\s+(?P<chapter>\d{{1,2}}|\w{{1,5}})[.):–—-]*|(?P<number>\d{{1,2}}(?:\.\d{{1,2}})*)[.)]"
    rf"|(?P<letter>[а-яё])\)|(?P<roman>[^\W\d_]{{1,5}})[.)])\s+(?=[^\s\d])",
    re.IGNORECASE,
)


def parse_number(text: str) -> int | None:
    """Return the row number that a cell holds («12. » → 12), None for anything else."""
    match = _NUMBER.fullmatch(text)
    return int(match[1]) if match else None


def is_part(text: str) -> bool:
    """Say whether a number cell numbers a part of another row: «1.1.», «2-3», «а)»; «1,1» as Excel shows it."""
    return bool(_PART.fullmatch(text))


def is_heading_number(text: str) -> bool:
    """Say whether a cell numbers what heads rows, as rows are not numbered: «I.», «А)», «Раздел 2»."""
    return bool(_CHAPTERED.fullmatch(text) or _LETTER.fullmatch(text)) or roman_value(text.strip(" .)\n\t")) > 0


def unnumbered(heading: str) -> str:
    """Return a heading without its number («II. Город Псков», «1) Спорт»), as it is where Word numbers by itself."""
    match = _LEADING.match(heading)
    if not match or (match["roman"] and not roman_value(match["roman"])):
        return heading
    if match["chapter"] and not match["chapter"].isdecimal() and not roman_value(match["chapter"]):
        return heading
    return heading[match.end() :]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A row's number; ``code`` and ``values`` make the message on what was odd about it ("" if nothing)."""

    row: int
    code: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Wish:
    """The number that a row would have if no other had it; ``previous`` is the printed number before."""

    row: int | None
    printed: int | None
    previous: int | None
    restart: bool
    part: bool = False


def number_rows(printed: Sequence[int | None], starts: Sequence[bool], parts: Sequence[bool] = ()) -> list[Numbered]:
    """Return the number of each row, all different, in the order given.

    ``printed`` holds the numbers as printed, None where a row has none; ``starts`` says which rows come first
    under a heading or in a table. Without any printed number rows are counted from 1. Where the numbering
    starts again at 1, rows are counted on from the highest number so far. A number used before, and a row
    without one, get the number after the row above if it is free, else one above all others: rows keep their
    numbers when a faulty one changes. ``parts`` says which rows are parts of a numbered one («1.1»): that they
    have no number of their own is no remark.
    """
    if all(number is None for number in printed):
        return [Numbered(ordinal) for ordinal in range(1, len(printed) + 1)]
    wishes = _wishes(printed, starts, parts or [False] * len(printed))
    claimed = {wish.row for wish in wishes if wish.row is not None}
    top = max(claimed)
    used: set[int] = set()
    result = []
    last = 0
    for wish in wishes:
        row = wish.row
        if row is None or row in used:
            row = last + 1 if last + 1 not in claimed | used else max(used | {top}) + 1
        result.append(Numbered(row, *_remark(wish, repeated=wish.row is not None and wish.row != row)))
        used.add(row)
        last = row
    return result


def _wishes(printed: Sequence[int | None], starts: Sequence[bool], parts: Sequence[bool]) -> list[_Wish]:
    wishes: list[_Wish] = []
    offset = highest = 0
    previous: int | None = None
    for index, number in enumerate(printed):
        restart = bool(previous) and number == 1 and _begins_run(printed, starts, index)
        if restart:
            offset, previous = highest, None
        wishes.append(_Wish(None if number is None else offset + number, number, previous, restart, parts[index]))
        if number is not None:
            highest = max(highest, offset + number)
            previous = number
        elif previous is not None and not parts[index]:
            previous += 1
    return wishes


def _begins_run(printed: Sequence[int | None], starts: Sequence[bool], index: int) -> bool:
    return starts[index] or (index + 1 < len(printed) and printed[index + 1] == 2)


def _remark(wish: _Wish, repeated: bool) -> tuple[str, tuple[tuple[str, str], ...]]:
    number, previous = wish.printed, wish.previous
    if number is None:
        return ("" if wish.part else "layout-number-missing"), ()
    values: tuple[tuple[str, str], ...] = (("printed", str(number)),)
    if repeated:
        return "layout-number-repeated", values
    if wish.restart:
        return "layout-number-restart", values
    if previous is None or number == previous + 1:
        return "", ()
    values = (*values, ("previous", str(previous)))
    return ("layout-number-gap" if number > previous else "layout-number-order"), values

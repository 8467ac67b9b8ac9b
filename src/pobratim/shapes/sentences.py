"""What a sentence tells, in a cell or in a report in prose: an event, its day, a plan, where it was."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.dates import read_dating
from pobratim.extract.event_dates import OF_ANOTHER
from pobratim.extract.geo import Geo
from pobratim.extract.geography import Geographer
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Token

_TOLD, _VISITED, _PLAN = WORDS.of("event-told"), WORDS.of("visited"), WORDS.of("plan-told")
_GOES_ON = re.compile(rf"\W*(?:{WORDS.pattern('goes-on')})(?!\w)", re.IGNORECASE)
_IN, _DENIED = WORDS.of("in-a-place"), WORDS.of("denied")
_JOINS = WORDS.of("list-join") | {"(", ","}
_BEFORE_DATE = re.compile(rf"(?<!\w)(?:{WORDS.pattern('before-date')})\s+$", re.IGNORECASE)
_MARK = re.compile(r"\s*(?:[-–—•·*▪●‣◦○■□✓]|\d{1,2}\s?[.)](?=\s)|\uf0b7|\uf0a7)?\s*")
_MONTH = len("2024-05")
_SPACE = " \t\n,;:.–—-"


class Span(NamedTuple):
    """A stretch of a paragraph."""

    start: int
    end: int


def sentences(text: str, start: int = 0) -> Iterator[Span]:
    """Yield the sentences of ``text[start:]``, without the white space around them."""
    cell = CellText("name", text[start:])
    for first, last in cell.sentences():
        yield Span(start + cell.tokens[first].start, start + cell.tokens[last - 1].end)


def behind_mark(text: str) -> int:
    """Return where the words of a paragraph begin, behind the mark or number of a list."""
    match = _MARK.match(text)
    return match.end() if match else 0


def is_item(text: str) -> bool:
    """Tell whether a paragraph has the mark of a list."""
    match = _MARK.match(text)
    return match is not None and bool(match[0].strip()) and not match[0].strip()[0].isdigit()


def event_date(text: str, span: Span, year: int) -> Span | None:
    """Return the first day or month in a sentence with the preposition before it, None for none.

    What follows «от», «к» or «посвящённый» is the date of another thing; ``year`` completes a date without one.
    """
    position = span.start
    while (dating := read_dating(text[position : span.end], year)) is not None:
        first, last = position + dating.first, position + dating.last
        before = text[span.start : first]
        if len(dating.start) >= _MONTH and not dating.fault and not OF_ANOTHER.search(before):
            led = _BEFORE_DATE.search(before)
            return Span(span.start + led.start() if led else first, last)
        position = max(last, position + 1)
    return None


def begins(text: str, span: Span, stretch: Span) -> bool:
    """Tell whether nothing but marks stands between the beginning of a sentence and a stretch of it."""
    return not any(map(str.isalnum, text[span.start : stretch.start]))


def without(text: str, span: Span, stretch: Span, *, asked: bool = False) -> Span:
    """Return a sentence without a date at its beginning or, set off, at its end; any other stays within.

    Where the date is ``asked`` for it goes from the end without a mark before it, too.
    """
    if begins(text, span, stretch):
        return _trimmed(text, Span(stretch.end, span.end))
    before, behind = text[span.start : stretch.start], text[stretch.end : span.end]
    if not any(map(str.isalnum, behind)) and (asked or before.rstrip()[-1:] in (",", "(", "–", "—", "-")):
        return _trimmed(text, Span(span.start, stretch.start))
    return _trimmed(text, span)


def _trimmed(text: str, span: Span) -> Span:
    part = text[span.start : span.end]
    left = part.lstrip(_SPACE)
    start = span.start + len(part) - len(left)
    return Span(start, start + len(left.rstrip(" \t\n,;.–—-(" if left.count("(") > left.count(")") else " \t\n,;.")))


def tells_verb(cell: CellText) -> bool:
    """Tell whether a sentence has a verb of events, not denied: «состоялась», «посетила», «подписан»."""
    return any(_is_told(cell, index, token) for index, token in enumerate(cell.tokens))


def _is_told(cell: CellText, index: int, token: Token) -> bool:
    if token.kind != "word" or cell.quote_of[index] is not None or not token.word.lemmas & _TOLD:
        return False
    return (token.word.has("VERB") or token.word.has("PRTS")) and cell.low(index - 1) not in _DENIED


def tells_plan(cell: CellText) -> bool:
    """Tell whether a sentence is of what has not been yet: «планируется визит», «состоится»."""
    words = (t for i, t in enumerate(cell.tokens) if t.kind == "word" and cell.quote_of[i] is None)
    return any(t.low in _PLAN or t.word.lemmas & _PLAN or _is_future(t) for t in words)


def _is_future(token: Token) -> bool:
    told = bool(token.word.lemmas & _TOLD)
    return told and token.word.has("futr") and not token.word.has("past")


def goes_on(text: str) -> bool:
    """Tell whether a paragraph begins with words that go on with the event above it."""
    return bool(_GOES_ON.match(text))


def place_in(text: str, span: Span, geographer: Geographer) -> Span | None:
    """Return the town where a sentence says that it was («в г. Бресте (Беларусь)», «посетила Кустанай»), with its land.

    Further towns of the same list are of the stretch; None where no town is so told.
    """
    cell = CellText("place", text[span.start : span.end])
    geos = geographer.find(cell)
    for number, geo in enumerate(geos):
        if geo.kind == "settlement" and _is_where(cell, geo):
            last = _reach(cell, geos, number)
            return Span(span.start + cell.tokens[geo.first].start, span.start + cell.tokens[last - 1].end)
    return None


def _is_where(cell: CellText, geo: Geo) -> bool:
    if cell.quote_of[geo.first] is not None or not geo.first:
        return False
    before = cell.tokens[geo.first - 1]
    return before.low in _IN or (before.kind == "word" and bool(before.word.lemmas & _VISITED))


def _reach(cell: CellText, geos: list[Geo], number: int) -> int:
    """Return where a list of towns and their lands ends."""
    last = geos[number].last
    for geo in geos[number + 1 :]:
        between = {cell.low(index) for index in range(last, geo.first)}
        if geo.first - last > 1 or not between <= _JOINS:
            break
        last = geo.last
        last += last < len(cell.tokens) and cell.tokens[last].text == ")"
    return last

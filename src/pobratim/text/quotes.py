"""Pair quotation marks, also nested and unbalanced ones."""

import re
from typing import NamedTuple

_OPENING = "«„“‹"
_CLOSING = "»”›"
_EITHER = '"'
_MARK = re.compile(f"[{_OPENING}{_CLOSING}{_EITHER}]")
_ENDED_STRAIGHT = '"„“'
"""Marks of an opening that a straight one may end."""
_AWAY = re.compile(r'[^"\n]{1,80}\s"(?!\w)')


class Quote(NamedTuple):
    """A quoted stretch ``[start:end]`` of a text, marks included; ``depth`` 0 is the outermost."""

    start: int
    end: int
    depth: int


def is_quotation_mark(char: str) -> bool:
    """Tell whether a character opens or closes quotations."""
    return _MARK.fullmatch(char) is not None


def quotes(text: str) -> list[Quote]:
    """Return the quoted stretches, by start.

    One closing mark often ends two levels («Школа № 3 «Маладик» г. Витебска): when a level stays open and the
    next mark does not close it, all open levels end together. A mark without a partner quotes nothing.
    """
    marks = _marks(text)
    open_at: list[int] = []
    found: list[Quote] = []
    for index, (position, opens) in enumerate(marks):
        if opens:
            open_at.append(position)
            continue
        if not open_at:
            continue
        found.append(Quote(open_at.pop(), position + 1, len(open_at)))
        closes_next = index + 1 < len(marks) and not marks[index + 1][1]
        while open_at and not closes_next:
            found.append(Quote(open_at.pop(), position + 1, len(open_at)))
    return sorted(found, key=lambda quote: (quote.start, -quote.end))


def _marks(text: str) -> list[tuple[int, bool]]:
    marks: list[tuple[int, bool]] = []
    open_marks: list[str] = []
    low = False  # «„» was met, which «“» ends
    for match in _MARK.finditer(text):
        position, char = match.start(), match[0]
        if char in _EITHER:
            opens = _opens(text, position, open_marks)
        else:
            opens = char in _OPENING and not (char == "“" and low)
            low = low or char == "„"
        marks.append((position, opens))
        if opens:
            open_marks.append(char)
        elif open_marks:
            open_marks.pop()
    return marks


def _opens(text: str, position: int, open_marks: list[str]) -> bool:
    """Tell whether a straight mark opens: by the white space beside it, where that says nothing by what is open.

    Glued to words on both sides («СК"Стрела"») or away from both («"Ритм "») it opens where none is open that it may
    close; behind a word («танца" Ритм "») only where the next one stands away from both.
    """
    before = text[position - 1] if position else " "
    after = text[position + 1] if position + 1 < len(text) else " "
    closes = bool(open_marks) and open_marks[-1] in _ENDED_STRAIGHT
    if before.isspace() or before in "([{«„":
        return not closes or after.isalnum()
    if before.isalnum() and after.isalpha():
        return not closes
    return before.isalpha() and after == " " and not open_marks and _AWAY.match(text, position + 1) is not None

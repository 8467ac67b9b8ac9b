"""Pair quotation marks, also nested and unbalanced ones."""

import re
from typing import NamedTuple

_OPENING = "«„“‹"
_CLOSING = "»”›"
_EITHER = '"'
_MARK = re.compile(f"[{_OPENING}{_CLOSING}{_EITHER}]")


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
    for match in _MARK.finditer(text):
        position, char = match.start(), match[0]
        if char in _EITHER:
            before = text[position - 1] if position else " "
            marks.append((position, before.isspace() or before in "([{«„"))
        elif char == "“" and any(text[at] == "„" for at, opens in marks if opens):
            marks.append((position, False))
        elif char in _OPENING:
            marks.append((position, True))
        elif char in _CLOSING:
            marks.append((position, False))
    return marks

"""Paragraphs of PDF pages without tables, told by where their lines begin and end."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pobratim.readers.paragraphs import is_item, join_paragraph
from pobratim.readers.pdf_page import Glyph

_INDENT = 8.0
"""Points by which a first line is set in at least; Word's own indent is 35 points (1.25 cm)."""
_GAP = 1.6
"""Distances between lines of one paragraph differ by less than this factor."""
_CLOSE = 0.5
NO_BREAK = "\u00a0"
"""A space at which no line ends (Unicode Standard Annex 14, class GL)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, its left and right ends and base line in points, and how wide its first word is."""

    text: str
    left: float
    right: float
    y: float
    first: float

    @classmethod
    def of(cls, text: str, marks: Sequence[Glyph]) -> "Line":
        """Return the line that characters make."""
        told = [mark for mark in marks if mark.char.strip()]
        size = told[-1].size
        breaks = (n for n, mark in enumerate(marks) if n and mark.char.isspace() and mark.char != NO_BREAK)
        word = next(breaks, len(marks)) - 1
        first = marks[word].x - told[0].x + size * _CLOSE if word >= 0 else 0.0
        return cls(text, told[0].x, told[-1].x + size * _CLOSE, told[0].y, max(first, 0.0))


def paragraphs_of(lines: Sequence[Line]) -> str:
    """Return the lines' text with a paragraph a line.

    A line goes on with the next where that one's first word would not have fitted before the right margin, and that one
    is neither set in nor set apart nor begins an item of a list.
    """
    if not lines:
        return ""
    margin = max(line.right for line in lines)
    edge = _edge(lines)
    steps = sorted(above.y - below.y for above, below in pairwise(lines) if above.y > below.y)
    step = steps[len(steps) // 2] if steps else 0.0
    made = [[lines[0]]]
    for before, line in pairwise(lines):
        full = before.right + line.first > margin
        apart = before.y - line.y > _GAP * step
        if full and not apart and not _begins(line, made[-1][0], edge):
            made[-1].append(line)
        else:
            made.append([line])
    return "\n".join(join_paragraph([line.text for line in paragraph]) for paragraph in made)


def _edge(lines: Sequence[Line]) -> float:
    """Return the left edge of the text: the leftmost place where several lines begin, else where any does."""
    places = Counter(round(line.left) for line in lines)
    return min((place for place, count in places.items() if count > 1), default=min(places))


def _begins(line: Line, first: Line, edge: float) -> bool:
    """Tell whether a line begins a paragraph: an item, or set in, but not below an item that is set in as well."""
    if is_item(line.text):
        return True
    return line.left - edge >= _INDENT and not (is_item(first.text) and line.left >= first.left)

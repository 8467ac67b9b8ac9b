"""The text of a cell on a PDF page, with marks that tell which of its lines the column's width broke."""

from collections.abc import Sequence

from pobratim.readers.lines import FULL, WRAPPED
from pobratim.readers.pdf_page import Glyph, lines_of, text_of
from pobratim.readers.pdf_prose import Line

_MARGIN = 5.4
"""Points between a cell's text and its edge, by default in Word and LibreOffice (0.19 cm)."""
_ROOM = 0.75
"""What a word needs beside its letters, as a share of the type's size: a space of a quarter, and what is measured too
short."""
_NEAR = 1.5
"""How near a full line ends to the edge, margin apart, as a share of the type's size: a letter or two."""
_USUAL_WORD = 4.0
"""Width of eight letters, as a share of the type's size: for the first word of the next page."""


def cell_text(marks: Sequence[Glyph], left: float, right: float) -> str:
    """Return the characters of a cell as text, its lines those of the page; ``left`` and ``right`` are its edges in
    points.

    A line that is one word and reaches the edge ends with FULL, one in which the next one's first word had found no
    room with WRAPPED (``lines.join_lines``). The last line ends so if a word of usual length had found none: the page's
    end may cut the cell.
    """
    lines = [Line.of(text, line) for line in lines_of(marks) if (text := text_of(line))]
    if not lines:
        return ""
    width, size = right - left - 2 * _MARGIN, marks[-1].size
    following = [*(line.first for line in lines[1:]), _USUAL_WORD * size]
    return "\n".join(
        line.text
        + (FULL if line.text.isalpha() and line.right > right - _MARGIN - _NEAR * size else "")
        + (WRAPPED if line.right - line.left + _ROOM * size + first > width else "")
        for line, first in zip(lines, following, strict=True)
    )

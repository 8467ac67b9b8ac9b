"""The characters of a PDF page with their places."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pobratim.characters import joined
from pobratim.readers.grid import clean
from pobratim.readers.lines import FULL

_HYPHEN = "\x02"
"""What pdfium returns for a hyphen at the end of a line."""
_BREAKS = "\n\r\0"
_FIRST_HALVES, _SECOND_HALVES = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""UTF-16 code units that are half a character (Unicode 23.6): pdfium gives a character beyond U+FFFF as two."""
_USUAL_SIZE = 10.0
_MARGIN = 5.4
"""Points between a cell's text and its edge, by default in Word and LibreOffice (0.19 cm)."""
_SIZES = (4.0, 72.0)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: where it stands on its base line, in points from the page's lower left corner, and its size."""

    char: str
    x: float
    y: float
    size: float


def glyphs(page: pdfium.PdfTextPage) -> list[Glyph]:
    """Return the page's characters in the order of its content.

    Spaces that pdfium adds where there is a gap have no place of their own: they stand with the one before.
    """
    handle = page.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    found: list[Glyph] = []
    codes = [raw.FPDFText_GetUnicode(handle, index) for index in range(page.count_chars())]
    for index, code in enumerate(codes):
        if code in _SECOND_HALVES and index and codes[index - 1] in _FIRST_HALVES:
            continue
        char = joined("".join(map(chr, codes[index : index + 2])))[0] if code in _FIRST_HALVES else joined(chr(code))
        if char in _BREAKS:
            continue
        if char == " " and found and raw.FPDFText_IsGenerated(handle, index) == 1:
            last = found[-1]
            found.append(Glyph(" ", last.x, last.y, last.size))
        elif raw.FPDFText_GetCharOrigin(handle, index, x, y):
            size = raw.FPDFText_GetFontSize(handle, index)
            fitting = size if _SIZES[0] <= size <= _SIZES[1] else _USUAL_SIZE
            found.append(Glyph("-" if char == _HYPHEN else char, x.value, y.value, fitting))
    return found


def text_of(marks: Sequence[Glyph], right: float = inf) -> str:
    """Return characters as text: a new line wherever the base line moves by half the size or more.

    ``right`` is the right edge of the cell in points: a line that is one word and reaches it ends with FULL.
    """
    lines: list[list[Glyph]] = [[]]
    before: Glyph | None = None
    for mark in marks:
        if before and mark.char != " " and abs(mark.y - before.y) >= min(mark.size, before.size) / 2:
            lines.append([])
        lines[-1].append(mark)
        if mark.char != " ":
            before = mark
    return "\n".join(_line(line, right) for line in lines)


def _line(marks: Sequence[Glyph], right: float) -> str:
    text = clean("".join(mark.char for mark in marks)).strip(" ")
    full = text.isalpha() and marks[-1].x > right - _MARGIN - 2 * marks[-1].size
    return text + FULL if full else text

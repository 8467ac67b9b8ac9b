"""The characters of a PDF page with their places."""

import ctypes
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import pi

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pobratim.ground.characters import joined
from pobratim.readers.grid import clean

_HYPHEN = "\x02"
"""What pdfium returns for a hyphen at the end of a line."""
_BREAKS = "\n\r\0"
_FIRST_HALVES, _SECOND_HALVES = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
"""UTF-16 code units that are half a character (Unicode 23.6): pdfium gives a character beyond U+FFFF as two."""
_USUAL_SIZE = 10.0
_SIZES = (4.0, 72.0)


@dataclass(frozen=True, slots=True)
class Turn:
    """By how many quarter turns the text of a page runs, as pdfium counts them: it is read as if it lay straight."""

    quarters: int = 0

    def straight(self, x: float, y: float) -> tuple[float, float]:
        """Return a place in points as it is once the page is turned back."""
        return [(x, y), (-y, x), (-x, -y), (y, -x)][self.quarters]


def turn_of(page: pdfium.PdfTextPage) -> Turn:
    """Return how most of the page's characters run: scanners and printer drivers turn what a page holds."""
    handle = page.raw
    counts: Counter[int] = Counter()
    for index in range(page.count_chars()):
        if raw.FPDFText_IsGenerated(handle, index) != 1:
            counts[round(raw.FPDFText_GetCharAngle(handle, index) / (pi / 2)) % 4] += 1
    return Turn(counts.most_common(1)[0][0] if counts else 0)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: where it stands on its base line, in points from the page's lower left corner, and its size."""

    char: str
    x: float
    y: float
    size: float


def glyphs(page: pdfium.PdfTextPage, turn: Turn) -> list[Glyph]:
    """Return the page's characters in the order of its content, turned straight.

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
            found.append(Glyph("-" if char == _HYPHEN else char, *turn.straight(x.value, y.value), fitting))
    return _as_read(found) if turn.quarters else found


def _as_read(marks: Sequence[Glyph]) -> list[Glyph]:
    """Return characters line by line from the top, each from the left: of pages that lie otherwise pdfium does not."""
    lines: list[list[tuple[int, Glyph]]] = []
    for place, mark in sorted(enumerate(marks), key=lambda item: -item[1].y):
        if lines and abs(mark.y - lines[-1][0][1].y) < mark.size / 4:
            lines[-1].append((place, mark))
        else:
            lines.append([(place, mark)])
    found: list[Glyph] = []
    for line in lines:
        before = -1
        for place, mark in sorted(line, key=lambda item: item[1].x):
            # Pieces of a line that pdfium did not put side by side have no space of its making between them.
            if before >= 0 and place != before + 1 and " " not in (mark.char, found[-1].char):
                found.append(Glyph(" ", found[-1].x, found[-1].y, found[-1].size))
            found.append(mark)
            before = place
    return found


def lines_of(marks: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return characters line by line: a new one wherever the base line moves by half the size or more."""
    lines: list[list[Glyph]] = [[]]
    before: Glyph | None = None
    for mark in marks:
        if before and mark.char != " " and abs(mark.y - before.y) >= min(mark.size, before.size) / 2:
            lines.append([])
        lines[-1].append(mark)
        if mark.char != " ":
            before = mark
    return lines if marks else []


def text_of(marks: Sequence[Glyph]) -> str:
    """Return the characters of a line as text."""
    return clean("".join(mark.char for mark in marks)).strip(" ")

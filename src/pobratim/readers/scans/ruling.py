"""The ruled lines of a page that is a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from pobratim.readers.pdf_ruling import Line, Rules
from pobratim.readers.scans.sheets import Grey

_INK = 195
"""Brightness below which a dot may be of a line: once turned, a line of half a point is grey."""
_LEAST_ACROSS, _LEAST_DOWN = 0.35, 0.14
"""Inches: lines of a table are longer; a row may be as low as a line of writing."""
_FREE = 3
"""Times that length has a line which need not end on others: so long is no run of letters."""
_THICKEST = 0.06
"""Inches that a line may fill: its own breadth, and how far it bends."""
_GAP = 0.01
"""Inches of a break in a row of dots."""
_PIECES = 0.07
"""Inches between two pieces of a broken line: less than the lowest row has."""
_LEVEL = 0.03
"""Inches by which pieces of one line may lie beside each other."""
_SHORT, _BEYOND = 0.04, 0.12
"""Inches by which a line may end before the one that it meets, and behind it: a letter may hang on its end."""
_TALL = 0.3
"""Inches from which on an upright stroke is no letter's: a lower one must stand below or above a taller one."""
_POINTS = 72.0

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line in dots: ``at`` is its constant place, ``start`` and ``end`` the others, ``half`` half of its breadth."""

    at: float
    start: float
    end: float
    half: float


@dataclass(frozen=True, slots=True)
class Strokes:
    """The lines of a page in dots from its upper left corner."""

    across: tuple[Stroke, ...]
    down: tuple[Stroke, ...]

    def rules(self, height: int, dpi: float) -> Rules:
        """Return them in points from the lower left corner, as a PDF has them."""
        scale = _POINTS / dpi
        across = (Line((height - s.at) * scale, s.start * scale, s.end * scale) for s in self.across)
        down = (Line(s.at * scale, (height - s.end) * scale, (height - s.start) * scale) for s in self.down)
        return Rules(tuple(across), tuple(down))

    def erased(self, page: Grey) -> Grey:
        """Return a page without them."""
        clean = page.copy()
        for s in self.across:
            clean[_span(s.at, s.half), _whole(s)] = 255
        for s in self.down:
            clean[_whole(s), _span(s.at, s.half)] = 255
        return clean


def strokes(page: Grey, dpi: float, anchored: bool = True) -> Strokes:
    """Return the lines of a whitened, straight page.

    ``anchored`` keeps only those that end on others at both ends: rings of stamps and signatures do not. Lines of a
    bent page may miss each other; then it is better asked for all.
    """
    ink, least = page < _INK, dpi if anchored else dpi * _FREE
    across = _joined(_found(ink, dpi, _LEAST_ACROSS * least), dpi)
    down = _joined(_found(np.ascontiguousarray(ink.T), dpi, _LEAST_DOWN * least), dpi)
    for _ in range(2 if anchored else 0):
        down = _columns([one for one in down if _ends_on(one, across, dpi)], dpi)
        across = [one for one in across if _ends_on(one, down, dpi)]
    return Strokes(tuple(across), tuple(down))


def _columns(down: Sequence[Stroke], dpi: float) -> list[Stroke]:
    """Return the upright lines without the letters of a low row, which may fill it: they stand in no column."""
    tall = [one.at for one in down if one.end - one.start >= _TALL * dpi]
    if not tall:
        return list(down)
    return [one for one in down if any(abs(one.at - at) <= _LEVEL * dpi for at in tall)]


def _span(at: float, half: float) -> slice:
    return slice(max(0, int(at - half - 1)), int(at + half + 2))


def _whole(stroke: Stroke) -> slice:
    return slice(max(0, int(stroke.start)), int(stroke.end) + 1)


def _found(ink: Mask, dpi: float, least: float) -> list[Stroke]:
    """Return the level lines of a mask: runs of at least so many dots, those of neighbouring rows together."""
    near = ink.copy()
    near[1:] |= ink[:-1]
    near[:-1] |= ink[1:]
    mask = _runs(near, round(least), max(1, round(_GAP * dpi)))
    labels, count = ndimage.label(mask, structure=np.ones((3, 3), dtype=int))
    if not count:
        return []
    lines = []
    for rows, columns in ndimage.find_objects(labels):
        if rows.stop - rows.start <= _THICKEST * dpi + 2:
            half = max(0.5, (rows.stop - rows.start) / 2 - 1)
            lines.append(Stroke((rows.start + rows.stop - 1) / 2, columns.start, columns.stop - 1, half))
    return lines


def _runs(ink: Mask, least: int, gap: int) -> Mask:
    """Return only those dots that stand in a run of ``least`` in their row; breaks of up to ``gap`` are filled."""
    flat = np.zeros((ink.shape[0], ink.shape[1] + 2), dtype=np.int8)
    flat[:, 1:-1] = ink
    edges = np.diff(flat.ravel())
    starts, ends = np.flatnonzero(edges == 1) + 1, np.flatnonzero(edges == -1) + 1
    width = flat.shape[1]
    if not len(starts):
        return np.zeros_like(ink)
    parted = (starts[1:] - ends[:-1] > gap) | (starts[1:] // width != starts[:-1] // width)
    starts, ends = starts[np.r_[True, parted]], ends[np.r_[parted, True]]
    long = ends - starts >= least
    marks = np.zeros(flat.size + 1, dtype=np.int8)
    marks[starts[long]] += 1
    marks[ends[long]] -= 1
    filled = np.cumsum(marks[:-1], dtype=np.int8).reshape(flat.shape)[:, 1:-1]
    return filled.astype(bool)


def _joined(lines: Sequence[Stroke], dpi: float) -> list[Stroke]:
    """Join the pieces of each line: a cell between two pieces would be open, and its row in another order."""
    found: list[Stroke] = []
    for line in sorted(lines, key=lambda one: one.start):
        before = next((n for n, one in enumerate(found) if _goes_on(one, line, dpi)), -1)
        if before < 0:
            found.append(line)
            continue
        one = found[before]
        long, other = one.end - one.start + 1, line.end - line.start + 1
        at = (one.at * long + line.at * other) / (long + other)
        found[before] = Stroke(at, one.start, max(one.end, line.end), max(one.half, line.half))
    return found


def _goes_on(one: Stroke, line: Stroke, dpi: float) -> bool:
    return abs(one.at - line.at) <= _LEVEL * dpi and one.start <= line.start <= one.end + _PIECES * dpi


def _ends_on(line: Stroke, others: Sequence[Stroke], dpi: float) -> bool:
    short, beyond = _SHORT * dpi, _BEYOND * dpi
    crossing = [one.at for one in others if one.start - short <= line.at <= one.end + short]
    begins = any(-beyond <= line.start - at <= short for at in crossing)
    return begins and any(-short <= line.end - at <= beyond for at in crossing)

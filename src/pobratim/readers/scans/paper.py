"""Make the paper of a page white and its lines straight."""

import numpy as np
from scipy import ndimage

from pobratim.readers.scans.sheets import Grey

_BLOCKS = 25
"""Blocks an inch in which the paper's colour is told; it changes slowly."""
_AROUND = 7
"""Blocks over which it is the same: more than a line of letters is high."""
_PAPER = 0.9
"""Share of the mean around from which on a dot is paper."""
_BLACK, _WHITE = 0.35, 0.84
"""Shares of the paper's brightness at which ink is black and paper white; grain of a scanner lies above the second."""
_INK = 128
_MOST_POINTS = 200_000
_STEPS = ((4.0, 0.25), (0.25, 0.05), (0.05, 0.01))
"""Degrees to both sides, and by how many in one step."""
_STRAIGHT = 0.02


def whitened(grey: Grey, dpi: float) -> Grey:
    """Return a page as if its paper were white: grain, shadows and yellow are gone, letters keep their edges."""
    size = max(2, round(dpi / _BLOCKS))
    height, width = grey.shape
    padded = np.pad(grey, ((0, -height % size), (0, -width % size)), mode="edge")
    blocks = padded.reshape(padded.shape[0] // size, size, padded.shape[1] // size, size)
    mean = ndimage.uniform_filter(blocks.mean(axis=(1, 3), dtype=np.float32), _AROUND)
    light = blocks >= (_PAPER * mean)[:, None, :, None]
    counted = light.sum(axis=(1, 3), dtype=np.float32)
    summed = np.where(light, blocks, 0).sum(axis=(1, 3), dtype=np.float32)
    paper = ndimage.uniform_filter(summed, _AROUND) / np.maximum(ndimage.uniform_filter(counted, _AROUND), 1e-3)
    paper = np.maximum(paper, 1)
    shares = padded.reshape(blocks.shape) / paper[:, None, :, None]
    shares -= np.float32(_BLACK)
    shares *= np.float32(255 / (_WHITE - _BLACK))
    white = np.clip(shares, 0, 255, out=shares).astype(np.uint8).reshape(padded.shape)
    page: Grey = white[:height, :width]
    return page


def skew(page: Grey) -> float:
    """Return by how many degrees the lines of a whitened page fall to the right."""
    step = max(1, page.shape[1] // 1200)
    y, x = np.nonzero(page[::step, ::step] < _INK)
    if len(x) > _MOST_POINTS:
        kept = np.linspace(0, len(x) - 1, _MOST_POINTS).astype(int)
        y, x = y[kept], x[kept]
    if not len(x):
        return 0.0
    found = 0.0
    for reach, width in _STEPS:
        tried = found + np.arange(-reach, reach + width / 2, width)
        found = float(max(tried, key=lambda angle: _sharpness(x, y, angle)))
    return found


def _sharpness(x: np.ndarray, y: np.ndarray, angle: float) -> float:
    """Return how unevenly the ink lies over lines that fall by an angle: the most where these are lines of writing."""
    rows = np.rint(y - x * np.tan(np.radians(angle))).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float((counts * counts).sum())


def straightened(page: Grey) -> Grey:
    """Return a whitened page with level lines, turned about its middle."""
    angle = skew(page)
    if abs(angle) < _STRAIGHT:
        return page
    turned: Grey = ndimage.rotate(page, angle, reshape=False, order=1, mode="constant", cval=255, prefilter=False)
    return turned


def quarter_turned(page: Grey, quarters: int) -> Grey:
    """Return a page turned to the left by so many right angles."""
    return np.ascontiguousarray(np.rot90(page, quarters))

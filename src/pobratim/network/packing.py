"""Rectangles side by side: each goes to the highest free place, the leftmost of several."""

import math
from collections.abc import Sequence

Corner = tuple[float, float]


def pack(sizes: Sequence[tuple[float, float]], aspect: float) -> list[Corner]:
    """Return the upper left corner of each (width, height), in the given order, without overlap.

    The whole comes near ``aspect`` (width over height): of several widths the best one is taken.
    """
    if not sizes:
        return []
    area = sum(width * height for width, height in sizes)
    widest = max(width for width, _ in sizes)
    tries = [max(widest, math.sqrt(area * aspect) * (0.85 + 0.05 * i)) for i in range(13)]
    return min((_skyline(sizes, width) for width in tries), key=lambda corners: _cost(sizes, corners, aspect))


def _cost(sizes: Sequence[tuple[float, float]], corners: Sequence[Corner], aspect: float) -> float:
    """Return the height of the smallest frame of that aspect around everything: less is larger print."""
    width = max(x + size[0] for size, (x, _) in zip(sizes, corners, strict=True))
    height = max(y + size[1] for size, (_, y) in zip(sizes, corners, strict=True))
    return max(height, width / aspect)


def _skyline(sizes: Sequence[tuple[float, float]], limit: float) -> list[Corner]:
    """``line`` holds (from x, y): down to which y the picture is full from there on."""
    line: list[tuple[float, float]] = [(0.0, 0.0)]
    corners = []
    for width, height in sizes:
        places = [(_level(line, x, width), x) for x, _ in line if x + width <= limit + 0.5]
        y, x = min(places, default=(max(level for _, level in line), 0.0))
        corners.append((x, y))
        line = _raised(line, x, x + width, y + height)
    return corners


def _level(line: Sequence[tuple[float, float]], x: float, width: float) -> float:
    """Return how far down something of that width must go at ``x``."""
    ends = [start for start, _ in line[1:]] + [math.inf]
    return max(y for (start, y), end in zip(line, ends, strict=True) if start < x + width and end > x)


def _raised(line: Sequence[tuple[float, float]], left: float, right: float, y: float) -> list[tuple[float, float]]:
    after = [level for start, level in line if start <= right][-1]
    kept = [step for step in line if step[0] < left or step[0] > right]
    return sorted([*kept, (left, y), (right, after)])

"""The geometry of the class diagram: from which edge of one box to which of another an arrow goes."""

from collections.abc import Sequence
from typing import NamedTuple


class Point(NamedTuple):
    """A place in the drawing."""

    x: float
    y: float


class Rectangle(NamedTuple):
    """A box in the drawing."""

    left: float
    top: float
    width: float
    height: float

    def overlap(self, other: "Rectangle") -> float:
        """Return how much two rectangles cover of each other."""
        across = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)


_ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.15, 0.85)
"""Where on an arrow its label may stand, the best place first."""


def label_at(start: Point, end: Point, width: float, height: float, taken: Sequence[Rectangle]) -> Rectangle:
    """Return where a label of this size stands on an arrow: where it covers least of what is there already."""
    places = [
        Rectangle(
            start.x + (end.x - start.x) * t - width / 2, start.y + (end.y - start.y) * t - height / 2, width, height
        )
        for t in _ALONG
    ]
    return min(places, key=lambda place: sum(place.overlap(other) for other in taken))


def route(one: Rectangle, other: Rectangle) -> tuple[Point, Point]:
    """Return where an arrow leaves a box and reaches another: straight across where they face, else corner to corner.

    A box joined to itself has its arrow at its right edge.
    """
    if one == other:
        right = one.left + one.width
        return Point(right, one.top + 12), Point(right, one.top + 34)
    across = _shared(one.left, one.width, other.left, other.width)
    if across is not None:
        down = one.top < other.top
        return (
            Point(across, one.top + one.height if down else one.top),
            Point(across, other.top if down else other.top + other.height),
        )
    level = _shared(one.top, one.height, other.top, other.height)
    right = one.left < other.left
    start, end = (one.left + one.width, other.left) if right else (one.left, other.left + other.width)
    if level is not None:
        return Point(start, level), Point(end, level)
    below = one.top < other.top
    return (
        Point(start, one.top + one.height - 14 if below else one.top + 14),
        Point(end, other.top + 14 if below else other.top + other.height - 14),
    )


def _shared(one: float, length: float, other: float, other_length: float) -> float | None:
    """Return the middle of what two stretches share, None where that is too little for an arrow."""
    first, last = max(one, other), min(one + length, other + other_length)
    return (first + last) / 2 if last - first > 24 else None

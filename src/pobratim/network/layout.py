"""Where everybody of a network stands: the home country in the middle, near those it is tied to, the others around it.

As the pages have it (``viz/app/network/force.ts``), for pictures that no browser draws.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

WIDTH, HEIGHT = 1000, 640
"""Pixels of the picture."""
_EDGE = (110.0, 46.0)
"""What is left free at the sides, and above and below, for names."""
_PULL = {True: 0.03, False: 0.12}
"""How strongly somebody at home, or abroad, is drawn to a place: who is at home may go where the partners are."""
_LINK, _CHARGE, _REACH = 0.06, 0.5, 5.0
"""How strongly ties pull, how strongly all push each other (in shares of the usual distance), and how far."""
_TICKS = (60, 240, 120_000)
"""The forces are spent after so many ticks, at least and at most: fewer for large networks, which start well."""
_SPIRAL = math.pi * (3 - math.sqrt(5))
"""The golden angle: each next one of a crowd stands so much further round."""
_STRETCH = 2.4
"""A picture that leaves its frame empty is drawn apart by so much at most."""
_Array = NDArray[np.float64]
Pair = tuple[str, str]
Points = dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Body:
    """Somebody to be placed: a country's code, whether that is at home, and a radius."""

    id: str
    country: str
    is_home: bool
    radius: float


def place(bodies: Sequence[Body], ties: Sequence[Pair], order: Sequence[str]) -> Points:
    """Return the centre of each body; ``order`` are countries as they go round. Always the same for the same bodies."""
    if not bodies:
        return {}
    apart = math.sqrt((WIDTH - 2 * _EDGE[0]) * (HEIGHT - 2 * _EDGE[1]) / max(40, len(bodies)))
    aims = _aims(bodies, ties, _angles(bodies, order))
    start = _start(bodies, aims, apart)
    found = _filling(_relaxed(bodies, ties, aims, start, apart))
    return {body.id: (round(float(x), 1), round(float(y), 1)) for body, (x, y) in zip(bodies, found, strict=True)}


def _angles(bodies: Sequence[Body], order: Sequence[str]) -> Mapping[str, float]:
    """Return a country's angle: its share of the circle is that of its towns, but nobody's is nothing."""
    many = Counter(body.country for body in bodies if not body.is_home)
    foreign = [code for code in order if code in many]
    foreign += sorted(code for code in many if code not in foreign)
    shares = {code: math.sqrt(many[code]) + 0.6 for code in foreign}
    total, angle, found = sum(shares.values()), -math.pi, {}
    for code in foreign:
        width = 2 * math.pi * shares[code] / total
        found[code] = angle + width / 2
        angle += width
    return found


def _aims(bodies: Sequence[Body], ties: Sequence[Pair], angles: Mapping[str, float]) -> list[tuple[float, float]]:
    """Return angle and distance (of the half frame) that each is drawn to: at home that of the partners."""
    known = {body.id: body for body in bodies}
    towards: dict[str, list[float]] = defaultdict(list)
    for a, b in ties:
        for one, other in ((a, b), (b, a)):
            if known[one].is_home and not known[other].is_home:
                towards[one].append(angles[known[other].country])
    found = []
    for body in bodies:
        mine = towards.get(body.id, ())
        x, y = (sum(map(turn, mine)) for turn in (math.cos, math.sin))
        middle = (math.atan2(y, x), 0.45 * math.hypot(x, y) / len(mine)) if mine else (0.0, 0.0)
        found.append(middle if body.is_home else (angles[body.country], 0.86))
    return found


def _start(bodies: Sequence[Body], aims: Sequence[tuple[float, float]], apart: float) -> _Array:
    """Return where each begins: round the place it is drawn to, a crowd in a spiral."""
    counts: Counter[object] = Counter()
    points = []
    for body, (angle, far) in zip(bodies, aims, strict=True):
        crowd = ("home", round(angle * 4)) if body.is_home else body.country
        at, counts[crowd] = counts[crowd], counts[crowd] + 1
        away = apart * 0.75 * math.sqrt(at + 0.5)
        x, y = _point(angle, far)
        points.append((x + away * math.cos(at * _SPIRAL), y + away * math.sin(at * _SPIRAL)))
    return np.array(points)


def _point(angle: float, far: float) -> tuple[float, float]:
    across, down = WIDTH / 2 - _EDGE[0], HEIGHT / 2 - _EDGE[1]
    return WIDTH / 2 + across * far * math.cos(angle), HEIGHT / 2 + down * far * math.sin(angle)


def _relaxed(
    bodies: Sequence[Body],
    ties: Sequence[Pair],
    aims: Sequence[tuple[float, float]],
    start: _Array,
    apart: float,
) -> _Array:
    """Let forces act that get weaker from tick to tick: to the places, along the ties, and off each other."""
    numbers = {body.id: number for number, body in enumerate(bodies)}
    ends = np.array([(numbers[a], numbers[b]) for a, b in ties], dtype=int).reshape(-1, 2)
    to = np.array([_point(*aim) for aim in aims])
    pull = np.array([_PULL[body.is_home] for body in bodies])[:, None]
    radii = np.array([body.radius for body in bodies])
    least, most, weight = _TICKS
    ticks = round(min(most, max(least, weight / len(bodies))))
    points, speed = start.copy(), np.zeros_like(start)
    for tick in range(ticks):
        heat = 0.001 ** (tick / ticks)
        speed += heat * (pull * (to - points) + _pushed(points, apart) + _pulled(points, ends, apart))
        speed *= 0.6
        points = _parted(points + speed, radii + min(4.0, apart / 6))
    return points


def _pushed(points: _Array, apart: float) -> _Array:
    """Return how all within reach push each other, the nearer the more strongly."""
    pairs = cKDTree(points).query_pairs(_REACH * apart, output_type="ndarray")
    return _between(points, pairs, lambda far: _CHARGE * apart / np.maximum(far, 1.0))


def _pulled(points: _Array, ends: _Array, apart: float) -> _Array:
    return _between(points, ends, lambda far: -_LINK * (far - apart) / 2)


def _parted(points: _Array, radii: _Array) -> _Array:
    """Move those apart that lie over each other."""
    pairs = cKDTree(points).query_pairs(2 * float(radii.max()), output_type="ndarray")
    if not len(pairs):
        return points
    wanted = radii[pairs].sum(axis=1)
    moved: _Array = points + _between(points, pairs, lambda far: np.maximum(0.0, wanted - far) / 2)
    return moved


def _between(points: _Array, pairs: Any, force: Any) -> _Array:
    """Return the sum of forces along pairs: positive parts them. Who stands on one spot is parted to the right."""
    total = np.zeros_like(points)
    if not len(pairs):
        return total
    apart = points[pairs[:, 0]] - points[pairs[:, 1]]
    far = np.hypot(apart[:, 0], apart[:, 1])
    apart[far == 0] = (1.0, 0.0)
    push = (force(far) / np.maximum(far, 1e-6) * np.where(far == 0, 1e-6, 1.0))[:, None] * apart
    np.add.at(total, pairs[:, 0], push)
    np.add.at(total, pairs[:, 1], -push)
    return total


def _filling(points: _Array) -> _Array:
    """Draw a picture apart until it fills its frame, or into it."""
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.array([WIDTH - 2 * _EDGE[0], HEIGHT - 2 * _EDGE[1]])
    factor = np.minimum(_STRETCH, room / np.maximum(high - low, 1.0))
    placed: _Array = np.array([WIDTH / 2, HEIGHT / 2]) + (points - (low + high) / 2) * factor
    return placed

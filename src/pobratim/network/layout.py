"""Where to draw each party: every connected part by itself, then the parts side by side; always the same.

Units are pixels at zoom 1; y grows downwards. Home is on the left, its partners on the right.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from pobratim.network.analysis import SEED
from pobratim.network.packing import pack

Point = tuple[int, int]
_Array = NDArray[np.float64]

EDGE = 210.0
"""Length of a tie from column to column: half a label to the left, half a label to the right, and air."""
NEAR = 140.0
"""The same where ties go in all directions: short, since boxes that overlap are pushed apart afterwards."""
GAP = 44.0
"""Free space between two parts."""
COLUMN = 9
"""Up to so many parties a side, home stands in one column and its partners in another."""
EXACT = 80
"""Up to so many nodes Kamada-Kawai (all distances right, cubic time); beyond, a spring layout."""
_ROUNDS = 2000
_PATIENCE, _GROWTH = 25, 1.08
"""After so many rounds of pushing in vain everything moves apart, by so much: that ends every deadlock."""
_DAMPING = 0.5
"""How far pushes from several sides add up: 0 their sum, 1 their mean."""
_SWEEPS = 8
_STEPS = 50
_FAR = 5
"""Nodes more than so many ideal lengths apart do not repel each other: work grows with the nodes, not their pairs."""


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a node takes with its label, in pixels: to both sides, above and below its centre."""

    half: float
    above: float
    below: float


def place_nodes(
    graph: "nx.Graph[str]", boxes: Mapping[str, Box], home: frozenset[str], aspects: Sequence[float]
) -> list[dict[str, Point]]:
    """Return the centre of each node, once for each wished ``aspect`` (width over height of the picture).

    ``home`` are the nodes that belong on the left. No two boxes overlap.
    """
    nodes = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    parts = [_part(_ordered(graph, part), boxes, home) for part in nodes]
    return [_side_by_side(parts, boxes, aspect) for aspect in aspects]


@dataclass(frozen=True, slots=True)
class _Part:
    """A connected part by itself; ``elastic`` where it may be stretched and needs its boxes pushed apart."""

    nodes: list[str]
    points: _Array
    elastic: bool


def _side_by_side(parts: Sequence[_Part], boxes: Mapping[str, Box], aspect: float) -> dict[str, Point]:
    placed = [_stretched(part, boxes, aspect) if part.elastic else part.points for part in parts]
    # Where all labels count as equally wide, the columns of parts below one another are in line.
    half = max((box.half for box in boxes.values()), default=0.0)
    rooms = [[replace(boxes[node], half=half) for node in part.nodes] for part in parts]
    frames = [_frame(points, room) for points, room in zip(placed, rooms, strict=True)]
    corners = pack([(right - left + GAP, bottom - top + GAP) for left, top, right, bottom in frames], aspect)
    return {
        node: (round(x - frame[0] + corner[0]), round(y - frame[1] + corner[1]))
        for part, points, frame, corner in zip(parts, placed, frames, corners, strict=True)
        for node, (x, y) in zip(part.nodes, points, strict=True)
    }


def _stretched(part: _Part, boxes: Mapping[str, Box], aspect: float) -> _Array:
    points = part.points * np.array([min(1.25, max(0.7, aspect)), 1.0])
    return _spread(points, [boxes[node] for node in part.nodes])


def _ordered(graph: "nx.Graph[str]", nodes: Sequence[str]) -> "nx.Graph[str]":
    """Return the part with its nodes and edges in sorted order, on which the layouts of networkx depend."""
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from(nodes)
    part.add_edges_from(sorted((min(a, b), max(a, b)) for a, b in graph.edges(nodes)))
    return part


def _part(part: "nx.Graph[str]", boxes: Mapping[str, Box], home: frozenset[str]) -> _Part:
    nodes = list(part)
    columns = [node for node in nodes if node in home], [node for node in nodes if node not in home]
    crossing = all((a in home) != (b in home) for a, b in part.edges())
    if crossing and max(map(len, columns)) <= COLUMN:
        return _Part(nodes, _in_columns(part, columns, boxes), elastic=False)
    side = np.array([node in home for node in nodes])
    return _Part(nodes, _turned(_by_distance(part), side), elastic=True)


def _in_columns(part: "nx.Graph[str]", columns: tuple[list[str], list[str]], boxes: Mapping[str, Box]) -> _Array:
    """Home left, partners right, each side in the order that crosses few ties (barycentre method, 1981)."""
    left, right = columns
    for _ in range(_SWEEPS):
        right = _by_neighbours(part, right, left)
        left = _by_neighbours(part, left, right)
    step = max(boxes[node].above + boxes[node].below for node in part) + 6
    across = max(EDGE, 2 * max(box.half for box in boxes.values()) + 30)
    spot = {
        node: (x, (index - (len(side) - 1) / 2) * step)
        for x, side in ((0.0, left), (across, right))
        for index, node in enumerate(side)
    }
    return np.array([spot[node] for node in part], dtype=float)


def _by_neighbours(part: "nx.Graph[str]", side: list[str], other: list[str]) -> list[str]:
    rank = {node: index for index, node in enumerate(other)}
    mean = {node: sum(rank[each] for each in part[node]) / part.degree(node) for node in side}
    return sorted(side, key=lambda node: (mean[node], node))


def _by_distance(part: "nx.Graph[str]") -> _Array:
    if len(part) <= EXACT:
        exact = nx.kamada_kawai_layout(part)
        points = np.array([exact[node] for node in part], dtype=float)
    else:
        points = _sprung(part)
    ends = _ends(part)
    lengths = np.hypot(*(points[ends[:, 0]] - points[ends[:, 1]]).T)
    scaled: _Array = points * (NEAR * len(lengths) / float(lengths.sum()))
    return scaled


def _ends(part: "nx.Graph[str]") -> NDArray[np.int_]:
    """Return the edges as pairs of positions in the order of the nodes."""
    index = {node: position for position, node in enumerate(part)}
    return np.array([(index[a], index[b]) for a, b in part.edges()])


def _sprung(part: "nx.Graph[str]") -> _Array:
    """Lay out by springs (Fruchterman and Reingold, 1991), with their cut-off of what repels from afar."""
    ends, count = _ends(part), len(part)
    points = np.random.default_rng(SEED).random((count, 2))
    ideal = 1 / math.sqrt(count)
    for step in range(_STEPS, 0, -1):
        near = cKDTree(points).query_pairs(_FAR * ideal, output_type="ndarray")
        force = np.zeros_like(points)
        for pairs, power in ((near, -2), (ends, 1)):
            delta = points[pairs[:, 0]] - points[pairs[:, 1]]
            length = np.maximum(np.hypot(*delta.T), 0.01)[:, None]
            push = delta * (ideal**2 * length**power if power < 0 else -length / ideal)
            _add(force, pairs[:, 0], push)
            _add(force, pairs[:, 1], -push)
        points += force / np.maximum(np.hypot(*force.T), 0.01)[:, None] * (0.1 * step / _STEPS)
    return points


def _add(sums: _Array, rows: NDArray[np.int_], values: _Array) -> None:
    """Add each of ``values`` to the row of ``sums`` that it belongs to."""
    for axis in (0, 1):
        sums[:, axis] += np.bincount(rows, weights=values[:, axis], minlength=len(sums))


def _turned(points: _Array, home: NDArray[np.bool_]) -> _Array:
    """Turn the part so that the mean of home lies left of the mean of the others."""
    if home.all() or not home.any():
        return points
    x, y = points[~home].mean(axis=0) - points[home].mean(axis=0)
    length = math.hypot(x, y)
    if length < 1e-6:
        return points
    cos, sin = x / length, y / length
    turned: _Array = points @ np.array([[cos, -sin], [sin, cos]])
    return turned


def _spread(points: _Array, boxes: Sequence[Box]) -> _Array:
    """Push boxes apart, along the axis that needs the shorter way, until none overlaps."""
    sizes = np.array([(2 * box.half, box.above + box.below) for box in boxes])
    offset = np.array([(0.0, (box.below - box.above) / 2) for box in boxes])
    middles = points + offset
    largest = sizes.max(axis=0)
    for turn in range(1, _ROUNDS):
        pairs = cKDTree(middles / largest).query_pairs(1.0, p=math.inf, output_type="ndarray")
        overlap = (sizes[pairs[:, 0]] + sizes[pairs[:, 1]]) / 2 - np.abs(middles[pairs[:, 1]] - middles[pairs[:, 0]])
        close = overlap.min(axis=1) > 1.0
        if not close.any():
            break
        _push(middles, pairs[close], overlap[close])
        if turn % _PATIENCE == 0:
            middles *= _GROWTH
    separated: _Array = middles - offset
    return separated


def _push(middles: _Array, pairs: NDArray[np.int_], overlap: _Array) -> None:
    """Move all pairs apart at once, each box by the mean of what its neighbours ask, and a little more."""
    rows, axis = np.arange(len(pairs)), overlap.argmin(axis=1)
    delta = middles[pairs[:, 1]] - middles[pairs[:, 0]]
    way = np.zeros_like(overlap)
    way[rows, axis] = (overlap[rows, axis] / 2 + 0.5) * np.where(delta[rows, axis] >= 0, 1, -1)
    moves, times = np.zeros_like(middles), np.zeros_like(middles)
    for column, sign in ((0, -1), (1, 1)):
        _add(moves, pairs[:, column], sign * way)
        _add(times, pairs[:, column], (way != 0).astype(float))
    middles += moves / np.maximum(times, 1.0) ** _DAMPING


def _frame(points: _Array, boxes: Sequence[Box]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what a part covers."""
    low = points - np.array([(box.half, box.above) for box in boxes])
    high = points + np.array([(box.half, box.below) for box in boxes])
    left, top = low.min(axis=0)
    right, bottom = high.max(axis=0)
    return float(left), float(top), float(right), float(bottom)

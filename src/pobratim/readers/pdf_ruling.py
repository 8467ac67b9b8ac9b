"""Tables that lines and boxes on a PDF page draw: which cells they enclose."""

import ctypes
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pobratim.readers.pdf_page import Turn

_THIN = 3.0
"""Points: a box that is narrower is a line (Word and LibreOffice draw borders as filled boxes)."""
_CLOSE = 2.5
"""Points: lines nearer to each other are one."""
_SHORTEST = 4.0
_COVERED = 0.6
"""Share of a cell's side that must be drawn for it to be a border."""
_MAX_LINES = 20_000
_MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line: ``at`` is its constant coordinate, ``start`` and ``end`` the others, all in points."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The lines of one page."""

    across: tuple[Line, ...]
    down: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a ruled table: its first column and row, and how many of each it covers."""

    column: int
    row: int
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table: ``edges`` are the x of its vertical lines, ``levels`` the y of its horizontal ones from the top.

    ``rows`` lists the cells that begin in each row; ``spots`` maps (row, column) of the finest grid to
    (row, position) in ``rows``.
    """

    edges: tuple[float, ...]
    levels: tuple[float, ...]
    rows: tuple[tuple[Box, ...], ...]
    spots: dict[tuple[int, int], tuple[int, int]]

    @property
    def top(self) -> float:
        """Return the y of the upper edge."""
        return self.levels[0]

    def sides(self, box: Box) -> tuple[float, float]:
        """Return the x of a cell's left and right edges."""
        return self.edges[box.column], self.edges[box.column + box.columns]

    def locate(self, x: float, y: float) -> tuple[int, int] | None:
        """Return (row, position) of the cell in which a point lies, None if it is outside."""
        column = bisect_right(self.edges, x) - 1
        row = bisect_right(self.levels, -y, key=lambda level: -level) - 1
        return self.spots.get((row, column))


def rules(page: pdfium.PdfPage, turn: Turn) -> Rules:
    """Return the horizontal and vertical lines that a page, turned straight, draws, those of form objects as well."""
    across: list[Line] = []
    down: list[Line] = []
    for line in _drawn(page):
        for start, end in line:
            (x0, y0), (x1, y1) = turn.straight(*start), turn.straight(*end)
            if abs(y0 - y1) <= _CLOSE / 2 and abs(x0 - x1) >= _SHORTEST:
                across.append(Line((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x0 - x1) <= _CLOSE / 2 and abs(y0 - y1) >= _SHORTEST:
                down.append(Line((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
        if len(across) + len(down) > _MAX_LINES:
            break
    return Rules(tuple(across), tuple(down))


def ruled_tables(found: Rules) -> list[RuledTable]:
    """Return the tables that lines enclose, from top to bottom; one with a single cell is a frame, no table."""
    tables = []
    for across, down in _connected(found):
        edges = _clusters(line.at for line in down)
        levels = _clusters(line.at for line in across)[::-1]
        if len(edges) > 2 or (len(edges) == 2 and len(levels) > 2):
            tables.append(_table(edges, levels, across, down))
    return sorted(tables, key=lambda table: -table.top)


_Point = tuple[float, float]


def _drawn(page: pdfium.PdfPage) -> Iterator[list[tuple[_Point, _Point]]]:
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_MAX_DEPTH):
        if not _is_visible(item.raw):
            continue
        matrix = item.get_matrix()
        container = item.container
        while container is not None:
            matrix = matrix.multiply(container.get_matrix())
            container = container.container
        points = _points(item.raw, matrix)
        yield from (_sides(points_) for points_ in points)


def _is_visible(item: object) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    return bool(fill.value or stroke.value)


def _points(item: object, matrix: pdfium.PdfMatrix) -> Iterator[list[_Point]]:
    """Yield the closed or open runs of straight segments of a path, in page coordinates."""
    x, y = ctypes.c_float(), ctypes.c_float()
    run: list[_Point] = []
    for index in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(run) > 1:
                yield run
            run = [point]
        else:
            run.append(point)
        if raw.FPDFPathSegment_GetClose(segment) and run and run[0] != run[-1]:
            run.append(run[0])
    if len(run) > 1:
        yield run


def _sides(points: Sequence[_Point]) -> list[tuple[_Point, _Point]]:
    """Return the sides of a run of points; a thin box is the one line along its middle."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if len(points) > 2 and min(width, height) <= _THIN:
        if width >= height:
            middle = (max(ys) + min(ys)) / 2
            return [((min(xs), middle), (max(xs), middle))]
        middle = (max(xs) + min(xs)) / 2
        return [((middle, min(ys)), (middle, max(ys)))]
    return list(pairwise(points))


def _connected(found: Rules) -> Iterator[tuple[list[Line], list[Line]]]:
    """Yield the groups of lines that touch each other, each at least two across and two down."""
    lines = [(line, True) for line in found.across] + [(line, False) for line in found.down]
    parents = list(range(len(lines)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    down = sorted(range(len(found.across), len(lines)), key=lambda index: lines[index][0].at)
    places = [lines[index][0].at for index in down]
    for index, (line, level) in enumerate(lines):
        if not level:
            break
        for other in down[bisect_right(places, line.start - _CLOSE) : bisect_right(places, line.end + _CLOSE)]:
            upright = lines[other][0]
            if upright.start - _CLOSE <= line.at <= upright.end + _CLOSE:
                parents[root(other)] = root(index)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for index, (line, level) in enumerate(lines):
        groups.setdefault(root(index), ([], []))[0 if level else 1].append(line)
    yield from (group for group in groups.values() if len(group[0]) > 1 and len(group[1]) > 1)


def _clusters(values: Iterator[float]) -> tuple[float, ...]:
    """Return the middles of groups of near values, ascending."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _CLOSE:
            groups[-1].append(value)
        else:
            groups.append([value])
    return tuple(sum(group) / len(group) for group in groups)


def _table(
    edges: tuple[float, ...], levels: tuple[float, ...], across: Sequence[Line], down: Sequence[Line]
) -> RuledTable:
    """Cut the grid of all lines into cells: two neighbours are one where no line is drawn between them."""
    height, width = len(levels) - 1, len(edges) - 1
    bars = [_near(down, edge) for edge in edges]
    shelves = [_near(across, level) for level in levels]
    rows: list[tuple[Box, ...]] = []
    spots: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(height):
        boxes: list[Box] = []
        for column in range(width):
            if (row, column) in spots:
                continue
            right = column + 1
            while right < width and not _is_drawn(bars[right], levels[row + 1], levels[row]):
                right += 1
            below = row + 1
            while below < height and not _is_drawn(shelves[below], edges[column], edges[right]):
                below += 1
            for inner in range(row, below):
                for across_ in range(column, right):
                    spots.setdefault((inner, across_), (row, len(boxes)))
            boxes.append(Box(column, row, right - column, below - row))
        rows.append(tuple(boxes))
    return RuledTable(edges, levels, tuple(rows), spots)


def _near(lines: Sequence[Line], at: float) -> list[Line]:
    return [line for line in lines if abs(line.at - at) <= _CLOSE]


def _is_drawn(lines: Sequence[Line], start: float, end: float) -> bool:
    """Tell whether lines cover most of the way from ``start`` to ``end``."""
    covered = 0.0
    reached = start
    for line in sorted(lines, key=lambda line: line.start):
        first, last = max(line.start, reached), min(line.end, end)
        if last > first:
            covered += last - first
            reached = last
    return covered >= _COVERED * (end - start)

"""Tables that go on over pages: one grid on each page, heads printed again, rows cut by the page's end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from pobratim.readers.flow import Flow
from pobratim.readers.lines import join_lines
from pobratim.readers.pdf_prose import Line
from pobratim.readers.spans import Spanned, followed_by, made_of, spanned_rows

STRIP = 2
"""Columns of a part of a table that a printer cut lengthwise; a report has more (columns.ttl)."""
_SAME_COLUMN = 4.0
"""Points by which the columns of one table may differ from page to page."""
_ALIKE = 80
"""Likeness (of 100) from which on two rows of pictures are one head: at 200 dpi a tenth of its letters may differ."""
_TALLEST = 500
"""Rows that one cell may cover over pages; the time for a table's pages would grow with their square."""
_ROW_NUMBER = re.compile(r"\s*\d{1,6}\s*[.)]?\s*")
_WITHIN = re.compile(r"\s*(?:[^\W\dA-ZА-ЯЁ_]|[)\]»,;:–—-])")
"""What begins in lower case, or with a mark that closes or goes on."""


@dataclass(slots=True)
class Part:
    """A table on one page: the left edges of its columns in points, and its rows of cells.

    ``recognised`` tells that it was read from a picture: its letters are likely, its place on the page is by chance.
    """

    edges: tuple[float, ...]
    rows: list[list[Spanned]]
    levels: tuple[int, ...] = ()
    """Its horizontal lines from the top, in whole points."""
    recognised: bool = False

    @property
    def is_strip(self) -> bool:
        """Tell whether it is no more than a column or two."""
        return len(self.edges) - 1 <= STRIP


def flow_of(parts: list[Line | Part]) -> Flow:
    """Return the lines and tables of all pages in order; a table that goes on with the next page is one."""
    flow = Flow()
    open_part: Part | None = None
    for part in parts:
        if open_part and isinstance(part, Part) and _goes_on(open_part, part):
            append(open_part, part)
            continue
        if open_part:
            _end(flow, open_part)
        open_part = part if isinstance(part, Part) else None
        if isinstance(part, Line):
            flow.text(part.text)
    if open_part:
        _end(flow, open_part)
    return flow


def _goes_on(part: Part, following: Part) -> bool:
    if len(part.edges) != len(following.edges):
        return False
    # Paper lies in a scanner a little otherwise each time: of a picture only the widths count.
    shift = following.edges[0] - part.edges[0] if part.recognised and following.recognised else 0.0
    return all(
        abs(mine + shift - other) <= _SAME_COLUMN for mine, other in zip(part.edges, following.edges, strict=True)
    )


def append(part: Part, following: Part) -> None:
    """Add the rows of the next page: without the headings repeated there, its first row joined to one cut in two."""
    alike = _alike if part.recognised and following.recognised else _same
    repeated = 0
    while repeated < min(len(part.rows), len(following.rows)) and alike(part.rows[repeated], following.rows[repeated]):
        repeated += 1
    rows = following.rows[repeated:]
    if rows:
        rests, whole = _rests(part.rows, rows[0])
        for (row, index), cell in rests.items():
            above = part.rows[row][index]
            height = above.rows + cell.rows - (1 if whole else 0)
            part.rows[row][index] = replace(followed_by(above, cell), rows=height)
        left = [cell for cell in rows[0] if not any(cell is rest for rest in rests.values())]
        rows = rows[1:] if whole else [left, *rows[1:]]
    part.rows += rows


def _rests(rows: Sequence[Sequence[Spanned]], first: Sequence[Spanned]) -> tuple[dict[tuple[int, int], Spanned], bool]:
    """Return which cells of a page's first row are the rest of which cell before, and whether the whole row is.

    A row goes on with one cut by the page's end if it is not numbered, and either its first cell is empty or all that
    it holds begins in the middle of a sentence. A tall cell may be cut alone.
    """
    owners, column = _last_cells(rows), 0
    below: dict[tuple[int, int], Spanned] = {}
    numbered = False
    for cell in first:
        owner = owners.get(column)
        column += cell.columns
        if owner is None:
            return {}, False
        below[owner] = cell
        above = rows[owner[0]][owner[1]].text
        numbered = numbered or bool(_ROW_NUMBER.fullmatch(cell.text) and _ROW_NUMBER.fullmatch(above))
    told = {owner: cell for owner, cell in below.items() if cell.text.strip()}
    within = {
        owner: cell
        for owner, cell in told.items()
        if _WITHIN.match(cell.text) and rows[owner[0]][owner[1]].text.strip()
    }
    alike = len(rows[-1]) == len(first) > 1 and not first[0].text.strip() and bool(rows[-1][0].text.strip())
    if not numbered and told and (alike or (len(within) == len(told) < len(first))):
        return below, True
    return {owner: cell for owner, cell in within.items() if rows[owner[0]][owner[1]].rows > 1}, False


def _last_cells(rows: Sequence[Sequence[Spanned]]) -> dict[int, tuple[int, int]]:
    """Return, by the column where it begins, which cell (row, index) stands in the last row, tall ones too."""
    widths = [sum(cell.columns for cell in row) for row in reversed(rows[-_TALLEST:])]
    whole = len(rows) - 1 - widths.index(max(widths))  # nothing from above stands in the last row that is whole
    left: dict[int, tuple[int, int, int, int]] = {}
    for number, row in enumerate(rows[whole:], whole):
        left = {column: (*cell[:3], cell[3] - 1) for column, cell in left.items() if cell[3] > 1}
        column = 0
        for index, cell in enumerate(row):
            while column in left:
                column += left[column][2]
            left[column] = (number, index, cell.columns, cell.rows)
            column += cell.columns
    return {column: cell[:2] for column, cell in left.items()}


def _same(row: Sequence[Spanned], other: Sequence[Spanned]) -> bool:
    return _key(row) == _key(other)


def _alike(row: Sequence[Spanned], other: Sequence[Spanned]) -> bool:
    """Tell whether two rows say the same but for letters read otherwise."""
    if len(row) != len(other) or not _key(row).strip("|"):
        return False
    return fuzz.ratio(_key(row), _key(other)) >= _ALIKE


def _key(row: Sequence[Spanned]) -> str:
    return "|".join("".join(join_lines(cell.text).split()) for cell in row)


def _end(flow: Flow, part: Part) -> None:
    flow.begin()
    flow.end(spanned_rows([[made_of(cell, join_lines(cell.text)) for cell in row] for row in part.rows]))

"""Rows of tables whose cells say how many columns and rows they cover (HTML, OpenDocument, spreadsheets)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pobratim.table import Cell, Row, Unsure

MAX_COLUMNS = 1_000
"""Wider than any report; a larger span is damage, or meant to exhaust the memory."""


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell as the format has it: its text, and how many columns and rows it covers (at least 1).

    ``unsure`` are the words of the text that were recognised with doubt.
    """

    text: str
    columns: int = 1
    rows: int = 1
    unsure: tuple[Unsure, ...] = ()


def followed_by(cell: Spanned, rest: Spanned) -> Spanned:
    """Return a cell with the text of another as further lines, where both have any."""
    if not (cell.text and rest.text):
        told = cell if cell.text else rest
        return replace(cell, text=told.text, unsure=told.unsure)
    further = (one.moved(len(cell.text) + 1) for one in rest.unsure)
    return replace(cell, text=f"{cell.text}\n{rest.text}", unsure=(*cell.unsure, *further))


def made_of(cell: Spanned, text: str) -> Spanned:
    """Return a cell with a ``text`` that was made of its own: characters are left out, a space stands for a break."""
    if not cell.unsure:
        return replace(cell, text=text)
    places, at = [], 0
    for char in cell.text:
        places.append(at)
        at += at < len(text) and (text[at] == char or (text[at], char) == (" ", "\n"))
    places.append(at)
    return replace(
        cell, text=text, unsure=tuple(replace(one, start=places[one.start], end=places[one.end]) for one in cell.unsure)
    )


@dataclass(slots=True)
class _Open:
    """A cell that goes on below, its width, and in how many more rows."""

    cell: Spanned
    columns: int
    left: int


def spanned_rows(rows: Iterable[Iterable[Spanned]]) -> tuple[Row, ...]:
    """Return rows with physical columns; where a cell covers the row below, that row has it as a merged cell.

    Each row lists only the cells that begin in it, as HTML does (HTML standard, 4.9.12.1). Rows without any
    cell are left out but counted.
    """
    result = []
    below: dict[int, _Open] = {}
    for index, row in enumerate(rows, 1):
        cells = _row(row, below)
        if cells:
            result.append(Row(index, tuple(cells)))
    return tuple(result)


def ragged(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Say of rows that end before the others how many columns they leave free, for formats that fill from the left."""
    width = max((row.cells[-1].column + row.cells[-1].span for row in rows), default=0)
    return tuple(replace(row, after=width - row.cells[-1].column - row.cells[-1].span) for row in rows)


def _row(row: Iterable[Spanned], below: dict[int, _Open]) -> list[Cell]:
    cells: list[Cell] = []
    column = 0
    for spanned in row:
        column = _merged(cells, column, below)
        width = max(1, min(spanned.columns, MAX_COLUMNS))
        cells.append(Cell(spanned.text, column, width, unsure=spanned.unsure))
        if spanned.rows > 1:
            below[column] = _Open(spanned, width, spanned.rows)
        column += width
    _merged(cells, column, below)
    for start in list(below):
        below[start].left -= 1
        if not below[start].left:
            del below[start]
    return cells


def _merged(cells: list[Cell], column: int, below: dict[int, _Open]) -> int:
    """Add the cells from above that stand at ``column``; return the next free one."""
    while (above := below.get(column)) and (not cells or cells[-1].column < column):
        cells.append(Cell(above.cell.text, column, above.columns, merged=True, unsure=above.cell.unsure))
        column += above.columns
    return column

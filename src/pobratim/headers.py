"""Find the heading row of a report table and what each cell of a row below it holds."""

import re
from dataclasses import dataclass

from pobratim.columns import ColumnNamer, fold
from pobratim.table import Row, Table

_MAX_HEADING = 300
_NUMBER = re.compile(r"\s*\d+\s*[.)]*\s*")


@dataclass(frozen=True, slots=True)
class Header:
    """The heading rows ``first`` to ``end`` (exclusive) of a table, counted from 0.

    ``columns`` holds each cell's names in order, ``spanned`` the same by physical column; ``headings`` are
    the texts that belong to ``columns``, ``keys`` the rows without spaces.
    """

    first: int
    end: int
    columns: tuple[tuple[str, ...], ...]
    spanned: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...]
    keys: frozenset[str]

    @property
    def width(self) -> int:
        """Return how many cells a row should have."""
        return len(self.columns)

    def names(self, row: Row) -> tuple[tuple[str, ...], ...]:
        """Return what each cell of a row holds, () where the row has another number of cells than the table.

        Cells are taken in order, not by physical column: columns that were moved by hand leave spans all over
        a table.
        """
        return next((names for names in (self.columns, self.spanned) if len(names) == len(row.cells)), ())


def key(row: Row) -> str:
    """Return a row's text without white space: how a repeated heading is known again."""
    return "|".join("".join(fold(cell.text).split()) for cell in row.cells)


def find_header(table: Table, namer: ColumnNamer) -> Header | None:
    """Return the first heading row of a table, None if the table is no report (see ``ColumnNamer.is_report``)."""
    found = (header_at(table, namer, position) for position in range(len(table.rows)))
    return next((header for header in found if header), None)


def header_at(table: Table, namer: ColumnNamer, position: int, strict: bool = False) -> Header | None:
    """Return the heading that begins at a row, None if that row is data.

    Half of its cells must be known columns, all of them if ``strict``: a row of data can have «Участники» in
    it. A second heading row below cells that are joined downwards refines the first.
    """
    row = table.rows[position]
    if len(row.cells) < 2 or not row.cells[0].text.strip() or _NUMBER.fullmatch(row.cells[0].text):
        return None
    if strict and not namer.names(row.cells[0].text[:_MAX_HEADING]):
        return None
    columns = tuple(_names(cell.text, namer) for cell in row.cells)
    filled = sum(1 for cell in row.cells if cell.text.strip())
    known = sum(1 for names in columns if names)
    named = {name for names in columns for name in names}
    known += sum(1 for cell in row.cells if namer.ignores(cell.text))
    if not namer.is_report(named) or known < (filled if strict else filled / 2):
        return None
    return _refined(table, namer, position, columns)


def is_column_numbers(row: Row) -> bool:
    """Say whether a row only numbers the columns: 1, 2, 3, …"""
    texts = [cell.text.strip(" .\t\n") for cell in row.cells]
    return len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _names(text: str, namer: ColumnNamer) -> tuple[str, ...]:
    return namer.names(text) if len(text) <= _MAX_HEADING else ()


def _refined(table: Table, namer: ColumnNamer, position: int, columns: tuple[tuple[str, ...], ...]) -> Header:
    row = table.rows[position]
    keys = {key(row)}
    end = position + 1
    spanned = _spanned(row, columns)
    below = table.rows[end] if end < len(table.rows) else None
    if below and len(below.cells) == len(spanned) and any(cell.merged for cell in below.cells):
        own = (_names(cell.text, namer) for cell in below.cells)
        columns = tuple(names or above for names, above in zip(own, spanned, strict=True))
        row, spanned = below, columns
        keys.add(key(below))
        end += 1
    headings = tuple(" ".join(cell.text.split()) for cell in row.cells)
    return Header(position, end, columns, spanned, headings, frozenset(keys))


def _spanned(row: Row, columns: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(names for cell, names in zip(row.cells, columns, strict=True) for _ in range(cell.span))

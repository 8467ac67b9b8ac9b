"""A row a partner: headings that are of its agreement or of plans, and would be taken for those of an event."""

import re
from dataclasses import replace

from pobratim.layout.columns import ColumnNamer
from pobratim.layout.headers import find_header
from pobratim.lexicon.words import WORDS
from pobratim.shapes.headings import heading
from pobratim.table import Cell, Row, Table

_PARTNER = re.compile(WORDS.pattern("heading-partner"), re.IGNORECASE)
_WHEN = re.compile(WORDS.pattern("heading-time"), re.IGNORECASE)
_SIGNED = re.compile(WORDS.pattern("heading-agreement"), re.IGNORECASE)
_PLANS = re.compile(rf"\W*(?:{WORDS.pattern('heading-plans')})\w*", re.IGNORECASE)


def read_partners(table: Table, namer: ColumnNamer) -> Table | None:
    """Return a table of partners with its headings told apart, None where there is nothing to tell apart.

    Where a column names the partner and another one events, «Дата подписания соглашения» dates no event, and plans are
    no events that took place.
    """
    header = find_header(table, namer)
    if header is None:
        return None
    row = table.rows[header.first]
    texts = [cell.text for cell in row.cells]
    if not any(map(_PARTNER.search, texts)) or not any("name" in namer.names(text) for text in texts):
        return None
    made = replace(row, cells=tuple(_told_apart(cell, namer) for cell in row.cells))
    return None if made == row else replace(table, rows=_with(table.rows, header.first, made))


def _told_apart(cell: Cell, namer: ColumnNamer) -> Cell:
    text = cell.text
    if plans := _PLANS.match(text):
        return replace(cell, text=plans[0].strip())
    if _WHEN.search(text) and _SIGNED.search(text):
        return replace(cell, text=heading("agreement"))
    if _PARTNER.search(text) and not namer.names(text):
        return replace(cell, text=heading("participants"))
    return cell


def _with(rows: tuple[Row, ...], position: int, row: Row) -> tuple[Row, ...]:
    return (*rows[:position], row, *rows[position + 1 :])

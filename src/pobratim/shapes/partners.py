"""A row a partner: headings that are of its agreement or of plans, and would be taken for those of an event."""

import re
from dataclasses import replace

from pobratim.layout.columns import ColumnNamer
from pobratim.layout.headers import find_header
from pobratim.table import Cell, Row, Table

_PARTNER = re.compile(r"партн[её]р|побратим|породн", re.IGNORECASE)
_WHEN = re.compile(r"дата|год|срок|период", re.IGNORECASE)
_SIGNED = re.compile(r"подписан|заключен|соглашен|договор|установлен|меморандум", re.IGNORECASE)
_PLANS = re.compile(r"\W*(?:план\w*|планируем\w*|запланирован\w*|перспектив\w*|предложени\w*)", re.IGNORECASE)
_AGREEMENT, _COUNTERPART = "Соглашение", "Участники"


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
        return replace(cell, text=_AGREEMENT)
    if _PARTNER.search(text) and not namer.names(text):
        return replace(cell, text=_COUNTERPART)
    return cell


def _with(rows: tuple[Row, ...], position: int, row: Row) -> tuple[Row, ...]:
    return (*rows[:position], row, *rows[position + 1 :])

"""Delegations received and missions abroad: date, country, delegation and aim, without a column for an event's name."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pobratim.layout.columns import ColumnNamer
from pobratim.lexicon.words import WORDS
from pobratim.shapes.headings import heading
from pobratim.table import Cell, Row, Table

_VISIT = re.compile(
    rf"(?:{WORDS.pattern('heading-aim')})\s+(?:{WORDS.pattern('heading-visit')})|{WORDS.pattern('heading-delegation')}",
    re.IGNORECASE,
)
_PEOPLE = re.compile(rf"{WORDS.pattern('heading-people')}|\bф\.?\s?и\.?\s?о\b", re.IGNORECASE)
_WHERE = re.compile(rf"{WORDS.pattern('heading-where')}|\bгород", re.IGNORECASE)
_AIM = re.compile(WORDS.pattern("heading-aim", "heading-task"), re.IGNORECASE)
_MADE = re.compile(rf"{WORDS.pattern('visit-made')}|зарубежн\w+\s+визит", re.IGNORECASE)
_RECEIVED = re.compile(WORDS.pattern("visit-received"), re.IGNORECASE)
_LISTED = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]+\.|[а-я]\))\s+", re.IGNORECASE)
_MAX_LINE = 200


def read_delegations(table: Table, namer: ColumnNamer) -> Table | None:
    """Return a list of visits as rows of a report, named by the line above the table; None for any other table.

    Certain is a heading row with dates, a country or town, and a delegation or the aim of a visit, and no event's name,
    in a table whose line above or headings say which way the visits went.
    """
    head = next((row for row in table.rows if len(row.cells) > 1), None)
    if head is None:
        return None
    texts = [cell.text for cell in head.cells]
    line = table.caption.rstrip().rpartition("\n")[2].strip()
    way = _way(line, texts)
    roles = [_role(text, namer, way) for text in texts]
    if not way or not line or len(line) > _MAX_LINE or not _is_list(texts, roles, namer):
        return None
    above = table.caption.rstrip().rpartition("\n")[0]
    name = _LISTED.sub("", line)
    body = table.rows[table.rows.index(head) + 1 :]
    texts = [role or text for role, text in zip(roles, texts, strict=True)]
    first = Row(head.index, _with_name(head, heading("name"), texts))
    rows = (_named(row, len(texts), name) for row in body)
    return replace(table, caption=above, rows=(first, *rows))


def _way(line: str, headings: Sequence[str]) -> str:
    """Return the heading of the column with the other side's country: of guests, or of a place; "" where none says."""
    for text in (line, " ".join(headings)):
        made, received = bool(_MADE.search(text)), bool(_RECEIVED.search(text))
        if made != received:
            return heading("country", "place") if made else heading("country", "participants")
    return ""


def _role(text: str, namer: ColumnNamer, way: str) -> str:
    """Return the heading that a report has for a column, "" to leave its own."""
    if _AIM.search(text):
        return heading("purpose")
    if _PEOPLE.search(text):
        return heading("participants")
    if "dates" in namer.names(text):
        return heading("dates")
    return way if _WHERE.search(text) else ""


def _is_list(texts: Sequence[str], roles: Sequence[str], namer: ColumnNamer) -> bool:
    named = {name for text in texts for name in namer.names(text)}
    visits = any(_VISIT.search(text) for text in texts)
    needed = {heading("dates"), heading("participants")} <= {*roles}
    way = {heading("country", "participants"), heading("country", "place")} & {*roles}
    return "name" not in named and visits and needed and bool(way)


def _with_name(row: Row, name: str, texts: Sequence[str]) -> tuple[Cell, ...]:
    cells = [replace(cell, text=text) for cell, text in zip(row.cells, texts, strict=True)]
    return (*cells, Cell(name, cells[-1].column + cells[-1].span))


def _named(row: Row, width: int, name: str) -> Row:
    """Return a row with the name of its event; lines over the whole width and rows of other widths stay as they are."""
    if len(row.cells) != width or not any(cell.text.strip() for cell in row.cells):
        return row
    return replace(row, cells=_with_name(row, name, [cell.text for cell in row.cells]))

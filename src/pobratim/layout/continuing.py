"""Tables without headings of their own: whether they go on where the last report table ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pobratim.layout.columns import ColumnNamer
from pobratim.layout.headers import Header, find_header, is_column_numbers
from pobratim.layout.numbering import is_heading_number, is_part, parse_number
from pobratim.layout.rows import filled, flat, number_text
from pobratim.layout.sections import is_municipality
from pobratim.table import Document, Row, Table

_LEAST_WIDTH = 3
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Planned:
    """A table and how to read it: by ``header``, as going on with the one above (``goes_on``), or not at all (None).

    ``apart`` says that it looks like rows of the report which do not fit the headings above (``header``).
    """

    table: Table
    header: Header | None = None
    goes_on: bool = False
    apart: bool = False


def plan(document: Document, namer: ColumnNamer) -> list[Planned]:
    """Return what each table of a document is, in order."""
    planned = []
    header: Header | None = None
    last: int | None = None
    for table in document.tables:
        one = _planned(table, header, last, namer)
        planned.append(one)
        if one.header and not one.apart:
            header = one.header
            last = _last_number(table, header, last)
    return planned


def _planned(table: Table, header: Header | None, last: int | None, namer: ColumnNamer) -> Planned:
    if own := find_header(table, namer):
        return Planned(table, own)
    if header is None:
        return Planned(table)
    for candidate in (header, header.unnumbered()):
        if _goes_on(table, candidate, last, namer):
            return Planned(table, replace(candidate, first=0, end=0), goes_on=True)
    return Planned(table, header, apart=True) if _resembles(table, header, last, namer) else Planned(table)


def full_rows(table: Table) -> list[Row]:
    """Return the rows of a table that hold several texts: no headings, no numbers of columns."""
    rows = [row for row in table.rows if not is_column_numbers(row)]
    return [row for row in rows if len({flat(cell.text) for cell in filled(row)}) > 1]


def first_number(table: Table, header: Header) -> int | None:
    """Return the number of the first row of a table that has one."""
    found = (parse_number(number_text(row, header.names(row))) for row in full_rows(table) if header.names(row))
    return next((number for number in found if number is not None), None)


def _goes_on(table: Table, header: Header, last: int | None, namer: ColumnNamer) -> bool:
    """Tell whether a table's rows fit the columns and read like rows: by their numbers, else by their dates.

    The next number is certain; another one, or a blank where Word numbers by itself, needs dates where they belong.
    Rows that are numbered but stand in a table without the column of numbers are none.
    """
    rows = [row for row in full_rows(table) if not _is_section(row, header)]
    if not rows:
        return _only_headings(table, header, namer)
    placed = [row for row in rows if header.names(row)]
    if rows[0] not in placed or 2 * len(placed) < len(rows) or header.width < 2 or _heads(rows[0], namer):
        return False
    number = number_text(rows[0], header.names(rows[0])).strip()
    if not header.holds("number"):
        return header.holds("dates") and _dated(placed, header, namer)
    if last is not None and parse_number(number) == last + 1:
        return True
    counted = parse_number(number) is not None or is_part(number)
    if not counted and number:
        return False
    if header.holds("dates"):
        return _dated(placed, header, namer)
    return counted and _in_order(placed, header)


def _is_section(row: Row, header: Header) -> bool:
    """Tell whether a row is a number and one text: «I. | Город Псков»."""
    texts = filled(row)
    return len(texts) == 2 and len(row.cells) < header.width and is_heading_number(texts[0].text)


def _only_headings(table: Table, header: Header, namer: ColumnNamer) -> bool:
    """Tell whether all that a table holds is the name of a municipality, over as many columns as the headings have."""
    texts = [cell for row in table.rows for cell in filled(row)]
    wide = [cell for cell in texts if cell.column + cell.span == header.columns[-1].end]
    return bool(texts) and wide == texts and all(is_municipality(cell.text, namer) for cell in texts)


def _dated(rows: Sequence[Row], header: Header, namer: ColumnNamer) -> bool:
    """Tell whether most of what stands in the columns of dates tells a time."""
    texts = [
        cell.text
        for row in rows
        for cell, own in zip(row.cells, header.names(row), strict=True)
        if "dates" in own and cell.text.strip()
    ]
    return bool(texts) and 2 * sum(map(namer.tells_time, texts)) >= len(texts)


def _in_order(rows: Sequence[Row], header: Header) -> bool:
    found = [parse_number(number_text(row, header.names(row))) for row in rows]
    printed = [number for number in found if number is not None]
    return all(later == number + 1 for number, later in pairwise(printed))


def _heads(row: Row, namer: ColumnNamer) -> bool:
    """Tell whether a row is the headings of another table: short, without figures, at least half of it names."""
    texts = [cell.text for cell in filled(row)]
    plain = all(len(text) <= _SHORT and not any(map(str.isdigit, text)) for text in texts)
    return plain and 2 * sum(1 for text in texts if namer.names(text)) >= len(texts)


def _resembles(table: Table, header: Header, last: int | None, namer: ColumnNamer) -> bool:
    """Tell whether a table that does not go on looks as if it should: the next number, or as wide and no headings."""
    rows = full_rows(table)
    if not rows or _heads(rows[0], namer):
        return False
    if last is not None and parse_number(rows[0].cells[0].text) == last + 1:
        return True
    wide = sum(1 for row in rows if len(row.cells) == header.width)
    figures = any(map(str.isdigit, "".join(cell.text for cell in rows[0].cells)))
    return header.width >= _LEAST_WIDTH and 2 * wide >= len(rows) and figures


def _last_number(table: Table, header: Header, last: int | None) -> int | None:
    for row in table.rows[header.end :]:
        if names := header.names(row):
            number = parse_number(number_text(row, names))
            last = number if number is not None else last
    return last

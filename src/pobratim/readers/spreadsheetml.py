"""Read Excel 2003 XML workbooks (SpreadsheetML), usually named .xls or .xml: a table a sheet."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from lxml import etree

from pobratim.problems import Problem
from pobratim.readers.flow import Flow
from pobratim.readers.grid import Grid, clean
from pobratim.readers.package import parse
from pobratim.readers.sniff import document_bytes
from pobratim.readers.spans import MAX_COLUMNS, Spanned, spanned_rows

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_MAX_ROWS = 100_000
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def read(data: bytes, file: str) -> Grid:
    """Return every visible sheet that has any text as a table; dates are shown as Russian Excel shows them.

    A cell shown as a month or a year alone is that (MM.YYYY, YYYY). Hidden rows and columns are left out and counted.
    Raises UnreadableDocumentError for broken or unsafe XML.
    """
    root = parse(document_bytes(data).strip(), file)
    formats = _formats(root)
    flow = Flow()
    hidden = 0
    for sheet in root.iterchildren(f"{_SS}Worksheet"):
        visible = sheet.findtext(f"{_X}WorksheetOptions/{_X}Visible", "")
        if not visible.startswith("Sheet"):  # SheetHidden, SheetVeryHidden
            hidden += _sheet(sheet, formats, flow)
    grid = flow.grid()
    problem = Problem("warning", "reader-hidden-text", file, values=(("count", str(hidden)),))
    return Grid(grid.preamble, grid.tables, (problem,) if hidden else ())


def _sheet(sheet: etree._Element, formats: Mapping[str, str], flow: Flow) -> int:
    """Take a sheet; return how many characters its hidden rows and columns hold."""
    hidden = 0
    rows: list[list[Spanned]] = []
    number = 0
    for table in sheet.iterchildren(f"{_SS}Table"):
        columns = _hidden_columns(table)
        covered: dict[int, int] = {}
        for row in table.iterchildren(f"{_SS}Row"):
            number = min(_number(row, "Index", number + 1), _MAX_ROWS)
            cells = list(_cells(row, formats, covered, number))
            if row.get(f"{_SS}Hidden") == "1":
                hidden += sum(len(cell.text) for _, cell in cells)
                continue
            hidden += sum(len(cell.text) for column, cell in cells if column in columns)
            rows.append([cell for column, cell in cells if column not in columns])
    while rows and not any(cell.text for cell in rows[-1]):
        rows.pop()
    if rows:
        flow.begin()
        flow.end(spanned_rows(rows), clean(sheet.get(f"{_SS}Name", "")))
    return hidden


def _cells(
    row: etree._Element, formats: Mapping[str, str], covered: dict[int, int], number: int
) -> Iterator[tuple[int, Spanned]]:
    """Yield the cells that begin in a row; ``covered`` maps columns to the last row that a cell from above covers."""
    column = 0
    for cell in row.iterchildren(f"{_SS}Cell"):
        place = min(_number(cell, "Index", 1) - 1, MAX_COLUMNS)
        while column < place or covered.get(column, 0) >= number:
            if covered.get(column, 0) < number:
                yield column, Spanned("")
            column += 1
        across, down = min(_number(cell, "MergeAcross", 0), MAX_COLUMNS), min(_number(cell, "MergeDown", 0), _MAX_ROWS)
        shown = formats.get(cell.get(f"{_SS}StyleID", ""), "")
        yield column, Spanned(_text(cell.find(f"{_SS}Data"), shown), across + 1, down + 1)
        covered.update(dict.fromkeys(range(column, column + across + 1), number + down if down else 0))
        column += across + 1


def _text(data: etree._Element | None, shown: str) -> str:
    if data is None:
        return ""
    text = "".join(data.itertext())
    kind = data.get(f"{_SS}Type", "String")
    if kind == "DateTime":
        return _date(text, shown)
    if kind == "Number":
        return text.removesuffix(".0").replace(".", ",")
    return clean(text)


def _date(text: str, shown: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return clean(text)
    letters = _QUOTED.sub("", shown).casefold()
    if "y" in letters and "d" not in letters and "date" not in letters:
        return moment.strftime("%m.%Y" if "m" in letters else "%Y")
    return moment.strftime("%d.%m.%Y %H:%M" if moment.hour or moment.minute else "%d.%m.%Y")


def _formats(root: etree._Element) -> dict[str, str]:
    """Return how the styles show numbers, by the styles' ids."""
    return {
        style.get(f"{_SS}ID", ""): own.get(f"{_SS}Format", "")
        for style in root.iterfind(f"{_SS}Styles/{_SS}Style")
        for own in style.iterchildren(f"{_SS}NumberFormat")
    }


def _hidden_columns(table: etree._Element) -> set[int]:
    hidden: set[int] = set()
    place = 0
    for column in table.iterchildren(f"{_SS}Column"):
        place = _number(column, "Index", place + 1)
        last = min(place + _number(column, "Span", 0), MAX_COLUMNS)
        if column.get(f"{_SS}Hidden") == "1":
            hidden.update(range(place - 1, last))
        place = last
    return hidden


def _number(element: etree._Element, name: str, default: int) -> int:
    value = element.get(f"{_SS}{name}", "")
    return int(value) if value.isdecimal() and len(value) < 8 else default

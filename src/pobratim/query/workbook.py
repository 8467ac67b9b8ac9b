"""A workbook of Excel, by xlsxwriter: the same rows give the same bytes."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from math import isfinite
from typing import IO, Any

import xlsxwriter
from xlsxwriter.exceptions import DuplicateWorksheetName, InvalidWorksheetName
from xlsxwriter.utility import cell_autofit_width

from pobratim.errors import UsageError
from pobratim.query.text_rows import Value

_ROWS = 1_048_576
"""Rows of a sheet, the header included: Excel specifications and limits, Microsoft Support."""
_DIGITS = 15
"""Digits that a number in Excel keeps (the same page); longer integers are written as text."""
_TEXT = 32_767
"""Characters of one cell (the same page)."""
_FIRST_YEAR = 1900
"""Excel counts days from 1900 and has none before; earlier dates are written as text."""
_PIXELS = 480
_LINE = 200
"""More characters of a line than the widest column shows."""
_ARROW = 16
"""Pixels of the arrow by which a column is filtered."""
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Value]]]


def write_sheets(sheets: Iterable[Sheet], out: IO[bytes]) -> None:
    """Write a workbook with a sheet for each name, heads and rows; "" for Excel's own name of a sheet.

    Raises UsageError where a sheet or a cell cannot hold so much, ValueError for a name that no sheet can have.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        # Otherwise the file would carry the time of its making and differ on every run.
        workbook.set_properties({"created": datetime(2000, 1, 1)})
        bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "yyyy-mm-dd"})
        for name, columns, rows in sheets:
            _write_sheet(_named(workbook, name), columns, rows, (bold, day))
    out.write(buffer.getvalue())


def _named(workbook: Any, name: str) -> Any:
    try:
        return workbook.add_worksheet(name or None)
    except (DuplicateWorksheetName, InvalidWorksheetName) as error:
        raise ValueError(f"no name of a sheet: {name!r}") from error


def _write_sheet(sheet: Any, columns: Sequence[str], rows: Iterable[Sequence[Value]], formats: tuple[Any, Any]) -> None:
    bold, day = formats
    sheet.write_row(0, 0, columns, bold)
    sheet.freeze_panes(1, 0)
    last, widest = 0, [""] * len(columns)
    for last, row in enumerate(rows, start=1):
        if last >= _ROWS:
            raise UsageError("format-too-long", limit=_ROWS - 1)
        for column, value in enumerate(row):
            if value is not None:
                _write_cell(sheet, last, column, value, day)
                if len(told := str(value)) > len(widest[column]):
                    widest[column] = told
    sheet.autofilter(0, 0, last, max(0, len(columns) - 1))
    for column, (head, told) in enumerate(zip(columns, widest, strict=True)):
        sheet.set_column_pixels(column, column, _pixels(head, told))


def _pixels(head: str, told: str) -> int:
    """Return the width of a column by its head, beside which is an arrow, and the longest of its texts.

    The library measures each cell, which takes as long as to write them all.
    """
    lines = max((cell_autofit_width(line[:_LINE]) for line in told.split("\n")), default=0)
    widest: int = max(cell_autofit_width(head) + _ARROW, lines)
    return min(widest, _PIXELS)


def _write_cell(sheet: Any, row: int, column: int, value: str | date | float, day: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float) and isfinite(value) and len(str(value).lstrip("-")) <= _DIGITS:
        sheet.write_number(row, column, value)
    elif isinstance(value, date) and value.year > _FIRST_YEAR:
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    elif len(str(value)) > _TEXT:
        raise UsageError("format-cell-too-long", row=row, limit=_TEXT)
    else:
        # write_string, so that a text that begins with "=" stays a text.
        sheet.write_string(row, column, str(value))

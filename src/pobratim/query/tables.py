"""Tables of plain Python values as files: for terminal, CSV, JSON, Excel, Parquet. Nothing is cut."""

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter
from arro3.core import Array, DataType
from arro3.core import Table as ArrowTable
from arro3.io import write_parquet
from xlsxwriter.utility import cell_autofit_width

from pobratim.errors import UsageError
from pobratim.messages import Language, text
from pobratim.query.text_rows import Value, table_lines, value_lines

_EXCEL_ROWS = 1_048_576
"""Rows of a sheet, the header included: Excel specifications and limits, Microsoft Support."""
_EXCEL_DIGITS = 15
"""Digits that a number in Excel keeps (the same page); longer integers are written as text."""
_EXCEL_TEXT = 32_767
"""Characters of one cell (the same page)."""
_EXCEL_FIRST_YEAR = 1900
"""Excel counts days from 1900 and has none before; earlier dates are written as text."""
_EXCEL_PIXELS = 480
_EXCEL_LINE = 200
"""More characters of a line than the widest column shows."""
_EXCEL_ARROW = 16
"""Pixels of the arrow by which a column is filtered."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would reckon out."""
_EPOCH = date(1970, 1, 1).toordinal()
_LARGEST = 2**63 - 1
"""The largest integer of Parquet's INT64; a column with larger ones is text."""
_PACKED = "zstd(3)"
"""How Parquet is compressed: a fifth of the bytes without, in no more time (snappy: a third longer)."""


def write_rows(
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    name: str,
    out: IO[bytes],
    lang: Language,
    terminal_width: int | None = None,
    nothing: str = "",
) -> int:
    """Write rows in one of ``ROW_FORMATS``; only table and lines speak, in ``lang``, and wrap to a width.

    Without rows they say ``nothing``, or the usual sentence. Returns how many rows there are.
    Raises UsageError where a format needs a library that is not there or cannot hold so much.
    """
    held = list(rows)
    if name in TEXTS:
        lines = TEXTS[name](columns, held, terminal_width) if held else [nothing or text("answer-empty", lang)]
        out.write(("\n".join(lines) + "\n").encode())
    else:
        _ROW_WRITERS[name](columns, held, out)
    return len(held)


def _write_csv(columns: Sequence[str], rows: Iterable[Sequence[Value]], out: IO[bytes]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows(rows)
    out.write(buffer.getvalue().encode())


def _write_csv_excel(columns: Sequence[str], rows: Iterable[Sequence[Value]], out: IO[bytes]) -> None:
    """Write CSV that Excel opens by a double click: marked as UTF-8, with semicolons, no cell of it a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(columns)
    writer.writerows([_no_formula(value) for value in row] for row in rows)
    out.write(codecs.BOM_UTF8 + buffer.getvalue().encode())


def _no_formula(value: Value) -> Value:
    """Return a text that spreadsheets take for a text (OWASP, CSV Injection); numbers and dates stay as they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _write_json(columns: Sequence[str], rows: Iterable[Sequence[Value]], out: IO[bytes]) -> None:
    objects = [dict(zip(columns, row, strict=True)) for row in rows]
    out.write(json.dumps(objects, ensure_ascii=False, indent=2, default=str).encode() + b"\n")


def _write_excel(columns: Sequence[str], rows: Iterable[Sequence[Value]], out: IO[bytes]) -> None:
    write_sheets([("", columns, rows)], out)


def write_sheets(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Value]]]], out: IO[bytes]) -> None:
    """Write a workbook of Excel with a sheet for each name, heads and rows; "" for Excel's own name of a sheet.

    Raises UsageError where a sheet or a cell cannot hold so much.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        # Otherwise the file would carry the time of its making and differ on every run.
        workbook.set_properties({"created": datetime(2000, 1, 1)})
        bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "yyyy-mm-dd"})
        for name, columns, rows in sheets:
            _write_sheet(workbook.add_worksheet(name or None), columns, rows, (bold, day))
    out.write(buffer.getvalue())


def _write_sheet(sheet: Any, columns: Sequence[str], rows: Iterable[Sequence[Value]], formats: tuple[Any, Any]) -> None:
    bold, day = formats
    sheet.write_row(0, 0, columns, bold)
    sheet.freeze_panes(1, 0)
    last, widest = 0, [""] * len(columns)
    for last, row in enumerate(rows, start=1):
        if last >= _EXCEL_ROWS:
            raise UsageError("format-too-long", limit=_EXCEL_ROWS - 1)
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
    lines = max((cell_autofit_width(line[:_EXCEL_LINE]) for line in told.split("\n")), default=0)
    widest: int = max(cell_autofit_width(head) + _EXCEL_ARROW, lines)
    return min(widest, _EXCEL_PIXELS)


def _write_cell(sheet: Any, row: int, column: int, value: str | date | float, day: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float) and len(str(value).lstrip("-")) <= _EXCEL_DIGITS:
        sheet.write_number(row, column, value)
    elif isinstance(value, date) and value.year > _EXCEL_FIRST_YEAR:
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
    elif len(str(value)) > _EXCEL_TEXT:
        raise UsageError("format-cell-too-long", row=row, limit=_EXCEL_TEXT)
    else:
        # write_string, so that a text that begins with "=" stays a text.
        sheet.write_string(row, column, str(value))


def write_parquet_rows(
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    out: IO[bytes],
    types: Sequence[type] = (),
    notes: Mapping[str, str] | None = None,
) -> None:
    """Write rows as Parquet; ``types`` are those of the columns where they are known beforehand, ``notes`` go into the
    file's own description.
    """
    held = list(rows)
    listed = [[row[index] for row in held] for index in range(len(columns))]
    typed = listed if types else [_one_type(values) for values in listed]
    arrays = [_arrow_array(values, kind) for values, kind in zip(typed, types or map(_type_of, typed), strict=True)]
    buffer = io.BytesIO()
    table = ArrowTable.from_arrays(arrays, names=list(columns))
    write_parquet(table.with_schema(table.schema.with_metadata(dict(notes or {}))), buffer, compression=_PACKED)
    out.write(buffer.getvalue())


def _type_of(column: Sequence[Value]) -> type:
    return next((type(value) for value in column if value is not None), str)


def _arrow_array(column: Sequence[Value], kind: type) -> Array:
    if kind is date:
        days = [None if value is None else value.toordinal() - _EPOCH for value in column]  # type: ignore[union-attr]
        return Array(days, type=DataType.int32()).cast(DataType.date32())
    return Array(column, type=_ARROW_TYPES[kind]())


def _one_type(column: list[Value]) -> list[Value]:
    """Return the column unchanged if its values are of one type, numbers as floats if mixed, else as
    texts."""
    types = {type(value) for value in column if value is not None}
    if types == {int} and any(value is not None and abs(value) > _LARGEST for value in column):  # type: ignore[arg-type]
        types = {int, str}
    if len(types) <= 1:
        return column
    if types == {int, float}:
        return [None if value is None else float(value) for value in column]  # type: ignore[arg-type]
    return [None if value is None else str(value) for value in column]


_ARROW_TYPES: Mapping[type, Callable[[], DataType]] = {
    bool: DataType.bool,
    int: DataType.int64,
    float: DataType.float64,
    str: DataType.utf8,
}

_ROW_WRITERS: Mapping[str, Callable[[Sequence[str], Iterable[Sequence[Value]], IO[bytes]], None]] = {
    "csv": _write_csv,
    "csv-excel": _write_csv_excel,
    "json": _write_json,
    "xlsx": _write_excel,
    "parquet": write_parquet_rows,
}

TEXTS = {"table": table_lines, "lines": value_lines}
"""The formats for people: those that speak and wrap."""

ROW_FORMATS = (*TEXTS, *_ROW_WRITERS)
"""The formats of ``write_rows``."""

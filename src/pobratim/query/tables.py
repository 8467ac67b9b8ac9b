"""Tables of plain Python values as files: for terminal, CSV, JSON, Excel, Parquet. Nothing is cut."""

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import IO

from arro3.core import Array, DataType
from arro3.core import Table as ArrowTable
from arro3.io import write_parquet

from pobratim.messages import Language, text
from pobratim.query.text_rows import Value, table_lines, value_lines
from pobratim.query.workbook import write_sheets

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

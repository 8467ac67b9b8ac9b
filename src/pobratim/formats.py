"""Answers of queries as files: table, CSV, TSV, JSON, XML, Excel, Parquet, and RDF for CONSTRUCT. Always
whole.

Text formats of the SPARQL protocol are written by Oxigraph itself, without making Python objects of the rows.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import IO, Any

import xlsxwriter
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
)
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pobratim.errors import UsageError
from pobratim.messages import Language, text
from pobratim.store import QueryResult

_PROTOCOL = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_RDF = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
FORMATS = ("table", *_PROTOCOL, "xlsx", "parquet", *_RDF)
"""Every format's name, which is also the extension of its files (but for table: .txt)."""

BINARY = {"xlsx", "parquet"}

_XSD = "http://www.w3.org/2001/XMLSchema#"
_EXCEL_ROWS = 1_048_576
"""Rows of a sheet, the header included: Excel specifications and limits, Microsoft Support."""
_EXCEL_DIGITS = 15
"""Digits that a number in Excel keeps (the same page); longer integers are written as text."""
_EXCEL_TEXT = 32_767
"""Characters of one cell (the same page)."""
_EXCEL_FIRST_YEAR = 1900
"""Excel counts days from 1900 and has none before; earlier dates are written as text."""
_EXCEL_PIXELS = 480
_WIDE = 100_000
"""Columns of a table that is not for a terminal: so wide that nothing is wrapped or cut."""

Value = str | int | float | bool | date | None


def choose_format(wanted: str | None, output: str | None, result: QueryResult) -> str:
    """Return the format asked for, else that of the file's extension, else Turtle for triples and a table.

    Raises UsageError where the answer cannot be written so: rows as Turtle, triples as a table of Excel.
    """
    extension = PurePath(output).suffix.removeprefix(".").lower() if output else ""
    known = {name: name for name in FORMATS} | {"txt": "table", "srj": "json", "srx": "xml"}
    default = "ttl" if isinstance(result, QueryTriples) else "table"
    chosen = wanted or (known.get(extension, extension) if extension else default)
    fitting = _fitting(result)
    if chosen not in fitting:
        raise UsageError("format-unknown", format=chosen, known=", ".join(fitting))
    return chosen


def write_result(
    result: QueryResult, name: str, out: IO[bytes], lang: Language, terminal_width: int | None = None
) -> None:
    """Write the whole answer to ``out`` in the format ``name`` (see ``choose_format``).

    ``terminal_width`` wraps a table to so many columns; None keeps each row on one line. Raises UsageError
    where a format needs a library that is not there or cannot hold so many rows.
    """
    if isinstance(result, QueryTriples):
        result.serialize(out, _RDF[name])
    elif name in _PROTOCOL:
        result.serialize(out, _PROTOCOL[name])
    elif isinstance(result, QueryBoolean):
        out.write(f"{text('answer-yes' if result else 'answer-no', lang)}\n".encode())
    else:
        _ROW_WRITERS[name](result, out, lang, terminal_width)


def python_value(term: NamedNode | BlankNode | Literal | Triple | None) -> Value:
    """Return a term as Python has it: numbers, booleans and whole dates typed, everything else as its
    text."""
    if term is None or isinstance(term, NamedNode | BlankNode):
        return None if term is None else term.value
    if not isinstance(term, Literal):
        return str(term)
    convert = _CONVERTERS.get(term.datatype.value.removeprefix(_XSD))
    try:
        return convert(term.value) if convert else term.value
    except ValueError:
        return term.value


def _fitting(result: QueryResult) -> Sequence[str]:
    if isinstance(result, QueryTriples):
        return tuple(_RDF)
    if isinstance(result, QueryBoolean):
        return ("table", "json", "xml", "csv", "tsv")
    return ("table", *_PROTOCOL, "xlsx", "parquet")


def _columns(result: QuerySolutions) -> list[str]:
    return [variable.value for variable in result.variables]


def _rows(result: QuerySolutions) -> Iterator[list[Value]]:
    for solution in result:
        yield [python_value(term) for term in solution]


def _write_table(result: QuerySolutions, out: IO[bytes], lang: Language, width: int | None) -> None:
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in _columns(result):
        table.add_column(column, overflow="fold", no_wrap=width is None)
    for row in _rows(result):
        # Text, since rich would read square brackets in a plain string as its own markup.
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    if not table.row_count:
        out.write(f"{text('answer-empty', lang)}\n".encode())
        return
    buffer = io.StringIO()
    Console(file=buffer, width=width or _WIDE, color_system=None).print(table)
    lines = (line.rstrip() for line in buffer.getvalue().split("\n"))
    out.write(("\n".join(lines).strip("\n") + "\n").encode())


def _write_excel(result: QuerySolutions, out: IO[bytes], lang: Language, width: int | None) -> None:
    del lang, width
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        # Otherwise the file would carry the time of its making and differ on every run.
        workbook.set_properties({"created": datetime(2000, 1, 1)})
        bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, _columns(result), bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(_rows(result), start=1):
            if number >= _EXCEL_ROWS:
                raise UsageError("format-too-long", limit=_EXCEL_ROWS - 1)
            for column, value in enumerate(row):
                _write_cell(sheet, number, column, value, day)
        sheet.autofit(max_width=_EXCEL_PIXELS)
    out.write(buffer.getvalue())


def _write_cell(sheet: Any, row: int, column: int, value: Value, day: Any) -> None:
    if value is None:
        return
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


def _write_parquet(result: QuerySolutions, out: IO[bytes], lang: Language, width: int | None) -> None:
    del lang, width
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError("format-needs-extra", format="parquet", package="pyarrow") from error
    names, rows = _columns(result), list(_rows(result))
    columns = [_one_type([row[index] for row in rows]) for index in range(len(names))]
    arrays = [
        pyarrow.array(column, None if any(value is not None for value in column) else pyarrow.string())
        for column in columns
    ]
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(arrays, names=names), buffer)
    out.write(buffer.getvalue())


def _one_type(column: list[Value]) -> list[Value]:
    """Return the column unchanged if its values are of one type, numbers as floats if mixed, else as
    texts."""
    types = {type(value) for value in column if value is not None}
    if len(types) <= 1:
        return column
    if types == {int, float}:
        return [None if value is None else float(value) for value in column]  # type: ignore[arg-type]
    return [None if value is None else str(value) for value in column]


_CONVERTERS: Mapping[str, Callable[[str], Value]] = {
    **dict.fromkeys(("integer", "int", "long", "nonNegativeInteger", "positiveInteger"), int),
    **dict.fromkeys(("decimal", "double", "float"), float),
    "boolean": lambda lexical: lexical in {"true", "1"},
    "date": date.fromisoformat,
}

_ROW_WRITERS: Mapping[str, Callable[[QuerySolutions, IO[bytes], Language, int | None], None]] = {
    "table": _write_table,
    "xlsx": _write_excel,
    "parquet": _write_parquet,
}

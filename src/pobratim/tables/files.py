"""The tables of a generation as a folder of files, with the description of their columns."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from pobratim.errors import UsageError, cause_of
from pobratim.ground import disk
from pobratim.messages import LANGUAGES, Language, text
from pobratim.query.tables import write_rows
from pobratim.query.text_rows import Value
from pobratim.query.workbook import write_sheets
from pobratim.store.backend import GraphReader
from pobratim.tables.kept import parquet_of, table_of
from pobratim.tables.table import Table, table_names

FORMATS = ("parquet", "csv", "xlsx", "duckdb")
DICTIONARY = "columns"
"""The name of the file that tells what each column holds."""
_DATABASE = "tables"


def file_name(name: str, form: str, lang: str) -> str:
    """Return what the file of a table is called; only Excel speaks a language, all else is one file."""
    return f"{name}.{lang}.{form}" if form == "xlsx" else f"{name}.{form}"


def written(table: Table, name: str, lang: Language) -> bytes:
    """Return one table as a file of a format: "parquet", "csv", "json" or "xlsx".

    Columns bear their lasting names; in Excel, which people read, the words of ``lang``.
    """
    if name == "parquet":
        return parquet_of(table)
    out = io.BytesIO()
    if name == "xlsx":
        write_sheets([(table.name, table.heads(lang), table.rows)], out)
    else:
        write_rows(table.columns, table.rows, name, out, lang)
    return out.getvalue()


def write_folder(reader: GraphReader, folder: Path, formats: Sequence[str], lang: Language) -> Iterator[Path]:
    """Write all tables into ``folder`` in each of ``formats`` and yield the files as they come.

    Parquet and CSV are a file a table, Excel and DuckDB one of all. Raises UsageError where a file cannot be written or
    a format needs a library that is not there; no file is ever seen in part.
    """
    if "duckdb" in formats:
        _duckdb_needed()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tables = [table_of(reader, name) for name in table_names()]
        for name, content in _files(tables, formats, lang):
            yield _put(folder / name, content)
        if "duckdb" in formats:
            yield _write_duckdb(tables, folder / f"{_DATABASE}.duckdb", lang)
    except OSError as error:
        raise UsageError("output-unwritable", file=folder, cause=cause_of(error)) from error


def sheets(tables: Sequence[Table], lang: Language) -> bytes:
    """Return all tables as one Excel file in a language, what their columns hold on its first sheet."""
    out = io.BytesIO()
    about = (text("tables-dictionary", lang), *dictionary(tables))
    write_sheets([about, *((table.query.summary[lang], table.heads(lang), table.rows) for table in tables)], out)
    return out.getvalue()


def dictionary(tables: Sequence[Table]) -> tuple[list[str], list[tuple[Value, ...]]]:
    """Return heads and rows of the description: table, column, type, and what it holds in each language."""
    heads = ["table", "column", "type", *(f"label_{lang}" for lang in LANGUAGES)]
    rows: list[tuple[Value, ...]] = [
        (table.name, one.name, one.type, *(one.label[lang] for lang in LANGUAGES))
        for table in tables
        for one in table.query.columns
    ]
    return heads, rows


def _files(tables: Sequence[Table], formats: Sequence[str], lang: Language) -> Iterator[tuple[str, bytes]]:
    heads, rows = dictionary(tables)
    for name in ("parquet", "csv"):
        if name in formats:
            yield from ((f"{table.name}.{name}", written(table, name, lang)) for table in tables)
    if "xlsx" in formats:
        yield f"{_DATABASE}.xlsx", sheets(tables, lang)
    told = io.StringIO()
    csv.writer(told).writerows([heads, *rows])
    yield f"{DICTIONARY}.csv", told.getvalue().encode()


def _put(file: Path, content: bytes) -> Path:
    disk.write_whole(file, content, file.with_name(f".{file.name}.part"))
    return file


def _duckdb_needed() -> None:
    if find_spec("duckdb") is None:
        raise UsageError("tables-need-duckdb")


def _write_duckdb(tables: Sequence[Table], file: Path, lang: Language) -> Path:
    """Write a database with a table each, its columns typed and told in a comment."""
    import duckdb

    draft = file.with_name(f".{file.name}.part")
    disk.remove(draft)
    with duckdb.connect(str(draft)) as database:
        for table in tables:
            _copy(database.execute, table, lang, file.parent)
    disk.replace(draft, file)
    return file


def _copy(execute: Callable[..., object], table: Table, lang: Language, folder: Path) -> None:
    draft = folder / f".{table.name}.parquet.part"
    draft.write_bytes(parquet_of(table))
    try:
        execute(f'CREATE TABLE "{table.name}" AS SELECT * FROM read_parquet(?)', [str(draft)])
    finally:
        disk.remove(draft)
    execute(f'COMMENT ON TABLE "{table.name}" IS {_quoted(table.query.summary[lang])}')
    for column in table.query.columns:
        execute(f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS {_quoted(column.label[lang])}')


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"

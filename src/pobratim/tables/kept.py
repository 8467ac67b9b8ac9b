"""Tables are made once a generation: the first who asks for one keeps it as Parquet beside the store."""

import io
import os
from pathlib import Path

from arro3.io import read_parquet

from pobratim.fence import Fault, attempt
from pobratim.ground import disk
from pobratim.query.tables import write_parquet_rows
from pobratim.store.backend import GraphReader
from pobratim.store.generations import TABLES
from pobratim.tables.table import Table, made_from, table_named


def table_of(reader: GraphReader, name: str) -> Table:
    """Return a table of what is read, from where it is kept or else made and, where there is a place, kept.

    Raises UsageError for an unknown name, ContentError for a query that gives other columns than it declares.
    """
    query = table_named(name)
    folder = folder_of(reader)
    file = folder / f"{name}.parquet" if folder else None
    if file is not None and file.is_file():
        found = _read(file, Table(query, []))
        if found is not None:
            return found
    table = made_from(reader, query)
    if file is not None:
        _keep(table, file)
    return table


def parquet_of(table: Table) -> bytes:
    """Return the bytes of a table as Parquet, typed by what its columns declare."""
    buffer = io.BytesIO()
    write_parquet_rows(table.columns, table.rows, buffer, table.types)
    return buffer.getvalue()


def folder_of(reader: GraphReader) -> Path | None:
    """Return where the tables of what is read belong, None where they have no place on disk."""
    search = reader.search_folder
    return search.parent.parent / TABLES / search.name if search else None


def _keep(table: Table, file: Path) -> None:
    """Write a table where nothing hinders it: one that cannot be kept is made again."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        disk.write_whole(file, parquet_of(table), file.with_name(f".{file.name}.{os.getpid()}.part"))
    except OSError:
        return


def _read(file: Path, empty: Table) -> Table | None:
    """Return a kept table, None where it is damaged or has the columns of another version."""
    held = attempt(lambda: read_parquet(str(file)).read_all())
    if isinstance(held, Fault) or held.column_names != empty.columns:
        return None
    columns = [held.column(name).to_pylist() for name in held.column_names]
    return Table(empty.query, list(zip(*columns, strict=True)) if columns else [])

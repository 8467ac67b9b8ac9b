"""Tables are made once a generation: the first who asks for one keeps it as Parquet beside the store.

One is made of that of an earlier generation where little changed since (``growing.py``).
"""

import io
import os
from pathlib import Path
from weakref import WeakKeyDictionary

from arro3.io import read_parquet

from pobratim.fence import Fault, attempt
from pobratim.ground import disk
from pobratim.ground.fingerprint import fingerprint
from pobratim.query.question import NamedQuery
from pobratim.query.tables import write_parquet_rows
from pobratim.store.backend import GraphReader
from pobratim.store.directory import GenerationStore
from pobratim.store.generations import TABLES
from pobratim.store.reader import Reader
from pobratim.tables.growing import Changes, grown, is_small
from pobratim.tables.table import Table, made_from, table_named

_MADE_BY = "pobratim-query"
"""What a file tells of the query that made it."""
_CHANGES: "WeakKeyDictionary[Reader, dict[int, Changes | None]]" = WeakKeyDictionary()


def table_of(reader: GraphReader, name: str) -> Table:
    """Return a table of what is read, from where it is kept or else made and, where there is a place, kept.

    Raises UsageError for an unknown name, ContentError for a query that gives other columns than it declares.
    """
    query = table_named(name)
    folder = folder_of(reader)
    file = _file(folder, query) if folder else None
    if file is not None:
        found = _read(file, query)
        if found is not None:
            return found
    table = _grown(reader, query) or made_from(reader, query)
    if file is not None:
        _keep(table, file)
    return table


def parquet_of(table: Table) -> bytes:
    """Return the bytes of a table as Parquet, typed by what its columns declare."""
    buffer = io.BytesIO()
    write_parquet_rows(table.columns, table.rows, buffer, table.types, {_MADE_BY: _stamp(table.query)})
    return buffer.getvalue()


def folder_of(reader: GraphReader) -> Path | None:
    """Return where the tables of what is read belong, None where they have no place on disk."""
    search = reader.search_folder
    return search.parent.parent / TABLES / search.name if search else None


def _grown(reader: GraphReader, query: NamedQuery) -> Table | None:
    """Return a table made of that of the last generation that has one, None where none can be had."""
    if not isinstance(reader, Reader) or not reader.search_folder:
        return None
    store = GenerationStore(reader.search_folder.parent.parent)
    for number in reversed([each for each in store.numbers() if each < reader.generation]):
        held = _read(_file(store.directory / TABLES / f"{number:06}", query), query)
        if held is not None:
            changes = _changes(store, number, reader)
            return grown(held, changes, reader, query) if changes else None
    return None


def _changes(store: GenerationStore, number: int, reader: Reader) -> Changes | None:
    """Return what differs from an earlier generation, found out once for all tables; None where it is too much."""
    known = _CHANGES.setdefault(reader, {})
    if number not in known:
        former = attempt(lambda: store.opened(number))
        if isinstance(former, Fault) or not is_small(former, reader):
            known[number] = None
        else:
            known[number] = Changes(former, reader)
    return known[number]


def _file(folder: Path, query: NamedQuery) -> Path:
    return folder / f"{query.name}.parquet"


def _keep(table: Table, file: Path) -> None:
    """Write a table where nothing hinders it: one that cannot be kept is made again."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        disk.write_whole(file, parquet_of(table), file.with_name(f".{file.name}.{os.getpid()}.part"))
    except OSError:
        return


def _read(file: Path, query: NamedQuery) -> Table | None:
    """Return a kept table, None where there is none, it is damaged or another query made it."""
    if not file.is_file():
        return None
    held = attempt(lambda: read_parquet(str(file)).read_all())
    if isinstance(held, Fault) or held.schema.metadata.get(_MADE_BY.encode()) != _stamp(query).encode():
        return None
    columns = [held.column(name).to_pylist() for name in held.column_names]
    return Table(query, list(zip(*columns, strict=True)) if columns else [])


def _stamp(query: NamedQuery) -> str:
    return fingerprint(query.text.encode())

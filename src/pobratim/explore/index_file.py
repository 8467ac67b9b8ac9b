"""The file of an index: made of the flat tables of a generation once, and known by the version of what made it."""

import hashlib
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from pobratim.compare.comparison import TableOf
from pobratim.explore.concepts import Named, read_all
from pobratim.explore.filling import agreements, columns, events, facets, numbers, parties, ties, words
from pobratim.explore.filling.parties import Shorts
from pobratim.explore.schema import FORMAT, INDEXES, SCHEMA
from pobratim.ground import disk
from pobratim.lexicon.edition import program

FILE = "explorer.sqlite"
"""The name of the file beside the tables of a generation."""


def is_current(file: Path) -> bool:
    """Tell whether a file is an index that this version of the program made."""
    if not file.is_file():
        return False
    try:
        with closing(_opened(file)) as database:
            if database.execute("PRAGMA user_version").fetchone() != (FORMAT,):
                return False
            found = database.execute("SELECT value FROM meta WHERE name = 'concepts'").fetchone()
    except sqlite3.Error:
        return False
    return bool(found == (_digest(list(read_all())),))


def make(table_of: TableOf, generation: int, file: Path, former: Path | None = None) -> None:
    """Make the index of the generation whose tables are given; ``file`` is never seen in part. Raises OSError.

    What takes most of the time and is the same in the index of a ``former`` generation is taken from there.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with closing(sqlite3.connect(draft)) as database:
            _fill(database, table_of, generation, _shorts(former))
        disk.replace(draft, file)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_ERROR:  # a fault of a statement, not of the disk
            raise
        raise OSError(str(error)) from error
    finally:
        disk.remove(draft)


def _shorts(former: Path | None) -> Shorts:
    """Return the short forms of names in an index, none where another edition of the program made it."""
    if former is None:
        return {}
    try:
        with closing(_opened(former)) as database:
            if database.execute("SELECT value FROM meta WHERE name = 'program'").fetchone() != (program(),):
                return {}
            found = database.execute("SELECT name, type, short FROM party WHERE kind = 'institution'")
            return {(name, kind): short for name, kind, short in found}
    except sqlite3.Error:
        return {}


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def _fill(database: sqlite3.Connection, table_of: TableOf, generation: int, shorts: Shorts) -> None:
    database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {SCHEMA}")
    concepts = list(read_all())

    def execute(sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        database.executemany(sql, rows)

    meta = {"generation": str(generation), "concepts": _digest(concepts), "program": program()}
    execute("INSERT INTO meta VALUES (?, ?)", meta.items())
    execute(
        "INSERT OR IGNORE INTO concept VALUES (?, ?, ?, ?, ?)",
        ((one.scheme, one.label.code, place, one.label.ru, one.label.en) for place, one in enumerate(concepts)),
    )
    known = {"party": parties.fill(table_of, concepts, execute, shorts)}
    known["report"] = events.fill_reports(table_of, known["party"], execute)
    known["event"] = events.fill_events(table_of, known["party"], execute)
    known["account"] = events.fill_accounts(table_of, known, execute)
    known["agreement"] = agreements.fill(table_of, known, execute)
    ties.fill(table_of, known, execute)
    database.executescript(INDEXES + ties.CONCERNED)
    for of, thing in (("tie_of", "tie"), ("event_of", "event"), ("agreement_of", "agreement")):
        database.executescript(ties.WIDER.format(of=of, thing=thing))
    database.executescript(ties.COUNTED)
    facets.fill(database)
    numbers.fill(database)
    words.fill(database)
    columns.fill(database, generation)
    database.executescript(f"ANALYZE; PRAGMA user_version = {FORMAT};")
    database.commit()


def _digest(concepts: list[Named]) -> str:
    return hashlib.sha256(repr(concepts).encode()).hexdigest()

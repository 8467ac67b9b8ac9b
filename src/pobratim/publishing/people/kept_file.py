"""Files (SQLite) of what a gate keeps from one time to the next: made anew where another one made them, or damaged."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MADE_BY = "CREATE TABLE program (name TEXT);"
_PATIENCE = 120.0
"""Seconds that a process waits while another one writes."""


def opened(file: Path, tables: str, made_by: str) -> sqlite3.Connection:
    """Open a file with these ``tables``, empty ones unless it was ``made_by`` the same. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(file, _PATIENCE)
    try:
        _secured(database)
        if database.execute("SELECT name FROM program").fetchone() == (made_by,):
            return database
    except sqlite3.DatabaseError:
        pass  # nothing is there yet, or what nobody can read
    database.close()
    file.unlink(missing_ok=True)
    with told_as_fault():
        database = connected(file)
        database.executescript(_MADE_BY + tables)
        database.execute("INSERT INTO program VALUES (?)", (made_by,))
        database.commit()
    return database


def connected(file: Path) -> sqlite3.Connection:
    """Return a connection of this process to a file. Raises sqlite3.Error."""
    database = sqlite3.connect(file, _PATIENCE)
    _secured(database)
    return database


def _secured(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA secure_delete = ON")  # names that are gone are read from no free page


@contextmanager
def told_as_fault() -> Iterator[None]:
    """Raise what SQLite raises as OSError."""
    try:
        yield
    except sqlite3.Error as fault:
        raise OSError(errno.EIO, str(fault)) from fault

"""What may be a name in rows and labels, kept from one store of what may go out to the next.

Which names a row or a text has depends on nothing but itself and the program, and costs far more than to look it up:
so they lie beside the store under a digest of what they were found in, and only what is new is read. The file names
whom nobody shall see, as that of the names held back does.
"""

import errno
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from pobratim.lexicon.edition import program
from pobratim.publishing.people.labels import names_in, names_in_organisation
from pobratim.publishing.people.rows import Name, Row, named
from pobratim.record import Record

Names = tuple[Name, ...]
_TABLES = """
CREATE TABLE program (name TEXT);
CREATE TABLE found (key BLOB PRIMARY KEY, names TEXT) WITHOUT ROWID;
"""
_SIZE = 16
"""Bytes of a digest: of so many texts as a country has no two share one of 128 bits."""


class Asked(NamedTuple):
    """What was asked for in a part of the work: names that were not found before, and the keys of all."""

    fresh: Mapping[bytes, Names]
    used: frozenset[bytes]


class FoundNames:
    """Names by what they were found in. Without a file they are found anew each time."""

    def __init__(self, file: Path | None = None) -> None:
        """Open the file, or make it anew where it is another program's or damaged. Raises OSError."""
        self._fresh: dict[bytes, Names] = {}
        self._begun: dict[bytes, Names] = {}
        self._used, self._asked = set[bytes](), set[bytes]()
        self._file, self._process = file, os.getpid()
        self._database = _opened(file) if file else None
        self._others: list[sqlite3.Connection] = []

    def begin(self) -> None:
        """Take note from now on of what is asked for, for ``asked``."""
        self._used |= self._asked
        self._begun, self._asked = {}, set()

    def asked(self) -> Asked:
        """Return what was asked for since ``begin``."""
        return Asked(self._begun, frozenset(self._asked))

    def join(self, asked: Asked) -> None:
        """Take what was asked for in a part of the work."""
        self._fresh.update(asked.fresh)
        self._used.update(asked.used)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Keep what was asked for, and nothing else; where it ends early all stays as it was. Raises OSError."""
        if self._database is None:
            return
        with closing(self._database) as database:
            if error is None:
                try:
                    self._keep(database)
                except sqlite3.Error as fault:
                    raise OSError(errno.EIO, str(fault)) from fault

    def of_row(self, record: Record) -> Row:
        """Return a row with all that may be a name in it."""
        told = json.dumps(record.to_json(), ensure_ascii=False)
        return Row(record, self._of("row", told, lambda: named(record).names))

    def of_text(self, text: str) -> Names:
        """Return all that may be a name in a text of which nothing is known."""
        return self._of("text", text, lambda: names_in(text))

    def of_organisation(self, text: str) -> Names:
        """Return what is a name by its shape in an organisation's name."""
        return self._of("organisation", text, lambda: names_in_organisation(text))

    def _of(self, kind: str, told: str, find: Callable[[], Names]) -> Names:
        if self._database is None:
            return find()
        if self._process != os.getpid():
            self._open_again()
        key = hashlib.blake2b(f"{kind} {told}".encode(), digest_size=_SIZE).digest()
        self._asked.add(key)
        if key not in self._fresh:
            row = self._database.execute("SELECT names FROM found WHERE key = ?", (key,)).fetchone()
            if row is not None:
                return tuple(Name(*each) for each in json.loads(row[0]))
            self._fresh[key] = self._begun[key] = find()
        return self._fresh[key]

    def _open_again(self) -> None:
        """Open the file in a process that was forked: none may go on with what another one has open."""
        assert self._file is not None
        assert self._database is not None
        self._others.append(self._database)  # closed here it would give up locks
        self._database, self._process = sqlite3.connect(self._file), os.getpid()

    def _keep(self, database: sqlite3.Connection) -> None:
        used = self._used | self._asked
        [kept] = database.execute("SELECT COUNT(*) FROM found").fetchone()
        if not self._fresh and kept == len(used):
            return
        database.executemany("INSERT INTO found VALUES (?, ?)", _rows(self._fresh.items()))
        database.execute("CREATE TEMP TABLE used (key BLOB PRIMARY KEY) WITHOUT ROWID")
        database.executemany("INSERT INTO used VALUES (?)", ((key,) for key in used))
        database.execute("DELETE FROM found WHERE key NOT IN used")
        database.commit()


def _rows(found: Iterable[tuple[bytes, Names]]) -> Iterable[tuple[bytes, str]]:
    return ((key, json.dumps(names, ensure_ascii=False)) for key, names in found)


def _opened(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(file)
    try:
        if database.execute("SELECT name FROM program").fetchone() == (program(),):
            return database
    except sqlite3.DatabaseError:
        pass  # nothing is there yet, or what nobody can read
    database.close()
    file.unlink(missing_ok=True)
    try:
        database = sqlite3.connect(file)
        database.executescript(_TABLES)
        database.execute("INSERT INTO program VALUES (?)", (program(),))
        database.commit()
    except sqlite3.Error as fault:
        raise OSError(errno.EIO, str(fault), str(file)) from fault
    return database

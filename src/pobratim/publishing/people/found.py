"""What may be a name in rows and labels, kept from one store of what may go out to the next.

Which names a row or a text has depends on nothing but itself and the program, and costs far more than to look it up:
so they lie beside the store under a digest of what they were found in, and only what is new is read. The file names
whom nobody shall see, as that of the names held back does.
"""

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
from pobratim.publishing.people.kept_file import connected, opened, told_as_fault
from pobratim.publishing.people.labels import names_in, names_in_organisation
from pobratim.publishing.people.rows import Name, Row, named
from pobratim.record import Record

Names = tuple[Name, ...]
_TABLES = """
CREATE TABLE found (key BLOB PRIMARY KEY, names TEXT) WITHOUT ROWID;
CREATE TABLE asked (owner TEXT, key BLOB, PRIMARY KEY (owner, key)) WITHOUT ROWID;
CREATE INDEX asked_key ON asked(key);
"""
_SIZE = 16
"""Bytes of a digest: of so many texts as a country has no two share one of 128 bits."""
_MANY = 50_000
"""Texts that wait in memory for the file, at most, and those that were asked for."""


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
        self._asked = self._outer = set[bytes]()
        self._owners: dict[str, frozenset[bytes] | None] = {}
        """Parts of the work with the keys that they asked for, None for those that are in the file."""
        self._waiting = 0
        self._file, self._process = file, os.getpid()
        self._home = self._process
        self._database = opened(file, _TABLES, program()) if file else None
        self._others: list[sqlite3.Connection] = []

    def begin(self) -> None:
        """Take note from now on of what is asked for, for ``asked``."""
        self._begun, self._outer, self._asked = {}, self._asked, set()
        if self._home != os.getpid() and len(self._fresh) >= _MANY:
            self._fresh.clear()  # who put us to work has them

    def asked(self) -> Asked:
        """Return what was asked for since ``begin``."""
        found = Asked(self._begun, frozenset(self._asked))
        self._begun, self._asked = {}, self._outer
        return found

    def join(self, owner: str, asked: Asked) -> None:
        """Take what a part of the work, ``owner``, asked for. Raises OSError."""
        self._owners[owner] = asked.used
        self._fresh.update(asked.fresh)
        self._waiting += len(asked.fresh) + len(asked.used)
        if self._database is not None and self._waiting >= _MANY:
            with told_as_fault(), self._database:
                self._write(self._database)

    def keep(self, owner: str) -> None:
        """Take note that a part of the work would ask for what it asked for before."""
        self._owners[owner] = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Keep what was asked for, and nothing else; where it ends early nothing is taken away. Raises OSError."""
        if self._database is None:
            return
        with closing(self._database) as database:
            if error is None:
                with told_as_fault():
                    self._keep(database)

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
        self._database, self._process = connected(self._file), os.getpid()

    def _keep(self, database: sqlite3.Connection) -> None:
        self._owners[""] = frozenset(self._asked)
        with database:
            for owner, *_ in database.execute("SELECT DISTINCT owner FROM asked").fetchall():
                if owner not in self._owners:
                    database.execute("DELETE FROM asked WHERE owner = ?", (owner,))
            self._write(database)
            database.execute("DELETE FROM found WHERE key NOT IN (SELECT key FROM asked)")

    def _write(self, database: sqlite3.Connection) -> None:
        """Write what waits for the file."""
        database.executemany("INSERT OR IGNORE INTO found VALUES (?, ?)", _rows(self._fresh.items()))
        for owner, keys in self._owners.items():
            if keys is not None:
                database.execute("DELETE FROM asked WHERE owner = ?", (owner,))
                database.executemany("INSERT INTO asked VALUES (?, ?)", ((owner, key) for key in sorted(keys)))
                self._owners[owner] = None
        self._fresh.clear()
        self._waiting = 0


def _rows(found: Iterable[tuple[bytes, Names]]) -> Iterable[tuple[bytes, str]]:
    return ((key, json.dumps(names, ensure_ascii=False)) for key, names in found)

"""What a gate heard of each report and let through of each graph, kept from one store of what may go out to the next.

What is heard of a report follows of its records, its graphs and what people decided of its names, so it lies under a
digest of these; what went out of a graph follows of its lines, of rows and of what is told of things in whatever report
(``Gate.told``): of the latter a number is kept for each step of a key, and for each graph the steps that it asked for.
So a report costs nothing that did not change, and no more than one is held in memory. The file names whom nobody shall
see, as that of the names does.
"""

import sqlite3
from array import array
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from json import dumps, loads
from os import getpid
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from pobratim.publishing.people.fates import number_of, telling_step
from pobratim.publishing.people.found import Asked
from pobratim.publishing.people.kept_file import connected, opened, told_as_fault
from pobratim.publishing.people.telling import Heard, Left, Rows, sets_by_term, texts_by_term

_TABLES = """
CREATE TABLE part (name TEXT PRIMARY KEY, of TEXT, told TEXT, parties TEXT, rows TEXT, digest TEXT);
CREATE TABLE passed (graph TEXT PRIMARY KEY, of TEXT, made TEXT, told TEXT, latin BLOB, steps BLOB);
CREATE TABLE world (steps BLOB, numbers BLOB);
"""
_HELD = 4
"""Reports whose rows are held in memory at once: graphs are gone through report by report."""
_COMMITTED = 50
"""So many parts are written at a time."""
_ALL = 2**64
World = Mapping[int, int]
"""For steps of keys, by their numbers, a number for all that is told of what is known by them."""


class Passage(NamedTuple):
    """A graph that went through: digests of its file and of what went out, and what the gate kept of it."""

    of: str
    made: str
    left: Left


class Kept:
    """The file. What is kept of parts of a store and of graphs is seen by other processes only after ``only``."""

    def __init__(self, file: Path, made_by: str) -> None:
        """Open the file, or make it anew where it was ``made_by`` something else or is damaged. Raises OSError."""
        self._file, self._process, self._others = file, getpid(), list[sqlite3.Connection]()
        self._database = opened(file, _TABLES, made_by)
        self._rows: OrderedDict[str, Rows] = OrderedDict()
        self._waiting = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the file; what was heard of whole parts stays, however this ends."""
        self._database.close()

    def has_part(self, name: str, of: str) -> bool:
        """Tell whether it is kept what was heard of a part as it is. Raises OSError."""
        with told_as_fault():
            sql = "SELECT 1 FROM part WHERE name = ? AND of = ?"
            return self._database.execute(sql, (name, of)).fetchone() is not None

    def part(self, name: str, of: str) -> Heard | None:
        """Return what was heard of a part, without rows and parties, if it was made ``of`` the same. Raises OSError."""
        with told_as_fault():
            found = self._database.execute("SELECT told FROM part WHERE name = ? AND of = ?", (name, of)).fetchone()
        return Heard.of_text(found[0]) if found else None

    def keep_part(self, name: str, of: str, heard: Heard) -> None:
        """Keep what was heard of a part. Raises OSError."""
        rows = heard.rows.to_text()
        parties = dumps(texts_by_term(heard.parties), ensure_ascii=False)
        told = name, of, heard.to_text(), parties, rows, _digest(rows)
        with told_as_fault():
            self._database.execute("INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?)", told)
            self._waiting += 1
            if self._waiting >= _COMMITTED:
                self._commit()

    def only(self, names: Collection[str]) -> None:
        """Forget all parts but these, and let other processes see those. Raises OSError."""
        with told_as_fault():
            there = {row[0] for row in self._database.execute("SELECT name FROM part")}
            self._database.executemany("DELETE FROM part WHERE name = ?", ((name,) for name in there - set(names)))
            self._commit()

    def _commit(self) -> None:
        self._database.commit()
        self._waiting = 0

    def rows(self, report: str) -> Rows:
        """Return the rows of a report, none where it was not heard. Raises OSError."""
        if report not in self._rows:
            with told_as_fault():
                found = self._here().execute("SELECT rows FROM part WHERE name = ?", (report,)).fetchone()
            if len(self._rows) >= _HELD:
                self._rows.popitem(last=False)
            self._rows[report] = Rows.of_text(found[0]) if found else Rows.none()
        return self._rows[report]

    def parties(self) -> Iterator[Mapping[str, set[str]]]:
        """Yield which parties things have, part by part. Raises OSError."""
        with told_as_fault():
            for (told,) in self._database.execute("SELECT parties FROM part"):
                yield sets_by_term(loads(told))

    def world(self, told: Iterable[tuple[str, str]]) -> World:
        """Return what is known now: what is ``told`` of things, and the rows of all reports. Raises OSError."""
        found = dict[int, int]()
        with told_as_fault():
            rows = self._database.execute("SELECT name, digest FROM part").fetchall()
        for step, one in (*told, *((telling_step(name), f"rows {name} {digest}") for name, digest in rows)):
            number = int.from_bytes(blake2b(one.encode(), digest_size=8).digest(), "big")
            found[number_of(step)] = (found.get(number_of(step), 0) + number) % _ALL
        return found

    def changed(self, world: World) -> frozenset[int]:
        """Return the steps of which something else is known than when graphs went through last. Raises OSError."""
        with told_as_fault():
            found = self._database.execute("SELECT steps, numbers FROM world").fetchone()
        held = dict(zip(_numbers("I", found[0]), _numbers("Q", found[1]), strict=True)) if found else {}
        return frozenset(step for step in {*held, *world} if held.get(step) != world.get(step))

    def passage(self, graph: str) -> Passage | None:
        """Return how a graph went through, None where that is not known or was told otherwise. Raises OSError."""
        with told_as_fault():
            sql = "SELECT of, made, told, latin, steps FROM passed WHERE graph = ?"
            found = self._database.execute(sql, (graph,)).fetchone()
        if found is None:
            return None
        of, made, told, *numbers = found
        masked, words = map(sets_by_term, loads(told))
        latin, steps = (_numbers("I", each) for each in numbers)
        return Passage(of, made, Left(masked, words, latin, steps, Asked({}, frozenset())))

    def keep_passages(self, world: World, fresh: Mapping[str, Passage], there: Collection[str]) -> None:
        """Keep how graphs went through, and that nothing is known of others than those that are ``there``.

        Raises OSError.
        """
        with told_as_fault(), self._database:
            gone = {row[0] for row in self._database.execute("SELECT graph FROM passed")} - set(there)
            self._database.executemany("DELETE FROM passed WHERE graph = ?", ((graph,) for graph in gone))
            self._database.executemany(
                "INSERT OR REPLACE INTO passed VALUES (?, ?, ?, ?, ?, ?)",
                ((graph, *_row(passage)) for graph, passage in sorted(fresh.items())),
            )
            self._database.execute("DELETE FROM world")
            steps = sorted(world)
            numbers = array("I", steps).tobytes(), array("Q", map(world.__getitem__, steps)).tobytes()
            self._database.execute("INSERT INTO world VALUES (?, ?)", numbers)

    def _here(self) -> sqlite3.Connection:
        """Return the file as this process has it: none may go on with what another one has open."""
        if self._process != getpid():
            self._others.append(self._database)  # closed here it would give up locks
            self._database, self._process = connected(self._file), getpid()
        return self._database


def _row(passage: Passage) -> tuple[str, str, str, bytes, bytes]:
    left = passage.left
    told = dumps([texts_by_term(left.masked), texts_by_term(left.words)], ensure_ascii=False)
    return passage.of, passage.made, told, array("I", left.latin).tobytes(), array("I", left.steps).tobytes()


def _numbers(kind: str, content: bytes) -> "array[int]":
    found = array(kind)
    found.frombytes(content)
    return found


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

"""An open index: fixed statements over a file that never changes, a connection a thread."""

import sqlite3
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

import numpy as np

from pobratim.explore import bits
from pobratim.explore.bits import Numbers
from pobratim.explore.concepts import Label
from pobratim.explore.filling.numbers import KIND
from pobratim.explore.home import Home, home_of
from pobratim.explore.schema import FORMAT

Subject = Literal["tie", "event", "agreement"]
SUBJECTS: tuple[Subject, ...] = get_args(Subject)
_RECALLED = 100
"""Sets that are kept: some kilobytes each."""
Row = sqlite3.Row
_LATELY = 4
T = TypeVar("T")
_AT_ONCE = 500
"""Numbers in one IN clause."""


class Index:
    """Answers questions about one generation; safe to ask from several threads."""

    def __init__(self, file: Path, home: Sequence[str] = (), place: object = None) -> None:
        """Open the index in ``file``; ``home`` names ours (see ``home.py``), ``place`` is kept as long as the index.

        Raises FileNotFoundError where there is none of this version.
        """
        self.file, self._names, self._place = file, tuple(home), place
        self._local = threading.local()
        self._numbers: dict[str, Numbers] = {}
        self._recalled: dict[tuple[object, ...], int] = {}
        self._made: dict[Callable[[Index], Any], Any] = {}
        self._lately: dict[Hashable, Any] = {}
        try:
            [version] = self._connection.execute("PRAGMA user_version").fetchone()
        except sqlite3.Error as error:
            raise FileNotFoundError(file) from error
        if version != FORMAT:
            raise FileNotFoundError(file)

    @property
    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(f"{self.file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            found.row_factory = Row
            self._local.connection = found
        return found

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        """Return the rows of a statement; ``?`` in it stand for the parameters."""
        return self._connection.execute(sql, parameters).fetchall()

    def columns(self, sql: str, *parameters: object) -> tuple[tuple[Any, ...], ...]:
        """Return the columns of a statement, () where it has no row: quicker than rows where there are very many."""
        return tuple(zip(*self._plain(sql, parameters).fetchall(), strict=True))

    def among(self, sql: str, values: Iterable[int] | Iterable[str]) -> Iterator[Row]:
        """Yield the rows of a statement in which ``{}`` stands for some numbers or texts, however many they are."""
        wanted: list[Any] = sorted(set(values))
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            yield from self._connection.execute(sql.format(",".join("?" * len(some))), some)

    def value(self, sql: str, *parameters: object) -> Any:
        """Return the one value of a statement, None where it has no row."""
        found = self._connection.execute(sql, parameters).fetchone()
        return found[0] if found else None

    def numbers(self, sql: str, *parameters: object) -> int:
        """Return the numbers that a statement gives as a set (``bits.py``)."""
        return bits.of(map(itemgetter(0), self._plain(sql, parameters)))

    def _plain(self, sql: str, parameters: Sequence[object]) -> sqlite3.Cursor:
        cursor = self._connection.cursor()
        cursor.row_factory = None
        return cursor.execute(sql, parameters)

    def numbers_of(self, name: str) -> Numbers:
        """Return a column of numbers ("tie.slot"), by number from 0 on, of which there is nothing (``numbers.py``)."""
        sql = "SELECT content FROM numbers WHERE name = ?"
        return self.order(name, lambda: np.frombuffer(self.value(sql, name), KIND))

    def order(self, name: str, make: Callable[[], Sequence[int] | Numbers]) -> Numbers:
        """Return numbers in an order, made once."""
        if name not in self._numbers:
            self._numbers[name] = np.asarray(make(), np.int64)
        return self._numbers[name]

    def once(self, make: Callable[["Index"], T]) -> T:
        """Return what is made of the index, made once."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found

    def recalled(self, key: tuple[object, ...], make: Callable[[], int]) -> int:
        """Return a set that is made anew only where it was not among those last asked for."""
        found = self._recalled.get(key)
        if found is None:
            if len(self._recalled) >= _RECALLED:
                self._recalled.clear()
            found = self._recalled[key] = make()
        return found

    def lately(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is made anew only where it was not among the last few: pages ask the same in each language."""
        held: dict[Hashable, Any] = self._lately
        if key in held:
            found: T = held[key]
            return found
        made = make()
        self._lately = {**dict(list(held.items())[1 - _LATELY :]), key: made}
        return made

    @cached_property
    def generation(self) -> int:
        """Return the number of the generation that the index is of."""
        return int(self.value("SELECT value FROM meta WHERE name = 'generation'") or 0)

    @cached_property
    def home(self) -> Home:
        """Return who is ours."""
        return home_of(self, self._names)

    @cached_property
    def sizes(self) -> dict[Subject, int]:
        """Return how many ties, events and agreements there are."""
        return {each: int(self.value(f"SELECT COUNT(*) FROM {each}")) for each in SUBJECTS}

    @cached_property
    def labels(self) -> dict[tuple[str, str], Label]:
        """Return the concepts by scheme and code, in the order of their schemes."""
        rows = self.rows("SELECT scheme, code, ru, en FROM concept ORDER BY scheme, place")
        return {(row["scheme"], row["code"]): Label(row["code"], row["ru"], row["en"]) for row in rows}

    def label(self, scheme: str, code: str) -> Label:
        """Return what a code of a scheme is called: itself where the scheme does not have it."""
        return self.labels.get((scheme, code)) or Label(code, code, code)

    @cached_property
    def facets(self) -> dict[tuple[str, str], dict[str, int]]:
        """Return by subject and field the things that have each value."""
        found: dict[tuple[str, str], dict[str, int]] = {}
        for row in self.rows("SELECT subject, field, code, bits FROM facet ORDER BY subject, field, code"):
            found.setdefault((row["subject"], row["field"]), {})[row["code"]] = bits.unpacked(row["bits"])
        return found

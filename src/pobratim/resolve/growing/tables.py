"""The state of identity in a file: which rows, names and keys there are, and what hangs on what (SQLite)."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE report(slug TEXT PRIMARY KEY, entity TEXT) WITHOUT ROWID;
CREATE TABLE row(id INTEGER PRIMARY KEY, report TEXT, number INT, digest TEXT, UNIQUE(report, number));

CREATE TABLE settlement(row INT, country TEXT, stem TEXT, name TEXT);
CREATE INDEX settlement_row ON settlement(row);
CREATE INDEX settlement_begins ON settlement(country, stem, name);
CREATE TABLE looked(row INT, country TEXT, stem TEXT, PRIMARY KEY(row, country, stem)) WITHOUT ROWID;
CREATE INDEX looked_for ON looked(country, stem);

CREATE TABLE spot(id INTEGER PRIMARY KEY, body TEXT UNIQUE, family TEXT, item TEXT, own TEXT, key TEXT);
CREATE INDEX spot_family ON spot(family);
CREATE INDEX spot_item ON spot(item) WHERE item <> '';
CREATE INDEX spot_own ON spot(own);
CREATE INDEX spot_key ON spot(key);
CREATE TABLE met(spot INT, row INT, n INT, shown INT, PRIMARY KEY(spot, row)) WITHOUT ROWID;
CREATE INDEX met_row ON met(row);
CREATE TABLE place(key TEXT PRIMARY KEY, entity TEXT, area TEXT, adjective TEXT) WITHOUT ROWID;
CREATE INDEX place_adjective ON place(adjective) WHERE adjective <> '';

CREATE TABLE shape(id INTEGER PRIMARY KEY, body TEXT UNIQUE, own TEXT, identity TEXT, short TEXT, spelling INT);
CREATE INDEX shape_own ON shape(own);
CREATE INDEX shape_identity ON shape(identity);
CREATE INDEX shape_spelling ON shape(spelling);
CREATE TABLE naming(id INTEGER PRIMARY KEY, shape INT, report TEXT, root INT, singled INT, UNIQUE(shape, report));
CREATE INDEX naming_root ON naming(root);
CREATE TABLE mention(row INT, place INT, temporary TEXT, naming INT, said INT, PRIMARY KEY(row, place)) WITHOUT ROWID;
CREATE INDEX mention_naming ON mention(naming, said);
CREATE INDEX mention_said ON mention(said);
CREATE TABLE said(id INTEGER PRIMARY KEY, body TEXT UNIQUE);
CREATE TABLE occurrence(naming INT, report TEXT, n INT, PRIMARY KEY(naming, report)) WITHOUT ROWID;
CREATE INDEX occurrence_report ON occurrence(report);
CREATE TABLE block(name TEXT, shape INT, PRIMARY KEY(name, shape)) WITHOUT ROWID;
CREATE INDEX block_shape ON block(shape);
CREATE TABLE crowd(name TEXT PRIMARY KEY, n INT) WITHOUT ROWID;
CREATE TABLE link(a INT, b INT, PRIMARY KEY(a, b)) WITHOUT ROWID;
CREATE TABLE spelling(id INTEGER PRIMARY KEY, block TEXT, words TEXT, UNIQUE(block, words));
CREATE TABLE slip(a INT, b INT, PRIMARY KEY(a, b)) WITHOUT ROWID;
CREATE TABLE cluster(
    root INTEGER PRIMARY KEY, base TEXT, person TEXT, plain TEXT, key TEXT, lead INT
);
CREATE INDEX cluster_base ON cluster(base);
CREATE INDEX cluster_plain ON cluster(plain);
CREATE INDEX cluster_key ON cluster(key);
CREATE TABLE doubt(
    lower INT, upper INT, reason TEXT, score REAL, shared TEXT, why TEXT, PRIMARY KEY(lower, upper)
) WITHOUT ROWID;
CREATE TABLE organisation(key TEXT PRIMARY KEY, entity TEXT) WITHOUT ROWID;

CREATE TABLE telling(row INTEGER PRIMARY KEY, own TEXT, body TEXT, words TEXT, activity TEXT);
CREATE INDEX telling_own ON telling(own);
CREATE INDEX telling_activity ON telling(activity);
CREATE TABLE event(own TEXT PRIMARY KEY, row INT, body TEXT, first TEXT, last TEXT) WITHOUT ROWID;
CREATE TABLE moment(name TEXT, own TEXT, PRIMARY KEY(name, own)) WITHOUT ROWID;
CREATE INDEX moment_own ON moment(own);
CREATE TABLE alike(a TEXT, b TEXT, PRIMARY KEY(a, b)) WITHOUT ROWID;
CREATE TABLE activity(key TEXT PRIMARY KEY, entity TEXT) WITHOUT ROWID;

CREATE TABLE pact(
    row INT, place INT, body TEXT, circle TEXT, plain TEXT, key TEXT, PRIMARY KEY(row, place)
) WITHOUT ROWID;
CREATE INDEX pact_circle ON pact(circle);
CREATE INDEX pact_plain ON pact(plain);
CREATE INDEX pact_key ON pact(key);
CREATE TABLE agreement(key TEXT PRIMARY KEY, entity TEXT) WITHOUT ROWID;

CREATE TABLE holder(row INT, place INT, key TEXT, body TEXT, PRIMARY KEY(row, place)) WITHOUT ROWID;
CREATE INDEX holder_key ON holder(key, body);
CREATE TABLE person(key TEXT PRIMARY KEY, entity TEXT) WITHOUT ROWID;
CREATE TABLE instalment(row INTEGER PRIMARY KEY, key TEXT, name TEXT);
CREATE INDEX instalment_key ON instalment(key, name);
CREATE TABLE series(key TEXT PRIMARY KEY, entity TEXT) WITHOUT ROWID;

CREATE TABLE question(kind TEXT, owner TEXT, body TEXT, PRIMARY KEY(kind, owner, body)) WITHOUT ROWID;
"""


class Tables:
    """One open state. What is asked for sets of values takes them as one JSON list (``json_each``)."""

    def __init__(self, file: Path | str, *, is_read: bool = False) -> None:
        """Open a file, made with empty tables where it is not there; ``:memory:`` is no file.

        One that ``is_read`` is only read.
        """
        self._open = sqlite3.connect(file, isolation_level=None)
        if is_read:
            self._open.executescript("PRAGMA query_only=ON; PRAGMA cache_size=-32000;")
            return
        # Who writes has the file for himself and puts it in force when it is whole.
        self._open.executescript("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-32000;")
        # What leaves is to be read nowhere any more.
        self._open.execute("PRAGMA secure_delete=ON")
        if not self.column("SELECT name FROM sqlite_master WHERE name = 'meta'"):
            self._open.executescript(f"BEGIN; {_SCHEMA} COMMIT;")

    def __enter__(self) -> "Tables":
        """Begin a change: all of it or nothing is kept."""
        self._open.execute("BEGIN")
        return self

    def __exit__(self, kind: object, *_rest: object) -> None:
        """Keep the change, or take it back where it failed."""
        self._open.execute("COMMIT" if kind is None else "ROLLBACK")

    def close(self) -> None:
        """Close the file."""
        self._open.close()

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """Return all rows of an answer."""
        return self._open.execute(sql, values).fetchall()

    def column(self, sql: str, *values: Any) -> list[Any]:
        """Return the first value of each row of an answer."""
        return [row[0] for row in self._open.execute(sql, values)]

    def value(self, sql: str, *values: Any) -> Any:
        """Return the first value of the first row, None for no row."""
        row = self._open.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def run(self, sql: str, *values: Any) -> int:
        """Run a statement; return the id of the row that it put in."""
        return self._open.execute(sql, values).lastrowid or 0

    def many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run a statement for each row of values."""
        self._open.executemany(sql, rows)

    def lines(self) -> Iterator[str]:
        """Yield all that the tables hold, as text: for comparing two states."""
        return self._open.iterdump()


def listed(values: Iterable[Any]) -> str:
    """Return values as the JSON list that ``IN (SELECT value FROM json_each(?))`` takes."""
    return json.dumps(sorted(values), ensure_ascii=False)

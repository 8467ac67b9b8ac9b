"""The columns that a browser filters by itself: ties, events and agreements as JSON, column by column.

``{"generation": 3, "total": 2, "codes": {"level": ["municipality", …]}, "columns": {"level": [0, 0], …}}``. Codes stand
as places in their list, several at once as a sum of powers of two; parties as places in the file ``parties``; counts by
year as year, count, year, count. Rows stand in the order of their numbers (``schema.py``).
"""

import gzip
import json
from collections.abc import Callable, Iterable, Mapping
from sqlite3 import Connection
from typing import Any

NAMES = ("parties", "ties", "events", "agreements")
Rows = Callable[[str], list[tuple[Any, ...]]]
_PLAIN: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "parties": (
        "SELECT ref, name, name_en, short, lat, lon, town - 1, ties, events, kind, type, region, country"
        " FROM party ORDER BY id",
        ("ref", "name", "name_en", "short", "lat", "lon", "town", "ties", "events"),
        ("kind", "type", "region", "country"),
    ),
    "ties": (
        "SELECT a - 1, b - 1, date, events, agreements, sides, level, kind FROM tie ORDER BY id",
        ("a", "b", "date", "events", "agreements", "sides"),
        ("level", "kind"),
    ),
    "events": (
        "SELECT iri, title, start, end, date, kind, mode FROM event ORDER BY id",
        ("iri", "title", "start", "end", "date"),
        ("kind", "mode"),
    ),
    "agreements": (
        "SELECT iri, subject, start, end, date, COALESCE(valid_until, expires), kind, status, term"
        " FROM agreement ORDER BY id",
        ("iri", "subject", "start", "end", "date", "until"),
        ("kind", "status", "term"),
    ),
}
"""A file → its statement, the columns as they are, and those of one code."""
_SEVERAL: Mapping[str, Mapping[str, str]] = {
    "ties": {
        "topics": "SELECT tie, topic FROM tie_topic",
        "modes": "SELECT DISTINCT tie, mode FROM ground JOIN event ON event.id = event WHERE mode NOT NULL",
        "statuses": "SELECT DISTINCT tie, status FROM ground JOIN agreement ON agreement.id = agreement",
    },
    "events": {
        "topics": "SELECT event, topic FROM event_topic",
        "levels": "SELECT DISTINCT event, level FROM ground JOIN tie ON tie.id = tie WHERE event NOT NULL",
    },
    "agreements": {
        "levels": "SELECT DISTINCT agreement, level FROM ground JOIN tie ON tie.id = tie WHERE agreement NOT NULL",
    },
}
"""A file → its columns of several codes, and the statements that give row and code."""
_LISTS: Mapping[str, Mapping[str, str]] = {
    "ties": {"years": "SELECT tie, year, events FROM tie_year ORDER BY tie, year"},
    "events": {
        "places": "SELECT event, party - 1 FROM event_place ORDER BY event, party",
        "parties": "SELECT DISTINCT event, party - 1 FROM event_party ORDER BY event, party",
    },
    "agreements": {"parties": "SELECT agreement, party - 1 FROM agreement_party ORDER BY agreement, party"},
}
"""A file → its columns of lists."""


def fill(database: Connection, generation: int) -> None:
    """Write the files of an index whose other tables are full."""

    def rows(sql: str) -> list[tuple[Any, ...]]:
        return database.execute(sql).fetchall()

    for name in NAMES:
        content = json.dumps(_file(name, rows, generation), ensure_ascii=False, separators=(",", ":")).encode()
        database.execute("INSERT INTO columns VALUES (?, ?)", (name, gzip.compress(content, 6, mtime=0)))


def _file(name: str, rows: Rows, generation: int) -> dict[str, object]:
    sql, plain, codings = _PLAIN[name]
    found = rows(sql)
    values = [list(column) for column in zip(*found, strict=True)] or [[] for _ in (*plain, *codings)]
    columns: dict[str, list[Any]] = dict(zip(plain, values, strict=False))
    codes: dict[str, list[str]] = {}
    for column, each in zip(codings, values[len(plain) :], strict=True):
        codes[column], columns[column] = _coded(each)
    for column, statement in _SEVERAL.get(name, {}).items():
        codes[column], columns[column] = _sums(rows(statement), len(found))
    for column, statement in _LISTS.get(name, {}).items():
        columns[column] = lists(rows(statement), len(found))
    return {"generation": generation, "total": len(found), "codes": codes, "columns": columns}


def _coded(values: Iterable[str | None]) -> tuple[list[str], list[int | None]]:
    """Return the codes of a column, sorted, and the place of each value among them, None where there is none."""
    held = list(values)
    codes = sorted({value for value in held if value is not None})
    places = {code: place for place, code in enumerate(codes)}
    return codes, [None if value is None else places[value] for value in held]


def _sums(pairs: Iterable[tuple[Any, ...]], size: int) -> tuple[list[str], list[int]]:
    held = list(pairs)
    codes = sorted({code for _, code in held})
    places = {code: 1 << place for place, code in enumerate(codes)}
    found = [0] * size
    for number, code in held:
        found[number - 1] |= places[code]
    return codes, found


def lists(rows: Iterable[tuple[Any, ...]], size: int) -> list[list[Any]]:
    """Return for each row, which pairs begin with, the list of what follows in them."""
    found: list[list[Any]] = [[] for _ in range(size)]
    for number, *values in rows:
        found[number - 1] += values
    return found

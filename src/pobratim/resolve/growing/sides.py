"""The sides of questions about identity: what a person needs to see of a thing, asked of the state."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

from pobratim.resolve.activities import Telling
from pobratim.resolve.candidates import ROWS_SHOWN, Side, agreement_name
from pobratim.resolve.growing.changes import KINDS
from pobratim.resolve.growing.packing import unpack
from pobratim.resolve.growing.tables import Tables

_ROWS = {
    # A register states nothing under an organisation's key: its rows tell of their agreements.
    "organisation": "FROM cluster JOIN naming ON naming.root = cluster.root JOIN mention ON mention.naming = naming.id"
    " JOIN telling ON telling.row = mention.row JOIN row ON row.id = mention.row WHERE cluster.key = ?",
    "place": "FROM spot JOIN met ON met.spot = spot.id JOIN row ON row.id = met.row WHERE spot.key = ? AND shown",
    "agreement": "FROM pact JOIN row ON row.id = pact.row WHERE pact.key = ?",
    "activity": "FROM telling JOIN row ON row.id = telling.row WHERE telling.own = ?",
}


Amended = Mapping[tuple[str, int], frozenset[str]]
"""The keys of places by report and number of the row that tells of them."""


class Sides:
    """Tells name and rows of things by type and key."""

    def __init__(
        self, tables: Tables, gone: Collection[tuple[str, str]] = (), amended: Callable[[], Amended] = dict
    ) -> None:
        """Take a state that is settled; ``gone`` is what of it people withdrew, ``amended`` the places of rows of
        which people set those right."""
        self._tables, self._gone = tables, gone
        self._names = dict[tuple[str, str], str]()
        self._amended = cache(amended)

    def side(self, kind: str, key: str) -> Side:
        """Return one side of a question."""
        rows = _ROWS[kind]
        if kind == "place" and (amended := self._amended()):
            told = set(self._tables.rows(f"SELECT DISTINCT row.report, number {rows}", key)) - amended.keys()
            found = sorted(told | {row for row, places in amended.items() if key in places})
            return Side(key, self.name(kind, key), tuple(f"{r}/{n}" for r, n in found[:ROWS_SHOWN]), len(found))
        shown = self._tables.rows(f"SELECT DISTINCT row.report, number {rows} ORDER BY 1, 2 LIMIT {ROWS_SHOWN}", key)
        count = self._tables.value(f"SELECT count(DISTINCT row.id) {rows}", key)
        return Side(key, self.name(kind, key), tuple(f"{report}/{number}" for report, number in shown), count)

    def name(self, kind: str, key: str) -> str:
        """Return how a thing is called, its key where it has no name."""
        if (kind, key) not in self._names:
            self._names[kind, key] = self._name(kind, key) or key
        return self._names[kind, key]

    def _name(self, kind: str, key: str) -> str | None:
        if kind == "activity":
            return self._title(key)
        if kind == "agreement":
            return self._agreement(key)
        if kind not in KINDS:
            return None
        # The names alone: all else that is told of a thing is as much again as the question.
        first = f"json_extract(entity, '$[{_place_of_names(kind)}][0]')"
        name: str | None = self._tables.value(f"SELECT {first} FROM {kind} WHERE key = ?", key)
        return name

    def _agreement(self, key: str) -> str | None:
        body = self._tables.value("SELECT entity FROM agreement WHERE key = ?", key)
        if body is None:
            return None
        thing: Any = unpack(KINDS["agreement"], body)
        parties = tuple(party for party in thing.parties if party not in self._gone)
        return agreement_name(replace(thing, parties=parties), self.name)

    def _title(self, own: str) -> str:
        """Return the title that the last account of an event by itself gives."""
        body = self._tables.value(f"SELECT body {_ROWS['activity']} ORDER BY report DESC, number DESC LIMIT 1", own)
        return own if body is None else unpack(Telling, body).record.title


@cache
def _place_of_names(kind: str) -> int:
    """Return which of the fields of a type of things holds their names."""
    return [one.name for one in fields(KINDS[kind])].index("names")

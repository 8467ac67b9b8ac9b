"""The ledger as a state takes it: its lines under the keys of today, which of them came or went since the last time."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from pobratim.resolve.fields import Thing
from pobratim.resolve.growing.packing import pack, unpack
from pobratim.resolve.growing.places import final_place
from pobratim.resolve.growing.tables import Tables
from pobratim.resolve.ledger import Decision, linked, no_ties, under_final_keys

_NAMING = {
    "organisation": "SELECT row FROM mention JOIN naming ON naming.id = naming"
    " JOIN cluster ON cluster.root = naming.root WHERE cluster.key = ?",
    "place": "SELECT met.row FROM met JOIN spot ON spot.id = spot WHERE spot.key = ? AND met.row > 0",
}
"""Which rows name a thing by its final key."""
_KNOWN = {
    "activity": "SELECT 1 FROM telling WHERE own = ? LIMIT 1",
    "series": "SELECT 1 FROM instalment WHERE key = ? LIMIT 1",
}
Changed = Callable[[str], set[str]]
"""Tells by type which keys the decisions name that came or went, with those joined to them."""


class Lines:
    """Reads one ledger in a state; ``organisation`` tells the key that stays of one (None for nothing)."""

    def __init__(self, tables: Tables, ledger: list[Decision], organisation: Callable[[str], str | None]) -> None:
        """Take the state and the ledger."""
        # A line that was deleted moves all behind it, which changes nothing of them.
        self._ledger = [replace(one, line=0) for one in ledger]
        self._tables, self._organisation = tables, organisation
        self._finals = dict[Thing, str | None]()

    def changed(self) -> Changed:
        """Return what tells which decisions came or went, as people wrote them."""
        return _changed(self._held("ledger"), set(self._ledger))

    def keep(self) -> None:
        """Remember the ledger."""
        self._put("ledger", pack(self._ledger))

    def under_final_keys(self) -> tuple[list[Decision], Changed]:
        """Return the decisions on events and agreements under the keys of today, and what tells what changed of them.

        A line that stays changes where what it names got another key, or its row came or went.
        """
        lines = [one for one in under_final_keys(self._ledger, self.final) if one.type in ("activity", "agreement")]
        changed = _changed(self._held("settled"), set(lines))
        self._put("settled", pack(lines))
        return lines, changed

    def final(self, thing: Thing) -> str | None:
        """Return the key that a thing has now which decisions name by another one, None for one not known.

        Places and organisations are settled and rows noted.
        """
        if thing not in self._finals:
            self._finals[thing] = self._final(*thing)
        return self._finals[thing]

    def _final(self, kind: str, key: str) -> str | None:
        if kind == "organisation":
            return self._organisation(key)
        if kind == "place":
            return final_place(self._tables, key)
        if kind == "entry":
            report, _, number = key.rpartition("/")
            sql = "SELECT own FROM telling JOIN row ON row.id = row WHERE report = ? AND number = ?"
            found: str | None = self._tables.value(sql, report, number)
            return found
        return key if kind in _KNOWN and self._tables.value(_KNOWN[kind], key) else None

    @cached_property
    def no_ties(self) -> frozenset[frozenset[Thing]]:
        """Return the pairs of things that people say have no tie."""
        return no_ties(self._ledger, self.final)

    def untied(self) -> set[int]:
        """Return the rows that name both of two things which have no tie since now, or may have one again."""
        held = self._tables.value("SELECT value FROM meta WHERE name = 'no ties'") or "[]"
        before, rows = unpack(frozenset[frozenset[Thing]], held), set[int]()
        for pair in before ^ self.no_ties:
            left, right = (set(self._tables.column(_NAMING[kind], key)) for kind, key in pair)
            rows |= left & right
        self._put("no ties", pack(self.no_ties))
        return rows

    def _held(self, name: str) -> set[Decision]:
        held = self._tables.value("SELECT value FROM meta WHERE name = ?", name)
        return set(unpack(list[Decision], held)) if held else set[Decision]()

    def _put(self, name: str, value: str) -> None:
        self._tables.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)


def _changed(old: set[Decision], new: set[Decision]) -> Changed:
    def changed(kind: str) -> set[str]:
        keys = set[str]()
        for one in old ^ new:
            if one.type == kind:
                keys |= one.pair if one.verdict in ("same", "not-same") else {one.left}
        for lines in (old, new):
            joined = linked(one.pair for one in lines if one.type == kind and one.verdict == "same")
            keys = keys.union(*(group for group in joined if group & keys))
        return keys

    return changed

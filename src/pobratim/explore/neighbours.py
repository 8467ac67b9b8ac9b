"""Whom a party is next to: its partners, and for a town its institutions, for an institution its town."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pobratim.explore.index import Index, Row

_TIES = "SELECT id, {own} AS own, {other} AS other, events FROM tie WHERE {own} IN ({{}}) ORDER BY id"
_INSTITUTIONS = """SELECT town AS own, id AS other, events FROM party
WHERE town IN ({}) AND kind = 'institution' AND ties > 0 ORDER BY events DESC, id"""
_TOWNS = """SELECT party.id AS own, town.id AS other, town.events FROM party JOIN party AS town ON town.id = party.town
WHERE party.id IN ({}) AND party.kind = 'institution' AND town.ties > 0"""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody next to a party: ``party`` is their number, ``tie`` that of the tie, 0 where one is part of another."""

    party: int
    tie: int
    events: int


def neighbours(index: Index, parties: Collection[int]) -> Mapping[int, tuple[Neighbour, ...]]:
    """Return whom each of some parties is next to, partners first, the strongest first; each neighbour once."""
    found: dict[int, dict[int, Neighbour]] = {number: {} for number in parties}
    ties = (
        row
        for own, other in (("a", "b"), ("b", "a"))
        for row in index.among(_TIES.format(own=own, other=other), parties)
    )
    _add(found, sorted(ties, key=lambda row: int(row["id"])), is_tie=True)
    _add(found, index.among(_INSTITUTIONS, parties), is_tie=False)
    _add(found, index.among(_TOWNS, parties), is_tie=False)
    return {number: tuple(each.values()) for number, each in found.items()}


def _add(found: Mapping[int, dict[int, Neighbour]], rows: Iterable[Row], is_tie: bool) -> None:
    for row in rows:
        number = row["id"] if is_tie else 0
        found[row["own"]].setdefault(row["other"], Neighbour(row["other"], number, row["events"]))

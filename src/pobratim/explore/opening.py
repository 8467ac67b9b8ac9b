"""What is opened in a picture: neighbours of a party, all or of one group; the strongest are drawn, the rest is one.

What is opened again has the next strongest drawn. However much is opened of a party, one node stands for all others.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from pobratim.explore.concepts import Label
from pobratim.explore.drafting import Draft
from pobratim.explore.index import Index
from pobratim.explore.neighbours import Neighbour, neighbours
from pobratim.explore.parties import Party, parties_of, party_of
from pobratim.messages import Language, texts

Grouping = Literal["country", "kind", "year"]
GROUPINGS: tuple[Grouping, ...] = ("country", "kind", "year")
STRONGEST = 12
"""So many are drawn when a party is opened."""
MOST = 150
"""So often something is opened in one picture."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A party whose neighbours are opened: all, or where ``by`` is given those with ``key`` for it."""

    ref: str
    by: Grouping | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """So many neighbours of a party that are not in the picture have this in common."""

    by: Grouping
    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Expand:
    """Whom a party has beside those in a picture, counted."""

    generation: int
    ref: str
    total: int
    groups: tuple[Group, ...]


def read_opened(values: Iterable[str]) -> tuple[Opened, ...]:
    """Return what is opened, of values "REF" and "REF~by.key" of an address, as often as it says so.

    What is none of both is passed over, and so is what comes after ``MOST``.
    """
    found = []
    for value in values:
        ref, _, group = value.partition("~")
        by, _, key = group.partition(".")
        known = next((each for each in GROUPINGS if each == by), None)
        if ref and (not group or (known and key)):
            found.append(Opened(ref, known, key))
    return tuple(found[:MOST])


def open_all(draft: Draft, opened: Sequence[Opened], left: Mapping[Party, Set[int]]) -> None:
    """Add what is opened to a picture, in its order; a party that is not in the picture opens nothing.

    ``left`` are neighbours of parties for whom there is no room. Of each party one node stands for these and for what
    is opened and not drawn.
    """
    rest = {party: set(others) for party, others in left.items()}
    asked = {each.ref for each in opened}
    for each in opened:
        party = party_of(draft.index, each.ref)
        if party is not None and party.number in draft.nodes:
            rest.setdefault(party, set()).update(_open(draft, party, each))
    for party, others in rest.items():
        if others - draft.nodes:
            draft.add_rest(party, "parties" if party.ref in asked else "partners", len(others - draft.nodes))


def counted(draft: Draft, party: Party, lang: Language) -> Expand:
    """Return whom a party has beside those in a picture, by country, by kind, and by the years of their ties."""
    around, parties = _beside(draft, party)
    keys = [(by, label) for each in around for by, label in _keys(draft.index, each, parties[each.party])]
    counts: dict[tuple[Grouping, Label], int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    groups = [Group(by, label.code, label.said(lang), count) for (by, label), count in counts.items()]
    order = {by: place for place, by in enumerate(GROUPINGS)}
    ranked = sorted(groups, key=lambda group: (order[group.by], 0 if group.by == "year" else -group.count, group.key))
    return Expand(draft.index.generation, party.ref, len(around), tuple(ranked))


def _open(draft: Draft, party: Party, opened: Opened) -> Set[int]:
    """Draw the strongest of those that are meant; return the numbers of the others."""
    around, parties = _beside(draft, party)
    wanted = [each for each in around if _is_meant(draft.index, each, parties[each.party], opened)]
    ties = {each.tie for each in wanted[:STRONGEST] if each.tie}
    rows = {row["id"]: row for row in draft.index.among("SELECT * FROM tie WHERE id IN ({})", ties)}
    for each in wanted[:STRONGEST]:
        if each.tie:
            draft.add_tie(rows[each.tie])
        elif party.kind == "place":
            draft.add_member(party.number, each.party)
        else:
            draft.add_member(each.party, party.number)
    return {each.party for each in wanted[STRONGEST:]}


def _beside(draft: Draft, party: Party) -> tuple[list[Neighbour], Mapping[int, Party]]:
    around = neighbours(draft.index, [party.number])[party.number]
    parties = parties_of(draft.index, {each.party for each in around})
    return [each for each in around if draft.is_beside(parties[each.party])], parties


def _is_meant(index: Index, neighbour: Neighbour, party: Party, opened: Opened) -> bool:
    if opened.by is None:
        return True
    return any(by == opened.by and label.code == opened.key for by, label in _keys(index, neighbour, party))


def _keys(index: Index, neighbour: Neighbour, party: Party) -> Iterator[tuple[Grouping, Label]]:
    """Yield the groups that a neighbour is of."""
    if party.country:
        yield "country", Label(party.country.code.lower(), party.country.ru, party.country.en)
    yield "kind", party.type or _kind(party.kind)
    for row in index.rows("SELECT year FROM tie_year WHERE tie = ? AND year > 0", neighbour.tie):
        yield "year", Label(str(row["year"]), str(row["year"]), str(row["year"]))


def _kind(kind: str) -> Label:
    name = "municipality" if kind == "place" else kind
    return Label(name, texts("picture", "ru").get(name, name), texts("picture", "en").get(name, name))

"""Ties, ranked: those of one party, or all, under a selection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from pobratim.explore import bits, grounds
from pobratim.explore.bits import Flags, Numbers
from pobratim.explore.chosen import chosen
from pobratim.explore.concepts import Label
from pobratim.explore.index import Index, Row
from pobratim.explore.parties import Party, parties_of
from pobratim.explore.selection import Selection
from pobratim.explore.tie_counts import Counts, counts_of

Sort = Literal["strength", "last", "agreements", "name", "country"]
SORTS: tuple[Sort, ...] = get_args(Sort)
_ORDERS: Mapping[Sort, str] = {
    "last": "SELECT id FROM tie ORDER BY end IS NULL, end DESC, id",
    "agreements": "SELECT id FROM tie ORDER BY agreements DESC, id",
}
_NAMED = """SELECT tie.id, a.id AS a, b.id AS b, a.name AS a_name, b.name AS b_name, a.country AS a_country,
b.country AS b_country FROM tie JOIN party AS a ON a.id = tie.a JOIN party AS b ON b.id = tie.b"""


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie of two parties: ``left`` is the one asked for, else ours; ``right`` is the partner.

    ``events`` and ``agreements`` count what the selection leaves of it, ``all_events`` and ``all_agreements`` all there
    is; ``years`` are the events that began in a year, ``undated`` those of which none is told. ``first`` and ``last``
    are as told of these, in EDTF ("2023", "2023-09", "2023-09-14"), "" where nothing is. ``sides`` is how many of the
    two countries report it.
    """

    number: int
    iri: str
    level: Label
    kind: Label
    left: Party
    right: Party
    first: str
    last: str
    events: int
    all_events: int
    years: Mapping[int, int]
    undated: int
    agreements: int
    all_agreements: int
    sides: int
    topics: tuple[Label, ...]

    @property
    def turned(self) -> "Tie":
        """Return the tie with its parties the other way round."""
        return replace(self, left=self.right, right=self.left)


@dataclass(frozen=True, slots=True)
class Ties:
    """A part of a list: ``rows`` are on this page, ``found`` ties are selected, ``total`` is with those hidden."""

    rows: tuple[Tie, ...]
    found: int
    total: int

    @property
    def hidden(self) -> int:
        """Return how many ties the selection leaves out."""
        return self.total - self.found


def selected_ties(
    index: Index, selection: Selection, sort: Sort = "strength", limit: int = 50, offset: int = 0
) -> Ties:
    """Return the ties that a selection chooses; what it hides is counted among all ties of its levels."""
    return _listed(index, selection, Selection(level=selection.level), None, (sort, limit, offset))


def ties_of(
    index: Index,
    party: Party,
    selection: Selection = Selection(),  # noqa: B008  (frozen)
    sort: Sort = "strength",
    limit: int = 50,
    offset: int = 0,
) -> Ties:
    """Return the ties that a party itself has, the party on the left."""
    own = own_ties(index, party)
    return _listed(index, selection, Selection(), (party, own), (sort, limit, offset))


def own_ties(index: Index, party: Party) -> int:
    """Return the ties of which a party is a side, as a set."""
    return index.numbers("SELECT id FROM tie WHERE a = ?1 UNION SELECT id FROM tie WHERE b = ?1", party.number)


def ties_at(
    index: Index,
    numbers: Sequence[int],
    asked: Party | None = None,
    selection: Selection = Selection(),  # noqa: B008  (frozen)
) -> tuple[Tie, ...]:
    """Return ties by their numbers, in their order, with what a selection leaves of each."""
    rows = {row["id"]: row for row in index.among("SELECT * FROM tie WHERE id IN ({})", numbers)}
    parties = parties_of(index, [row[side] for row in rows.values() for side in ("a", "b")])
    counts = counts_of(index, rows, selection)
    return tuple(
        _tie(index, rows[number], _sides(index, rows[number], parties, asked), counts[number]) for number in numbers
    )


def _listed(
    index: Index, selection: Selection, base: Selection, asked: tuple[Party, int] | None, page: tuple[Sort, int, int]
) -> Ties:
    sort, limit, offset = page
    within = asked[1] if asked else None
    found = chosen(index, "tie", selection, within).bits
    numbers = bits.first(found, _order(index, sort, selection, found), offset, limit)
    total = chosen(index, "tie", base, within).bits.bit_count()
    return Ties(ties_at(index, numbers, asked[0] if asked else None, selection), found.bit_count(), total)


def _order(index: Index, sort: Sort, selection: Selection, found: int) -> Numbers:
    """Return ties in an order, by what the selection leaves of them; the strongest begin with ours."""
    wanted = grounds.wanted(index, selection)
    if wanted is None or sort in ("name", "country"):
        return strongest(index) if sort == "strength" else index.order(f"tie-{sort}", lambda: _sorted(index, sort))
    numbers = np.flatnonzero(bits.flags(found, index.sizes["tie"]))
    if sort == "last":
        return _ranked(numbers, index.numbers_of("ground.end")[grounds.latest(index, wanted.all)])
    ranked = _ranked(numbers, grounds.counted(index, wanted.agreements if sort == "agreements" else wanted.events))
    return ranked if sort == "agreements" else _ours_first(index, ranked)


def _ranked(numbers: Numbers, counted: Numbers) -> Numbers:
    """Return numbers by what is counted of each, the most first."""
    return numbers[np.argsort(-counted[numbers], kind="stable")]


def sides_of(index: Index) -> tuple[Numbers, Numbers]:
    """Return the numbers of the two sides of each tie, by its own."""
    return index.numbers_of("tie.a"), index.numbers_of("tie.b")


def strongest(index: Index) -> Numbers:
    """Return all ties, ours first, those of most events first."""
    return index.order("tie-strength", lambda: _ours_first(index, np.arange(1, index.sizes["tie"] + 1)))


def _ours_first(index: Index, ranked: Numbers) -> Numbers:
    are_ours = index.once(_ours)[ranked]
    return np.concatenate([ranked[are_ours], ranked[~are_ours]])


def _ours(index: Index) -> Flags:
    """Return of each tie by number whether a side is ours."""
    ours = np.array(sorted(index.home.all), np.int64)
    one, other = (np.isin(side, ours) for side in sides_of(index))
    found: Flags = one | other
    return found


def _sorted(index: Index, sort: Sort) -> Sequence[int]:
    if sort in _ORDERS:
        return [row[0] for row in index.rows(_ORDERS[sort])]
    lands = {code: label.ru for (scheme, code), label in index.labels.items() if scheme == "country"}

    def key(row: Row) -> tuple[object, ...]:
        partner, other = ("a", "b") if _is_turned(index, row) else ("b", "a")
        names = row[f"{partner}_name"], row[f"{other}_name"], row["id"]
        return names if sort == "name" else (lands.get(row[f"{partner}_country"], "\uffff"), *names)

    return [row["id"] for row in sorted(index.rows(_NAMED), key=key)]


def _is_turned(index: Index, row: Row | Mapping[str, object]) -> bool:
    """Tell whether the second side of a tie is ours, or rather ours where both or neither are: of our country."""
    home = index.home
    one, other = ((row[side] in home.all, row[f"{side}_country"] == home.country) for side in ("a", "b"))
    return other > one


def _sides(index: Index, row: Row, parties: Mapping[int, Party], asked: Party | None) -> tuple[Party, Party]:
    one, other = parties[row["a"]], parties[row["b"]]
    if asked is not None:
        return (other, one) if other.number == asked.number else (one, other)
    told = {side: party.country.code if party.country else "" for side, party in (("a", one), ("b", other))}
    named = {"a": one.number, "b": other.number, "a_country": told["a"], "b_country": told["b"]}
    return (other, one) if _is_turned(index, named) else (one, other)


def _tie(index: Index, row: Row, sides: tuple[Party, Party], counts: Counts) -> Tie:
    return Tie(
        number=row["id"],
        iri=row["iri"],
        level=index.label("level", row["level"]),
        kind=index.label("tie-kind", row["kind"]),
        left=sides[0],
        right=sides[1],
        first=counts.first,
        last=counts.last,
        events=counts.events,
        all_events=row["events"],
        years=counts.years,
        undated=counts.undated,
        agreements=counts.agreements,
        all_agreements=row["agreements"],
        sides=row["sides"],
        topics=tuple(index.label("topic", each) for each in counts.topics),
    )

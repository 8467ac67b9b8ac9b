"""Ties, ranked: those of one party, or all, under a selection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from pobratim.explore import bits
from pobratim.explore.chosen import chosen
from pobratim.explore.concepts import Label
from pobratim.explore.index import Index, Row
from pobratim.explore.parties import Party, parties_of
from pobratim.explore.selection import Selection

Sort = Literal["strength", "last", "first", "agreements", "name", "country"]
SORTS: tuple[Sort, ...] = get_args(Sort)
_ORDERS: Mapping[Sort, str] = {
    "last": "SELECT id FROM tie ORDER BY end IS NULL, end DESC, id",
    "first": "SELECT id FROM tie ORDER BY start IS NULL, start DESC, id",
    "agreements": "SELECT id FROM tie ORDER BY agreements DESC, id",
}
_NAMED = """SELECT tie.id, a.id AS a, b.id AS b, a.name AS a_name, b.name AS b_name, a.country AS a_country,
b.country AS b_country FROM tie JOIN party AS a ON a.id = tie.a JOIN party AS b ON b.id = tie.b"""


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie of two parties: ``left`` is the one asked for, else ours; ``right`` is the partner.

    ``events`` counts all its events, ``years`` those that began in a year, ``undated`` those of which none is told.
    ``first`` and ``last`` are as told, in EDTF ("2023", "2023-09", "2023-09-14"), "" where nothing is. ``sides`` is how
    many of the two countries report it.
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
    del selection
    rows = {row["id"]: row for row in index.among("SELECT * FROM tie WHERE id IN ({})", numbers)}
    parties = parties_of(index, [row[side] for row in rows.values() for side in ("a", "b")])
    years: dict[int, dict[int, int]] = {}
    for row in index.among("SELECT tie, year, events FROM tie_year WHERE tie IN ({}) ORDER BY tie, year", numbers):
        years.setdefault(row["tie"], {})[row["year"]] = row["events"]
    topics: dict[int, list[Label]] = {}
    for row in index.among("SELECT tie, topic FROM tie_topic WHERE tie IN ({}) ORDER BY tie, topic", numbers):
        topics.setdefault(row["tie"], []).append(index.label("topic", row["topic"]))
    return tuple(
        _tie(index, rows[number], _sides(rows[number], parties, asked), years.get(number, {}), topics.get(number, []))
        for number in numbers
    )


def _listed(
    index: Index, selection: Selection, base: Selection, asked: tuple[Party, int] | None, page: tuple[Sort, int, int]
) -> Ties:
    sort, limit, offset = page
    within = asked[1] if asked else None
    found = chosen(index, "tie", selection, within).bits
    numbers = bits.first(found, _order(index, sort), offset, limit)
    total = chosen(index, "tie", base, within).bits.bit_count()
    return Ties(ties_at(index, numbers, asked[0] if asked else None), found.bit_count(), total)


def _order(index: Index, sort: Sort) -> Sequence[int]:
    if sort == "strength":
        return range(1, index.sizes["tie"] + 1)
    return index.order(f"tie-{sort}", lambda: _sorted(index, sort))


def _sorted(index: Index, sort: Sort) -> Sequence[int]:
    if sort in _ORDERS:
        return [row[0] for row in index.rows(_ORDERS[sort])]
    ours = index.home.all
    lands = {code: label.ru for (scheme, code), label in index.labels.items() if scheme == "country"}

    def key(row: Row) -> tuple[object, ...]:
        partner, other = ("a", "b") if row["b"] in ours and row["a"] not in ours else ("b", "a")
        names = row[f"{partner}_name"], row[f"{other}_name"], row["id"]
        return names if sort == "name" else (lands.get(row[f"{partner}_country"], "\uffff"), *names)

    return [row["id"] for row in sorted(index.rows(_NAMED), key=key)]


def _sides(row: Row, parties: Mapping[int, Party], asked: Party | None) -> tuple[Party, Party]:
    one, other = parties[row["a"]], parties[row["b"]]
    if asked is not None:
        return (other, one) if other.number == asked.number else (one, other)
    return (other, one) if other.is_ours and not one.is_ours else (one, other)


def _tie(index: Index, row: Row, sides: tuple[Party, Party], years: Mapping[int, int], topics: Sequence[Label]) -> Tie:
    first, _, last = (row["date"] or "").partition("/")
    return Tie(
        number=row["id"],
        iri=row["iri"],
        level=index.label("level", row["level"]),
        kind=index.label("tie-kind", row["kind"]),
        left=sides[0],
        right=sides[1],
        first=first,
        last=last or first,
        events=row["events"],
        all_events=row["events"],
        years={year: count for year, count in years.items() if year},
        undated=years.get(0, 0),
        agreements=row["agreements"],
        all_agreements=row["agreements"],
        sides=row["sides"],
        topics=tuple(topics),
    )

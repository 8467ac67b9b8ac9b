"""What is between two parties: the ties of which one side is of the one and the other of the other, and what these rest
on."""

from collections.abc import Iterable, Sequence

from pobratim.explore import bits
from pobratim.explore.index import Index, Subject
from pobratim.explore.parties import Party, parties_of, party_of

_BETWEEN = """SELECT tie.id, tie.a, tie.b FROM tie JOIN tie_of AS one ON one.tie = tie.id AND one.party = ?1
JOIN tie_of AS other ON other.tie = tie.id AND other.party = ?2"""


def concerning(index: Index, subject: Subject, places: Sequence[str], partners: Sequence[str]) -> int:
    """Return what concerns any of some parties, given by reference, as a set; with partners what is between one of
    these and one of those."""
    if not (places and partners):
        return bits.union([_of(index, subject, ref) for ref in (*places, *partners)])
    ones, others = _known(index, places), _known(index, partners)
    return bits.union([between(index, subject, one, other) for one in ones for other in others])


def between(index: Index, subject: Subject, one: Party, other: Party) -> int:
    """Return the ties between two parties, or the events or agreements that these rest on, as a set."""
    ties = ties_between(index, one, other)
    return ties if subject == "tie" else rested_on(index, subject, bits.numbers(ties))


def ties_between(index: Index, one: Party, other: Party) -> int:
    """Return the ties of which one side is of one party and the other side of the other, as a set."""
    return index.recalled(("between", one.number, other.number), lambda: _found(index, one, other))


def rested_on(index: Index, subject: Subject, ties: Iterable[int]) -> int:
    """Return the events, or the agreements, that ties, by their numbers, rest on, as a set."""
    found = index.among(f"SELECT {subject} FROM ground WHERE tie IN ({{}}) AND {subject} NOT NULL", ties)
    return bits.of(row[0] for row in found)


def is_within(party: Party, whole: Party) -> bool:
    """Tell whether a party is another one or in it: an institution in its town, a town in its region and country."""
    if whole.kind == "region":
        return party.number == whole.number or _code(party.region) == key_of_area(whole)
    if whole.kind == "country":
        return party.number == whole.number or _code(party.country) == key_of_area(whole)
    return party.number == whole.number or party.town == whole.ref


def _code(label: object) -> str:
    return str(getattr(label, "code", "")).lower()


def key_of_area(area: Party) -> str:
    """Return the code of a region or country, in small letters."""
    return area.ref.partition(":")[2]


def _known(index: Index, refs: Sequence[str]) -> list[Party]:
    return [party for party in (party_of(index, ref) for ref in refs) if party]


def _of(index: Index, subject: Subject, ref: str) -> int:
    sql = f"SELECT {subject} FROM {subject}_of JOIN party ON party.id = {subject}_of.party WHERE party.ref = ?"
    return index.numbers(sql, ref)


def _found(index: Index, one: Party, other: Party) -> int:
    rows = index.rows(_BETWEEN, one.number, other.number)
    parties = parties_of(index, {row[side] for row in rows for side in ("a", "b")})
    sides = ((row["id"], parties[row["a"]], parties[row["b"]]) for row in rows)
    return bits.of(tie for tie, a, b in sides if _are_of(a, one, b, other) or _are_of(b, one, a, other))


def _are_of(one: Party, left: Party, other: Party, right: Party) -> bool:
    """Tell whether one is of the left, the other of the right; where one of these is in the other, not both of it."""
    if not (is_within(one, left) and is_within(other, right)):
        return False
    if is_within(left, right):
        return not is_within(other, left)
    return not (is_within(right, left) and is_within(one, right))

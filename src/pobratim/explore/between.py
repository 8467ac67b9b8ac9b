"""What is between two parties: the ties of which one side is of the one and the other of the other, and what these rest
on."""

from collections.abc import Iterable, Sequence

from pobratim.explore import bits
from pobratim.explore.bits import Flags, Numbers
from pobratim.explore.index import Index, Subject
from pobratim.explore.parties import Party, party_of

AREAS = frozenset(("region", "country"))
"""Kinds of parties that whole columns of the index are of."""


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
    return index.recalled(("of", subject, ref), lambda: index.numbers(sql, ref))


def own_of(index: Index, party: Party) -> int:
    """Return a party and all that is in it (``is_within``), as a set of numbers of parties."""
    if party.kind in AREAS:
        sql = f"SELECT id FROM party WHERE {party.kind} = ? OR id = ?"
        return index.recalled(
            ("own", party.number), lambda: index.numbers(sql, key_of_area(party).upper(), party.number)
        )
    return index.numbers("SELECT id FROM party WHERE id = ?1 OR town = ?1", party.number)


def _found(index: Index, one: Party, other: Party) -> int:
    """Of all ties at once, by columns: of a country nearly all would be looked at one by one."""
    a, b = index.numbers_of("tie.a"), index.numbers_of("tie.b")
    most = index.once(_last_party)
    left, right = (bits.flags(own_of(index, party), most) for party in (one, other))

    def are_of(mine: Numbers, theirs: Numbers) -> Flags:
        """Tell whose one side is of the left and other side of the right; where one of these is in the other, not both
        sides of it."""
        both = left[mine] & right[theirs]
        if right[one.number]:
            return both & ~left[theirs]
        return both & ~right[mine] if left[other.number] else both

    return bits.from_flags(are_of(a, b) | are_of(b, a))


def _last_party(index: Index) -> int:
    return int(index.value("SELECT MAX(id) FROM party") or 0)

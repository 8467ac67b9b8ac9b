"""Two parties beside each other: what they did together, what they signed, and which of their institutions meet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pobratim.explore import bits
from pobratim.explore.chosen import chosen
from pobratim.explore.concepts import codes_under
from pobratim.explore.events import Event, Events, events_at, tie_events
from pobratim.explore.filling.facets import NONE
from pobratim.explore.index import Index
from pobratim.explore.parties import Party, parties_of
from pobratim.explore.register import Register, selected_agreements
from pobratim.explore.selection import Selection

EVENTS, AGREEMENTS, COUPLES = 60, 40, 40
"""So many of each are shown; all are counted."""
_BETWEEN = """SELECT tie.id, tie.a, tie.b FROM tie JOIN tie_of AS one ON one.tie = tie.id AND one.party = ?1
JOIN tie_of AS other ON other.tie = tie.id AND other.party = ?2 ORDER BY tie.id"""
_SCHOOLS = "school"


@dataclass(frozen=True, slots=True)
class Couple:
    """Two institutions that meet, one of the left party, one of the right, with how many events and agreements.

    ``is_schools`` tells that both are schools.
    """

    left: Party
    right: Party
    events: int
    agreements: int
    is_schools: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """What is told of two parties together. ``years`` counts events by the year they began, ``undated`` the others.

    ``found`` couples there are, ``schools`` of them of two schools. ``last`` is the latest date as told (EDTF), ""
    where none is. ``reporters`` told of the events; ``heard`` says of each of the two whether a report of it is loaded.
    ``around`` are all events of the two, whatever is selected, as a set.
    """

    left: Party
    right: Party
    events: Events
    agreements: Register
    couples: tuple[Couple, ...]
    found: int
    schools: int
    years: Mapping[int, int]
    undated: int
    last: str
    reporters: tuple[Party, ...]
    heard: tuple[bool, bool]
    around: int

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all is told of the two, whatever is selected."""
        return not (self.events.total or self.agreements.total)


def pair_of(index: Index, one: Party, other: Party, selection: Selection) -> Pair:
    """Return what is told of two parties, ours on the left, under a selection."""
    left, right = (other, one) if other.is_ours and not one.is_ours else (one, other)
    between = _between(index, left, right)
    ties = [each.tie for each in between]
    kept = chosen(index, "event", selection, tie_events(index, ties))
    years = _years(index, kept.bits)
    events = _earliest_first(index, kept.bits, kept.all)
    agreements = _agreements(index, ties)
    counting = _Kept(kept.bits, chosen(index, "agreement", selection, agreements).bits)
    couples = _couples(index, between, counting)
    return Pair(
        left,
        right,
        events,
        selected_agreements(index, selection, limit=AGREEMENTS, within=agreements),
        tuple(couples[:COUPLES]),
        len(couples),
        sum(couple.is_schools for couple in couples),
        {year: count for year, count in years.items() if year},
        years.get(0, 0),
        _last(index, kept.bits),
        _reporters(index, kept.bits),
        (is_heard(index, left), is_heard(index, right)),
        kept.all,
    )


def is_within(party: Party, whole: Party) -> bool:
    """Tell whether a party is another one or in it: an institution in its town, a town in its region and country."""
    if whole.kind == "region":
        return party.number == whole.number or _code(party.region) == _key(whole)
    if whole.kind == "country":
        return party.number == whole.number or _code(party.country) == _key(whole)
    return party.number == whole.number or party.town == whole.ref


def side_of(event: Event, whole: Party) -> tuple[Party, ...]:
    """Return who of a party took part in an event: institutions and places, no persons."""
    found = (each.party for each in event.participants if each.party.kind in ("institution", "place"))
    return tuple(dict.fromkeys(party for party in found if is_within(party, whole)))


def _code(label: object) -> str:
    return str(getattr(label, "code", "")).lower()


def _key(area: Party) -> str:
    return area.ref.partition(":")[2]


@dataclass(frozen=True, slots=True)
class _Between:
    """A tie of which one side is of the left party and the other of the right, by its number."""

    tie: int
    left: Party
    right: Party


def _between(index: Index, left: Party, right: Party) -> list[_Between]:
    """Return the ties between two parties and who is of them, the strongest first."""
    rows = index.rows(_BETWEEN, left.number, right.number)
    parties = parties_of(index, {row[side] for row in rows for side in ("a", "b")})
    found = []
    for row in rows:
        a, b = parties[row["a"]], parties[row["b"]]
        if _are_of(a, left, b, right):
            found.append(_Between(row["id"], a, b))
        elif _are_of(b, left, a, right):
            found.append(_Between(row["id"], b, a))
    return found


def _are_of(one: Party, left: Party, other: Party, right: Party) -> bool:
    """Tell whether one is of the left, the other of the right; where one of these is in the other, not both of it."""
    if not (is_within(one, left) and is_within(other, right)):
        return False
    if is_within(left, right):
        return not is_within(other, left)
    return not (is_within(right, left) and is_within(one, right))


def _agreements(index: Index, ties: Iterable[int]) -> int:
    found = index.among("SELECT agreement FROM ground WHERE tie IN ({}) AND agreement NOT NULL", ties)
    return bits.of(row[0] for row in found)


def _years(index: Index, events: int) -> dict[int, int]:
    counts = {code: (each & events).bit_count() for code, each in index.facets.get(("event", "year"), {}).items()}
    return {0 if code == NONE else int(code): count for code, count in sorted(counts.items()) if count}


def _earliest_first(index: Index, kept: int, everything: int) -> Events:
    """Return events in the order of their days, those without a date last: their numbers begin with these."""
    undated = index.facets.get(("event", "year"), {}).get(NONE, bits.NOTHING)
    numbers = bits.first(kept & ~undated, range(1, index.sizes["event"] + 1), 0, EVENTS)
    numbers += bits.first(kept & undated, range(1, index.sizes["event"] + 1), 0, EVENTS - len(numbers))
    return Events(events_at(index, numbers), kept.bit_count(), everything.bit_count())


def _last(index: Index, events: int) -> str:
    numbers = bits.first(events, range(index.sizes["event"], 0, -1), 0, 1)
    date = next((row["date"] or "" for row in index.among("SELECT date FROM event WHERE id IN ({})", numbers)), "")
    return str(date).rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The events and agreements that are selected, as sets."""

    events: int
    agreements: int


def _couples(index: Index, between: Iterable[_Between], kept: _Kept) -> list[Couple]:
    """Return who meets whom in what is selected, schools first, then the strongest."""
    institutions = [each for each in between if {each.left.kind, each.right.kind} == {"institution"}]
    counts = _counts(index, [each.tie for each in institutions], kept)
    schools = codes_under("party-kind", _SCHOOLS)
    found = []
    for each in institutions:
        if each.tie in counts:
            are_schools = all(side.type and side.type.code in schools for side in (each.left, each.right))
            found.append(Couple(each.left, each.right, *counts[each.tie], are_schools))
    return sorted(found, key=lambda couple: (not couple.is_schools, -couple.events))


def _counts(index: Index, ties: list[int], kept: _Kept) -> dict[int, tuple[int, int]]:
    """Return how many selected events and agreements each tie rests on; ties without any are left out."""
    found: dict[int, tuple[set[int], set[int]]] = {}
    for row in index.among("SELECT tie, event, agreement FROM ground WHERE tie IN ({})", ties):
        events, agreements = found.setdefault(row["tie"], (set(), set()))
        if row["event"] is not None and kept.events >> row["event"] & 1:
            events.add(row["event"])
        if row["agreement"] is not None and kept.agreements >> row["agreement"] & 1:
            agreements.add(row["agreement"])
    return {tie: (len(events), len(signed)) for tie, (events, signed) in found.items() if events or signed}


def _reporters(index: Index, events: int) -> tuple[Party, ...]:
    numbers = bits.first(events, range(1, index.sizes["event"] + 1), 0, index.sizes["event"])
    rows = index.among("SELECT DISTINCT reporter FROM account WHERE event IN ({}) AND reporter NOT NULL", numbers)
    found = parties_of(index, {row["reporter"] for row in rows})
    return tuple(sorted(found.values(), key=lambda party: party.ref))


def is_heard(index: Index, party: Party) -> bool:
    """Tell whether anything is loaded that a party, or anybody of it, reported; of an institution its town."""
    field = {"region": "region", "country": "country", "institution": "ref"}.get(party.kind, "id")
    value = {"region": _key(party).upper(), "country": _key(party).upper(), "institution": party.town}
    sql = f"SELECT 1 FROM account JOIN party ON party.id = reporter WHERE party.{field} = ? LIMIT 1"
    return index.value(sql, value.get(party.kind, party.number)) is not None

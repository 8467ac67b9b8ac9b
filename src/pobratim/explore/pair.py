"""Two parties beside each other: what they did together, what they signed, and which of their institutions meet."""

from collections.abc import Mapping
from dataclasses import dataclass

from pobratim.explore import bits
from pobratim.explore.between import between, is_within, key_of_area, ties_between
from pobratim.explore.chosen import chosen
from pobratim.explore.concepts import Label, codes_under
from pobratim.explore.events import Event, Events, last_date, newest_of
from pobratim.explore.filling.facets import NONE
from pobratim.explore.index import Index
from pobratim.explore.parties import Party, parties_of
from pobratim.explore.register import Register, selected_agreements
from pobratim.explore.selection import Selection
from pobratim.explore.ties import ties_at

EVENTS, AGREEMENTS, COUPLES = 24, 12, 40
"""So many of each are shown, the newest and the strongest; all are counted."""
INSTITUTIONS = "institution"
"""The level of ties of two institutions."""
_SCHOOLS = "school"


@dataclass(frozen=True, slots=True)
class Couple:
    """Two that meet, one of the left party, one of the right, with how many events and agreements: institutions, or an
    institution and the town itself.

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

    ``found`` couples there are, ``institutions`` of them of two institutions, ``schools`` of two schools. ``topics``
    are those of most events first. ``last`` is the latest date as told (EDTF), "" where none is. ``reporters`` told of
    the events; ``heard`` says of each of the two whether a report of it is loaded. ``around`` are all events of the
    two, whatever is selected, as a set.
    """

    left: Party
    right: Party
    events: Events
    agreements: Register
    couples: tuple[Couple, ...]
    found: int
    institutions: int
    schools: int
    years: Mapping[int, int]
    undated: int
    topics: tuple[Label, ...]
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
    kept = chosen(index, "event", selection, between(index, "event", left, right))
    years = _years(index, kept.bits)
    agreements = between(index, "agreement", left, right)
    couples = _couples(index, left, right, selection)
    return Pair(
        left,
        right,
        newest_of(index, kept, EVENTS),
        selected_agreements(index, selection, limit=AGREEMENTS, within=agreements),
        tuple(couples[:COUPLES]),
        len(couples),
        sum({couple.left.kind, couple.right.kind} == {INSTITUTIONS} for couple in couples),
        sum(couple.is_schools for couple in couples),
        {year: count for year, count in years.items() if year},
        years.get(0, 0),
        _topics(index, kept.bits),
        last_date(index, kept.bits),
        _reporters(index, kept.bits),
        (is_heard(index, left), is_heard(index, right)),
        kept.all,
    )


def side_of(event: Event, whole: Party) -> tuple[Party, ...]:
    """Return who of a party took part in an event: institutions and places, no persons."""
    found = (each.party for each in event.participants if each.party.kind in ("institution", "place"))
    return tuple(dict.fromkeys(party for party in found if is_within(party, whole)))


def _years(index: Index, events: int) -> dict[int, int]:
    counts = {code: (each & events).bit_count() for code, each in index.facets.get(("event", "year"), {}).items()}
    return {0 if code == NONE else int(code): count for code, count in sorted(counts.items()) if count}


def _topics(index: Index, events: int) -> tuple[Label, ...]:
    counts = {code: (each & events).bit_count() for code, each in index.facets.get(("event", "topic"), {}).items()}
    told = sorted((code for code, count in counts.items() if count and code != NONE), key=lambda code: -counts[code])
    return tuple(index.label("topic", code) for code in told)


def _couples(index: Index, left: Party, right: Party, selection: Selection) -> list[Couple]:
    """Return who meets whom in what is selected, schools first, then the strongest."""
    institutions = Selection(level=(INSTITUTIONS,))
    kept = chosen(index, "tie", institutions, ties_between(index, left, right)).bits
    ties = ties_at(index, bits.numbers(chosen(index, "tie", selection, kept).bits), selection=selection)
    schools = codes_under("party-kind", _SCHOOLS)
    found = []
    for each in ties:
        one, other = (each.left, each.right) if is_within(each.left, left) else (each.right, each.left)
        are_schools = all(side.type and side.type.code in schools for side in (one, other))
        found.append(Couple(one, other, each.events, each.agreements, are_schools))
    return sorted(found, key=lambda couple: (not couple.is_schools, -couple.events))


def _reporters(index: Index, events: int) -> tuple[Party, ...]:
    numbers = bits.first(events, range(1, index.sizes["event"] + 1), 0, index.sizes["event"])
    rows = index.among("SELECT DISTINCT reporter FROM account WHERE event IN ({}) AND reporter NOT NULL", numbers)
    found = parties_of(index, {row["reporter"] for row in rows})
    return tuple(sorted(found.values(), key=lambda party: party.ref))


def is_heard(index: Index, party: Party) -> bool:
    """Tell whether anything is loaded that a party, or anybody of it, reported; of an institution its town."""
    field = {"region": "region", "country": "country", "institution": "ref"}.get(party.kind, "id")
    value = {"region": key_of_area(party).upper(), "country": key_of_area(party).upper(), "institution": party.town}
    sql = f"SELECT 1 FROM account JOIN party ON party.id = reporter WHERE party.{field} = ? LIMIT 1"
    return index.value(sql, value.get(party.kind, party.number)) is not None

"""What is told of one party: whom it is tied to, what it took part in, what it signed, who belongs to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from pobratim.explore import bits
from pobratim.explore.agreements import party_agreements
from pobratim.explore.between import is_within
from pobratim.explore.chosen import chosen
from pobratim.explore.concepts import Label
from pobratim.explore.events import Events, last_date, newest_of, party_events
from pobratim.explore.filling.facets import NONE
from pobratim.explore.index import Index
from pobratim.explore.pair import is_heard
from pobratim.explore.parties import Party, parties_of
from pobratim.explore.register import Register, selected_agreements
from pobratim.explore.selection import Selection
from pobratim.explore.ties import Tie, ties_at

_MEMBERS: Mapping[str, str] = {
    "place": "town = ? AND kind = 'institution'",
    "region": "region = ? AND kind = 'place'",
    "country": "country = ? AND kind = 'place'",
}
"""Who belongs to a party of a kind: the institutions of a town, the towns of a region or country."""
_AREAS = ("region", "country")


@dataclass(frozen=True, slots=True)
class Limits:
    """How many of each are wanted."""

    ties: int = 12
    events: int = 12
    agreements: int = 8
    members: int = 12


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is told of a party under a selection.

    ``ties`` are the strongest of the ``found`` that are selected, of ``total``, each with the party, or who of it, on
    the left. ``lands`` are the countries of all partners. ``first_year`` and ``last_year`` are those of its events, 0
    where none has a year. ``members`` are those of most events, of ``members_total``. ``is_heard`` tells whether a
    report of it is here, ``signed`` are the IRIs of all its agreements, ``around`` all its events as a set.
    """

    party: Party
    ties: tuple[Tie, ...]
    found: int
    total: int
    lands: tuple[Label, ...]
    events: Events
    agreements: Register
    first_year: int
    last_year: int
    last: str
    members: tuple[Party, ...]
    members_total: int
    is_heard: bool
    signed: frozenset[str]
    around: int

    @property
    def is_area(self) -> bool:
        """Tell whether ties are those of the towns in it."""
        return self.party.kind in _AREAS


def dossier_of(index: Index, party: Party, selection: Selection, most: Limits) -> Dossier:
    """Return what is told of a party under a selection."""
    own = _ties(index, party)
    kept = chosen(index, "tie", selection, own)
    every = range(1, index.sizes["tie"] + 1)
    events = party_events(index, party)
    selected = chosen(index, "event", selection, events)
    members = _members(index, party)
    named = parties_of(index, members[: most.members])
    return Dossier(
        party,
        tuple(_turned(tie, party) for tie in ties_at(index, bits.first(kept.bits, every, 0, most.ties))),
        kept.bits.bit_count(),
        own.bit_count(),
        _lands(index, party, kept.bits),
        newest_of(index, selected, most.events),
        selected_agreements(index, selection, limit=most.agreements, within=party_agreements(index, party)),
        *_years(index, selected.bits),
        last_date(index, selected.bits),
        tuple(named[number] for number in members[: most.members]),
        len(members),
        is_heard(index, party),
        _signed(index, party),
        events,
    )


def _ties(index: Index, party: Party) -> int:
    """Return the ties that tell of a party at its own level: of an institution its own, of others those of towns."""
    level = "institution" if party.kind == "institution" else "municipality"
    return index.numbers(
        "SELECT tie FROM tie_of JOIN tie ON tie.id = tie WHERE party = ? AND level = ?", party.number, level
    )


def _turned(tie: Tie, party: Party) -> Tie:
    """Return a tie with who is of the party on the left."""
    if is_within(tie.left, party) or not is_within(tie.right, party):
        return tie
    return tie.turned


def _lands(index: Index, party: Party, ties: int) -> tuple[Label, ...]:
    own = party.ref.partition(":")[2].upper() if party.kind == "country" else party.country and party.country.code
    codes = (code for code, each in index.facets.get(("tie", "country"), {}).items() if each & ties)
    return tuple(index.label("country", code) for code in sorted(codes) if code not in (own, NONE))


def _years(index: Index, events: int) -> tuple[int, int]:
    years = index.facets.get(("event", "year"), {})
    told = [int(year) for year, each in years.items() if year != NONE and each & events]
    return min(told, default=0), max(told, default=0)


def _signed(index: Index, party: Party) -> frozenset[str]:
    sql = "SELECT iri FROM agreement JOIN agreement_of ON agreement = agreement.id WHERE party = ?"
    return frozenset(row[0] for row in index.rows(sql, party.number))


def _members(index: Index, party: Party) -> list[int]:
    condition = _MEMBERS.get(party.kind)
    if condition is None:
        return []
    code = party.number if party.kind == "place" else party.ref.partition(":")[2].upper()
    sql = f"SELECT id FROM party WHERE {condition} AND events > 0 ORDER BY events DESC, id"
    return [row[0] for row in index.rows(sql, code)]

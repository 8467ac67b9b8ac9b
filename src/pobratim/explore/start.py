"""What the first screen tells: our strongest partners, with which countries, what is new, quiet or late, and where."""

from collections.abc import Iterator
from dataclasses import dataclass

from pobratim.compare.periods import period_of
from pobratim.explore.changes import Changes, changes, usual_periods
from pobratim.explore.chosen import chosen
from pobratim.explore.concepts import Label
from pobratim.explore.filling.facets import NONE
from pobratim.explore.index import Index
from pobratim.explore.parties import Party, parties_of
from pobratim.explore.points import TieMap, tie_map
from pobratim.explore.register import Register, selected_agreements
from pobratim.explore.selection import Selection
from pobratim.explore.ties import Ties, selected_ties

LEVELS = ("municipality", "institution", "region", "country")
"""Levels of ties in the order in which the first that there is will do."""
PARTNERS = 10
COUNTRIES = 6
PLACES = 8
"""So many partners, countries, and places of ours are shown, the strongest."""
ARCS = 60
"""So many pairs of places the small map has at most."""
_MOST_HOME = 30
"""Of so many places of ours an address can name each; of more all ties are shown, ours first."""


@dataclass(frozen=True, slots=True)
class Start:
    """What the first screen tells of ours: ``selection`` is what its lists and numbers are of, and their links name.

    ``countries`` are those of most events, with their number. ``periods`` are those that ``changes`` compares, as an
    address names them ("2022..2024", "2025"); None where no report tells of days. ``reports`` and ``rows`` count all
    that is loaded. ``ours`` are our towns and districts of most events, ``school`` is an institution with a number in
    its name and a tie, ``partner`` the strongest partner.
    """

    selection: Selection
    home: tuple[Party, ...]
    ties: Ties
    countries: tuple[tuple[Label, int], ...]
    periods: tuple[str, str] | None
    changes: Changes | None
    register: Register
    map: TieMap
    reports: int
    rows: int
    partner: Party | None
    school: Party | None
    ours: tuple[Party, ...]


def start_of(index: Index) -> Start:
    """Return what the first screen tells."""
    there = index.facets.get(("tie", "level"), {})
    ours = _ours(index)
    selection = ours.with_(level=next((each for each in LEVELS if each in there), LEVELS[0]))
    ties = selected_ties(index, selection, limit=PARTNERS)
    periods = usual_periods(index)
    spans = [period_of(each.replace("..", "/")) for each in periods] if periods else []
    return Start(
        selection=selection,
        home=_named(index),
        ties=ties,
        countries=tuple(_countries(index, ours))[:COUNTRIES],
        periods=periods,
        changes=changes(index, selection, spans[0], spans[1], {}) if spans else None,
        register=selected_agreements(index, ours, limit=0),
        map=tie_map(index, selection, ARCS),
        reports=int(index.value("SELECT COUNT(*) FROM report")),
        rows=int(index.value("SELECT COUNT(*) FROM account")),
        partner=ties.rows[0].right if ties.rows else None,
        school=_school(index),
        ours=tuple(_own_places(index)),
    )


def _named(index: Index) -> tuple[Party, ...]:
    """Return the places and regions that the setting names, none where it names none."""
    return (
        tuple(sorted(parties_of(index, index.home.named).values(), key=lambda party: party.ref))
        if index.home.is_set
        else ()
    )


def _own_places(index: Index) -> Iterator[Party]:
    """Yield our towns and districts, those of most events first."""
    rows = index.rows("SELECT id FROM party WHERE kind = 'place' AND events > 0 ORDER BY events DESC, id")
    numbers = [row["id"] for row in rows if row["id"] in index.home.all][:PLACES]
    known = parties_of(index, numbers)
    yield from (known[number] for number in numbers)


def _ours(index: Index) -> Selection:
    """Return the selection of what concerns ours, of everything where ours are all that report, or too many."""
    named = _named(index)
    return Selection(place=tuple(party.ref for party in named)) if len(named) <= _MOST_HOME else Selection()


def _countries(index: Index, selection: Selection) -> Iterator[tuple[Label, int]]:
    """Yield the countries of partners with their events, those of most events first."""
    kept = chosen(index, "event", selection).bits
    sets = index.facets.get(("event", "country"), {})
    counts = {code: (each & kept).bit_count() for code, each in sets.items()}
    for code in sorted(counts, key=lambda code: (-counts[code], code)):
        if counts[code] and code != NONE and code != index.home.country:
            yield index.label("country", code), counts[code]


def _school(index: Index) -> Party | None:
    """Return the institution of most events whose short name has a number, from abroad where there is one."""
    rows = index.rows(
        """SELECT id, country FROM party WHERE kind = 'institution' AND ties > 0 AND town NOT NULL
        AND short GLOB '*№ [0-9]*' AND LENGTH(short) < 40 ORDER BY events DESC, id LIMIT 100"""
    )
    found = min(rows, key=lambda row: row["country"] == index.home.country, default=None)
    return parties_of(index, [found["id"]])[found["id"]] if found else None

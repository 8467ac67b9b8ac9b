"""The town where an event was: of it a guest body is of whose town nothing is told, if it lies in its country."""

from pobratim.extract.context import RowView
from pobratim.extract.geo import Geo
from pobratim.extract.organisations import Mention
from pobratim.extract.organisations.seat import Seat
from pobratim.lexicon.words import WORDS

_FROM = WORDS.of("preposition-from")
_RULING = ("represents", "power", "supranational", "perCountry", "collective")
"""Marks of kinds that are of a land rather than of a town."""


def where_it_was_met(view: RowView, mention: Mention, seat: Seat) -> Seat:
    """Return a guest's seat with the one town of its country in which the event was («Университет Зимбабве»: Хараре).

    Not of a body that rules an area or represents its country.
    """
    towns = {place.name for place in view.record.places if place.country == seat.country}
    area = any(geo.kind in {"region", "district"} for geo in (*mention.geos, *mention.beside))
    beyond = mention.kind is not None and any(view.marked(mention.kind.local, mark) for mark in _RULING)
    return seat if len(towns) != 1 or area or beyond or seat.region else seat._replace(place=next(iter(towns)))


def nearest_place(view: RowView, mention: Mention, column: str) -> Geo | None:
    """Return the settlement before a venue in the place cell, else the row's only place; from elsewhere some join."""
    cell = view.cells.get("place")
    towns = [g for g in view.geos.get("place", []) if g.kind == "settlement"]
    geos = [g for g in towns if cell is not None and cell.low(g.first - 1) not in _FROM]
    if column == "place":
        before = [g for g in geos if g.last <= mention.first]
        return before[-1] if before else next(iter(geos), None)
    names = {g.name for g in geos}
    return geos[0] if len(names) == 1 else None

"""Whether a guest body, of whose town nothing is told, is of the town of its country in which the event was."""

from pobratim.extract.context import RowView
from pobratim.extract.organisations import Mention
from pobratim.extract.organisations.seat import Seat

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

"""Whether a body at home, of whose town nothing is told, is of the town that reports."""

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.organisations import Mention
from pobratim.extract.organisations.anchors import toponymic
from pobratim.extract.organisations.seat import REGIONAL, Seat, of_region
from pobratim.lexicon.words import WORDS

_UNTOLD = -1
_NATIONWIDE = WORDS.of("nationwide")
_BEYOND_TOWNS = ("proper", "power", "represents", "perCountry", "supranational", "grants", "outpost")
"""Marks of kinds that are a whole country's, known by name wherever they are spoken of, or out of their body's town."""


def of_the_centre(view: RowView, cell: CellText, mention: Mention, seat: Seat) -> bool:
    """Tell whether a body is its region's («Федерация шахмат Калмыкии», «Марийский университет») and a row its centre's.

    Regions' bodies sit where the region is governed from; in the report of another town nothing tells where they are.
    """
    home = view.record.home
    if home.kind != "settlement" or not home.region or _beyond(view, cell, mention, seat):
        return False
    if home.region not in view.lexicon.bearers("centre", "region").get(home.name, ()):
        return False
    if seat.region:
        return seat.region == home.region
    adjectives = (lemma for t in cell.tokens[mention.first : mention.last] if toponymic(t) for lemma in t.word.lemmas)
    return seat.adjective == REGIONAL and any(of_region(view.lexicon, lemma, home.region) for lemma in adjectives)


def of_the_town(view: RowView, cell: CellText, mention: Mention, seat: Seat, role: str) -> bool:
    """Tell whether a body that no word places elsewhere is the reporting town's own («ООО «Портофлот»», «ПетрГУ»).

    What only supports an event may be anywhere, and so may what is a venue in another town at home.
    """
    home = view.record.home
    if home.kind != "settlement" or seat.region or seat.adjective != _UNTOLD or role == "supporter":
        return False
    if any(geo.kind in {"country", "region"} for geo in mention.geos) or _beyond(view, cell, mention, seat):
        return False
    elsewhere = any(place.name != home.name and not view.foreign(place.country) for place in view.record.places)
    return not (elsewhere and role in {"venue", "host", "other"})


def _beyond(view: RowView, cell: CellText, mention: Mention, seat: Seat) -> bool:
    """Tell whether a body is abroad, a whole country's, or of many places."""
    if view.foreign(seat.country) or (mention.kind is not None and _beyond_towns(view, mention.kind.local)):
        return True
    return any(t.word.lemmas & _NATIONWIDE for t in cell.tokens[mention.first : mention.last])


def _beyond_towns(view: RowView, kind: str) -> bool:
    return any(view.marked(kind, mark) for mark in _BEYOND_TOWNS)

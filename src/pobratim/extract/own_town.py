"""Whether a body at home, of whose town nothing is told, is of the town that reports."""

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.organisations import Mention
from pobratim.extract.organisations.anchors import flag, toponymic
from pobratim.extract.organisations.seat import REGIONAL, Seat
from pobratim.extract.regions import of_region
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Token
from pobratim.text.words import fold

_UNTOLD = -1
_FEWEST = 2
"""Letters of a piece of a place's name that begins initials, and of the initials: «ОмГУ»."""
_NATIONWIDE = WORDS.of("nationwide")
_BEYOND_REGIONS = ("proper", "represents", "perCountry", "supranational", "grants", "outpost")
"""Marks of kinds that are a whole country's, known by name wherever they are spoken of, or out of their body's town."""
_BEYOND_TOWNS = (*_BEYOND_REGIONS, "power")


def of_the_centre(view: RowView, cell: CellText, mention: Mention, seat: Seat) -> bool:
    """Tell whether a body is a region's («Федерация шахмат Калмыкии», «Марийский университет») and a row its centre's.

    Regions' bodies sit where the region is governed from; in the report of another town nothing tells where they are.
    """
    home = view.record.home
    if not _is_centre(view) or _beyond(view, cell, mention, seat, _BEYOND_REGIONS):
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
    if flag(mention.form, "bygone"):
        return False
    if any(_of_another(view, token) for token in cell.tokens[mention.first : mention.last]):
        return False
    named = mention.legal is None and any(geo.kind in {"country", "region"} for geo in mention.geos)
    if named or _beyond(view, cell, mention, seat, _BEYOND_TOWNS):
        return False
    elsewhere = any(place.name != home.name and not view.foreign(place.country) for place in view.record.places)
    return not (elsewhere and role in {"venue", "host", "other"})


def _is_centre(view: RowView) -> bool:
    """Tell whether a region is governed from the town that reports."""
    home = view.record.home
    return home.kind == "settlement" and home.region in view.lexicon.bearers("centre", "region").get(home.name, ())


def _of_another(view: RowView, token: Token) -> bool:
    """Tell whether a word is of a place («Южно-Уральский»), or initials that begin as another town does («ОмГУ»)."""
    begun, home = _begun(token.text), view.record.home
    if not begun:
        own = _is_centre(view) and any(of_region(view.lexicon, lemma, home.region) for lemma in token.word.lemmas)
        return toponymic(token) and not own
    regions = (c for c in view.lexicon.concepts("region") if c.notation == home.region)
    words = [home.name, *(name for concept in regions for name in concept.inflected)]
    return not any(part.startswith(begun) for name in words for part in fold(name).replace("-", " ").split())


def _begun(text: str) -> str:
    """Return the piece of a place's name, folded, that begins a body's initials («Петр|ГУ»), "" if none does."""
    end = next((n for n, letter in enumerate(text) if n and letter.isupper()), 0)
    initials = text[end:]
    return fold(text[:end]) if end >= _FEWEST <= len(initials) and initials.isupper() else ""


def _beyond(view: RowView, cell: CellText, mention: Mention, seat: Seat, marks: tuple[str, ...]) -> bool:
    """Tell whether a body is abroad, of many places by its kind, or a whole country's by a word of its name."""
    if view.foreign(seat.country):
        return True
    if mention.kind is not None and any(view.marked(mention.kind.local, mark) for mark in marks):
        return True
    return beyond_words(cell, mention)


def beyond_words(cell: CellText, mention: Mention) -> bool:
    """Tell whether a word of a name says that the body is a whole country's («Российский союз …»).

    Behind a legal form that word counts in the quotation only: what follows is the founder («… Минздрава России»).
    """
    first, last = (mention.quote or mention.legal) if mention.legal is not None else (mention.first, mention.last)
    return any(t.word.lemmas & _NATIONWIDE for t in cell.tokens[first:last])

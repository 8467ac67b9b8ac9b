"""Whose side a list of participants tells by the words that lead it: «С китайской стороны: …», «От Солигорска – …»."""

from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.geo import Geo
from pobratim.lexicon.words import WORDS

_SIDE, _FROM = WORDS.of("side-word"), WORDS.of("side-from")
_WITH = WORDS.of("preposition-with")
_MARKS = {":", "–", "—", "-"}
_MOST = 3
"""So many words at most stand between the side and the mark behind it."""


class Side(NamedTuple):
    """The side that leads a list: its town, "" where only the country is told, and the country."""

    place: str
    country: str
    region: str


def side_at(view: RowView, column: str, index: int) -> Side | None:
    """Return the side of what a cell names at a token, None where neither words lead there nor the heading tells it.

    Guests of whom nothing more is said are of the one country abroad that the row names.
    """
    cell = view.cells[column]
    for at in range(index - 1, 0, -1):
        if _ends(cell, at):
            break
        if cell.tokens[at].text in _MARKS and (side := _led(view, cell, 0, at)) is not None:
            return side
    abroad = view.countries_of_places() if view.guests and column == "participants" else set()
    return Side("", next(iter(abroad)), "") if len(abroad) == 1 else None


def _ends(cell: CellText, index: int) -> bool:
    """Tell whether a full stop ends a sentence: a semicolon only parts those of one side."""
    return cell.tokens[index].text == "." and len(cell.low(index - 1)) > _MOST


def _led(view: RowView, cell: CellText, first: int, mark: int) -> Side | None:
    """Return the side that the words before a mark tell."""
    geo = next((g for g in view.geos.get(cell.column, ()) if g.last == mark and g.country), None)
    if geo is not None:
        before = geo.first - 1
        of_side = before > first and not cell.tokens[before].word.lemmas.isdisjoint(_SIDE)
        return _of(geo) if of_side or cell.low(before) in _FROM else None
    side = next((at for at in range(mark - 1, max(first, mark - _MOST) - 1, -1) if _is_side(cell, at)), -1)
    adjective = side - 1 if side >= 0 else mark - 1
    ruled = side >= 0 or cell.low(adjective - 1) in _WITH
    return _of_adjective(view, cell, adjective) if ruled and adjective >= first else None


def _is_side(cell: CellText, index: int) -> bool:
    return not cell.tokens[index].word.lemmas.isdisjoint(_SIDE)


def _of(geo: Geo) -> Side:
    return Side(geo.name if geo.kind == "settlement" else "", geo.country, geo.region)


def _of_adjective(view: RowView, cell: CellText, index: int) -> Side | None:
    """Return the side of an adjective of a country or a town («китайская», «брестская»)."""
    word = cell.tokens[index].word
    if not word.adjectival():
        return None
    countries, gazetteer = view.lexicon.country_adjectives, view.geographer.gazetteer
    country = next((countries[lemma] for lemma in sorted(word.lemmas) if lemma in countries), "")
    if country:
        return Side("", country, "")
    towns = [town for lemma in sorted(word.lemmas) for town in gazetteer.by_adjective(lemma)]
    named = {geo.name: geo for geos in view.geos.values() for geo in geos if geo.kind == "settlement"}
    return next((_of(named[town.name]) for town in towns if town.name in named), None)

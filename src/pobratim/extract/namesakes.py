"""Which of places of one name a row means: once all of its cells are read, the countries that it names decide."""

from collections.abc import Mapping, Set
from dataclasses import replace

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.geo import Geo
from pobratim.extract.participants import foreign_adjectives
from pobratim.extract.place_names import candidates
from pobratim.lexicon.words import WORDS

_STREETS = WORDS.of("street-word")
_VILLAGES = WORDS.of("village-abbreviation")
_UNSURE = 20_000
"""A place abroad of fewer people is not meant by a village's name of which the row says no country."""


def settle(view: RowView) -> None:
    """Take the names of streets for no places; give others of many namesakes the country that the row names."""
    for column, geos in view.geos.items():
        cell = view.cells[column]
        view.geos[column] = [geo for geo in geos if not _of_a_street(cell, geo)]
    told = {g.country for geos in view.geos.values() for g in geos if g.kind in {"country", "region"}}
    told |= {country for cell in view.cells.values() for country, _ in foreign_adjectives(view, cell)}
    abroad = {country for country in told if view.foreign(country)}
    sure = {geo.name: geo.country for geos in view.geos.values() for geo in geos if geo.country in abroad}
    for column, geos in view.geos.items():
        view.geos[column] = [_meant(view, view.cells[column], geo, abroad, sure) for geo in geos]


def _of_a_street(cell: CellText, geo: Geo) -> bool:
    """Tell whether a street has its name of a place («набережная Варкауса»); not «площадь г. Бреста»."""
    if geo.kind != "settlement" or geo.marked or geo.first == 0 or not cell.tokens[geo.first].word.has("gent"):
        return False
    before = geo.first - 1 - (cell.low(geo.first - 1) == ".")
    return before >= 0 and not cell.tokens[before].word.lemmas.isdisjoint(_STREETS)


def _meant(view: RowView, cell: CellText, geo: Geo, abroad: Set[str], sure: Mapping[str, str]) -> Geo:
    """Return a place with the country that is meant."""
    if geo.kind == "district":
        country = sure.get(geo.name, "") or (_of_its_town(view, geo, abroad) if not geo.country else "")
        return replace(geo, country=country, region="") if country and country != geo.country else geo
    if geo.kind == "settlement" and not geo.region and _cut_short(geo.name, view.record.home.name):
        return replace(geo, name=view.record.home.name, region=view.record.home.region, settlement=None)
    if geo.kind != "settlement" or not view.foreign(geo.country) or geo.country in abroad:
        return geo
    if geo.name in sure:
        return replace(geo, country=sure[geo.name], region="", settlement=None)
    return _namesake(view, cell, geo, abroad) or _village(view, cell, geo) or geo


def _cut_short(name: str, home: str) -> bool:
    """Tell whether a name is what of the reporter's is said for short («Ростов»: Ростов-на-Дону)."""
    first, _, rest = home.partition("-")
    return name == first and "-" in rest


def _namesake(view: RowView, cell: CellText, geo: Geo, abroad: Set[str]) -> Geo | None:
    """Return the namesake of a town that lies in a country of the row («Университет Анд (г. Мерида)», Венесуэла)."""
    gazetteer = view.geographer.gazetteer
    tokens = [token for token in cell.tokens[geo.first : geo.last] if token.word.title]
    found = candidates(gazetteer, tuple(token.text for token in tokens))[1]
    there = [town for town in found if abroad & {*gazetteer.countries_of(town)}]
    country = next((one for town in there for one in gazetteer.countries_of(town) if one in abroad), "")
    chosen = gazetteer.choose(there, country=country)
    if chosen is None:
        return None
    name = chosen.name if geo.name not in chosen.names else geo.name
    return replace(geo, name=name, country=country, region="", settlement=chosen)


def _village(view: RowView, cell: CellText, geo: Geo) -> Geo | None:
    """Return a village of home that no list has, where one abroad is called so («д. Петрово»)."""
    small = geo.settlement is None or geo.settlement.population < _UNSURE
    if cell.column != "place" or not small or cell.low(geo.first) not in _VILLAGES:
        return None
    return replace(geo, country=view.context.home_country, region="", settlement=None)


def _of_its_town(view: RowView, unit: Geo, abroad: Set[str]) -> str:
    """Return the country of a unit that has the name of a town in a country of the row («община Земун»)."""
    towns = view.geographer.gazetteer.find(unit.name.rpartition(" ")[2])
    found = {one for town in towns for one in view.geographer.gazetteer.countries_of(town)} & abroad
    return next(iter(found)) if len(found) == 1 else ""

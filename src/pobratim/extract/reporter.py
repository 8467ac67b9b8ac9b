"""Who reports: the municipality of the heading above a row, and the home region of the whole report."""

import re
from collections import Counter
from functools import lru_cache

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.geography import Geographer
from pobratim.lexicon.gazetteer import Settlement
from pobratim.lexicon.lexicon import Lexicon
from pobratim.lexicon.words import WORDS
from pobratim.record import Place
from pobratim.text.tokens import tokenize
from pobratim.text.words import word

_LEAST_SEAT = 10_000
"""People who live in the smallest town that is an urban district by itself, in the reports seen."""
_LEAST_BARE, _MOST_WORDS = 5_000, 3
"""People who live in a town whose bare name may be an adjective or a theme's, and the words of that name at most."""
_URBAN = WORDS.of("urban-district")
_QUOTES = re.compile('[«»„“”"]')


@lru_cache(maxsize=4_096)
def _places(heading: str, geographer: Geographer) -> list[Geo]:
    """Return the places of a heading; one heading stands above many rows."""
    return geographer.find(CellText("section", heading))


def reporter(section: CellText, geographer: Geographer) -> tuple[Place, Geo | None]:
    """Return the municipality that a heading names (name "" if none) and where it stands in the heading.

    A town wins over a district («городской округ «город Клинцы»»), a district over a bare town name. An urban district
    is its town («Находкинский городской округ»: Находка); a town tells the region where the heading does not. Places
    at home win over others: a partner's town may stand below («Вяземский район», «Город Минск (Беларусь)»).
    """
    geos = _places(section.raw, geographer)
    geos = [g for g in geos if g.country in ("", geographer.home_country)] or geos
    unquoted = None if any(map(_municipality, geos)) else _unquoted(section.raw, geographer)
    if unquoted is not None:
        return unquoted, None
    chosen = next((g for preferred in _PREFERRED for g in geos if preferred(g)), None) or _bare_town(
        section, geographer
    )
    return _reporting(chosen, next((g.region for g in geos if _region(g)), ""), geographer), chosen


def _reporting(chosen: Geo | None, stated: str, geographer: Geographer) -> Place:
    """Return the place that reports, with its region: the one ``stated``, its town's, or the home region."""
    region = stated or geographer.home_region
    country = geographer.country_of_region(region) or geographer.home_country
    if chosen is None:
        return Place("", country, region)
    town = _urban(chosen, country, region, geographer, stated) or chosen.settlement
    if town is not None and town.country == country:
        region = stated or geographer.gazetteer.region_of(town) or region
        name = town.name if chosen.kind == "district" else chosen.name
        return Place(name, country, region, "settlement")
    return Place(chosen.name, chosen.country or country, region, chosen.kind)


def _bare_town(section: CellText, geographer: Geographer) -> Geo | None:
    """Return the town at home of which a heading is the bare name, an adjective though it is («ПРОХЛАДНЫЙ»)."""
    words = section.tokens
    if not 0 < len(words) <= _MOST_WORDS or not all(token.kind == "word" and token.word.title for token in words):
        return None
    home, region = geographer.home_country, geographer.home_region
    found = [one for one in geographer.gazetteer.find(section.flat(0, len(words))) if one.population >= _LEAST_BARE]
    town = geographer.gazetteer.choose(found, home_country=home, home_region=region)
    if town is None or town.country != home:
        return None
    return Geo(0, len(words), "settlement", town.name, home, geographer.gazetteer.region_of(town), False, town)


def _unquoted(heading: str, geographer: Geographer) -> Place | None:
    """Return the town in quotation marks («Городского округа «Сыктывкар»»): without them it is as any other."""
    bare = _QUOTES.sub(" ", heading)
    if bare == heading:
        return None
    place, _ = reporter(CellText("section", bare), geographer)
    return place if place.kind == "settlement" else None


def _municipality(geo: Geo) -> bool:
    return geo.kind in {"settlement", "district"}


def _marked_town(geo: Geo) -> bool:
    """«Город Клинцы»."""
    return geo.kind == "settlement" and geo.marked


def _district(geo: Geo) -> bool:
    """«Гагаринский район»."""
    return geo.kind == "district"


def _town(geo: Geo) -> bool:
    """«Клинцы»."""
    return geo.kind == "settlement"


def _region(geo: Geo) -> bool:
    """«Брянская область»."""
    return geo.kind == "region"


_PREFERRED = (_marked_town, _district, _town, _region)
"""Which place of a heading reports, the surest sort first."""


def reports(place: Place, titled: Place | None, home_country: str, home_region: str) -> bool:
    """Tell whether the place that a heading names is who reports, and not a partner or nobody.

    Where the title names a municipality (``titled``), a heading does so only with another one of its country; where
    the home region is known, only with one of the home country.
    """
    if titled is not None:
        return place.name != "" and place.kind != "region" and place.country == titled.country
    return not home_region or not place.name or place.country == home_country


def abroad(section: CellText, geographer: Geographer, home_country: str) -> list[Geo]:
    """Return the places of other countries that a heading names: the partners of the rows below it."""
    return [g for g in _places(section.raw, geographer) if g.country not in ("", home_country)]


def _urban(geo: Geo, country: str, region: str, geographer: Geographer, stated: str) -> Settlement | None:
    """Return the town of an urban district («городской округ»), None for what is no such district.

    Nor has one its town that was made of a rural district: with a small centre («Правдинский городской округ»), or
    where the only namesake is a town of another region than the heading states («Сосновоборский», of Сосновый Бор), or
    where no region is known and several have towns of that name.
    """
    words = geo.name.lower().split()
    if geo.kind != "district" or " ".join(words[1:]) not in _URBAN:
        return None
    towns = [town for lemma in sorted(word(words[0]).lemmas) for town in geographer.gazetteer.by_adjective(lemma)]
    chosen = geographer.gazetteer.choose(
        towns, country=country, region=region, home_country=country, home_region=region or geographer.home_region
    )
    if chosen is None or chosen.population < _LEAST_SEAT:
        return None
    regions = {geographer.gazetteer.region_of(town) for town in towns if town.country == country}
    if not (region or geographer.home_region) and len(regions) > 1:
        return None
    return chosen if not stated or geographer.gazetteer.region_of(chosen) in ("", stated) else None


def detect_home(texts: list[str], lexicon: Lexicon) -> tuple[str, str]:
    """Return (country, region) that the report's title and headings name most often; ("RU", "") if none.

    A report of several regions has no home region; its country is that of most of the regions.
    """
    regions: Counter[str] = Counter()
    for text in texts:
        for match in lexicon.matcher("region").find(tokenize(text)):
            regions[match.concept.notation] += 1
    if not regions:
        return "RU", ""
    top = regions.most_common(2)
    region = top[0][0] if len(top) == 1 or top[0][1] >= 2 * top[1][1] else ""
    return top[0][0].split("-")[0], region

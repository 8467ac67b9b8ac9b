"""``/map``: the ties of a selection as points and arcs, which a script draws; by country and as a table without one."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from pobratim.errors import UsageError
from pobratim.explore import Index, Selection
from pobratim.explore.facets import facets
from pobratim.explore.filling.facets import NONE
from pobratim.explore.parties import Party
from pobratim.explore.points import LEVELS, Arc, Off, TieMap, is_from, tie_map
from pobratim.messages import Language, explain, texts
from pobratim.site.asking import Asker
from pobratim.site.page import Page, Visit
from pobratim.site.values import date_text
from pobratim.site.words import Words
from pobratim.templating.styles import colour_name

ROWS = 50
"""So many rows the table has at most."""
_COUNTRIES = 12
_OFF = 12
"""So many countries, and places that are off the map, are named."""


async def map_at(asker: Asker, visit: Visit, path: str) -> Page:
    """Return the page of the map: 400 for a selection that means nothing."""
    del path
    w = Words(visit.lang, "map")

    def made(index: Index) -> Page:
        selection = Selection.read(visit.query, index)
        found = tie_map(index, selection)
        return Page("map.html", {"w": w, "problem": "", **_values(index, found, selection, visit)})

    try:
        return await asker.explored(made)
    except UsageError as error:
        return Page("map.html", {"w": w, "problem": explain(error, visit.lang), "anew": visit.to("/map")}, status=400)


def _values(index: Index, found: TieMap, selection: Selection, visit: Visit) -> dict[str, Any]:
    return {
        "found": found,
        "is_filtered": bool(selection.without("level")),
        "anew": visit.to("/map"),
        "levels": [(each, each == found.level, _link(visit, level=each)) for each in LEVELS],
        "countries": _countries(index, found, selection, visit)[:_COUNTRIES],
        "off": _off(found.off, visit),
        "far": _off(found.far, visit),
        "home": _home(index, visit.lang),
        "rows": [_row(arc, visit) for arc in found.arcs[:ROWS]],
        "given": given_of(index, found, visit),
        "words": island_words(visit.lang),
    }


def island_words(lang: Language) -> Mapping[str, str]:
    """Return the words of the island that draws a map (``viz/app/map``)."""
    return texts("map", lang, "island", "counted")


def given_of(index: Index, found: TieMap, visit: Visit) -> dict[str, Any]:
    """Return what the island that draws a map is given: its places, and its arcs by their numbers."""
    places = {place.ref: place for arc in found.arcs for place in (arc.left, arc.right)}
    numbers = {ref: number for number, ref in enumerate(places)}
    events = dict.fromkeys(places, 0)
    for arc in found.arcs:
        for place in (arc.left, arc.right):
            events[place.ref] += arc.events
    far = {off.party.ref for off in found.far}
    here = index.home.countries
    return {
        "spots": [
            {**_spot(place, visit), "events": events[ref], "isHome": is_from(place, here), "isFar": ref in far}
            for ref, place in places.items()
        ],
        "arcs": [
            {
                "a": numbers[arc.left.ref],
                "b": numbers[arc.right.ref],
                "ties": arc.ties,
                "events": arc.events,
                "agreements": arc.agreements,
                "link": pair_link(arc.left, arc.right, visit),
            }
            for arc in found.arcs
        ],
    }


def pair_link(one: Party, other: Party, visit: Visit) -> str:
    """Return the link to the page about two parties."""
    return visit.to(f"/pair/{one.ref}/{other.ref}")


def _spot(place: Party, visit: Visit) -> dict[str, Any]:
    return {
        "name": place.said_briefly(visit.lang),
        "country": place.country.said(visit.lang) if place.country else "",
        "colour": colour_name(place.country.code if place.country else ""),
        "lon": place.lon,
        "lat": place.lat,
        "link": visit.link(visit.addresses.page(place.iri) or ""),
    }


def _countries(
    index: Index, found: TieMap, selection: Selection, visit: Visit
) -> list[tuple[str, str, int, str, bool]]:
    """Return the countries of partners: code, name, ties, the address that has them alone, and whether that is here."""
    asked = selection.without("level").with_(level=found.level)
    values = facets(index, "tie", asked)["country"]
    rows = []
    for value in values:
        code = value.label.code
        if code != NONE and code not in index.home.countries and (value.count or value.is_chosen):
            link = _link(visit, drop=("country",), **({} if value.is_chosen else {"country": code}))
            rows.append((code, value.label.said(visit.lang), value.count, link, value.is_chosen))
    return rows


def _off(places: Sequence[Off], visit: Visit) -> dict[str, Any]:
    """Return places that are off the map with their links and counts, and how many more there are."""
    named = [
        (off.party.said_briefly(visit.lang), visit.link(visit.addresses.page(off.party.iri) or ""), off.ties)
        for off in places[:_OFF]
    ]
    return {"places": named, "more": len(places) - len(named)}


def _home(index: Index, lang: Language) -> str:
    return ", ".join(sorted(index.label("country", code).said(lang) for code in index.home.countries))


def _row(arc: Arc, visit: Visit) -> dict[str, Any]:
    country = arc.right.country
    return {
        "left": arc.left.said_briefly(visit.lang),
        "right": arc.right.said_briefly(visit.lang),
        "link": pair_link(arc.left, arc.right, visit),
        "code": country.code if country else "",
        "country": country.said(visit.lang) if country else "",
        "events": arc.events,
        "agreements": arc.agreements,
        "last": arc.last,
        "last_said": date_text(arc.last, visit.lang) if arc.last else "",
    }


def _link(visit: Visit, drop: Sequence[str] = (), **pairs: str) -> str:
    """Return this address with some pairs changed."""
    gone = {*drop, *pairs, "lang"}
    kept = [(name, value) for name, value in visit.query if name not in gone]
    return visit.to(f"/map?{urlencode([*kept, *pairs.items()])}")

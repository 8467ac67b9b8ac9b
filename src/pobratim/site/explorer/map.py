"""``/map``: the ties of a selection as points and arcs, which a script draws; by country and as a table without one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from pobratim.explore import Index, Selection
from pobratim.explore.facets import facets
from pobratim.explore.filling.facets import NONE
from pobratim.explore.parties import Party
from pobratim.explore.points import LEVELS, Arc, Off, TieMap, is_from, tie_map
from pobratim.messages import Language, texts
from pobratim.site.asking import Asker
from pobratim.site.explorer.filter_bar import Bars
from pobratim.site.explorer.list_page import Made, list_at, with_pairs
from pobratim.site.explorer.listed import pair_link, selected_link
from pobratim.site.explorer.map_picture import events_of, map_svg, scale_of
from pobratim.site.explorer.take_away import act, listed, menu, offer
from pobratim.site.explorer.unloaded import needs_reports
from pobratim.site.page import GENERATION, Page, Visit
from pobratim.site.values import date_text
from pobratim.site.words import Words
from pobratim.templating.styles import colour_name

FIELDS = ("country", "region", "topic", "kind", "mode", "status")
ROWS = 25
"""So many rows the table has at most."""
_COUNTRIES = 12
_OFF = 12
"""So many countries, and places that are off the map, are named."""


Land = tuple[str, str, int, str, bool]
"""A country of partners: code, name, ties, the address that has them alone, and whether that is this one."""


@needs_reports
async def map_at(asker: Asker, visit: Visit, path: str) -> Page:
    """Return the page of the map: 400 for a selection that means nothing."""
    del path
    return await list_at(asker, visit, "map.html", lambda index, selection: _made(index, selection, visit))


def _made(index: Index, selection: Selection, visit: Visit) -> Made:
    found = tie_map(index, selection)
    given = selection.without("level").with_(level=found.level)
    bars = Bars(index, "tie", visit, own=("level",))
    return {
        "m": Words(visit.lang, "map"),
        "found": found,
        "level": found.level,
        "bar": bars.bar(given, (found.found, found.hidden), FIELDS),
        "levels": [
            (each, each == found.level, with_pairs(visit, level=each if each != LEVELS[0] else "")) for each in LEVELS
        ],
        "countries": list(_countries(index, given, bars, visit.lang))[:_COUNTRIES],
        "off": _off(found.off, visit),
        "far": _off(found.far, visit),
        "home": index.label("country", index.home.country).said(visit.lang) if index.home.country else "",
        "rows": [_row(arc, visit) for arc in found.arcs[:ROWS]],
        "all": selected_link("/partners", given, visit),
        "given": given_of(index, found, visit),
        # Where pages lie as files a browser tells of what it draws as well.
        "words": texts("map", visit.lang, "words", "island", "counted")
        if visit.is_static
        else island_words(visit.lang),
        "picture": picture_link(visit),
        "take": menu(
            visit, listed(visit, "map"), offer(visit, "take-svg", picture_link(visit)), act(visit, "map", "png")
        ),
    }


def picture_link(visit: Visit) -> str:
    """Return the link to the map of this address as a picture."""
    pairs = [(name, value) for name, value in visit.query if name not in (GENERATION, "lang")]
    return visit.link(f"{visit.addresses.root}/map.svg" + (f"?{urlencode(pairs)}" if pairs else ""))


def map_file(index: Index, visit: Visit) -> str:
    """Return the map of an address as SVG. Raises UsageError for a selection that means nothing."""
    found = tie_map(index, Selection.read(visit.query, index))
    title = Words(visit.lang, "map")(f"heading-{found.level}")
    return map_svg(found, index.home.country, visit.lang, title)


def island_words(lang: Language) -> Mapping[str, str]:
    """Return the words of the island that draws a map (``viz/app/map``)."""
    return texts("map", lang, "island", "counted")


def given_of(index: Index, found: TieMap, visit: Visit) -> dict[str, Any]:
    """Return what the island that draws a map is given: its places, and its arcs by their numbers."""
    places = {place.ref: place for arc in found.arcs for place in (arc.left, arc.right)}
    numbers = {ref: number for number, ref in enumerate(places)}
    events, scale = events_of(found.arcs), scale_of(found.arcs)
    far = {off.party.ref for off in found.far}
    here = index.home.country
    return {
        "opacity": scale.opacity,
        "spots": [
            {
                **_spot(place, visit),
                "events": events[ref],
                "r": round(scale.radius(events[ref]), 1),
                "isHome": is_from(place, here),
                "isFar": ref in far,
            }
            for ref, place in places.items()
        ],
        "arcs": [
            {
                "a": numbers[arc.left.ref],
                "b": numbers[arc.right.ref],
                "ties": arc.ties,
                "events": arc.events,
                "agreements": arc.agreements,
                "width": round(scale.width(arc.events), 1),
                "link": pair_link(visit, arc.left, arc.right),
            }
            for arc in found.arcs
        ],
    }


def _spot(place: Party, visit: Visit) -> dict[str, Any]:
    return {
        "name": place.said_briefly(visit.lang),
        "country": place.country.said(visit.lang) if place.country else "",
        "colour": colour_name(place.country.code if place.country else ""),
        "lon": place.lon,
        "lat": place.lat,
        "link": visit.link(visit.addresses.page(place.iri) or ""),
    }


def _countries(index: Index, selection: Selection, bars: Bars, lang: Language) -> Iterator[Land]:
    for value in facets(index, "tie", selection)["country"]:
        code = value.label.code
        if code != NONE and code != index.home.country and (value.count or value.is_chosen):
            other = selection.without("country") if value.is_chosen else selection.with_(country=code)
            yield code, value.label.said(lang), value.count, bars.address(other), value.is_chosen


def _off(places: Sequence[Off], visit: Visit) -> dict[str, Any]:
    """Return places that are off the map with their links and counts, and how many more there are."""
    named = [
        (off.party.said_briefly(visit.lang), visit.link(visit.addresses.page(off.party.iri) or ""), off.ties)
        for off in places[:_OFF]
    ]
    return {"places": named, "more": len(places) - len(named)}


def _row(arc: Arc, visit: Visit) -> dict[str, Any]:
    country = arc.right.country
    return {
        "left": arc.left.said_briefly(visit.lang),
        "right": arc.right.said_briefly(visit.lang),
        "link": pair_link(visit, arc.left, arc.right),
        "code": country.code if country else "",
        "country": country.said(visit.lang) if country else "",
        "events": arc.events,
        "agreements": arc.agreements,
        "last": arc.last,
        "last_said": date_text(arc.last, visit.lang) if arc.last else "",
    }

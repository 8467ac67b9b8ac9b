"""``/events``: everything that took place, the newest first; what no date is told of stands at the end."""

from typing import Any

from pobratim.explore import Index, Selection
from pobratim.explore.events import Event, selected_events
from pobratim.explore.parties import Party
from pobratim.site.asking import Asker
from pobratim.site.explorer.filter_bar import Bars
from pobratim.site.explorer.list_page import ROWS, Made, country_of, list_at, offset, window
from pobratim.site.explorer.unloaded import needs_reports
from pobratim.site.page import Page, Visit
from pobratim.site.values import date_text

FIELDS = ("country", "region", "kind", "topic", "mode", "level", "status")
REPORTERS = 3
"""So many who tell of an event are named."""


@needs_reports
async def events_at(asker: Asker, visit: Visit, path: str) -> Page:
    """Return the page of all events."""
    del path
    return await list_at(asker, visit, "events.html", lambda index, selection: _made(index, selection, visit))


def _made(index: Index, selection: Selection, visit: Visit) -> Made:
    events = selected_events(index, selection, ROWS, offset(visit))
    undated = index.facets.get(("event", "year"), {}).get("none", 0)
    return {
        "bar": Bars(index, "event", visit).bar(selection, (events.found, events.hidden), FIELDS),
        "total": events.total,
        "found": events.found,
        "undated": undated.bit_count(),
        "groups": _by_year([_row(event, visit) for event in events.rows]),
        "window": window(visit, events.found),
    }


def _by_year(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["year"], []).append(row)
    return list(found.items())


def _row(event: Event, visit: Visit) -> dict[str, Any]:
    lang = visit.lang
    reporters = {each.reporter.ref: each.reporter for each in event.accounts if each.reporter}
    named = [party.said_briefly(lang) for party in list(reporters.values())[:REPORTERS]]
    return {
        "year": event.start[:4],
        "date": date_text(event.date, lang) if event.date else "",
        "title": event.title,
        "link": visit.link(visit.addresses.page(event.iri) or ""),
        "notes": [label.said(lang) for label in (event.kind, event.mode, *event.topics) if label],
        "places": [(*country_of(place, visit), _place(place, visit)) for place in event.places],
        "countries": _without_places(event, visit),
        "reporters": named,
        "more_reporters": len(reporters) - len(named),
        "accounts": len(event.accounts),
    }


def _place(place: Party, visit: Visit) -> str:
    return place.said_briefly(visit.lang)


def _without_places(event: Event, visit: Visit) -> list[tuple[str, str]]:
    """Return the countries of an event that none of its places is in."""
    there = {place.country.code for place in event.places if place.country}
    return [(label.code, label.said(visit.lang)) for label in event.countries if label.code not in there]

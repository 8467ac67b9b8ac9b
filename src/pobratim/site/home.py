"""The first page: who works with whom, found by name; our strongest partners, what is new, quiet or late, and where."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from pobratim.explore import Index, Selection
from pobratim.explore.changes import Changes
from pobratim.explore.parties import Party
from pobratim.explore.start import Start, start_of
from pobratim.messages import LANGUAGES, Language, texts
from pobratim.papers.card import Card
from pobratim.rdf.iris import dataset_iri
from pobratim.site.asking import Asker
from pobratim.site.explorer.listed import selected_link
from pobratim.site.explorer.map import given_of, island_words
from pobratim.site.explorer.partners import rows_of
from pobratim.site.page import Page, Visit
from pobratim.site.sharing import card, partners, years_of
from pobratim.site.words import Words, counted, word
from pobratim.tables import table_names

_VOID_FORMS = (("ttl", "text/turtle"), ("jsonld", "application/ld+json"), ("rdf", "application/rdf+xml"))
_TABLES = (("csv", "text/csv"), ("parquet", "application/vnd.apache.parquet"))
_KEYWORDS = ("partners", "events", "agreements")
"""Sections whose names tell what the data are about."""
_RESULTS = "application/sparql-results+json"
_SIGNS = re.compile(r"[«»\"№()]+")
Number = tuple[int | None, str, str, str]
"""A number of the first screen: it, its noun, what to know of it, and the link to what it counts."""


async def home_page(asker: Asker, visit: Visit) -> Page:
    """Return the first page. Raises as the asker does."""
    values = await asker.explored(lambda index: _values(index, index.once(start_of), visit))
    forms = tuple((kind, f"{visit.addresses.root}/void.{name}") for name, kind in _VOID_FORMS)
    values["is_editable"] = asker.data.is_editable
    if not visit.is_static:  # of a folder its catalogue says so, with all files
        values["structured"] = await asker.explored(lambda index: _structured(index, asker, visit))
    return Page("home.html", values, forms=forms, card=await asker.explored(lambda index: site_card(index, visit.lang)))


def site_card(index: Index, lang: Language, name: str = "", sentence: str = "") -> Card:
    """Return the card of the whole site: who is ours, events by year, the strongest ties.

    ``name`` and ``sentence`` are those of a publication where there is one.
    """
    start = index.once(start_of)
    ours = ", ".join(party.said_briefly(lang) for party in start.home)
    counts = [("ties", start.ties.found), ("events", index.sizes["event"]), ("agreements", index.sizes["agreement"])]
    told = sentence or ", ".join(counted(code, number, lang, "lists") for code, number in counts) + "."
    strongest = "card-ties", partners(start.ties.rows, lang, with_own=True)
    return card(lang, ours, name or word("site-name", lang), [(told, False)], years_of(index), strongest, is_main=True)


def _values(index: Index, start: Start, visit: Visit) -> dict[str, Any]:
    m = Words(visit.lang, "start")
    most = start.countries[0][1] if start.countries else 1
    return {
        "m": m,
        "start": start,
        "ours": ", ".join(party.said_briefly(visit.lang) for party in start.home),
        "examples": [(said, visit.to(f"/search?{urlencode({'q': said})}")) for said in _examples(start, visit.lang)],
        "hint": _abbreviated(start.school) if start.school else "",
        "countries": [
            (label.code, label.said(visit.lang), count, -(-100 * count // most), _events(start, label.code, visit))
            for label, count in start.countries
        ],
        "numbers": list(_numbers(start, m, visit)),
        "rows": (rows := rows_of(start.ties, visit)),
        "years": _years(rows),
        "heads": texts("lists", visit.lang),
        "own": [(party.said_briefly(visit.lang), visit.about(party.iri), party.events) for party in start.ours],
        "all": selected_link("/partners", start.selection, visit),
        "on_map": selected_link("/map", start.selection, visit),
        "note": _note(start, m),
        "given": given_of(index, start.map, visit),
        "words": island_words(visit.lang),
    }


def _years(rows: list[dict[str, Any]]) -> str:
    """Return the years of the bars of a table («2019–2026»), "" where there are none."""
    years = [year for year, _, _ in rows[0]["bars"]] if rows else []
    return "–".join(dict.fromkeys((str(years[0]), str(years[-1])))) if years else ""


def _examples(start: Start, lang: Language) -> Iterator[str]:
    """Yield what somebody may type, each in another way: a misprint, an abbreviation, a country."""
    if start.partner is not None:
        yield misspelt(start.partner.said_briefly(lang))
    if start.school is not None:
        yield _abbreviated(start.school)
    if start.countries:
        yield start.countries[0][0].said(lang)


def misspelt(name: str) -> str:
    """Return the first word of a name in small letters with two in its middle the other way round."""
    first = name.split()[0].lower()
    middle = len(first) // 2
    return first[: middle - 1] + first[middle] + first[middle - 1] + first[middle + 1 :] if len(first) > 4 else first


def _abbreviated(school: Party) -> str:
    """Return a name as people type it: without signs and quotation marks, the town behind it («гимназия 7 витебск»)."""
    words = _SIGNS.sub(" ", f"{school.short} {school.town_name}").lower().split()
    return " ".join(dict.fromkeys(words))


def _numbers(start: Start, m: Words, visit: Visit) -> Iterator[Number]:
    if start.changes is not None and start.periods is not None:
        yield from _changed(start.changes, start.periods, start.selection, m, visit)
    ours = start.selection.without("level")
    planned, overdue = start.register.counts["planned"], start.register.counts["overdue"]
    signed = start.register.found - planned
    said = m("planned", number=m.number(planned)) if planned else m("none-planned")
    yield signed, m.noun("agreements", signed), said, selected_link("/agreements", ours, visit)
    late = selected_link("/agreements", ours, visit, state="overdue")
    yield overdue, m.noun("overdue", overdue), m("of-planned"), late


def _changed(
    found: Changes, periods: tuple[str, str], selection: Selection, m: Words, visit: Visit
) -> Iterator[Number]:
    def link(group: str) -> str:
        return selected_link("/time", selection, visit, group=group)

    year, first = periods[1], found.states["first-known"]
    if _begins(found):
        yield first, m.noun("ties", first), m("first-known-in", year=year), link("new")
        yield None, m.noun("new", 0), m("needs-earlier"), link("new")
        yield None, m.noun("quiet", 0), m("needs-earlier"), link("quiet")
        return
    new, quiet, waiting = (found.states[state] for state in ("new", "quiet", "no-report"))
    known = m("first-known", number=m.number(first)) if first else m("since", year=year)
    yield new, m.noun("new", new), known, link("new")
    yield quiet, m.noun("quiet", quiet), m("quiet-about"), link("quiet")
    yield waiting, m.noun("waiting", waiting), m("waiting-about", year=year), link("untold")


def _begins(found: Changes) -> bool:
    """Tell whether reports tell of nothing before the period: who is new and who went quiet nobody can say then."""
    first, vague = (found.states[state] for state in ("first-known", "vague"))
    return 0 < first == found.found - vague


def _note(start: Start, m: Words) -> str:
    """Return what must be known of the reports to read the numbers, "" where nothing must."""
    if start.reports == 1:
        return m("one-report")
    if start.changes is None or start.periods is None:
        return m("no-days") if start.ties.found else ""
    if _begins(start.changes):
        return m("one-period")
    missing = start.changes.states["no-report"]
    return m("missing", year=start.periods[1], ties=m.counted("ties-about", missing)) if missing else ""


def _events(start: Start, country: str, visit: Visit) -> str:
    return selected_link("/events", start.selection.without("level").with_(country=country), visit)


def _structured(index: Index, asker: Asker, visit: Visit) -> dict[str, Any]:
    """Return the data set for search engines: the members that Google asks of a schema.org/Dataset, and all files."""
    public, start = visit.addresses.public, index.once(start_of)
    [days] = index.rows('SELECT min(start) AS first, max("end") AS last FROM event')
    tables = [
        {
            "@type": "DataDownload",
            "name": f"{name}.{form}",
            "encodingFormat": kind,
            "contentUrl": f"{public}/tables/{name}.{form}",
        }
        for name in table_names()
        for form, kind in _TABLES
    ]
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": dataset_iri(asker.data.base),
        "name": word("site-name", visit.lang),
        "description": word("site-about", visit.lang),
        "url": public + "/",
        "license": asker.data.licence,
        "isAccessibleForFree": True,
        "inLanguage": list(LANGUAGES),
        "keywords": [word("site-short", visit.lang), *(word(f"nav-{name}", visit.lang) for name in _KEYWORDS)],
        "spatialCoverage": [{"@type": "Place", "name": party.said_briefly(visit.lang)} for party in start.home],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": _RESULTS, "contentUrl": public + "/sparql"},
            *tables,
        ],
    }
    if days["first"] and days["last"]:
        found["temporalCoverage"] = f"{days['first']}/{days['last']}"
    if asker.data.modified:
        found |= {"version": str(asker.data.number), "dateModified": asker.data.modified.date().isoformat()}
    return found

"""The page of search results: what was found by kind, each with what is known of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from pobratim.explore.found import Known
from pobratim.search import TYPES, Hit, SearchDocument
from pobratim.site.page import Page, Visit
from pobratim.site.suggestions import KINDS
from pobratim.site.values import date_text
from pobratim.site.words import Words, counted
from pobratim.text.folding import folded_words

ROWS = 50
"""Hits of a page."""
MOST = 500
"""So many hits are looked for; where there are more, the counts say so."""
ASKED = (*TYPES, "report")
"""The types of things that can be asked for."""
TABS: Mapping[str, tuple[str, ...]] = {
    "towns": KINDS["towns"],
    "organisations": KINDS["organisations"],
    "areas": (*KINDS["countries"], *KINDS["regions"]),
    **{kind: KINDS[kind] for kind in ("events", "agreements", "reports", "people")},
}
"""The tabs in their order, each with the types of search that it takes."""
PARTIES = ("place", "region", "country", "institution")
"""The types whose names are offered where nothing is found."""
_SHAPES = {type_: kind for kind, types in KINDS.items() for type_ in types}


def part(hits: Sequence[Hit], types: Sequence[str], number: int) -> list[Hit]:
    """Return the hits of a page: those of some types, of all where none is given, from 1 on."""
    chosen = [hit for hit in hits if not types or hit.type in types]
    return chosen[(number - 1) * ROWS : number * ROWS]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search gave: all ``hits`` in order, what is ``known`` of those that are shown, and where there is no hit
    the things whose names look most like what was typed; ``is_unloaded`` tells that no report is loaded."""

    hits: Sequence[Hit] = ()
    known: Mapping[str, Known] = field(default_factory=dict)
    nearest: Sequence[SearchDocument] = ()
    is_unloaded: bool = False


def search_page(query: str, results: Results, visit: Visit, types: Sequence[str] = (), number: int = 1) -> Page:
    """Return the page ``number`` for a query with what it found, of all types or of some."""
    hits, known = results.hits, results.known
    counts = {tab: sum(hit.type in own for hit in hits) for tab, own in TABS.items()}
    of_page = part(hits, types, number)
    total = len([hit for hit in hits if not types or hit.type in types])
    values = {
        "q": query,
        "hits": [_row(hit, known.get(hit.iri, Known()), visit) for hit in of_page],
        "tabs": _tabs(counts, len(hits), types, query, visit),
        "total": total,
        "everything": len(hits),
        "is_unloaded": results.is_unloaded,
        "m": Words(visit.lang, "start"),
        "nearest": [_near(document, visit) for document in results.nearest],
        "is_cut": len(hits) >= MOST,
        "before": _address(query, types, number - 1, visit) if number > 1 else "",
        "after": _address(query, types, number + 1, visit) if number * ROWS < total else "",
    }
    return Page("search.html", values)


def _tabs(
    counts: Mapping[str, int], total: int, types: Sequence[str], query: str, visit: Visit
) -> list[tuple[str, int, str, bool]]:
    """Return the tabs: word, number, address ("" where there is nothing), and whether it is the one that is shown."""
    w = Words(visit.lang)
    found = [(w("search-all"), total, _address(query, (), 1, visit), not types)]
    for tab, own in TABS.items():
        is_here = bool(types) and set(types) <= set(own)
        link = _address(query, own, 1, visit) if counts[tab] or is_here else ""
        found.append((w(f"search-tab-{tab}"), counts[tab], link, is_here))
    return found


def _address(query: str, types: Sequence[str], number: int, visit: Visit) -> str:
    pairs = [("q", query), *(("type", each) for each in types), *([("page", str(number))] if number > 1 else [])]
    return visit.to(f"/search?{urlencode(pairs)}")


def _near(document: SearchDocument, visit: Visit) -> tuple[str, str, str]:
    """Return shape, name and link of a thing."""
    label = document.labels.get(visit.lang) or next(iter(document.labels.values()), "")
    link = visit.about(document.iri)
    return _SHAPES.get(document.type, ""), label, link


def _row(hit: Hit, known: Known, visit: Visit) -> dict[str, Any]:
    lang = visit.lang
    return {
        "link": visit.about(hit.iri),
        "label": hit.label,
        "shape": _SHAPES.get(hit.type, ""),
        "code": known.country.code if known.country else "",
        "line": _line(hit, known, visit),
        "ties": counted("ties", known.ties, lang) if known.ties else "",
        "events": counted("events", known.events, lang) if known.events else "",
        "matched": "" if _told(hit) else hit.matched,
    }


def _line(hit: Hit, known: Known, visit: Visit) -> str:
    """Return what and where or when a thing is."""
    lang = visit.lang
    kind = known.kind.said(lang) if known.kind else Words(lang)(f"search-type-{hit.type}")
    where = ", ".join(dict.fromkeys(part for part in (hit.place, hit.country) if part and part != hit.label))
    when = date_text(known.date, lang) if known.date else ""
    rows = counted("rows", known.rows, lang) if known.rows else ""
    return " · ".join(part for part in (kind, where, when, rows) if part)


def _told(hit: Hit) -> bool:
    """Tell whether the label has all words of the name that answered, which then needs no line of its own."""
    return set(folded_words(hit.matched)) <= set(folded_words(hit.label))

"""The page of search results; what is found comes from the search index."""

from collections.abc import Sequence
from dataclasses import dataclass

from pobratim.serving.naming import Naming
from pobratim.serving.pages import Page, Visit


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: ``type`` is the IRI of its class; place and country are names, "" where unknown."""

    iri: str
    type: str
    label: str
    place: str = ""
    country: str = ""


def search_page(query: str, hits: Sequence[Hit], visit: Visit, names: Naming, total: int | None = None) -> Page:
    """Return the page for a query with its hits in order; ``total`` is how many there are (None: these)."""
    found = [
        {
            "link": visit.addresses.page(hit.iri) or visit.addresses.described(hit.iri),
            "label": hit.label,
            "kind": names.property(hit.type) if hit.type else "",
            "where": ", ".join(part for part in (hit.place, hit.country) if part),
        }
        for hit in hits
    ]
    return Page("search.html", {"q": query, "hits": found, "total": len(hits) if total is None else total})

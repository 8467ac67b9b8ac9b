"""The page of search results."""

from collections.abc import Sequence

from pobratim.messages import text
from pobratim.search import Hit
from pobratim.site.page import Page, Visit
from pobratim.text.folding import folded_words


def search_page(query: str, hits: Sequence[Hit], visit: Visit, is_cut: bool) -> Page:
    """Return the page for a query with its hits in order; ``is_cut`` tells whether there are more."""
    found = [
        {
            "link": visit.addresses.page(hit.iri) or visit.addresses.described(hit.iri),
            "label": hit.label,
            "kind": text(f"search-{hit.type}", visit.lang),
            "where": ", ".join(part for part in (hit.place, hit.country) if part),
            "matched": "" if _told(hit) else hit.matched,
        }
        for hit in hits
    ]
    return Page("search.html", {"q": query, "hits": found, "is_cut": is_cut})


def _told(hit: Hit) -> bool:
    """Tell whether the label has all words of the name that answered, which then needs no line of its own."""
    return set(folded_words(hit.matched)) <= set(folded_words(hit.label))

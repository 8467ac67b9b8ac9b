"""All pages of a site, in parts of at most 50,000 addresses (sitemaps.org, 0.9)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from pobratim.rdf.iris import DEFINITIONS
from pobratim.site.addresses import Addresses
from pobratim.site.asking import Asker, iri_term, text_term
from pobratim.site.kinds import KINDS
from pobratim.site.statistics import count

_A_PART = 40_000
"""Pages that a part holds at most, as far as statements tell; none may hold more than 50,000."""
_HEX = "0123456789abcdef"
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of all pages: those of one graph ("": of all) whose MD5 begins with ``start``."""

    name: str
    graph: str = ""
    start: str = ""


async def parts(asker: Asker) -> list[Part]:
    """Return the parts of all pages. Raises as the asker does."""
    counted = await asker.once(count)
    return parts_of(counted.entities + sum(counted.classes.values()) // 10, counted.graphs)


def parts_of(pages: int, graphs: Mapping[str, int]) -> list[Part]:
    """Return the parts for so many pages, told of in graphs of so many statements each.

    A graph is gone through without the others, so that a part costs its share of the whole; a graph that tells of
    more pages than a part may hold falls into parts of its own.
    """
    if pages <= _A_PART:
        return [Part(_ALL)]
    share = pages / sum(graphs.values())
    return [
        Part(_name(graph) + start, graph, start)
        for graph, statements in sorted(graphs.items())
        for start in _starts(statements * share)
    ]


def _name(graph: str) -> str:
    return hashlib.md5(graph.encode(), usedforsecurity=False).hexdigest()[:12]


def _starts(pages: float) -> list[str]:
    """Return beginnings of an MD5 that part so many pages, "" where one part holds all."""
    found = [""]
    while pages / len(found) > _A_PART:
        found = [start + digit for start in found for digit in _HEX]
    return found


async def links(asker: Asker, addresses: Addresses, part: Part, is_first: bool) -> list[str]:
    """Return the whole URLs of a part's pages, sorted; the first part has those that stand in no graph as well.

    Raises as the asker does.
    """
    space, definitions = text_term(f"{asker.data.base}/id/"), text_term(DEFINITIONS)
    if part.graph:
        graph, start = iri_term(part.graph), text_term(part.start)
        rows = await asker.rows("sitemap-of-graph", graph=graph, space=space, definitions=definitions, part=start)
    else:
        rows = await asker.rows("sitemap", space=space, definitions=definitions)
    found = {link for row in rows if (link := addresses.page(row["thing"].value))}
    if is_first:
        found |= {addresses.root + kind.path for kind in KINDS if kind.is_fixed}
    return [addresses.absolute(link) for link in sorted(found)]

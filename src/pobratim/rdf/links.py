"""The graph of links out: what places and countries are called in GeoNames, Wikidata and the classifiers of states."""

from collections import defaultdict
from functools import cache

from pyoxigraph import Literal, NamedNode

from pobratim.content import content_root
from pobratim.entities import PlaceEntity, Resolution
from pobratim.errors import ContentError
from pobratim.rdf import vocabulary
from pobratim.rdf.iris import entity_iri, geonames_iri, graph_iri, wikidata_iri
from pobratim.rdf.terms import DCT, SKOS, Graph

CODE_DIGITS = {"oktmo": 8, "soato": 10}
"""The classifiers of municipal-codes.tsv (ОКТМО of Russia, СОАТО of Belarus) with the length of their codes."""


def links_graph(resolution: Resolution, base: str) -> Graph:
    """Return the links of all places of a resolution, and of every country."""
    graph = Graph(graph_iri(base, "links"))
    for place in resolution.places:
        _place(graph, place, base)
    for notation, item, geonames in country_links():
        node = vocabulary.country(notation)
        if node is not None:
            graph.add(node, SKOS.exactMatch, NamedNode(wikidata_iri(item)), NamedNode(geonames_iri(geonames)))
    return graph


def _place(graph: Graph, place: PlaceEntity, base: str) -> None:
    node = NamedNode(entity_iri(base, "place", place.key))
    if place.geonames:
        graph.add(node, SKOS.exactMatch, NamedNode(geonames_iri(place.geonames)))
        if place.municipality:
            # Written as a report's hash is: the scheme, a colon, the value.
            codes = municipal_codes().get(place.geonames, ())
            graph.add(node, DCT.identifier, *(Literal(f"{scheme}:{code}") for scheme, code in codes))
    if place.wikidata:
        graph.add(node, SKOS.exactMatch, NamedNode(wikidata_iri(place.wikidata)))


@cache
def municipal_codes() -> dict[int, tuple[tuple[str, str], ...]]:
    """Return (scheme, code) by the GeoNames id of a municipality's seat. Raises ContentError for a malformed line."""
    found: dict[int, tuple[tuple[str, str], ...]] = defaultdict(tuple)
    for number, (scheme, code, geonames, _) in _lines("municipal-codes.tsv", 4):
        if not (code.isdigit() and len(code) == CODE_DIGITS.get(scheme) and geonames.isdigit()):
            raise ContentError("content-line", file="municipal-codes.tsv", line=number)
        found[int(geonames)] += ((scheme, code),)
    return dict(found)


@cache
def country_links() -> tuple[tuple[str, str, int], ...]:
    """Return (notation, Wikidata item, GeoNames id) of countries. Raises ContentError for a malformed line."""
    found = []
    for number, (notation, item, geonames) in _lines("country-links.tsv", 3):
        if not (item[:1] == "Q" and item[1:].isdigit() and geonames.isdigit()):
            raise ContentError("content-line", file="country-links.tsv", line=number)
        found.append((notation, item, int(geonames)))
    return tuple(found)


def _lines(name: str, columns: int) -> list[tuple[int, list[str]]]:
    """Return the rows of a file of facts with their line numbers."""
    text = (content_root() / "ontology" / name).read_text(encoding="utf-8")
    rows = [
        (number, line.split("\t"))
        for number, line in enumerate(text.splitlines(), start=1)
        if line and not line.startswith("#")
    ]
    for number, row in rows:
        if len(row) != columns:
            raise ContentError("content-line", file=name, line=number)
    return rows

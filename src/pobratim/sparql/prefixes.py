"""What people call namespaces by: the prefixes of our own data, and those in common use."""

import json
from functools import cache

from pobratim.content import content_root

COMMON = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "fn": "http://www.w3.org/2005/xpath-functions#",
    "geof": "http://www.opengis.net/def/function/geosparql/",
    "geonames": "http://www.geonames.org/ontology#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "p": "http://www.wikidata.org/prop/",
    "ps": "http://www.wikidata.org/prop/statement/",
    "pq": "http://www.wikidata.org/prop/qualifier/",
    "wikibase": "http://wikiba.se/ontology#",
    "bd": "http://www.bigdata.com/rdf#",
}
"""Prefixes that queries of other projects take for granted (prefix.cc; Wikidata Query Service, Prefixes)."""


@cache
def prefixes() -> dict[str, str]:
    """Return the prefixes of ontology/context.jsonld, those of our own data."""
    context = json.loads((content_root() / "ontology" / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return {
        name: iri
        for name, iri in context.items()
        if not name.startswith("@") and isinstance(iri, str) and iri.endswith(("#", "/"))
    }

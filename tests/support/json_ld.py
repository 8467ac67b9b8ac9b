"""JSON-LD of pages without the network: the context that a document names is put in its place."""

import json

from pyoxigraph import RdfFormat, Triple, parse

from pobratim.rdf.compact import FILE, context_text


def triples_of(content: bytes, form: RdfFormat) -> set[Triple]:
    """Return the triples of a document; JSON-LD may name our context, and no other."""
    if form == RdfFormat.JSON_LD:
        content = with_context(content)
    return {quad.triple for quad in parse(content, format=form)}


def with_context(content: bytes) -> bytes:
    """Return a document of JSON-LD with our context inside it."""
    told = json.loads(content)
    if isinstance(told, dict) and isinstance(told.get("@context"), str):
        assert told["@context"].endswith(f"/{FILE}")
        told["@context"] = json.loads(context_text())["@context"]
    return json.dumps(told).encode()

"""Dumps: all quads as they are stored, without the phrases, or with these in the whole form of Web Annotation."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Literal

from pyoxigraph import NamedNode, Quad, QueryTriples, RdfFormat, Triple, serialize

from pobratim.rdf.annotations import document
from pobratim.rdf.iris import is_of_evidence
from pobratim.sparql.binding import bind
from pobratim.store.backend import GraphReader
from pobratim.store.remote.asking import store_query

Evidence = Literal["slim", "full", "none", "jsonld"]


def dump(reader: GraphReader, out: IO[bytes], evidence: Evidence = "slim") -> int:
    """Write all quads as N-Quads, sorted, with the phrases as ``evidence`` says; "jsonld" writes these alone, as JSON.

    Returns how many statements were written. The same quads give the same bytes. Raises StoreError as the reader does.
    """
    if evidence == "slim":
        reader.dump(out)
        return len(reader)
    if evidence == "jsonld":
        triples = {triple for graph in _graphs(reader) for triple in _annotations(reader, graph)}
        out.write((json.dumps(document(triples), ensure_ascii=False, indent=1) + "\n").encode())
        return len(triples)
    lines = BytesIO()
    reader.dump(lines)
    left_out = tuple(f"<{graph}> .\n".encode() for graph in _graphs(reader))
    kept = [line for line in lines.getvalue().splitlines(keepends=True) if not line.endswith(left_out)]
    written = sorted([*kept, *(_full(reader) if evidence == "full" else ())])
    out.writelines(written)
    return len(written)


def _graphs(reader: GraphReader) -> list[str]:
    return [graph for graph in reader.graphs() if is_of_evidence(graph)]


def _full(reader: GraphReader) -> Iterator[bytes]:
    for graph in _graphs(reader):
        name = NamedNode(graph)
        quads = {Quad(one.subject, one.predicate, one.object, name) for one in _annotations(reader, graph)}
        yield from (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)


def _annotations(reader: GraphReader, graph: str) -> Iterator[Triple]:
    result = reader.query(bind(store_query("annotations"), {"graph": NamedNode(graph)}))
    assert isinstance(result, QueryTriples)
    yield from result

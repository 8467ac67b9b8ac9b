"""The hand-written graphs of tests/fixtures/model/, with the ontology and the ties derived from them."""

from collections.abc import Iterable
from functools import cache

from pyoxigraph import NamedNode, Quad, QueryTriples, RdfFormat, parse

from pobratim.query.library import library, queries_root
from pobratim.rdf.emit import ontology_graph
from pobratim.rdf.iris import DEFAULT_BASE, graph_iri
from pobratim.store.directory import MemoryReader
from tests.support.places import FIXTURES

MODEL = FIXTURES / "model"
TIES = NamedNode(graph_iri(DEFAULT_BASE, "ties"))


def derive(quads: Iterable[Quad]) -> set[Quad]:
    """Return what the derivations make of ``quads``, each seeing the results of those before it."""
    held, made = set(quads), set[Quad]()
    for query in library(queries_root(), "derive").values():
        result = query.run(MemoryReader(held | made), {}, "ru")
        assert isinstance(result, QueryTriples)
        made |= {Quad(found.subject, found.predicate, found.object, TIES) for found in result}
    return made


@cache
def model(name: str) -> MemoryReader:
    """Return the graph ``name``.trig together with the ontology and its ties."""
    quads = set(parse((MODEL / f"{name}.trig").read_bytes(), format=RdfFormat.TRIG)) | set(ontology_graph(DEFAULT_BASE))
    return MemoryReader(quads | derive(quads))

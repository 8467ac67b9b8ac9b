"""The hand-written graphs of tests/fixtures/model/, with the ontology and the ties derived from them."""

from collections.abc import Iterable
from functools import cache

from pyoxigraph import NamedNode, Quad, QueryTriples, RdfFormat, Store, parse

from pobratim.query.library import NamedQuery, library
from pobratim.rdf.emit import ontology_graph
from pobratim.rdf.iris import DEFAULT_BASE, graph_iri
from pobratim.store.reader import MemoryReader
from tests.support.places import FIXTURES

MODEL = FIXTURES / "model"
TIES = NamedNode(graph_iri(DEFAULT_BASE, "ties"))


def derivations() -> dict[str, NamedQuery]:
    """Return the queries that say what ties are, by name and in their order. The program counts (``ties/``)."""
    return library(FIXTURES, "derive")


def derive(quads: Iterable[Quad]) -> set[Quad]:
    """Return what the derivations make of ``quads``, each seeing the results of those before it."""
    store, made = Store(), set[Quad]()
    store.bulk_extend(quads)
    for query in derivations().values():
        result = store.query(query.text, use_default_graph_as_union=True)
        assert isinstance(result, QueryTriples)
        fresh = {Quad(found.subject, found.predicate, found.object, TIES) for found in result}
        store.extend(fresh)
        made |= fresh
    return made


@cache
def model(name: str) -> MemoryReader:
    """Return the graph ``name``.trig together with the ontology and its ties."""
    quads = set(parse((MODEL / f"{name}.trig").read_bytes(), format=RdfFormat.TRIG)) | set(ontology_graph(DEFAULT_BASE))
    return MemoryReader(quads | derive(quads))

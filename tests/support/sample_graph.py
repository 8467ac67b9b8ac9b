"""The graphs of the hand-made resolution, the ties that the program derives from them, and the examples."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse, serialize
from rdflib import Graph

from pobratim.content import content_root
from pobratim.rdf.emit import emit, ontology_graph
from pobratim.rdf.iris import DEFAULT_BASE, graph_iri
from pobratim.ties.summarise import summaries
from pobratim.ties.whole import ties_quads
from tests.support.helpers_resolution import sample_resolution

BASE = DEFAULT_BASE
AUTHORITY, TIES = graph_iri(BASE, "authority"), graph_iri(BASE, "ties")
POB = "https://w3id.org/pobratim/def#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
ONTOLOGY = content_root() / "ontology"
EXAMPLES = sorted((ONTOLOGY / "examples").glob("*.ttl"))
IN_SCHEME = "http://www.w3.org/2004/02/skos/core#inScheme"
SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"


@cache
def data() -> tuple[Quad, ...]:
    """Return what is emitted for the sample, all graphs."""
    return tuple(quad for quads in emit(sample_resolution(), BASE).values() for quad in quads)


@cache
def ontology() -> tuple[Quad, ...]:
    return tuple(ontology_graph(BASE))


@cache
def ties() -> tuple[Quad, ...]:
    """Return the graph of ties of the sample."""
    return tuple(ties_quads(summaries(sample_resolution()), BASE))


@cache
def examples() -> tuple[Quad, ...]:
    """Return all examples together: they are parts of one small data set."""
    return tuple(quad for path in EXAMPLES for quad in turtle(path))


def turtle(path: Path) -> list[Quad]:
    return list(parse(path=str(path), format=RdfFormat.TURTLE))


def text(term: object) -> str:
    """Return the IRI or lexical form of a term; data hold nothing else."""
    assert isinstance(term, NamedNode | Literal)
    return term.value


@cache
def background() -> tuple[Quad, ...]:
    """Return what a validator needs of the ontology: superclasses, and types, labels and schemes of what data name."""
    named = {quad.object for quad in (*data(), *ties(), *examples())}
    return tuple(
        quad
        for quad in ontology()
        if quad.predicate.value == SUBCLASS
        or (quad.subject in named and quad.predicate.value in (TYPE, LABEL, IN_SCHEME))
    )


def rdflib_graph(quads: Iterable[Quad]) -> Graph:
    """Return the triples of all graphs as one rdflib graph."""
    plain = {Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads}
    lines = serialize(plain, format=RdfFormat.N_QUADS)
    assert lines is not None
    return Graph().parse(data=lines, format="nt")

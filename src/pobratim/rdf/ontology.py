"""The ontology graph: ontology/ as it stands, with rdfs:label for every concept, rdfs:comment for every term."""

from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from pobratim.content import content_root
from pobratim.errors import ContentError
from pobratim.rdf.iris import blank_iri, graph_iri
from pobratim.rdf.terms import RDFS, SKOS, Graph, Triple


def ontology_graph(base: str) -> Graph:
    """Return what every Turtle file of ontology/ but the shapes says; blank nodes get IRIs. Raises ContentError."""
    graph = Graph(graph_iri(base, "ontology"))
    for path in sorted((content_root() / "ontology").glob("*.ttl")):
        if path.name != "shapes.ttl":
            for subject, predicate, value in _file(path, base):
                graph.add(subject, predicate, value)
                if predicate == SKOS.prefLabel:
                    graph.add(subject, RDFS.label, value)
                elif predicate == SKOS.definition and "#" in subject.value:
                    # What browsers of vocabularies show; concepts, which have no "#", keep SKOS's own.
                    graph.add(subject, RDFS.comment, value)
    return graph


def _file(path: Path, base: str) -> list[Triple]:
    names: dict[str, int] = {}

    def named(term: object) -> object:
        if isinstance(term, BlankNode):
            number = names.setdefault(term.value, len(names))
            return NamedNode(blank_iri(base, path.stem, f"b{number}"))
        return term

    try:
        return [
            (named(quad.subject), quad.predicate, named(quad.object))  # type: ignore[misc]
            for quad in parse(path=str(path), format=RdfFormat.TURTLE)
        ]
    except SyntaxError as error:
        raise ContentError("content-turtle", file=path.name, cause=error) from error

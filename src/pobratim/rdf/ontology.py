"""The ontology graph: ontology/ as it stands, with rdfs:label for every concept, rdfs:comment for every term."""

from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from pobratim.content import content_root
from pobratim.errors import ContentError
from pobratim.rdf.iris import blank_iri, graph_iri
from pobratim.rdf.terms import RDFS, SKOS


def ontology_quads(base: str) -> list[Quad]:
    """Return the quads of every Turtle file of ontology/ but the shapes; blank nodes get IRIs. Raises ContentError."""
    graph = NamedNode(graph_iri(base, "ontology"))
    quads: dict[Quad, None] = {}
    for path in sorted((content_root() / "ontology").glob("*.ttl")):
        if path.name != "shapes.ttl":
            for quad in _file(path, graph, base):
                quads[quad] = None
                if quad.predicate == SKOS.prefLabel:
                    quads[Quad(quad.subject, RDFS.label, quad.object, graph)] = None
                elif quad.predicate == SKOS.definition and "#" in str(quad.subject):
                    # What browsers of vocabularies show; concepts, which have no "#", keep SKOS's own.
                    quads[Quad(quad.subject, RDFS.comment, quad.object, graph)] = None
    return sorted(quads, key=str)


def _file(path: Path, graph: NamedNode, base: str) -> list[Quad]:
    names: dict[str, int] = {}

    def named(term: object) -> object:
        if isinstance(term, BlankNode):
            number = names.setdefault(term.value, len(names))
            return NamedNode(blank_iri(base, path.stem, f"b{number}"))
        return term

    try:
        return [
            Quad(named(quad.subject), quad.predicate, named(quad.object), graph)  # type: ignore[arg-type]
            for quad in parse(path=str(path), format=RdfFormat.TURTLE)
        ]
    except SyntaxError as error:
        raise ContentError("content-turtle", file=path.name, cause=error) from error

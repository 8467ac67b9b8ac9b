"""The ontology graph: ontology/ with what others than this program ask of a vocabulary and of SKOS schemes.

Every concept has an rdfs:label and every term an rdfs:comment, every scheme its top concepts and who made it under
which licence, and no name of a concept is said twice.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from pobratim.content import content_root
from pobratim.errors import ContentError
from pobratim.rdf.iris import VOCABULARY, blank_iri, graph_iri
from pobratim.rdf.terms import DCT, OWL, RDF, RDFS, SKOS, Graph, Triple

_VERSIONS = "versions"
"""The folder of ontology/ with the texts of earlier versions of the vocabulary."""
_VOCABULARY = NamedNode(VOCABULARY.removesuffix("#"))
_OF_ALL = (DCT.creator, DCT.publisher, DCT.license, DCT.created, DCT.issued, DCT.modified, OWL.versionInfo)
"""What the vocabulary's header says of the schemes as well, which are parts of it."""


def ontology_graph(base: str) -> Graph:
    """Return what every Turtle file of ontology/ but the shapes says; blank nodes get IRIs. Raises ContentError."""
    graph = Graph(graph_iri(base, "ontology"))
    files = sorted((content_root() / "ontology").glob("*.ttl"))
    told = dict.fromkeys(triple for path in files if path.name != "shapes.ttl" for triple in _file(path, base))
    repeated = set(_repeated(told))
    for subject, predicate, value in told:
        if (subject, predicate, value) in repeated:
            continue
        graph.add(subject, predicate, value)
        if predicate == SKOS.prefLabel:
            graph.add(subject, RDFS.label, value)
        elif predicate == SKOS.definition and "#" in subject.value:
            # What browsers of vocabularies show; concepts, which have no "#", keep SKOS's own.
            graph.add(subject, RDFS.comment, value)
    for subject, predicate, value in _of_schemes(told):
        graph.add(subject, predicate, value)
    return graph


def _repeated(told: Mapping[Triple, None]) -> Iterator[Triple]:
    """Yield other names that a concept has as its preferred one: SKOS parts them (S13), the lexicon compares each."""
    preferred = {(subject, value) for subject, predicate, value in told if predicate == SKOS.prefLabel}
    others = {(subject, value) for subject, predicate, value in told if predicate == SKOS.altLabel}
    for subject, predicate, value in told:
        if (predicate in (SKOS.altLabel, SKOS.hiddenLabel) and (subject, value) in preferred) or (
            predicate == SKOS.hiddenLabel and (subject, value) in others
        ):
            yield subject, predicate, value


def _of_schemes(told: Mapping[Triple, None]) -> Iterator[Triple]:
    """Yield the top concepts of each scheme, those with no wider one in it, and what it has of the vocabulary."""
    schemes = [subject for subject, predicate, value in told if predicate == RDF.type and value == SKOS.ConceptScheme]
    members = [(subject, value) for subject, predicate, value in told if predicate == SKOS.inScheme]
    inside = set(members)
    wider = {(subject, value) for subject, predicate, value in told if predicate == SKOS.broader}
    below = {
        (concept, scheme)
        for concept, above in wider
        for scheme in schemes
        if (concept, scheme) in inside and (above, scheme) in inside
    }
    for concept, scheme in members:
        if (concept, scheme) not in below and isinstance(scheme, NamedNode):
            yield scheme, SKOS.hasTopConcept, concept
    header = [(predicate, value) for subject, predicate, value in told if subject == _VOCABULARY]
    for scheme in schemes:
        yield scheme, DCT.isPartOf, _VOCABULARY
        yield from ((scheme, predicate, value) for predicate, value in header if predicate in _OF_ALL)


@cache
def versions() -> Mapping[str, str]:
    """Return the text of the vocabulary by version: of the one in force, and of those that were."""
    folder = content_root() / "ontology"
    text = (folder / "pobratim.ttl").read_text(encoding="utf-8")
    kept = {file.stem: file.read_text(encoding="utf-8") for file in sorted((folder / _VERSIONS).glob("*.ttl"))}
    return kept | {_number(text): text}


def _number(text: str) -> str:
    triples = parse(text, format=RdfFormat.TURTLE)
    return next(
        quad.object.value
        for quad in triples
        if quad.subject == _VOCABULARY and quad.predicate == OWL.versionInfo and isinstance(quad.object, Literal)
    )


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

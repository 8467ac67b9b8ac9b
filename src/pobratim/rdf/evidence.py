"""Evidence as slim Web Annotations: what is proved, and the stretch of a cell that proves it.

A mention says of which thing, property and value a phrase is the proof; its target is the stretch as RFC 5147 names it,
with the words. What the standard has besides (classes, motivation, selectors, surroundings) is the same for all or
follows from these: ``queries/store/annotations.rq`` makes it.
"""

from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from pobratim.rdf.claims import Claim
from pobratim.rdf.iris import entity_iri, span_iri
from pobratim.rdf.terms import OA, POB, XSD, Graph
from pobratim.record import Evidence
from pobratim.text.transliterate import slug

_CERTAIN = 1.0


def annotate(graph: Graph, base: str, entry: str, evidence: Evidence, claim: Claim, text: str) -> None:
    """Add the mention of one piece of evidence; ``entry`` is the account's key, ``text`` the cell's raw text.

    Offsets count code points from 0, the end is exclusive. Raises ValueError where the cell has other words there.
    """
    if text[evidence.start : evidence.end] != evidence.exact:
        raise ValueError(f"not the words of {entry}/{evidence.column} there: {evidence.exact!r}")
    place = f"{entry}/{evidence.column}/{evidence.start}-{evidence.end}"
    mention = NamedNode(entity_iri(base, "mention", f"{place}/{slug(evidence.value)}"))
    cell = _cell(base, entry, evidence.column)
    target = NamedNode(span_iri(cell.value, evidence.start, evidence.end))
    thing, name, value = claim
    graph.add(mention, POB.value, value)
    graph.describe(
        mention,
        ((OA.hasBody, thing), (POB.property, name), (OA.hasTarget, target), (POB.rule, Literal(evidence.rule))),
    )
    if evidence.confidence < _CERTAIN:
        graph.add(mention, POB.confidence, Literal(f"{evidence.confidence:g}", datatype=XSD.decimal))
    graph.describe(target, ((OA.exact, Literal(evidence.exact)), (OA.hasSource, cell)))


@lru_cache(maxsize=100)
def _cell(base: str, entry: str, column: str) -> NamedNode:
    """Return a cell; one piece of evidence after another is of the same few."""
    return NamedNode(entity_iri(base, "cell", f"{entry}/{column}"))


def is_sound(phrases: Graph) -> bool:
    """Tell whether a graph that ``annotate`` made is all that the shapes ask of mentions and stretches of cells.

    It is so as it is made, unless two pieces of evidence have one place and value, or a phrase has no words.
    """
    told = set()
    for subject, predicate, value in phrases.triples():
        if predicate == OA.exact and not value.value:
            return False
        told.add((subject, predicate))
    return len(told) == len(phrases)


def span_of(mention: str) -> str:
    """Return the IRI of the stretch of a cell that a mention is of."""
    place = mention.rpartition("/")[0]
    cell, _, offsets = place.replace("/id/mention/", "/id/cell/", 1).rpartition("/")
    start, _, end = offsets.partition("-")
    return span_iri(cell, int(start), int(end))

"""Evidence as Web Annotations: the entity, the cell, the exact phrase with its surroundings and offsets."""

from pyoxigraph import Literal, NamedNode

from pobratim.rdf.iris import derived_iri, entity_iri
from pobratim.rdf.terms import OA, POB, XSD, Graph
from pobratim.record import Evidence
from pobratim.text.transliterate import slug

_AROUND = 32
_QUOTE = "quote"


def annotate(graph: Graph, base: str, entry: str, evidence: Evidence, body: NamedNode, text: str) -> None:
    """Add the annotation of one piece of evidence; ``entry`` is the account's key, ``text`` the cell's raw text.

    Offsets count code points from 0, the end is exclusive: ``text[start:end] == exact``.
    """
    place = f"{evidence.column}/{evidence.start}-{evidence.end}"
    mention = NamedNode(entity_iri(base, "mention", f"{entry}/{place}/{slug(evidence.value) or 'row'}"))
    graph.type(mention, POB.Mention, OA.Annotation)
    graph.add(body, POB.evidence, mention)
    graph.add(mention, OA.hasBody, body)
    graph.add(mention, OA.motivatedBy, OA.identifying)
    graph.add(mention, POB.rule, Literal(evidence.rule))
    graph.add(mention, POB.confidence, Literal(f"{evidence.confidence:g}", datatype=XSD.decimal))
    target = NamedNode(derived_iri(mention.value, "target"))
    graph.add(mention, OA.hasTarget, target)
    graph.type(target, OA.SpecificResource)
    graph.add(target, OA.hasSource, NamedNode(entity_iri(base, "cell", f"{entry}/{evidence.column}")))
    # Selectors say where in a cell, whatever is read there: mentions of one phrase share them.
    where = entity_iri(base, "mention", f"{entry}/{place}")
    quote, position = NamedNode(derived_iri(where, _QUOTE)), NamedNode(derived_iri(where, "position"))
    graph.add(target, OA.hasSelector, quote, position)
    graph.type(quote, OA.TextQuoteSelector)
    graph.add(quote, OA.exact, Literal(evidence.exact))
    graph.add(quote, OA.prefix, Literal(text[max(0, evidence.start - _AROUND) : evidence.start]))
    graph.add(quote, OA.suffix, Literal(text[evidence.end : evidence.end + _AROUND]))
    graph.type(position, OA.TextPositionSelector)
    graph.add(position, OA.start, _count(evidence.start))
    graph.add(position, OA.end, _count(evidence.end))


def phrase_of(mention: str) -> str:
    """Return the IRI of what holds the words of a mention."""
    return derived_iri(mention.rpartition("/")[0], _QUOTE)


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)

"""What the graph says of an agreement by itself: when, for how long, its number and subject."""

from pyoxigraph import Literal, NamedNode

from pobratim.entities import AgreementEntity
from pobratim.rdf import vocabulary
from pobratim.rdf.dates import date_span
from pobratim.rdf.edtf import bounds
from pobratim.rdf.terms import DCT, EDTF, POB, XSD, Graph, day, ru

_TERMS = "agreement-term"


def agreement_facts(graph: Graph, node: NamedNode, agreement: AgreementEntity) -> None:
    """Add date, term, number and subject of an agreement.

    What is told of its end is dct:valid; an end that is only reckoned is pob:expires, a bound and nothing else.
    """
    start, _, end = (agreement.date or agreement.planned).partition("/")
    date_span(graph, node, start, end or start)
    graph.add(node, POB.term, vocabulary.concept(_TERMS, agreement.term))
    if agreement.prolonged:
        graph.add(node, POB.term, vocabulary.concept(_TERMS, "prolonged"))
    if agreement.end:
        held = f"{agreement.date or '..'}/{agreement.end}"
        graph.add(node, DCT.valid, Literal(held, datatype=EDTF.EDTF))
    if agreement.duration:
        graph.add(node, POB.duration, Literal(_canonical(agreement.duration), datatype=XSD.duration))
    if agreement.expires:
        graph.add(node, POB.expires, day(bounds(agreement.expires)[1]))
    if agreement.number:
        graph.add(node, DCT.identifier, Literal(agreement.number))
    if agreement.subject:
        graph.add(node, DCT.description, ru(agreement.subject))


def _canonical(duration: str) -> str:
    """Return «P18M» as «P1Y6M»: stores keep durations in this form, and what is stored must be what is made."""
    if not duration.endswith("M"):
        return duration
    years, months = divmod(int(duration[1:-1]), 12)
    return "P" + (f"{years}Y" if years else "") + (f"{months}M" if months else "")

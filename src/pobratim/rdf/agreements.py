"""What the graph says of an agreement by itself: kind and status, when, for how long, its number and subject."""

from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from pobratim.entities import AgreementEntity
from pobratim.rdf import vocabulary
from pobratim.rdf.dates import date_span, span_terms
from pobratim.rdf.edtf import bounds
from pobratim.rdf.terms import DCT, EDTF, POB, SCHEMA, Graph, Object, day, ru

Fact = tuple[NamedNode, Object]


def agreement_facts(graph: Graph, node: NamedNode, agreement: AgreementEntity) -> None:
    """Add kind, status, date, term, number and subject of an agreement."""
    for name, value in facts_by_field(agreement).values():
        graph.add(node, name, value)
    date_span(graph, node, *_span(agreement))


def facts_by_field(agreement: AgreementEntity) -> Mapping[str, Fact]:
    """Return property and value of each field of a record's agreement for which the graph has a fact.

    What is told of its end is dct:valid; an end that is only reckoned is pob:expires, a bound and nothing else.
    """
    told = agreement
    found: dict[str, Fact] = {
        "kind": (DCT.type, vocabulary.concept("agreement-kind", told.kind)),
        "status": (POB.status, vocabulary.concept("agreement-status", told.status)),
        "term": (POB.term, vocabulary.concept("agreement-term", told.term)),
    }
    span = span_terms(*_span(told))
    if span is not None:
        found["date" if told.date else "planned"] = (POB.edtf, span.edtf)
    if told.prolonged:
        found["prolonged"] = (POB.term, vocabulary.concept("agreement-term", "prolonged"))
    if told.end:
        found["end"] = (DCT.valid, Literal(f"{told.date or '..'}/{told.end}", datatype=EDTF.EDTF))
    if told.duration:
        found["duration"] = (POB.duration, Literal(_canonical(told.duration), datatype=SCHEMA.Duration))
    if told.expires:
        found["expires"] = (POB.expires, day(bounds(told.expires)[1]))
    if told.number:
        found["number"] = (DCT.identifier, Literal(told.number))
    if told.subject:
        found["subject"] = (DCT.description, ru(told.subject))
    return found


def _span(agreement: AgreementEntity) -> tuple[str, str]:
    start, _, end = (agreement.date or agreement.planned).partition("/")
    return start, end or start


def _canonical(duration: str) -> str:
    """Return «P18M» as «P1Y6M»: one length has one spelling.

    The datatype is not xsd:duration, which stores rewrite each in its own way (Virtuoso 7.2 loses the form).
    """
    if not duration.endswith("M"):
        return duration
    years, months = divmod(int(duration[1:-1]), 12)
    return "P" + (f"{years}Y" if years else "") + (f"{months}M" if months else "")

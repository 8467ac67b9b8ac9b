"""When something was: bounds for comparing, EDTF as told, and OWL-Time nodes."""

from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from pobratim.rdf.edtf import bounds, interval
from pobratim.rdf.iris import entity_iri
from pobratim.rdf.terms import EDTF, POB, TIME, Graph, day


class Span(NamedTuple):
    """A span of days as terms: EDTF as told, and its first and last day as xsd:date."""

    edtf: Literal
    first: Literal
    last: Literal


def span_terms(start: str, end: str) -> Span | None:
    """Return the terms of a span between two EDTF dates, None for an unknown one."""
    if not start or not end:
        return None
    return Span(Literal(interval(start, end), datatype=EDTF.EDTF), day(bounds(start)[0]), day(bounds(end)[1]))


def date_span(graph: Graph, node: NamedNode, start: str, end: str) -> None:
    """Add pob:edtf, and pob:start and pob:end (xsd:date), of a span; nothing for an unknown one."""
    span = span_terms(start, end)
    if span is not None:
        graph.add(node, POB.edtf, span.edtf)
        graph.add(node, POB.start, span.first)
        graph.add(node, POB.end, span.last)


def temporal_entity(graph: Graph, node: NamedNode, start: str, end: str, base: str) -> None:
    """Add time:hasTime with an instant for one day, else an interval between two instants."""
    if not start or not end:
        return
    first, last = bounds(start)[0].isoformat(), bounds(end)[1].isoformat()
    if first == last:
        graph.add(node, TIME.hasTime, _instant(graph, first, base))
        return
    span = NamedNode(entity_iri(base, "time", f"{first}--{last}"))
    graph.add(node, TIME.hasTime, span)
    graph.type(span, TIME.TemporalEntity, TIME.ProperInterval)
    graph.add(span, TIME.hasBeginning, _instant(graph, first, base))
    graph.add(span, TIME.hasEnd, _instant(graph, last, base))


def _instant(graph: Graph, date: str, base: str) -> NamedNode:
    node = NamedNode(entity_iri(base, "time", date))
    graph.type(node, TIME.TemporalEntity, TIME.Instant)
    graph.add(node, TIME.inXSDDate, day(date))
    return node

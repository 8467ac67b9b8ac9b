"""When something was: bounds for comparing, EDTF as told, and OWL-Time nodes."""

from pyoxigraph import Literal, NamedNode

from pobratim.rdf.edtf import bounds, interval
from pobratim.rdf.iris import entity_iri
from pobratim.rdf.terms import EDTF, POB, TIME, Graph, day


def date_span(graph: Graph, node: NamedNode, start: str, end: str) -> None:
    """Add pob:edtf, and pob:start and pob:end (xsd:date), of a span; nothing for an unknown one."""
    if start and end:
        graph.add(node, POB.edtf, Literal(interval(start, end), datatype=EDTF.EDTF))
        graph.add(node, POB.start, day(bounds(start)[0]))
        graph.add(node, POB.end, day(bounds(end)[1]))


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

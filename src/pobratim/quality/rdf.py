"""Quality as RDF: measurements of the Data Quality Vocabulary (W3C Note, dqv:) on the reports' IRIs."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal

from pyoxigraph import Literal, NamedNode

from pobratim.quality.gaps import KINDS
from pobratim.quality.measures import Quality
from pobratim.rdf.iris import concept_iri, entity_iri, graph_iri
from pobratim.rdf.terms import DQV, XSD, Graph

GRAPH = "quality"
"""The name of the graph of measurements."""
_PLACES = Decimal("0.0001")


def quality_graph(qualities: Iterable[Quality], base: str) -> Graph:
    """Return the measurements of reports, each under an IRI of report and metric (ontology/quality-metrics.ttl)."""
    graph = Graph(graph_iri(base, GRAPH))
    for quality in qualities:
        report = NamedNode(entity_iri(base, "report", quality.report))
        for metric, value in measurements(quality):
            node = NamedNode(entity_iri(base, "measurement", f"{quality.report}/{metric}"))
            graph.type(node, DQV.QualityMeasurement)
            graph.add(node, DQV.isMeasurementOf, NamedNode(concept_iri("quality-metric", metric)))
            graph.add(node, DQV.computedOn, report)
            graph.add(node, DQV.value, value)
    return graph


def measurements(quality: Quality) -> Iterator[tuple[str, Literal]]:
    """Yield metric and value; shares only of a report of which rows are stored."""
    counts = {
        "rows": quality.rows,
        "rows-stored": quality.stored,
        "rows-left-out": len(quality.left_out),
        **{f"unclaimed-{kind}": quality.unclaimed(kind) for kind in KINDS},
        "unknown-columns": len(quality.unknown_columns),
        "inferred-values": len(quality.doubts),
        "undecided-identities": quality.undecided,
    }
    yield from ((metric, Literal(str(count), datatype=XSD.integer)) for metric, count in counts.items())
    for name, share in quality.coverage.items() if quality.stored else ():
        exact = (Decimal(share.have) / Decimal(share.rows)).quantize(_PLACES, ROUND_HALF_EVEN)
        yield f"coverage-{name}", Literal(str(exact), datatype=XSD.decimal)

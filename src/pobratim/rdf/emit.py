"""Resolved entities to quads: one graph a report, one of its phrases, one of authorities (what outlives a report), one
of links out, one of search labels."""

from pobratim.entities import Resolution
from pobratim.rdf.ontology import ontology_graph
from pobratim.rdf.report import ReportWriter
from pobratim.rdf.shared import shared_graphs
from pobratim.rdf.terms import Graph

__all__ = ["emit", "ontology_graph"]


def emit(resolution: Resolution, base: str) -> dict[str, Graph]:
    """Return the graphs by IRI; the same resolution gives the same lines. No blank nodes."""
    writer = ReportWriter(resolution, base)
    graphs = [
        *shared_graphs(resolution, base),
        *(one for report in resolution.reports for one in writer.graphs(report)),
    ]
    return {graph.name.value: graph for graph in graphs}

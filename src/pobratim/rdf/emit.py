"""Resolved entities to quads: one graph a report, one of authorities (what outlives a report), one of links out,
one of search labels."""

from pobratim.entities import Resolution
from pobratim.rdf.authority import authority_graph
from pobratim.rdf.links import links_graph
from pobratim.rdf.ontology import ontology_graph
from pobratim.rdf.report import ReportWriter
from pobratim.rdf.search_labels import search_graph
from pobratim.rdf.terms import Graph

__all__ = ["emit", "ontology_graph", "shared_graphs"]


def emit(resolution: Resolution, base: str) -> dict[str, Graph]:
    """Return the graphs by IRI; the same resolution gives the same lines. No blank nodes."""
    writer = ReportWriter(resolution, base)
    graphs = [
        *shared_graphs(resolution, base),
        *(one for report in resolution.reports for one in writer.graphs(report)),
    ]
    return {graph.name.value: graph for graph in graphs}


def shared_graphs(resolution: Resolution, base: str) -> list[Graph]:
    """Return the graphs that no report has to itself."""
    return [authority_graph(resolution, base), links_graph(resolution, base), search_graph(resolution, base)]

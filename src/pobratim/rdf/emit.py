"""Resolved entities to quads: one graph a report, one of authorities (what outlives a report), one of links out,
one of search labels."""

from pobratim.entities import Resolution
from pobratim.rdf.authority import authority_graph
from pobratim.rdf.iris import graph_iri
from pobratim.rdf.links import links_graph
from pobratim.rdf.ontology import ontology_graph
from pobratim.rdf.report import ReportWriter
from pobratim.rdf.search_labels import search_graph
from pobratim.rdf.terms import Graph

__all__ = ["emit", "ontology_graph"]


def emit(resolution: Resolution, base: str) -> dict[str, Graph]:
    """Return the graphs by IRI; the same resolution gives the same lines. No blank nodes."""
    graphs = {
        graph_iri(base, "authority"): authority_graph(resolution, base),
        graph_iri(base, "links"): links_graph(resolution, base),
        graph_iri(base, "search"): search_graph(resolution, base),
    }
    writer = ReportWriter(resolution, base)
    for report in resolution.reports:
        graphs[graph_iri(base, f"report/{report.slug}")] = writer.graph(report)
    return graphs

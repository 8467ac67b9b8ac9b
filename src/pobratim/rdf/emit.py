"""Resolved entities to quads: one graph a report, one of its phrases, one of authorities (what outlives a report), one
of links out, one of search labels."""

from pyoxigraph import Quad

from pobratim.entities import Resolution
from pobratim.rdf.authority import authority_graph
from pobratim.rdf.iris import graph_iri
from pobratim.rdf.links import links_graph
from pobratim.rdf.ontology import ontology_quads
from pobratim.rdf.report import ReportWriter
from pobratim.rdf.search_labels import search_graph

__all__ = ["emit", "ontology_quads"]


def emit(resolution: Resolution, base: str) -> dict[str, list[Quad]]:
    """Return the quads by graph IRI, sorted; the same resolution gives the same quads. No blank nodes."""
    graphs = {
        graph_iri(base, "authority"): authority_graph(resolution, base),
        graph_iri(base, "links"): links_graph(resolution, base),
        graph_iri(base, "search"): search_graph(resolution, base),
    }
    writer = ReportWriter(resolution, base)
    for report in resolution.reports:
        graphs[graph_iri(base, f"report/{report.slug}")] = writer.graph(report)
        graphs[graph_iri(base, f"evidence/{report.slug}")] = writer.evidence(report)
    return graphs

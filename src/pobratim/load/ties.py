"""The file of the graph of ties: whole, or turned from the former one by what changed."""

from collections.abc import Mapping

from pobratim.ground.sorted_lines import Leaving
from pobratim.load.workshop import Workshop
from pobratim.rdf.iris import graph_iri
from pobratim.store.graph_files import GraphFile
from pobratim.ties.summary import Summary
from pobratim.ties.ties import ties_graph, update

TIES = "ties"
"""The name of the graph."""


def whole_ties(workshop: Workshop, summaries: Mapping[str, Summary]) -> GraphFile:
    """Return the graph of ties of all reports."""
    return workshop.written(graph_iri(workshop.base, TIES), ties_graph(summaries, workshop.base))


def turned_ties(
    workshop: Workshop, ties: GraphFile | None, former: Mapping[str, Summary], changed: Mapping[str, Summary | None]
) -> GraphFile:
    """Return the graph of ties where some summaries changed; ``ties`` is that of the former ones, None for none."""
    change = update(former, changed, workshop.base)
    if ties is not None and not (change.gone or change.fresh):
        return ties
    leaving = Leaving(sorted(map(str.encode, change.gone)))
    return workshop.rewritten(graph_iri(workshop.base, TIES), ties, leaving, change.fresh)

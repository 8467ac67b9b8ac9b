"""The file of the graph of ties: whole, or turned from the former one by what changed."""

from collections.abc import Mapping

from pobratim.ground.sorted_lines import Leaving
from pobratim.load.workshop import Workshop
from pobratim.rdf.iris import graph_iri
from pobratim.store.graph_files import GraphFile
from pobratim.ties.book import Book
from pobratim.ties.summary import Summary
from pobratim.ties.whole import Whole

TIES = "ties"
"""The name of the graph."""


def whole_ties(workshop: Workshop, whole: Whole) -> GraphFile:
    """Return the graph of ties of all reports."""
    return workshop.written(graph_iri(workshop.base, TIES), whole.lines(workshop.base))


def turned_ties(
    workshop: Workshop, ties: GraphFile | None, book: Book, changed: Mapping[str, Summary | None]
) -> GraphFile:
    """Return the graph of ties where some summaries changed, None for one that is no more; the ``book`` takes them.

    ``ties`` is that of what the book held, None for nothing.
    """
    change = book.update(changed, workshop.base)
    if ties is not None and not (change.gone or change.fresh):
        return ties
    leaving = Leaving(sorted(map(str.encode, change.gone)))
    return workshop.rewritten(graph_iri(workshop.base, TIES), ties, leaving, change.fresh)

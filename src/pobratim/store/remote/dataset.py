"""Over which graphs a store is asked: ours, as one default graph, and nobody else's.

The protocol's way is to list them (SPARQL 1.1 Protocol, 2.1.4), which is exact and slow where they are many: Oxigraph
and Virtuoso look through each for every pattern (300 graphs of 60 triples: a join takes 60 times as long). So from
FEW graphs on a store that holds nothing but ours is asked as a whole: without any field where a query sees all
graphs anyhow (Virtuoso, GraphDB), with ``union-default-graph`` where that helps (Oxigraph). Then the one triple of
``state.py`` is seen as well.
"""

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions

from pobratim.sparql.binding import bind
from pobratim.store.remote.asking import ask, store_query
from pobratim.store.remote.state import RemoteState
from pobratim.store.remote.wire import Form, Wire

FEW = 16

_UNION: Form = {"union-default-graph": "true"}
_SYSTEM = ("http://www.openlinksw.com/schemas/", "http://localuriqaserver/", "http://www.w3.org/ns/ldp#")
"""Beginnings of the names of graphs that a new Virtuoso database holds: its own mappings, nobody's data."""


def listed(state: RemoteState) -> Form:
    """Return the fields that list our graphs as default graph and as named graphs."""
    graphs = sorted(state.graphs)
    return {"default-graph-uri": graphs, "named-graph-uri": graphs}


def find_dataset(wire: Wire, url: str, state: RemoteState, few: int = FEW) -> Form:
    """Return the fields that a query at ``url`` is sent with. Raises StoreError."""
    if len(state.graphs) <= few or _others(wire, url, state):
        return listed(state)
    for fields in ({}, _UNION):
        text = bind(store_query("sees-state"), {"state": NamedNode(state.graph)})
        seen = ask(wire, url, text, fields)
        assert isinstance(seen, QueryBoolean)
        if seen:
            return fields
    return listed(state)


def graph_sizes(wire: Wire, url: str) -> dict[str, int]:
    """Return how many triples each graph of a store holds, ours and others'."""
    found = ask(wire, url, store_query("graph-sizes"), {})
    assert isinstance(found, QuerySolutions)
    return {row["graph"].value: int(row["count"].value) for row in found}


def _others(wire: Wire, url: str, state: RemoteState) -> bool:
    found = ask(wire, url, store_query("graph-names"), {})
    assert isinstance(found, QuerySolutions)
    names = {row["graph"].value for row in found if row["graph"] is not None} or set(graph_sizes(wire, url))
    return any(not name.startswith(_SYSTEM) for name in names - set(state.graphs) - {state.graph})

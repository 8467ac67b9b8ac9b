"""The network as a networkx graph, and who is central, who belongs together, who links two."""

from collections.abc import Mapping

import networkx as nx

from pobratim.errors import UsageError
from pobratim.messages import Language
from pobratim.network.model import Network, Party, Tie
from pobratim.network.read import read_network
from pobratim.network.words import precision
from pobratim.store.backend import GraphReader

SEED = 1
"""The seed of whatever networkx would otherwise draw by chance."""
EXACT = 2_000
"""Parties up to which betweenness counts all shortest paths: some ten seconds."""
_BEGUN = 200
"""Parties at which the paths of an estimate begin."""


def network_graph(
    view: str, params: Mapping[str, str], reader: GraphReader, lang: Language = "ru"
) -> "nx.MultiGraph[str]":
    """Return the view's parties as nodes and ties as edges, both named by their IRIs.

    Node attributes (text): label, short, type, kind, place, country. Edge attributes: level, kind, date,
    first, last, precision, topics (text; topics separated by "; "), events, sides, agreements (whole numbers). As in
    the answers to questions, date is EDTF as precise as the reports, first and last are its bounds as days.
    """
    return to_graph(read_network(view, params, reader, lang, with_rows=False), lang)


def to_graph(network: Network, lang: Language = "ru") -> "nx.MultiGraph[str]":
    """Return a Network as a graph (see ``network_graph``), nodes and edges in the order of their IRIs."""
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    for party in network.parties.values():
        graph.add_node(party.id, **_node(network, party, lang))
    for tie in network.ties.values():
        graph.add_edge(tie.a, tie.b, key=tie.id, **_edge(network, tie, lang))
    return graph


def add_centrality(graph: "nx.MultiGraph[str]") -> None:
    """Give each node ``degree`` (number of partners) and ``betweenness`` (0..1, share of shortest paths).

    Betweenness as by Freeman (1977), normalised, every tie of length 1. Of more than ``EXACT`` parties it is estimated
    from the paths that begin at some of them (Brandes and Pich, 2007), always the same ones.
    """
    simple = nx.Graph(graph)
    begun = min(_BEGUN, len(simple)) if len(simple) > EXACT else None
    betweenness = nx.betweenness_centrality(simple, k=begun, seed=SEED)
    for node in graph:
        graph.nodes[node]["degree"] = int(simple.degree(node))
        graph.nodes[node]["betweenness"] = round(betweenness[node], 6)


def communities(graph: "nx.MultiGraph[str]") -> list[list[str]]:
    """Return groups of parties with more ties inside than out (Louvain, 2008), largest first, members sorted.

    A tie counts as much as it has events.
    """
    weighted: nx.Graph[str] = nx.Graph()
    weighted.add_nodes_from(sorted(graph))
    for a, b, events in sorted(graph.edges(data="events", default=1)):
        before = weighted.edges[a, b]["weight"] if weighted.has_edge(a, b) else 0
        weighted.add_edge(a, b, weight=before + max(1, int(events)))
    groups = nx.community.louvain_communities(weighted, weight="weight", seed=SEED)
    return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))


def shortest_path(graph: "nx.MultiGraph[str]", start: str, goal: str) -> list[str]:
    """Return the parties from ``start`` to ``goal`` (IRIs or labels), both included; [] if there is none.

    Of several shortest paths the first in the order of the IRIs. Raises UsageError for an unknown party.
    """
    ends = [find_party(graph, name) for name in (start, goal)]
    paths = nx.all_shortest_paths(graph, *ends)
    try:
        return min(paths)
    except nx.NetworkXNoPath:
        return []


def find_party(graph: "nx.MultiGraph[str]", name: str) -> str:
    """Return the IRI of the one party whose IRI, label or short label is ``name``. Raises UsageError."""
    if name in graph:
        return name
    found = [node for node, facts in graph.nodes.items() if name in (facts["label"], facts["short"])]
    if len(found) != 1:
        raise UsageError("network-party-unknown", name=name, count=len(found))
    return found[0]


def _node(network: Network, party: Party, lang: Language) -> dict[str, str]:
    return {
        "label": party.names.get(lang) or party.names.get("ru") or min(party.names.values()),
        "short": party.short,
        "type": party.type,
        "kind": network.word(party.kind, lang),
        "place": party.place,
        "country": network.code(party.country),
    }


def _edge(network: Network, tie: Tie, lang: Language) -> dict[str, str | int]:
    return {
        "level": tie.level,
        "kind": network.word(tie.kind, lang),
        "events": tie.events,
        "sides": tie.sides,
        "agreements": len(tie.agreements),
        "date": tie.edtf,
        "first": tie.start,
        "last": tie.end,
        "precision": precision(tie.edtf, lang),
        "topics": "; ".join(network.word(topic, lang) for topic in tie.topics),
    }

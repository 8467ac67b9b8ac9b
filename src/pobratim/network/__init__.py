"""The partner network: the ties as a networkx graph, a page that opens offline, GraphML, GEXF, a picture."""

from pobratim.network.analysis import add_centrality, communities, find_party, network_graph, shortest_path, to_graph
from pobratim.network.export import FORMATS, write_network
from pobratim.network.inline import InlinePage, show
from pobratim.network.model import Network, View
from pobratim.network.read import read_network, views

__all__ = [
    "FORMATS",
    "InlinePage",
    "Network",
    "View",
    "add_centrality",
    "communities",
    "find_party",
    "network_graph",
    "read_network",
    "shortest_path",
    "show",
    "to_graph",
    "views",
    "write_network",
]

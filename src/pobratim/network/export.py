"""Write a network to a file; the file's extension says how."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Literal, get_args

import networkx as nx

from pobratim.errors import UsageError
from pobratim.messages import Language
from pobratim.network.analysis import add_centrality, to_graph
from pobratim.network.model import Network
from pobratim.network.page import to_html
from pobratim.network.picture import to_png, to_svg
from pobratim.network.pyvis_page import to_pyvis
from pobratim.network.read import read_network
from pobratim.store.backend import GraphReader

Engine = Literal["own", "pyvis"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
OWN: Engine = "own"
_LIFETIME = (("start", "first"), ("end", "last"))
_GRAPHS = (".graphml", ".gexf")
"""Formats of parties and ties alone."""
_MODIFIED = re.compile(rb' lastmodifieddate="[^"]*"')


def write_network(
    view: str, params: Mapping[str, str], reader: GraphReader, out: Path, lang: Language, engine: Engine = OWN
) -> Network:
    """Write the network that ``view`` shows to ``out``: .html, .graphml, .gexf, .svg or .png. Return it.

    ``engine`` says who draws a page: our own picture, or pyvis. Raises UsageError for an unknown view, parameter or
    extension, and for what the engine does not draw, before anything is written.
    """
    form = out.suffix.lower()
    writer = FORMATS.get(form)
    if writer is None:
        raise UsageError("network-format-unknown", extension=out.suffix, known=", ".join(FORMATS))
    if engine == "pyvis":
        if form != ".html":
            raise UsageError("network-engine-pages", engine=engine, extension=out.suffix)
        writer = _pyvis
    network = read_network(view, params, reader, lang, with_rows=form not in _GRAPHS)
    data = writer(network, lang)
    out.write_bytes(data)
    return network


def _pyvis(network: Network, lang: Language) -> bytes:
    return to_pyvis(network, lang).encode()


def to_graphml(network: Network, lang: Language) -> bytes:
    """Return the network as GraphML, for Gephi, yEd, Cytoscape or R; degree and betweenness included."""
    buffer = BytesIO()
    nx.write_graphml(_measured(network, lang), buffer, encoding="utf-8", prettyprint=True)
    return buffer.getvalue()


def to_gexf(network: Network, lang: Language) -> bytes:
    """Return the network as GEXF 1.2, without the day of writing, so that equal data give equal bytes.

    A tie's first and last day are also the edge's ``start`` and ``end``: so GEXF names the bounds within which an edge
    of a dynamic graph exists (GEXF 1.2draft primer, "Dynamics"), and Gephi's timeline goes by them.
    """
    graph = _measured(network, lang)
    for _, _, edge in graph.edges(data=True):
        edge |= {name: edge[bound] for name, bound in _LIFETIME if edge[bound]}
    buffer = BytesIO()
    nx.write_gexf(graph, buffer, encoding="utf-8", prettyprint=True, version="1.2draft")
    return _MODIFIED.sub(b"", buffer.getvalue())


def _measured(network: Network, lang: Language) -> "nx.MultiGraph[str]":
    graph = to_graph(network, lang)
    add_centrality(graph)
    return graph


FORMATS: Mapping[str, Callable[[Network, Language], bytes]] = {
    ".html": lambda network, lang: to_html(network, lang).encode(),
    ".graphml": to_graphml,
    ".gexf": to_gexf,
    ".svg": lambda network, lang: to_svg(network, lang).encode(),
    ".png": to_png,
}
"""The writers by file extension."""

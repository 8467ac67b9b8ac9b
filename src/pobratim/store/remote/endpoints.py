"""Where a store takes queries, updates and whole graphs: named by the user, else found by trying.

Addresses differ from store to store, so they are tried rather than known by vendor: a query endpoint is what answers
``ASK {}`` (Oxigraph: /query, most others: /sparql), a place for writing is what takes the first graph
(``writer.py``).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from pobratim.errors import StoreError
from pobratim.store.remote.results import ROWS
from pobratim.store.remote.wire import Wire

UPDATE, GRAPHS = "POBRATIM_STORE_UPDATE", "POBRATIM_STORE_GRAPHS"

_QUERY_NAMES = ("query", "sparql")
_GRAPHS_NAMES = ("store", "data", "sparql-graph-crud-auth")
"""Graph Store Protocol beside the query endpoint: Oxigraph, Fuseki, Virtuoso."""
_UPDATE_NAMES = ("update", "sparql-auth")
"""SPARQL Update beside it: Oxigraph and Fuseki, Virtuoso."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """``query`` answers queries; ``graphs`` and ``updates`` are where writing is to be tried, in that order."""

    query: str
    graphs: tuple[str, ...]
    updates: tuple[str, ...]


def find_endpoints(wire: Wire, url: str, environment: Mapping[str, str] = os.environ) -> Endpoints:
    """Return the endpoints of the store at ``url``: a query endpoint, or a server whose root or "" it is.

    Raises StoreError where none answers a query.
    """
    query = _query(wire, url)
    graphs, update = environment.get(GRAPHS, ""), environment.get(UPDATE, "")
    if graphs or update:
        return Endpoints(query, (graphs,) if graphs else (), (update,) if update else ())
    return Endpoints(
        query,
        tuple(_beside(query, name) for name in _GRAPHS_NAMES),
        tuple(_beside(query, name) for name in _UPDATE_NAMES),
    )


def _query(wire: Wire, url: str) -> str:
    path = urlsplit(url).path.rstrip("/")
    tried = [url] if path else [_beside(f"{url.rstrip('/')}/", name) for name in _QUERY_NAMES]
    refused: StoreError | None = None
    for candidate in tried:
        answer = wire.send("POST", candidate, form={"query": "ASK {}"}, headers={"Accept": ROWS})
        if answer.done and answer.media_type == ROWS:
            return candidate
        if answer.status in (401, 403):
            refused = wire.error("store-remote-refused", status=answer.status)
    raise refused or wire.error("store-remote-no-endpoint", tried=", ".join(tried))


def _beside(url: str, name: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rpartition('/')[0]}/{name}", "", ""))

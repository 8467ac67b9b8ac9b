"""Whole graphs into a store: by the Graph Store Protocol where it has that, else by SPARQL Update.

A graph goes in pieces, the first of which replaces what was there; a piece that is sent twice adds nothing. The first
write finds the way: the places of ``endpoints.py`` are tried in turn, and the one that takes it takes all others.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from pyoxigraph import NamedNode

from pobratim.content import content_root
from pobratim.errors import StoreError
from pobratim.sparql.binding import bind
from pobratim.store.remote.endpoints import Endpoints
from pobratim.store.remote.results import TRIPLES
from pobratim.store.remote.wire import Answer, Wire

PIECE = 50_000
"""Triples in a request of the Graph Store Protocol: some 7 MB."""
UPDATE_PIECE = 1_000
"""Triples in an INSERT DATA: Virtuoso 7.2 takes no more than some 5,000."""


class _Way(Protocol):
    """One place that takes graphs, or does not: then the first answer of either method says so."""

    url: str

    def replace(self, graph: str, lines: Iterable[bytes]) -> Answer: ...

    def remove(self, graph: str) -> Answer: ...


class GraphWriter:
    """Replaces and removes whole graphs of one store."""

    def __init__(self, wire: Wire, endpoints: Endpoints) -> None:
        """Take no step yet."""
        self._wire = wire
        self._ways: list[_Way] = [
            *(_GraphStore(wire, url) for url in endpoints.graphs),
            *(_Update(wire, url) for url in endpoints.updates),
        ]
        self._way: _Way | None = None

    def replace(self, graph: str, triples: Iterable[bytes]) -> None:
        """Make ``graph`` hold these lines of N-Triples and nothing else. Raises StoreError."""
        lines = list(triples)
        if self._way:
            self._wire.checked(self._way.replace(graph, lines))
            return
        refused: StoreError | None = None
        for way in self._ways:
            answer = way.replace(graph, lines)
            if answer.done:
                self._way = way
                return
            if answer.status in (401, 403):
                refused = refused or self._wire.error("store-remote-refused", status=answer.status)
        tried = ", ".join(way.url for way in self._ways)
        raise refused or self._wire.error("store-remote-read-only", tried=tried)

    def remove(self, graph: str) -> None:
        """Remove ``graph``, whether it is there or not; only after a ``replace``. Raises StoreError."""
        assert self._way is not None
        answer = self._way.remove(graph)
        if answer.status != 404:
            self._wire.checked(answer)


class _GraphStore:
    """SPARQL 1.1 Graph Store HTTP Protocol, https://www.w3.org/TR/sparql11-http-rdf-update/."""

    def __init__(self, wire: Wire, url: str) -> None:
        self.wire, self.url = wire, url

    def replace(self, graph: str, lines: Iterable[bytes]) -> Answer:
        method, answer = "PUT", None
        for piece in _pieces(lines, PIECE):
            answer = self._send(method, graph, piece)
            if not answer.done:
                return answer
            method = "POST"
        return answer or self.remove(graph)

    def remove(self, graph: str) -> Answer:
        return self._send("DELETE", graph, None)

    def _send(self, method: str, graph: str, body: bytes | None) -> Answer:
        headers = {"Content-Type": TRIPLES} if body is not None else None
        return self.wire.send(method, self.url, params={"graph": graph}, body=body, headers=headers)


class _Update:
    """SPARQL 1.1 Update by the SPARQL 1.1 Protocol."""

    def __init__(self, wire: Wire, url: str) -> None:
        self.wire, self.url = wire, url
        self.drop = (content_root() / "queries" / "store" / "drop.ru").read_text(encoding="utf-8")

    def replace(self, graph: str, lines: Iterable[bytes]) -> Answer:
        answer = self.remove(graph)
        for piece in _pieces(lines, UPDATE_PIECE):
            if not answer.done:
                break
            # Ground triples as N-Triples are the data block of an INSERT DATA as they stand.
            answer = self._send(b"INSERT DATA { GRAPH %s {\n%s} }" % (str(NamedNode(graph)).encode(), piece))
        return answer

    def remove(self, graph: str) -> Answer:
        return self._send(bind(self.drop, {"graph": NamedNode(graph)}).encode())

    def _send(self, update: bytes) -> Answer:
        return self.wire.send("POST", self.url, form={"update": update.decode()})


def _pieces(lines: Iterable[bytes], size: int) -> Iterator[bytes]:
    held: list[bytes] = []
    for line in lines:
        held.append(line)
        if len(held) == size:
            yield b"".join(held)
            held = []
    if held:
        yield b"".join(held)

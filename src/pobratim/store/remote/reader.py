"""What a store behind a URL holds, asked and read as the embedded store is."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import IO, Any

from pyoxigraph import NamedNode, Quad, QueryBoolean, RdfFormat, serialize

from pobratim.sparql.binding import bind
from pobratim.sparql.terms import Term
from pobratim.sparql.text import names_dataset
from pobratim.store.backend import Dataset, QueryResult, is_dumped
from pobratim.store.remote.asking import ask, store_query, tried
from pobratim.store.remote.dataset import FEW, find_dataset
from pobratim.store.remote.results import TRIPLES, MalformedAnswerError, read_triples
from pobratim.store.remote.state import RemoteState
from pobratim.store.remote.wire import Form, Wire


class RemoteReader:
    """One state of a store. It is not frozen: what is loaded meanwhile is seen as soon as it is there."""

    def __init__(
        self, wire: Wire, url: str, state: RemoteState, manifest: Callable[[], dict[str, Any]], few: int = FEW
    ) -> None:
        """Keep all; ``url`` answers queries, ``manifest`` returns or raises what the property of that name does.

        Up to ``few`` graphs are listed with every query; see ``dataset.py``.
        """
        self._wire, self._url, self._state, self._manifest = wire, url, state, manifest
        self.generation = state.generation
        self._few = few

    @cached_property
    def dataset(self) -> Form:
        """Return the fields by which a request says over which graphs it is asked."""
        return find_dataset(self._wire, self._url, self._state, self._few)

    @property
    def digest(self) -> str:
        """Return what differs with whatever is stored."""
        return self._state.digest

    @property
    def base(self) -> str:
        """Return what all IRIs of the data begin with."""
        return self._state.base

    @property
    def manifest(self) -> dict[str, Any]:
        """Return what lies beside the quads in the state folder. Raises StoreError if the folder is not that load's."""
        return self._manifest()

    @property
    def search_folder(self) -> None:
        """Return None: there is no folder beside a store behind a URL."""
        return None

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Term] | None = None,
        dataset: Dataset | None = None,
        base: str | None = None,
    ) -> QueryResult:
        """Return the answer over ``dataset``, else over that of its FROM clauses, else over the union of our graphs.

        ``base`` resolves relative IRIs; the rest is as ``GraphReader.query`` says.

        The query is first asked of an empty store in memory: it finds the same faults in it, with the same words, and
        tells what kind of answer to ask for. Raises StoreError for what goes wrong on the way.
        """
        whole = f"BASE <{base}> {sparql}" if base else sparql
        tried(whole, bindings)
        return ask(self._wire, self._url, bind(whole, bindings or {}), self._graphs(sparql, dataset))

    def _graphs(self, sparql: str, dataset: Dataset | None) -> Form:
        if dataset is not None:
            return {"default-graph-uri": dataset.default, "named-graph-uri": dataset.named}
        return {} if names_dataset(sparql) else self.dataset

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """Yield the quads of one graph, or of all. Raises StoreError where a graph is not as large as written."""
        for name in [graph] if graph else self.graphs():
            text = bind(store_query("graph"), {"graph": NamedNode(name)})
            answer = self._wire.ask(self._url, {"query": text}, TRIPLES)
            try:
                found = set(read_triples(answer.body, name))
            except MalformedAnswerError as error:
                raise self._wire.error("store-remote-unreadable", cause=error) from error
            wanted = self._state.graphs[name].count if name in self._state.graphs else 0
            if len(found) != wanted:
                raise self._wire.error("store-remote-size", graph=name, found=len(found), wanted=wanted)
            yield from found

    def describes(self, iri: str) -> bool:
        """Tell whether any quad has this IRI as its subject."""
        text = bind(store_query("describes"), {"thing": NamedNode(iri)})
        found = ask(self._wire, self._url, text, self.dataset)
        assert isinstance(found, QueryBoolean)
        return bool(found)

    def graphs(self) -> list[str]:
        """Return the IRIs of our named graphs, sorted; others may lie beside them."""
        return sorted(self._state.graphs)

    def __len__(self) -> int:
        """Return the number of quads."""
        return sum(graph.count for graph in self._state.graphs.values())

    def dump(self, out: IO[bytes]) -> None:
        """Write all quads as N-Quads, sorted: the bytes that the embedded store gives for the same data."""
        quads = (quad for graph in self.graphs() if is_dumped(NamedNode(graph)) for quad in self.quads(graph))
        lines = serialize(quads, format=RdfFormat.N_QUADS) or b""
        out.writelines(sorted(lines.splitlines(keepends=True)))

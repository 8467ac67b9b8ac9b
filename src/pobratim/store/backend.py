"""What the program asks of a store, wherever its quads lie: in a directory (``directory.py``) or behind a URL
(``remote/store.py``)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples

from pobratim.record import Record
from pobratim.sparql.terms import Term
from pobratim.store.documents import Documents
from pobratim.store.graph_files import GraphFile

WITHDRAWN = "withdrawn"
"""The name of the graph of IRIs that lead nowhere any more. No dump has it: it names what was to be forgotten."""
QueryResult = QuerySolutions | QueryBoolean | QueryTriples


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a request asks for (SPARQL 1.1 Protocol, 2.1.4): they take the place of the query's own FROM."""

    default: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turnover:
    """What a publish changed, for the graph that is made last.

    ``removed`` yields the quads that went away, whenever it is called, ``touched`` the things that lost a class with
    them, ``former`` the quads that the last graph had. ``lives`` tells whether any other graph describes an IRI,
    ``said`` gives the quads of which it is the subject, as they are now.
    """

    removed: Callable[[], Iterable[Quad]]
    touched: frozenset[str]
    former: Sequence[Quad]
    lives: Callable[[str], bool]
    said: Callable[[NamedNode], Iterable[Quad]]


@dataclass(frozen=True, slots=True)
class Closing:
    """The graph that is made last of all, of what the publish changed."""

    graph: str
    make: Callable[[Turnover], Iterable[Quad]]


@dataclass(frozen=True, slots=True)
class Change:
    """How many quads of one graph are new and how many went away."""

    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish did: ``generation`` is the number now current, ``changes`` are the graphs that differ.

    ``changes`` is empty where nothing differed; the generation is then the one that was current before.
    """

    generation: int
    changes: dict[str, Change] = field(default_factory=dict)
    is_new: bool = False

    @property
    def changed_graphs(self) -> list[str]:
        """Return the names of the graphs that differ, sorted."""
        return sorted(self.changes)

    @property
    def added(self) -> int:
        """Return the number of new quads."""
        return sum(change.added for change in self.changes.values())

    @property
    def removed(self) -> int:
        """Return the number of quads that went away."""
        return sum(change.removed for change in self.changes.values())


class GraphReader(Protocol):
    """What is stored, to be asked and read. Every method may raise StoreError where the store cannot be reached."""

    @property
    def generation(self) -> int:
        """Return the number of the publish that is read."""
        ...

    @property
    def manifest(self) -> dict[str, Any]:
        """Return what was published beside the quads. Raises StoreError where it does not lie here."""
        ...

    @property
    def search_folder(self) -> Path | None:
        """Return where the search index of what is read belongs, None where it has no place on disk."""
        ...

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> QueryResult:
        """Return the answer to a query whose default graph is the union of all graphs.

        ``bindings`` gives values to variables by name, without ``$`` or ``?``; each of them must be among the
        variables that the query returns (SELECT list, CONSTRUCT template). Raises SyntaxError and RuntimeError as
        Oxigraph does, UsageError for a value that cannot stand where its variable does.
        """
        ...

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """Yield the quads of one graph, or of all, in no set order."""
        ...

    def describes(self, iri: str) -> bool:
        """Tell whether any quad has this IRI as its subject."""
        ...

    def graphs(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""
        ...

    def __len__(self) -> int:
        """Return the number of quads."""
        ...

    def dump(self, out: IO[bytes]) -> None:
        """Write all quads as N-Quads, sorted by code point: the same quads give the same bytes.

        The graph of former IRIs (``WITHDRAWN``) is left out.
        """
        ...


class StoreBackend(Protocol):
    """A store: many readers, one writer at a time."""

    @property
    def name(self) -> str:
        """Return what people call the store: its directory or its URL."""
        ...

    @property
    def beside(self) -> Path:
        """Return the folder in which the ledger of decisions lies if none is named."""
        ...

    @property
    def documents(self) -> Documents:
        """Return the source documents that are kept."""
        ...

    @property
    def public(self) -> Path:
        """Return the folder, to be made, of stores of what may go out of this one."""
        ...

    def generation(self) -> int:
        """Return the number of the last publish, 0 for a store that is new."""
        ...

    def is_settled(self) -> bool:
        """Tell whether what was published last lies there whole, so that to publish it again would change nothing."""
        ...

    def sweep(self) -> None:
        """Remove what a crash left behind, and documents that nothing names; only for the holder of the lock."""
        ...

    def graph_files(self) -> dict[str, GraphFile]:
        """Return the files of the graphs as they are, {} for a store that is new or has none."""
        ...

    @property
    def bench(self) -> Path:
        """Return a folder, to be made, for what is on its way into the store: the holder of the lock clears it."""
        ...

    def writing(self) -> AbstractContextManager[None]:
        """Hold the writer's lock over several calls. Raises StoreError where another process holds it."""
        ...

    def open(self) -> GraphReader:
        """Return a reader of what is stored. Raises StoreError if there is nothing."""
        ...

    def manifest(self) -> dict[str, Any]:
        """Return what was published beside the quads, {} for a store that is new."""
        ...

    def records(self) -> dict[str, list[Record]]:
        """Return the stored records by report slug, {} for a store that is new.

        A report is left out whose records another version of the program wrote in a form that is not understood.
        """
        ...

    def records_of(self, report: str) -> list[Record]:
        """Return the stored records of one report by its slug. Raises StoreError where there are none."""
        ...

    def records_file(self, report: str) -> Path:
        """Return the file of the stored records of one report by its slug. Raises StoreError where nothing is."""
        ...

    def memory(self) -> Path | None:
        """Return the folder of what a publish was given to keep for the next one, None where there is none."""
        ...

    def publish(
        self,
        graphs: Mapping[str, GraphFile | Iterable[Quad]],
        records: Mapping[str, Sequence[Record] | Path | None],
        manifest: Mapping[str, Any],
        closing: Closing | None = None,
        memory: Callable[[], Path | None] | None = None,
        jobs: int = 1,
    ) -> Published:
        """Make each graph of ``graphs`` hold exactly these quads or lines; see ``GenerationStore.publish``."""
        ...


def is_dumped(graph: object) -> bool:
    """Tell whether the quads of a graph belong into a dump."""
    return not isinstance(graph, NamedNode) or is_dumped_name(graph.value)


def is_dumped_name(graph: str) -> bool:
    """Tell whether the quads of a graph with this IRI belong into a dump."""
    return not graph.endswith(f"/graph/{WITHDRAWN}")

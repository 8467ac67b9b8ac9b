"""The graph store: Oxigraph on disk, in generations. The only module that opens a pyoxigraph Store.

A generation holds ``store/`` (Oxigraph), ``records/REPORT.jsonl`` (what the next load resolves again) and
``manifest.json``. It is never changed once it is current; see ``generations.py`` for how it becomes so.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
)

from pobratim.binding import bind
from pobratim.errors import ContentError, StoreError, UsageError
from pobratim.generations import SEARCH, Generations
from pobratim.jsonl import from_lines, to_lines
from pobratim.record import Record
from pobratim.sparql_text import names_dataset
from pobratim.store_backend import Change, Dataset, Derivation, Published, QueryResult, Term

__all__ = [
    "Change", "Dataset", "Derivation", "GenerationStore", "MemoryReader", "Published", "QueryResult", "Reader", "Term",
]  # fmt: skip

FORMAT = 1
"""The version of the directory's layout; raised when an older program could not read it."""

DEFAULT_WAIT = 10.0
"""Seconds that a second writer waits for the first one before it gives up."""


class Reader:
    """One generation, opened read-only: it never changes, whatever is loaded meanwhile."""

    def __init__(self, folder: Path) -> None:
        """Open the generation directory ``folder``. Raises StoreError if it is not one of this program's."""
        self.generation = int(folder.name)
        self.search_folder: Path | None = folder.parent.parent / SEARCH / folder.name
        self.manifest = _read_manifest(folder)
        try:
            self._store = Store.read_only(str(folder / "store"))
        except OSError as error:
            raise StoreError("store-broken", store=folder, cause=error) from error

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Term] | None = None,
        dataset: Dataset | None = None,
        base: str | None = None,
    ) -> QueryResult:
        """Return the answer to a query over ``dataset``, else over that of its FROM clauses, else over all graphs.

        Without any, the default graph is the union of all graphs. ``bindings`` gives values to variables
        by name, without ``$`` or ``?``, written into the text (``binding.py``); each must be among those that the query
        returns (SELECT list, CONSTRUCT template). Relative IRIs are resolved against ``base``; without one they are a
        syntax error. Raises SyntaxError and RuntimeError as Oxigraph does, UsageError for a value that cannot stand
        where its variable does.
        """
        return _ask(self._store, sparql, bindings, dataset, base)

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """Yield the quads of one graph, or of all, in no set order."""
        return self._store.quads_for_pattern(None, None, None, NamedNode(graph) if graph else None)

    def describes(self, iri: str) -> bool:
        """Tell whether any quad has this IRI as its subject."""
        return next(self._store.quads_for_pattern(NamedNode(iri), None, None, None), None) is not None

    def graphs(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""
        return sorted(graph.value for graph in self._store.named_graphs() if isinstance(graph, NamedNode))

    def __len__(self) -> int:
        """Return the number of quads."""
        return len(self._store)

    def write_quads(self, out: IO[bytes]) -> None:
        """Write all quads as N-Quads, in no set order."""
        self._store.dump(out, RdfFormat.N_QUADS)

    def dump(self, out: IO[bytes]) -> None:
        """Write all quads as N-Quads, sorted by code point: the same quads give the same bytes."""
        _dump(self._store, out)


class MemoryReader(Reader):
    """Quads held in memory under the same interface, for views and checks of what is not (yet) stored."""

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        """Copy ``quads`` into memory."""
        self.generation = 0
        self.search_folder = None
        self.manifest = {}
        self._store = _in_memory(quads)

    @classmethod
    def loaded(cls, file: IO[bytes]) -> "MemoryReader":
        """Return a reader of the quads of a file of N-Quads. Leaves no thread behind: the process may fork."""
        reader = cls()
        reader._store.bulk_load(file, RdfFormat.N_QUADS)
        return reader


def term_of(text: str) -> Term:
    """Return a term from its form in N-Triples (``str(term)`` gives it). Raises ValueError for anything else."""
    for quad in parse(f"<urn:s> <urn:p> {text} .", format=RdfFormat.N_TRIPLES):
        if isinstance(quad.object, NamedNode | Literal):
            return quad.object
    raise ValueError(text)


class GenerationStore:
    """A store directory: many readers, one writer at a time."""

    def __init__(self, directory: Path, wait: float = DEFAULT_WAIT) -> None:
        """Remember where the store is; ``wait`` is how many seconds a writer tries to get the lock."""
        self.directory = directory
        self._generations = Generations(directory)
        self._wait = wait

    @property
    def name(self) -> str:
        """Return the directory as text."""
        return str(self.directory)

    @property
    def beside(self) -> Path:
        """Return the folder that holds the store's directory."""
        return self.directory.parent

    def writing(self) -> AbstractContextManager[None]:
        """Hold the lock over several calls, so that what was read is still true when it is published."""
        return self._generations.locked(self._wait)

    def open(self) -> Reader:
        """Return a reader of the current generation. Raises StoreError if there is none."""
        folder = self._generations.current()
        if folder is None:
            raise StoreError("store-empty", store=self.directory)
        return Reader(folder)

    def search_folder(self) -> Path:
        """Return where the search index of the current generation belongs. Raises StoreError if there is none."""
        folder = self._generations.search_folder()
        if folder is None:
            raise StoreError("store-empty", store=self.directory)
        return folder

    def manifest(self) -> dict[str, Any]:
        """Return the current generation's manifest, {} for a store that is new or does not exist yet."""
        folder = self._current_or_none()
        return _read_manifest(folder) if folder else {}

    def records(self) -> dict[str, list[Record]]:
        """Return the stored records by report slug, {} for a store that is new or does not exist yet."""
        folder = self._current_or_none()
        files = sorted((folder / "records").glob("*.jsonl")) if folder else []
        return {file.stem: from_lines(file.read_text(encoding="utf-8")) for file in files}

    def publish(
        self,
        graphs: Mapping[str, Sequence[Quad]],
        records: Mapping[str, Sequence[Record]],
        manifest: Mapping[str, Any],
        derivations: Sequence[Derivation] = (),
    ) -> Published:
        """Make a generation in which each graph of ``graphs`` holds exactly these quads, and switch to it.

        Graphs that are not named keep their quads; an empty sequence removes a graph. ``records`` and
        ``manifest`` (plain JSON values) replace the former ones. ``derivations`` run in the given order
        over the union of all graphs, each seeing what the ones before it made; their graphs are made anew
        each time. Where nothing at all differs no generation is made. Raises StoreError (locked, foreign)
        and ValueError for a blank node or a quad of another graph.
        """
        fresh = {graph: _canonical(graph, quads) for graph, quads in graphs.items()}
        with self.writing():
            current = self._generations.current()
            draft = self._generations.draft()
            draft.mkdir()
            store = _copy_store(current, draft / "store")
            changes = _apply(store, fresh, derivations)
            _write_records(draft / "records", records)
            _write_manifest(draft, manifest)
            if current and not changes and _same_files(current, draft):
                del store
                self._generations.sweep()
                return Published(int(current.name))
            _seal(store)
            del store
            return Published(self._generations.commit(draft), changes, is_new=True)

    def update(self, update: str, base: str) -> Published:
        """Make a generation of the current one by a SPARQL update, with its records and manifest, and switch to it.

        ``base`` resolves relative IRIs. Raises SyntaxError, and RuntimeError or OSError where it cannot be carried out.
        """
        with self.writing():
            current = self._generations.current()
            if current is None:
                raise StoreError("store-empty", store=self.directory)
            draft = self._generations.draft()
            draft.mkdir()
            store = _copy_store(current, draft / "store")
            store.update(update, base_iri=base)
            shutil.copytree(current / "records", draft / "records")
            shutil.copy(current / "manifest.json", draft / "manifest.json")
            _seal(store)
            del store
            return Published(self._generations.commit(draft), is_new=True)

    def _current_or_none(self) -> Path | None:
        return self._generations.current() if self._generations.root.exists() else None


def _ask(
    store: Store,
    sparql: str,
    bindings: Mapping[str, Term] | None = None,
    dataset: Dataset | None = None,
    base: str | None = None,
) -> QueryResult:
    if not bindings:
        return _evaluate(store, sparql, dataset, base)
    try:
        return _evaluate(store, bind(sparql, bindings), dataset, base)
    except SyntaxError as error:
        raise _blamed(store, sparql, bindings, base, error) from error


def _evaluate(store: Store, sparql: str, dataset: Dataset | None, base: str | None) -> QueryResult:
    if dataset is not None:
        return store.query(
            sparql,
            base_iri=base,
            default_graph=[NamedNode(graph) for graph in dataset.default],
            named_graphs=[NamedNode(graph) for graph in dataset.named],
        )
    # Asked for the union, the engine forgets the FROM of the query.
    return store.query(sparql, base_iri=base, use_default_graph_as_union=not names_dataset(sparql))


def _blamed(store: Store, sparql: str, bindings: Mapping[str, Term], base: str | None, error: SyntaxError) -> Exception:
    """Return the fault of a bound text that does not parse: the value without which it does, else ``error``."""
    for name, term in bindings.items():
        others = {other: value for other, value in bindings.items() if other != name}
        if _parses(store, bind(sparql, others), base):
            return UsageError("query-parameter-value", name=name, value=term)
    if _parses(store, sparql, base):
        values = ", ".join(map(str, bindings.values()))
        return UsageError("query-parameter-value", name=", ".join(bindings), value=values)
    return error


def _parses(store: Store, sparql: str, base: str | None) -> bool:
    # Asked of the store at hand: a worker could open no other.
    with suppress(SyntaxError):
        _evaluate(store, sparql, None, base)
        return True
    return False


def _in_memory(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.bulk_extend(quads)
    return store


def _canonical(graph: str, quads: Iterable[Quad]) -> set[Quad]:
    """Return the quads as Oxigraph will give them back ("1.0"^^xsd:decimal comes back as "1")."""
    name = NamedNode(graph)
    held = set(_in_memory(quads))
    for quad in held:
        if quad.graph_name != name:
            raise ValueError(f"a quad of {quad.graph_name} among those of {graph}")
    _refuse_blank_nodes(held)
    return held


def _copy_store(current: Path | None, target: Path) -> Store:
    if current:
        try:
            Store.read_only(str(current / "store")).backup(str(target))
        except OSError as error:
            raise StoreError("store-broken", store=current, cause=error) from error
    return Store(str(target))


def _apply(store: Store, fresh: Mapping[str, set[Quad]], derivations: Sequence[Derivation]) -> dict[str, Change]:
    before = {graph: _graph(store, graph) for graph in {*fresh, *(item.graph for item in derivations)}}
    for graph in sorted(fresh):
        for quad in before[graph] - fresh[graph]:
            store.remove(quad)
    # Not in one transaction, which is slower by half: a draft that was cut short is thrown away whole.
    store.bulk_extend(quad for graph in sorted(fresh) for quad in fresh[graph] - before[graph])
    for graph in sorted({item.graph for item in derivations}):
        store.remove_graph(NamedNode(graph))
    for derivation in derivations:
        store.extend(_derived(store, derivation))
    after = {graph: _graph(store, graph) for graph in before}
    for graph in [name for name, quads in after.items() if not quads]:
        store.remove_graph(NamedNode(graph))
    return {
        graph: Change(len(after[graph] - before[graph]), len(before[graph] - after[graph]))
        for graph in sorted(before)
        if after[graph] != before[graph]
    }


def _derived(store: Store, derivation: Derivation) -> list[Quad]:
    graph = NamedNode(derivation.graph)
    try:
        result = _ask(store, derivation.text)
    except SyntaxError as error:
        raise ContentError("query-syntax", file=derivation.name, cause=error) from error
    if not isinstance(result, QueryTriples):
        raise ContentError("query-not-construct", file=derivation.name)
    quads = [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in result]
    _refuse_blank_nodes(quads)
    return quads


def _refuse_blank_nodes(quads: Iterable[Quad]) -> None:
    for quad in quads:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            raise ValueError(f"a blank node, which would differ on every load: {quad}")


def _graph(store: Store, graph: str) -> set[Quad]:
    return set(store.quads_for_pattern(None, None, None, NamedNode(graph)))


def _seal(store: Store) -> None:
    # A store that was loaded and never compacted answers 5-10 times slower once it is opened read-only.
    store.optimize()
    store.flush()


def _dump(store: Store, out: IO[bytes]) -> None:
    buffer = BytesIO()
    store.dump(buffer, RdfFormat.N_QUADS)
    # Oxigraph escapes line breaks inside literals, so that a line is a quad.
    out.writelines(sorted(buffer.getvalue().splitlines(keepends=True)))


def _write_records(folder: Path, records: Mapping[str, Sequence[Record]]) -> None:
    folder.mkdir()
    for slug, rows in records.items():
        (folder / f"{slug}.jsonl").write_text(to_lines(rows), encoding="utf-8")


def _write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    content = json.dumps({**manifest, "format": FORMAT}, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / "manifest.json").write_text(content + "\n", encoding="utf-8")


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError("store-broken", store=folder, cause=error) from error
    if manifest.get("format") != FORMAT:
        raise StoreError("store-format", store=folder, found=manifest.get("format"), wanted=FORMAT)
    return manifest


def _same_files(one: Path, other: Path) -> bool:
    """Tell whether the records and the manifest of two generations are the same bytes."""
    return _small_files(one) == _small_files(other)


def _small_files(folder: Path) -> dict[str, bytes]:
    files = [folder / "manifest.json", *sorted((folder / "records").iterdir())]
    return {file.name: file.read_bytes() for file in files}

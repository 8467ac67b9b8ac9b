"""The graph store: Oxigraph on disk, in generations. The only module that opens a pyoxigraph Store.

A generation holds ``store/`` (Oxigraph), ``records/REPORT.jsonl`` (what the next load resolves again) and
``manifest.json``. It is never changed once it is current; see ``generations.py`` for how it becomes so.
"""

import json
import re
import shutil
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from pobratim.errors import StoreError, UsageError, store_error
from pobratim.ground import disk
from pobratim.record import Record, from_lines, to_lines
from pobratim.sparql.terms import Term
from pobratim.store.backend import Change, Closing, Dataset, Derivation, Published, QueryResult, is_dumped
from pobratim.store.documents import FOLDER, Documents
from pobratim.store.evaluation import ask
from pobratim.store.generations import SEARCH, Generations
from pobratim.store.turnover import apply, canonical, in_memory

__all__ = [
    "Change", "Dataset", "Derivation", "GenerationStore", "MemoryReader", "Published", "QueryResult", "Reader", "Term",
]  # fmt: skip

FORMAT = 1
"""The version of the directory's layout; raised when an older program could not read it."""

DEFAULT_WAIT = 10.0
"""Seconds that a second writer waits for the first one before it gives up."""

_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")


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
            raise store_error(error, folder, "store-broken") or error from error

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
        return ask(self._store, sparql, bindings, dataset, base)

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
        """Write all quads as N-Quads, sorted by code point: the same quads give the same bytes.

        The graph of former IRIs is left out.
        """
        _dump(self._store, out)


class MemoryReader(Reader):
    """Quads held in memory under the same interface, for views and checks of what is not (yet) stored."""

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        """Copy ``quads`` into memory."""
        self.generation = 0
        self.search_folder = None
        self.manifest = {}
        self._store = in_memory(quads)

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

    @property
    def documents(self) -> Documents:
        """Return the source documents, which lie beside the generations."""
        return Documents(self.directory / FOLDER)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock over several calls, so that what was read is still true when it is published.

        Whatever ends it early leaves no draft and no document behind. Raises StoreError for what the system refuses
        meanwhile.
        """
        try:
            with self._generations.locked(self._wait):
                try:
                    yield
                except BaseException:
                    with suppress(OSError):
                        self._sweep_documents()
                    raise
        except OSError as error:
            raise store_error(error, self.directory) or error from error

    def open(self) -> Reader:
        """Return a reader of the current generation. Raises StoreError if there is none."""
        folder = self._generations.current()
        if folder is None:
            raise StoreError("store-empty", store=self.directory)
        return Reader(folder)

    def numbers(self) -> list[int]:
        """Return the numbers of the generations that are kept, the oldest first, [] for a new store.

        Raises StoreError where the store is none, or something of it was lost.
        """
        current = self._generations.current()
        return [
            number
            for each in self._generations.numbered()
            if current and (number := int(each.name)) <= int(current.name)
        ]

    def generation(self, number: int) -> Reader:
        """Return a reader of a generation that is kept. Raises UsageError for any other number."""
        known = self.numbers()
        if number not in known:
            raise UsageError("compare-no-generation", number=number, known=", ".join(map(str, known)) or "—")
        return Reader(self._generations.folder(number))

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
        """Return the stored records by report slug, {} for a store that is new or does not exist yet.

        A report is left out whose records another version of the program wrote in a form that is not understood.
        """
        folder = self._current_or_none()
        files = _record_files(folder) if folder else []
        named = _read_manifest(folder).get("reports", {}) if folder else {}
        lost = sorted(set(named) - {_slug(file.stem) for file in files})
        if lost:
            raise StoreError("store-broken", store=folder, cause=f"records/{lost[0]}.jsonl")
        found = {}
        for file in files:
            with suppress(KeyError, TypeError):
                found[_slug(file.stem)] = from_lines(file.read_text(encoding="utf-8"))
        return found

    def repair(self, number: int | None = None) -> tuple[Reader, list[str]]:
        """Choose the current generation anew: the newest whole one, or that with ``number``.

        For a store of which something was lost. Returns a reader of it, and the names of damaged generations that were
        passed over. Raises StoreError where there is no store, or none of its generations can be read.
        """
        if not self._generations.numbered():
            return self.open(), []
        with self.writing():
            folder, damaged = self._generations.repair(_is_whole, number)
        return Reader(folder), damaged

    def is_whole(self) -> bool:
        """Tell whether the current generation is known and everything in it can be read."""
        try:
            folder = self._generations.current()
        except StoreError:
            return False
        return folder is not None and _is_whole(folder)

    def publish(
        self,
        graphs: Mapping[str, Sequence[Quad]],
        records: Mapping[str, Sequence[Record]],
        manifest: Mapping[str, Any],
        derivations: Sequence[Derivation] = (),
        closing: Closing | None = None,
    ) -> Published:
        """Make a generation in which each graph of ``graphs`` holds exactly these quads, and switch to it.

        Graphs that are not named keep their quads; an empty sequence removes a graph. ``records`` and
        ``manifest`` (plain JSON values) replace the former ones. ``derivations`` run in the given order
        over the union of all graphs, each seeing what the ones before it made; their graphs are made anew
        each time. ``closing`` is made last, of what all this changed. Where nothing at all differs no generation is
        made. Of the documents those stay that a generation on the disk names. Raises StoreError (locked, foreign)
        and ValueError for a blank node or a quad of another graph.
        """
        fresh = {graph: canonical(graph, quads) for graph, quads in graphs.items()}
        with self.writing(), self._generations.drafting() as draft:
            current = self._generations.current()
            store = _copy_store(current, draft / "store")
            changes = apply(store, fresh, derivations, closing)
            _write_records(draft / "records", records)
            _write_manifest(draft, manifest)
            if current and not changes and _same_files(current, draft):
                del store
                self._generations.sweep()
                self._sweep_documents()
                return Published(int(current.name))
            _seal(store)
            del store
            number = self._generations.commit(draft)
            self._sweep_documents()
            return Published(number, changes, is_new=True)

    def update(self, update: str, base: str) -> Published:
        """Make a generation of the current one by a SPARQL update, with its records and manifest, and switch to it.

        ``base`` resolves relative IRIs. Raises SyntaxError, and RuntimeError or OSError where it cannot be carried out.
        """
        with self.writing(), self._generations.drafting() as draft:
            current = self._generations.current()
            if current is None:
                raise StoreError("store-empty", store=self.directory)
            store = _copy_store(current, draft / "store")
            store.update(update, base_iri=base)
            shutil.copytree(current / "records", draft / "records")
            shutil.copy(current / "manifest.json", draft / "manifest.json")
            _seal(store)
            del store
            return Published(self._generations.commit(draft), is_new=True)

    def _sweep_documents(self) -> None:
        with suppress(StoreError):  # what a damaged generation names cannot be told, so that all stays
            manifests = [_read_manifest(folder) for folder in self._generations.numbered()]
            self.documents.sweep({name for manifest in manifests for name in _documents_of(manifest)})

    def _current_or_none(self) -> Path | None:
        return self._generations.current() if self._generations.root.exists() else None


def _copy_store(current: Path | None, target: Path) -> Store:
    if current:
        try:
            former = Store.read_only(str(current / "store"))
        except OSError as error:
            raise store_error(error, current, "store-broken") or error from error
        try:
            former.backup(str(target))
        except OSError:  # no hard links on this disk; a generation never changes, so that its files can be copied too
            disk.remove(target)
            shutil.copytree(current / "store", target)
    return Store(str(target))


def _seal(store: Store) -> None:
    # A store that was loaded and never compacted answers 5-10 times slower once it is opened read-only.
    store.optimize()
    store.flush()


def _dump(store: Store, out: IO[bytes]) -> None:
    buffer, hidden = BytesIO(), BytesIO()
    store.dump(buffer, RdfFormat.N_QUADS)
    for graph in store.named_graphs():
        if not is_dumped(graph):
            serialize(store.quads_for_pattern(None, None, None, graph), hidden, RdfFormat.N_QUADS)
    # Oxigraph escapes line breaks inside literals, so that a line is a quad.
    left_out = set(hidden.getvalue().splitlines(keepends=True))
    out.writelines(sorted(line for line in buffer.getvalue().splitlines(keepends=True) if line not in left_out))


def _documents_of(manifest: Mapping[str, Any]) -> set[str]:
    """Return the SHA-256 of the documents that a generation's reports were read from and that may be kept."""
    reports = manifest.get("reports", {}).values()
    return {facts["entity"]["sha256"] for facts in reports if "entity" in facts and facts.get("kept", True)}


def _write_records(folder: Path, records: Mapping[str, Sequence[Record]]) -> None:
    folder.mkdir()
    for slug, rows in records.items():
        (folder / f"{_file_stem(slug)}.jsonl").write_text(to_lines(rows), encoding="utf-8", newline="\n")


def _file_stem(slug: str) -> str:
    """Return the name of a report's file: Windows has no files called ``con`` or ``com1``, whatever they end in."""
    return f"{slug}_" if _DEVICE.fullmatch(slug) else slug


def _record_files(folder: Path) -> list[Path]:
    """Return the files of records, sorted, without those that macOS puts beside the files of other systems' disks."""
    return sorted(file for file in (folder / "records").glob("*.jsonl") if not file.name.startswith("."))


def _slug(stem: str) -> str:
    return stem.removesuffix("_")  # a slug has no such sign


def _is_whole(folder: Path) -> bool:
    """Tell whether everything in a generation can be read; the engine checks each of its blocks."""
    try:
        reader = Reader(folder)
        stems = {_file_stem(slug) for slug in reader.manifest.get("reports", {})}
        files = _record_files(folder)
        for file in files:
            from_lines(file.read_text(encoding="utf-8"))
        deque(reader.quads(), maxlen=0)
        return stems <= {file.stem for file in files}
    except (StoreError, OSError, ValueError, LookupError, TypeError, AttributeError):
        return False


def _write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    content = json.dumps({**manifest, "format": FORMAT}, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / "manifest.json").write_text(content + "\n", encoding="utf-8", newline="\n")


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise store_error(error, folder, "store-broken") or error from error
    except ValueError as error:
        raise StoreError("store-broken", store=folder, cause=error) from error
    if manifest.get("format") != FORMAT:
        raise StoreError("store-format", store=folder, found=manifest.get("format"), wanted=FORMAT)
    return manifest


def _same_files(one: Path, other: Path) -> bool:
    """Tell whether the records and the manifest of two generations are the same bytes."""
    return _small_files(one) == _small_files(other)


def _small_files(folder: Path) -> dict[str, bytes]:
    files = [folder / "manifest.json", *_record_files(folder)]
    return {file.name: file.read_bytes() for file in files}

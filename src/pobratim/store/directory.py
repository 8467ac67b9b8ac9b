"""The graph store: Oxigraph on disk, in generations.

A generation holds ``store/`` (Oxigraph), ``graphs/NAME.nq`` (the same as sorted lines, by which generations are
compared), ``records/REPORT.jsonl``, ``memory/`` (what the next load goes on from) and ``manifest.json``. It is never
changed once it is current; see ``generations.py`` for how it becomes so.
"""

import json
import re
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from pobratim.errors import StoreError, UsageError, store_error
from pobratim.ground import disk
from pobratim.record import Record, from_lines
from pobratim.store.backend import Closing, Published
from pobratim.store.documents import FOLDER, Documents
from pobratim.store.draft import (
    FORMER,
    begun_with,
    copy_store,
    filled,
    held,
    keep_memory,
    kept_memory,
    same_files,
    seal,
    turned,
)  # fmt: skip
from pobratim.store.generations import BENCH, PUBLIC, Generations
from pobratim.store.graph_files import FILES, GraphFile, Shelf, shelved, taken
from pobratim.store.manifest import documents_of, read_manifest, write_manifest
from pobratim.store.reader import Reader
from pobratim.store.record_files import (
    file_stem,
    read_one,
    read_records,
    record_file,
    record_files,
    slug_of,
    write_records,
)

DEFAULT_WAIT = 10.0
"""Seconds that a second writer waits for the first one before it gives up."""


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

    @property
    def public(self) -> Path:
        """Return the folder, to be made, of stores of what may go out of this one."""
        return self.directory / PUBLIC

    def generation(self) -> int:
        """Return the number of the current generation, 0 for a store that is new or does not exist yet."""
        folder = self._current_or_none()
        return int(folder.name) if folder else 0

    def is_settled(self) -> bool:
        """Tell whether the current generation has the form of this program's."""
        return FILES in self.manifest()

    def sweep(self) -> None:
        """Remove what a crash left behind, and documents that no generation names; only for the holder of the lock."""
        self._generations.sweep()
        self._sweep_documents()

    def graph_files(self) -> dict[str, GraphFile]:
        """Return the files of the current generation's graphs, {} for a store that is new or has none."""
        folder = self._current_or_none()
        shelf = Shelf.of(folder, read_manifest(folder)) if folder else None
        return shelf.files if shelf else {}

    @property
    def bench(self) -> Path:
        """Return a folder, to be made, for what is on its way into the store: the next writer clears it."""
        return self.directory / BENCH

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

    def opened(self, number: int) -> Reader:
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
        return read_manifest(folder) if folder else {}

    def records(self) -> dict[str, list[Record]]:
        """Return the stored records by report slug, {} for a store that is new or does not exist yet.

        A report is left out whose records another version of the program wrote in a form that is not understood.
        """
        folder = self._current_or_none()
        if folder is None:
            return {}
        named = read_manifest(folder).get("reports", {})
        lost = sorted(set(named) - {slug_of(file) for file in record_files(folder)})
        if lost:
            raise StoreError("store-broken", store=folder, cause=f"records/{lost[0]}.jsonl")
        return read_records(folder)

    def records_that(self, told: re.Pattern[str]) -> Iterator[dict[str, Any]]:
        """Yield the stored records, as plain JSON values, in whose lines an expression is found."""
        folder = self._current_or_none()
        for file in record_files(folder) if folder else ():
            with file.open(encoding="utf-8") as lines:
                yield from (json.loads(line) for line in lines if told.search(line))

    def records_of(self, report: str) -> list[Record]:
        """Return the stored records of one report. Raises StoreError where there are none."""
        return read_one(self._current(), report)

    def records_file(self, report: str) -> Path:
        """Return the file of the stored records of one report. Raises StoreError where nothing is stored."""
        return record_file(self._current(), report)

    def _current(self) -> Path:
        folder = self._generations.current()
        if folder is None:
            raise StoreError("store-empty", store=self.directory)
        return folder

    def memory(self) -> Path | None:
        """Return the folder of what a publish was given to keep for the next one, None where there is none."""
        folder = self._current_or_none()
        return kept_memory(folder) if folder else None

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
        graphs: Mapping[str, GraphFile | Iterable[Quad]],
        records: Mapping[str, Sequence[Record] | Path | None],
        manifest: Mapping[str, Any],
        closing: Closing | None = None,
        memory: Callable[[], Path | None] | None = None,
        jobs: int = 1,
    ) -> Published:
        """Make a generation in which each graph of ``graphs`` holds exactly these quads or lines, and switch to it.

        Graphs that are not named keep their quads; nothing at all removes a graph. ``records`` and ``manifest`` (plain
        JSON values) replace the former ones; a report's records may be a path, that of their file, or None, which keeps
        them. ``closing`` is made last, of what all this changed.
        ``memory`` makes a folder of files that the generation keeps for the next publish; it is asked last. A store
        that is made anew is loaded by several threads for several ``jobs``.
        Where nothing at all differs no generation is made. Of the documents those stay that a generation on the disk
        names. Raises StoreError (locked, foreign) and ValueError for a blank node or a quad of another graph.
        """
        checked = {graph: taken(graph, content) for graph, content in graphs.items()}
        with self.writing(), self._generations.drafting() as draft:
            current = self._generations.current()
            former = held(current, draft)
            shelf = filled(Shelf(draft), former, checked)
            base = begun_with(current, former, shelf)
            store, changes = turned(base, draft, former, shelf, closing, jobs)
            write_records(draft, records, current)
            write_manifest(draft, {**manifest, FILES: shelf.to_json()})
            if current and not changes and same_files(current, draft):
                del store
                self.sweep()
                return Published(int(current.name))
            disk.remove(draft / FORMER)
            seal(store, draft, base, changes, sum(one.quads for one in shelf.files.values()))
            keep_memory(memory() if memory else None, draft)
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
            store = copy_store(current, draft / "store")
            store.update(update, base_iri=base)
            shutil.copytree(current / "records", draft / "records")
            told = {**read_manifest(current), FILES: shelved(draft, store).to_json()}
            write_manifest(draft, told)
            seal(store, draft, None, {}, len(store))
            del store
            return Published(self._generations.commit(draft), is_new=True)

    def _sweep_documents(self) -> None:
        with suppress(StoreError):  # what a damaged generation names cannot be told, so that all stays
            self.documents.sweep({name for folder in self._generations.numbered() for name in documents_of(folder)})

    def _current_or_none(self) -> Path | None:
        return self._generations.current() if self._generations.root.exists() else None


def _is_whole(folder: Path) -> bool:
    """Tell whether everything in a generation can be read; the engine checks each of its blocks."""
    try:
        reader = Reader(folder)
        stems = {file_stem(slug) for slug in reader.manifest.get("reports", {})}
        files = record_files(folder)
        for file in files:
            from_lines(file.read_text(encoding="utf-8"))
        deque(reader.quads(), maxlen=0)
        return stems <= {file.stem for file in files} and reader.has_files()
    except (StoreError, OSError, ValueError, LookupError, TypeError, AttributeError):
        return False

"""A generation in two stores: facts in memory, all of it on disk, and each question put to one of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from pobratim.sparql.binding import UnreturnedParameterError, bind
from pobratim.sparql.evidence import APART, PROPERTIES, names_evidence
from pobratim.sparql.facts import is_of_facts
from pobratim.sparql.terms import Term
from pobratim.store.backend import Dataset, QueryResult
from pobratim.store.graph_files import GraphFile, Shelf
from pobratim.store.manifest import read_manifest
from pobratim.store.reader import MemoryReader, Reader

_KNOWN = frozenset(f"<{iri}>".encode() for iri in PROPERTIES)
_APART = frozenset(f"<{iri}>".encode() for iri in APART)
_AT_ONCE = 200_000
"""Lines that are held at once while they are put in order: 50 MB."""


class PartedReader:
    """One generation: memory is asked what cannot have to do with evidence, the store on disk everything else."""

    def __init__(self, facts: Reader, whole: Reader) -> None:
        """``facts`` holds of ``whole`` what ``in_memory`` reads of the files ``of_facts``."""
        self._facts, self._whole = facts, whole

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Term] | None = None,
        dataset: Dataset | None = None,
        base: str | None = None,
    ) -> QueryResult:
        """Return the answer to a query; see ``Reader.query``."""
        reader = self._facts if _is_of_facts(sparql, bindings, dataset) else self._whole
        return reader.query(sparql, bindings, dataset, base)


def _is_of_facts(sparql: str, bindings: Mapping[str, Term] | None, dataset: Dataset | None) -> bool:
    try:
        text = bind(sparql, bindings or {})
    except UnreturnedParameterError:
        return False  # the store that is asked says what is wrong
    return is_of_facts(text, (*dataset.default, *dataset.named) if dataset else ())


def shelf_of(folder: Path) -> Shelf | None:
    """Return the files of the graphs of a generation, None where it has none. Raises StoreError."""
    return Shelf.of(folder, read_manifest(folder))


def of_facts(shelf: Shelf, loaded: Collection[str] = ()) -> list[GraphFile]:
    """Return the files that memory must hold. Raises OSError for one that cannot be read.

    Whoever changes a store by hand may put anything anywhere: a graph of evidence with another property is kept too.
    Only those that a load made (``loaded``: their digests) need not be looked into.
    """
    return [
        file
        for graph, file in shelf.files.items()
        if not (names_evidence(graph) and (file.digest in loaded or _is_evidence_only(file)))
    ]


def made_by_loads(manifest: Mapping[str, Any]) -> frozenset[str]:
    """Return the digests of the graphs of evidence that loads made, as the manifest of a generation tells."""
    parts = manifest.get("parts", {}).values()
    return frozenset(digest for one in parts for graph, digest in one["graphs"].items() if names_evidence(graph))


def _is_evidence_only(file: GraphFile) -> bool:
    return all(line.split(b" ", 2)[1] in _KNOWN for line in file.lines())


def in_memory(files: Iterable[GraphFile], *, facts_alone: bool = False) -> MemoryReader:
    """Return a reader of the quads of these files, without those of the properties ``APART`` where it needs no other.

    Raises OSError. Leaves no thread behind: the process may fork. The files are read as one, for what a nameless node
    is in one of them it is in all.
    """
    # All that is asked of a file here is to be read.
    return MemoryReader.loaded(_Joined(_by_property(files, _APART if facts_alone else ())))  # type: ignore[arg-type]


def _by_property(files: Iterable[GraphFile], apart: Collection[bytes]) -> Iterator[bytes]:
    """Yield the lines of the files, some files at a time, those of one property side by side.

    The engine lays quads into memory as they come, and writes into each that it reads, since it counts who does. What
    is read together then lies together: a process that shares the memory copies a tenth of the pages.
    """
    held, count = defaultdict[bytes, list[bytes]](list), 0
    for file in files:
        for line in file.lines():
            held[line.split(b" ", 2)[1]].append(line)
        count += file.quads
        if count > _AT_ONCE:
            yield from _pieces(held, apart)
            held.clear()
            count = 0
    yield from _pieces(held, apart)


def _pieces(held: Mapping[bytes, list[bytes]], apart: Collection[bytes]) -> Iterator[bytes]:
    return (b"".join(lines) for name, lines in held.items() if name not in apart)


class _Joined:
    """Pieces of a file, read one after another."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = BytesIO()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, none at the end of the last piece. Raises OSError."""
        while not (data := self._piece.read(size)):
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._piece = BytesIO(piece)
        return data

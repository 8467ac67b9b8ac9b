"""What a store says, parted by document: one pass over the lines of its graphs, none asked of an engine.

A shard is a file of lines ``DOCUMENT TAB WAY TRIPLE``: a triple lies with the document of its subject (way ``o``) and,
where its object is a thing of ours, with that of the object as well (way ``i``). Lines come in any order; what lies in
one pack is in one shard.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from pobratim.publishing.folder.documents import TIMES, Documents
from pobratim.rdf.terms import POB, RDFS

OWN, INCOMING = b"o", b"i"
_LABEL = f" <{RDFS.label.value}> ".encode()
_TELLS = f" <{POB.reports.value}> ".encode()
"""By this a row says of which event it tells: what lies in packs knows no more of what points at it."""
_OBJECTS = 200_000
"""Documents of objects that are remembered: places, organisations and concepts are named again and again."""
_TIMES = TIMES.encode()
_TERMS = (b"def", b"lexicon", b"doc/def/", _TIMES)
"""Documents of terms and dates: everything points at them, which tells nothing of them."""
_HELD = 1_000_000
"""Bytes of a shard that are held before they are written."""


@dataclass(slots=True)
class Parted:
    """The shards, what each thing is called (lines of N-Triples by IRI), and the documents with their first topic."""

    shards: list[Path]
    labels: dict[bytes, bytes] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    dates: list[str] = field(default_factory=list)


class _Writer:
    """Writes shards, some bytes of each at a time."""

    def __init__(self, folder: Path, count: int) -> None:
        self.files = [folder / f"shard-{number:04}" for number in range(count)]
        self._held: list[list[bytes]] = [[] for _ in self.files]
        self._sizes = [0] * count
        self._out: list[IO[bytes]] = []

    def __enter__(self) -> Self:
        self._out = [file.open("wb") for file in self.files]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, out in enumerate(self._out):
            out.writelines(self._held[number])
            out.close()

    def put(self, document: bytes, way: bytes, triple: bytes, pack: bytes = b"") -> None:
        number = zlib.crc32(pack or document) % len(self.files)
        line = b"%s\t%s%s" % (document, way, triple)
        self._held[number].append(line)
        self._sizes[number] += len(line)
        if self._sizes[number] > _HELD:
            self._out[number].writelines(self._held[number])
            self._held[number], self._sizes[number] = [], 0


def parted(graphs: Mapping[str, Path], documents: Documents, folder: Path, count: int) -> Parted:
    """Part the lines of graphs (files of sorted N-Quads by IRI) among so many shards in ``folder``. Raises OSError."""

    @lru_cache(maxsize=_OBJECTS)
    def document(iri: bytes) -> bytes:
        return documents.of(iri.decode()).encode()

    with _Writer(folder, count) as writer:
        made = Parted(writer.files)
        for graph, file in sorted(graphs.items()):
            end = -len(f" <{graph}> .\n".encode()) if graph else -len(b" .\n")
            _part(file, end, document, documents, writer, made)
    return made


def _part(file: Path, end: int, document: "object", documents: Documents, writer: _Writer, made: Parted) -> None:
    assert callable(document)
    subject, of, pack, head = b"", b"", b"", 0
    with file.open("rb") as lines:
        for line in lines:
            if line[1:head] != subject or line[head : head + 1] != b">":
                head = line.index(b">")
                subject = line[1:head]
                of = documents.of(subject.decode()).encode()
                pack = documents.pack_of(of.decode()).encode()
                if of == _TIMES:
                    made.dates.append(subject.decode())
                if of and documents.is_topic(subject.decode(), of.decode()):
                    made.topics.setdefault(of.decode(), subject.decode())
            triple = line[:end] + b" .\n"
            if triple.startswith(_LABEL, head + 1):
                made.labels[subject] = made.labels.get(subject, b"") + triple
            if of:
                writer.put(of, OWN, triple, pack)
            start = triple.index(b"> ", head + 2) + 2
            if triple[start : start + 1] == b"<":
                target = document(triple[start + 1 : triple.index(b">", start)])
                if target and target != of and not target.startswith(_TERMS):
                    bundle = documents.pack_of(target.decode()).encode()
                    if not bundle or triple.startswith(_TELLS, head + 1):
                        writer.put(target, INCOMING, triple, bundle)


def by_document(shard: Path) -> Mapping[str, tuple[Sequence[bytes], Sequence[bytes]]]:
    """Return the triples of a shard by document, each sorted and once: its own, and those that point at it."""
    found: dict[bytes, tuple[set[bytes], set[bytes]]] = {}
    with shard.open("rb") as lines:
        for line in lines:
            document, _, rest = line.partition(b"\t")
            held = found.get(document)
            if held is None:
                held = found[document] = (set(), set())
            held[rest[:1] == INCOMING].add(rest[1:])
    return {document.decode(): (sorted(own), sorted(pointing)) for document, (own, pointing) in sorted(found.items())}


def beside(
    own: Sequence[bytes], pointing: Sequence[bytes], labels: Mapping[bytes, bytes], documents: Documents
) -> tuple[set[str], list[bytes]]:
    """Return the documents that a document's statements lead to and come from, and what things without a document are
    called that it names."""
    found, names = set[str](), list[bytes]()
    for line in own:
        start = line.index(b"> ", line.index(b">") + 2) + 2
        if line[start : start + 1] != b"<":
            continue
        iri = line[start + 1 : line.index(b">", start)]
        document = documents.of(iri.decode())
        if document:
            found.add(document)
        elif iri in labels:
            names.append(labels[iri])
    found |= {documents.of(line[1 : line.index(b">")].decode()) for line in pointing}
    return found - {""}, sorted(set(names))

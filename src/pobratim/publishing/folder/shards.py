"""What a store says, parted by document: one pass over the lines of its graphs, none asked of an engine.

A shard is some files, of which each process writes its own, of lines ``DOCUMENT TAB WAY TRIPLE``: a triple lies with
the document of its subject (way ``o``) and, where its object is a thing of ours, with that of the object as well (way
``i``). Lines come in any order; what lies in one pack is in one shard.
"""

import zlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from pobratim.load.workers import each
from pobratim.publishing.folder.documents import TIMES, Documents
from pobratim.publishing.folder.facts import Facts, Gathered
from pobratim.rdf.terms import POB, RDF, RDFS

OWN, INCOMING = b"o", b"i"
_LABEL, _TYPE = RDFS.label.value.encode(), RDF.type.value.encode()
_TELLS = POB.reports.value.encode()
"""By this a row says of which event it tells: what lies in packs and has no page knows no more of what points at it."""
_OBJECTS = 200_000
"""Documents of objects that are remembered: places, organisations and concepts are named again and again."""
_TERMS = ("def", "lexicon", "doc/def/", TIMES)
"""Documents of terms and dates: everything points at them, which tells nothing of them."""
_HELD = 500_000
"""Bytes of a shard that a process holds before they are written."""


Shard = Sequence[Path]


@dataclass(slots=True)
class Parted:
    """The shards, what each thing is called (lines of N-Triples by IRI), the documents with their first topic, and
    the IRIs of dates. ``facts`` tell of each thing where all of it stands."""

    shards: list[Shard]
    labels: dict[bytes, bytes]
    topics: dict[str, str]
    dates: list[str]
    facts: Facts


def _names(count: int) -> list[str]:
    return [f"shard-{number:04}" for number in range(count)]


class _Writer:
    """Writes shards, some bytes of each at a time."""

    def __init__(self, folder: Path, count: int) -> None:
        self.files = [folder / name for name in _names(count)]
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


def parted(graphs: Mapping[str, Path], documents: Documents, folder: Path, count: int, jobs: int = 1) -> Parted:
    """Part the lines of graphs (files of sorted N-Quads by IRI) among so many shards in ``folder``.

    Several processes read some graphs each, one after the other in their order. Raises OSError.
    """
    runs = list(enumerate(_runs(sorted(graphs.items()), jobs)))
    first, *others = each(lambda run: _read(run[1], documents, folder / str(run[0]), count), runs, jobs)
    for other in others:
        first.join(other)
    return Parted(
        [tuple(folder / str(number) / name for number, _ in runs) for name in _names(count)],
        first.labels,
        first.topics,
        first.dates,
        first.gathered.written(folder),
    )


def _runs(graphs: Sequence[tuple[str, Path]], jobs: int) -> list[Sequence[tuple[str, Path]]]:
    """Return graphs in pieces of about one size, in their order: two a process, none that waits long for the other."""
    sizes = list(accumulate(file.stat().st_size for _, file in graphs))
    many = min(2 * jobs, len(graphs)) if jobs > 1 else 1
    ends = [bisect_left(sizes, sizes[-1] * number / many) + 1 for number in range(1, many)]
    bounds = sorted({0, *ends, len(graphs)})
    return [graphs[start:end] for start, end in pairwise(bounds)] or [graphs]


def _read(graphs: Sequence[tuple[str, Path]], documents: Documents, folder: Path, count: int) -> "_Read":
    folder.mkdir(exist_ok=True)
    with _Writer(folder, count) as writer:
        parting = _Parting(documents, writer)
        for graph, file in graphs:
            parting.read(file, -len(f" <{graph}> .\n".encode()) if graph else -len(b" .\n"))
    return parting.found


@dataclass(slots=True)
class _Read:
    """What is known of some graphs beside their lines in shards."""

    gathered: Gathered = field(default_factory=Gathered)
    labels: dict[bytes, bytes] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    dates: list[str] = field(default_factory=list)

    def join(self, later: Self) -> None:
        """Take what is known of graphs that come behind these."""
        for thing, told in later.labels.items():
            self.labels[thing] = self.labels.get(thing, b"") + told
        self.topics = {**later.topics, **self.topics}
        self.dates += later.dates
        self.gathered.join(later.gathered)


class _Parting:
    """Reads graphs and puts each line where it belongs."""

    def __init__(self, documents: Documents, writer: _Writer) -> None:
        self.found = _Read()
        self._documents, self._writer = documents, writer
        self._target = lru_cache(maxsize=_OBJECTS)(self._target_of)

    def read(self, file: Path, end: int) -> None:
        """Take the lines of a graph, each without the bytes from ``end`` on."""
        gathered, labels = self.found.gathered, self.found.labels
        first = place = gathered.begin(file, end)
        subject, begun, of, pack = b"", b"<", b"", b""
        firsts = gathered.firsts
        limits = firsts.limits
        with file.open("rb") as lines:
            for line in lines:
                if not (subject and line.startswith(begun)):
                    gathered.subject(subject, first, place - first)
                    first, subject = place, line[1 : line.index(b">")]
                    begun = b"<%s> " % subject
                    of, pack = self._begin(subject)
                triple = line[:end] + b" .\n"
                if of:
                    self._writer.put(of, OWN, triple, pack)
                start = triple.index(b"> ", len(begun)) + 2
                prop = triple[len(begun) + 1 : start - 2]
                limit = limits.get(prop)
                if limit is None or subject <= limit:
                    firsts.take(prop, subject, triple[start:-3])
                if triple[start : start + 1] == b"<":
                    thing = triple[start + 1 : triple.index(b">", start)]
                    gathered.object(thing, prop, place)
                    if prop == _TYPE:
                        firsts.kind(subject, thing)
                    target, bundle, is_shown = self._target(thing)
                    if target and target != of and (is_shown or prop == _TELLS):
                        self._writer.put(target, INCOMING, triple, bundle)
                else:
                    gathered.property(prop)
                    if prop == _LABEL:
                        labels[subject] = labels.get(subject, b"") + triple
                place += len(line)
        gathered.subject(subject, first, place - first)

    def _begin(self, subject: bytes) -> tuple[bytes, bytes]:
        """Return the document that tells of a subject, and its pack."""
        iri = subject.decode()
        document = self._documents.of(iri)
        if document == TIMES:
            self.found.dates.append(iri)
        if document and self._documents.is_topic(iri, document):
            self.found.topics.setdefault(document, iri)
        return document.encode(), self._documents.pack_of(document).encode()

    def _target_of(self, iri: bytes) -> tuple[bytes, bytes, bool]:
        """Return the document that is told of what points at an IRI, its pack, and whether it is told of all that does;
        nothing for terms and dates."""
        document = self._documents.of(iri.decode())
        if document.startswith(_TERMS):
            return b"", b"", False
        pack = self._documents.pack_of(document)
        return document.encode(), pack.encode(), not pack or self._documents.has_page(document)


def by_document(shard: Shard) -> Mapping[str, tuple[Sequence[bytes], Sequence[bytes]]]:
    """Return the triples of a shard by document, each sorted and once: its own, and those that point at it."""
    found: dict[bytes, tuple[set[bytes], set[bytes]]] = {}
    for part in shard:
        with part.open("rb") as lines:
            for line in lines:
                document, _, rest = line.partition(b"\t")
                held = found.get(document)
                if held is None:
                    held = found[document] = (set(), set())
                held[rest[:1] == INCOMING].add(rest[1:])
    return {document.decode(): (sorted(own), sorted(pointing)) for document, (own, pointing) in sorted(found.items())}


def objects_of(triples: Iterable[bytes]) -> set[bytes]:
    """Return the IRIs that statements lead to."""
    found = set[bytes]()
    for line in triples:
        start = line.index(b"> ", line.index(b">") + 2) + 2
        if line[start : start + 1] == b"<":
            found.add(line[start + 1 : line.index(b">", start)])
    return found


def unlisted(objects: Iterable[bytes], labels: Mapping[bytes, bytes], documents: Documents) -> list[bytes]:
    """Return what those things are called that no document tells of."""
    return sorted({labels[iri] for iri in objects if iri in labels and not documents.of(iri.decode())})


def beside(objects: Iterable[bytes], pointing: Iterable[bytes], documents: Documents) -> set[str]:
    """Return the documents of objects, and those that statements come from."""
    subjects = {line[1 : line.index(b">")] for line in pointing}
    return {documents.of(iri.decode()) for iri in subjects.union(objects)} - {""}

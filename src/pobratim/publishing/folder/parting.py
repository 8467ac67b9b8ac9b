"""What a store says, parted by document: one pass over the lines of its graphs, none asked of an engine.

A triple lies with the document of its subject and, where its object is a thing of ours, with that of the object as
well. Nothing is written twice: lists tell where in the files of graphs the lines of a document stand.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Self

from pobratim.load.workers import each
from pobratim.publishing.folder.documents import TIMES, Documents
from pobratim.publishing.folder.facts import Facts
from pobratim.publishing.folder.lists import OFFSET, Gathered, write_lists
from pobratim.rdf.terms import POB, RDF, RDFS
from pobratim.site.firsts import Firsts
from pobratim.store.graph_files import end_of

LABEL, TYPE = RDFS.label.value.encode(), RDF.type.value.encode()
_TELLS = POB.reports.value.encode()
"""By this a row says of which event it tells: what lies in packs and has no page knows no more of what points at it."""
_OBJECTS = 200_000
"""Documents of objects that are remembered: places, organisations and concepts are named again and again."""
_TERMS = ("def", "lexicon", "doc/def/", TIMES)
"""Documents of terms and dates: everything points at them, which tells nothing of them."""
Triples = tuple[Sequence[bytes], Sequence[bytes]]
"""Those of a document, and those that point at it: sorted, each once."""


@dataclass(slots=True)
class Parted:
    """The documents that something is said in with their first topic ("" for none), and where all of it stands.

    ``label`` returns what a thing is called, as N-Triples.
    """

    documents: Documents
    topics: dict[str, str]
    facts: Facts
    label: Callable[[bytes], bytes]

    def triples(self, document: str) -> Triples:
        """Return the triples of a document, and those that point at it. Raises OSError."""
        own, pointing = set[bytes](), set[bytes]()
        for subject, lines in self.facts.told(document):
            if self.documents.of(subject) == document:
                own.update(lines)
        for thing, line in self.facts.led(document):
            if self.documents.of(thing) == document:
                pointing.add(line)
        return sorted(own), sorted(pointing)

    def subjects(self, document: str) -> list[str]:
        """Return what a document tells of, as often as graphs do. Raises OSError."""
        return [iri for iri, _ in self.facts.told(document) if self.documents.of(iri) == document]

    def topic(self, document: str) -> str:
        """Return the first thing that a document is about, "" where it is about none. Raises OSError."""
        return next((iri for iri in self.subjects(document) if self.documents.is_topic(iri, document)), "")

    def beside(self, document: str) -> set[str]:
        """Return the documents of what a document names, and of what it is told of. Raises OSError."""
        own, pointing = self.triples(document)
        found = {line[1 : line.index(b">")] for line in pointing}.union(objects_of(own))
        return {self.documents.of(iri.decode()) for iri in found} - {""}

    def leading(self, things: Iterable[str]) -> set[str]:
        """Return the documents that name some things. Raises OSError."""
        found = {thing for iri in things for _, thing in self.facts.near(iri)}
        return {self.documents.of(iri) for iri in found} - {""}

    @property
    def dates(self) -> list[str]:
        """Return the IRIs of dates. Raises OSError."""
        return sorted(set(self.subjects(TIMES)))


def parted(graphs: Mapping[str, Path], documents: Documents, folder: Path, jobs: int = 1) -> Parted:
    """Part the lines of graphs (files of sorted N-Quads by IRI); lists lie in ``folder``.

    Several processes read some graphs each, one after the other in their order. Raises OSError.
    """
    ordered = sorted(graphs.items())
    runs = _runs([(number, graph, file) for number, (graph, file) in enumerate(ordered)], jobs)
    first, *others = each(lambda run: read(run, documents), runs, jobs)
    for other in others:
        first.join(other)
    write_lists(first.gathered, folder)
    first.firsts.close()
    facts = Facts(folder, *numbered(ordered), first.firsts.counts.keys(), first.firsts)
    return Parted(documents, first.topics, facts, facts.labels)


def numbered(graphs: Sequence[tuple[str, Path]]) -> tuple[list[Path], list[int]]:
    """Return the files of graphs, and where the triple of a line ends in each."""
    return [file for _, file in graphs], [end_of(graph) for graph, _ in graphs]


Numbered = tuple[int, str, Path]
"""A graph: number of its file, IRI, and the file."""


def _runs(graphs: Sequence[Numbered], jobs: int) -> list[Sequence[Numbered]]:
    """Return graphs in pieces of about one size, in their order: two a process, none that waits long for the other."""
    sizes = list(accumulate(file.stat().st_size for _, _, file in graphs))
    many = min(2 * jobs, len(graphs)) if jobs > 1 else 1
    ends = [bisect_left(sizes, sizes[-1] * number / many) + 1 for number in range(1, many)]
    bounds = sorted({0, *ends, len(graphs)})
    return [graphs[start:end] for start, end in pairwise(bounds)] or [graphs]


@dataclass(slots=True)
class Read:
    """What is known of some graphs."""

    gathered: Gathered = field(default_factory=Gathered)
    firsts: Firsts = field(default_factory=Firsts)
    topics: dict[str, str] = field(default_factory=dict)

    def join(self, later: Self) -> None:
        """Take what is known of graphs that come behind these."""
        for document, topic in later.topics.items():
            self.topics[document] = self.topics.get(document) or topic
        self.gathered.join(later.gathered)
        self.firsts.join(later.firsts)


def read(graphs: Iterable[Numbered], documents: Documents) -> Read:
    """Take the lines of graphs. Raises OSError."""
    reader = Reader(documents)
    for number, graph, file in graphs:
        reader.read(number << OFFSET, file, end_of(graph))
    return reader.found


class Reader:
    """Takes note of where lines stand."""

    def __init__(self, documents: Documents) -> None:
        self.found = Read()
        self._documents = documents
        self.target = lru_cache(maxsize=_OBJECTS)(self._target_of)

    def read(self, place: int, file: Path, end: int) -> None:
        """Take the lines of a graph, of which the first one has a place and the bytes from ``end`` on are no triple."""
        gathered, firsts = self.found.gathered, self.found.firsts
        first = place
        subject, begun, of = b"", b"<", b""
        limits, counts = firsts.limits, firsts.counts
        with file.open("rb") as lines:
            for line in lines:
                if not (subject and line.startswith(begun)):
                    if subject:
                        gathered.stretch(subject, of, first, place - first)
                    first, subject = place, line[1 : line.index(b">")]
                    begun = b"<%s> " % subject
                    of = self._begin(subject)
                start = line.index(b"> ", len(begun)) + 2
                prop = line[len(begun) + 1 : start - 2]
                counts[prop] = counts.get(prop, 0) + 1
                limit = limits.get(prop)
                if limit is None or subject <= limit:
                    firsts.take(prop, subject, line[start:end])
                if line[start : start + 1] == b"<":
                    thing = line[start + 1 : line.index(b">", start)]
                    if prop == TYPE:
                        firsts.kind(subject, thing)
                    self.lead(of, prop, thing, place)
                place += len(line)
        if subject:
            gathered.stretch(subject, of, first, place - first)

    def document(self, subject: bytes) -> bytes:
        """Return the document that tells of a subject."""
        return self._documents.of(subject.decode()).encode()

    def _begin(self, subject: bytes) -> bytes:
        """Return the document that tells of a subject, of which note is taken."""
        iri = subject.decode()
        document = self._documents.of(iri)
        if document and not self.found.topics.get(document):
            self.found.topics[document] = iri if self._documents.is_topic(iri, document) else ""
        return document.encode()

    def lead(self, of: bytes, prop: bytes, thing: bytes, place: int) -> None:
        """Take note of a line of a document that ends in an IRI."""
        self.found.gathered.object(thing, prop, place)
        self.point(of, prop, thing, place)

    def point(self, of: bytes, prop: bytes, thing: bytes, place: int) -> None:
        """Take note of such a line with the document that is told of it."""
        target, is_shown = self.target(thing)
        if target and target != of and (is_shown or prop == _TELLS):
            self.found.gathered.pointing(target, place)

    def _target_of(self, iri: bytes) -> tuple[bytes, bool]:
        """Return the document that is told of what points at an IRI, and whether it is told of all that does; nothing
        for terms and dates."""
        document = self._documents.of(iri.decode())
        if document.startswith(_TERMS):
            return b"", False
        return document.encode(), not self._documents.pack_of(document) or self._documents.has_page(document)


def objects_of(triples: Iterable[bytes]) -> set[bytes]:
    """Return the IRIs that statements lead to."""
    found = set[bytes]()
    for line in triples:
        start = line.index(b"> ", line.index(b">") + 2) + 2
        if line[start : start + 1] == b"<":
            found.add(line[start + 1 : line.index(b">", start)])
    return found


def unlisted(objects: Iterable[bytes], label: Callable[[bytes], bytes], documents: Documents) -> list[bytes]:
    """Return what those things are called that no document tells of, or that of an area, of which there may be none."""
    return sorted({told for iri in objects if not documents.is_lasting(iri.decode()) and (told := label(iri))})

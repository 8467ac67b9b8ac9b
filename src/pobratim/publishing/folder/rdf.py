"""The data of a document: what is said of its things, what points at them, and what those nearby are called."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from pobratim.messages import LANGUAGES
from pobratim.rdf.compact import FILE as CONTEXT
from pobratim.rdf.compact import compacted
from pobratim.rdf.iris import dataset_iri
from pobratim.rdf.terms import DCT, FOAF, RDF, RDFS
from pobratim.site.dataset import VOID
from pobratim.site.words import prefixes, word

FORMS = ("ttl", "jsonld")
"""Endings of the files beside a page."""
MOST = 1000
"""Statements that point at a document's things, as the server gives them: the LIMITs of description.rq."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What all documents of a publication say of themselves."""

    base: str
    public: str
    licence: str


@dataclass(frozen=True, slots=True)
class Held:
    """What the files of a document are made of: lines of N-Triples, and whether more points at its things.

    ``topic`` is the IRI that the document is about, "" where it is about many.
    """

    document: str
    topic: str
    lines: Sequence[bytes]
    is_cut: bool


def held(
    document: str, topic: str, triples: tuple[Sequence[bytes], Sequence[bytes]], label: Callable[[bytes], bytes]
) -> Held:
    """Return what the files of a document are made of; ``triples`` are its own and those that point at it.

    ``label`` returns what a thing is called, as lines of N-Triples.
    """
    own, pointing = triples
    shown = pointing[:MOST]
    return Held(document, topic, [*own, *shown, *_labels(own, shown, label)], len(pointing) > MOST)


def written(told: Held, frame: Frame) -> dict[str, bytes]:
    """Return the files of a document by ending."""
    found: list[Triple] = list(parse(b"".join(told.lines), format=RdfFormat.N_TRIPLES))
    found += _of_itself(told.document, told.topic, frame, told.is_cut)
    turtle = serialize(found, format=RdfFormat.TURTLE, prefixes=prefixes(frame.base)) or b""
    return {"ttl": turtle, "jsonld": compacted(found, f"{frame.public}/{CONTEXT}")}


def _labels(own: Sequence[bytes], pointing: Sequence[bytes], label: Callable[[bytes], bytes]) -> Iterator[bytes]:
    near: set[bytes] = set()
    subjects: set[bytes] = set()
    for line in own:
        head = line.index(b">")
        subjects.add(line[1:head])
        start = line.index(b"> ", head + 2) + 2
        if line[start : start + 1] == b"<":
            near.add(line[start + 1 : line.index(b">", start)])
    near |= {line[1 : line.index(b">")] for line in pointing}
    yield from (told for iri in sorted(near - subjects) if (told := label(iri)))


def _of_itself(document: str, topic: str, frame: Frame, is_cut: bool) -> Iterator[Triple]:
    node = NamedNode(f"{frame.public}/{document}")
    yield Triple(node, RDF.type, FOAF.Document)
    yield Triple(node, DCT.license, NamedNode(frame.licence))
    yield Triple(node, VOID.inDataset, NamedNode(dataset_iri(frame.base)))
    if topic:
        yield Triple(node, FOAF.primaryTopic, NamedNode(topic))
        yield Triple(NamedNode(topic), FOAF.isPrimaryTopicOf, node)
    if is_cut:
        for lang in LANGUAGES:
            yield Triple(node, RDFS.comment, Literal(word("hub-note", lang, most=MOST), language=lang))

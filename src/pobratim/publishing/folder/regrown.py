"""What a source says, parted by document, gone on from how it was parted before: only lines that differ are looked at.

What stays in a file moves by the bytes of the lines that came and went before it; what a graph that is the same says
stays where it is. The lists are those that a reading of all lines makes, which a test looks for.
"""

import mmap
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from pobratim.ground.merged_lines import place_of
from pobratim.ground.sorted_lines import differing_at
from pobratim.publishing.folder.documents import Documents
from pobratim.publishing.folder.facts import Facts
from pobratim.publishing.folder.lists import OFFSET, Moved, Numbers, go_on
from pobratim.publishing.folder.parting import LABEL, TYPE, Parted, Reader, numbered
from pobratim.rdf.terms import RDF
from pobratim.site.areas import area_iri
from pobratim.site.firsts import Firsts
from pobratim.store.graph_files import GraphFile, end_of

_MOST = 0.3
"""The part of all lines whose change makes it cheaper to read all."""
Differing = tuple[bool, bytes]
"""Whether a line is new, or gone; and the line."""


@dataclass(frozen=True, slots=True)
class Past:
    """How a source was parted: ``folder`` holds the lists, ``graphs`` are its files as they were, ``areas`` the paths
    of those that had a document."""

    folder: Path
    graphs: Mapping[str, GraphFile]
    topics: Mapping[str, str]
    firsts: Firsts
    areas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Regrown:
    """How it is parted now, the documents that may tell something else or are gone, and the lines that differ.

    ``subjects`` are those of such lines by document.
    """

    parted: Parted
    touched: Collection[str]
    subjects: Mapping[str, Collection[str]]
    lines: Mapping[str, Sequence[Differing]]


def regrown(past: Past, graphs: Mapping[str, GraphFile], documents: Documents, folder: Path) -> Regrown | None:
    """Part a source as it is now, lists being written into ``folder``; None where all lines are to be read.

    Raises OSError.
    """
    turns = None if past.areas - documents.areas else _turns(past.graphs, graphs)
    if turns is None:
        return None
    reader, touched, named = Reader(documents), set[str](), set[bytes]()
    with closing(_facts_of(past)) as former:
        iris = [iri for area in sorted(documents.areas - past.areas) if (iri := area_iri(area))]
        touched |= {documents.of_term(iri) for iri in iris}
        turns = _with_areas(iris, turns, former, past.graphs, graphs)
        moved = partial(_moved, old=past.graphs, new=graphs, turns=turns)
        for turn in turns:
            turn.take(reader, touched, named)
        _point_at(iris, reader, former, moved)
    said = sorted((one for turn in turns for one in turn.said), key=lambda one: not one[0])
    if not past.firsts.turn(said):
        return None
    go_on(past.folder, moved, reader.found.gathered, folder)
    paths = [(graph, file.path) for graph, file in sorted(graphs.items())]
    facts = Facts(folder, *numbered(paths), past.firsts.counts.keys(), past.firsts)
    parted = Parted(documents, dict(past.topics), facts, facts.labels)
    _examples(past.firsts, said, facts)
    touched |= {document for iri in named for document in _near(iri.decode(), facts, documents)}
    touched.discard("")
    for document in touched:
        parted.topics.pop(document, None)
        if parted.subjects(document):
            parted.topics[document] = parted.topic(document)
    return Regrown(
        parted,
        touched,
        _by_document(turns, documents),
        {turn.graph: [line[:2] for line in turn.lines] for turn in turns},
    )


def _by_document(turns: Sequence["_Turn"], documents: Documents) -> dict[str, set[str]]:
    found = dict[str, set[str]]()
    for subject in {subject.decode() for turn in turns for _, _, subject, _ in turn.said}:
        found.setdefault(documents.of(subject), set()).add(subject)
    return found


@dataclass(slots=True)
class _Turn:
    """What differs in a graph: its numbers before and now (-1 where it is not there), and the lines with places.

    ``gone`` are places of lines that went, ``left`` of stretches, those before. ``again`` are subjects of which another
    document tells now.
    """

    graph: str
    was: int
    now: int
    files: tuple[Path | None, Path | None]
    lines: list[tuple[bool, bytes, int]]
    said: list[tuple[bool, bytes, bytes, bytes]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    again: list[bytes] = field(default_factory=list)

    def take(self, reader: Reader, touched: set[str], named: set[bytes]) -> None:
        """Take note of the lines that came, of documents that tell something else, and of what is called otherwise."""
        end, subjects = end_of(self.graph), {subject: reader.document(subject) for subject in self.again}
        touched |= {of.decode() for of in subjects.values()}
        for is_new, line, place in self.lines:
            subject = line[1 : line.index(b">")]
            of = subjects.get(subject)
            if of is None:
                of = subjects[subject] = reader.document(subject)
                touched.add(of.decode())
            start = line.index(b"> ", len(subject) + 3) + 2
            prop = line[len(subject) + 4 : start - 2]
            self.said.append((is_new, prop, subject, line[start:end]))
            if line[start : start + 1] == b"<":
                thing = line[start + 1 : line.index(b">", start)]
                touched.add(reader.target(thing)[0].decode())
                if is_new:
                    reader.lead(of, prop, thing, self.now << OFFSET | place)
            elif prop == LABEL:
                named.add(subject)
            if not is_new:
                self.gone.append(place)
        self._stretch(reader, subjects)

    def _stretch(self, reader: Reader, subjects: Mapping[bytes, bytes]) -> None:
        """Take note of the stretches of subjects of which something else is said, before and now."""
        with ExitStack() as stack:
            old, new = (_mapped(file, stack) for file in self.files)
            for subject, of in subjects.items():
                if old is not None and (before := _stretch_of(old, subject)):
                    self.left.append(before[0])
                if new is not None and (now := _stretch_of(new, subject)):
                    start, length = now
                    reader.found.gathered.stretch(subject, of, self.now << OFFSET | start, length)

    def steps(self) -> tuple[Numbers, Numbers]:
        """Return places of the former file, and by how much what stands from there on has moved; nothing before."""
        places, moves, move = list[int](), [0], 0
        for is_new, line, place in self.lines:
            at = place - move if is_new else place + len(line)
            move += len(line) if is_new else -len(line)
            places.append(at)
            moves.append(move)
        return np.array(places, np.int64), np.array(moves, np.int64)


def _facts_of(past: Past) -> Facts:
    paths = [(graph, file.path) for graph, file in sorted(past.graphs.items())]
    return Facts(past.folder, *numbered(paths), past.firsts.counts.keys(), past.firsts)


def _with_areas(
    areas: Collection[str],
    turns: Sequence[_Turn],
    former: Facts,
    old: Mapping[str, GraphFile],
    new: Mapping[str, GraphFile],
) -> list[_Turn]:
    """Return what differs with the graphs that speak of areas which have a document now and had none."""
    was, now = _numbers(old), _numbers(new)
    found, graphs = {turn.graph: turn for turn in turns}, sorted(old)
    for iri in areas:
        for graph in sorted(graphs[number] for number in former.files(iri)):
            if graph in new:
                files = old[graph].path, new[graph].path
                turn = found.setdefault(graph, _Turn(graph, was[graph], now[graph], files, []))
                turn.again.append(iri.encode())
    return [turn for _, turn in sorted(found.items())]


def _point_at(areas: Collection[str], reader: Reader, former: Facts, moved: Moved) -> None:
    """Take note that documents of areas are told of the lines that end there and stay."""
    for iri in areas:
        lines = list(former.ending(iri))
        stays, places = moved(np.array([place for place, _, _ in lines], np.int64), False)
        for (_, prop, subject), is_there, place in zip(lines, stays, places.tolist(), strict=True):
            if is_there:
                reader.point(reader.document(subject.encode()), prop.encode(), iri.encode(), place)


def _numbers(graphs: Collection[str]) -> dict[str, int]:
    return {graph: number for number, graph in enumerate(sorted(graphs))}


def _turns(old: Mapping[str, GraphFile], new: Mapping[str, GraphFile]) -> list[_Turn] | None:
    """Return what differs between the graphs of two states, those that only moved too; None where it is too much."""
    was, now = _numbers(old), _numbers(new)
    most = _MOST * sum(file.quads for file in new.values())
    found, count = list[_Turn](), 0
    for graph in sorted({*old, *new}):
        one, other = old.get(graph), new.get(graph)
        if one and other and one.digest == other.digest:
            continue
        files = one.path if one else None, other.path if other else None
        lines = list(differing_at(*files))
        count += len(lines)
        if count > most:
            return None
        found.append(_Turn(graph, was.get(graph, -1), now.get(graph, -1), files, lines))
    return found


def _moved(
    places: Numbers, is_stretch: bool, old: Mapping[str, GraphFile], new: Collection[str], turns: Sequence[_Turn]
) -> tuple[Numbers, Numbers]:
    """Return which places stay, and where those are now."""
    now = _numbers(new)
    numbers, offsets = places >> OFFSET, places & (1 << OFFSET) - 1
    to = np.array([now.get(graph, -1) for graph in sorted(old)] or [-1], np.int64)[numbers]
    stays = to >= 0
    for turn in turns:
        if turn.was >= 0:
            here = np.flatnonzero(numbers == turn.was)
            at = offsets[here]
            stays[here] &= ~np.isin(at, turn.left if is_stretch else turn.gone)
            steps, moves = turn.steps()
            offsets[here] = at + moves[np.searchsorted(steps, at, side="right")]
    return stays, (to << OFFSET) | offsets


def _mapped(file: Path | None, stack: ExitStack) -> mmap.mmap | None:
    if file is None or not file.stat().st_size:
        return None
    content = stack.enter_context(file.open("rb"))
    return stack.enter_context(mmap.mmap(content.fileno(), 0, access=mmap.ACCESS_READ))


def _stretch_of(content: mmap.mmap, subject: bytes) -> tuple[int, int] | None:
    """Return where the lines about a subject begin in sorted ones, and their bytes; None where there are none."""
    start = place_of(content, b"<%s> " % subject, 0, len(content))
    end = place_of(content, b"<%s>!" % subject, start, len(content))  # what follows on a blank in the order of bytes
    return (start, end - start) if end > start else None


def _near(iri: str, facts: Facts, documents: Documents) -> Iterator[str]:
    """Yield the documents that tell what a thing is called."""
    yield from (documents.of(thing) for _, thing in facts.near(iri))
    yield from (documents.of(value.value) for _, value in facts.said(iri) if value.is_iri)


def _examples(firsts: Firsts, said: Sequence[tuple[bool, bytes, bytes, bytes]], facts: Facts) -> None:
    """Look for the first thing of each class of which something came or went."""
    for kind in {value[1:-1] for _, prop, _, value in said if prop == TYPE and value.startswith(b"<")}:
        things = [thing.encode() for _, thing in facts.near(kind.decode(), RDF.type.value)]
        firsts.examples.pop(kind, None)
        if things:
            firsts.examples[kind] = min(things)
    firsts.examples = dict(sorted(firsts.examples.items()))

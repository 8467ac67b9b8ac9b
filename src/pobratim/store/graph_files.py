"""Graphs as files: the sorted N-Quads lines of each, which tell without an engine what a graph holds and what changed.

A generation has one file a graph, ``graphs/NAME.nq``; its manifest tells name, digest and length of each (``FILES``).
A file that did not change is the same file in the next generation.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, serialize

from pobratim.ground import disk, merged_lines
from pobratim.ground.sorted_lines import Leaving, Piece, differing, turned
from pobratim.store.line_digest import MARK, LineDigest

FILES = "files"
"""The key of a manifest under which the files of graphs stand."""
_FOLDER = "graphs"
_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")
_LONGEST = 60
_MANY = 4_000
_NOTED = 100_000
"""Lines that differ from a former file and are remembered, at most: with more of them both are compared."""


@dataclass(frozen=True, slots=True)
class Since:
    """What a file has otherwise than a former one with this ``digest``: the lines that came and those that went."""

    digest: str
    fresh: Sequence[bytes]
    gone: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class GraphFile:
    """A graph in a file: sorted lines of N-Quads, each once, as Oxigraph writes them.

    ``digest`` follows of the lines alone (``line_digest.py``), ``quads`` is their number. ``since`` tells what changed
    where the file was made of another one, None where that is not known.
    """

    path: Path
    digest: str
    quads: int
    since: Since | None = field(default=None, compare=False)

    def lines(self) -> Iterator[bytes]:
        """Yield the lines, each closed by a line feed."""
        with self.path.open("rb") as file:
            yield from file

    def triples(self) -> Iterator[bytes]:
        """Yield the lines without the graph's name: N-Triples, sorted too."""
        for line in self.lines():
            yield b"%s .\n" % line[: line.rindex(b" ", 0, -3)]

    def to_json(self) -> dict[str, Any]:
        """Return what a manifest tells of it."""
        kind = "sum" if self.digest.startswith(MARK) else "sha256"
        return {"name": self.path.name, kind: self.digest.removeprefix(MARK), "quads": self.quads}

    @classmethod
    def from_json(cls, folder: Path, told: Mapping[str, Any]) -> "GraphFile":
        """Read what ``to_json`` wrote of a file in a folder."""
        digest = f"{MARK}{told['sum']}" if "sum" in told else told["sha256"]
        return cls(folder / told["name"], digest, told["quads"])


def end_of(graph: str) -> int:
    """Return the place, from its end, behind the triple of a line of a graph ("" for none)."""
    return -len(f" <{graph}> .\n".encode()) if graph else -len(b" .\n")


def file_name(graph: str) -> str:
    """Return the name of a graph's file: its last steps for people, a digest of the whole IRI for certainty."""
    told = _UNSAFE.sub("-", graph.rpartition("/graph/")[2] or graph).strip("-")[-_LONGEST:]
    return f"{told}-{hashlib.sha256(graph.encode()).hexdigest()[:12]}.nq"


def write(path: Path, lines: Iterable[str]) -> GraphFile:
    """Write lines that are sorted already, and return the file. Raises OSError."""
    source = iter(lines)
    held = iter(lambda: "".join(islice(source, _MANY)), "")
    return _written(path, (Piece(data.encode()) for data in held), LineDigest())


def rewrite(path: Path, former: GraphFile | None, leaving: Leaving, fresh: Iterable[str]) -> GraphFile:
    """Write the lines of a former file that stay, and fresh ones, which may be among them. Raises OSError."""
    pieces = turned(former.path if former else None, leaving, map(str.encode, fresh))
    if former is None:
        return _written(path, pieces, LineDigest())
    is_long = former.digest.startswith(MARK)
    since = Since(former.digest, come := list[bytes](), went := list[bytes]())

    def noted() -> Iterator[Piece]:
        for piece in pieces:
            if len(come) + len(went) <= _NOTED:
                come.extend(piece.fresh)
                went.extend(piece.gone)
            yield piece

    made = _written(path, noted(), LineDigest(former.digest, former.quads) if is_long else LineDigest())
    return replace(made, since=since) if len(come) + len(went) <= _NOTED else made


def _written(path: Path, pieces: Iterable[Piece], digest: LineDigest) -> GraphFile:
    with path.open("wb") as out:
        for piece in pieces:
            digest.take(piece)
            out.write(piece.data)
    return GraphFile(path, digest.told(path), digest.lines)


def write_quads(path: Path, quads: Iterable[Quad]) -> GraphFile:
    """Write quads in whatever order they come, numbers as Oxigraph gives them back."""
    store = Store()
    store.bulk_extend(quads)
    return write(path, _dumped(iter(store)))


def write_stored(path: Path, store: Store, graph: str) -> GraphFile:
    """Write what a store holds of a graph, "" for the nameless one."""
    name = NamedNode(graph) if graph else DefaultGraph()
    return write(path, _dumped(store.quads_for_pattern(None, None, None, name)))


def _dumped(quads: Iterable[Quad]) -> list[str]:
    # Oxigraph escapes line breaks inside literals, so that a line is a quad.
    text = (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode()
    return sorted(f"{line}\n" for line in text.split("\n") if line)


def differences(old: GraphFile | None, new: GraphFile | None) -> Iterator[tuple[bool, bytes]]:
    """Yield the lines that only one of two files has, each with whether it is new; neither is held in memory."""
    if old and new and new.since and new.since.digest == old.digest:
        yield from ((False, line) for line in new.since.gone)
        yield from ((True, line) for line in new.since.fresh)
    elif old is None or new is None or old.digest != new.digest:
        yield from differing(old.path if old else None, new.path if new else None)


def merged(files: Iterable[GraphFile]) -> Iterator[bytes]:
    """Yield the lines of many files in code point order, many lines at a time. Raises OSError."""
    yield from merged_lines.merged([file.path for file in files])


class Shelf:
    """The files of one generation, by graph."""

    def __init__(self, folder: Path, files: Mapping[str, GraphFile] | None = None) -> None:
        """Take the generation's ``folder``, and what lies in it already."""
        self._folder = folder / _FOLDER
        self.files = dict(files or {})

    @classmethod
    def of(cls, folder: Path, manifest: Mapping[str, Any]) -> "Shelf | None":
        """Return that of a generation, None for one of a former version, which has no files."""
        told = manifest.get(FILES)
        if told is None:
            return None
        place = folder / _FOLDER
        return cls(
            folder,
            {graph: GraphFile.from_json(place, one) for graph, one in told.items()},
        )

    def put(self, graph: str, content: "GraphFile | Iterable[Quad]") -> GraphFile:
        """Make ``content`` what is here of a graph. Raises ValueError for quads of another graph and blank nodes."""
        checked = taken(graph, content)
        if isinstance(checked, GraphFile):
            return self._taken(graph, lambda path: _linked(checked, path))
        return self._taken(graph, lambda path: write_quads(path, checked))

    def put_stored(self, graph: str, store: Store) -> GraphFile:
        """Make what a store holds of a graph what is here of it."""
        return self._taken(graph, lambda path: write_stored(path, store, graph))

    def _taken(self, graph: str, make: Callable[[Path], GraphFile]) -> GraphFile:
        self._folder.mkdir(exist_ok=True)
        path = self._folder / file_name(graph)
        path.unlink(missing_ok=True)  # it may be the same file as in another generation
        made = make(path)
        if made.quads:
            self.files[graph] = made
        else:
            self.files.pop(graph, None)
            path.unlink(missing_ok=True)
        return made

    def to_json(self) -> dict[str, Any]:
        """Return what the manifest tells of the files."""
        return {graph: one.to_json() for graph, one in sorted(self.files.items())}


def _linked(content: GraphFile, path: Path) -> GraphFile:
    disk.link(content.path, path)
    return replace(content, path=path)


def taken(graph: str, content: GraphFile | Iterable[Quad]) -> GraphFile | list[Quad]:
    """Return what a graph is to hold. Raises ValueError for quads of another graph and for blank nodes."""
    if isinstance(content, GraphFile):
        return content
    name, quads = NamedNode(graph), list(content)
    for quad in quads:
        if quad.graph_name != name:
            raise ValueError(f"a quad of {quad.graph_name} among those of {graph}")
        if not (isinstance(quad.subject, NamedNode) and not str(quad.object).startswith("_:")):
            raise ValueError(f"a blank node, which would differ on every load: {quad}")
    return quads


def stored_graphs(store: Store) -> list[str]:
    """Return the IRIs of the graphs of a store, sorted, "" for the nameless one where it holds anything."""
    named = [graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode)]
    nameless = next(store.quads_for_pattern(None, None, None, DefaultGraph()), None)
    return sorted(named + ([""] if nameless is not None else []))


def shelved(folder: Path, store: Store) -> Shelf:
    """Return files of all that a store holds, made in ``folder``."""
    shelf = Shelf(folder)
    for graph in stored_graphs(store):
        shelf.put_stored(graph, store)
    return shelf

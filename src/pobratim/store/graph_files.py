"""Graphs as files: the sorted N-Quads lines of each, which tell without an engine what a graph holds and what changed.

A generation has one file a graph, ``graphs/NAME.nq``; its manifest tells name, digest and length of each (``FILES``).
A file that did not change is the same file in the next generation.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, serialize

from pobratim.ground import disk, merged_lines
from pobratim.ground.sorted_lines import Leaving, differing, turned

FILES = "files"
"""The key of a manifest under which the files of graphs stand."""
_FOLDER = "graphs"
_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")
_LONGEST = 60
_MANY = 4_000


@dataclass(frozen=True, slots=True)
class GraphFile:
    """A graph in a file: sorted lines of N-Quads, each once, as Oxigraph writes them.

    ``digest`` is the SHA-256 of the bytes, ``quads`` the number of lines.
    """

    path: Path
    digest: str
    quads: int

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
        return {"name": self.path.name, "sha256": self.digest, "quads": self.quads}


def file_name(graph: str) -> str:
    """Return the name of a graph's file: its last steps for people, a digest of the whole IRI for certainty."""
    told = _UNSAFE.sub("-", graph.rpartition("/graph/")[2] or graph).strip("-")[-_LONGEST:]
    return f"{told}-{hashlib.sha256(graph.encode()).hexdigest()[:12]}.nq"


def write(path: Path, lines: Iterable[str]) -> GraphFile:
    """Write lines that are sorted already, and return the file. Raises OSError."""
    source = iter(lines)
    pieces = iter(lambda: list(islice(source, _MANY)), [])
    return _write_pieces(path, (("".join(held).encode(), len(held)) for held in pieces))


def _write_pieces(path: Path, pieces: Iterable[tuple[bytes, int]]) -> GraphFile:
    digest, count = hashlib.sha256(), 0
    with path.open("wb") as out:
        for data, lines in pieces:
            digest.update(data)
            out.write(data)
            count += lines
    return GraphFile(path, digest.hexdigest(), count)


def rewrite(path: Path, former: GraphFile | None, leaving: Leaving, fresh: Iterable[str]) -> GraphFile:
    """Write the lines of a former file that stay, and fresh ones, which may be among them. Raises OSError."""
    return _write_pieces(path, turned(former.path if former else None, leaving, map(str.encode, fresh)))


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
    if old is None or new is None or old.digest != new.digest:
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
            {graph: GraphFile(place / one["name"], one["sha256"], one["quads"]) for graph, one in told.items()},
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
    return GraphFile(path, content.digest, content.quads)


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

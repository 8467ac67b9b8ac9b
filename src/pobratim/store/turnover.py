"""What a publish does to the quads of a store: graphs that differ, and the one that is made last.

A graph is compared and stored as a file (``graph_files.py``): what changes costs as much as the change, and memory
holds a piece of a file. Where more than a part of all changes, the store is made anew of its files.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from pathlib import Path
from threading import Event, Lock
from typing import BinaryIO

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from pobratim.ground.sorted_lines import blocks
from pobratim.store.backend import Change, Closing, Turnover
from pobratim.store.graph_files import Shelf, differences

_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PIECE = 100_000
"""Lines that the engine gets at once: memory grows with that, time falls little."""
_PIECE_BYTES = 6_000_000
"""As much of files that are loaded whole, by each thread."""
_ANEW = 0.3
"""The part of all quads whose change makes a store anew: what is loaded in order is smaller and compacts sooner."""


def in_memory(quads: Iterable[Quad]) -> Store:
    """Return a store in memory that holds the quads."""
    store = Store()
    store.bulk_extend(quads)
    return store


def is_anew(held: Shelf, shelf: Shelf) -> bool:
    """Tell whether so much differs between two generations that the second is better made of its files."""
    same = sum(one.quads for graph, one in shelf.files.items() if _digest(held, graph) == one.digest)
    return sum(one.quads for one in shelf.files.values()) - same > _ANEW * sum(one.quads for one in held.files.values())


class Turning:
    """Turns the store of one generation into that of the next."""

    def __init__(self, store: Store, held: Shelf, shelf: Shelf, removed: Path) -> None:
        """``store`` holds what ``held`` tells, or nothing; ``removed`` is a file, to be made, of what goes away."""
        self._store, self._held, self._shelf = store, held, shelf
        self._removed = removed
        self._removed.touch()
        self.changes: dict[str, Change] = {}

    def fill(self, graphs: Iterable[str], jobs: int = 1) -> None:
        """Load graphs into a store that is empty, by several threads for several ``jobs``."""
        # Whole pieces across graphs: each call makes files of its own, which are put together afterwards.
        pieces, mine, stop = _pieces(self._shelf.files[graph].path for graph in sorted(graphs)), Lock(), Event()

        def work() -> None:
            try:
                while not stop.is_set():
                    with mine:
                        piece = next(pieces, None)
                    if piece is None:
                        return
                    _take(self._store, piece)
            except BaseException:
                stop.set()  # what the others would load goes with the draft
                raise

        # The engine takes a piece by one thread, and has Python wait for none; half of the threads wait for the disk.
        threads = 2 * jobs if jobs > 1 else 1
        with ThreadPoolExecutor(threads) as crew:
            works = [crew.submit(work) for _ in range(threads)]
            try:
                for one in works:
                    one.result()
            finally:
                stop.set()

    def turn(self, graphs: Iterable[str], is_filled: bool = False) -> None:
        """Make the store hold of graphs what their files hold, unless it ``is_filled`` already; note what changed."""
        differing = [graph for graph in graphs if _digest(self._held, graph) != _digest(self._shelf, graph)]
        if is_filled:
            # Of a graph that is all new nothing need be read again.
            new = [graph for graph in differing if graph not in self._held.files]
            self.changes |= {graph: Change(self._shelf.files[graph].quads, 0) for graph in new}
            differing = [graph for graph in differing if graph in self._held.files]
        begin = self._removed.stat().st_size
        with self._removed.open("ab") as out:
            fresh = (line for graph in differing for line in self._fresh(graph, out))
            if is_filled:
                deque(fresh, maxlen=0)
            else:
                # What comes is loaded in pieces, of all graphs, while what goes is still there: no line is both.
                _load(self._store, fresh)
        if not is_filled:
            for quad in _parsed(self._removed, begin):
                self._store.remove(quad)
        for graph in differing:
            if graph not in self._shelf.files:
                self._store.remove_graph(NamedNode(graph))

    def _fresh(self, graph: str, out: BinaryIO) -> Iterator[bytes]:
        """Yield the lines of a graph that come, write those that go, note how many there are of both."""
        added, gone = 0, 0
        for is_new, line in differences(self._held.files.get(graph), self._shelf.files.get(graph)):
            added, gone = added + is_new, gone + (not is_new)
            if is_new:
                yield line
            else:
                out.write(line)
        self.changes[graph] = Change(added, gone)

    def removed(self) -> Iterator[Quad]:
        """Yield what went away, read from the file: it may be as much as there was."""
        return _parsed(self._removed)

    def close(self, closing: Closing) -> None:
        """Make the last graph, of what all this changed."""
        last = NamedNode(closing.graph)

        def lives(iri: str) -> bool:
            quads = self._store.quads_for_pattern(NamedNode(iri), None, None, None)
            return any(quad.graph_name != last for quad in quads)

        former = self._held.files.get(closing.graph)
        turnover = Turnover(
            self.removed,
            frozenset(
                quad.subject.value
                for quad in self.removed()
                if quad.predicate == _TYPE and isinstance(quad.subject, NamedNode)
            ),
            list(_parsed(former.path)) if former else [],
            lives,
            lambda subject: self._store.quads_for_pattern(subject, None, None, None),
        )
        self._shelf.put(closing.graph, closing.make(turnover))
        self.turn([closing.graph])


def _load(store: Store, lines: Iterator[bytes]) -> None:
    while piece := b"".join(islice(lines, _PIECE)):
        _take(store, piece)


def _take(store: Store, lines: bytes) -> None:
    # The lines are those of terms that were made as such: their IRIs need no second look.
    store.bulk_load(lines, RdfFormat.N_QUADS, lenient=True)


def _pieces(files: Iterable[Path]) -> Iterator[bytes]:
    """Yield what files hold in large pieces of whole lines, without a look at each."""
    held, size = list[bytes](), 0
    for block in chain.from_iterable(map(blocks, files)):
        held.append(block)
        size += len(block)
        if size >= _PIECE_BYTES:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def _parsed(path: Path, begin: int = 0) -> Iterator[Quad]:
    """Yield the quads of a file of lines, from a byte on."""
    with path.open("rb") as file:
        file.seek(begin)
        while piece := b"".join(islice(file, _PIECE)):
            yield from parse(piece, RdfFormat.N_QUADS)


def _digest(shelf: Shelf, graph: str) -> str:
    file = shelf.files.get(graph)
    return file.digest if file else ""

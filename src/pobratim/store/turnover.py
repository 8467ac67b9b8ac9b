"""What a publish does to the quads of a store: graphs that differ, derived ones, and the one that is made last.

A graph is compared and stored as a file (``graph_files.py``): what changes costs as much as the change, and memory
holds a piece of a file. Where more than a part of all changes, the store is made anew of its files.
"""

import hashlib
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, QueryTriples, RdfFormat, Store, parse

from pobratim.errors import ContentError
from pobratim.sparql.mistakes import mistake_of
from pobratim.store.backend import Change, Closing, Derivation, Turnover, is_dumped_name
from pobratim.store.evaluation import ask
from pobratim.store.graph_files import GraphFile, Shelf, differences

_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PIECE = 100_000
"""Lines that the engine gets at once: memory grows with that, time falls little."""
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

    def fill(self, graphs: Iterable[str]) -> None:
        """Load graphs into a store that is empty."""
        # Whole pieces across graphs: each call makes files of its own, which are put together afterwards.
        _load(self._store, chain.from_iterable(self._shelf.files[graph].lines() for graph in sorted(graphs)))

    def turn(self, graph: str, is_filled: bool = False) -> None:
        """Make the store hold of a graph what its file holds, unless it ``is_filled`` already; note what changed."""
        old, new = self._held.files.get(graph), self._shelf.files.get(graph)
        if _digest(self._held, graph) == (new.digest if new else ""):
            return
        if old is None and new is not None and is_filled:
            self.changes[graph] = Change(new.quads, 0)
            return
        begin = self._removed.stat().st_size
        changing = self._fresh(graph, differences(old, new))
        if is_filled:
            deque(changing, maxlen=0)
        else:
            # What comes is loaded in pieces while what goes is still there: no line is both.
            _load(self._store, changing)
            for quad in _parsed(self._removed, begin):
                self._store.remove(quad)
        if new is None:
            self._store.remove_graph(NamedNode(graph))

    def _fresh(self, graph: str, lines: Iterable[tuple[bool, bytes]]) -> Iterator[bytes]:
        """Yield the lines that come; those that go are kept in the file of what is removed. Both are counted."""
        added, gone = 0, 0
        with self._removed.open("ab") as out:
            for is_new, line in lines:
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
        self.turn(closing.graph)


def derive(shelf: Shelf, derivations: Sequence[Derivation]) -> None:
    """Put the derived graphs on a shelf, each seeing what the ones before it made.

    They are made in memory, where that costs a fifth of what it does in a store on disk that is not compacted.
    """
    made = {item.graph for item in derivations}
    store = Store()
    for _, file in _sources(shelf, made):
        _load(store, file.lines())
    for derivation in derivations:
        store.extend(_derived(store, derivation))
    for graph in sorted(made):
        shelf.put_stored(graph, store)


def derived_from(shelf: Shelf, derivations: Sequence[Derivation]) -> str:
    """Return a digest of all that ``derive`` depends on."""
    made = {item.graph for item in derivations}
    parts = [f"{item.graph} {item.text}" for item in derivations]
    parts += [f"{graph} {file.digest}" for graph, file in _sources(shelf, made)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _sources(shelf: Shelf, made: Collection[str]) -> list[tuple[str, GraphFile]]:
    """Return the graphs that others are derived from: of what is gone nothing follows."""
    return [(name, file) for name, file in sorted(shelf.files.items()) if name not in made and is_dumped_name(name)]


def _load(store: Store, lines: Iterator[bytes]) -> None:
    while piece := b"".join(islice(lines, _PIECE)):
        store.bulk_load(piece, RdfFormat.N_QUADS)


def _parsed(path: Path, begin: int = 0) -> Iterator[Quad]:
    """Yield the quads of a file of lines, from a byte on."""
    with path.open("rb") as file:
        file.seek(begin)
        while piece := b"".join(islice(file, _PIECE)):
            yield from parse(piece, RdfFormat.N_QUADS)


def _digest(shelf: Shelf, graph: str) -> str:
    file = shelf.files.get(graph)
    return file.digest if file else ""


def _derived(store: Store, derivation: Derivation) -> list[Quad]:
    graph = NamedNode(derivation.graph)
    try:
        result = ask(store, derivation.text)
    except SyntaxError as error:
        mistake = mistake_of(derivation.text, str(error))
        place = {"line": mistake.line, "column": mistake.column, "marked": mistake.marked(derivation.text)}
        raise ContentError("query-syntax", file=derivation.name, cause=mistake.told, **place) from error
    if not isinstance(result, QueryTriples):
        raise ContentError("query-not-construct", file=derivation.name)
    quads = [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in result]
    for quad in quads:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            raise ValueError(f"a blank node, which would differ on every load: {quad}")
    return quads

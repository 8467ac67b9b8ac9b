"""A store that holds only what may go out, made of another one and kept beside it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pobratim.errors import StoreError
from pobratim.ground import disk
from pobratim.ground.fingerprint import fingerprint
from pobratim.lexicon.edition import program
from pobratim.load.workers import each
from pobratim.publishing.findings import Finding, ordered
from pobratim.publishing.people.found import Asked, FoundNames
from pobratim.publishing.people.gate import Gate
from pobratim.publishing.people.kept import Kept, Passage
from pobratim.publishing.people.telling import Heard, Left
from pobratim.publishing.settings import People
from pobratim.rdf.iris import DEFAULT_BASE, graph_iri
from pobratim.resolve.decisions import COLUMNS, OF_NAMES
from pobratim.resolve.ledger import Decision
from pobratim.store import graph_files
from pobratim.store.backend import StoreBackend
from pobratim.store.directory import GenerationStore
from pobratim.store.graph_files import GraphFile

_AUTHORITY = "authority"
_OWN = ("ontology",)
"""Graphs of this program: nobody's report has a part in them."""
_MADE_OF, _LEFT_OUT, _FOUND, _KEPT = "made-of", "left-out.json", "names.sqlite", "heard.sqlite"
_OTHERWISE = "otherwise"
"""In place of a graph's digest: what went out of it depends on graphs before it."""
_PIECES = 6
"""So many times the work on the largest graph takes at least as long as that: processes look some pieces ahead."""


def gated_store(
    store: StoreBackend, people: People, place: Path | None = None, decisions: Sequence[Decision] = (), jobs: int = 1
) -> GenerationStore:
    """Return a store that holds what may go out of the current generation of another one.

    It lies in the folder ``place``, or within the other one. ``decisions`` are those of the ledger. Beside it lie
    the names that were held back (``held_back_file``), and what it was made of. Its generation stays where nothing
    differs. ``jobs`` processes do the work. Raises StoreError where one of them cannot be read or written.
    """
    gated = GenerationStore((place or store.public / people) / "store")
    base = str(store.manifest().get("base") or DEFAULT_BASE)
    with gated.writing():
        if not store.is_settled():
            raise StoreError("gate-elsewhere", store=store.name)
        files = store.graph_files()
        made_of = _made_of(store, people, files, decisions)
        if _is_made(gated, made_of):
            return gated
        gated.bench.mkdir(parents=True, exist_ok=True)
        graphs: dict[str, GraphFile | tuple[()]] = dict.fromkeys(gated.graph_files().keys() - files.keys(), ())
        made_by = f"{program()} {people} {base}"
        with FoundNames(_beside(gated, _FOUND)) as found, Kept(_beside(gated, _KEPT), made_by) as kept:
            gate = _learned(store, Gate(base, people, decisions, found, kept.rows), base, files, kept, found, jobs)
            passing = _Passing(gate, base, files, gated, kept, found, jobs)
            graphs |= passing.fresh()
            _write_held_back(store, kept, held_back_file(gated))
            _write(_beside(gated, _LEFT_OUT), json.dumps([astuple(one) for one in ordered(gate.findings)]))
            gated.publish(graphs, {}, {"base": base, "people": people}, jobs=jobs)
            passing.keep()
        _write(_beside(gated, _MADE_OF), made_of)
    return gated


def _is_made(gated: GenerationStore, made_of: str) -> bool:
    """Tell whether a store of what may go out was made of this."""
    told = _beside(gated, _MADE_OF)
    is_there = gated.generation() > 0 and told.is_file() and held_back_file(gated).is_file()
    return is_there and told.read_text(encoding="ascii") == made_of


def held_back_file(gated: GenerationStore) -> Path:
    """Return the table of the names that a store of what may go out lacks: lines of the ledger that would show them.

    It names whom nobody shall see, and belongs to nobody else.
    """
    return _beside(gated, "held-back.tsv")


def left_out(gated: GenerationStore) -> list[Finding]:
    """Return what stayed behind as a store of what may go out was made, because something of it is wrong."""
    told = json.loads(_beside(gated, _LEFT_OUT).read_text(encoding="utf-8"))
    return [Finding(severity, where, code, tuple(map(tuple, values))) for severity, where, code, values in told]


def _beside(gated: GenerationStore, name: str) -> Path:
    return gated.directory.with_name(name)


def _made_of(store: StoreBackend, people: People, files: Mapping[str, GraphFile], decisions: Sequence[Decision]) -> str:
    """Return a name for all that a store of what may go out depends on."""
    told = [replace(one, line=0) for one in decisions if one.verdict in OF_NAMES]
    digests = sorted((graph, file.digest) for graph, file in files.items())
    return fingerprint(json.dumps([program(), people, store.generation(), digests, list(map(astuple, told))]).encode())


class _Passed(NamedTuple):
    """A graph that went through: what goes out of it, and what the gate keeps of it."""

    graph: str
    made: GraphFile
    left: Left


@dataclass
class _Passing:
    """Lets graphs through: anew where their lines differ, or what is known of what they name; the others stay."""

    gate: Gate
    base: str
    files: Mapping[str, GraphFile]
    gated: GenerationStore
    kept: Kept
    found: FoundNames
    jobs: int

    def __post_init__(self) -> None:
        """Find out which graphs stay as they are. Raises OSError."""
        self._graphs = sorted(self.files.keys() - _own(self.base) - {self._search})
        self._world = self.kept.world(self.gate.told())
        self._changed, self._there = self.kept.changed(self._world), self.gated.graph_files()
        self._made = dict[str, Passage]()

    @property
    def _search(self) -> str:
        return graph_iri(self.base, "search")

    def fresh(self) -> Iterator[tuple[str, GraphFile]]:
        """Yield what goes out of each graph of which it may be something else, as a file. Raises OSError."""
        folder = self.gated.bench
        places = {graph: folder / f"{number}.nq" for number, graph in enumerate(self._graphs)}
        todo = [graph for graph in self._graphs if self._passage(graph) is None]
        work = partial(_passed, self.gate, self.files, places)
        passed = {one.graph: one for piece in each(work, _pieces(todo, self.files), self.jobs) for one in piece}
        yield from ((graph, self.files[graph]) for graph in sorted(_own(self.base) & self.files.keys()))
        for graph in self._graphs:
            done = passed.pop(graph, None)
            left = done.left if done else self._left(graph)
            made = done.made if done else None
            if is_otherwise := self.gate.is_told_otherwise(left):
                made = graph_files.write(places[graph], self.gate.lines(graph, _Lines(self.files[graph])))
            self.gate.join_left(left)
            self._note(graph, done, is_otherwise)
            if made is not None:
                yield graph, made
        if self._search in self.files:
            # The search labels follow of what was masked in the others.
            for parties in self.kept.parties():
                self.gate.join_parties(parties)
            lines = self.gate.lines(self._search, _Lines(self.files[self._search]))
            yield self._search, graph_files.write(folder / "search.nq", lines)

    def keep(self) -> None:
        """Keep how the graphs went through. Raises OSError."""
        self.kept.keep_passages(self._world, self._made, self._graphs)

    def _passage(self, graph: str) -> Passage | None:
        """Return how a graph went through before, if it would do so again."""
        held, there = self.kept.passage(graph), self._there.get(graph)
        made = there.digest if there else ""
        is_same = held is not None and (held.of, held.made) == (self.files[graph].digest, made)
        return held if held and is_same and self._changed.isdisjoint(held.left.steps) else None

    def _left(self, graph: str) -> Left:
        held = self.kept.passage(graph)
        assert held is not None
        return held.left

    def _note(self, graph: str, done: _Passed | None, is_otherwise: bool) -> None:
        """Take note of how a graph went through, unless it stays; what was told otherwise goes anew each time."""
        name = f"through {graph}"
        if done is None:
            self.found.keep(name)
        else:
            self.found.join(name, done.left.asked)
            left = done.left._replace(asked=Asked({}, frozenset()))
            self._made[graph] = Passage(self.files[graph].digest, done.made.digest if done.made.quads else "", left)
        if is_otherwise:
            known = self._made.get(graph)
            left = known.left if known else self._left(graph)
            self._made[graph] = Passage(_OTHERWISE, "", left)


def _passed(
    gate: Gate, files: Mapping[str, GraphFile], places: Mapping[str, Path], graphs: Sequence[str]
) -> list[_Passed]:
    """Write what goes out of some graphs, each as if there were no others."""
    found = []
    for graph in graphs:
        one = gate.of_graph()
        made = graph_files.write(places[graph], one.lines(graph, _Lines(files[graph])))
        found.append(_Passed(graph, made, one.left()))
    return found


def _pieces(graphs: Iterable[str], files: Mapping[str, GraphFile]) -> list[list[str]]:
    """Return graphs in pieces, the largest first, none so small that a process waits for another one's large piece."""
    ordered = sorted(graphs, key=lambda graph: (-files[graph].quads, graph))
    least = files[ordered[0]].quads / _PIECES if ordered else 0
    pieces, size = list[list[str]](), 0
    for graph in ordered:
        if not pieces or size >= least:
            pieces.append([])
            size = 0
        pieces[-1].append(graph)
        size += files[graph].quads
    return pieces


def _own(base: str) -> set[str]:
    return {graph_iri(base, name) for name in _OWN}


def _learned(
    store: StoreBackend,
    gate: Gate,
    base: str,
    files: Mapping[str, GraphFile],
    kept: Kept,
    found: FoundNames,
    jobs: int,
) -> Gate:
    """Return a gate that knows all reports of a store and all labels of what outlives them."""
    slugs = sorted(store.manifest().get("reports", {}))
    parts = [_Part(slug, [graph_iri(base, f"{kind}/{slug}") for kind in ("report", "evidence")]) for slug in slugs]
    told = {graph for part in parts for graph in part.graphs}
    parts += [_Part("", [graph]) for graph in sorted(files.keys() - told - _own(base))]
    digests = {part.name: _digest_of(store, gate, files, part) for part in parts}
    known = {part.name for part in parts if kept.has_part(part.name, digests[part.name])}
    fresh = each(partial(_heard, store, gate, files), [part for part in parts if part.name not in known], jobs)
    for part in parts:
        heard = kept.part(part.name, digests[part.name]) if part.name in known else next(fresh)
        assert heard is not None
        gate.join(heard)
        if part.name in known:
            found.keep(part.name)
        else:
            found.join(part.name, heard.asked)
            kept.keep_part(part.name, digests[part.name], heard)
    kept.only(digests)
    gate.judge(graph_iri(base, _AUTHORITY), _lines(files.get(graph_iri(base, _AUTHORITY))))
    return gate


def _digest_of(store: StoreBackend, gate: Gate, files: Mapping[str, GraphFile], part: "_Part") -> str:
    """Return a name for all that is heard of a part."""
    graphs = [files[graph].digest if graph in files else "" for graph in part.graphs]
    records = fingerprint(store.records_file(part.report).read_bytes()) if part.report else ""
    return fingerprint(json.dumps([graphs, records, gate.decided(part.report)]).encode())


@dataclass(frozen=True, slots=True)
class _Part:
    """A report ("" for none) and its graphs."""

    report: str
    graphs: Sequence[str]

    @property
    def name(self) -> str:
        """Return that of the report, which has no slash, or of the only graph."""
        return self.report or self.graphs[0]


def _heard(store: StoreBackend, gate: Gate, files: Mapping[str, GraphFile], part: _Part) -> Heard:
    """Take what a part tells."""
    one = gate.of_part()
    if part.report:
        one.learn(part.report, store.records_of(part.report), *(_lines(files.get(graph)) for graph in part.graphs))
    for graph in part.graphs:
        if graph in files:
            one.inspect(graph, _lines(files[graph]))
    return one.heard()


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a file, as often as they are asked for."""

    file: GraphFile

    def __iter__(self) -> Iterator[str]:
        return _lines(self.file)


def _lines(file: GraphFile | None) -> Iterator[str]:
    return map(bytes.decode, file.lines()) if file else iter(())


def _write_held_back(store: StoreBackend, kept: Kept, file: Path) -> None:
    """Write the table of names, sorted by the keys of rows, a report at a time."""
    lines = ["\t".join(COLUMNS[:5])]
    for report in sorted(store.manifest().get("reports", {}), key=lambda slug: f"{slug}/"):
        for row, one in sorted(kept.rows(report).told.items()):
            for name in one.hidden:
                told = f"{name.column} {name.start}-{name.end}: {name.person_class}, {name.rule}"
                lines.append("\t".join(" ".join(cell.split()) for cell in ("show-name", "entry", row, name.text, told)))
    _write(file, "".join(f"{line}\n" for line in lines))


def _write(file: Path, text: str) -> None:
    disk.write_whole(file, text.encode(), file.with_name(f".{file.name}.part"))

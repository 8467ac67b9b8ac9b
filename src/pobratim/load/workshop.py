"""Making the graphs of a resolution: only those whose input differs from what the store's were made of."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pobratim.entities import Account, ReportEntity, Resolution
from pobratim.ground.fingerprint import fingerprint
from pobratim.ground.sorted_lines import Leaving
from pobratim.lexicon.edition import program
from pobratim.load.workers import Beside, each
from pobratim.rdf.authority import classes_in
from pobratim.rdf.emit import ontology_graph
from pobratim.rdf.evidence import is_sound
from pobratim.rdf.index import OF_CLASSES, Classes, Index
from pobratim.rdf.inputs import Inputs, digest_of
from pobratim.rdf.report import ReportWriter
from pobratim.rdf.shared import acting_in, leaving, only, shared_graphs, taking_part, things_of
from pobratim.rdf.terms import Graph
from pobratim.rdf.validate import Violation, faults_of
from pobratim.store.graph_files import GraphFile, file_name, rewrite, write

BUILD_STEPS = 3
_NOTHING = fingerprint(b"")
_OF_CLASSES = frozenset(f"<{predicate}>".encode() for predicate in OF_CLASSES)
_FEWEST = 8
"""So many reports at least are worth processes of their own."""
_MANY = 1_000
"""So many things that reports share are worth a process of its own."""
_MOST = 50
"""So many are made by one process, which has copies of all that they tell."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some graphs: a digest of what they are ``made_of``, their files by IRI, and what shapes find wrong in them.

    ``things`` are digests of what is told of each thing, where that can be made thing by thing.
    """

    made_of: str
    files: Mapping[str, GraphFile]
    violations: tuple[Violation, ...] = ()
    things: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return what a manifest tells, so that the next load knows the part again."""
        graphs = {graph: file.digest for graph, file in sorted(self.files.items()) if file.digest != _NOTHING}
        return {"made_of": self.made_of, "graphs": graphs, **({"things": dict(self.things)} if self.things else {})}


def former_parts(manifest: Mapping[str, Any], files: Mapping[str, GraphFile]) -> dict[str, Part]:
    """Return the parts of a store, of its manifest and its files, without those that were changed since."""
    found = {}
    for name, told in manifest.get("parts", {}).items():
        # A graph that holds nothing has no file.
        held = {graph: digest for graph, digest in told["graphs"].items() if digest != _NOTHING}
        if all(graph in files and files[graph].digest == digest for graph, digest in held.items()):
            found[name] = Part(told["made_of"], {graph: files[graph] for graph in held}, (), told.get("things", {}))
    return found


@dataclass(frozen=True, slots=True)
class Moved:
    """What is told otherwise of the things that reports share.

    ``things`` are the digests of all things, ``changed`` those of them that differ from the store's; ``told`` tells of
    these, and what was replaced; ``acting`` are the accounts of the people among them.
    """

    things: Mapping[str, str]
    changed: AbstractSet[str]
    told: Resolution
    acting: Sequence[Account]


class Workshop:
    """Makes graphs as files in a folder; what was made once, or lies in the store, is not made again."""

    def __init__(self, base: str, folder: Path, former: Mapping[str, Part], jobs: int = 1) -> None:
        """``base`` begins all IRIs; ``former`` are the parts of the store; ``jobs`` is how many processes may work.

        The ``folder`` is made where it is not there.
        """
        self.base = base
        self.folder = folder
        self._known = dict(former)
        self.jobs = jobs

    def parts(self, resolution: Resolution, step: Callable[[int, int], None]) -> dict[str, Part]:
        """Return all parts of a resolution by name. ``step`` is told how many reports are done of how many."""
        things = things_of(resolution, program(), acting_in(resolution.accounts))
        former = self._known.get("shared")
        stays = _same(former, things) if former and former.violations == () else set[str]()
        self._make(resolution, Moved(things, things.keys() - stays, resolution, resolution.accounts), step)
        names = ("ontology", "shared", *(f"report/{one.slug}" for one in resolution.reports))
        return {name: self._known[name] for name in names}

    def grown(self, told: Resolution, moved: Moved, step: Callable[[int, int], None]) -> dict[str, Part]:
        """Return all parts by name where only the reports ``told`` of and what ``moved`` may differ from the store's.

        Every other part is the store's.
        """
        self._make(told, moved, step)
        return dict(self._known)

    def things(self) -> Mapping[str, str]:
        """Return the digests of what the store's shared graphs tell of each thing."""
        return self._known["shared"].things if "shared" in self._known else {}

    def written(self, graph: str, lines: Iterable[str], made_of: str = "") -> GraphFile:
        """Return a file of a graph's sorted lines."""
        return write(self._file(graph, made_of), lines)

    def rewritten(
        self,
        graph: str,
        former: GraphFile | None,
        leaving: Leaving,
        fresh: Iterable[str],
        made_of: str = "",
    ) -> GraphFile:
        """Return a file of the lines of a graph's former one that stay, and of fresh lines."""
        return rewrite(self._file(graph, made_of), former, leaving, fresh)

    def _file(self, graph: str, made_of: str) -> Path:
        self.folder.mkdir(exist_ok=True)
        return self.folder / f"{made_of[:12]}-{file_name(graph)}"

    def _has(self, name: str, made_of: str) -> bool:
        return name in self._known and self._known[name].made_of == made_of

    def _ontology(self) -> Part:
        made_of = ontology_of(self.base)
        if not self._has("ontology", made_of):
            graph = ontology_graph(self.base)
            violations = tuple(faults_of(Index(graph.triples())))
            self._known["ontology"] = Part(made_of, self._files([graph], made_of), violations)
        return self._known["ontology"]

    def _make(self, told: Resolution, moved: Moved, step: Callable[[int, int], None]) -> None:
        """Make the graphs of the reports ``told`` of, and beside them those of what ``moved``."""
        elsewhere = classes_of(self._ontology().files.values())
        for resolution in (told,) if moved.told is told else (told, moved.told):
            for thing, classes in classes_in(resolution, self.base):
                elsewhere.types[thing].update(one.value for one in classes)
        with closing(self._shared(moved, elsewhere)) as shared:
            self._reports(told, elsewhere, step)
            self._known["shared"] = replace(shared.made(), things=moved.things)

    def _shared(self, moved: Moved, elsewhere: Classes) -> Beside[Part]:
        """Begin the graphs of what all reports share: made anew of things that changed, the rest is taken over."""
        made_of = digest_of([program(), self.base, *sorted(moved.things.items()), moved.told.replaced])
        if self._has("shared", made_of):
            return Beside(lambda: self._known["shared"], 1)
        former = self._known.get("shared")
        stays = moved.things.keys() - moved.changed

        def work() -> Part:
            graphs = shared_graphs(only(moved.told, moved.changed), self.base)
            files = {graph.name.value: self._completed(graph, former, stays, made_of) for graph in graphs}
            triples = [triple for graph in graphs for triple in graph.triples()]
            triples += taking_part(moved.acting, self.base)
            return Part(made_of, files, tuple(faults_of(Index(triples, elsewhere))))

        # What this process has had it never gives back: pieces of it lie everywhere among what stays.
        return Beside(work, self.jobs if len(moved.changed) >= _MANY else 1)

    def _reports(self, resolution: Resolution, elsewhere: Classes, step: Callable[[int, int], None]) -> None:
        """Make the graphs of the reports of a resolution of which there are no such ones yet."""
        reports = resolution.reports
        if not reports:
            return
        inputs, writer = Inputs(resolution, self.base, program()), ReportWriter(resolution, self.base)

        def work(report: ReportEntity) -> Part | None:
            made_of = inputs.of(report)
            if self._has(f"report/{report.slug}", made_of):
                return None
            graphs = writer.graphs(report)
            violations = _faults(writer, report, graphs, elsewhere)
            return Part(made_of, self._files(graphs, made_of), violations)

        made = each(work, reports, self.jobs if len(reports) >= _FEWEST else 1, _MOST)
        for done, (report, part) in enumerate(zip(reports, made, strict=True), start=1):
            if part is not None:
                self._known[f"report/{report.slug}"] = part
            step(done, len(reports))

    def _completed(self, graph: Graph, former: Part | None, stays: AbstractSet[str], made_of: str) -> GraphFile:
        """Return the file of a graph with the lines of the former one that are about what stays."""
        file = former.files.get(graph.name.value) if former and stays else None
        leaves = leaving(former.things.keys() - stays if former else (), self.base)
        return self.rewritten(graph.name.value, file, leaves, graph.lines(), made_of)

    def _files(self, graphs: Iterable[Graph], made_of: str) -> dict[str, GraphFile]:
        return {one.name.value: self.written(one.name.value, one.lines(), made_of) for one in graphs}


def _faults(
    writer: ReportWriter, report: ReportEntity, graphs: Sequence[Graph], elsewhere: Classes
) -> tuple[Violation, ...]:
    """Return what shapes find wrong in the graphs of a report, the facts first and then its phrases.

    Of what other reports tell beside what they share with it not all is at hand: they are asked for that themselves.
    """
    facts, phrases = graphs
    around = [*writer.around(report, with_phrases=False)]
    if is_sound(phrases) and not faults_of(Index(facts.triples(), elsewhere, around)):
        return ()
    # Phrases are half of all; where something is wrong they tell as well which row it came from.
    own = [*facts.triples(), *phrases.triples()]
    return tuple(faults_of(Index(own, elsewhere, [*writer.around(report)])))


def ontology_of(base: str) -> str:
    """Return what the ontology's part is made of: the program, and where the IRIs begin."""
    return digest_of([program(), base])


def classes_of(files: Iterable[GraphFile]) -> Classes:
    """Return the classes that the lines of files tell of."""
    found = Classes()
    for file in files:
        for subject, predicate, value in _said(file.lines()):
            found.note(subject, predicate, value)
    return found


def _said(lines: Iterable[bytes]) -> Iterator[tuple[str, str, str]]:
    """Yield the IRIs of the triples that tell of classes: of lines, whose form is known."""
    for line in lines:
        subject, predicate, rest = line.split(b" ", 2)
        if predicate in _OF_CLASSES and rest.startswith(b"<"):
            yield subject[1:-1].decode(), predicate[1:-1].decode(), rest[1 : rest.index(b">")].decode()


def _same(former: Part, things: Mapping[str, str]) -> set[str]:
    """Return the things of which the same is told as before."""
    return {thing for thing, digest in things.items() if former.things.get(thing) == digest}

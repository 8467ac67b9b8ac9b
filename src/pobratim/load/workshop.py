"""Making the graphs of a resolution: only those whose input differs from what the store's were made of."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pobratim.entities import ReportEntity, Resolution
from pobratim.lexicon.edition import program
from pobratim.load.workers import each
from pobratim.rdf.emit import ontology_graph, shared_graphs
from pobratim.rdf.index import Classes, Index
from pobratim.rdf.inputs import Inputs, digest_of
from pobratim.rdf.report import ReportWriter
from pobratim.rdf.terms import Graph
from pobratim.rdf.validate import Violation, faults_of
from pobratim.store.graph_files import GraphFile, file_name, write

_FEWEST = 8
"""So many reports at least are worth processes of their own."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some graphs: a digest of what they are ``made_of``, their files by IRI, and what shapes find wrong in them."""

    made_of: str
    files: Mapping[str, GraphFile]
    violations: tuple[Violation, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return what a manifest tells, so that the next load knows the part again."""
        return {"made_of": self.made_of, "graphs": {graph: file.digest for graph, file in sorted(self.files.items())}}


def former_parts(manifest: Mapping[str, Any], files: Mapping[str, GraphFile]) -> dict[str, Part]:
    """Return the parts of a store, of its manifest and its files, without those that were changed since."""
    return {
        name: Part(told["made_of"], {graph: files[graph] for graph in told["graphs"]})
        for name, told in manifest.get("parts", {}).items()
        if all(graph in files and files[graph].digest == digest for graph, digest in told["graphs"].items())
    }


class Workshop:
    """Makes graphs as files in a folder; what was made once, or lies in the store, is not made again."""

    def __init__(self, base: str, folder: Path, former: Mapping[str, Part], jobs: int = 1) -> None:
        """``base`` begins all IRIs; ``former`` are the parts of the store; ``jobs`` is how many processes may work."""
        self.base = base
        self._folder = folder
        self._known = dict(former)
        self._jobs = jobs

    def parts(self, resolution: Resolution, step: Callable[[int, int], None]) -> dict[str, Part]:
        """Return all parts of a resolution by name. ``step`` is told how many reports are done of how many."""
        ontology = self._part("ontology", digest_of([program(), self.base]), lambda: [ontology_graph(self.base)])
        shared = self._part(
            "shared", _shared_input(resolution, self.base), lambda: shared_graphs(resolution, self.base)
        )
        found = {"ontology": ontology, "shared": shared}
        inputs = Inputs(resolution, self.base, program())
        wanted = {report.slug: inputs.of(report) for report in resolution.reports}
        todo = [one for one in resolution.reports if not self._has(f"report/{one.slug}", wanted[one.slug])]
        if todo:
            self._make(
                todo,
                wanted,
                ReportWriter(resolution, self.base),
                classes_of([*ontology.files.values(), *shared.files.values()]),
                step,
            )
        return found | {name: self._known[name] for name in (f"report/{one.slug}" for one in resolution.reports)}

    def written(self, graph: str, lines: Iterable[str], made_of: str = "") -> GraphFile:
        """Return a file of a graph's sorted lines."""
        self._folder.mkdir(exist_ok=True)
        return write(self._folder / f"{made_of[:12]}-{file_name(graph)}", lines)

    def _has(self, name: str, made_of: str) -> bool:
        return name in self._known and self._known[name].made_of == made_of

    def _part(self, name: str, made_of: str, make: Callable[[], list[Graph]]) -> Part:
        """Return a part that all reports share, its own shapes looked at."""
        if not self._has(name, made_of):
            graphs = make()
            triples = [triple for graph in graphs for triple in graph.triples()]
            background = self._known["ontology"].files.values() if name != "ontology" else ()
            elsewhere = classes_of(background)
            elsewhere.add(triples)
            violations = tuple(faults_of(Index(triples, elsewhere)))
            self._known[name] = Part(made_of, self._files(graphs, made_of), violations)
        return self._known[name]

    def _make(
        self,
        reports: list[ReportEntity],
        wanted: Mapping[str, str],
        writer: ReportWriter,
        elsewhere: Classes,
        step: Callable[[int, int], None],
    ) -> None:
        def work(report: ReportEntity) -> Part:
            graphs = writer.graphs(report)
            own = [triple for graph in graphs for triple in graph.triples()]
            violations = tuple(faults_of(Index([*own, *writer.around(report)], elsewhere)))
            return Part(wanted[report.slug], self._files(graphs, wanted[report.slug]), violations)

        jobs = self._jobs if len(reports) >= _FEWEST else 1
        for done, (report, part) in enumerate(zip(reports, each(work, reports, jobs), strict=True), start=1):
            self._known[f"report/{report.slug}"] = part
            step(done, len(reports))

    def _files(self, graphs: Iterable[Graph], made_of: str) -> dict[str, GraphFile]:
        return {one.name.value: self.written(one.name.value, one.lines(), made_of) for one in graphs}


def classes_of(files: Iterable[GraphFile]) -> Classes:
    """Return the classes that the lines of files tell of."""
    found = Classes()
    for file in files:
        for subject, predicate, value in _said(file.lines()):
            found.note(subject, predicate, value)
    return found


def _said(lines: Iterable[bytes]) -> Iterator[tuple[str, str, str]]:
    """Yield the IRIs of the triples that have nothing else: of lines, whose form is known."""
    for line in lines:
        subject, predicate, rest = line.split(b" ", 2)
        if rest.startswith(b"<"):
            yield subject[1:-1].decode(), predicate[1:-1].decode(), rest[1 : rest.index(b">")].decode()


def _shared_input(resolution: Resolution, base: str) -> str:
    titles = [(account.activity, account.record.title) for account in resolution.accounts]
    activities = [(activity.key, activity.title) for activity in resolution.activities]
    told = (resolution.places, resolution.organisations, resolution.people, resolution.series, resolution.agreements)
    return digest_of([program(), base, *told, resolution.replaced, titles, activities])

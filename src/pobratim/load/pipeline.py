"""The way of documents into the store: read, lay out, extract, resolve, emit, validate, publish.

One bad file never stops the others, one bad row never stops its file: what is left out is reported, row by
row.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pobratim.errors import StoreError
from pobratim.ground.lasting import heaping
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.load.account import fill, glanced_at, gone, known_reports, unmatched
from pobratim.load.account import manifest as new_manifest
from pobratim.load.assessment import assess, measured, measured_anew, note_changes
from pobratim.load.build import build
from pobratim.load.built import Built
from pobratim.load.growing import grow, memory_of
from pobratim.load.intake import read_all
from pobratim.load.journal import Journal
from pobratim.load.loaded import Loaded
from pobratim.load.memory import Memory
from pobratim.load.report import LoadReport, Whole, totals_of
from pobratim.load.rereading import reread
from pobratim.load.resolving import resolved
from pobratim.load.settings import Settings
from pobratim.load.ties import TIES
from pobratim.load.unchanged import answered, ground_of, outcome
from pobratim.load.workers import cores
from pobratim.load.workshop import BUILD_STEPS, Workshop, former_parts
from pobratim.progress import Step, silent
from pobratim.quality.measures import Before
from pobratim.quality.rdf import GRAPH
from pobratim.rdf.iris import DEFAULT_BASE, graph_iri
from pobratim.record import Record
from pobratim.resolve import Decision, name_records, read_decisions
from pobratim.resolve.decisions import LEDGER
from pobratim.store.backend import WITHDRAWN, Closing, StoreBackend
from pobratim.store.generations import READ
from pobratim.store.graph_files import GraphFile
from pobratim.store.tombstones import Burial, this_day

__all__ = ["Settings", "extract", "load", "survey", "survey_store"]


def load(paths: Sequence[Path], store: StoreBackend, settings: Settings, step: Step = silent) -> LoadReport:
    """Load reports into ``store`` and return what became of every file and row.

    All that is stored is resolved anew with the ledger's decisions, also where there are no ``paths``; reports that
    were read by other rules than today's are read again from the documents that the store keeps. Raises UsageError for
    settings, LedgerError for a faulty ledger and StoreError for a store that cannot be used; nothing is stored then.
    """
    with store.writing(), heaping():
        ledger = ledger_path(store, settings.decisions)
        decisions = read_decisions(ledger, wanted=settings.decisions is not None)
        manifest = store.manifest()
        base = _base(manifest, settings, store)
        made_of = ground_of(ledger, base)
        return answered(paths, store, settings, made_of, store.documents.keep) or _load(
            paths, store, settings, step, _Ground(manifest, base, decisions, ledger.name, made_of)
        )


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a load begins with: the manifest of the store, the decisions of the ledger, a digest of all that."""

    manifest: Mapping[str, Any]
    base: str
    decisions: Sequence[Decision]
    ledger: str
    made_of: str


def _load(paths: Sequence[Path], store: StoreBackend, settings: Settings, step: Step, ground: _Ground) -> LoadReport:
    files = store.graph_files()
    known, former = glanced_at(ground.manifest), former_parts(ground.manifest, files)
    told = ground.manifest.get("measured", {})
    memory = memory_of(store, known, former, told, ground.base)
    workshop = Workshop(ground.base, store.bench, former, settings.jobs or cores())
    with Journal(store.bench.with_name(READ)).kept_if_interrupted() as journal:
        return _Load(store, settings, step, ground, _Held(known, files, told, memory), workshop).of(paths, journal)


@dataclass(frozen=True, slots=True)
class _Held:
    """What the store holds: its reports, the files of its graphs, names of what their quality depends on.

    Beside them a memory, or why there is none.
    """

    known: dict[str, Loaded]
    files: Mapping[str, GraphFile]
    measured: Mapping[str, str]
    memory: Memory | Whole | None


class _Load:
    """One load that may change something."""

    def __init__(
        self, store: StoreBackend, settings: Settings, step: Step, ground: _Ground, held: _Held, workshop: Workshop
    ) -> None:
        self._store, self._settings, self._step, self._ground = store, settings, step, ground
        self._known, self._files, self._measured = held.known, held.files, held.measured
        self._memory = held.memory if isinstance(held.memory, Memory) else None
        self._whole = held.memory if isinstance(held.memory, Whole) else None
        self._workshop, self._base = workshop, ground.base

    def of(self, paths: Sequence[Path], journal: Journal) -> LoadReport:
        """Read, build and publish. Without a memory all records are at hand from the beginning."""
        if self._memory is None:
            self._fill()
        keep = self._store.documents.keep
        read, report = read_all(paths, self._known, self._settings, self._step, keep, journal)
        if not read and not self._known and not self._settings.begin:
            return report
        passed = [item.entity.slug for item in read]
        again = reread(self._known, passed, self._settings, self._store.documents, self._step)
        report.problems += again.problems
        report.files += [item.file for item in again.read]
        fresh = {item.entity.slug: item for item in [*read, *again.read]}
        # What the rules read otherwise is no change of the publisher's form.
        loaded = {slug: item for slug, item in fresh.items() if item.file.state == "loaded"}
        compared = note_changes(loaded, self._known, self._records_looked_at)
        built = self._built(fresh)
        with closing(built.memory):
            report.questions, report.totals, report.base = built.questions, built.totals, self._base
            report.whole = self._whole
            problems = [*built.problems, *unmatched(built.unmatched, self._ground.decisions, self._ground.ledger)]
            wanted = self._measured_by(built, fresh)
            made = {graph: file for part in built.parts.values() for graph, file in part.files.items()}
            made |= {graph_iri(self._base, TIES): built.ties}
            made |= {graph_iri(self._base, GRAPH): self._quality(built, wanted, compared, fresh, report)}
            told = outcome(self._ground.made_of, report.totals, report.questions, problems)
            if built.memory.is_apart:
                self._let_go(fresh)
            self._publish(built, made, fresh, {**told, "measured": wanted}, report)
            report.problems += problems
        return report

    def _built(self, fresh: Mapping[str, Loaded]) -> Built:
        reports = {**self._known, **fresh}
        self._step("stage-build", 0, BUILD_STEPS)
        if self._memory is not None:
            ties = self._files.get(graph_iri(self._base, TIES))
            built = grow(
                reports,
                fresh,
                self._workshop,
                self._memory,
                ties,
                self._ground.decisions,
                self._store.records_of,
                self._step,
            )
            if isinstance(built, Built):
                return built
            self._fill()
            self._memory, self._whole = None, built
        return build(reports, self._workshop, self._step, self._ground.decisions)

    def _fill(self) -> None:
        """Give all reports of the store their records."""
        records = self._store.records()
        for slug, item in self._known.items():
            fill(item, records.get(slug))

    def _records_before(self, slug: str) -> Sequence[Record]:
        """Return the records of the graph that a report of the store had before."""
        item = self._known[slug]
        return self._read(item) if self._memory is not None and not item.records else item.records

    def _records_looked_at(self, slug: str) -> Sequence[Record]:
        """Return those records without keeping them."""
        known = self._known[slug]
        is_here = self._memory is None or bool(known.records)
        return known.records if is_here else self._read(replace(known, file=replace(known.file)))

    def _read(self, item: Loaded) -> Sequence[Record]:
        fill(item, self._store.records_of(item.entity.slug))
        return item.records

    def _measured_by(self, built: Built, fresh: Mapping[str, Loaded]) -> dict[str, str]:
        """Return by report a name for all that its quality depends on."""
        stays = built.left.keys() - fresh.keys() - built.looked_at if self._memory is not None else ()
        staying = {slug: self._measured[slug] for slug in stays}
        return measured(built.left, built.questions, self._base, staying)

    def _let_go(self, fresh: Mapping[str, Loaded]) -> None:
        """Forget the records that lie in files: while the store is made the process beside needs that memory."""
        for item in {**self._known, **fresh}.values():
            if item.written or item.entity.slug not in fresh:
                item.records, item.aside = [], []

    def _quality(
        self,
        built: Built,
        wanted: Mapping[str, str],
        compared: Mapping[str, Before],
        fresh: Mapping[str, Loaded],
        report: LoadReport,
    ) -> GraphFile:
        """Return the graph of measurements; those are made anew that may differ, and those that were asked for."""
        graph = graph_iri(self._base, GRAPH)
        former = self._files.get(graph)
        stays = {slug for slug, name in wanted.items() if name == self._measured.get(slug) and former is not None}
        told = {file.slug for file in report.files} if self._settings.survey else set[str]()
        looked_at = {slug: item for slug, item in built.left.items() if slug in told or slug not in stays}
        for slug in looked_at.keys() - fresh.keys():
            self._records_before(slug)
        qualities = assess(looked_at, report.questions, compared)
        return measured_anew(self._workshop, qualities, former if stays else None, self._measured.keys() - stays)

    def _publish(
        self,
        built: Built,
        made: Mapping[str, GraphFile],
        fresh: Mapping[str, Loaded],
        told: Mapping[str, Any],
        report: LoadReport,
    ) -> None:
        reports = {**self._known, **fresh}
        burial = Burial(self._base, built.former, this_day(self._settings.today))
        filled = [graph for graph, content in made.items() if not isinstance(content, GraphFile) or content.quads]
        published = self._store.publish(
            {**dict.fromkeys(self._ground.manifest.get("graphs", []), ()), **made},
            {key: (item.written or item.all_records) if key in fresh else None for key, item in reports.items()},
            {**new_manifest(self._base, reports, filled, built.parts, built.candidates), **told},
            closing=Closing(graph_iri(self._base, WITHDRAWN), burial.graph),
            memory=built.memory.made,
            jobs=self._workshop.jobs,
        )
        self._step("stage-build", BUILD_STEPS, BUILD_STEPS)
        report.store, report.generation = self._store.name, published.generation
        report.gone = gone(burial.buried.values())
        report.changes = {graph: (item.added, item.removed) for graph, item in published.changes.items()}


def extract(paths: Sequence[Path], settings: Settings, step: Step = silent) -> tuple[list[Record], LoadReport]:
    """Return the records of reports with final ids, and what became of every file and row; nothing is
    stored."""
    read, report = read_all(paths, {}, settings, step)
    reports = {item.entity.slug: item for item in read}
    resolution = resolved(reports, Gazetteer.load())
    report.totals = totals_of(resolution)
    return name_records(resolution), report


def survey(paths: Sequence[Path], settings: Settings, step: Step = silent) -> tuple[list[Record], LoadReport]:
    """Return the records of reports as they were read, and a report with the quality of each; nothing is resolved."""
    read, report = read_all(paths, {}, settings, step)
    assess({item.entity.slug: item for item in read})
    return [record for item in read for record in item.records], report


def survey_store(store: StoreBackend) -> tuple[list[Record], LoadReport]:
    """Return the records of the stored reports, and a report with the quality of each. Raises StoreError for none."""
    known = known_reports(store.open().manifest, store.records())
    assess(known)
    records = [record for item in known.values() for record in item.records]
    return records, LoadReport([item.file for item in known.values()])


def ledger_path(store: StoreBackend, given: Path | None = None) -> Path:
    """Return the file of decisions: the one given, else decisions.tsv beside the store."""
    return given or store.beside / LEDGER


def _base(manifest: Mapping[str, Any], settings: Settings, store: StoreBackend) -> str:
    found: str = manifest.get("base", "")
    if found and settings.base and found != settings.base:
        raise StoreError("store-other-base", store=store.name, found=found, wanted=settings.base)
    return found or settings.base or DEFAULT_BASE

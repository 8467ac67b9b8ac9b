"""The way of documents into the store: read, lay out, extract, resolve, emit, validate, publish.

One bad file never stops the others, one bad row never stops its file: what is left out is reported, row by
row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pobratim.entities import Resolution
from pobratim.errors import StoreError
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.load.account import gone, known_reports, unmatched
from pobratim.load.account import manifest as new_manifest
from pobratim.load.assessment import assess, measured, note_changes, quality_lines
from pobratim.load.build import BUILD_STEPS, build, held
from pobratim.load.intake import read_all
from pobratim.load.journal import Journal
from pobratim.load.loaded import Loaded
from pobratim.load.preview import Difference, differences
from pobratim.load.report import LoadReport, totals_of
from pobratim.load.rereading import reread
from pobratim.load.resolving import resolved
from pobratim.load.settings import Settings
from pobratim.load.unchanged import answered, ground_of, outcome
from pobratim.load.withdrawing import things_of
from pobratim.load.workers import cores
from pobratim.load.workshop import Workshop, former_parts
from pobratim.progress import Step, silent
from pobratim.quality.identity import questions
from pobratim.quality.rdf import GRAPH
from pobratim.rdf.iris import DEFAULT_BASE, graph_iri
from pobratim.record import Record
from pobratim.resolve import Decision, name_records, read_decisions
from pobratim.store.backend import WITHDRAWN, Closing, StoreBackend
from pobratim.store.generations import READ
from pobratim.store.tombstones import Burial, this_day
from pobratim.ties.summarise import summaries
from pobratim.ties.ties import ties_graph

__all__ = ["Settings", "changes_with", "extract", "leaving_with", "load", "survey", "survey_store"]

LEDGER = "decisions.tsv"
"""The ledger's usual name. It lies beside the store, not in it: a store is made anew at will, decisions are not."""


def load(paths: Sequence[Path], store: StoreBackend, settings: Settings, step: Step = silent) -> LoadReport:
    """Load reports into ``store`` and return what became of every file and row.

    All that is stored is resolved anew with the ledger's decisions, also where there are no ``paths``; reports that
    were read by other rules than today's are read again from the documents that the store keeps. Raises UsageError for
    settings, LedgerError for a faulty ledger and StoreError for a store that cannot be used; nothing is stored then.
    """
    with store.writing():
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
    known = known_reports(ground.manifest, store.records())
    with Journal(store.bench.with_name(READ)).kept_if_interrupted() as journal:
        return _made(paths, store, settings, step, ground, known, journal)


def _made(
    paths: Sequence[Path],
    store: StoreBackend,
    settings: Settings,
    step: Step,
    ground: _Ground,
    known: dict[str, Loaded],
    journal: Journal,
) -> LoadReport:
    base = ground.base
    read, report = read_all(paths, known, settings, step, store.documents.keep, journal)
    if not read and not known:
        return report
    again = reread(known, [item.entity.slug for item in read], settings, store.documents, step)
    report.problems += again.problems
    report.files += [item.file for item in again.read]
    fresh = {item.entity.slug: item for item in [*read, *again.read]}
    reports = {**known, **fresh}
    # What the rules read otherwise is no change of the publisher's form.
    compared = note_changes({slug: item for slug, item in fresh.items() if item.file.state == "loaded"}, known)
    files = store.graph_files()
    workshop = Workshop(base, store.bench, former_parts(ground.manifest, files), settings.jobs or cores())
    built = build(reports, workshop, step, ground.decisions)
    report.questions = questions(built.resolution)
    report.totals, report.base = totals_of(built.resolution), base
    problems = [*built.problems, *unmatched(built.resolution, ground.decisions, ground.ledger)]
    wanted = measured(built.left, report.questions, base)
    former, quality = ground.manifest.get("measured", {}), graph_iri(base, GRAPH)
    stays = {slug for slug in wanted if wanted[slug] == former.get(slug) and quality in files}
    looked_at = {slug: item for slug, item in built.left.items() if settings.survey or slug not in stays}
    qualities = assess(looked_at, report.questions, compared)
    lines = quality_lines(qualities, files.get(quality), stays - qualities.keys(), base)
    burial = Burial(base, built.former, this_day(settings.today))
    made = {graph: file for part in built.parts.values() for graph, file in part.files.items()}
    made[quality] = workshop.written(quality, lines)
    ties = graph_iri(base, "ties")
    made[ties] = workshop.written(ties, ties_graph(summaries(built.resolution), base))
    told = new_manifest(base, reports, made, built.parts, built.resolution)
    published = store.publish(
        {**dict.fromkeys(ground.manifest.get("graphs", []), ()), **made},
        {key: (item.written or item.all_records) if key in fresh else None for key, item in reports.items()},
        {**told, **outcome(ground.made_of, report.totals, report.questions, problems), "measured": wanted},
        closing=Closing(graph_iri(base, WITHDRAWN), burial.graph),
    )
    step("stage-build", BUILD_STEPS, BUILD_STEPS)
    report.problems += problems
    report.store, report.generation = store.name, published.generation
    report.gone = gone(burial.buried.values())
    report.changes = {graph: (item.added, item.removed) for graph, item in published.changes.items()}
    return report


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


def leaving_with(store: StoreBackend, ledger: Sequence[Decision], more: Sequence[Decision]) -> list[tuple[str, str]]:
    """Return (type, key) of what would leave the store's graph if ``more`` stood in the ``ledger``, sorted."""
    return sorted(things_of(_held_with(store, ledger)) - things_of(_held_with(store, [*ledger, *more])))


def changes_with(store: StoreBackend, ledger: Sequence[Decision], more: Sequence[Decision]) -> list[Difference]:
    """Return what would change in the store's graph if ``more`` stood in the ``ledger``."""
    return differences(_held_with(store, ledger), _held_with(store, [*ledger, *more]))


def _held_with(store: StoreBackend, decisions: Sequence[Decision]) -> Resolution:
    manifest = store.manifest()
    return held(known_reports(manifest, store.records()), decisions, manifest.get("base", ""))


def ledger_path(store: StoreBackend, given: Path | None = None) -> Path:
    """Return the file of decisions: the one given, else decisions.tsv beside the store."""
    return given or store.beside / LEDGER


def _base(manifest: Mapping[str, Any], settings: Settings, store: StoreBackend) -> str:
    found: str = manifest.get("base", "")
    if found and settings.base and found != settings.base:
        raise StoreError("store-other-base", store=store.name, found=found, wanted=settings.base)
    return found or settings.base or DEFAULT_BASE

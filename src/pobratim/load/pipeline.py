"""The way of documents into the store: read, lay out, extract, resolve, emit, validate, publish.

One bad file never stops the others, one bad row never stops its file: what is left out is reported, row by
row.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from pobratim.entities import Resolution
from pobratim.errors import StoreError
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.load.account import gone, known_reports, unmatched
from pobratim.load.account import manifest as new_manifest
from pobratim.load.assessment import assess, note_changes
from pobratim.load.build import BUILD_STEPS, build, held
from pobratim.load.intake import read_all
from pobratim.load.preview import Difference, differences
from pobratim.load.report import LoadReport, totals_of
from pobratim.load.rereading import reread
from pobratim.load.resolving import resolved
from pobratim.load.settings import Settings
from pobratim.load.withdrawing import things_of
from pobratim.progress import Step, silent
from pobratim.quality.identity import questions
from pobratim.quality.rdf import GRAPH, quality_graph
from pobratim.rdf.iris import DEFAULT_BASE, graph_iri
from pobratim.record import Record
from pobratim.resolve import Decision, name_records, read_decisions
from pobratim.store.backend import WITHDRAWN, Closing, StoreBackend
from pobratim.store.tombstones import Burial, this_day
from pobratim.ties.summarise import summaries
from pobratim.ties.ties import ties_quads

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
        known = known_reports(manifest, store.records())
        read, report = read_all(paths, known, settings, step, store.documents.keep)
        if not read and not known:
            return report
        again = reread(known, [item.entity.slug for item in read], settings, store.documents, step)
        report.problems += again.problems
        report.files += [item.file for item in again.read]
        fresh = {item.entity.slug: item for item in [*read, *again.read]}
        reports = {**known, **fresh}
        # What the rules read otherwise is no change of the publisher's form.
        compared = note_changes({slug: item for slug, item in fresh.items() if item.file.state == "loaded"}, known)
        built = build(reports, base, step, decisions)
        qualities = assess(built.left, built.resolution, compared)
        burial = Burial(base, built.former, this_day(settings.today))
        built.graphs[graph_iri(base, GRAPH)] = quality_graph(qualities.values(), base)
        built.graphs[graph_iri(base, "ties")] = ties_quads(summaries(built.resolution), base)
        published = store.publish(
            _with_emptied(built.graphs, manifest),
            {key: item.all_records for key, item in reports.items()},
            new_manifest(base, reports, built.graphs, built.resolution),
            closing=Closing(graph_iri(base, WITHDRAWN), burial.quads),
        )
        step("stage-build", BUILD_STEPS, BUILD_STEPS)
    report.problems += [*built.problems, *unmatched(built.resolution, decisions, ledger.name)]
    report.totals = totals_of(built.resolution)
    report.questions, report.base = questions(built.resolution), base
    report.store, report.generation = store.name, published.generation
    report.gone = gone(burial.buried.values())
    report.changes = {graph: (item.added, item.removed) for graph, item in published.changes.items()}
    return report


def extract(paths: Sequence[Path], settings: Settings, step: Step = silent) -> tuple[list[Record], LoadReport]:
    """Return the records of reports with final ids, and what became of every file and row; nothing is
    stored."""
    read, report = read_all(paths, {}, settings, step)
    reports = {item.entity.slug: item for item in read}
    resolution, _ = resolved(reports, Gazetteer.load(), "")
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


def _with_emptied(graphs: Mapping[str, list[Quad]], manifest: Mapping[str, Any]) -> dict[str, list[Quad]]:
    """Add what the store held and no report fills any more, as empty graphs."""
    return {**{graph: [] for graph in manifest.get("graphs", [])}, **graphs}

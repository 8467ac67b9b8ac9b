"""The way of documents into the store: read, lay out, extract, resolve, emit, validate, publish.

One bad file never stops the others, one bad row never stops its file: what is left out is reported, row by
row.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from pobratim.entities import ReportEntity, Resolution
from pobratim.errors import StoreError
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.load.assessment import assess, note_changes
from pobratim.load.intake import Loaded, Settings, read_all
from pobratim.load.report import FileReport, LoadReport, problem_from_json, problem_to_json, totals_of
from pobratim.load.rereading import reread
from pobratim.load.resolving import Made, resolved, set_aside
from pobratim.load.withdrawing import Leaving, things_of
from pobratim.problems import Problem
from pobratim.progress import Step, silent
from pobratim.quality.identity import questions
from pobratim.quality.rdf import GRAPH, quality_graph
from pobratim.query.library import library, queries_root
from pobratim.rdf.emit import emit, ontology_quads
from pobratim.rdf.iris import DEFAULT_BASE, graph_iri
from pobratim.rdf.validate import validate
from pobratim.record import Record
from pobratim.resolve import Decision, candidates, name_records, read_decisions, withdrawals
from pobratim.store.backend import WITHDRAWN, Closing, Derivation, StoreBackend
from pobratim.store.tombstones import Burial, Tombstone, this_day

__all__ = ["Settings", "derivations", "extract", "leaving_with", "load", "survey", "survey_store"]

LEDGER = "decisions.tsv"
"""The ledger's usual name. It lies beside the store, not in it: a store is made anew at will, decisions are not."""

_BUILD_STEPS = 4
_SHAPE = "row-shape"
"""The code of a row that a shape keeps out."""


@dataclass(slots=True)
class _Built:
    """The graphs made of the reports that stay, and what of them stays outside.

    ``former`` are the IRIs that people took out.
    """

    graphs: dict[str, list[Quad]]
    resolution: Resolution
    left: dict[str, Loaded]
    former: dict[str, Tombstone]
    problems: list[Problem] = field(default_factory=list)


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
        known = _known_reports(manifest, store.records())
        read, report = read_all(paths, known, settings, step, store.documents.keep)
        if not read and not known:
            return report
        again = reread(known, [item.entity.slug for item in read], settings, store.documents, step)
        report.problems += again.problems
        report.files += [item.file for item in again.read]
        fresh = {item.entity.slug: item for item in [*read, *again.read]}
        reports = {**known, **fresh}
        # What the rules read otherwise is no change of the publisher's form.
        held = note_changes({slug: item for slug, item in fresh.items() if item.file.state == "loaded"}, known)
        built = _build(reports, base, step, decisions)
        qualities = assess(built.left, built.resolution, held)
        burial = Burial(base, built.former, this_day(settings.today))
        built.graphs[graph_iri(base, GRAPH)] = quality_graph(qualities.values(), base)
        published = store.publish(
            _with_emptied(built.graphs, manifest),
            {key: item.all_records for key, item in reports.items()},
            _manifest(base, reports, built),
            derivations(base),
            Closing(graph_iri(base, WITHDRAWN), burial.quads),
        )
        step("stage-build", _BUILD_STEPS, _BUILD_STEPS)
    report.problems += [*built.problems, *_unmatched(built.resolution, decisions, ledger.name)]
    report.totals = totals_of(built.resolution)
    report.questions, report.base = questions(built.resolution), base
    report.store, report.generation = store.name, published.generation
    report.gone = _gone(burial.buried.values())
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
    known = _known_reports(store.open().manifest, store.records())
    assess(known)
    records = [record for item in known.values() for record in item.records]
    return records, LoadReport([item.file for item in known.values()])


def leaving_with(store: StoreBackend, ledger: Sequence[Decision], more: Sequence[Decision]) -> list[tuple[str, str]]:
    """Return (type, key) of what would leave the store's graph if ``more`` stood in the ``ledger``, sorted."""
    manifest = store.manifest()
    base = manifest.get("base", "")

    def held(decisions: Sequence[Decision]) -> set[tuple[str, str]]:
        reports = _known_reports(manifest, store.records())
        _bring_back(reports)
        leaving = Leaving(withdrawals(decisions), base)
        if leaving:
            leaving.begin(reports, resolved(reports, Gazetteer.load(), "", decisions)[0])
        return things_of(_settled(reports, leaving, decisions, "")[0])

    return sorted(held(ledger) - held([*ledger, *more]))


def _gone(buried: Iterable[Tombstone]) -> dict[str, int]:
    kinds = Counter("withdrawn" if one.is_withdrawn else "replaced" if one.replacement else "untold" for one in buried)
    return {kind: kinds[kind] for kind in ("withdrawn", "replaced", "untold")}


def ledger_path(store: StoreBackend, given: Path | None = None) -> Path:
    """Return the file of decisions: the one given, else decisions.tsv beside the store."""
    return given or store.beside / LEDGER


def _unmatched(resolution: Resolution, decisions: Sequence[Decision], name: str) -> list[Problem]:
    """Return a warning for each line of the ledger that speaks of what no report names."""
    return [
        Problem("warning", "decisions-unmatched", name, one.line, values=(("type", kind), ("key", key)))
        for one in decisions
        for kind, key in resolution.unmatched
        if one.names_key(kind, key)
    ]


def _base(manifest: Mapping[str, Any], settings: Settings, store: StoreBackend) -> str:
    found: str = manifest.get("base", "")
    if found and settings.base and found != settings.base:
        raise StoreError("store-other-base", store=store.name, found=found, wanted=settings.base)
    return found or settings.base or DEFAULT_BASE


def _build(reports: Mapping[str, Loaded], base: str, step: Step, decisions: Sequence[Decision]) -> _Built:
    """Resolve and emit the reports, setting rows aside until the shapes find no fault in what is left."""
    step("stage-build", 0, _BUILD_STEPS)
    ontology = list(ontology_quads(base))
    _bring_back(reports)
    leaving = Leaving(withdrawals(decisions), base)
    if leaving:
        leaving.begin(reports, resolved(reports, Gazetteer.load(), "", decisions)[0])
    while True:
        resolution, made = _settled(reports, leaving, decisions, base)
        step("stage-build", 1, _BUILD_STEPS)
        graphs = {**made, graph_iri(base, "ontology"): ontology}
        step("stage-build", 2, _BUILD_STEPS)
        violations = validate([quad for quads in graphs.values() for quad in quads])
        step("stage-build", 3, _BUILD_STEPS)
        owned = {owner: violation.message for violation in violations for owner in violation.owners}
        if not set_aside(reports, _SHAPE, {owner: (("cause", cause),) for owner, cause in owned.items()}):
            break
    rest = [
        Problem("error", "graph-shape", violation.focus, values=(("cause", violation.message),))
        for violation in violations
    ]
    return _Built(graphs, resolution, leaving.left(reports), leaving.stones, rest)


def _settled(reports: Mapping[str, Loaded], leaving: Leaving, decisions: Sequence[Decision], base: str) -> Made:
    """Resolve and (with a ``base``) emit what stays, once nothing of it is withdrawn."""
    while True:
        # What is withdrawn from a resolution must go before graphs are made of it.
        resolution, graphs = resolved(leaving.left(reports), Gazetteer.load(), "" if leaving else base, decisions)
        if not leaving:
            return resolution, graphs
        if not leaving.take_rows(reports, resolution):
            resolution = leaving.cut(resolution)
            resolution.unmatched = leaving.unmatched
            return resolution, emit(resolution, base) if base else {}


def _bring_back(reports: Mapping[str, Loaded]) -> None:
    """Give the reports back what shapes and decisions had kept out: which rows that is depends on all reports."""
    for item in reports.values():
        rows = {record.row for record in item.aside}
        item.records, item.aside = item.all_records, []
        item.file.left_out = {row: problem for row, problem in item.file.left_out.items() if row not in rows}
        item.file.withdrawn, item.file.stored = (), len(item.records)


def derivations(base: str) -> list[Derivation]:
    """Return the queries that make the ties, in their order, for a store whose IRIs begin with ``base``."""
    queries = library(queries_root(), "derive").values()
    return [Derivation(query.name, query.text, graph_iri(base, "ties")) for query in queries]


def _with_emptied(graphs: Mapping[str, list[Quad]], manifest: Mapping[str, Any]) -> dict[str, list[Quad]]:
    """Add what the store held and no report fills any more, as empty graphs."""
    return {**{graph: [] for graph in manifest.get("graphs", [])}, **graphs}


def _manifest(base: str, reports: Mapping[str, Loaded], built: _Built) -> dict[str, Any]:
    return {
        "base": base,
        "graphs": sorted(built.graphs),
        "candidates": [one.to_json() for one in candidates(built.resolution)],
        "reports": {
            key: {
                "entity": asdict(item.entity),
                "rows": item.file.rows,
                "left_out": [problem_to_json(problem) for _, problem in sorted(item.file.left_out.items())],
                "withdrawn": list(item.file.withdrawn),
                "unknown_columns": item.file.unknown_columns,
                "home": item.home,
                "shipped": item.shipped,
                "kept": item.kept,
            }
            for key, item in sorted(reports.items())
        },
    }


def _known_reports(manifest: Mapping[str, Any], records: Mapping[str, list[Record]]) -> dict[str, Loaded]:
    return {key: _known(key, facts, records.get(key)) for key, facts in manifest.get("reports", {}).items()}


def _known(key: str, facts: Mapping[str, Any], found: list[Record] | None) -> Loaded:
    # Another version of the program may have told less of a report, or more.
    told = {one.name: facts["entity"].get(one.name, "") for one in fields(ReportEntity)}
    entity = ReportEntity(**told)
    problems = [problem_from_json(item) for item in facts["left_out"]]
    left_out = {problem.row: problem for problem in problems if problem.row is not None}
    withdrawn = tuple(facts.get("withdrawn", ()))
    out = {*left_out, *withdrawn}
    records = [record for record in found or () if record.row not in out]
    file = FileReport(entity.file, "unchanged", key, facts["rows"], len(records), left_out, withdrawn=withdrawn)
    file.unknown_columns = facts.get("unknown_columns", [])
    return Loaded(
        entity,
        records,
        file,
        facts.get("home", ""),
        facts.get("shipped", True),
        facts.get("kept", True),
        [record for record in found or () if record.row in out],
        lost=found is None,
    )

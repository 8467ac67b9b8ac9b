"""Reports to graphs: resolve, emit and validate, setting rows aside until the shapes find no fault in what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Quad

from pobratim.entities import Resolution
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.load.loaded import Loaded
from pobratim.load.resolving import Made, resolved, set_aside
from pobratim.load.withdrawing import Leaving
from pobratim.problems import Problem
from pobratim.progress import Step
from pobratim.rdf.emit import emit, ontology_quads
from pobratim.rdf.iris import graph_iri
from pobratim.rdf.validate import validate
from pobratim.resolve import Decision, withdrawals
from pobratim.store.tombstones import Tombstone

BUILD_STEPS = 4
_SHAPE = "row-shape"
"""The code of a row that a shape keeps out."""


@dataclass(slots=True)
class Built:
    """The graphs made of the reports that stay, and what of them stays outside.

    ``former`` are the IRIs that people took out.
    """

    graphs: dict[str, list[Quad]]
    resolution: Resolution
    left: dict[str, Loaded]
    former: dict[str, Tombstone]
    problems: list[Problem] = field(default_factory=list)


def build(reports: Mapping[str, Loaded], base: str, step: Step, decisions: Sequence[Decision]) -> Built:
    """Resolve and emit the reports, setting rows aside until the shapes find no fault in what is left."""
    step("stage-build", 0, BUILD_STEPS)
    ontology = list(ontology_quads(base))
    _bring_back(reports)
    leaving = Leaving(withdrawals(decisions), base)
    if leaving:
        leaving.begin(reports, resolved(reports, Gazetteer.load(), "", decisions)[0])
    while True:
        resolution, made = _settled(reports, leaving, decisions, base)
        step("stage-build", 1, BUILD_STEPS)
        graphs = {**made, graph_iri(base, "ontology"): ontology}
        step("stage-build", 2, BUILD_STEPS)
        violations = validate([quad for quads in graphs.values() for quad in quads])
        step("stage-build", 3, BUILD_STEPS)
        owned = {owner: violation.message for violation in violations for owner in violation.owners}
        if not set_aside(reports, _SHAPE, {owner: (("cause", cause),) for owner, cause in owned.items()}):
            break
    rest = [
        Problem("error", "graph-shape", violation.focus, values=(("cause", violation.message),))
        for violation in violations
    ]
    return Built(graphs, resolution, leaving.left(reports), leaving.stones, rest)


def held(reports: Mapping[str, Loaded], decisions: Sequence[Decision], base: str) -> Resolution:
    """Return what the reports tell of with a ledger's decisions, without what these take out."""
    _bring_back(reports)
    leaving = Leaving(withdrawals(decisions), base)
    if leaving:
        leaving.begin(reports, resolved(reports, Gazetteer.load(), "", decisions)[0])
    return _settled(reports, leaving, decisions, "")[0]


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

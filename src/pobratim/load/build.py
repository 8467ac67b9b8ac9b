"""Reports to graphs: resolve, emit and validate, setting rows aside until the shapes find no fault in what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from pobratim.entities import Resolution
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.load.loaded import Loaded
from pobratim.load.resolving import made_of, resolved, set_aside
from pobratim.load.withdrawing import Leaving
from pobratim.load.workshop import Part, Workshop
from pobratim.problems import Problem
from pobratim.progress import Step, silent
from pobratim.resolve import Decision, withdrawals
from pobratim.store.tombstones import Tombstone

BUILD_STEPS = 3
_SHAPE = "row-shape"
"""The code of a row that a shape keeps out."""


@dataclass(slots=True)
class Built:
    """The parts (``workshop.py``) made of the reports that stay, and what of them stays outside.

    ``former`` are the IRIs that people took out.
    """

    parts: dict[str, Part]
    resolution: Resolution
    left: dict[str, Loaded]
    former: dict[str, Tombstone]
    problems: list[Problem] = field(default_factory=list)


def build(reports: Mapping[str, Loaded], workshop: Workshop, step: Step, decisions: Sequence[Decision]) -> Built:
    """Resolve and emit the reports, setting rows aside until the shapes find no fault in what is left."""
    step("stage-build", 0, BUILD_STEPS)
    _bring_back(reports)
    leaving = Leaving(withdrawals(decisions), workshop.base)
    if leaving:
        leaving.begin(reports, resolved(reports, Gazetteer.load(), decisions))
    while True:
        resolution, parts = _settled(reports, leaving, decisions, workshop, step)
        step("stage-build", 2, BUILD_STEPS)
        found = {one for part in parts.values() for one in part.violations}
        violations = sorted(found, key=lambda one: (one.focus, one.message))
        owned = {owner: violation.message for violation in violations for owner in violation.owners}
        if not set_aside(reports, _SHAPE, {owner: (("cause", cause),) for owner, cause in owned.items()}):
            break
    rest = [
        Problem("error", "graph-shape", violation.focus, values=(("cause", violation.message),))
        for violation in violations
    ]
    return Built(parts, resolution, leaving.left(reports), leaving.stones, rest)


def held(reports: Mapping[str, Loaded], decisions: Sequence[Decision], base: str) -> Resolution:
    """Return what the reports tell of with a ledger's decisions, without what these take out."""
    _bring_back(reports)
    leaving = Leaving(withdrawals(decisions), base)
    if leaving:
        leaving.begin(reports, resolved(reports, Gazetteer.load(), decisions))
    return _settled(reports, leaving, decisions, None)[0]


def _settled(
    reports: Mapping[str, Loaded],
    leaving: Leaving,
    decisions: Sequence[Decision],
    workshop: Workshop | None,
    step: Step = silent,
) -> tuple[Resolution, dict[str, Part]]:
    """Resolve and (in a ``workshop``) emit what stays, once nothing of it is withdrawn."""

    def made(resolution: Resolution) -> tuple[Resolution, dict[str, Part]]:
        step("stage-build", 1, BUILD_STEPS)
        tell = partial(step, "stage-emit")
        return resolution, workshop.parts(resolution, tell) if workshop else {}

    while True:
        # What is withdrawn from a resolution must go before graphs are made of it.
        if not leaving:
            return made_of(reports, Gazetteer.load(), decisions, made, workshop.base if workshop else "")
        resolution = resolved(leaving.left(reports), Gazetteer.load(), decisions)
        if not leaving.take_rows(reports, resolution):
            resolution = leaving.cut(resolution)
            resolution.unmatched = leaving.unmatched
            return made(resolution)


def _bring_back(reports: Mapping[str, Loaded]) -> None:
    """Give the reports back what shapes and decisions had kept out: which rows that is depends on all reports."""
    for item in reports.values():
        rows = {record.row for record in item.aside}
        item.records, item.aside = item.all_records, []
        item.file.left_out = {row: problem for row, problem in item.file.left_out.items() if row not in rows}
        item.file.withdrawn, item.file.stored = (), len(item.records)

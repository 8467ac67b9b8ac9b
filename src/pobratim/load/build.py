"""Reports to graphs: resolve, emit and validate, setting rows aside until the shapes find no fault in what is left."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from pobratim.entities import Resolution
from pobratim.fence import Fault, attempt
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.load.built import Built, nothing_kept
from pobratim.load.loaded import Loaded
from pobratim.load.memory import Memory
from pobratim.load.report import totals_of
from pobratim.load.resolving import made_of, resolved, set_aside
from pobratim.load.ties import whole_ties
from pobratim.load.withdrawing import Leaving
from pobratim.load.workers import Beside
from pobratim.load.workshop import BUILD_STEPS, Part, Workshop
from pobratim.problems import Problem
from pobratim.progress import Step, silent
from pobratim.quality.identity import questions
from pobratim.resolve import Decision, candidates, withdrawals
from pobratim.resolve.growing import Told, update
from pobratim.ties.summarise import summaries
from pobratim.ties.summary import Summary

_SHAPE = "row-shape"
"""The code of a row that a shape keeps out."""


def build(reports: Mapping[str, Loaded], workshop: Workshop, step: Step, decisions: Sequence[Decision]) -> Built:
    """Resolve and emit the reports, setting rows aside until the shapes find no fault in what is left."""
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
    left, told = leaving.left(reports), summaries(resolution)
    is_all = not leaving and not rest and not any(item.aside for item in reports.values())
    return Built(
        parts,
        whole_ties(workshop, told),
        left,
        totals_of(resolution),
        questions(resolution),
        [one.to_json() for one in candidates(resolution)],
        resolution.unmatched,
        leaving.stones,
        rest,
        _remembered(reports, resolution, told, workshop, decisions) if is_all else nothing_kept(),
    )


def _remembered(
    reports: Mapping[str, Loaded],
    resolution: Resolution,
    told: Mapping[str, Summary],
    workshop: Workshop,
    decisions: Sequence[Decision],
) -> Beside[Path | None]:
    """Begin a folder of what the next load can go on from; it is None where a rule that makes it fails."""
    memory = Memory(workshop.folder / "memory")

    def made() -> Path:
        memory.begin(None)
        memory.note_names(resolution)
        memory.keep_summaries(told)
        everything = [Told(item.entity, item.records) for item in reports.values()]
        update(None, memory.identity, (), everything, decisions, lambda slug: reports[slug].records).close()
        return memory.folder

    def tried() -> Path | None:
        found = attempt(made)
        return None if isinstance(found, Fault) else found

    return Beside(tried, workshop.jobs)


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

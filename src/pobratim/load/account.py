"""What is told of a load: the manifest beside the quads, and what became of reports, addresses and decisions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from pobratim.entities import ReportEntity, Resolution
from pobratim.load.loaded import Loaded
from pobratim.load.report import FileReport, problem_from_json, problem_to_json
from pobratim.load.workshop import Part
from pobratim.problems import Problem
from pobratim.record import Record
from pobratim.resolve import Decision, candidates
from pobratim.store.tombstones import Tombstone


def manifest(
    base: str,
    reports: Mapping[str, Loaded],
    graphs: Iterable[str],
    parts: Mapping[str, Part],
    resolution: Resolution,
) -> dict[str, Any]:
    """Return what is published beside the quads: the next load begins with it (``known_reports``)."""
    return {
        "base": base,
        "graphs": sorted(graphs),
        # What shapes find fault with is looked at again each time.
        "parts": {name: part.to_json() for name, part in sorted(parts.items()) if not part.violations},
        "candidates": [one.to_json() for one in candidates(resolution)],
        "reports": {key: facts_of(item) for key, item in sorted(reports.items())},
    }


def facts_of(item: Loaded) -> dict[str, Any]:
    """Return what is told of a report beside its records."""
    return {
        "entity": asdict(item.entity),
        "rows": item.file.rows,
        "stored": item.file.stored,
        "left_out": [problem_to_json(problem) for _, problem in sorted(item.file.left_out.items())],
        "withdrawn": list(item.file.withdrawn),
        "unknown_columns": item.file.unknown_columns,
        "home": item.home,
        "period": item.period,
        "shipped": item.shipped,
        "kept": item.kept,
    }


def known_reports(manifest: Mapping[str, Any], records: Mapping[str, list[Record]]) -> dict[str, Loaded]:
    """Return the reports of a store by slug, of its manifest and the records of each."""
    return {key: known_report(key, facts, records.get(key)) for key, facts in manifest.get("reports", {}).items()}


def glanced_at(manifest: Mapping[str, Any]) -> dict[str, Loaded]:
    """Return the reports of a store by slug as its manifest tells, without their records."""
    found = known_reports(manifest, {key: [] for key in manifest.get("reports", {})})
    for key, item in found.items():
        item.file.stored = manifest["reports"][key]["stored"]
    return found


def known_report(key: str, facts: Mapping[str, Any], found: list[Record] | None) -> Loaded:
    """Return a report of what ``facts_of`` tells and its records; None for records that are not understood."""
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
        period=facts.get("period", ""),
    )


def gone(buried: Iterable[Tombstone]) -> dict[str, int]:
    """Count the addresses that lead nowhere from this load on, by why."""
    kinds = Counter("withdrawn" if one.is_withdrawn else "replaced" if one.replacement else "untold" for one in buried)
    return {kind: kinds[kind] for kind in ("withdrawn", "replaced", "untold")}


def unmatched(resolution: Resolution, decisions: Sequence[Decision], name: str) -> list[Problem]:
    """Return a warning for each line of the ledger that speaks of what no report names."""
    return [
        Problem("warning", "decisions-unmatched", name, one.line, values=(("type", kind), ("key", key)))
        for one in decisions
        for kind, key in resolution.unmatched
        if (kind, key) in one.things
    ]

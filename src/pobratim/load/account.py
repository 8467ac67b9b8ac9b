"""What is told of a load: the manifest beside the quads, and what became of reports, addresses and decisions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from pobratim.entities import ReportEntity
from pobratim.load.loaded import Loaded
from pobratim.load.report import FileReport, problem_from_json, problem_to_json
from pobratim.load.workshop import Part
from pobratim.problems import Problem
from pobratim.record import Record, plain
from pobratim.resolve import Decision
from pobratim.store.tombstones import Tombstone


def manifest(
    base: str,
    reports: Mapping[str, Loaded],
    graphs: Iterable[str],
    parts: Mapping[str, Part],
    candidates: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return what is published beside the quads: the next load begins with it (``known_reports``)."""
    return {
        "base": base,
        "graphs": sorted(graphs),
        # What shapes find fault with is looked at again each time.
        "parts": {name: part.to_json() for name, part in sorted(parts.items()) if not part.violations},
        "candidates": list(candidates),
        "reports": {key: facts_of(item) for key, item in sorted(reports.items())},
    }


def facts_of(item: Loaded) -> dict[str, Any]:
    """Return what is told of a report beside its records."""
    return {
        "entity": plain(item.entity),
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
    found = glanced_at(manifest)
    for key, item in found.items():
        fill(item, records.get(key))
    return found


def glanced_at(manifest: Mapping[str, Any]) -> dict[str, Loaded]:
    """Return the reports of a store by slug as its manifest tells, without their records."""
    found = {}
    for key, facts in manifest.get("reports", {}).items():
        found[key] = known_report(key, facts, [])
        found[key].file.stored = facts["stored"]
    return found


def fill(item: Loaded, found: Sequence[Record] | None) -> None:
    """Give a report its records; None for those that are not understood."""
    out = {*item.file.left_out, *item.file.withdrawn}
    item.records = [record for record in found or () if record.row not in out]
    item.aside = [record for record in found or () if record.row in out]
    item.file.stored, item.lost = len(item.records), found is None


def known_report(key: str, facts: Mapping[str, Any], found: list[Record] | None) -> Loaded:
    """Return a report of what ``facts_of`` tells and its records; None for records that are not understood."""
    # Another version of the program may have told less of a report, or more.
    told = {one.name: facts["entity"].get(one.name, "") for one in fields(ReportEntity)}
    entity = ReportEntity(**told)
    problems = [problem_from_json(item) for item in facts["left_out"]]
    left_out = {problem.row: problem for problem in problems if problem.row is not None}
    file = FileReport(entity.file, "unchanged", key, facts["rows"], 0, left_out)
    file.withdrawn = tuple(facts.get("withdrawn", ()))
    file.unknown_columns = facts.get("unknown_columns", [])
    shipped, kept = facts.get("shipped", True), facts.get("kept", True)
    item = Loaded(entity, [], file, facts.get("home", ""), shipped, kept, period=facts.get("period", ""))
    fill(item, found)
    return item


def gone(buried: Iterable[Tombstone]) -> dict[str, int]:
    """Count the addresses that lead nowhere from this load on, by why."""
    kinds = Counter("withdrawn" if one.is_withdrawn else "replaced" if one.replacement else "untold" for one in buried)
    return {kind: kinds[kind] for kind in ("withdrawn", "replaced", "untold")}


def unmatched(keys: Sequence[tuple[str, str]], decisions: Sequence[Decision], name: str) -> list[Problem]:
    """Return a warning for each line of the ledger about one of ``keys`` (type, key): what no report names."""
    return [
        Problem("warning", "decisions-unmatched", name, one.line, values=(("type", kind), ("key", key)))
        for one in decisions
        for kind, key in keys
        if (kind, key) in one.things
    ]

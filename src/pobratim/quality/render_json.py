"""Quality as plain JSON values."""

from dataclasses import asdict
from typing import Any

from pobratim.quality.gaps import KINDS
from pobratim.quality.identity import Question
from pobratim.quality.measures import GapGroup, Quality


def quality_to_json(quality: Quality) -> dict[str, Any]:
    """Return what was measured on a report; rows that were left out and warnings stand with its file."""
    before = quality.before
    return {
        "rows": {"in": quality.rows, "stored": quality.stored, "left_out": len(quality.left_out)},
        "coverage": {name: {**asdict(one), "share": round(one.value, 4)} for name, one in quality.coverage.items()},
        "unclaimed": {kind: quality.unclaimed(kind) for kind in KINDS},
        "gaps": [group_to_json(group) for group in quality.gaps],
        "proposals": [group_to_json(group) for group in quality.proposals],
        "columns": list(quality.columns),
        "unknown_columns": list(quality.unknown_columns),
        "inferred": [{"row": one.row, "shown": one.shown, **asdict(one.evidence)} for one in quality.doubts],
        "refused": [{"row": one.row, "shown": one.shown, **asdict(one.evidence)} for one in quality.refused],
        "undecided": quality.undecided,
        "before": {
            "reports": list(before.reports),
            "own": before.own,
            "coverage": {name: asdict(one) for name, one in before.coverage.items()},
            "columns": dict(sorted(before.columns.items())),
        }
        if before
        else None,
    }


def group_to_json(group: GapGroup) -> dict[str, Any]:
    """Return a group of gaps: how many, and the first as an example."""
    example = group.example
    return {
        "kind": example.kind,
        "text": example.text,
        "count": group.count,
        "report": example.report,
        "row": example.row,
        "column": example.column,
        "start": example.start,
        "end": example.end,
        "context": example.context,
        "origin": example.origin,
    }


def question_to_json(question: Question) -> dict[str, Any]:
    """Return a question of identity."""
    return {**asdict(question), "reports": list(question.reports)}

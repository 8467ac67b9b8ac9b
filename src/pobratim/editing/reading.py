"""Reading a document that was handed in: its rows with marks, what was not read and why, what nobody claimed."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pobratim.editing.desk import About, Desk
from pobratim.editing.marks import Mark, marked
from pobratim.errors import UsageError
from pobratim.extract.report_facts import read_period
from pobratim.ground.periods import parse_period
from pobratim.load.intake import read_all
from pobratim.load.loaded import Loaded
from pobratim.load.report import FileReport, problem_to_json
from pobratim.load.settings import Settings
from pobratim.problems import Problem
from pobratim.progress import silent
from pobratim.quality.gaps import gaps_of
from pobratim.record import Record
from pobratim.resolve import read_decisions
from pobratim.sources import find_source

CARDS = 200
"""Remarks of a draft that are kept to be shown; all are counted."""
_TOLD_GAPS = ("quoted", "name", "geography")
"""Gaps that become cards; titles of events are many and mostly none of our business."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What a document gives: facts of each report, rows, cards."""

    reports: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    cards: list[dict[str, Any]]


def settings_of(about: About) -> Settings:
    """Return the settings with which a draft is read and loaded. Raises UsageError for one that cannot be."""
    source = find_source(about.source) if about.source else None
    return Settings(home=about.home.upper(), source=source, period=period_of(about.period), jobs=1)


def period_of(words: str) -> str:
    """Return the period that somebody wrote, «2023-Q1» as well as «I квартал 2023 года»; "" for nothing.

    Raises UsageError where it is neither.
    """
    told = words.strip()
    if not told:
        return ""
    try:
        return parse_period(told)
    except ValueError:
        found = read_period(told, "", "")
        if found is None:
            raise UsageError("period-form", value=told) from None
        return found.edtf


def read(desk: Desk, about: About, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Read a draft's document, keep what was read and return its facts; ``manifest`` is that of the store.

    Raises UsageError for what is told of it wrongly.
    """
    found, report = read_all([desk.document(about)], {}, settings_of(about), silent)
    made = _Made([], [], [])
    for item in found:
        _take(made, item, manifest, desk)
    columns = Counter(name for row in made.rows for name in row["cells"])
    order = {name: at for at, name in reversed(list(enumerate(name for row in made.rows for name in row["cells"])))}
    facts = {
        "reports": made.reports,
        "failed": [_problem(problem) for file in report.files if file.state == "failed" for problem in file.problems],
        "problems": [_problem(problem) for problem in report.problems],
        "columns": sorted(columns, key=lambda name: order[name]),
        "rows": len(made.rows),
        "marked": sum(bool(row["remarks"]) for row in made.rows),
        "cards": made.cards[:CARDS],
        "remarks": len(made.cards),
    }
    desk.keep_read(about, facts, made.rows)
    return facts


def _take(made: _Made, item: Loaded, manifest: Mapping[str, Any], desk: Desk) -> None:
    """Add one report."""
    gaps = {record.row: [gap for gap in gaps_of(record) if gap.kind in _TOLD_GAPS] for record in item.all_records}
    for record in item.all_records:
        cards = [*_of_dates(record, item.file), *_of_gaps(record, gaps[record.row])]
        made.cards.extend({**card, "at": len(made.rows)} for card in cards)
        unread = [Mark(gap.column, gap.start, gap.end, "bad") for gap in gaps[record.row]]
        made.rows.append(
            {
                "report": item.entity.slug,
                "row": record.row,
                "section": record.section,
                "cells": {column: marked(record, column, unread) for column in record.cells if column != "section"},
                "remarks": len(cards),
            }
        )
    kinds = Counter(gap.kind for found in gaps.values() for gap in found)
    made.reports.append({**_facts(item), **_known(item, manifest, desk), "gaps": dict(kinds)})


def _facts(item: Loaded) -> dict[str, Any]:
    file, entity = item.file, item.entity
    return {
        "slug": entity.slug,
        "file": entity.file,
        "sha256": entity.sha256,
        "title": entity.title,
        "period": entity.period,
        "home": entity.home_region or entity.home_country,
        "rows": file.rows,
        "stored": file.stored,
        "left_out": [_problem(problem) for _, problem in sorted(file.left_out.items())],
        "problems": [_problem(problem) for problem in file.problems],
        "unknown_columns": file.unknown_columns,
    }


def _known(item: Loaded, manifest: Mapping[str, Any], desk: Desk) -> dict[str, Any]:
    """Return what the store has of the report: nothing, this document, another version, or that it was taken out."""
    reports = manifest.get("reports", {})
    known = reports.get(item.entity.slug)
    twin = next((slug for slug, one in reports.items() if one["entity"]["sha256"] == item.entity.sha256), "")
    taken = any(
        (one.verdict, one.type, one.left) == ("withdrawn", "report", item.entity.slug)
        for one in read_decisions(desk.ledger)
    )
    return {
        "known": {"rows": known["stored"], "title": known["entity"]["title"]} if known else None,
        "same_as": twin,
        "withdrawn": taken,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return problem_to_json(replace(problem, file=problem.file.rpartition("/")[2]))


def _of_dates(record: Record, file: FileReport) -> Iterator[dict[str, Any]]:
    """Yield a card where an event has no date, with what its cell has instead."""
    if record.form == "events" and not record.start and record.row not in file.left_out:
        told = record.cells.get("dates", "")
        yield _card(record, "date", "dates", told)


def _of_gaps(record: Record, gaps: list[Any]) -> Iterator[dict[str, Any]]:
    seen: set[tuple[str, str]] = set()
    for gap in gaps:
        if (gap.kind, gap.text) not in seen:
            seen.add((gap.kind, gap.text))
            yield _card(record, gap.kind, gap.column, gap.text)


def _card(record: Record, kind: str, column: str, words: str) -> dict[str, Any]:
    return {"report": record.report, "row": record.row, "kind": kind, "column": column, "text": words[:200]}

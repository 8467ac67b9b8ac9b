"""The early answer to a load that changes nothing: by digests alone, with nothing resolved."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pobratim.ground.fingerprint import fingerprint
from pobratim.lexicon.edition import program
from pobratim.load.account import glanced_at, gone
from pobratim.load.assessment import assess
from pobratim.load.intake import Keep, glance
from pobratim.load.loaded import Loaded
from pobratim.load.report import LoadReport, problem_from_json, problem_to_json
from pobratim.load.rereading import is_all_fresh
from pobratim.load.settings import Settings
from pobratim.problems import Problem
from pobratim.quality.identity import Question
from pobratim.quality.render_json import question_to_json
from pobratim.rdf.inputs import digest_of
from pobratim.resolve.growing import identity_edition
from pobratim.store.backend import StoreBackend

_KEY = "outcome"


def outcome(
    made_of: str, totals: Mapping[str, int], questions: Iterable[Question], problems: Iterable[Problem]
) -> dict[str, Any]:
    """Return what a manifest tells of a load, for the next one that has nothing to do."""
    told = {
        "made_of": made_of,
        "totals": dict(totals),
        "questions": [question_to_json(one) for one in questions],
        "problems": [problem_to_json(one) for one in problems],
    }
    return {_KEY: told}


def ground_of(ledger: Path, base: str) -> str:
    """Return a digest of what a load depends on beside the reports: program, ledger, base."""
    decisions = ledger.read_bytes() if ledger.is_file() else b""
    # Both are asked first here, and remembered: what is edited while a load runs is none of its rules.
    return digest_of([program(), identity_edition(), fingerprint(decisions), base])


def answered(
    paths: Sequence[Path], store: StoreBackend, settings: Settings, made_of: str, keep: Keep
) -> LoadReport | None:
    """Return the report of a load that changes nothing, None where something may change: then nothing was done."""
    manifest = store.manifest()
    told = manifest.get(_KEY)
    if told is None or told["made_of"] != made_of or settings.force or settings.live or not store.is_settled():
        return None
    known = glanced_at(manifest)
    kept = {slug: item.kept for slug, item in known.items()}
    report = glance(paths, known, settings, keep)
    if report is None or kept != {slug: item.kept for slug, item in known.items()} or not is_all_fresh(known, settings):
        return None
    report.problems += [problem_from_json(one) for one in told["problems"]]
    report.questions = [Question(**{**one, "reports": tuple(one["reports"])}) for one in told["questions"]]
    report.totals, report.base = told["totals"], manifest["base"]
    report.store, report.generation = store.name, store.generation()
    report.gone = gone(())
    store.sweep()
    if settings.survey:
        _survey(report, known, store)
    return report


def _survey(report: LoadReport, known: Mapping[str, Loaded], store: StoreBackend) -> None:
    """Measure the files of a report anew."""
    records = store.records()
    for slug, item in known.items():
        out = {*item.file.left_out, *item.file.withdrawn}
        item.records = [one for one in records.get(slug, ()) if one.row not in out]
    assess(known, report.questions)

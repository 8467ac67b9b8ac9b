"""Align the rows of gold and records and score them."""

from collections.abc import Iterable, Mapping
from typing import Any

from pobratim.evaluate.across import Aligned, score_identity, score_same_as, score_series
from pobratim.evaluate.fields import score_row
from pobratim.evaluate.scores import Row, Scores

_DEFAULTS: Mapping[str, Any] = {
    "reporter": "",
    "title": "",
    "start": "",
    "end": "",
    "mode": "",
    "series": "",
    "kind": [],
    "topics": [],
    "places": [],
    "countries": [],
    "institutions": [],
    "people": [],
    "agreements": [],
    "ties": [],
    "same_as": [],
}


def evaluate(gold: Iterable[Mapping[str, Any]], records: Iterable[Mapping[str, Any]]) -> Scores:
    """Score ``records`` (as of ``Record.to_json``) against ``gold`` (data/RECORD.md), any number of reports.

    Rows are aligned by ``row`` within a report. Reports are aligned by ``report``; where each side holds just
    one report, those two are, whatever their slugs. A gold key that a line lacks, and a key in its ``skip``,
    is not scored. A row that the records lack counts as empty.
    """
    scores = Scores()
    slugs, found = _by_row(gold, records, scores)
    aligned: list[Aligned] = []
    mentions: list[tuple[str, str]] = []
    for (report, number), (wanted, given) in sorted(found.items()):
        if wanted is None:
            scores.extra_rows.append(f"{report}#{number}")
            continue
        if given is None:
            scores.missing_rows.append(f"{report}#{number}")
        row = Row(scores, report, number)
        absent = [key for key in _DEFAULTS if key not in wanted]
        line = {**_DEFAULTS, **wanted, "skip": [*wanted.get("skip", []), *absent]}
        got = dict(given or {})
        mentions += score_row(row, line, got)
        aligned.append((row, line, got))
    scores.rows = len(aligned)
    score_identity(scores, mentions)
    score_series(aligned)
    score_same_as(aligned, slugs)
    return scores


_Pair = tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]


def _by_row(
    gold: Iterable[Mapping[str, Any]], records: Iterable[Mapping[str, Any]], scores: Scores
) -> tuple[dict[str, str], dict[tuple[str, int], _Pair]]:
    wanted, given = list(gold), list(records)
    gold_reports = sorted({str(line.get("report", "")) for line in wanted})
    reports = sorted({str(line.get("report", "")) for line in given})
    slugs = dict(zip(reports, gold_reports, strict=True)) if len(reports) == len(gold_reports) == 1 else {}
    scores.reports, scores.renamed = (tuple(gold_reports), tuple(reports)), any(a != b for a, b in slugs.items())
    met = {slugs.get(report, report) for report in reports}
    scores.unmet = tuple(report for report in gold_reports if report not in met)
    found: dict[tuple[str, int], _Pair] = {
        (str(line.get("report", "")), int(line["row"])): (line, None) for line in wanted
    }
    for line in given:
        report = str(line.get("report", ""))
        key = (slugs.get(report, report), int(line["row"]))
        found[key] = (found.get(key, (None, None))[0], line)
    return slugs, found

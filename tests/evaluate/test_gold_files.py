"""Gold of the project's own reports keeps to RECORD.md: known words, parties that are there, what the report says."""

import re
from pathlib import Path
from typing import Any

import pytest

from bench.gold_reports import report_of
from pobratim.evaluate import evaluate, read_jsonl
from pobratim.readers import read_bytes
from pobratim.text.words import fold

GOLD = sorted((Path(__file__).parents[1] / "gold").glob("*.gold.jsonl"))
WORDS = {
    "kind": "competition festival sports conference round-table meeting visit exhibition training ceremony exchange "
    "signing concert commemoration publication project other",
    "topics": "culture education sport tourism economy science history youth language governance religion health "
    "environment transport charity",
    "mode": "in-person online hybrid",
    "role": "participant organiser supporter venue party host other",
    "status": "signed in-force planned",
    "agreement": "agreement contract memorandum protocol accession twinning other",
}
SLUG = re.compile(r"[a-z0-9-]+")
COUNTRY = re.compile(r"[A-Z]{2}|Q\d+")


@pytest.fixture(params=GOLD, ids=lambda path: path.name.split(".")[0])
def gold(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def test_rows_and_words_are_those_of_the_contract(gold: Path) -> None:
    lines = read_jsonl(gold)
    assert [line["row"] for line in lines] == [*range(1, len(lines) + 1)]
    for line in lines:
        institutions, agreements = _all(line, "institutions"), _all(line, "agreements")
        given = {
            "kind": {*line["kind"]},
            "topics": {*_all(line, "topics")},
            "mode": {line["mode"], *line.get("mode_ok", [])},
            "role": {role for item in institutions for role in (item["role"], *item.get("role_ok", []))},
            "status": {item["status"] for item in agreements},
            "agreement": {kind for item in agreements for kind in (item["kind"], *item.get("kind_ok", []))},
        }
        strange = {field: values - {*WORDS[field].split()} for field, values in given.items()}
        assert not any(strange.values()), (line["row"], strange)
        codes = [*_all(line, "countries"), *(place["country"] for place in _all(line, "places"))]
        codes += [item["country"] for item in institutions if item["country"]]
        assert all(COUNTRY.fullmatch(code) for code in codes), (line["row"], codes)
        assert "RU" not in line["countries"], line["row"]


def test_parties_are_institutions_of_the_row_or_municipalities(gold: Path) -> None:
    for line in read_jsonl(gold):
        ids = [item["id"] for item in _all(line, "institutions")]
        named = [party for tie in _all(line, "ties") for party in tie]
        named += [
            party for item in _all(line, "agreements") for party in (*item["parties"], *item.get("parties_ok", []))
        ]
        required = [item["id"] for item in line["institutions"]]
        assert len(required) == len({*required}), (line["row"], required)
        assert {name for name in named if SLUG.fullmatch(name)} <= {*ids}, line["row"]
        assert all(len(tie) == 2 for tie in _all(line, "ties")), line["row"]


def test_titles_and_people_stand_in_the_report(gold: Path) -> None:
    text = _folded(_text_of(report_of(gold)))
    for line in read_jsonl(gold):
        assert _folded(line["title"]) in text, line["row"]
        for person in line["people"]:
            parts = [(part[:-1] or part)[:4] for part in _folded(person["name"]).split()]
            assert all(part in text for part in parts), (line["row"], person)


def test_gold_is_right_by_itself(gold: Path) -> None:
    lines = read_jsonl(gold)
    scores = evaluate(lines, lines)
    assert not scores.misses
    assert scores.macro_f1 == 1.0


def _all(line: dict[str, Any], key: str) -> list[Any]:
    """Return what gold requires and what it accepts besides."""
    return [*line[key], *line.get(f"{key}_ok", [])]


def _text_of(report: Path) -> str:
    if report.suffix not in {".docx", ".xlsx"}:
        return report.read_text(encoding="utf-8")
    tables = read_bytes(report.read_bytes(), report.name).tables
    return "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)


def _folded(text: str) -> str:
    return " ".join(fold(text).split())

"""A whole report through the real pipeline and the command line, nothing replaced."""

import json
from pathlib import Path

import pytest

from pobratim.cli import run

ROWS = [
    (
        "№ п/п",
        "Наименование мероприятия",
        "Место проведения",
        "Сроки проведения",
        "Цель и содержание",
        "Участники",
    ),
    ("Город Смоленск",),
    (
        "1.",
        "Встреча представителей МБОУ «Гимназия № 1» города Смоленска и ГУО «Гимназия № 2 г. Витебска»",
        "г. Витебск (Республика Беларусь)",
        "14 февраля 2023 года",
        "Подписан договор о сотрудничестве между гимназиями",
        "Учащиеся и педагоги МБОУ «Гимназия № 1» города Смоленска и ГУО «Гимназия № 2 г. Витебска»",
    ),
    (
        "2.",
        "Международный фестиваль детского творчества «Радуга»",
        "г. Смоленск",
        "март 2023 года",
        "Развитие детского творчества",
        "Творческие коллективы из Российской Федерации и Республики Беларусь",
    ),
]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    cells = "\n".join("".join(f"\t{cell}\n" for cell in row) for row in ROWS)
    title = "Отчет органов местного самоуправления Смоленской области о международных мероприятиях за 2023 год"
    (tmp_path / "report.txt").write_text(f"{title}\n\n{cells}", encoding="utf-8")
    return tmp_path / "report.txt"


def test_load_query_check_dump(report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    store = ["--store", str(tmp_path / "store")]
    log = tmp_path / "log.json"
    assert run(["load", str(report), *store, "--report", str(log)]) == 0
    file = json.loads(log.read_text(encoding="utf-8"))["files"][0]
    assert (file["rows"], file["stored"], file["left_out"]) == (2, 2, [])

    question = tmp_path / "entries.rq"
    question.write_text(
        "PREFIX pob: <https://w3id.org/pobratim/def#>\n"
        "SELECT ?n { ?entry a pob:ReportEntry ; pob:entryNumber ?n ; pob:reports ?activity } ORDER BY ?n",
        encoding="utf-8",
    )
    capfd.readouterr()
    assert run(["query", str(question), *store, "--format", "csv"]) == 0
    assert capfd.readouterr().out.split() == ["n", "1", "2"]
    assert run(["check", *store]) == 0, capfd.readouterr().out

    assert run(["dump", *store, "-o", str(tmp_path / "a.nq")]) == 0
    assert run(["load", str(report), *store, "--force"]) == 0
    assert run(["load", str(report), "--store", str(tmp_path / "other")]) == 0
    assert run(["dump", "--store", str(tmp_path / "other"), "-o", str(tmp_path / "b.nq")]) == 0
    assert (tmp_path / "a.nq").read_bytes() == (tmp_path / "b.nq").read_bytes()
    assert [path.name for path in (tmp_path / "store" / "generations").iterdir()] == ["000001"]


def test_extract_and_evaluate_agree_with_themselves(
    report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    records = tmp_path / "report.jsonl"
    assert run(["extract", str(report), "-o", str(records)]) == 0
    lines = [json.loads(line) for line in records.read_text(encoding="utf-8").split("\n") if line]
    assert [line["row"] for line in lines] == [1, 2]
    capfd.readouterr()
    assert run(["evaluate", str(records), str(records), "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["macro_f1"] == 1.0

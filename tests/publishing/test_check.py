"""What ``publish --init`` and ``--check`` say and return, and statements that no portal should get."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pobratim.cli import run
from pobratim.messages import Language
from pobratim.publishing.check import persons_in
from pobratim.publishing.faults import fault_of, is_clean
from pobratim.publishing.findings import SEVERITIES, Finding, ordered
from pobratim.publishing.people.gate import Gate
from pobratim.publishing.settings import Publication

BASE = "https://ties.town.ru"
XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

TERMS = {
    "<https://a.ru/b>": "", "<https://a.ru/%20b>": "", "<mailto:a@b.ru>": "", "<https://a.ru/b c>": "iri",
    "<b>": "iri", "<//a.ru/b>": "iri", "<https://a.ru/б>": "iri", "<https://a.ru/\\u0020b>": "iri",
    "<https://a.ru/\tb>": "iri", "<https://a.ru/{b}>": "iri", "<https://a.ru/a|b>": "iri", '"<a b>"@ru': "",
    f'"2026-02-28"^^<{XSD}date>': "", f'"2026-02-31"^^<{XSD}date>': "date", f'"31.12.2026"^^<{XSD}date>': "date",
    f'"2026-13"^^<{XSD}gYearMonth>': "date", f'"2026"^^<{XSD}gYear>': "", f'"26"^^<{XSD}gYear>': "date",
    f'"2026-01-01T25:00:00"^^<{XSD}dateTime>': "date", f'"2026-02/2026-03"^^<{EDTF}>': "",
    f'"2026-02-30/2026-03-01"^^<{EDTF}>': "date", f'"2026-03/2026-02"^^<{EDTF}>': "date",
    f'"7"^^<{XSD}integer>': "",
}  # fmt: skip


@pytest.mark.parametrize(("term", "fault"), TERMS.items())
def test_an_iri_or_date_that_is_none_is_told(term: str, fault: str) -> None:
    assert fault_of(term) == fault
    clean = is_clean(f"<{BASE}/id/place/a> <{BASE}/p> {term} <{BASE}/graph/x> .\n")
    assert not (clean and fault)


def _line(subject: str, name: str, term: str) -> str:
    return f"<{BASE}/id/{subject}> <{BASE}/def#{name}> {term} <{BASE}/graph/report/r> .\n"


def test_a_record_with_a_fault_stays_behind_whole_and_is_told() -> None:
    lines = sorted(
        [
            _line("activity/good", "end", f'"2026-02-28"^^<{XSD}date>'),
            _line("activity/bad", "end", f'"2026-02-31"^^<{XSD}date>'),
            _line("activity/bad", "start", f'"2026-02-01"^^<{XSD}date>'),
            _line("participation/bad/place/x/host", "role", f"<{BASE}/def/role/host>"),
            _line("entry/r/1", "reports", f"<{BASE}/id/activity/bad>"),
            _line("entry/r/1", "number", f'"1"^^<{XSD}integer>'),
            _line("entry/r/2", "number", f'"2"^^<{XSD}integer>'),
            _line("cell/r/2/name", "see", "<https://a.ru/b c>"),
            _line("report/r", "issued", f'"2026-02-30"^^<{XSD}date>'),
            _line("report/r", "number", f'"3"^^<{XSD}integer>'),
        ]
    )
    gate = Gate(BASE, "heads")
    gate.inspect(f"{BASE}/graph/report/r", lines)
    out = list(gate.lines(f"{BASE}/graph/report/r", lines))
    assert out == [
        _line("activity/good", "end", f'"2026-02-28"^^<{XSD}date>'),
        _line("entry/r/1", "number", f'"1"^^<{XSD}integer>'),
        _line("report/r", "number", f'"3"^^<{XSD}integer>'),
    ]
    assert [(one.severity, one.where.removeprefix(BASE), one.code) for one in ordered(gate.findings)] == [
        ("left-out", "/id/activity/bad", "date-of-record"),
        ("left-out", "/id/entry/r/2", "iri-of-record"),
        ("left-out", "/id/report/r", "date-of-record"),
    ]


def test_a_report_whose_key_names_a_person_lets_nothing_be_published() -> None:
    gate = Gate(BASE, "heads")
    label = '"Отчет Ивана Хвостикова"@ru'
    key = "otchet-ivana-khvostikova"
    gate.learn(key, [], [_line(f"report/{key}", "source", label).replace("/report/r>", f"/report/{key}>")], [])
    [found] = gate.findings
    assert (found.severity, found.code, dict(found.values)["name"]) == ("error", "report-named", "Ивана Хвостикова")


def test_a_person_in_the_texts_of_the_publisher_is_told_and_a_unit_is_not(publication: Publication) -> None:
    assert list(persons_in(publication)) == []
    unit: dict[Language, str] = {"ru": "Отдел международных связей, Хвостикова А.П.", "en": "A unit"}
    told = "Связи школ. Вопросы: Злата Мережкина, portal@town.ru."
    changed = replace(
        publication,
        contact=replace(publication.contact, name=unit),
        description={"ru": told, "en": "Ties"},
        title={"ru": "Связи города Гагарина и Администрации Смоленской области", "en": "Ties"},
    )
    assert [(one.severity, one.where.rpartition(" ")[2], dict(one.values)["name"]) for one in persons_in(changed)] == [
        ("warning", "description.ru", "Злата Мережкина"),
        ("warning", "contact.unit.ru", "Хвостикова А.П."),
    ]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_finding_says_what_follows_and_what_to_do(lang: str) -> None:
    values = (("term", "x"), ("property", "p"))
    line = Finding("left-out", "https://a.ru/b", "iri-of-record", values).line(lang)  # type: ignore[arg-type]
    assert "https://a.ru/b" in line and "«x»" in line.replace('"x"', "«x»") and line.count(".") >= 3
    assert SEVERITIES == ("error", "left-out", "warning")


def test_init_check_and_the_exit_codes(
    example_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    store = ["--store", str(example_directory), "--lang", "en"]
    assert run(["publish", "--check", *store]) == 2
    assert "pobratim publish --init" in capfd.readouterr().err
    assert run(["publish", "--init", *store]) == 0
    assert run(["publish", "--init", *store]) == 2
    assert "publication.toml is there already" in capfd.readouterr().err
    assert run(["publish", "--check", *store]) == 2
    out, err = capfd.readouterr()
    assert out.startswith("error: publication.toml, base: ") and out.count("\n") == 2 and "Errors: 2" in err
    assert run(["publish", "--check", "--format", "json", *store]) == 2
    assert [one["code"] for one in json.loads(capfd.readouterr().out)] == ["base-of-example", "inn-digit"]
    assert run(["publish", "--check", "--example", *store]) == 0
    out, err = capfd.readouterr()
    assert out == "" and "Nothing found" in err


def test_another_base_than_the_stores_lets_nothing_be_published(
    example_directory: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "p.toml"
    common = ["--store", str(example_directory), "--config", str(config), "--lang", "ru", "--example"]
    assert run(["publish", "--init", *common]) == 0
    text = config.read_text(encoding="utf-8").replace("https://w3id.org/pobratim", "https://ties.town.ru")
    config.write_text(text, encoding="utf-8")
    assert run(["publish", "--check", *common]) == 2
    assert "https://ties.town.ru" in capfd.readouterr().out

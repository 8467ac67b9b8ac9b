"""Answers on a terminal: they fit, break no word, show names, say how many; piped they stay as they were."""

import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from pobratim import messages
from pobratim.cli import run
from pobratim.cli.root import MODULES
from pobratim.content import content_root
from pobratim.load.report import MANY, FileReport, LoadReport
from pobratim.messages import text
from pobratim.problems import Problem
from pobratim.query.text_rows import Value, table_lines, value_lines
from pobratim.query.words import column_name

HEADS = ["когда", "мероприятие", "число"]
ROWS: list[list[Value]] = [
    ["2022-12-18/2023-01-18", "Участие в Международном конкурсе-фестивале искусства «Щелкунчик»", 1_234_567],
    [date(2023, 1, 3), "Рождественский турнир по волейболу", None],
]


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_a_table_fits_and_breaks_no_word_number_or_date(width: int) -> None:
    lines = table_lines(HEADS, ROWS, width)
    assert max(map(len, lines)) <= width
    words = {word for line in lines for word in line.split()}
    cells = [word for row in ROWS for value in row if value is not None for word in str(value).split()]
    assert words >= {*cells, *HEADS}
    assert lines[1].replace("─", "").strip() == ""


def test_where_no_table_fits_there_is_a_line_a_value() -> None:
    assert table_lines(HEADS, ROWS, 40) == value_lines(HEADS, ROWS, 40)
    assert table_lines(["a"] * 12, [["слово" * 3] * 12], 80)[0].split() == ["a", "слово" * 3]


def test_piped_rows_are_a_line_each() -> None:
    lines = table_lines(["a", "b"], [["x\ny", "long " * 100], ["z", 1]], None)
    assert len(lines) == 4 and "x↵y" in lines[2] and lines[2].endswith("long")
    assert value_lines(["a", "b"], [["x\ny", 1], ["z", None]], None) == ["a  x↵y", "b  1", "", "a  z", "b"]


def test_wide_letters_are_counted_as_the_terminal_shows_them() -> None:
    lines = table_lines(["город", "n"], [["西安西安", 1], ["Минск", 2]], 80)
    assert lines[2].index("1") + 4 == lines[3].index("2")


def on_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)


def test_a_terminal_sees_names_heads_in_words_and_the_number_of_rows(
    example_directory: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    on_terminal(monkeypatch)
    assert run(["query", "partners-by-country", "--store", str(example_directory), "--lang", "ru"]) == 0
    out, err = capfd.readouterr()
    assert out.split("\n")[0].split() == ["страна", "код", "мероприятия", "организации"]
    assert "https://" not in out and max(map(len, out.split("\n"))) <= 80
    assert err == "Строк: 28.\n"


def test_addresses_without_a_name_are_shortened_and_lines_keep_them(
    example_directory: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    on_terminal(monkeypatch)
    query = "SELECT ?x { VALUES ?x { rdfs:nosuchthing } }"
    declared = f"PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> {query}"
    arguments = ["query", declared, "--store", str(example_directory)]
    assert run(arguments) == 0
    assert "rdfs:nosuchthing" in capfd.readouterr().out
    assert run([*arguments, "--format", "lines"]) == 0
    assert capfd.readouterr().out == "x  http://www.w3.org/2000/01/rdf-schema#nosuchthing\n"


def test_piped_answers_keep_variables_addresses_and_silence(
    example_directory: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", "agreements", "--store", str(example_directory), "--lang", "ru"]) == 0
    out, err = capfd.readouterr()
    assert out.split("\n")[0].split()[:2] == ["agreement", "status"] and err == ""
    assert "https://" in out and len(out.splitlines()) == 6


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT ?s { ?s ?p ?o } LIMIT 1", "https://"),
        ("ASK{}", "yes"),
        ("  # why\nask { }", "yes"),
        ("PREFIX a: <http://x/> CONSTRUCT { a:b a:c 1 } {}", "a:b"),
        ("DESCRIBE<https://w3id.org/pobratim/id/place/ru-smolensk>", "ru-smolensk"),
    ],
)
def test_a_query_may_be_written_out(
    query: str, said: str, example_directory: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", query, "--store", str(example_directory), "--lang", "en"]) == 0
    assert said in capfd.readouterr().out or said == "a:b"


@pytest.mark.parametrize(
    ("form", "said"), [("csv", "строк: 4"), ("xlsx", "строк: 4"), ("json", "строк: 4"), ("parquet", "строк: 4"),
                       ("txt", "строк: 4"), ("tsv", "строк: 4"), ("xml", "строк: 4")],
)  # fmt: skip
def test_what_was_written_is_told(
    form: str, said: str, tmp_path: Path, example_directory: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / f"a.{form}"
    assert run(["query", "agreements", "--store", str(example_directory), "-o", str(target), "--lang", "ru"]) == 0
    assert capfd.readouterr() == ("", f"Записано: {target} ({said})\n")


def test_statements_that_were_written_are_counted(
    tmp_path: Path, example_directory: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    query = "CONSTRUCT { ?s a ?t } { ?s a ?t } LIMIT 7"
    for form in ("ttl", "nt", "rdf"):
        target = tmp_path / f"a.{form}"
        assert run(["query", query, "--store", str(example_directory), "-o", str(target), "--lang", "en"]) == 0
        assert "statements: 7" in capfd.readouterr().err


def test_a_question_explains_itself(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "pair", "--help", "--lang", "ru"]) == 0
    shown = capfd.readouterr().out
    assert "Витебск" in shown and "pobratim query pair --param city=Смоленск --param partner=Витебск" in shown


def test_nothing_is_said_to_be_similar_where_nothing_is(
    capfd: pytest.CaptureFixture[str], example_directory: Path
) -> None:
    for arguments in (["qqqqqqqq"], ["query", "щщщщщщ", "--store", str(example_directory)], ["dump", "--wwwwwww"]):
        assert run([*arguments, "--lang", "ru"]) == 2
        assert "Похожие" not in capfd.readouterr().err
    assert run(["qeury", "--lang", "ru"]) == 2
    assert "Похожие: query." in capfd.readouterr().err


def test_help_is_wholly_in_russian(capfd: pytest.CaptureFixture[str]) -> None:
    for name in MODULES:
        assert run([name, "--help", "--lang", "ru"]) == 0
        assert "[required]" not in capfd.readouterr().out


def test_columns_of_a_report_are_named_in_words() -> None:
    from pyoxigraph import Literal, RdfFormat, parse

    for name in ("columns.ttl", "register-columns.ttl"):
        for quad in parse(path=str(content_root() / "ontology" / name), format=RdfFormat.TURTLE):
            if quad.predicate.value.endswith("prefLabel") and "/column/" in str(quad.subject):
                key = str(quad.subject).rstrip(">").rpartition("/")[2]
                assert isinstance(quad.object, Literal)
                assert text(f"column-{key}", "ru" if quad.object.language == "ru" else "en") == quad.object.value


def test_no_message_stands_in_two_catalogues() -> None:
    seen: dict[str, str] = {}
    folder = Path(messages.__file__).parent / "catalogue"
    for file in sorted(folder.glob("*.yml")):
        for code in yaml.safe_load(file.read_text(encoding="utf-8")):
            assert seen.setdefault(code, file.name) == file.name, code


def test_many_files_are_summed_up_faults_first() -> None:
    left = {2: Problem("error", "row-not-read", "bad.txt", 2)}
    files = [
        FileReport(f"{i}.txt", "loaded", str(i), 3, 3, problems=[Problem("warning", "reader-binary", "x")])
        for i in range(MANY)
    ]
    files += [
        FileReport("bad.txt", "loaded", "bad", 3, 2, left),
        FileReport("no.txt", "failed", problems=[Problem("error", "reader-empty", "no.txt")]),
    ]
    lines = LoadReport(files).lines("ru")
    assert lines[0].startswith("bad.txt: строк 3") and "строка 2" in lines[1] and lines[2] == "no.txt: не загружен"
    assert lines[4:] == [
        "Файлов 7: загружено 6, без изменений 0, не загружено 1; строк 18, вошло 17.",
        "Требуют внимания (2): bad.txt (отложено строк: 1); no.txt (не загружен)",
        "Замечаний к остальным файлам: 5; все они в отчёте о загрузке: --report ФАЙЛ.html",
    ]
    assert len(LoadReport(files[:MANY]).lines("ru")) == 2 * MANY


def test_the_time_of_a_tie_is_not_when_its_agreement_was_signed() -> None:
    assert column_name("date", ["school", "date", "agreement", "tie"], "en") == "first and last known"
    assert column_name("date", ["agreement", "date"], "en") == "signed"
    assert (column_name("date", ["date"], "en"), column_name("nameless", [], "en")) == ("when", "nameless")

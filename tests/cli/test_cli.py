"""The command line: languages, exit codes, data on stdout and talk on stderr."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from pobratim.cli import pick_language, run
from pobratim.cli import query as query_command
from pobratim.cli.root import MODULES, root
from pobratim.messages import Language, text
from pobratim.query import checks
from pobratim.query.question import NamedQuery
from pobratim.store.directory import GenerationStore

GRAPH = "http://g.example/1"
ALL = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s"


@pytest.fixture(autouse=True)
def _russian_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LC_ALL", "LC_MESSAGES", "POBRATIM_STORE", "POBRATIM_BASE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("POBRATIM_LANG", "ru")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    quads = [
        Quad(
            NamedNode(f"http://e.example/{i}"),
            NamedNode("http://e.example/p"),
            Literal(name),
            NamedNode(GRAPH),
        )
        for i, name in enumerate(("Смоленск", "Витебск"))
    ]
    GenerationStore(tmp_path / "store").publish({GRAPH: quads}, {}, {})
    return tmp_path / "store"


@pytest.fixture
def questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "queries"
    folder.mkdir()
    (folder / "named.rq").write_text(
        '#+ summary: {ru: "Кто так зовётся", en: "Who has this name"}\n'
        '#+ parameters:\n#+   name: {required: true, label: {ru: "Имя", en: "Name"}, example: "Смоленск"}\n'
        "SELECT ?s $name { ?s ?p $name }",
        encoding="utf-8",
    )
    monkeypatch.setattr(query_command, "queries_root", lambda: folder)
    return folder


def _commands(lang: Language) -> dict[str, click.Command]:
    group = root(lang)
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_command_and_option_explains_itself_with_an_example(lang: Language) -> None:
    commands = _commands(lang)
    assert list(commands) == list(MODULES)
    for name, command in commands.items():
        assert command.help and command.epilog and f"pobratim {name}" in command.epilog
        options = [param for param in command.params if isinstance(param, click.Option)]
        assert all(option.help for option in options)
        cyrillic = [bool(re.search("[а-яё]", option.help or "")) for option in options]
        assert all(cyrillic) if lang == "ru" else not any(cyrillic)


def test_help_has_no_english_of_click_in_russian(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "--help"]) == 0
    shown = capfd.readouterr().out
    assert shown.startswith("Использование: pobratim query [ПАРАМЕТРЫ]")
    assert "Параметры:" in shown and "Показать эту справку." in shown
    assert not re.search("Usage|Options|Show|default", shown)


def test_no_arguments_at_all_show_the_help(capfd: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    assert capfd.readouterr().out.startswith("Использование: pobratim [ПАРАМЕТРЫ] КОМАНДА")


def test_the_group_help_documents_the_exit_codes(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--help", "--lang", "en"]) == 0
    shown = " ".join(capfd.readouterr().out.split())
    for code in (
        "0 done",
        "1 done, but",
        "2 wrong usage",
        "3 nothing",
        "4 the store",
        "70 an error of the program",
        "130 interrupted",
    ):
        assert code in shown


def test_the_language_is_taken_from_option_environment_or_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pick_language(["query", "--lang", "en", "x"]) == "en"
    assert pick_language(["--lang=en", "query"]) == "en"
    assert pick_language(["query"]) == "ru"
    monkeypatch.delenv("POBRATIM_LANG")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert pick_language(["query"]) == "en"
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    assert pick_language(["query"]) == "ru"


def test_a_query_from_a_file_prints_data_only(store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "q.rq").write_text(ALL, encoding="utf-8")
    assert run(["query", str(tmp_path / "q.rq"), "--store", str(store), "--format", "csv"]) == 0
    out, err = capfd.readouterr()
    assert out.split() == ["s,o", "http://e.example/0,Смоленск", "http://e.example/1,Витебск"]
    assert err == ""


def test_a_query_from_stdin(store: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    with (store / "q").open("w+b") as stdin:
        stdin.write(("\ufeff" + ALL).encode())
        stdin.seek(0)
        monkeypatch.setattr(sys, "stdin", os.fdopen(os.dup(stdin.fileno()), encoding="utf-8"))
        (store / "q").unlink()
        assert run(["query", "-", "--store", str(store)]) == 0
        sys.stdin.close()
    assert "Витебск" in capfd.readouterr().out


def test_a_named_query_takes_parameters(store: Path, questions: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert questions.is_dir()
    arguments = ["query", "named", "--store", str(store), "--format", "csv", "--param"]
    assert run([*arguments, "name=Витебск"]) == 0
    assert capfd.readouterr().out.split() == ["s", "http://e.example/1"]
    assert run([*arguments, "Витебск"]) == 2
    assert "нужно ИМЯ=ЗНАЧЕНИЕ" in capfd.readouterr().err


def test_the_list_shows_names_summaries_and_parameters(questions: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (questions / "bare.rq").write_text('#+ summary: {ru: "Всё", en: "All"}\nASK {}', encoding="utf-8")
    for arguments in (["query", "--list"], ["query"]):
        assert run(arguments) == 0
        assert (
            capfd.readouterr().out
            == "bare   Всё\nnamed  Кто так зовётся (name)\n       pobratim query named --param name=Смоленск\n"
        )


def test_an_answer_goes_to_a_file_whose_extension_is_its_format(
    store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.rq").write_text(ALL, encoding="utf-8")
    target = tmp_path / "answer.json"
    assert run(["query", str(tmp_path / "q.rq"), "--store", str(store), "-o", str(target)]) == 0
    assert len(json.loads(target.read_text(encoding="utf-8"))["results"]["bindings"]) == 2
    assert capfd.readouterr().out == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer.json", "q.rq", "store"]


def test_a_failed_answer_leaves_the_old_file(store: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", encoding="utf-8")
    target = tmp_path / "answer.xlsx"
    target.write_bytes(b"old")
    assert run(["query", str(tmp_path / "q.rq"), "--store", str(store), "-o", str(target)]) == 2
    assert target.read_bytes() == b"old"


def test_a_service_that_cannot_be_reached_is_told(
    store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.rq").write_text("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", encoding="utf-8")
    for output in ([], ["-o", str(tmp_path / "a.csv")]):
        assert run(["query", str(tmp_path / "q.rq"), "--store", str(store), *output]) == 2
        assert "q.rq" in capfd.readouterr().err
    assert not (tmp_path / "a.csv").exists()


def test_dump_is_sorted_n_quads(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["dump", "--store", str(store)]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines == sorted(lines) and len(lines) == 2
    assert lines[0] == f'<http://e.example/0> <http://e.example/p> "Смоленск" <{GRAPH}> .'


def test_check_prints_a_row_a_fault_and_gives_1(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "checks").mkdir()
    monkeypatch.setattr(checks, "validate", lambda _: [])
    monkeypatch.setattr(checks, "queries_root", lambda: tmp_path)
    arguments = ["check", "--store", str(store), "--format", "csv"]
    assert run(arguments) == 0
    assert capfd.readouterr() == ("", "Ошибок не найдено.\n")
    query = tmp_path / "checks" / "no-vitebsk.rq"
    query.write_text(
        '#+ summary: {ru: "Лишний Витебск", en: "No Vitebsk"}\nSELECT ?s { ?s ?p "Витебск" }',
        encoding="utf-8",
    )
    assert run(arguments) == 1
    out, err = capfd.readouterr()
    assert out.splitlines()[1:] == ["error,no-vitebsk,s=http://e.example/1,Лишний Витебск"]
    assert "ошибок 1" in err
    query.write_text(query.read_text("utf-8").replace("\n", "\n#+ severity: warning\n", 1), encoding="utf-8")
    assert run(arguments) == 0
    assert capfd.readouterr().out.splitlines()[1].startswith("warning,")


def test_evaluate_prints_a_table_or_json(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name, title in (("gold.jsonl", "Фестиваль"), ("records.jsonl", "Ярмарка")):
        line = json.dumps({"report": "r", "row": 1, "title": title})
        (tmp_path / name).write_text(line + "\n", encoding="utf-8")
    files = [str(tmp_path / "gold.jsonl"), str(tmp_path / "records.jsonl")]
    assert run(["evaluate", *files, "--errors"]) == 0
    shown = capfd.readouterr().out
    assert "macro F1" in shown and "Фестиваль\tЯрмарка" in shown
    assert run(["evaluate", *files, "--format", "json", "--errors"]) == 0
    scores = json.loads(capfd.readouterr().out)
    assert scores["rows"] == 1 and any("Ярмарка" in line for line in scores["errors"])


def test_gold_of_another_report_is_no_gold(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def written(name: str, *lines: tuple[str, int, str]) -> str:
        rows = [json.dumps({"report": report, "row": row, "title": title}) for report, row, title in lines]
        (tmp_path / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
        return str(tmp_path / name)

    records = written("records.jsonl", ("north", 1, "Ярмарка"), ("north", 2, "Фестиваль"))
    for gold in (
        written("other.jsonl", ("south", 1, "Турнир"), ("south", 2, "Конкурс")),
        written("beyond.jsonl", ("north", 8, "Ярмарка")),
        written("empty.jsonl"),
    ):
        assert run(["evaluate", gold, records]) == 2
        out, err = capfd.readouterr()
        assert out == "" and "Ни одна строка эталона не относится" in err and "north" in err
    renamed = written("renamed.jsonl", ("x", 1, "Ярмарка"), ("x", 2, "Турнир"))
    assert run(["evaluate", renamed, records]) == 0
    assert "Имена отчётов разные (эталон — x, записи — north)" in capfd.readouterr().err
    two = written("two.jsonl", ("north", 1, "Ярмарка"), ("south", 1, "Турнир"))
    assert run(["evaluate", two, records]) == 1
    assert "south: в записях нет ни одной строки" in capfd.readouterr().err


def test_a_folder_without_sources_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["sources", "--loaders", str(tmp_path)]) == 0
    assert f"В папке {tmp_path} нет ни одного источника" in capfd.readouterr().err
    assert run(["sources", "--loaders", "loaders"]) == 0
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "xlsx", "table"])
def test_a_question_is_asked_once_and_its_emptiness_is_told(
    form: str, example_directory: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    asked: list[str] = []
    honest = NamedQuery.run

    def counting(self: NamedQuery, *arguments: Any) -> Any:
        asked.append(self.name)
        return honest(self, *arguments)

    monkeypatch.setattr(NamedQuery, "run", counting)
    arguments = ["query", "agreements", "--store", str(example_directory), "--format", form]
    for year, empty in (("1999", True), ("2023", False)):
        assert run([*arguments, "--param", f"year={year}"]) == 0
        out, err = capfdbinary.readouterr()
        assert ("о соглашениях в загруженных отчётах не сказано" in (out + err).decode(errors="replace")) is empty
    assert asked == ["agreements"] * 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["qurey"], 2, "query"),
        (["--lang", "ru"], 2, "не указана команда"),
        (["dump", "extra", "words"], 2, "Лишнее: extra words"),
        (["query", "x", "--fromat", "csv"], 2, "--format"),
        (["query", "x", "--format", "docx"], 2, "xlsx"),
        (["load"], 2, "ПУТЬ"),
        (["network"], 2, "-o"),
        (["evaluate", "one"], 2, "два файла"),
        (["evaluate", "no.jsonl", "such.jsonl"], 2, "no.jsonl"),
        (["load", "x.docx", "--home", "Смоленск"], 2, "RU-SMO"),
        (["load", "x.docx", "--base", "not an iri"], 2, "http"),
        (["dump", "--store", "none"], 4, "pobratim load"),
        (["query", "none.rq"], 4, "pobratim load"),
    ],
)
def test_errors_are_one_line_with_a_hint(
    arguments: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == code
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("Ошибка: ") and err.count("\n") == 1 and said in err


def test_an_unwritable_output_is_an_error_of_the_user(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["dump", "--store", str(store), "-o", str(store / "none" / "x.nq")]) == 2
    assert "-o" in capfd.readouterr().err


def test_an_interrupt_gives_130(
    monkeypatch: pytest.MonkeyPatch, store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: GenerationStore) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(GenerationStore, "open", interrupted)
    assert run(["dump", "--store", str(store)]) == 130
    assert text("cli-interrupted", "ru") in capfd.readouterr().err


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    quads = [
        Quad(
            NamedNode(f"http://e.example/{i}"),
            NamedNode("http://e.example/p"),
            Literal("я" * 99),
            NamedNode(GRAPH),
        )
        for i in range(3000)
    ]
    GenerationStore(tmp_path / "store").publish({GRAPH: quads}, {}, {})
    (tmp_path / "q.rq").write_text(ALL, encoding="utf-8")
    for arguments in (["dump"], ["query", str(tmp_path / "q.rq"), "--format", "csv"]):
        command = [sys.executable, "-m", "pobratim", *arguments, "--store", str(tmp_path / "store")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None and process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            said = process.stderr.read()
        assert (process.returncode, said) == (1, b"")


def test_help_needs_no_heavy_modules() -> None:
    code = (
        "import sys; from pobratim.cli import run; run(['--help'])\n"
        "heavy = {'rich', 'pyoxigraph', 'rdflib', 'pymorphy3', 'networkx'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_sigint_of_a_real_process_leaves_no_half_store(tmp_path: Path) -> None:
    code = (
        "import signal, sys, time, pobratim.cli as cli, pobratim.store.directory as store\n"
        # A process started in the background of a shell inherits an ignored SIGINT.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def slow(*arguments): print('in', flush=True); time.sleep(60)\n"
        "store.GenerationStore.open = slow\n"
        "sys.exit(cli.run(['dump', '--store', sys.argv[1]]))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "store")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "in\n"
        process.send_signal(signal.SIGINT)
        said = process.communicate()[1]
    assert process.returncode == 130
    assert said.strip() == text("cli-interrupted", "ru")

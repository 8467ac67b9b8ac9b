"""What nobody foresaw: one row, one file or one command ends, with its name and cause, and all else goes on."""

import errno
import os
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from pobratim import cli
from pobratim.errors import UsageError, cause_of, store_error
from pobratim.extract import row as extraction
from pobratim.fence import Fault, attempt, quiet
from pobratim.layout import walk as layout
from pobratim.layout.row_kinds import classify
from pobratim.load import pipeline, resolving
from pobratim.load import read as reading
from pobratim.load.pipeline import load
from pobratim.load.report import LoadReport
from pobratim.load.settings import Settings
from pobratim.messages import describe, explain
from pobratim.rdf.iris import VOCABULARY
from pobratim.readers import read_bytes
from pobratim.resolve import resolve
from pobratim.store.directory import GenerationStore
from tests.support.report_documents import HEADER, row, tbl, tcs, write_docx
from tests.support.small_reports import write_report

pytestmark = pytest.mark.slow

ROWS = [("Форум", "г. Минск", "школа № 1"), ("ОПАСНО", "г. Псков", ""), ("Встреча", "г. Брест", "школа № 2")]


class PanicException(BaseException):
    """What pyo3 raises for a panic of Rust code: no Exception."""


def loaded(folder: Path, *paths: Path) -> tuple[LoadReport, dict[str, list[int]]]:
    store = GenerationStore(folder / "store")
    report = load(paths, store, Settings())
    found: dict[str, list[int]] = {}
    for [entry] in store.open().query(f"SELECT ?entry {{ ?entry a <{VOCABULARY}ReportEntry> }}"):  # type: ignore[union-attr]
        _, slug, row = entry.value.rsplit("/", 2)
        found.setdefault(slug, []).append(int(row))
    return report, {slug: sorted(rows) for slug, rows in sorted(found.items())}


@pytest.mark.parametrize("error", [IndexError("list"), RecursionError(), MemoryError(), PanicException("rust")])
def test_a_row_whose_rule_raises_is_set_aside_and_named(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = extraction._kinds

    def broken(view: Any) -> None:
        if view.record.title == "ОПАСНО":
            raise error
        kinds(view)

    monkeypatch.setattr(extraction, "_kinds", broken)
    report, stored = loaded(tmp_path, write_report(tmp_path / "a.txt", *ROWS))
    assert stored == {"a": [1, 3]} and report.exit_code == 1
    [(number, problem)] = report.files[0].left_out.items()
    said = describe(problem, "ru")
    assert number == 2 and "a.txt, строка 2" in said
    assert type(error).__name__ in said and "test_fence.py" not in said and "extract/row.py:" in said


def test_a_row_that_cannot_be_laid_out_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "classify", _at_second_row(classify))
    report, stored = loaded(tmp_path, write_report(tmp_path / "a.txt", *ROWS))
    assert stored == {"a": [1, 3]}
    assert report.files[0].left_out[2].code == "row-fault"


def _at_second_row(rule: Any) -> Any:
    def broken(table: Any, position: int, *more: Any) -> Any:
        if any(cell.text == "ОПАСНО" for cell in table.rows[position].cells):
            raise KeyError
        return rule(table, position, *more)

    return broken


def test_a_record_that_cannot_be_resolved_is_set_aside_also_of_a_stored_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = write_report(tmp_path / "a.txt", *ROWS), write_report(tmp_path / "b.txt", ROWS[0])
    assert loaded(tmp_path, first)[1] == {"a": [1, 2, 3]}
    whole = resolve

    def broken(records: Any, *arguments: Any, **named: Any) -> Any:
        if any(record.title == "ОПАСНО" for record in records):
            raise ZeroDivisionError
        return whole(records, *arguments, **named)

    monkeypatch.setattr(resolving, "resolve", broken)
    # What goes on from the last load does not look at it again.
    monkeypatch.setattr(pipeline, "grow", lambda *_: None)
    report, stored = loaded(tmp_path, second)
    assert stored == {"a": [1, 3], "b": [1]} and report.generation == 2
    assert pipeline.survey_store(GenerationStore(tmp_path / "store"))[1].files[0].left_out[2].code == "row-fault"


def test_a_fault_that_no_row_causes_is_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(resolving, "set_aside", lambda *_: False)
    monkeypatch.setattr(resolving, "resolve", broken)
    with pytest.raises(ZeroDivisionError):
        load([write_report(tmp_path / "a.txt", *ROWS)], GenerationStore(tmp_path / "store"), Settings())


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), PanicException("rust")])
def test_a_file_whose_reader_raises_is_refused_alone(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = read_bytes

    def broken(data: bytes, name: str, *rest: Any, **named: Any) -> Any:
        if name == "bad.txt":
            raise error
        return read(data, name, *rest, **named)

    monkeypatch.setattr(reading, "read_bytes", broken)
    paths = [write_report(tmp_path / name, *ROWS[: 1 + (name > "b")]) for name in ("bad.txt", "good.txt")]
    report, stored = loaded(tmp_path, *paths)
    assert stored == {"good": [1, 2]} and report.exit_code == 1
    [problem] = report.files[0].problems
    assert report.files[0].state == "failed" and problem.code == "file-fault"
    assert "bad.txt" in describe(problem, "en") and type(error).__name__ in describe(problem, "en")


def test_interrupts_and_errors_of_people_pass_the_fence() -> None:
    errors: list[BaseException] = [KeyboardInterrupt(), SystemExit(1), UsageError("x")]
    for error in errors:
        with pytest.raises(type(error)):
            attempt(lambda error=error: (_ for _ in ()).throw(error))  # type: ignore[misc]
    assert isinstance(attempt(lambda: 1 / 0), Fault) and attempt(lambda: 1) == 1


@pytest.mark.parametrize("name", ["", " ", "\u00a0", "-", "—", "…", "- - -", "\u200b"])
def test_a_row_whose_name_says_nothing_is_set_aside_with_its_number(name: str, tmp_path: Path) -> None:
    document = write_docx(tmp_path / "a.docx", tbl(*map(tcs, [HEADER, row(1), row(2, name), row(3)])))
    report, stored = loaded(tmp_path, document)
    assert stored == {"a": [1, 3]}
    assert report.files[0].left_out[2].code == "name-says-nothing"
    assert "Наименование мероприятия" in describe(report.files[0].left_out[2], "ru")


def test_what_a_panic_of_rust_prints_is_not_seen(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet():
        os.write(2, b"thread panicked")
    os.write(2, b"seen")
    assert capfd.readouterr().err == "seen"


# Commands


@pytest.fixture
def broken_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    def broken(_: GenerationStore) -> None:
        raise ZeroDivisionError("\x1b]0;title\x07")

    monkeypatch.setattr(GenerationStore, "open", broken)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_an_unforeseen_error_has_a_code_a_sentence_and_a_file_of_details(
    broken_store: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["dump", "--store", "x", "--lang", "en"]) == 70
    said = capfd.readouterr().err
    [log] = broken_store.glob("pobratim-*.log")
    assert said.count("\n") == 1 and "ZeroDivisionError" in said and str(log) in said
    assert "Traceback" in log.read_text(encoding="utf-8") and "'dump'" in log.read_text(encoding="utf-8")


def test_with_debugging_on_the_error_is_raised(broken_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POBRATIM_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli.run(["dump", "--store", str(broken_store)])


def _limited() -> None:
    # A file larger than this ends in EFBIG, as on a full disk, if the signal is ignored.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def pobratim(*arguments: object, limited: Any = None) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pobratim", *map(str, arguments), "--lang", "en"]
    return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limited)


def test_a_store_without_room_keeps_its_data_and_leaves_nothing_behind(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert pobratim("load", write_report(tmp_path / "a.txt", *ROWS), "--store", store).returncode == 0
    before = sorted(path.relative_to(store) for path in store.rglob("*"))
    done = pobratim("load", write_report(tmp_path / "b.txt", *ROWS[:1]), "--store", store, limited=_limited)
    assert done.returncode == 4 and "no room" in done.stderr and "Traceback" not in done.stderr
    assert sorted(path.relative_to(store) for path in store.rglob("*")) == before
    assert pobratim("query", "ASK {}", "--store", store).stdout == "yes\n"


def test_an_output_file_without_room_is_told_and_leaves_no_part(tmp_path: Path, example_directory: Path) -> None:
    target = tmp_path / "x.nq"
    done = pobratim("dump", "--whole", "--store", example_directory, "-o", target, limited=_limited)
    assert done.returncode == 2 and "larger than allowed" in done.stderr and "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_an_answer_that_cannot_be_printed_is_told(example_directory: Path) -> None:
    command = [sys.executable, "-m", "pobratim", "dump", "--store", str(example_directory), "--lang", "en"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2 and "no space left" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        (errno.ENOSPC, "store-full", "нет места"),
        (errno.EROFS, "store-unwritable", "только для чтения"),
        (errno.EMFILE, "store-handles", "слишком много файлов"),
        (errno.EIO, "store-failed", "ошибка чтения"),
    ],
)
def test_what_the_system_refuses_is_told_in_words(number: int, code: str, said: str) -> None:
    for error in (OSError(number, os.strerror(number)), OSError(f"IO error: {os.strerror(number)}: x.sst")):
        told = store_error(error, "s")
        assert told is not None and told.code == code and told.exit_code == 4
        assert said in explain(told, "ru")
    assert cause_of(OSError("other")) == "other" and store_error(OSError("other"), "s") is None


def test_out_of_handles_is_no_damage(example_directory: Path) -> None:
    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (24, 24))

    done = pobratim("query", "ASK {}", "--store", example_directory, limited=few)
    assert done.returncode == 4 and "too many open files" in done.stderr, done.stderr


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("70-empty-name-cell.docx", [2]),
        ("71-name-spaces.docx", [2]),
        ("73-name-dash.docx", [2]),
        ("74-name-punct.docx", [2]),
        ("22-nfd.docx", []),
        ("172-emoji.pdf", []),
    ],
)
def test_documents_of_others_give_what_a_person_expects(name: str, left_out: list[int], shared: Path) -> None:
    folder = shared / "cases" / "documents"
    told = {}
    for file in ("00-baseline.docx", name):
        records, report = pipeline.extract([folder / file], Settings())
        told[file] = {r.row: (r.reporter, r.start, r.end, r.mode, [p.name for p in r.places], r.kind) for r in records}
    expected = {row: values for row, values in told["00-baseline.docx"].items() if row not in left_out}
    assert told[name] == expected
    assert list(report.files[0].left_out) == left_out

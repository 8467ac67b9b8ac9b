"""Rows with faults, through the whole load: the message names file, row and cause, the good rows are stored."""

import subprocess
import sys
from pathlib import Path

import pytest

from pobratim.load.pipeline import load
from pobratim.load.report import LoadReport
from pobratim.load.settings import Settings
from pobratim.messages import describe
from pobratim.store.directory import GenerationStore

pytestmark = pytest.mark.slow

HEADER = "\t№\n\tНаименование мероприятия\n\tМесто проведения\n\tСроки проведения\n\tЦель и результат\n\tУчастники\n\n"
GOOD = ("Встреча", "г. Хабаровск", "12 апреля 2024 года", "Обмен опытом", "Гости из г. Харбина (КНР)")


def write(folder: Path, *rows: tuple[str, ...], numbers: tuple[str, ...] = ()) -> Path:
    """Write a text dump of a report with these rows, numbered from 1 unless ``numbers`` says otherwise."""
    text = "Отчёт\n\n" + HEADER + "\tГород Хабаровск\n\n"
    for index, row in enumerate(rows):
        number = numbers[index] if numbers else str(index + 1)
        text += "".join(f"\t{cell}\n" for cell in (f"{number}. ", *row)) + "\n"
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    return path


def run(folder: Path, path: Path) -> tuple[LoadReport, GenerationStore]:
    store = GenerationStore(folder / "store")
    return load([path], store, Settings()), store


def stored(store: GenerationStore) -> list[int]:
    return [record.row for record in store.records().get("report", [])]


def bad(**changes: str) -> tuple[str, ...]:
    names = ("name", "place", "dates", "purpose", "participants")
    return tuple(changes.get(name, cell) for name, cell in zip(names, GOOD, strict=True))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (bad(dates="31 февраля 2024 года"), "date-no-such-date"),
        (bad(dates="20 апреля – 10 апреля 2024 года"), "date-ends-before-start"),
        (bad(purpose="нуль\0байт"), ""),
        (bad(purpose="а" * 1_000_000), ""),
        (GOOD[:-1], ""),
        ((*GOOD, "лишняя графа"), ""),
    ],
    ids=["no such date", "ends before start", "NUL", "a megabyte", "five cells", "seven cells"],
)
def test_a_bad_row_is_left_out_and_the_others_are_stored(tmp_path: Path, row: tuple[str, ...], code: str) -> None:
    report, store = run(tmp_path, write(tmp_path, GOOD, row, GOOD))
    [file] = report.files
    assert stored(store) == [1, 3]
    assert set(file.left_out) == {2}
    problem = file.left_out[2]
    assert problem.severity == "error" and (not code or problem.code == code)
    for lang, word in (("ru", "строка 2"), ("en", "row 2")):
        message = describe(problem, lang)  # type: ignore[arg-type]
        assert message.startswith("report.txt") and word in message and len(message) < 600
    assert file.rows == file.stored + len(file.left_out)


def test_the_exit_code_tells_that_something_was_left_out(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, bad(dates="31.02.2024"))
    words = [sys.executable, "-m", "pobratim", "load", str(path), "--store", str(tmp_path / "store"), "--lang", "ru"]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "строка 2" in done.stderr and "31.02.2024" in done.stderr and "Traceback" not in done.stderr


def test_numbers_out_of_order_are_told_and_nothing_is_lost(tmp_path: Path) -> None:
    report, store = run(tmp_path, write(tmp_path, GOOD, GOOD, GOOD, numbers=("1", "3", "2")))
    assert sorted(stored(store)) == [1, 2, 3]
    assert any(problem.row is not None for problem in report.files[0].problems)


def test_look_alike_letters_are_told_and_read_as_cyrillic(tmp_path: Path) -> None:
    report, store = run(tmp_path, write(tmp_path, bad(place="г. Xабаровск")))
    assert [problem.code for problem in report.files[0].problems] == ["mixed-alphabets"]
    assert [place.name for place in store.records()["report"][0].places] == ["Хабаровск"]


def test_a_report_of_bad_rows_only_stores_none_of_them(tmp_path: Path) -> None:
    report, store = run(tmp_path, write(tmp_path, bad(dates="31 февраля 2024 года")))
    assert stored(store) == [] and set(report.files[0].left_out) == {1}


def test_a_mended_report_replaces_the_former_one(tmp_path: Path) -> None:
    run(tmp_path, write(tmp_path, GOOD, bad(dates="31 февраля 2024 года")))
    report, store = run(tmp_path, write(tmp_path, GOOD, bad(dates="28 февраля 2024 года")))
    assert stored(store) == [1, 2] and not report.files[0].left_out
    again, _ = run(tmp_path, tmp_path / "report.txt")
    assert again.files[0].state == "unchanged" and not again.changes

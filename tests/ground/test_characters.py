"""Text is whole wherever it comes from, and nothing of it can steer a terminal."""

import os
import sys
import unicodedata
from pathlib import Path

import pytest

from pobratim.cli import run
from pobratim.ground.characters import is_whole, visible, whole
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.messages import describe
from pobratim.problems import Problem
from pobratim.readers import read_bytes, read_document
from pobratim.readers.files import Found
from pobratim.readers.grid import Grid, document
from pobratim.store.directory import GenerationStore
from pobratim.table import Cell, Row, Table
from tests.support.report_documents import HEADER, row, tbl, tcs, write_docx
from tests.support.small_reports import write_report

EVIL = "\x1b]0;x\x07 \x9b31m \u202eabc\u2066 \u2028 \ufeff"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("и\u0306", "й"),
        ("е\u0308лка", "ёлка"),
        ("\ud83d\ude00", "😀"),
        ("a\ud83db", "a\ufffdb"),
        ("\ude00\ud83d", "\ufffd\ufffd"),
        ("обычный", "обычный"),
    ],
)
def test_text_is_made_whole(text: str, expected: str) -> None:
    assert whole(text) == expected and is_whole(whole(text))


def test_every_text_of_a_document_passes_the_one_place() -> None:
    table = Table(1, (Row(1, (Cell("и\u0306\ud83d", 0), Cell("\ud83d\ude00", 1))),), "е\u0308")
    made = document("a", "", Grid("и\u0306", (table,)))
    assert made.preamble == "й" and made.tables[0].caption == "ё"
    assert [cell.text for cell in made.tables[0].rows[0].cells] == ["й\ufffd", "😀"]
    assert [problem.code for problem in made.problems] == ["reader-damaged-characters"]


def test_decomposed_letters_give_the_same_records(tmp_path: Path) -> None:
    cells = [HEADER, ["Вяземский район"], row(1, "Круглый стол в г. Вязьма й"), row(2)]
    records = []
    for form in ("NFC", "NFD"):
        file = write_docx(
            tmp_path / f"{form}.docx",
            tbl(*map(tcs, [[unicodedata.normalize(form, text) for text in line] for line in cells])),
        )
        records.append([cell.text for line in read_document(file).tables[0].rows for cell in line.cells])
    assert records[0] == records[1] and "Вяземский район" in records[0]


def test_halves_of_a_character_in_a_word_document_are_joined(tmp_path: Path) -> None:
    file = write_docx(tmp_path / "a.docx", tbl(*map(tcs, [HEADER, row(1, "Форум"), row(2)])))
    import zipfile

    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    symbols = b'</w:t><w:sym w:font="x" w:char="D83D"/><w:sym w:font="x" w:char="DE00"/><w:t>'
    parts["word/document.xml"] = parts["word/document.xml"].replace("Форум".encode(), "Форум".encode() + symbols, 1)
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    texts = [cell.text for line in read_document(file).tables[0].rows for cell in line.cells]
    assert "Форум😀" in texts


@pytest.mark.shared
def test_a_pdf_keeps_what_is_beyond_the_first_plane(shared: Path) -> None:
    folder = shared / "cases" / "documents"
    texts = {}
    for name in ("171-emoji.docx", "172-emoji.pdf"):
        read = read_bytes((folder / name).read_bytes(), name)
        cells = "".join(cell.text for table in read.tables for line in table.rows for cell in line.cells)
        texts[name] = {char for char in cells if ord(char) > 0xFFFF}
    assert texts["171-emoji.docx"] == texts["172-emoji.pdf"] != set()


def test_a_file_whose_name_is_no_utf8_is_refused_clearly(tmp_path: Path) -> None:
    good = write_report(tmp_path / "good.txt", ("Форум", "г. Минск", ""))
    bad = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xee\xf2\xf7.txt"))
    bad.write_bytes(good.read_bytes().replace(b"1 ", b"2 "))
    report = load([tmp_path], GenerationStore(tmp_path / "store"), Settings())
    assert sorted((file.state, file.slug) for file in report.files) == [("failed", ""), ("loaded", "good")]
    [failed] = [file for file in report.files if file.state == "failed"]
    said = describe(failed.problems[0], "ru")
    assert "UTF-8" in said and is_whole(said)


def test_names_of_files_are_put_together_and_problems_can_be_written() -> None:
    assert Found("и\u0306.docx", bytes).name == "й.docx" and Found("и\u0306.docx", bytes).is_decoded
    problem = Problem("error", "x", "a\udcff", values=(("cause", "\ud83d"),))
    assert is_whole(problem.file + problem.values[0][1])


def test_control_and_format_characters_are_written_out() -> None:
    shown = visible(EVIL + "я\n\t😀👩\u200d💻")
    assert shown == "\\x1b]0;x\\x07 \\x9b31m \\u202eabc\\u2066 \\u2028 \\ufeffя\n\t😀👩\u200d💻"
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in shown if char not in "\n\t\u200d")


@pytest.mark.parametrize("form", ["table", "lines", "csv", "json", "tsv"])
def test_a_terminal_gets_no_control_characters_and_a_pipe_gets_the_data(
    form: str, example_directory: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    query = "SELECT ?x { VALUES ?x { '\\u009B31m\\u202Eabc' } }"
    arguments = ["query", query, "--store", str(example_directory), "--format", form]
    assert run(arguments) == 0
    assert "\x9b31m\u202eabc" in capfd.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(arguments) == 0
    shown = capfd.readouterr().out
    assert "\x9b" not in shown and "\u202e" not in shown and "31m" in shown


def test_a_file_name_cannot_steer_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = write_report(tmp_path / "a\x1b]0;x\x07.txt", ("Форум", "г. Минск", ""))
    assert run(["load", str(file), "--store", str(tmp_path / "store")]) == 0
    said = capfd.readouterr().err
    assert "a\\x1b]0;x\\x07.txt" in said and "\x1b" not in said

"""What cannot be read says so: which file, why, and what to do, in both languages, with its exit code."""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from pobratim.errors import UnreadableDocumentError
from pobratim.layout.rows import MAX_CELL
from pobratim.layout.walk import lay_out
from pobratim.messages import explain
from pobratim.readers import read_document
from pobratim.readers.package import MAX_PART
from tests.support.compound_sample import compound
from tests.support.report_documents import HEADER, codes, dump, layout_of, namer, row, tbl, tc, tcs, tool, write_docx

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_BOF, _FILEPASS = bytes.fromhex("0908 1000 0006 0500") + bytes(12), bytes.fromhex("2f00 0600 0000 0000 0000")
_FIB = bytes.fromhex("eca5 c100") + bytes(6)


def word(body: str = "") -> bytes:
    data = tool().package(body or tbl(tcs(HEADER), tcs(row(1))))
    assert isinstance(data, bytes)
    return data


def archive(member: str) -> bytes:
    data = tool().archive({member: b"<x/>"})
    assert isinstance(data, bytes)
    return data


def with_document(xml: bytes) -> bytes:
    members = tool().contents(word())
    data = tool().archive({**members, "word/document.xml": xml})
    assert isinstance(data, bytes)
    return data


_BILLION = b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
_WIDE = _BILLION.decode().encode("utf-16")
_EXTERNAL = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>'
_CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.docx", lambda: b"", "reader-empty"),
    "blank": ("a.txt", lambda: b" \r\n\t ", "reader-empty"),
    "plain text named docx": ("a.docx", lambda: "Отчет".encode(), "reader-text-under-other-name"),
    "html named docx": ("a.docx", lambda: b"<html><p></html>", "reader-no-table"),
    "html named doc": ("a.doc", lambda: b"\r\n<HTML xmlns:w='x'>", "reader-no-table"),
    "cut off doc": ("a.doc", lambda: _OLE, "reader-damaged-archive"),
    "slides named docx": ("a.docx", lambda: compound({"PowerPoint Document": b""}), "reader-unsupported"),
    "protected docx": ("a.docx", lambda: compound({"EncryptionInfo": b"", "EncryptedPackage": b""}), "reader-password"),
    "protected doc": ("a.doc", lambda: compound({"WordDocument": _FIB + b"\0\x01"}), "reader-password"),
    "protected xls": ("a.xls", lambda: compound({"Workbook": _BOF + _FILEPASS}), "reader-password"),
    "protected xls in capitals": ("a.xls", lambda: compound({"WORKBOOK": _BOF + _FILEPASS}), "reader-password"),
    "protected xls of 1995": ("a.xls", lambda: compound({"Book": _BOF + _FILEPASS}), "reader-password"),
    "random bytes": ("a.docx", lambda: Random(5).randbytes(5_000), "reader-binary"),
    "random bytes named txt": ("a.txt", lambda: Random(6).randbytes(5_000), "reader-binary"),
    "picture": ("a.docx", lambda: b"GIF89a" + bytes(99), "reader-unsupported"),
    "page in one file without a page": ("a.mht", lambda: b"MIME-Version: 1.0\r\n\r\nText", "reader-unsupported"),
    "pdf": ("a.pdf", lambda: b"%PDF-1.4 ...", "reader-damaged-archive"),
    "cut off": ("a.docx", lambda: word()[:-200], "reader-damaged-archive"),
    "cut off early": ("a.docx", lambda: word()[:300], "reader-damaged-archive"),
    "flipped bytes": ("a.docx", lambda: _flipped(word()), "reader-damaged-archive"),
    "no main part": ("a.docx", lambda: archive("[Content_Types].xml"), "reader-no-main-part"),
    "broken xml": ("a.docx", lambda: with_document(b"<w:document>"), "reader-damaged-xml"),
    "no xml": ("a.docx", lambda: with_document(b""), "reader-damaged-xml"),
    "NUL in xml": ("a.docx", lambda: with_document(b"<w>\x00</w>"), "reader-damaged-xml"),
    "entities": ("a.docx", lambda: with_document(_BILLION), "reader-doctype"),
    "external entity": ("a.docx", lambda: with_document(_EXTERNAL), "reader-doctype"),
    "entities in UTF-16": ("a.docx", lambda: with_document(_WIDE), "reader-doctype"),
    "no table in Word": ("a.docx", lambda: word("<w:p><w:r><w:t>Отчет</w:t></w:r></w:p>"), "reader-no-table"),
    "no table in text": ("a.txt", lambda: "Отчет\nо делах\tразных".encode(), "reader-no-table"),
    "binary text": ("a.txt", lambda: bytes(range(32)) * 40, "reader-binary"),
    "odd UTF-16": ("a.txt", lambda: b"\xff\xfe\x00\xd8\x01", "reader-binary"),
}  # fmt: skip


def _flipped(data: bytes) -> bytes:
    middle = data.index(b"word/document.xml") + 400
    return data[:middle] + bytes(byte ^ 0xFF for byte in data[middle : middle + 50]) + data[middle + 50 :]


@pytest.mark.parametrize(("name", "make", "code"), _CASES.values(), ids=_CASES)
def test_unreadable_documents_say_why(tmp_path: Path, name: str, make: Callable[[], bytes], code: str) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(path)
    assert caught.value.code == code
    assert caught.value.exit_code == 3
    russian, english = explain(caught.value, "ru"), explain(caught.value, "en")
    assert russian.startswith(f"{name}: ") and english.startswith(f"{name}: ")
    assert russian != english and "{" not in russian + english


def test_a_missing_file_and_a_folder_are_named_with_their_path(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "нет.docx", "reader-missing"), (tmp_path, "reader-directory")):
        with pytest.raises(UnreadableDocumentError) as caught:
            read_document(path)
        assert caught.value.code == code
        assert str(path) in explain(caught.value, "ru")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may open every file")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word())
    path.chmod(0)
    with pytest.raises(UnreadableDocumentError, match="reader-cannot-open"):
        read_document(path)


@pytest.mark.parametrize("size", [20_000_000, MAX_PART + 1])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, size: int) -> None:
    path = tmp_path / "bomb.docx"
    with ZipFile(path, "w", ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<x/>")
        bomb.writestr("word/document.xml", b" " * size)
    with pytest.raises(UnreadableDocumentError) as caught:
        read_document(path)
    assert caught.value.code == "reader-zip-bomb"


def test_word_content_under_another_name_is_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "report.doc"
    path.write_bytes(word())
    document = read_document(path)
    assert len(document.tables[0].rows) == 2
    assert codes(document.problems) == [("reader-other-name", None)]


def test_absurd_spans_do_not_fill_the_memory(tmp_path: Path) -> None:
    wide = tbl(tc("а", '<w:gridSpan w:val="4000000000"/>') + tc("б", '<w:gridSpan w:val="-1"/>'))
    cells = read_document(write_docx(tmp_path / "a.docx", wide)).tables[0].rows[0].cells
    assert [cell.span for cell in cells] == [63, 1]


def test_a_huge_cell_costs_its_row_only(tmp_path: Path) -> None:
    huge = tbl(tcs(HEADER), tcs(row(1)), tcs(row(2, "а" * 1_000_000)), tcs(row(3, "б" * MAX_CELL)))
    layout = lay_out(read_document(write_docx(tmp_path / "a.docx", huge)), namer())
    assert [item.row for item in layout.rows] == [1, 3]
    assert codes(layout.problems) == [("layout-cell-too-long", 2)]
    assert layout.problems[0].column == HEADER[1]


@pytest.mark.parametrize("character", ["\0", "\x02", "\x7f"])
def test_a_control_character_costs_its_row_only(tmp_path: Path, character: str) -> None:
    layout = layout_of(tmp_path, dump(HEADER, row(1), row(2, f"Фор{character}ум"), row(3)))
    assert [item.row for item in layout.rows] == [1, 3]
    assert codes(layout.problems) == [("layout-control-character", 2)]


def test_other_tables_are_no_report_and_name_their_headings(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        layout_of(tmp_path, dump(["Страна", "Город-побратим", "Год"], ["Египет", "Александрия", "2005"]))
    assert caught.value.code == "layout-no-report"
    assert "«Город-побратим»" in explain(caught.value, "ru")

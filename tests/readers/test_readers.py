"""Every format's reader gives the same grid of raw text, with nothing lost."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from pobratim.readers import read_document
from pobratim.readers.sniff import sniff
from pobratim.table import Document
from tests.support.compound_sample import compound
from tests.support.places import ROOT
from tests.support.report_documents import HEADER, dump, row, tbl, tc, tcs, tool, write_docx


def texts(document: Document, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in document.tables[table].rows]


def read_text(tmp_path: Path, data: str | bytes) -> Document:
    path = tmp_path / "report.txt"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_document(path)


def read_body(tmp_path: Path, body: str) -> Document:
    return read_document(write_docx(tmp_path / "report.docx", body))


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p>{properties}{inner}</w:p>"


def test_committed_documents_are_what_the_tool_builds() -> None:
    assert tool().main(["--check"]) == 0


def test_example_dump_and_word_document_have_the_same_cells() -> None:
    dumped = texts(read_document(ROOT / "examples" / "smolensk-2023-q1.txt"))
    word = texts(read_document(ROOT / "examples" / "smolensk-2023-q1.docx"))
    header = dumped[0]
    assert word.count(header) == 2
    assert [cells for cells in word if cells != header] == dumped[1:]
    assert [len(cells) for cells in dumped].count(1) == 6


def test_dump_keeps_breaks_and_blank_lines_inside_cells(tmp_path: Path) -> None:
    data = row(1)
    data[2] = "г. Псков,\n\nРоссия\n"
    assert texts(read_text(tmp_path, dump(HEADER, ["Город Псков"], data, row(2)))) == [
        HEADER, ["Город Псков"], data, row(2)
    ]  # fmt: skip


def test_dump_without_blank_lines_between_rows_is_cut_by_its_numbers(tmp_path: Path) -> None:
    text = dump(HEADER, ["Город Псков"], row(1), row(2), ["Город Остров"], row(3)).replace("\n\n\t", "\n\t")
    assert [len(cells) for cells in texts(read_text(tmp_path, text))] == [6, 1, 6, 6, 1, 6]


def test_dump_of_an_automatic_list_has_empty_number_cells(tmp_path: Path) -> None:
    rows = [HEADER, ["Город Псков"], row(""), row(""), ["Город Остров"], row("")]
    assert texts(read_text(tmp_path, dump(*rows))) == rows


@pytest.mark.parametrize("size", [5, 7])
def test_dump_rows_of_a_wrong_length_stay_apart(tmp_path: Path, size: int) -> None:
    wrong = ["2. ", *"бвгдежз"][:size]
    rows = [HEADER, row(1), wrong, row(3), row(4)]
    assert texts(read_text(tmp_path, dump(*rows))) == rows


def test_dump_with_a_row_of_column_numbers(tmp_path: Path) -> None:
    rows = [HEADER, list("123456"), ["Город Псков"], row(1), row(2)]
    assert texts(read_text(tmp_path, dump(*rows))) == rows


def test_bookmark_marks_of_the_dumping_program_are_no_text(tmp_path: Path) -> None:
    document = read_text(tmp_path, dump(HEADER, row(1), row("2. [bookmark: _GoBack]"), row(3)))
    assert [cells[0] for cells in texts(document)[1:]] == ["1. ", "2. ", "3. "]


def test_text_behind_the_table_goes_to_the_preamble_with_a_warning(tmp_path: Path) -> None:
    document = read_text(tmp_path, dump(HEADER, row(1)) + "\nИсполнитель: Иванова\n")
    assert texts(document)[-1] == row(1)
    assert document.preamble == "Отчет о мероприятиях\n\nИсполнитель: Иванова"
    assert [problem.code for problem in document.problems] == ["reader-text-behind-table"]


@pytest.mark.parametrize(
    ("encoding", "warned"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"),
     ("cp1251", "cp1251"), ("koi8-r", "koi8-r"), ("cp866", "cp866")],
)  # fmt: skip
def test_encodings_are_told_by_the_bytes(tmp_path: Path, encoding: str, warned: str) -> None:
    header = ["N п/п", *HEADER[1:]]  # KOI8-R has no numero sign
    document = read_text(tmp_path, dump(header, row(1)).encode(encoding))
    assert texts(document) == [header, row(1)]
    assert [dict(problem.values)["encoding"] for problem in document.problems] == ([warned] if warned else [])


def test_windows_line_ends_and_invisible_marks(tmp_path: Path) -> None:
    text = dump(HEADER, row(1, "Фо\u00adрум\u200b\u000bдружбы")).replace("\n", "\r\n")
    assert texts(read_text(tmp_path, text))[1][1] == "Форум\nдружбы"


def test_a_few_damaged_bytes_do_not_turn_utf8_into_another_encoding(tmp_path: Path) -> None:
    whole = dump(HEADER, *(row(number) for number in range(1, 9))).encode()
    data = whole.replace("Ф".encode(), b"\xff", 1)
    document = read_text(tmp_path, data)
    assert "Место" in texts(document)[0][2]
    assert [problem.code for problem in document.problems] == ["reader-damaged-characters"]


def test_word_marks_breaks_fields_and_changes(tmp_path: Path) -> None:
    runs = (
        "<w:r><w:t>а</w:t><w:tab/><w:t>б</w:t><w:br/><w:t>в</w:t><w:noBreakHyphen/>"
        '<w:t xml:space="preserve">г </w:t>'
        "<w:softHyphen/><w:cr/></w:r><w:del><w:r><w:delText>прочь</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>д</w:t></w:r></w:ins><w:hyperlink><w:r><w:t>е</w:t></w:r></w:hyperlink>"
        "<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>ё</w:t></w:r>"
        '<w:r><w:footnoteReference/><w:sym w:char="2014"/><w:sym w:char="кот"/></w:r>'
    )
    body = tbl(tc(content=paragraph(runs) + paragraph("<w:r><w:t>ж</w:t></w:r>")) + tc("з"))
    assert texts(read_body(tmp_path, body)) == [["а\tб\nв\u2011г \nдеё—\ufffd\nж", "з"]]


def test_deleted_rows_and_paragraph_marks_follow_the_accepted_text(tmp_path: Path) -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{tcs('аб')}</w:tr>"
    joined = paragraph("<w:r><w:t>Фо</w:t></w:r>", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>")
    kept = tc(content=joined + paragraph("<w:r><w:t>рум</w:t></w:r>")) + tc("б")
    assert texts(read_body(tmp_path, f"<w:tbl>{gone}<w:tr>{kept}</w:tr></w:tbl>")) == [["Форум", "б"]]


def test_merged_cells(tmp_path: Path) -> None:
    start, inside = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tc("Город Псков", '<w:gridSpan w:val="3"/>'),
        tc("а", start) + tc("б", '<w:gridSpan w:val="2"/>'),
        tc("", inside) + tc("в", '<w:hMerge w:val="restart"/>') + tc("", "<w:hMerge/>") + tc("г"),
    )
    rows = read_body(tmp_path, body).tables[0].rows
    assert [[(cell.text, cell.column, cell.span, cell.merged) for cell in line.cells] for line in rows] == [
        [("Город Псков", 0, 3, False)],
        [("а", 0, 1, False), ("б", 1, 2, False)],
        [("а", 0, 1, True), ("в", 1, 1, False), ("г", 2, 1, False)],
    ]


def test_content_controls_are_transparent_even_around_rows(tmp_path: Path) -> None:
    line = f"<w:sdt><w:sdtPr/><w:sdtContent><w:tr>{tcs('аб')}</w:tr></w:sdtContent></w:sdt>"
    assert texts(read_body(tmp_path, f"<w:tbl>{line}</w:tbl>")) == [["а", "б"]]


def test_a_nested_table_is_text_of_its_cell_or_stands_in_a_frame(tmp_path: Path) -> None:
    inner = tbl(tcs(["а", "б"]), tcs(["в", "г"]))
    nested = tbl(tc(content=paragraph("<w:r><w:t>до</w:t></w:r>") + inner + "<w:p/>") + tc("д"))
    framed = tbl(tc(content=inner + "<w:p/>"))
    document = read_body(tmp_path, nested + framed)
    assert texts(document) == [["до\nа\tб\nв\tг\n", "д"]]
    assert texts(document, 2) == [["а", "б"], ["в", "г"]]


def test_text_outside_tables_stays_in_reading_order_with_text_boxes(tmp_path: Path) -> None:
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>в рамке</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    first = paragraph("<w:r><w:t>Отчет</w:t></w:r>" + box)
    document = read_body(tmp_path, first + tbl(tcs("аб")) + paragraph("<w:r><w:t>Глава</w:t></w:r>") + tbl(tcs("вг")))
    assert document.preamble == "Отчет\nв рамке\n\nГлава"
    assert [table.caption for table in document.tables] == ["Отчет\nв рамке", "Глава"]


def test_the_strict_namespace_and_another_part_name_read_alike(tmp_path: Path) -> None:
    members = tool().contents(tool().package(tbl(tcs("аб"))))
    transitional, strict = tool()._MAIN.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    members["word/document2.xml"] = members.pop("word/document.xml").replace(transitional, strict)
    members["_rels/.rels"] = members["_rels/.rels"].replace(b"document.xml", b"document2.xml")
    path = tmp_path / "strict.docx"
    path.write_bytes(tool().archive(members))
    assert texts(read_document(path)) == [["а", "б"]]


def test_the_digest_and_name_are_the_files(tmp_path: Path) -> None:
    document = read_text(tmp_path, dump(HEADER))
    assert document.name == "report.txt"
    assert len(document.sha256) == 64
    assert document.sha256 != read_text(tmp_path, dump(HEADER, row(1))).sha256


def _archive(*names: str, mimetype: str = "") -> bytes:
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, mimetype if name == "mimetype" else "<x/>")
    return data.getvalue()


_ODF = "application/vnd.oasis.opendocument."
_TOLD = {
    "pdf": b"%PDF-1.7",
    "pdf behind a mark": b"\xef\xbb\xbf\r\n%PDF-1.7",
    "rtf": b"{\\rtf1",
    "html": b"<!DOCTYPE html><p>",
    "html with a mark": b"\xef\xbb\xbf<html>",
    "html in UTF-16": "\ufeff<html><table>".encode("utf-16-le"),
    "html without a head": b"<meta charset=utf-8><table>",
    "odt": _archive("mimetype", "content.xml", mimetype=_ODF + "text"),
    "odt packed anew": _archive("META-INF/manifest.xml", "content.xml", "mimetype", mimetype=_ODF + "text"),
    "spreadsheet": _archive("[Content_Types].xml", "xl/workbook.xml"),
    "spreadsheet of OpenDocument": _archive("content.xml", "mimetype", mimetype=_ODF + "spreadsheet"),
    "spreadsheet with backslashes": _archive("[Content_Types].xml", "xl\\workbook.xml"),
    "docx": _archive("[Content_Types].xml", "word/document.xml"),
    "docx behind a line break": b"\r\n" + _archive("[Content_Types].xml", "word/document.xml"),
    "docx behind a notice": b"<br /><b>Warning</b>: header" + _archive("[Content_Types].xml", "word/document.xml"),
    "docx of one file": b"<?xml version='1.0'?><p:package xmlns:p='http://schemas.microsoft.com/office/2006/xmlPackage'/>",
    "docx of 2003": b"<w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'/>",
    "spreadsheetml": b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
    "XML": b"<?xml version='1.0'?><rss/>",
    "mht": b"From: <Saved by Word>\r\nSubject: x\r\n\ty\r\nMIME-Version: 1.0\r\n\r\n",
    "zip": _archive("photo.jpg"),
    "zip with a Word document stored in it": _archive("a/word/document.xml", "a.docx"),
    "damaged": b"PK\x03\x04..photo.jpg",
    "RAR": b"Rar!..",
    "doc": compound({"WordDocument": b""}),
    "doc with a workbook in it": compound({"WordDocument": b""}, {"Workbook": b""}),
    "spreadsheet in capitals": compound({"WORKBOOK": b""}),
    "Outlook (.msg)": compound({"__properties_version1.0": b""}),
    "binary": bytes(range(1, 256)) * 9,
    "text": "Отчет".encode(),
}


@pytest.mark.parametrize("form", _TOLD)
def test_formats_are_told_by_their_bytes(form: str) -> None:
    found = sniff(_TOLD[form])
    assert form == found or form.startswith(f"{found} ")

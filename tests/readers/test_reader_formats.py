"""The same report in every format gives the same rows and records; each format's own ways to go wrong."""

import shutil
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter import Workbook

from pobratim.errors import UnreadableDocumentError
from pobratim.layout.walk import lay_out
from pobratim.load.pipeline import extract
from pobratim.load.settings import Settings
from pobratim.readers import READERS, doc, office, processes, read_bytes, read_document
from pobratim.readers.lines import FULL, WRAPPED, join_lines
from pobratim.record import Record
from tests.support.compound_sample import compound
from tests.support.places import FIXTURES
from tests.support.report_documents import namer, table_of

pytestmark = pytest.mark.slow

FOLDER = FIXTURES / "documents"
EXAMPLE = FOLDER.parents[2] / "examples" / "smolensk-2023-q1.docx"
DOCUMENTS = sorted(FOLDER.iterdir())
needs_antiword = pytest.mark.skipif(not shutil.which("antiword"), reason="antiword is not installed")


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return {key: _folded(item) for key, item in value.items()}
    return [_folded(item) for item in value] if isinstance(value, list | tuple) else value


def _comparable(record: Record) -> dict[str, Any]:
    """Return a record without what depends on where a format breaks its lines."""
    fields = record.to_json()
    del fields["evidence"]
    for told in fields.get("doubtful", []):
        del told["start"], told["end"]
    for institution in fields["institutions"]:
        del institution["parts"]  # their spans, like those of the evidence
    return dict(_folded(fields))


@pytest.fixture(scope="module")
def expected() -> list[dict[str, Any]]:
    """The records of the example in Word's own format."""
    records, _ = extract([EXAMPLE], Settings())
    assert len(records) == 34
    return [_comparable(record) for record in records]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_format_gives_the_same_records(path: Path, tmp_path: Path, expected: list[dict[str, Any]]) -> None:
    if path.suffix == ".doc" and not shutil.which("antiword"):
        pytest.skip("antiword is not installed")
    home = "RU-SMO" if path.suffix in {".csv", ".tsv"} else ""  # their title is in no cell
    same_name = tmp_path / EXAMPLE.with_suffix(path.suffix).name
    same_name.write_bytes(path.read_bytes())
    records, report = extract([same_name], Settings(home))
    assert not report.files[0].left_out and report.exit_code == 0
    found = [_comparable(record) for record in records]
    for mine, other in zip(found, expected, strict=True):
        assert mine == other


@pytest.mark.parametrize(
    "path", [path for path in DOCUMENTS if path.suffix not in {".csv", ".tsv"}], ids=lambda path: path.name
)
def test_every_format_gives_the_same_title(path: Path) -> None:
    if path.suffix == ".doc" and not shutil.which("antiword"):
        pytest.skip("antiword is not installed")
    assert lay_out(read_document(path), namer()).title == lay_out(read_document(EXAMPLE), namer()).title


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_evidence_stands_where_it_says_in_every_format(path: Path) -> None:
    if path.suffix == ".doc" and not shutil.which("antiword"):
        pytest.skip("antiword is not installed")
    records, _ = extract([path], Settings())
    pieces = [(record.cells[item.column], item) for record in records for item in record.evidence]
    assert len(pieces) > 300
    assert [item for text, item in pieces if text[item.start : item.end] != item.exact] == []


def test_every_reader_has_a_fixture() -> None:
    suffixes = {path.suffix for path in DOCUMENTS}
    wanted = {".docx", ".doc", ".odt", ".rtf", ".xlsx", ".xls", ".ods", ".html", ".pdf", ".csv", ".tsv"}
    assert wanted <= suffixes and len(READERS) == 12  # pages in one file, Excel 2003 XML, pictures have their own tests


def _refused(data: bytes, name: str) -> str:
    with pytest.raises(UnreadableDocumentError) as raised:
        read_bytes(data, name)
    assert raised.value.problem.file == name
    return raised.value.problem.code


# Word 97–2003


def test_a_doc_without_tools_asks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert _refused((FOLDER / "smolensk-2023-q1.doc").read_bytes(), "r.doc") == "reader-needs-tool"


@needs_antiword
def test_a_doc_that_no_tool_reads_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office", lambda: None)
    data = bytearray((FOLDER / "smolensk-2023-q1.doc").read_bytes())
    data[600:40_000] = bytes(39_400)
    assert _refused(bytes(data), "r.doc") in {"reader-damaged-archive", "reader-doc-without-table"}


@needs_antiword
def test_a_tool_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "antiword"
    slow.write_text("#!/bin/sh\nsleep 30\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setattr(doc, "_antiword", lambda: str(slow))
    monkeypatch.setattr(doc, "ANTIWORD_SECONDS", 1)
    assert _refused((FOLDER / "smolensk-2023-q1.doc").read_bytes(), "r.doc") == "reader-tool-timeout"


_COLUMNS = "<colspec colwidth='{}pt'/>"
_GROUP = "<tgroup>{}<tbody><row>{}</row></tbody></tgroup>"


def _group(widths: list[float], texts: list[str]) -> str:
    entries = "".join(f"<entry>{text}</entry>" for text in texts)
    return _GROUP.format("".join(map(_COLUMNS.format, widths)), entries)


def test_rows_of_a_doc_stand_in_columns_by_their_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    """antiword tells how wide cells are, not which are joined."""
    groups = [
        _group([30, 185, 100], ["№", "Проведение", "Участники"]),
        _group([30, 100, 84.95, 100], ["", "Место", "Сроки", ""]),
        _group([315], ["Город Псков"]),
        _group([30, 100, 85.05, 99.9], ["1", "Псков", "май", "Гости"]),
        _group([30, 185, 100], ["2", "Псков, июнь", ""]),
    ]
    book = f"<book><chapter><para><informaltable>{''.join(groups)}</informaltable></para></chapter></book>"
    monkeypatch.setattr(doc, "_antiword", lambda: "antiword")
    monkeypatch.setattr(doc, "run", lambda *_: processes.Ended(0, book.encode()))
    (table,) = doc.read(compound({"WordDocument": b""}), "r.doc").tables
    assert [[(cell.text, cell.column, cell.span, cell.merged) for cell in row.cells] for row in table.rows] == [
        [("№", 0, 1, False), ("Проведение", 1, 2, False), ("Участники", 3, 1, False)],
        [("№", 0, 1, True), ("Место", 1, 1, False), ("Сроки", 2, 1, False), ("Участники", 3, 1, True)],
        [("Город Псков", 0, 4, False)],
        [("1", 0, 1, False), ("Псков", 1, 1, False), ("май", 2, 1, False), ("Гости", 3, 1, False)],
        [("2", 0, 1, False), ("Псков, июнь", 1, 2, False), ("", 3, 1, False)],
    ]


def test_a_doc_in_which_antiword_sees_no_table_asks_for_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office", lambda: None)
    monkeypatch.setattr(doc, "_antiword", lambda: "antiword")
    monkeypatch.setattr(doc, "run", lambda *_: processes.Ended(0, b"<book><chapter><para>x</para></chapter></book>"))
    assert _refused(compound({"WordDocument": b""}), "r.doc") == "reader-doc-without-table"


# Workbooks


def _with_macro_sheet() -> bytes:
    data = BytesIO()
    book = Workbook(data, {"in_memory": True})
    for name, text in (("Отчёт", "Форум"), ("Макрос", "=HALT()")):
        book.add_worksheet(name).write_string(0, 0, text)
    book.close()
    made = BytesIO()
    kind = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    with ZipFile(data) as plain, ZipFile(made, "w") as archive:
        for name in plain.namelist():
            content = plain.read(name)
            if name == "xl/_rels/workbook.xml.rels":
                first, second, rest = content.partition(b'Id="rId2"')
                rest = rest.replace(b"worksheets/", b"macrosheets/", 1)
                common = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
                content = first + second + rest.replace(common, kind.encode(), 1)
            archive.writestr(name.replace("worksheets/sheet2", "macrosheets/sheet2"), content)
    return made.getvalue()


def test_a_macro_sheet_does_not_make_a_workbook_damaged() -> None:
    data = _with_macro_sheet()
    with pytest.raises(CalamineError):
        CalamineWorkbook.from_filelike(BytesIO(data))
    assert table_of(read_bytes(data, "r.xlsm")) == [["Форум"]]


# RTF


def _rtf(body: str) -> list[list[str]]:
    text = "{\\rtf1\\ansi\\ansicpg1251\\uc1" + body + "}"
    return table_of(read_bytes(text.encode("cp1251"), "r.rtf"))


def test_rtf_characters_of_all_kinds() -> None:
    row = "\\trowd\\cellx1000\\cellx2000\\intbl {}\\cell {}\\cell\\row\\pard"
    assert _rtf(row.format("\\'cf\\'f1\\'ea\\'ee\\'e2", "\\u1056?\\u1091?")) == [["Псков", "Ру"]]
    assert _rtf(row.format("a\\~b\\line c\\tab d", "x\\par y")) == [["a\u00a0b\nc\td", "x\ny"]]
    assert _rtf(row.format("{\\fonttbl{\\f0 Arial;}}a", "{\\*\\unknown hidden}{\\listtext 1.}b")) == [["a", "b"]]
    assert _rtf(row.format("{\\deleted no}yes", "{\\field{\\*\\fldinst HYPERLINK}{\\fldrslt link}}")) == [
        ["yes", "link"]
    ]
    assert _rtf(row.format("\\uc2\\u1056ab c", "{\\uc0\\u1056}d")) == [["Р c", "Рd"]]


def test_the_choice_of_an_rtf_form_field_is_read() -> None:
    lines = "{\\*\\ffl Минск}{\\*\\ffl Псков}"
    form = "{\\*\\formfield{\\fftype2\\ffres1\\ffdefres0{\\*\\ffname X}" + lines + "}}"
    field = "{\\field{\\*\\fldinst {FORMDROPDOWN " + form + "}}{\\fldrslt %s}}"
    row = "\\trowd\\cellx1\\cellx2\\intbl г. " + field % "" + "\\cell " + field % "Псков" + "!\\cell\\row"
    assert _rtf(row) == [["г. Псков", "Псков!"]]


def test_rtf_pictures_do_not_end_groups() -> None:
    body = "\\trowd\\cellx1\\cellx2\\intbl {\\pict\\bin4 }}}}}a\\cell b\\cell\\row"
    assert _rtf(body) == [["a", "b"]]


def test_rtf_rows_joined_across_and_down() -> None:
    wide = "\\trowd\\cellx300\\intbl Title\\cell\\row"
    top = "\\trowd\\clvmgf\\cellx100\\cellx200\\cellx300\\intbl A\\cell b\\cell c\\cell\\row"
    under = "\\trowd\\clvmrg\\cellx100\\cellx200\\cellx300\\intbl \\cell d\\cell e\\cell\\row"
    (table,) = read_bytes(("{\\rtf1 " + wide + top + under + "}").encode(), "r.rtf").tables
    assert [[(cell.text, cell.column, cell.span, cell.merged) for cell in row.cells] for row in table.rows] == [
        [("Title", 0, 3, False)],
        [("A", 0, 1, False), ("b", 1, 1, False), ("c", 2, 1, False)],
        [("A", 0, 1, True), ("d", 1, 1, False), ("e", 2, 1, False)],
    ]


def test_rtf_nested_too_deep() -> None:
    assert _refused(b"{\\rtf1 " + b"{" * 100_000, "r.rtf") == "reader-nested-too-deep"


# HTML


def _html(body: str) -> list[list[str]]:
    return table_of(read_bytes(f"<html><body>{body}</body></html>".encode(), "r.html"))


def test_html_cells_are_read_as_shown() -> None:
    assert _html("<table><tr><td>a\n  b<br> c<p>d</p><td><ul><li>e<li>f</ul></table>") == [["a b\nc\nd", "e\nf"]]
    assert _html("<table><tr><th>a<script>x</script><td>&nbsp;b&amp;c</table>") == [["a", "\u00a0b&c"]]
    assert _html("<table><tr><td>a<td><table><tr><td>x<td>y</table></table>") == [["a", "x\ty"]]


def test_html_frame_around_a_table_is_no_table() -> None:
    document = read_bytes(b"<body>Title<table><tr><td>x<table><tr><td>a<td>b</table></table>", "r.html")
    assert [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables] == [
        [["x"]],
        [["a", "b"]],
    ]
    assert document.preamble == "Title"


def test_html_controls_are_read_as_they_show() -> None:
    choice = "<select><option>x<option selected>y</select>"
    first = "<select><option>x<option>y</select><input type=hidden value=z><button>w</button>"
    text = "<input value=t><input type=checkbox checked>да"
    assert _html(f"<table><tr><td>{choice}<td>{first}<td>{text}</table>") == [["y", "x", "t☒да"]]


def test_html_spans() -> None:
    body = b"<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>"
    (table,) = read_bytes(b"<body>" + body, "r.html").tables
    assert [[(cell.text, cell.column, cell.span, cell.merged) for cell in row.cells] for row in table.rows] == [
        [("a", 0, 1, False), ("b", 1, 2, False)],
        [("a", 0, 1, True), ("c", 1, 1, False), ("d", 2, 1, False)],
    ]


def test_html_nested_too_deep_is_refused() -> None:
    assert _refused(b"<body><table><tr><td>" + b"<b>" * 50_000 + b"x", "r.html") == "reader-nested-too-deep"


# Workbooks


def _workbook(*rows: tuple[Any, ...]) -> bytes:
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        hidden = book.add_worksheet()
        hidden.write(0, 0, "hidden")
        hidden.hide()
    return buffer.getvalue()


def test_values_of_cells_are_written_as_excel_shows_them() -> None:
    from datetime import date, datetime

    data = _workbook((1, 2.5, date(2023, 1, 27), datetime(2023, 1, 27, 15, 30), True, "текст\nв две строки"), (" ", ""))
    assert table_of(read_bytes(data, "r.xlsx"))[0] == [
        "1", "2,5", "27.01.2023", "27.01.2023 15:30", "TRUE", "текст\nв две строки",
    ]  # fmt: skip


def test_hidden_and_empty_sheets_are_no_tables() -> None:
    assert len(read_bytes(_workbook(("a", "b")), "r.xlsx").tables) == 1
    assert _refused(_workbook(), "r.xlsx") == "reader-no-table"


def test_a_damaged_workbook_is_refused() -> None:
    data = _workbook(("a", "b"))
    assert _refused(data[: len(data) // 2], "r.xlsx") == "reader-damaged-archive"


# Delimited text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found(delimiter: str) -> None:
    text = delimiter.join(["№", '"a, b; c"', "d"]) + "\r\n" + delimiter.join(["1", '"x\r\ny"', ""]) + "\r\n"
    assert table_of(read_bytes(text.encode(), "r.csv")) == [["№", "a, b; c", "d"], ["1", "x\ny", ""]]


def test_excels_own_delimiter_line_is_obeyed() -> None:
    assert table_of(read_bytes("sep=;\na,b,c;d\n".encode("utf-16"), "r.csv")) == [["a,b,c", "d"]]


@pytest.mark.parametrize("line", ['"c;d', '"c" x;d', '"c» x;d'])
def test_a_quotation_mark_that_opens_no_field_is_a_character_and_told(line: str) -> None:
    document = read_bytes(f'a;"b"\n{line}\n"e\nf";g\n'.encode(), "r.csv")
    assert table_of(document) == [["a", "b"], line.split(";"), ["e\nf", "g"]]
    assert [(problem.code, dict(problem.values)["lines"]) for problem in document.problems] == [
        ("reader-bare-quotes", "2")
    ]


def test_a_title_with_commas_does_not_choose_the_delimiter() -> None:
    text = "Отчёт о связях, встречах, визитах, форумах\n№;Мероприятие;Место\n1;а, б;в\n2;г;д, е, ж\n"
    assert table_of(read_bytes(text.encode(), "r.csv"))[1:] == [
        ["№", "Мероприятие", "Место"], ["1", "а, б", "в"], ["2", "г", "д, е, ж"],
    ]  # fmt: skip


def test_text_with_a_row_a_line_is_a_table() -> None:
    tabs = 'Отчёт\n№\tМероприятие\tМесто\n1\tВизит\t"Минск,\nБрест"\n'
    document = read_bytes(tabs.encode("utf-16"), "r.txt")
    assert table_of(document)[1:] == [["№", "Мероприятие", "Место"], ["1", "Визит", "Минск,\nБрест"]]
    bars = "Отчёт\n\n| № | Мероприятие |\n|---|:---|\n| 1 | Визит<br>второй \\| третий |\n"
    assert table_of(read_bytes(bars.encode(), "r.txt")) == [["№", "Мероприятие"], ["1", "Визит\nвторой | третий"]]


@pytest.mark.parametrize("text", ["Отчёт\n1.\nВизит\n2.\nФорум\n3.\nСъезд\n", "Отчёт\n" + "    1.\n    Визит\n" * 3])
def test_lost_tabs_are_told(text: str) -> None:
    assert _refused(text.encode(), "r.txt") == "reader-tabs-lost"


def test_letters_shown_by_another_code_page_are_mended_and_told() -> None:
    meant = "Участие школьников в международном фестивале детского творчества «Радуга»"
    shown = f"<table><tr><td>№</td><td>{meant}</td></tr></table>".encode("cp1251").decode("cp1252")
    document = read_bytes(shown.encode(), "r.html")
    assert table_of(document) == [["№", meant]]
    assert [problem.code for problem in document.problems] == ["reader-mojibake"]
    french = "<table><tr><td>Été</td><td>Fête de l'école élémentaire à Orléans, père Noël et forêt</td></tr></table>"
    assert "Noël" in table_of(read_bytes(french.encode(), "r.html"))[0][1]


def test_letters_of_private_use_are_no_text() -> None:
    text = "".join(chr(0xE000 + number) for number in range(60))
    assert _refused(f"<table><tr><td>{text}</td><td>1</td></tr></table>".encode(), "r.html") == "reader-garbled"


def test_a_table_that_lays_out_a_page_is_a_frame() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>Визит</td><td>Минск</td></tr>" for n in range(1, 5))
    page = f"<table><tr><td>Меню</td><td><h1>Отчёт</h1><table>{rows}</table></td></tr></table>"
    document = read_bytes(page.encode(), "r.html")
    assert [len(table.rows) for table in document.tables] == [4]
    assert "Меню" in document.preamble and "Отчёт" in document.tables[0].caption


def test_a_table_of_three_rows_in_a_cell_of_a_report_stays_text() -> None:
    rows = "".join(f"<tr><td>а{n}</td><td>б</td><td>в</td></tr>" for n in range(3))
    report = "<tr><td>№</td><td>Место</td><td>Кто</td></tr><tr><td>1</td><td>x</td>"
    page = f"<table>{report}<td><table>{rows}</table></td></tr></table>"
    assert table_of(read_bytes(page.encode(), "r.html"))[1] == ["1", "x", "а0\tб\tв\nа1\tб\tв\nа2\tб\tв"]


def test_the_frame_of_an_excel_page_names_the_folder_of_its_tables() -> None:
    page = '<html><head></head><frameset rows="*,39"><frame src="report.files/sheet001.htm"></frameset></html>'
    with pytest.raises(UnreadableDocumentError) as raised:
        read_bytes(page.encode(), "r.htm")
    assert (raised.value.problem.code, raised.value.values["folder"]) == ("reader-frameset", "report.files")


def test_a_file_without_a_table_is_told() -> None:
    assert _refused(b"no delimiter\nat all\n", "r.csv") == "reader-no-table"


# PDF


def test_a_scan_and_a_page_without_ruling_are_told_apart() -> None:
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        "{stream}",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]

    def page(content: str) -> bytes:
        out = StringIO("%PDF-1.4\n")
        out.seek(0, 2)
        places = []
        for number, body in enumerate(objects, 1):
            places.append(out.tell())
            stream = f"<</Length {len(content)}>>stream\n{content}\nendstream"
            out.write(f"{number} 0 obj{body.replace('{stream}', stream)}endobj\n")
        start = out.tell()
        rows = "".join(f"{place:010} 00000 n \n" for place in places)
        out.write(f"xref\n0 6\n0000000000 65535 f \n{rows}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF")
        return out.getvalue().encode()

    assert _refused(page("0 0 10 10 re f"), "r.pdf") == "reader-pdf-scan"
    assert _refused(page("BT /F 12 Tf 10 10 Td (Hello there) Tj ET"), "r.pdf") == "reader-pdf-without-table"


def test_words_cut_by_the_page_are_made_whole() -> None:
    assert join_lines("органи-\nзация и торгово-\nпромышленная палата Йошкар-\nОлы") == (
        "организация и торгово-промышленная палата Йошкар-Олы"
    )
    assert join_lines(f"в формате\nвидеоконференц{FULL}\nсвязи {FULL}") == "в формате\nвидеоконференцсвязи "
    assert join_lines(f"школа{WRAPPED}\nгорода\nгимна-{WRAPPED}\nзия{FULL}{WRAPPED}") == "школа города\nгимназия"
    assert join_lines("СОДРУЖЕСТВО-\n2023, 14-\n16 мая\nг. Псков") == "СОДРУЖЕСТВО-2023, 14-16 мая\nг. Псков"


# Names


def test_word_opens_rtf_and_html_under_its_own_name() -> None:
    data = (FOLDER / "smolensk-2023-q1.rtf").read_bytes()
    assert read_bytes(data, "r.doc").problems == ()
    (problem,) = read_bytes(data, "r.docx").problems
    assert problem.code == "reader-other-name"


def test_read_document_reads_what_read_bytes_reads() -> None:
    path = FOLDER / "smolensk-2023-q1.odt"
    assert read_document(path) == read_bytes(path.read_bytes(), path.name)


def _turned(path: Path, quarters: int) -> bytes:
    """Return a PDF with what each page shows turned by so many quarter turns, its frame as before."""
    with pdfium.PdfDocument(path) as document:
        for page in document:
            matrix = pdfium.PdfMatrix().rotate(90 * quarters)
            raw.FPDFPage_TransFormWithClip(page.raw, matrix.to_raw(), raw.FS_RECTF(-2000, 2000, 2000, -2000))
        out = BytesIO()
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_pages_that_lie_on_their_side_or_head_are_read_straight(quarters: int) -> None:
    path = FOLDER / "smolensk-2023-q1.pdf"
    straight, turned = read_document(path), read_bytes(_turned(path, quarters), path.name)
    assert (turned.preamble, turned.tables) == (straight.preamble, straight.tables)
    assert len(turned.tables[0].rows) > 30

"""Word documents hold content in many ways: what a page shows is read, what it hides is left out and counted."""

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest

from pobratim.cli import run
from pobratim.readers import read_bytes, read_document
from pobratim.readers.symbols import symbol
from pobratim.table import Document
from tests.support.hidden_documents import hidden_in, packed, run_of
from tests.support.report_documents import HEADER, WORD, codes, row, table_of, tbl, tc, tcs, tool

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_HTML = "<html><body><p>Город Псков</p><table>{}</table></body></html>"


def cell(*runs: str, paragraph: str = "") -> str:
    return tc(content=f"<w:p>{paragraph}{''.join(runs)}</w:p>")


def related(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rIdX{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def read(body: str, parts: Mapping[str, bytes] | None = None, relations: str = "") -> Document:
    return read_bytes(packed(body, parts, relations), "r.docx")


def cells_of(*cells: str) -> list[list[str]]:
    return table_of(read(tbl("".join(cells))))


# Hidden text


def test_hidden_runs_are_left_out_and_counted() -> None:
    document = read(tbl(cell(run_of("Псков"), run_of("ЧЕРНОВИК", "<w:vanish/>")) + tc("б")))
    assert table_of(document) == [["Псков", "б"]] and hidden_in(document) == ["8"]


def test_what_says_that_it_is_not_hidden_is_shown() -> None:
    document = read(tbl(cell(run_of("Псков", '<w:vanish w:val="0"/>'), run_of("!", "<w:webHidden/>")) + tc("б")))
    assert table_of(document) == [["Псков!", "б"]] and hidden_in(document) == []


_STYLES = f"""<w:styles xmlns:w="{WORD}">
<w:style w:type="paragraph" w:styleId="Draft"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Below"><w:basedOn w:val="Draft"/></w:style>
<w:style w:type="paragraph" w:styleId="Shown"><w:basedOn w:val="Draft"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Note"><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>""".encode()


@pytest.mark.parametrize(
    ("paragraph", "properties", "shown"),
    [
        ("Draft", "", False), ("Below", "", False), ("Shown", "", True), ("", '<w:rStyle w:val="Note"/>', False),
        ("Draft", '<w:rStyle w:val="Note"/>', True), ("Draft", '<w:vanish w:val="0"/>', True), ("", "", True),
    ],
)  # fmt: skip
def test_styles_hide_text_too(paragraph: str, properties: str, shown: bool) -> None:
    style = f'<w:pPr><w:pStyle w:val="{paragraph}"/></w:pPr>' if paragraph else ""
    body = tbl(cell(run_of("скрыто", properties), paragraph=style) + tc("б"))
    document = read(body, {"word/styles.xml": _STYLES}, related(1, "styles", "styles.xml"))
    assert table_of(document) == [["скрыто" if shown else "", "б"]]
    assert bool(hidden_in(document)) is not shown


# Content without w:t, and text that is none


def test_the_choice_of_a_form_field_is_read() -> None:
    entries = "".join(f'<w:listEntry w:val="{name}"/>' for name in ("Минск", "Псков"))
    begin = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{}</w:ffData></w:fldChar></w:r>'
    field = (
        begin.format(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>') + "<w:r><w:instrText>X</w:instrText></w:r>"
    )
    box = begin.format('<w:checkBox><w:default w:val="1"/></w:checkBox>')
    separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end"))
    assert cells_of(cell(field, end, run_of(", область")), cell(field, separate, run_of("Псков"), end)) == [
        ["Псков, область", "Псков"]
    ]
    assert cells_of(cell(box, end, run_of(" да")), tc("б")) == [["☒ да", "б"]]


def test_the_words_of_an_unfilled_control_are_none() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    asked = control.format("<w:showingPlcHdr/>", run_of("Место для ввода текста."))
    filled = control.format("", run_of("Псков"))
    whole = control.format("<w:showingPlcHdr/>", tc("Выберите элемент."))
    assert cells_of(cell(asked), cell(filled), whole, tc("г")) == [["", "Псков", "", "г"]]


@pytest.mark.parametrize(
    ("code", "font", "char"),
    [("F02D", "Symbol", "−"), ("F0B7", "Symbol", "•"), ("2013", "Times New Roman", "–"), ("F0E0", "Wingdings", "→"),
     ("F0CF", "Times New Roman", "П"), ("D83D", "", "\ud83d"), ("", "Symbol", "\ufffd"), ("1F600", "", "😀")],
)  # fmt: skip
def test_symbols(code: str, font: str, char: str) -> None:
    assert symbol(code, font) == char


def test_symbols_in_plain_text_are_what_their_font_shows() -> None:
    shown = cells_of(cell(run_of("1 \uf02d 2", '<w:rFonts w:ascii="Symbol"/>')), tc("\uf0b7 пункт"))
    assert shown == [["1 − 2", "• пункт"]]


def test_one_of_several_forms_of_a_thing_is_read() -> None:
    form = "<mc:{0} {1}>" + run_of("текст") + "</mc:{0}>"
    alternatives = "".join([form.format("Choice", 'Requires="wps"')] * 2) + form.format("Fallback", "")
    unknown = form.format("Choice", 'Requires="new"').replace("текст", "иное") + form.format("Fallback", "")
    spaces = f'xmlns:mc="{_MC}" xmlns:wps="{_WPS}" xmlns:new="urn:new"'
    both = (f"<mc:AlternateContent {spaces}>{inner}</mc:AlternateContent>" for inner in (alternatives, unknown))
    assert cells_of(*map(cell, both)) == [["текст", "текст"]]


# Tables


def test_a_deleted_cell_is_none() -> None:
    deleted = '<w:cellDel w:id="1" w:author="a" w:date="2023-01-01T00:00:00Z"/>'
    assert cells_of(tc("а"), tc("б", deleted), tc("в")) == [["а", "в"]]


def test_a_cell_that_goes_on_below_nothing_is_its_own() -> None:
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read(
        tbl(
            tc("а") + tc("Москва"),
            tc("б") + tc("Смоленск", goes_on),
            tc("в") + tc("", goes_on),
            tc("г") + tc("Псков", restart),
            tc("д") + tc("", '<w:vMerge w:val="continue"/>'),
        )
    )
    (table,) = document.tables
    assert [row.cells[1].text for row in table.rows] == ["Москва", "Смоленск", "Смоленск", "Псков", "Псков"]
    assert [row.cells[1].merged for row in table.rows] == [False, False, True, False, True]


# Documents inside documents


_CHUNK = f'<w:altChunk xmlns:r="{_OFFICE}" r:id="rIdX1"/>'


def _mime(page: str) -> bytes:
    body = base64.encodebytes(page.encode()).decode()
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=xx\n\n--xx\n"
    part = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    return f"{head}{part}{body}\n--xx--\n".encode()


_ROW = "<tr><td>1</td><td rowspan=2>Форум</td></tr><tr><td>2</td></tr>"
_RTF = "{\\rtf1\\ansi\\ansicpg1251 Город Псков\\par\\trowd\\cellx1\\clvmgf\\cellx2\\intbl 1\\cell Форум\\cell\\row}"
_CHUNKS = {
    "html": _HTML.format(_ROW).encode(),
    "mht": _mime(_HTML.format(_ROW)),
    "rtf": _RTF.encode("cp1251"),
    "docx": tool().package("<w:p>" + run_of("Город Псков") + "</w:p>" + tbl(tcs(["1", "Форум"]))),
    "docx in docx": packed(_CHUNK, {"word/a.html": _HTML.format(_ROW).encode()}, related(1, "aFChunk", "a.html")),
}


@pytest.mark.parametrize("form", _CHUNKS)
def test_a_document_inside_is_read_in_its_place(form: str) -> None:
    body = "<w:p>" + run_of("Отчет") + "</w:p>" + _CHUNK + "<w:p>" + run_of("Подпись") + "</w:p>"
    document = read(body, {"word/chunk.bin": _CHUNKS[form]}, related(1, "aFChunk", "chunk.bin"))
    assert document.preamble.split() == ["Отчет", "Город", "Псков", "Подпись"]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["1", "Форум"]
    assert table.rows[-1].cells[-1].text == "Форум" and document.problems == ()


def test_a_document_inside_a_cell_is_its_text() -> None:
    nested = tbl(tc("а") + tc(content=_CHUNK + "<w:p/>"))
    document = read(nested, {"word/a.html": b"<p>x<p>y"}, related(1, "aFChunk", "a.html"))
    assert [cell.text.strip() for cell in document.tables[0].rows[0].cells] == ["а", "x\ny"]


def test_a_part_that_is_not_read_is_told_and_the_load_ends_with_1(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    report = "<w:p>" + run_of("Отчет о мероприятиях") + "</w:p>" + tbl(tcs(HEADER), tcs(row(1)))
    data = packed(report + _CHUNK, {"word/a.bin": b"%PDF-1.7"}, related(1, "aFChunk", "a.bin"))
    path = tmp_path / "otchet.docx"
    path.write_bytes(data)
    (problem,) = read_document(path).problems
    assert (problem.severity, problem.code) == ("error", "reader-part-not-read")
    assert dict(problem.values) == {"part": "word/a.bin (pdf)", "text": "Делегация"}
    assert run(["load", str(path), "--store", str(tmp_path / "store")]) == 1
    assert "word/a.bin" in "".join(capfd.readouterr())


def test_a_document_that_takes_in_very_many_ends() -> None:
    data = packed(_CHUNK)
    for _ in range(3):
        data = packed(_CHUNK * 30, {"word/a.docx": data}, related(1, "aFChunk", "a.docx"))
    document = read(tbl(tcs(["а"])) + _CHUNK, {"word/a.docx": data}, related(1, "aFChunk", "a.docx"))
    assert 0 < len(document.problems) < 40_000 and {one.code for one in document.problems} == {"reader-part-not-read"}


def test_workbooks_and_drawings_of_text_inside_are_told() -> None:
    space = "urn:schemas-microsoft-com:office:office"
    inner = f'<w:object><o:OLEObject xmlns:o="{space}" ProgID="{{}}"/></w:object>'
    thing = f"<w:p><w:r>{inner}</w:r></w:p>"
    formula, sheet = (read(tbl(tcs(["а"])) + thing.format(name)) for name in ("Equation.3", "Excel.Sheet.12"))
    assert formula.problems == () and codes(sheet.problems) == [("reader-part-not-read", None)]


# Packages


def flat_package(data: bytes) -> bytes:
    """Return a .docx as one XML file."""
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    parts = ""
    for name, content in tool().contents(data).items():
        xml = content.decode().split("?>", 1)[-1]
        parts += f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>'
    head = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    return f'{head}<pkg:package xmlns:pkg="{space}">{parts}</pkg:package>'.encode()


_SAMPLE = "<w:p>" + run_of("Отчет") + "</w:p>" + tbl(tcs(["а", "б"]))
_WORD_2003 = """<?xml version="1.0"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"
 xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"
 xmlns:aml="http://schemas.microsoft.com/aml/2001/core"><w:body><wx:sect><w:p><w:r><w:t>Отчет</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>а</w:t></w:r></w:p></w:tc>
<w:tc><w:p><aml:annotation w:type="Word.Insertion"><aml:content><w:r><w:t>б</w:t></w:r></aml:content></aml:annotation>
<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>в</w:delText></w:r></aml:content></aml:annotation>
</w:p></w:tc></w:tr></w:tbl></wx:sect></w:body></w:wordDocument>"""


@pytest.mark.parametrize("name", ["r.doc", "r.xml", "r.docx"])
@pytest.mark.parametrize("make", [lambda: flat_package(tool().package(_SAMPLE)), _WORD_2003.encode])
def test_a_document_that_is_one_file_of_xml(name: str, make: object) -> None:
    assert callable(make)
    document = read_bytes(make(), name)
    assert document.preamble == "Отчет" and table_of(document) == [["а", "б"]]


def test_bytes_before_a_package_and_backslashes_in_it_do_no_harm() -> None:
    plain = tool().package(_SAMPLE)
    turned = tool().archive({name.replace("/", "\\"): data for name, data in tool().contents(plain).items()})
    for data in (b"\r\n" + plain, b"\xef\xbb\xbf" + plain, b"<br />Notice: x" + plain, turned):
        document = read_bytes(data, "r.docx")
        assert table_of(document) == [["а", "б"]] and document.problems == ()


def test_a_hidden_number_does_not_hide_its_row() -> None:
    assert cells_of(cell(run_of("1.", "<w:vanish/>")), tc("Форум")) == [["", "Форум"]]

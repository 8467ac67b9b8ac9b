"""Text that a reader of the page does not see is left out in every format and counted in a note."""

from collections.abc import Callable

import pytest

from pobratim.readers import read_bytes
from tests.support.hidden_documents import hidden_in, odt, packed, run_of
from tests.support.report_documents import table_of
from tests.support.report_documents import tbl as word_table
from tests.support.report_documents import tc as word_cell


def html(cell: str, head: str = "") -> bytes:
    return f"<html><head><style>{head}</style></head><body><table><tr><td>{cell}<td>б</table>".encode()


def rtf(cell: str) -> bytes:
    return f"{{\\rtf1\\ansi\\ansicpg1251\\trowd\\cellx1\\cellx2\\intbl {cell}\\cell б\\cell\\row}}".encode("cp1251")


_CSS = "/* x */ @media print { .a { color: red } .shown {display:none} } p.no, .MsoHidden {color:red; display: none}"
_SPAN = '<text:p text:style-name="P1">а<text:span text:style-name="T1">Берлин</text:span></text:p>'
_PARAGRAPH = '<text:p>а</text:p><text:p text:style-name="P2">Берлин</text:p>'
_SECTION = '<text:section text:display="none"><text:p>Берлин</text:p></text:section><text:p>а</text:p>'
_FIELD = '<text:p>а</text:p><text:p><text:hidden-paragraph text:is-hidden="true"/>Берлин</text:p>'
_TEXT = '<text:p>а<text:hidden-text text:is-hidden="true">Берлин</text:hidden-text></text:p>'
_WORD = word_cell(content=f"<w:p>{run_of('а')}{run_of('Берлин', '<w:vanish/>')}</w:p>") + word_cell("б")
_HIDDEN: dict[str, tuple[str, Callable[[], bytes]]] = {
    "docx": ("r.docx", lambda: packed(word_table(_WORD))),
    "odt span": ("r.odt", lambda: odt(_SPAN)),
    "odt paragraph by a parent style": ("r.odt", lambda: odt(_PARAGRAPH)),
    "odt section": ("r.odt", lambda: odt(_SECTION)),
    "odt hidden paragraph": ("r.odt", lambda: odt(_FIELD)),
    "odt hidden text": ("r.odt", lambda: odt(_TEXT)),
    "rtf": ("r.rtf", lambda: rtf("а{\\v Берлин}")),
    "rtf ended in the group": ("r.rtf", lambda: rtf("\\v Берлин\\v0 а")),
    "html style": ("r.html", lambda: html("а<span style='DISPLAY:None'>Бер<b style='display:none'>лин</b></span>")),
    "html mso-hide": ("r.doc", lambda: html("а<span style='mso-hide:all'>Берлин</span>")),
    "html attribute": ("r.html", lambda: html("а<p hidden>Берлин")),
    "html visibility": ("r.html", lambda: html("а<span style='visibility:hidden'>Берлин</span>")),
    "html class": ("r.html", lambda: html("а<span class=MsoHidden>Берлин</span>", _CSS)),
    "html class of a paragraph": ("r.html", lambda: html("а<p class=no>Берлин</p>", _CSS)),
}


@pytest.mark.parametrize("name", _HIDDEN)
def test_hidden_text_is_left_out_and_counted(name: str) -> None:
    file, make = _HIDDEN[name]
    document = read_bytes(make(), file)
    assert table_of(document) == [["а", "б"]]
    assert hidden_in(document) == ["6"]


def test_what_is_hidden_in_print_only_or_not_at_all_is_read() -> None:
    for cell in ("<span class=shown>а</span>", "<span style='display:inline'>а</span>", "<p class=other>а"):
        document = read_bytes(html(cell, _CSS), "r.html")
        assert table_of(document) == [["а", "б"]] and document.problems == ()


def test_an_invisible_cell_keeps_its_place_and_a_hidden_one_does_not() -> None:
    page = b"<table><tr><td>1<td style='visibility:hidden'>x<td>2<tr><td>3<td style='display:none'>x<td>4</table>"
    document = read_bytes(page, "r.html")
    assert table_of(document) == [["1", "", "2"], ["3", "4"]] and hidden_in(document) == ["2"]


def test_placeholders_of_opendocument_are_no_text() -> None:
    cell = '<text:p>а<text:placeholder text:placeholder-type="text">&lt;Место&gt;</text:placeholder></text:p>'
    assert table_of(read_bytes(odt(cell), "r.odt")) == [["а", "б"]]


def test_hidden_rows_columns_and_sheets_of_excel_2003() -> None:
    ss = "urn:schemas-microsoft-com:office:spreadsheet"

    def row(texts: str, more: str = "") -> str:
        cells = "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in texts)
        return f"<Row{more}>{cells}</Row>"

    rows = row("аxб") + row("yyy", ' ss:Hidden="1"') + row("вxг")
    first = f'<Worksheet ss:Name="1"><Table><Column/><Column ss:Hidden="1"/>{rows}</Table></Worksheet>'
    options = '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible>'
    second = f'<Worksheet ss:Name="2"><Table>{row("z")}</Table>{options}</WorksheetOptions></Worksheet>'
    book = f'<?xml version="1.0"?><Workbook xmlns="{ss}" xmlns:ss="{ss}">{first}{second}</Workbook>'
    document = read_bytes(book.encode(), "r.xls")
    assert table_of(document) == [["а", "б"], ["в", "г"]] and hidden_in(document) == ["5"]

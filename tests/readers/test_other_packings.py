"""Documents in packings and under names that Word and Excel write or open are read by their content."""

import pytest

from pobratim.errors import UnreadableDocumentError
from pobratim.readers import read_bytes
from tests.support.report_documents import HEADER, codes, dump, row, table_of

_SS = "urn:schemas-microsoft-com:office:spreadsheet"
_PAGE = "<html><head><meta charset={}></head><body><table><tr><td>{}<td>б</table></body></html>"


def _mht(*pages: tuple[str, str]) -> bytes:
    parts = "".join(
        f"--=_x\r\nContent-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{page}\r\n"
        for charset, page in pages
    )
    head = 'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_x"\r\n\r\n'
    return (head + parts + "--=_x--\r\n").encode(pages[0][0])


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251"])
@pytest.mark.parametrize("name", ["r.mht", "r.doc", "r.xls", "r.mhtml"])
def test_a_page_in_one_file(name: str, charset: str) -> None:
    document = read_bytes(_mht((charset, _PAGE.format(charset, "а"))), name)
    assert table_of(document) == [["а", "б"]] and document.problems == ()


def test_a_workbook_saved_as_one_page_has_a_page_a_sheet() -> None:
    pages = [("utf-8", _PAGE.format("utf-8", text)) for text in ("1", "2")]
    document = read_bytes(_mht(("utf-8", "<frameset><frame src=a></frameset>"), *pages), "r.mht")
    assert [table.rows[0].cells[0].text for table in document.tables] == ["1", "2"]


def _excel_2003(rows: str, styles: str = "") -> bytes:
    sheet = f'<Worksheet ss:Name="Лист1"><Table>{rows}</Table></Worksheet>'
    return f'<?xml version="1.0"?><Workbook xmlns="{_SS}" xmlns:ss="{_SS}">{styles}{sheet}</Workbook>'.encode()


def test_cells_of_excel_2003() -> None:
    rows = (
        '<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">Отчет&#10;за год</Data></Cell></Row>'
        '<Row ss:Index="3"><Cell ss:MergeDown="1"><Data ss:Type="Number">1</Data></Cell>'
        '<Cell ss:Index="3"><Data ss:Type="DateTime">2023-05-15T00:00:00.000</Data></Cell></Row>'
        '<Row><Cell ss:Index="2" ss:StyleID="m"><Data ss:Type="DateTime">2023-05-01T00:00:00.000</Data></Cell>'
        '<Cell ss:StyleID="y"><Data ss:Type="DateTime">2023-01-01T00:00:00.000</Data></Cell></Row>'
    )
    formats = "".join(
        f'<Style ss:ID="{name}"><NumberFormat ss:Format="{form}"/></Style>'
        for name, form in {"m": "[$-419]mmm\\ yy;@", "y": "yyyy"}.items()
    )
    (table,) = read_bytes(_excel_2003(rows, f"<Styles>{formats}</Styles>"), "r.xls").tables
    assert [[(cell.text, cell.column, cell.span, cell.merged) for cell in row.cells] for row in table.rows] == [
        [("Отчет\nза год", 0, 3, False)],
        [("1", 0, 1, False), ("", 1, 1, False), ("15.05.2023", 2, 1, False)],
        [("1", 0, 1, True), ("05.2023", 1, 1, False), ("2023", 2, 1, False)],
    ]


def test_a_text_dump_is_read_under_any_name_and_a_letter_is_not() -> None:
    document = read_bytes(dump(HEADER, row(1)).encode(), "r.doc")
    assert len(document.tables[0].rows) == 2 and codes(document.problems) == [("reader-other-name", None)]
    with pytest.raises(UnreadableDocumentError) as raised:
        read_bytes("Отчет\nо делах".encode(), "r.doc")
    assert raised.value.code == "reader-text-under-other-name"


def test_tabs_named_as_a_workbook_are_read_as_excel_does() -> None:
    document = read_bytes("№\tИмя\n1\tФорум\n".encode("cp1251"), "r.xls")
    assert table_of(document) == [["№", "Имя"], ["1", "Форум"]]
    assert "reader-other-name" in dict(codes(document.problems))

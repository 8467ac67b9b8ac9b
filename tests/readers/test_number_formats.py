import struct
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from pobratim.readers import read_bytes
from pobratim.readers.number_formats import shown, shows_no_day
from pobratim.readers.spreadsheet import read
from pobratim.readers.xls_formats import stream_looks
from tests.support.workbooks import ods, xlsx

_DAY = 44927  # 1 January 2023 as Excel counts


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("mmm.yy", "янв.23"),
        ("[$-419]mmmm\\ yyyy;@", "январь 2023"),
        ("yyyy", "2023"),
        ('yyyy" год"', "2023 год"),
        ("mm.yyyy", "01.2023"),
        ("mmmm", "январь"),
        ("d mmm", "1 янв"),
        ("dd.mm.yyyy", "01.01.2023"),
        ("d\\ mmmm\\ yyyy", "01.01.2023"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(code: str, text: str) -> None:
    grid = read(xlsx([["Дата", "Название"], [(_DAY, code), "Концерт"]]), "a.xlsx")
    assert [cell.text for cell in grid.tables[0].rows[1].cells] == [text, "Концерт"]


def test_minutes_are_no_months() -> None:
    assert not shows_no_day("[h]:mm") and not shows_no_day("General") and not shows_no_day("0.00")
    assert shown(date(2023, 5, 1), 'mmm"."yy') == "май.23"


def test_cells_with_errors_are_told_by_sheet_and_place() -> None:
    grid = read(xlsx([["Дата", "Название"], ["#N/A", "Концерт"], ["2023", "#REF!"]], "Отчёт"), "a.xlsx")
    (problem,) = grid.problems
    assert problem.code == "reader-error-cells"
    assert dict(problem.values) == {"sheet": "Отчёт", "count": "2", "cell": "A2", "text": "#N/A"}


@pytest.mark.parametrize(
    ("text", "marks", "read_as"),
    [("янв.23", "month year", "янв.23"), ("2023", "year", "2023"), ("1.1.23", "day month year", "01.01.2023")],
)
def test_an_opendocument_cell_is_read_as_it_is_shown(text: str, marks: str, read_as: str) -> None:
    assert read(ods(text, marks), "a.ods").tables[0].rows[0].cells[0].text == read_as


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def test_records_of_an_old_workbook_tell_formats_and_errors() -> None:
    name = "Отчёт".encode("utf-16-le")
    code = "mmm/yy".encode("latin-1")
    head = [
        _record(0x0809, struct.pack("<HH", 0x0600, 5)),
        _record(0x041E, struct.pack("<HHB", 200, len(code), 0) + code),
        _record(0x00E0, struct.pack("<HH", 0, 0)),
        _record(0x00E0, struct.pack("<HH", 0, 200)),
        _record(0x00E0, struct.pack("<HH", 0, 14)),
    ]
    bound = 4 + 6 + 2 + len(name)
    start = sum(map(len, head)) + bound
    head.append(_record(0x0085, struct.pack("<IBBBB", start, 0, 0, 5, 1) + name))
    cells = [
        _record(0x0809, struct.pack("<HH", 0x0600, 16)),
        _record(0x0203, struct.pack("<HHHd", 6, 1, 1, 44927.0)),
        _record(0x0203, struct.pack("<HHHd", 7, 1, 2, 44927.0)),
        _record(0x00BD, struct.pack("<HHHIHIH", 8, 2, 1, 0, 0, 0, 3)),
        _record(0x0205, struct.pack("<HHHBB", 9, 0, 0, 42, 1)),
        _record(0x0006, struct.pack("<HHH", 9, 1, 0) + b"\x02\x00\x17\x00\x00\x00\xff\xff"),
    ]
    looks = stream_looks(b"".join([*head, *cells]))["Отчёт"]
    assert looks.codes == {(6, 1): "mmm/yy", (8, 2): "mmm/yy"}
    assert looks.errors == [(9, 0, "#N/A"), (9, 1, "#REF!")]


def _with(data: bytes, part: str, old: str, new: str) -> bytes:
    """A package with a piece of one part changed."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(out, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, text.replace(old.encode(), new.encode()) if name == part else text)
    return out.getvalue()


def test_hidden_rows_and_columns_of_a_workbook_are_left_out_and_counted() -> None:
    data = xlsx([["№", "тайна", "Имя"], ["1", "x", "Визит"], ["2", "y", "Черновик"], ["3", "z", "Форум"]])
    sheet = "xl/worksheets/sheet1.xml"
    data = _with(data, sheet, "<sheetData>", '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>')
    data = _with(data, sheet, '<row r="3"', '<row hidden="1" r="3"')
    document = read_bytes(data, "r.xlsx")
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["№", "Имя"], ["1", "Визит"], ["3", "Форум"],
    ]  # fmt: skip
    told = [dict(problem.values) for problem in document.problems if problem.code == "reader-hidden-cells"]
    assert told == [{"sheet": "Лист1", "rows": "1", "columns": "1"}]


def test_joined_cells_over_hidden_rows_stay_joined() -> None:
    data = xlsx([["Город", "Имя"], ["Минск", "а"], [None, "б"], [None, "в"]])
    sheet = "xl/worksheets/sheet1.xml"
    data = _with(data, sheet, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A2:A4"/></mergeCells>')
    data = _with(data, sheet, '<row r="3"', '<row hidden="1" r="3"')
    rows = read_bytes(data, "r.xlsx").tables[0].rows
    assert [[cell.text for cell in row.cells] for row in rows] == [["Город", "Имя"], ["Минск", "а"], ["Минск", "в"]]

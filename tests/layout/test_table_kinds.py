"""Tables that go on, heading rows above one another, sections of all sorts, cells placed by the grid: in each format.

Whatever the layout, the rows must be those of the plain table: the same numbers, headings and cells.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from xlsxwriter import Workbook

from pobratim.errors import UnreadableDocumentError
from pobratim.layout.walk import Layout, lay_out
from pobratim.readers import read_document
from pobratim.table import Cell, Document, Table
from pobratim.table import Row as PhysicalRow
from tests.support.layouts import FORMATS, Block, Row, Tall, Wide
from tests.support.report_documents import codes, namer, tbl, tcs, write_docx

TITLE = "Отчёт муниципальных образований о международных мероприятиях за 2024 год"
HEAD = ["№ п/п", "Наименование мероприятия", "Место проведения", "Сроки проведения", "Цель и содержание", "Участники"]
A, B = "Город Архангельск", "Мезенский район"
FORUM = ["Форум побратимов", "г. Архангельск", "12 мая 2024 г.", "Обмен опытом", "Делегация г. Варде (Норвегия)"]
CAMP = ["Летний лагерь", "г. Мурманск", "июль 2024 г.", "Изучение языка", "Школьники г. Рованиеми"]
FAIR = ["Ярмарка", "г. Псков", "3-5 августа 2024 г.", "Торговля", "Предприятия г. Пскова"]
NAMES = ("name", "place", "dates", "purpose", "participants")
Found = list[tuple[int, str, dict[str, str]]]


def of(values: Sequence[str], **other: str) -> dict[str, str]:
    return {**dict(zip(NAMES, values, strict=True)), **other}


def found(layout: Layout) -> Found:
    assert layout.seen == len(layout.rows) + layout.joined + layout.left_out
    return [(row.row, row.section, {k: v for k, v in row.cells.items() if k != "section" and v}) for row in layout.rows]


def laid_out(folder: Path, format_: str, blocks: Sequence[Block]) -> Layout:
    return lay_out(read_document(FORMATS[format_](folder, blocks)), namer())


BASE: Found = [(1, A, of(FORUM)), (2, A, of(CAMP)), (3, B, of(FAIR))]
FLAT: Found = [(number, "", cells) for number, _, cells in BASE]


def sections(first: Row, second: Row) -> list[Row]:
    """Return the body of the report with these two heading rows."""
    return [first, ["1.", *FORUM], ["2.", *CAMP], second, ["3.", *FAIR]]


class Case(NamedTuple):
    blocks: Sequence[Block]
    rows: Found = BASE
    remarks: Sequence[str] = ()


BARE = [["1.", *FORUM], ["2.", *CAMP], ["3.", *FAIR]]
ONE, TWO = Wide(A, 6), Wide(B, 6)
GO_ON = {
    "begins with the municipality": Case([TITLE, [HEAD, [ONE], *BARE[:2]], [[TWO], BARE[2]]]),
    "Word numbers by itself": Case(
        [TITLE, [HEAD, [ONE], ["", *FORUM]], [["", *CAMP]], [[TWO], ["", *FAIR]]],
    ),
    "a table a municipality, headings in the first only": Case(
        [TITLE, A, [HEAD, *BARE[:2]], B, [["1.", *FAIR]]], remarks=["layout-number-restart"]
    ),
    "headings in the first only, numbers go on": Case([TITLE, A, [HEAD, *BARE[:2]], B, [BARE[2]]]),
    "the headings are a table of their own": Case([TITLE, [HEAD], sections([ONE], [TWO])]),
    "continued by the numbers of the columns": Case(
        [TITLE, [HEAD, list("123456"), [ONE], *BARE[:2]], [list("123456"), [TWO], BARE[2]]]
    ),
    "without the column of numbers": Case([TITLE, [HEAD, [ONE], *BARE[:2]], [[Wide(B, 5)], FAIR]]),
    "numbers of its own, no municipality": Case(
        [TITLE, [HEAD, *BARE[:2]], [["1.", *FAIR]]], FLAT, ["layout-number-restart"]
    ),
    "the municipality alone in a table": Case([TITLE, [HEAD, [ONE], *BARE[:2]], [[TWO]], [BARE[2]]]),
}


@pytest.mark.parametrize("format_", ["docx", "html"])
@pytest.mark.parametrize("name", GO_ON)
def test_a_table_without_headings_goes_on(name: str, format_: str, tmp_path: Path) -> None:
    case = GO_ON[name]
    layout = laid_out(tmp_path, format_, case.blocks)
    assert found(layout) == case.rows
    assert [code for code, _ in codes(layout.problems)] == list(case.remarks)


def test_rows_that_should_go_on_but_do_not_fit_are_left_out_with_an_error(tmp_path: Path) -> None:
    narrow = [["3.", "Ярмарка", "г. Псков"], ["4.", "Слёт", "г. Остров"]]
    layout = laid_out(tmp_path, "docx", [TITLE, [HEAD, *BARE[:2]], narrow])
    assert found(layout) == FLAT[:2]
    assert [(problem.code, problem.row, problem.severity) for problem in layout.problems] == [
        ("layout-table-apart", 3, "error"), ("layout-table-apart", 4, "error")
    ]  # fmt: skip
    assert (layout.seen, layout.left_out) == (4, 2)


@pytest.mark.parametrize(
    "table",
    [
        [["Глава города", "И.И. Иванов"]],
        [["№", "Ф.И.О.", "Должность", "Телефон", "Почта", "Кабинет"], ["1", "Ким", "мэр", "12-34", "a@b", "5"]],
        [["Показатель", "2023", "2024"], ["Мероприятий", "5", "7"]],
    ],
    ids=["signature", "as wide, own headings", "figures"],
)
def test_other_tables_are_no_continuation(table: list[Row], tmp_path: Path) -> None:
    layout = laid_out(tmp_path, "docx", [TITLE, [HEAD, *BARE], table])
    assert found(layout) == FLAT
    assert codes(layout.problems) == [("layout-other-table", None)]


TALL = [Tall(text, 2) for text in HEAD]
HEADS: dict[str, Sequence[Row]] = {
    "blank over the numbers": [["", *HEAD[1:]]],
    "two rows": [[TALL[0], TALL[1], Wide("Проведение", 2), TALL[4], TALL[5]], ["Место", "Сроки"]],
    "three rows": [
        [Tall("№", 3), Wide("Мероприятие", 3), Tall("Цель", 3), Tall("Участники", 3)],
        [Tall("Наименование", 2), Wide("Проведение", 2)],
        ["Место", "Сроки"],
    ],
    "a first row that is no report's": [
        [Tall("№", 2), Wide("Сведения", 3), Wide("Прочее", 2)],
        ["Наименование мероприятия", "Место", "Сроки", "Цель", "Участники"],
    ],
    "two rows, blank instead of joined": [
        ["№", "Мероприятие", Wide("Проведение", 2), "Цель", "Участники"],
        ["", "", "Место", "Сроки", "", ""],
    ],
    "joined text in every cell": [
        ["№", "Мероприятие", "Проведение", "Проведение", "Цель", "Участники"],
        ["№", "Мероприятие", "Место", "Сроки", "Цель", "Участники"],
    ],
    "letters and numbers of columns": [HEAD, ["А", "Б", "1", "2", "3", "4"]],
    "Latin letters that look Cyrillic": [["№", "Haимeнoвaниe", "MECTO", "Cpoки", "Цeль", "Учacтники"]],
}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", HEADS)
def test_headings_of_several_rows(name: str, format_: str, tmp_path: Path) -> None:
    layout = laid_out(tmp_path, format_, [TITLE, [*HEADS[name], *sections([ONE], [TWO])]])
    assert found(layout) == BASE
    assert {problem.code for problem in layout.problems} <= {"layout-mixed-heading"}


def test_mended_headings_are_told(tmp_path: Path) -> None:
    layout = laid_out(tmp_path, "docx", [TITLE, [["№", "Haимeнoвaниe", "Место", "Сроки", "Цeль", "Участники"], *BARE]])
    told = [dict(problem.values)["heading"] for problem in layout.problems]
    assert told == ["Haимeнoвaниe", "Цeль"]


def test_two_rows_of_headings_without_spans() -> None:
    """So does antiword hand over a .doc: blanks stand below what was joined."""
    head = [["№", "Мероприятие", "Проведение", "Цель", "Участники"], ["", "", "Место", "Сроки", "", ""]]
    rows = enumerate([*head, *BARE], 1)
    cells = ((index, tuple(Cell(text, column) for column, text in enumerate(row))) for index, row in rows)
    table = Table(1, tuple(PhysicalRow(index, row) for index, row in cells))
    layout = lay_out(Document("a.doc", "", TITLE, (table,)), namer())
    assert found(layout) == FLAT and not layout.problems


def test_begin_and_end_are_one_date(tmp_path: Path) -> None:
    head: list[Row] = [
        [Tall("№", 2), Tall("Мероприятие", 2), Wide("Дата проведения", 2), Tall("Место", 2)],
        ["начала", "окончания"],
    ]
    rows = [["1.", "Слёт", "3 мая 2024", "5 мая 2024", "г. Псков"], ["2.", "Визит", "7 мая 2024", "", "г. Остров"]]
    layout = laid_out(tmp_path, "docx", [TITLE, [*head, *rows]])
    assert [row.cells["dates"] for row in layout.rows] == ["3 мая 2024 – 5 мая 2024", "7 мая 2024"]


SECTIONS = {
    "Roman number, joined": sections(["I.", Wide(A, 5)], ["II.", Wide(B, 5)]),
    "Roman number, cells blank": sections(["I", A, "", "", "", ""], ["II", B, "", "", "", ""]),
    "number in the text": sections([Wide(f"1. {A}", 6)], [Wide(f"Раздел II. {B}", 6)]),
    "letter of its own": sections(["А)", Wide(A, 5)], ["Б)", Wide(B, 5)]),
    "letter": sections([Wide(f"а) {A}", 6)], [Wide(f"б) {B}", 6)]),
    "text in every cell": sections([A] * 6, [B] * 6),
    "text in every cell but the number's": sections(["I.", *[A] * 5], ["", *[B] * 5]),
    "second cell": sections(["", A, "", "", "", ""], ["", B, "", "", "", ""]),
    "third cell": sections(["", "", A, "", "", ""], ["", "", B, "", "", ""]),
    "second cell, joined": sections(["", Wide(A, 5)], ["", Wide(B, 5)]),
}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", SECTIONS)
def test_sections(name: str, format_: str, tmp_path: Path) -> None:
    layout = laid_out(tmp_path, format_, [TITLE, [HEAD, *SECTIONS[name]]])
    assert found(layout) == BASE
    assert not layout.problems


@pytest.mark.parametrize("format_", FORMATS)
def test_sections_numbered_like_rows_head_their_parts(format_: str, tmp_path: Path) -> None:
    joined = [["1.", Wide(A, 5)], ["1.1.", *FORUM], ["1.2.", *CAMP], ["2.", Wide(B, 5)], ["2.1.", *FAIR]]
    apart = [["1", A, *[""] * 4], ["1,1", *FORUM], ["1,2", *CAMP], ["2", B, *[""] * 4], ["2,1", *FAIR]]
    again = [["1.", A, *[""] * 4], ["1.", *FORUM], ["2.", *CAMP], ["2.", B, *[""] * 4], ["1.", *FAIR]]
    for body in (joined, apart, again):
        assert found(laid_out(tmp_path, format_, [TITLE, [HEAD, *body]])) == BASE


@pytest.mark.parametrize(
    "theme",
    [
        "Сотрудничество в сфере культуры",
        "Январь",
        "2024",
        "2024 год",
        "II квартал",
        "Отдел спорта",
        "Республика Беларусь",
        "Город Минск (Республика Беларусь)",
    ],
)
def test_themes_stand_below_their_municipality(theme: str, tmp_path: Path) -> None:
    body: list[Row] = [[ONE], [Wide(theme, 6)], ["1.", *FORUM], ["2.", *CAMP], [TWO], ["3.", *FAIR]]
    below = [(1, f"{A} {theme}", of(FORUM)), (2, f"{A} {theme}", of(CAMP)), BASE[2]]
    layout = laid_out(tmp_path, "docx", [TITLE, [HEAD, *body]])
    assert found(layout) == below
    assert layout.rows[0].cells["section"] == f"{A}\n{theme}"
    assert not layout.problems


@pytest.mark.parametrize("format_", FORMATS)
def test_sums_and_signatures_are_no_rows(format_: str, tmp_path: Path) -> None:
    ends: list[Row] = [["", "Всего по району", "", "2", "", ""], ["", "Начальник отдела", "", "", "", "И.И. Петров"]]
    layout = laid_out(tmp_path, format_, [TITLE, [HEAD, *sections([ONE], [TWO]), ["Итого", *[""] * 4, "3"], *ends]])
    assert found(layout) == BASE
    assert [code for code, _ in codes(layout.problems)] == ["layout-total", "layout-total", "layout-row-no-event"]


def test_a_column_of_municipalities_before_the_numbers(tmp_path: Path) -> None:
    head = ["Муниципальное образование", *HEAD]
    body: list[Row] = [[Tall(A, 2), *BARE[0]], BARE[1], [B, *BARE[2]]]
    for format_ in FORMATS:
        layout = laid_out(tmp_path, format_, [TITLE, [head, *body, head, list("1234567")]])
        assert found(layout) == BASE and not layout.problems


# By the grid


def grid(properties: str) -> str:
    return f"<w:trPr>{properties}</w:trPr>"


def test_cells_are_placed_by_the_grid_where_some_are_missing(tmp_path: Path) -> None:
    late = grid('<w:gridBefore w:val="1"/>') + tcs(CAMP)
    short = grid('<w:gridAfter w:val="1"/>') + tcs(["3.", *FAIR[:4]])
    body = tbl(tcs(HEAD), tcs(BARE[0]), late, short, tcs(["4.", *FORUM]))
    layout = lay_out(read_document(write_docx(tmp_path / "a.docx", body)), namer())
    rows = [(2, "", of(CAMP)), (3, "", {k: v for k, v in of(FAIR).items() if k != "participants"})]
    assert found(layout) == [FLAT[0], *rows, (4, "", of(FORUM))]
    missing = [dict(p.values)["columns"] for p in layout.problems if p.code == "layout-cells-missing"]
    assert missing == ["«№ п/п»", "«Участники»"]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_cell_over_two_columns_holds_both(format_: str, tmp_path: Path) -> None:
    joined: Row = ["2.", CAMP[0], Wide("г. Мурманск, июль 2024 г.", 2), *CAMP[3:]]
    layout = laid_out(tmp_path, format_, [TITLE, [HEAD, BARE[0], joined, BARE[2]]])
    both = of([CAMP[0], "г. Мурманск, июль 2024 г.", "г. Мурманск, июль 2024 г.", *CAMP[3:]])
    assert found(layout) == [FLAT[0], (2, "", both), FLAT[2]]
    [told] = layout.problems
    assert (told.code, told.row) == ("layout-cells-joined", 2)
    assert dict(told.values)["columns"] == "«Место проведения», «Сроки проведения»"


def test_a_short_row_of_a_web_page_is_filled_from_the_left(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    rows = "".join(f"<tr>{''.join(f'<td>{text}' for text in row)}" for row in (HEAD, BARE[0], BARE[1][:5], BARE[2]))
    path.write_text(f"<!doctype html><p>{TITLE}<table>{rows}</table>", encoding="utf-8")
    layout = lay_out(read_document(path), namer())
    assert found(layout)[1] == (2, "", {k: v for k, v in of(CAMP).items() if k != "participants"})
    assert codes(layout.problems) == [("layout-cells-missing", 2)]


def test_a_cell_that_joins_nearly_all_columns_is_no_row(tmp_path: Path) -> None:
    note: Row = ["2.", Wide("Сведения о проведении мероприятия будут представлены дополнительно. " * 4, 5)]
    layout = laid_out(tmp_path, "docx", [TITLE, [HEAD, BARE[0], note, BARE[2]]])
    assert [row.row for row in layout.rows] == [1, 3]
    assert codes(layout.problems) == [("layout-cell-count", 2)]


# What is no report


@pytest.mark.parametrize(
    "table",
    [
        [["№", "Наименование товара", "Срок поставки", "Место поставки"], ["1", "Батарея", "2 мая 2024", "г. Псков"]],
        [["№", "Наименование получателя", "Адрес", "Наименование выполняемых работ"], ["1", "МБУ", "Псков", "Ремонт"]],
        [["Наименование и шифр документации", "Состав участников", "Срок"], ["Проект", "СНиП", "2024"]],
        [["№", "Наименование", "Ед. изм.", "Срок поставки", "Место поставки"], ["1", "Батарея", "шт.", "май", "Псков"]],
        [["Flag", "Value", "Text"], ["Title", "Date Format", ""], ["AllColors", "True", "Run"]],
        [["Мероприятие", "Визит делегации"], ["Дата", "2 мая 2024"], ["Место", "г. Псков"], ["Участники", "Мэр"]],
    ],
    ids=["goods", "works", "papers", "delivery", "tests below headings", "card"],
)
def test_tables_that_are_no_reports_are_refused(table: list[Row], tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        laid_out(tmp_path, "docx", ["Приложение", table])
    assert caught.value.problem.code == "layout-no-report"


def test_a_contract_beside_a_report_is_no_part_of_it(tmp_path: Path) -> None:
    goods = [["№", "Наименование товара", "Место", "Срок", "Цена", "Сумма"], ["1", "Батарея", "Псков", "май", "5", "7"]]
    layout = laid_out(tmp_path, "docx", [TITLE, [HEAD, *BARE], goods])
    assert found(layout) == FLAT
    assert codes(layout.problems) == [("layout-other-table", None)]


# Sheets


def workbook(path: Path, sheets: dict[str, Sequence[Row]]) -> Path:
    with Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_sheets_named_like_municipalities_are_sections(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"г. Архангельск": [HEAD, *BARE[:2]], B: [[TITLE], HEAD, BARE[2]]})
    layout = lay_out(read_document(path), namer())
    assert [(row.row, row.section) for row in layout.rows] == [(1, "г. Архангельск"), (2, "г. Архангельск"), (3, B)]
    assert not layout.problems


def test_sheets_named_by_the_program_say_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Лист1": [HEAD, [A], *BARE[:2]], "Лист2": [HEAD, BARE[2]]})
    layout = lay_out(read_document(path), namer())
    assert [(row.row, row.section) for row in layout.rows] == [(1, A), (2, A), (3, A)]


def test_a_sheet_of_a_quarter_does_not_go_on_with_the_municipality_before(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"I квартал": [HEAD, [A], *BARE[:2]], "II квартал": [HEAD, BARE[2]]})
    layout = lay_out(read_document(path), namer())
    assert [(row.row, row.section) for row in layout.rows] == [(1, A), (2, A), (3, "II квартал")]


# The event's column by what stands in it


def _unknown(heading: str, *titles: str) -> list[Row]:
    rows = [[str(n), f"{n} мая 2024 г.", "г. Псков", title, "Жители"] for n, title in enumerate(titles, 1)]
    return [["№", "Дата", "Место", heading, "Участники"], *rows]


@pytest.mark.parametrize("heading", ["Чем порадовали", "Строка дневника", "Дела"])
def test_titles_under_an_unknown_heading_are_the_event(heading: str, tmp_path: Path) -> None:
    table = _unknown(heading, "Визит делегации Бреста", "Турнир по самбо", "Неделя дружбы", "Концерт хора")
    layout = laid_out(tmp_path, "docx", [TITLE, table])
    assert [row.cells["name"] for row in layout.rows] == [row[3] for row in table[1:]]
    assert codes(layout.problems) == [("layout-title-by-content", None)]


@pytest.mark.parametrize(
    "table",
    [
        _unknown("Товар", "Батарея чугунная", "Насос", "Кран шаровой"),
        _unknown("Наименование груза", "Концерт хора", "Турнир по самбо"),
        _unknown("Ф.И.О.", "Ветров А.И.", "Сомова Е.Н.", "Рыбин П.П."),
        _unknown("Отметка", "Концерт хора", "Концерт хора", "Концерт хора"),
        _unknown("Сумма", "120 000", "35 000"),
        _unknown("Отзыв", "Концерт понравился всем.", "Турнир прошёл хорошо."),
    ],
    ids=["goods", "named goods", "persons", "one text", "figures", "sentences"],
)
def test_other_columns_are_no_titles(table: list[Row], tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        laid_out(tmp_path, "docx", ["Приложение", table])
    assert caught.value.problem.code == "layout-no-report"


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Пункт плана (мероприятие)", ("name",)),
        ("Что проведено", ("name",)),
        ("О чём событие", ("name",)),
        ("Чем завершилось", ("result",)),
        ("Чем закончилось", ("result",)),
        ("Число, месяц", ("dates",)),
        ("Число участников", ("participants",)),
        ("Лица и организации", ("participants",)),
        ("Ход исполнения, достигнутый результат", ("result",)),
    ],
)
def test_further_headings_are_known(heading: str, names: tuple[str, ...]) -> None:
    assert namer().names(heading) == names

"""Columns are known by their headings, sections and numbers are kept, and every row is accounted for."""

import json
from pathlib import Path

import pytest

from pobratim.layout.numbering import number_rows
from pobratim.layout.walk import lay_out
from pobratim.messages import describe
from pobratim.readers import read_document
from tests.support.places import ROOT, SHARED
from tests.support.report_documents import HEADER, codes, dump, layout_of, namer, row, tbl, tc, tcs, write_docx

EXAMPLE = ROOT / "examples" / "smolensk-2023-q1.txt"
WORD = [
    ROOT / "examples" / "smolensk-2023-q1.docx",
    ROOT / "tests" / "fixtures" / "documents" / "smolensk-2023-q1-auto-numbered.docx",
]


@pytest.mark.parametrize("path", WORD, ids=lambda path: path.stem)
def test_every_format_gives_the_same_rows(path: Path) -> None:
    dumped, word = lay_out(read_document(EXAMPLE), namer()), lay_out(read_document(path), namer())
    assert word.rows == dumped.rows
    assert word.title == dumped.title
    assert not dumped.problems and not word.problems


def test_the_example_report() -> None:
    layout = lay_out(read_document(EXAMPLE), namer())
    assert [item.row for item in layout.rows] == list(range(1, 35))
    assert len({item.section for item in layout.rows}) == 6
    assert layout.title.startswith("Отчет органов местного самоуправления")
    assert layout.title.endswith("за I квартал 2023 года")
    assert set(layout.rows[0].cells) == {"name", "place", "dates", "purpose", "participants", "section"}
    assert layout.rows[1].cells["dates"] == "Декабрь \n2022  года – январь \n2023 года"


@pytest.mark.shared
@pytest.mark.parametrize(("report", "count"), [("smolensk-2023-q1", 34), ("borderlands", 24)])
def test_real_reports_agree_with_the_gold(report: str, count: int) -> None:
    path = SHARED / "data" / f"{report}.txt"
    if not path.is_file():
        pytest.skip("the real reports are not part of the project")
    lines = (SHARED / "data" / f"{report}.gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    layout = lay_out(read_document(path), namer())
    found = [(item.row, item.section, " ".join(item.cells["name"].split())) for item in layout.rows]
    assert found == [(line["row"], line["section"], line["title"]) for line in gold]
    assert (layout.seen, layout.left_out, layout.problems) == (count, 0, ())


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("№\nп/п", ("number",)),
        ("Наименование мероприятия", ("name",)),
        ("Мероприятие", ("name",)),
        ("Место проведения\nмероприятия", ("place",)),
        ("Дата и место проведения", ("dates", "place")),
        ("Наименование, сроки, место", ("name", "dates", "place")),
        ("Цель, содержание и результат мероприятия (в том числе о подписанных документах)", ("purpose",)),
        ("Краткая информация о мероприятии", ("purpose",)),
        ("Результаты (итоги)", ("result",)),
        ("Участники мероприятия (общее количество)", ("participants",)),
        ("Наименование зарубежного партнёра", ("participants",)),
        ("Наименование муниципального образования", ("section",)),
        ("Ответственный исполнитель", ("responsible",)),
        ("Страна", ("country",)),
        ("Объём финансирования", ()),
        ("", ()),
    ],
)
def test_headings_are_known_by_their_words(heading: str, names: tuple[str, ...]) -> None:
    assert namer().names(heading) == names


def test_columns_stand_in_any_order_and_some_are_absent(tmp_path: Path) -> None:
    layout = layout_of(
        tmp_path,
        dump(
            ["№", "Сроки", "Событие", "Участники", "Смета"],
            ["Город Псков"],
            ["1. ", "май", "Форум", "Гости", "0"],
        ),
    )
    assert layout.rows[0].cells == {
        "dates": "май", "name": "Форум", "participants": "Гости", "section": "Город Псков"
    }  # fmt: skip
    assert codes(layout.problems) == [("layout-unknown-column", None)]
    assert "«Смета»" in describe(layout.problems[0], "ru")


def test_repeated_headings_and_column_numbers_are_no_rows(tmp_path: Path) -> None:
    spaced = [text.replace(" ", "\n").upper() for text in HEADER]
    layout = layout_of(tmp_path, dump(HEADER, list("123456"), row(1), spaced, list("123456"), row(2)))
    assert [item.row for item in layout.rows] == [1, 2]
    assert layout.seen == 2 and not layout.problems


def test_a_second_heading_below_may_change_the_order(tmp_path: Path) -> None:
    turned = [HEADER[0], HEADER[3], HEADER[2], HEADER[1], *HEADER[4:]]
    layout = layout_of(tmp_path, dump(HEADER, row(1), turned, ["2. ", "май", "г. Остров", "Слёт", "Цель дня", "Гости"]))
    assert [item.cells["name"] for item in layout.rows] == ["Форум", "Слёт"]


@pytest.mark.parametrize("cells", [row(2)[:5], [*row(2), "ещё"]], ids=["five", "seven"])
def test_rows_with_a_wrong_number_of_cells_are_left_out_alone(tmp_path: Path, cells: list[str]) -> None:
    layout = layout_of(tmp_path, dump(HEADER, row(1), cells, row(3), row(4)))
    assert [item.row for item in layout.rows] == [1, 3, 4]
    assert codes(layout.problems) == [("layout-cell-count", 2)]
    assert dict(layout.problems[0].values) == {"expected": "6", "found": str(len(cells))}
    assert (layout.seen, layout.joined, layout.left_out) == (4, 0, 1)


def test_a_row_with_only_a_number_is_reported(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, dump(HEADER, row(1), ["2. ", "", "", "", "", ""], row(3)))
    assert codes(layout.problems) == [("layout-empty-row", 2)]


def test_a_row_without_number_and_with_gaps_goes_on_with_the_row_above(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, dump(HEADER, row(1), ["", "", "", "", "и\nдружба", "и гости"], row(2)))
    assert layout.rows[0].cells["participants"] == "Делегация\nи гости"
    assert layout.rows[0].cells["place"] == "г. Псков"
    assert codes(layout.problems) == [("layout-continued", 1)]
    assert (layout.seen, layout.joined) == (3, 1)


def test_a_row_that_lacks_only_its_number_is_a_row(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, dump(HEADER, row(1), row("", "Слёт"), row(3)))
    assert [(item.row, item.cells["name"]) for item in layout.rows] == [
        (1, "Форум"),
        (2, "Слёт"),
        (3, "Форум"),
    ]
    assert codes(layout.problems) == [("layout-number-missing", 2)]


def test_cells_joined_downwards(tmp_path: Path) -> None:
    start, inside = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    first, second = row(1), row(2)
    body = tbl(
        tcs(HEADER),
        tc(first[0], start) + tc(first[1], start) + tcs(first[2:]),
        tc("", inside) + tc("", inside) + tcs(["г. Остров", "", "", "Гости"]),
        tcs(second[:2]) + tc(second[2], start) + tcs(second[3:]),
        tcs(["3. ", "Слёт"]) + tc("", inside) + tcs(row(3)[3:]),
    )
    layout = lay_out(read_document(write_docx(tmp_path / "a.docx", body)), namer())
    assert [item.cells["place"] for item in layout.rows] == ["г. Псков\nг. Остров", "г. Псков", "г. Псков"]
    assert layout.rows[0].cells["name"] == "Форум"


def test_a_heading_of_two_rows(tmp_path: Path) -> None:
    start, inside = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tc("№", start)
        + tc("Мероприятие", start)
        + tc("Проведение", '<w:gridSpan w:val="2"/>')
        + tc("Участники", start),
        tc("", inside) + tc("", inside) + tc("Место") + tc("Дата") + tc("", inside),
        tcs(["1.", "Форум", "г. Псков", "май", "Гости"]),
    )
    layout = lay_out(read_document(write_docx(tmp_path / "a.docx", body)), namer())
    assert layout.rows[0].cells == {
        "name": "Форум",
        "place": "г. Псков",
        "dates": "май",
        "participants": "Гости",
    }
    assert not layout.problems


def test_cells_are_taken_in_order_where_borders_were_moved_by_hand(tmp_path: Path) -> None:
    moved = "".join(tc(text, f'<w:gridSpan w:val="{1 + number % 2}"/>') for number, text in enumerate(row(1)))
    layout = lay_out(read_document(write_docx(tmp_path / "a.docx", tbl(tcs(HEADER), moved))), namer())
    assert layout.rows[0].cells["participants"] == "Делегация"


def test_a_heading_may_stand_in_one_cell_of_an_unmerged_row(tmp_path: Path) -> None:
    body = tbl(tcs(HEADER), tcs(["", "Город Псков", "", "", "", ""]), tcs(row(1)))
    layout = lay_out(read_document(write_docx(tmp_path / "a.docx", body)), namer())
    assert [item.section for item in layout.rows] == ["Город Псков"]


def test_the_section_may_be_a_column(tmp_path: Path) -> None:
    header = ["№", "Муниципальное образование", "Мероприятие", "Дата"]
    layout = layout_of(tmp_path, dump(header, ["1. ", "Город Псков", "Форум", "май"], ["2. ", "", "Слёт", "июнь"]))
    assert [item.section for item in layout.rows] == ["Город Псков", "Город Псков"]


def test_headings_without_rows_are_reported(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, dump(HEADER, ["Псковская область"], ["Город  Псков"], row(1), ["Итого: 1"]))
    assert layout.rows[0].section == "Город Псков"
    assert layout.rows[0].cells["section"] == "Город  Псков"
    assert codes(layout.problems) == [("layout-unused-heading", None), ("layout-total", None)]


def test_several_tables_with_captions_and_one_that_is_no_report(tmp_path: Path) -> None:
    def line(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    parts = [
        line("Отчет за год"), "<w:p/>", line("Город Псков"), tbl(tcs(HEADER), tcs(row(1)), tcs(row(2))),
        line("Город Остров"), tbl(tcs(HEADER), tcs(row(1))), tbl(tcs(["Глава", "И. Иванов"])),
    ]  # fmt: skip
    layout = lay_out(read_document(write_docx(tmp_path / "a.docx", "".join(parts))), namer())
    assert layout.title == "Отчет за год"
    assert [(item.row, item.table, item.section) for item in layout.rows] == [
        (1, 1, "Город Псков"), (2, 1, "Город Псков"), (3, 2, "Город Остров")
    ]  # fmt: skip
    assert codes(layout.problems) == [("layout-other-table", None), ("layout-number-restart", 3)]


def test_a_table_cut_in_two_goes_on(tmp_path: Path) -> None:
    body = tbl(tcs(HEADER), tcs(["Город Псков"]), tcs(row(1))) + "<w:p/>" + tbl(tcs(row(2)), tcs(row(3)))
    layout = lay_out(read_document(write_docx(tmp_path / "a.docx", body)), namer())
    assert [(item.row, item.section) for item in layout.rows] == [(number, "Город Псков") for number in (1, 2, 3)]


@pytest.mark.parametrize(
    ("printed", "rows", "remarks"),
    [
        ([None, None], [1, 2], ["", ""]),
        ([7, 8], [7, 8], ["", ""]),
        ([1, 3], [1, 3], ["", "gap"]),
        ([1, 3, 2], [1, 3, 2], ["", "gap", "order"]),
        ([1, 2, 2, 3], [1, 2, 4, 3], ["", "", "repeated", ""]),
        ([1, 2, 2, 4], [1, 2, 3, 4], ["", "", "repeated", "gap"]),
        ([1, None, 3], [1, 2, 3], ["", "missing", ""]),
        ([None, 1], [2, 1], ["missing", ""]),
        ([1, None, 2], [1, 3, 2], ["", "missing", "order"]),
        ([1, 2, 1, 2, 3], [1, 2, 3, 4, 5], ["", "", "restart", "", ""]),
    ],
)
def test_numbers_are_kept_where_they_can_be(printed: list[int | None], rows: list[int], remarks: list[str]) -> None:
    numbered = number_rows(printed, [False] * len(printed))
    assert [item.row for item in numbered] == rows
    assert [item.code.removeprefix("layout-number-") for item in numbered] == remarks


def test_every_message_of_the_layout_can_be_told_in_both_languages(tmp_path: Path) -> None:
    rows = [[*HEADER[:5], "Смета"], row(1), row(2)[:4], row(2, ""), row(2), row(5), ["", "", "", "", "и", ""]]
    layout = layout_of(tmp_path, dump(["Шапка", "лишняя"], *rows, ["Итого: 5"]) + "\nПодпись")
    told = [describe(problem, lang) for problem in layout.problems for lang in ("ru", "en")]
    assert len({problem.code for problem in layout.problems}) >= 6
    assert all(line.startswith("report.txt") and "{" not in line for line in told)
    assert layout.seen == len(layout.rows) + layout.joined + layout.left_out

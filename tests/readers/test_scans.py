"""Pages that are pictures: their paper, lines, grids and words, and what is said where nothing can recognise them."""

import numpy as np
import pytest

from pobratim.content import content_root
from pobratim.errors import UnreadableDocumentError
from pobratim.extract.doubts import lower_confidence
from pobratim.layout.columns import load_columns
from pobratim.layout.walk import ReportRow, lay_out
from pobratim.messages import LANGUAGES, describe
from pobratim.readers import read_bytes
from pobratim.readers.paged import Part, append
from pobratim.readers.scans import reading
from pobratim.readers.scans.doubts import repeated, unsure
from pobratim.readers.scans.grids import broken
from pobratim.readers.scans.mending import mended
from pobratim.readers.scans.page import Box, Ruled, Said
from pobratim.readers.scans.paper import skew, whitened
from pobratim.readers.scans.ruling import strokes
from pobratim.readers.spans import Spanned, followed_by, made_of, spanned_rows
from pobratim.record import Evidence, Record
from pobratim.table import Cell, Document, Row, Table, Unsure
from tests.support.scans import Grey, scan_pdf, scanned

WIDTHS = (0.0, 30.0, 160.0, 260.0, 345.0, 560.0, 731.0)


def _refused(data: bytes, file: str) -> UnreadableDocumentError:
    with pytest.raises(UnreadableDocumentError) as raised:
        read_bytes(data, file)
    return raised.value


def test_without_tesseract_a_scan_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "installed", lambda: None)
    page = np.full((600, 800), 255, dtype=np.uint8)
    error = _refused(scan_pdf([page], 200), "scan.pdf")
    assert error.problem.code == "reader-scan-needs-tesseract"
    assert all("apt-get install tesseract-ocr tesseract-ocr-rus" in describe(error.problem, lang) for lang in LANGUAGES)


# The picture


def _ruled(dpi: int = 200, turn: float = 0.0) -> Grey:
    """Return a page with a grid of three columns and four rows in thin lines, with grain."""
    page = np.full((6 * dpi, 8 * dpi), 255, dtype=np.uint8)
    for row in range(5):
        page[dpi + row * dpi : dpi + row * dpi + 2, dpi : 7 * dpi] = 0
    for column in range(4):
        page[dpi : 5 * dpi, dpi + 2 * column * dpi : dpi + 2 * column * dpi + 2] = 0
    return scanned(page, 7, turn)


@pytest.mark.parametrize("turn", [-2.0, 0.0, 0.4, 1.0, 3.0])
def test_skew_is_found_to_some_hundredths_of_a_degree(turn: float) -> None:
    assert skew(whitened(_ruled(turn=turn), 200)) == pytest.approx(-turn, abs=0.06)


def test_lines_are_found_and_what_ends_on_none_is_not() -> None:
    page = whitened(_ruled(), 200)
    page[50:150, 900:902] = 0  # a stroke beside the table
    found = strokes(page, 200)
    assert (len(found.across), len(found.down)) == (5, 4)
    assert len(strokes(page, 200, anchored=False).down) == 5


def test_a_line_in_pieces_is_one() -> None:
    page = whitened(_ruled(), 200)
    page[290:300, :] = 255
    assert len(strokes(page, 200).down) == 4


def test_grain_and_shadow_are_gone_from_the_paper() -> None:
    page = np.full((400, 400), 200.0)
    page *= np.linspace(0.6, 1.0, 400)
    page[200:203, 100:300] = 20
    white = whitened(np.clip(page + np.random.default_rng(1).normal(0, 10, page.shape), 0, 255).astype(np.uint8), 200)
    assert np.mean(white[:150] > 240) > 0.97
    assert white[201, 150:250].max() < 60


# Grids


def _table(*numbers: str, widths: tuple[float, ...] = WIDTHS, left: float = 60.0) -> Ruled:
    def row(number: str) -> tuple[Box, ...]:
        return tuple(Box(1, 1, ((Said(number if not at else "слово", 96.0),),)) for at in range(len(widths) - 1))

    return Ruled(tuple(left + width for width in widths), tuple(map(row, numbers)))


def test_pages_of_one_table_hold_if_their_columns_are_the_same() -> None:
    assert not broken(
        {0: [_table("1.", "2.", "3.")], 1: [_table("4.", "5.", left=72.0)], 2: [_table("6.", "1.", "2.")]}
    )


def test_a_page_that_lost_or_won_a_line_does_not_hold() -> None:
    lost, won = WIDTHS[:3] + WIDTHS[4:], (*WIDTHS[:4], 300.0, *WIDTHS[4:])
    pages = {0: [_table("1.", "2.")], 1: [_table("3.", widths=lost)], 2: [_table("4.")], 3: [_table("5.", widths=won)]}
    assert broken(pages) == [1, 3]


def test_a_page_whose_line_between_two_columns_is_missing_does_not_hold() -> None:
    page = _table("3.", "4.", "5.")
    joined = [(Box(2, 1, row[0].lines), *row[2:]) for row in page.rows[1:]]
    assert broken({0: [_table("1.", "2.")] * 5, 1: [Ruled(page.edges, (page.rows[0], *joined))]}) == [1]


def test_another_table_is_none_of_the_first() -> None:
    assert not broken({0: [_table("1.", "2.")], 1: [_table("1.", widths=(0.0, 240.0, 400.0, 731.0))]})


def test_rows_out_of_order_do_not_hold() -> None:
    assert broken({0: [_table("1.", "2.")], 1: [_table("9.", "4.", "8.", "3.", "7.")]}) == [1]


def test_heads_that_were_read_otherwise_are_one() -> None:
    def part(*rows: list[str]) -> Part:
        return Part((0.0, 1.0, 2.0), [[Spanned(text) for text in row] for row in rows], recognised=True)

    above = part(["№ п/п", "Наименование мероприятия"], ["1.", "Форум"])
    append(above, part(["№ п/н", "Наименовавие мероприятия"], ["2.", "Слёт"]))
    assert [row[0].text for row in above.rows] == ["№ п/п", "1.", "2."]


# Words


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("за [ квартал 2023 года", "за I квартал 2023 года"),
        ("Участие в П Международном конкурсе", "Участие в II Международном конкурсе"),
        ("ГУ открытый фестиваль", "IV открытый фестиваль"),
        ("в УП областной научно-практической конференции", "в VII областной научно-практической конференции"),
        ("«Ш Всероссийский форум»", "«III Всероссийский форум»"),
        ("в И международном конкурсе", "в II международном конкурсе"),
        ("Участие в М Международной олимпиаде", "Участие в IV Международной олимпиаде"),
        ("И международный форум", "И международный форум"),
        ("М. Иванов и международный форум", "М. Иванов и международный форум"),
        ("ГУ «Музей истории»", "ГУ «Музей истории»"),
        ("Г. Москва", "Г. Москва"),
        ("У нового музея", "У нового музея"),
        ("11 Международный конкурс", "11 Международный конкурс"),
        ("года -– 18", "года – 18"),
        ("года-– 18", "года – 18"),
        ("Ш международная", "III международная"),
        ("видеоконференц СВЯЗИ)", "видеоконференц связи)"),
        ("с З-10 марта", "с 3-10 марта"),
        ("встреча Зянваря", "встреча 3 января"),
        ("за здоровый образ ЖИЗНИ", "за здоровый образ жизни"),
        ("г. НИжний Новгород", "г. Нижний Новгород"),
        ("члены ООН и СССР", "члены ООН и СССР"),
        ("Захар Зуев", "Захар Зуев"),
    ],
)
def test_what_is_surely_misread_is_mended(read: str, meant: str) -> None:
    first, *rest = read.split()
    lines = ((Said(first, 90.0),), tuple(Said(text, 90.0) for text in rest))
    assert " ".join(said.text for line in mended(lines) for said in line) == meant


def test_latin_is_taken_where_no_russian_word_is() -> None:
    lines = (
        (
            Said("«Рие@по»", 40.0, latin="«Duettino»"),
            Said("СОР", 88.0, latin="COP"),
            Said("тест", 85.0, latin="TecT"),
            Said("МБ0У", 85.0, latin="MBOY"),
        ),
    )
    assert [said.text for said in mended(lines)[0]] == ["«Duettino»", "СОР", "тест", "МБ0У"]


def test_words_of_low_confidence_or_none_of_a_dictionary_are_doubtful() -> None:
    line = [Said("в", 95.0), Said("МБУДО", 96.0), Said("Витепске", 97.0), Said("-", 3.0), Said("школа", 61.0)]
    line += [Said("конкурсе-фестивале", 96.0), Said("Бохоноко", 95.0)]
    text = " ".join(said.text for said in line)
    found = [(text[one.start : one.end], one.confidence) for one in unsure(line, text, {"Бохоноко"})]
    assert found == [("Витепске", 0.5), ("школа", 0.61)]
    assert repeated([*line, Said("«Бохоноко»", 90.0)]) == {"Бохоноко"}


def test_doubts_stay_with_their_words() -> None:
    above = Spanned("органи-\nзация", unsure=(Unsure(0, 7, 0.4), Unsure(8, 13, 0.6)))
    joined = made_of(followed_by(above, Spanned("встреч", unsure=(Unsure(0, 6, 0.5),))), "организация\nвстреч")
    assert [(joined.text[one.start : one.end], one.confidence) for one in joined.unsure] == [
        ("органи", 0.4), ("зация", 0.6), ("встреч", 0.5)
    ]  # fmt: skip
    cell = spanned_rows([[joined]])[0].cells[0]
    assert cell.unsure == joined.unsure


def test_doubts_of_a_cell_and_of_the_heading_above_reach_the_row() -> None:
    def row(index: int, *texts: str, name: tuple[Unsure, ...] = ()) -> Row:
        return Row(index, tuple(Cell(text, at, unsure=name if at == 1 else ()) for at, text in enumerate(texts)))

    head = row(1, "№", "Наименование мероприятия", "Место проведения", "Сроки проведения", "Участники")
    heading = Row(2, (Cell("Город Смоленск", 0, 5, unsure=(Unsure(6, 14, 0.3),)),))
    event = row(3, "1.", "Форум в Бресте", "г. Брест", "3 мая 2023 года", "Школа № 1", name=(Unsure(8, 14, 0.5),))
    document = Document("r.pdf", "", "", (Table(1, (head, heading, event)),))
    laid = lay_out(document, load_columns(content_root() / "ontology" / "columns.ttl")).rows
    assert [dict(one.unsure) for one in laid] == [{"name": (Unsure(8, 14, 0.5),), "section": (Unsure(6, 14, 0.3),)}]


def test_a_value_is_no_surer_than_its_words() -> None:
    cells = {"name": "Форум в Витебске", "place": "Витебск"}
    found = [
        Evidence("/title", "name", 0, 16, cells["name"], "name-cell"),
        Evidence("/kind/0", "name", 0, 5, "Форум", "x"),
    ]
    found.append(Evidence("/places/0", "place", 0, 7, "Витебск", "settlement", 0.6))
    record = Record("r", 1, cells=cells, evidence=found)
    lower_confidence(
        [record], [ReportRow(1, 1, "", cells, 2, {"name": (Unsure(8, 16, 0.4),), "place": (Unsure(0, 7, 0.8),)})]
    )
    assert [one.confidence for one in record.evidence] == [0.4, 1.0, 0.6]

"""Briefs and yearly tables say what the explorer answers, with the sentence under each fact."""

import asyncio
import io
import zipfile
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from docx import Document

from pobratim.errors import UsageError
from pobratim.explore import Index, Selection
from pobratim.explore.dossier import Limits, dossier_of
from pobratim.explore.pair import pair_of
from pobratim.explore.parties import Party, party_of
from pobratim.explore.yearly import yearly_of
from pobratim.messages import Language
from pobratim.papers.form import form
from pobratim.papers.paper import Grid, Paper, Paragraph
from pobratim.papers.word import word_file
from pobratim.query.text_rows import Value
from pobratim.query.workbook import write_sheets
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet
from pobratim.site.explorer import sheet_rows
from pobratim.site.explorer.brief import EVENTS, pair_brief, party_brief
from pobratim.site.explorer.sheet_rows import MOST
from pobratim.site.explorer.sheets import LISTS, sheets
from pobratim.site.explorer.take_away import lasting, listed
from pobratim.site.explorer.yearly import YearlyTable
from pobratim.site.kinds import page_at
from pobratim.site.page import Page, Visit
from pobratim.site.reading import ReaderAsker
from pobratim.site.render import render
from pobratim.store.reader import MemoryReader, Reader


@pytest.fixture(scope="module")
def asker(example_store: Reader) -> ReaderAsker:
    return ReaderAsker(MemoryReader(example_store.quads()), DataSet("one"), ("Смоленск",))


@pytest.fixture(scope="module")
def index(asker: ReaderAsker) -> Index:
    return asyncio.run(asker.explored(lambda index: index))


def visit(address: str = "/", lang: Language = "ru", number: int = 3) -> Visit:
    parts = urlsplit(address)
    pairs = tuple(parse_qsl(parts.query))
    return Visit(lang, Addresses(DEFAULT_BASE, "http://127.0.0.1"), parts.path, pairs, is_chosen=False, number=number)


def party(index: Index, ref: str) -> Party:
    found = party_of(index, ref)
    assert found is not None
    return found


def pair(asker: ReaderAsker, index: Index, lang: Language = "ru") -> Paper:
    sides = (party(index, "by-vitebsk"), party(index, "ru-smolensk"))
    return asyncio.run(pair_brief(asker, *sides, visit(lang=lang)))


def grids(paper: Paper) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in block.rows] for block in paper.blocks if isinstance(block, Grid)]


def sentence(paper: Paper) -> str:
    first = next(block for block in paper.blocks if isinstance(block, Paragraph))
    return "".join(piece.text for piece in first.pieces).replace("\u00a0", " ")


def test_a_brief_of_a_pair_says_what_the_pair_has(asker: ReaderAsker, index: Index) -> None:
    told = pair_of(index, party(index, "ru-smolensk"), party(index, "by-vitebsk"), Selection())
    paper = pair(asker, index)
    couples, events, agreements = grids(paper)
    assert paper.title == "Смоленск — Витебск: справка о связях"
    assert sentence(paper).startswith("3 мероприятия в 2023 году; 1 соглашение, 2 пары школ.")
    assert len(couples) == told.found and [int(row[2]) for row in couples] == [each.events for each in told.couples]
    assert len(events) == told.events.found and len(agreements) == told.agreements.found
    assert [row[1][:20] for row in events] == [event.title[:20] for event in told.events.rows]
    assert all("сообщает Смоленск" in row[2] for row in events)
    assert "срок не указан" in agreements[0][3]


def test_every_event_and_agreement_has_a_note_on_where_it_stands(asker: ReaderAsker, index: Index) -> None:
    paper = pair(asker, index)
    tables = [block for block in paper.blocks if isinstance(block, Grid)]
    numbers = [note for table in tables for row in table.rows for cell in row for note in cell.notes]
    assert numbers == list(range(1, len(paper.notes) + 1)) and len(numbers) == 4
    first = paper.notes[0]
    assert first.where == "Смоленская область, I квартал 2023, строка 14, графа «Участники»"
    assert "Гимназии № 7" in first.mark.replace("\u00a0", " ")


def test_the_file_holds_all_of_it(asker: ReaderAsker, index: Index) -> None:
    paper = pair(asker, index)
    document: Any = Document(io.BytesIO(word_file(paper)))
    assert len(document.tables) == 3
    # A cell's text has the numbers of its notes behind it.
    assert [row.cells[1].text[:-1] for row in document.tables[1].rows[1:]] == [row[1] for row in grids(paper)[1]]
    assert sum(each.text[:2] in ("1.", "2.", "3.", "4.") for each in document.paragraphs) == 4


def test_a_brief_of_a_party_names_who_is_silent(asker: ReaderAsker, index: Index) -> None:
    vitebsk, smolensk = (
        asyncio.run(party_brief(asker, party(index, ref), visit())) for ref in ("by-vitebsk", "ru-smolensk")
    )
    small = [block.pieces[0].text for block in vitebsk.blocks if isinstance(block, Paragraph) and block.is_small]
    assert small[0].startswith("Отчётов самой стороны (Витебск) не загружено")
    told = dossier_of(index, party(index, "ru-smolensk"), Selection(), Limits())
    ties, events, _ = grids(smolensk)
    assert [row[0] for row in ties] == [tie.right.said("ru") for tie in told.ties] and len(events) == EVENTS
    rest = [block.pieces[0].text for block in smolensk.blocks if isinstance(block, Paragraph) and block.is_small]
    assert rest == [f"Здесь {EVENTS}; ещё {told.events.found - EVENTS} — в базе."]


def test_a_brief_in_english_has_english_words(asker: ReaderAsker, index: Index) -> None:
    paper = pair(asker, index, "en")
    assert paper.title == "Smolensk — Vitebsk: brief on ties" and paper.notes_heading == "Sources"
    assert grids(paper)[2][0][3].endswith("no term given")


def test_two_who_have_nothing_in_common_are_said_to(asker: ReaderAsker, index: Index) -> None:
    other = next(
        found for row in index.rows("SELECT ref FROM party WHERE kind = 'place' AND ties = 0 AND municipality")
        if (found := party_of(index, row["ref"])) and not found.is_ours
    )  # fmt: skip
    paper = asyncio.run(pair_brief(asker, party(index, "by-vitebsk"), other, visit()))
    assert "не сказано" in sentence(paper) and grids(paper) == [] and paper.notes == ()


def test_names_of_500_characters_keep_a_brief_short(asker: ReaderAsker, index: Index) -> None:
    for name in ("Учреждение " * 50, "Ы" * 500):
        long = replace(party(index, "ru-smolensk"), name=name, short=name)
        paper = asyncio.run(party_brief(asker, long, visit()))
        assert len(paper.title) < 220
        assert max(len(cell) for grid in grids(paper) for row in grid for cell in row) < 1200


def test_a_store_without_anything_has_no_one_to_tell_of() -> None:
    empty = ReaderAsker(MemoryReader(), DataSet("none"))
    for path, template in (("/yearly/ru-smolensk/2023", "pair-unknown.html"), ("/paths?from=a&to=b", "unloaded.html")):
        found = asyncio.run(page_at(empty, visit(path)))
        assert found is not None and found.template == template
    nothing = asyncio.run(empty.explored(lambda index: index))
    lists = [sheets(nothing, name, visit()) for name in LISTS if name != "dossier"]
    assert [[len(rows) for _, _, rows in each] for each in lists] == [[0]] * (len(LISTS) - 1)


def test_a_yearly_table_is_the_same_on_the_page_and_in_the_sheet(asker: ReaderAsker, index: Index) -> None:
    table = YearlyTable(yearly_of(index, party(index, "ru-smolensk"), 2023), form(), visit())
    (name, heads, rows), (_, _, said) = table.sheets()
    assert (name, heads[:3]) == ("Таблица", ("№", "Страна", "Партнёр"))
    vitebsk = next(row for row in rows if row[2] == "Витебск")
    assert vitebsk[3:9] == [3, None, None, None, 0, 3]  # no report for the later quarters: no nought
    assert rows[-1][0] == "Итого" and rows[-1][8] == 18
    assert any("II, III, IV" in str(text) for _, text in said) and any("911" in str(text) for _, text in said)
    page = asyncio.run(page_at(asker, visit("/yearly/ru-smolensk/2023")))
    assert page is not None and page.status == 200
    assert page.values["rows"] == [["—" if cell is None else str(cell) for cell in row] for row in rows[:-1]]
    document: Any = Document(io.BytesIO(word_file(table.paper())))
    assert len(document.tables[0].rows) == len(rows) + 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/yearly/ru-smolensk/soon", 400),
        ("/yearly/country:by/2023", 400),
        ("/yearly/nobody/2023", 404),
        ("/yearly/ru-smolensk/1812", 200),
    ],
)
def test_what_has_no_yearly_table_says_why(asker: ReaderAsker, path: str, status: int) -> None:
    page = asyncio.run(page_at(asker, visit(path)))
    assert page is not None and page.status == status
    if status == 200:
        assert "не сказано" in render(page, visit(path))


def column(made: tuple[str, Any, Any], head: str) -> list[Value]:
    _, heads, rows = made
    return [row[list(heads).index(head)] for row in rows]


def test_sheets_have_what_the_selection_chooses_with_typed_days(index: Index) -> None:
    [made] = sheets(index, "events", visit("/events?place=by-vitebsk"))
    assert len(made[2]) == 5
    days = column(made, "Первый день")
    told = column(made, "Когда")
    assert all(str(getattr(day, "year", "")) in str(text) for day, text in zip(days, told, strict=True))
    [ties] = sheets(index, "partners", visit())
    assert sorted(map(int, map(str, column(ties, "Мероприятий"))), reverse=True)[0] >= 3
    dossier = sheets(index, "dossier", visit("/dossier?of=ru-smolensk"))
    assert [name for name, _, _ in dossier] == ["Связи", "Мероприятия", "Соглашения"] and MOST > 1000
    assert [len(rows) for _, _, rows in dossier][1] == 22


def test_a_name_that_begins_like_a_formula_stays_a_text(index: Index) -> None:
    town = replace(party(index, "ru-smolensk"), name='=HYPERLINK("http://evil")')
    told = yearly_of(index, town, 2023)
    lines = tuple(replace(line, partner=town) for line in told.lines)
    held = io.BytesIO()
    write_sheets(YearlyTable(replace(told, party=town, lines=lines), form(), visit()).sheets(), held)
    with zipfile.ZipFile(held) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    assert "=HYPERLINK" in texts["xl/sharedStrings.xml"]
    assert not any("<f>" in text for name, text in texts.items() if name.startswith("xl/worksheets/"))


def test_a_link_holds_the_version_and_the_page_says_when_data_are_newer(asker: ReaderAsker) -> None:
    here = visit("/events?topic=culture")
    offered = lasting(here)
    assert offered is not None and offered.link == "/events?topic=culture&generation=3"
    assert listed(here, "events").link == "/events.xlsx?topic=culture"
    later = visit("/events?topic=culture&generation=3", number=5)
    html = render(Page("yearly.html", _yearly(asker)), later)
    assert "ссылка сделана на версии 3, сейчас версия 5" in html
    assert "Данные с тех пор" not in render(Page("yearly.html", _yearly(asker)), visit("/events?generation=3"))
    assert "generation" not in later.canonical


def _yearly(asker: ReaderAsker) -> Any:
    page = asyncio.run(page_at(asker, visit("/yearly/ru-smolensk/2023")))
    assert page is not None
    return page.values


def test_paths_are_rows_with_their_tie_and_sentence(asker: ReaderAsker) -> None:
    where = visit("/paths?from=by-vitebsk&to=by-grodno")
    page = asyncio.run(page_at(asker, where))
    assert page is not None and page.status == 200
    html = render(page, where)
    first = page.values["paths"][0]
    assert [step["left"][0] for step in first] + [first[-1]["right"][0]] == ["Витебск", "Смоленск", "Гродно"]
    assert first[0]["sentence"] == "/pair/by-vitebsk/ru-smolensk#evidence" and first[0]["sentence"] in html
    assert "3\u00a0мероприятия" in first[0]["said"]
    assert [said for _, _, said in page.values["ends"]] == ["Витебск", "Гродно"]
    same = asyncio.run(page_at(asker, visit("/paths?from=by-vitebsk&to=by-vitebsk")))
    assert same is not None and same.values["paths"] == [] and "одно и то же" in same.values["sentence"]


def test_a_report_with_more_rows_than_a_sheet_takes_is_refused_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_rows, "MOST", 3)
    assert sheet_rows.bounded(3) == 3
    with pytest.raises(UsageError, match="download-too-many"):
        sheet_rows.bounded(4)

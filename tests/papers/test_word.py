"""Papers as Word reads them: real styles, A4, language, notes that lead somewhere, nothing of who made them."""

import io
import re
import zipfile
from typing import Any

import pytest
from docx import Document

from pobratim.messages import Language
from pobratim.papers.paper import Grid, Heading, Note, Paper, Paragraph, Said, cells, plain
from pobratim.papers.word import word_file

LONG = "Муниципальное бюджетное общеобразовательное учреждение " * 10
HEBREW = "\u05d1\u05d9\u05ea \u05e1\u05e4\u05e8"


def paper(lang: Language = "ru", **changed: Any) -> Paper:
    grid = Grid(("Кто", "Сколько"), ((Said(LONG, (1, 2)), Said("3")),), (3, 1), frozenset({1}), cells(("Итого", 3)))
    notes = (Note("Отчёт, строка 3, графа «Участники»", "до ", "фраза", " после"), Note("Отчёт, строка 4"))
    blocks = (plain("Сначала"), Heading("Раздел"), grid)
    usual = {"title": "Справка", "lang": lang, "blocks": blocks, "notes_heading": "Источники", "notes": notes}
    return Paper(**{**usual, **changed})


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}


def opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def test_headings_are_real_and_the_page_is_a4() -> None:
    document = opened(word_file(paper()))
    styles = [(each.text, each.style.name) for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert styles == [("Справка", "Heading 1"), ("Раздел", "Heading 2"), ("Источники", "Heading 2")]
    for is_wide, size in ((False, (210, 297)), (True, (297, 210))):
        [section] = opened(word_file(paper(is_wide=is_wide))).sections
        assert (round(section.page_width.mm), round(section.page_height.mm)) == size


@pytest.mark.parametrize(("lang", "tongue"), [("ru", "ru-RU"), ("en", "en-GB")])
def test_the_language_is_that_of_the_paper(lang: Language, tongue: str) -> None:
    found = parts(word_file(paper(lang)))
    assert set(re.findall(r'<w:lang[^>]* w:val="([^"]*)"', found["word/styles.xml"])) == {tongue}
    assert opened(word_file(paper(lang))).core_properties.language == tongue


def test_pages_have_numbers_and_every_number_of_a_note_leads_to_it() -> None:
    found = parts(word_file(paper(foot="Версия 3")))
    foot = next(text for name, text in found.items() if name.startswith("word/footer"))
    assert "PAGE" in foot and "Версия 3" in foot
    anchors = re.findall(r'w:anchor="([^"]*)"', found["word/document.xml"])
    assert anchors == ["note1", "note2"]
    assert set(anchors) == set(re.findall(r'<w:bookmarkStart[^>]* w:name="([^"]*)"', found["word/document.xml"]))


def test_notes_quote_the_sentence_and_mark_the_phrase() -> None:
    document = opened(word_file(paper()))
    [note] = [each for each in document.paragraphs if each.text.startswith("1. ")]
    assert note.text == "1. Отчёт, строка 3, графа «Участники»: «до фраза после»"
    assert [run.text for run in note.runs if run.bold] == ["фраза"]


def test_nothing_tells_who_made_it_and_the_same_paper_is_the_same_bytes() -> None:
    content = word_file(paper())
    assert content == word_file(paper())
    told = opened(content).core_properties
    assert (told.author, told.last_modified_by, told.comments, told.title) == ("", "", "", "Справка")
    found = parts(content)
    assert not [name for name in found if "thumbnail" in name or "app.xml" in name or "customXml" in name]
    assert not re.search(r"python-docx|Macintosh", "".join(found.values()))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_long_names_scripts_and_characters_that_xml_has_not_stay_texts() -> None:
    hostile = "<script>alert(1)</script> & \x07\ud800"
    document = opened(word_file(paper(title=hostile, blocks=(plain(hostile), Paragraph((Said(LONG),))))))
    assert document.paragraphs[0].text == "<script>alert(1)</script> & \ufffd\ufffd"
    assert document.paragraphs[2].text == LONG
    assert len(document.core_properties.title) <= 255


def test_what_is_written_from_right_to_left_is_marked_so() -> None:
    document = opened(word_file(paper(blocks=(plain(f"Школа {HEBREW} № 3"),))))
    runs = [(run.text, bool(run.font.rtl)) for run in document.paragraphs[1].runs]
    assert runs == [("Школа ", False), (HEBREW, True), (" № 3", False)]


def test_tables_repeat_their_heads_and_end_in_the_total() -> None:
    document = opened(word_file(paper()))
    [table] = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows][::2] == [["Кто", "Сколько"], ["Итого", "3"]]
    assert "w:tblHeader" in table.rows[0]._tr.xml and "w:tblHeader" not in table.rows[1]._tr.xml
    assert all(run.bold for cell in table.rows[2].cells for run in cell.paragraphs[0].runs)


def test_a_date_in_a_cell_is_broken_before_its_year_and_nowhere_else() -> None:
    told = [(Said("16–26\u00a0января\u00a02023"),), (Said("№\u00a012345"),)]
    [table] = opened(word_file(paper(blocks=(Grid(("Когда",), tuple(told), (1,)),)))).tables
    assert [row.cells[0].text for row in table.rows][1:] == ["16–26\u00a0января 2023", "№\u00a012345"]

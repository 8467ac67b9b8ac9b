"""Layouts that were met elsewhere, where the documents are at hand: each gives the records of the plain report."""

from pathlib import Path

import pytest

from pobratim.load.pipeline import extract
from pobratim.load.settings import Settings
from pobratim.record import Record
from tests.support.places import SHARED

FOLDER = SHARED / "cases" / "documents"
PLAIN = "00-baseline.docx"
SAME = (
    "111-three-heading-rows.docx", "112-section-text-in-every-cell.docx", "114-section-roman-number.docx",
    "13-split-second-table-begins-with-section.docx", "130-heading-table-of-its-own.docx",
    "132-heading-only-in-first-table-numbers-go-on.docx", "133-heading-in-every-table.docx", "16-gridbefore-row.docx",
    "19-blank-number-heading.docx", "20-latin-lookalike-header.docx", "32-merged-municipality-column.xlsx",
    "88-twohead.odt", "88-twohead.rtf", "88-vmerge-municipality.odt", "89-vmerge.html",
)  # fmt: skip


def read(name: str) -> list[Record]:
    path: Path = FOLDER / name
    if not path.is_file():
        pytest.skip("the documents are not part of the project")
    return extract([path], Settings())[0]


def told(record: Record) -> tuple[object, ...]:
    """Return what must be equal: everything but the report's name and the ordinal of the table."""
    cells = {column: " ".join(text.split()) for column, text in record.cells.items()}
    return record.row, cells, record.reporter, record.home, record.start, record.end, record.places, record.countries


@pytest.mark.shared
@pytest.mark.parametrize("name", SAME)
def test_the_records_are_those_of_the_plain_report(name: str) -> None:
    assert list(map(told, read(name))) == list(map(told, read(PLAIN)))


@pytest.mark.shared
def test_sheets_name_the_reporters() -> None:
    plain, sheets = read(PLAIN), read("31-sheet-per-municipality.xlsx")
    assert [record.reporter for record in sheets] == [record.reporter for record in plain]


@pytest.mark.shared
def test_a_cell_over_place_and_dates_keeps_its_row() -> None:
    plain, joined = read(PLAIN), read("18-row-merged-place-dates.docx")
    assert [record.row for record in joined] == [record.row for record in plain]
    assert joined[1].cells["place"] == joined[1].cells["dates"]


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["c11-months-as-sections.docx", "c15-theme-sections.docx", "c17-partner-city-sections.docx"]
)
def test_the_title_says_who_reports(name: str) -> None:
    assert {record.reporter for record in read(name)} == {"Калуга"}


@pytest.mark.shared
def test_a_tall_cell_is_whole_over_the_end_of_a_page() -> None:
    assert [record.section for record in read("87-vmerge.pdf")] == [record.section for record in read(PLAIN)]

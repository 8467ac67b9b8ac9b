"""Cells that the end of a PDF's page cuts in two are whole again."""

import pytest

from pobratim.readers.lines import FULL, WRAPPED
from pobratim.readers.paged import Part, append
from pobratim.readers.pdf_cells import cell_text
from pobratim.readers.pdf_page import Glyph
from pobratim.readers.spans import Spanned, spanned_rows

EDGES = (0.0, 1.0, 2.0, 3.0)


def joined(above: list[list[Spanned]], below: list[list[Spanned]]) -> list[list[str]]:
    """Return the texts of a table that goes on over a page's end; every cell that covers a row is in it."""
    part = Part(EDGES, above)
    append(part, Part(EDGES, below))
    return [[cell.text for cell in row.cells] for row in spanned_rows(part.rows)]


def cells(*texts: str) -> list[Spanned]:
    return [Spanned(text) for text in texts]


def test_a_tall_cell_is_cut_with_its_row() -> None:
    above = [[Spanned("Район Смоленско", 1, 2), *cells("1.", "Форум")], cells("2.", "Встреча с")]
    below = [[Spanned("й области", 1, 2), *cells("", "гостями")], cells("3.", "Слёт"), cells("Псков", "4.", "Ярмарка")]
    whole = "Район Смоленско\nй области"
    assert joined(above, below) == [
        [whole, "1.", "Форум"], [whole, "2.", "Встреча с\nгостями"], [whole, "3.", "Слёт"], ["Псков", "4.", "Ярмарка"]
    ]  # fmt: skip


def test_a_tall_cell_is_cut_between_rows() -> None:
    above = [[Spanned("Район Смоленско", 1, 2), *cells("1.", "Форум")], cells("2.", "Встреча")]
    below = [[Spanned("й области", 1, 2), *cells("3.", "Слёт")], cells("4.", "Ярмарка")]
    whole = "Район Смоленско\nй области"
    assert joined(above, below) == [[whole, number, name] for number, name in zip(
        ("1.", "2.", "3.", "4."), ("Форум", "Встреча", "Слёт", "Ярмарка"), strict=True
    )]  # fmt: skip


@pytest.mark.parametrize("first", [["", "2.", "Слёт"], ["Псков", "", "Слёт"], ["Псков", "2.", "слёт"]])
def test_a_row_of_its_own_is_not_joined(first: list[str]) -> None:
    assert joined([cells("Район", "1.", "Форум")], [cells(*first)]) == [["Район", "1.", "Форум"], first]


def test_a_row_without_its_first_cell_goes_on() -> None:
    assert joined([cells("1.", "Форум", "Мэр")], [cells("", "Побратимов", "")]) == [["1.", "Форум\nПобратимов", "Мэр"]]


@pytest.mark.parametrize(
    ("lines", "width", "told"),
    [
        (("Школа", "города", "Музей"), 70.0, f"Школа{WRAPPED}\nгорода{WRAPPED}\nМузей{WRAPPED}"),
        (("Школа", "города", "Музей"), 200.0, "Школа\nгорода\nМузей"),
        (("Школа", "в", "области"), 70.0, f"Школа\nв\nобласти{WRAPPED}"),  # a page may end: «области» leaves no room
    ],
)
def test_lines_of_a_cell_that_its_width_made_are_told(lines: tuple[str, ...], width: float, told: str) -> None:
    marks = [
        Glyph(char, 10.0 + 6 * at, 100.0 - 14 * row, 12.0)
        for row, line in enumerate(lines)
        for at, char in enumerate(line)
    ]
    assert cell_text(marks, 4.6, 4.6 + width).replace(FULL, "") == told

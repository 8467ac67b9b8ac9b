"""Pictures that stand for pages: their size, their colours, and what has no room or no letters."""

from io import BytesIO

import pytest
from PIL import Image

from pobratim.papers.card import HEIGHT, WIDTH, Card, Strong, png
from pobratim.papers.lettering import Lettering, known
from tests.support.app_built import needs_app

PARTNERS = [
    Strong("Витебск", "34", "BY"),
    Strong("Гимназия № 7 г. Витебска " * 5, "12", "BY"),
    Strong("Хаген", "", "DE"),
]
CARD = Card("Побратим", "Город · Россия", "Смоленск", "4 партнёра.", {2019: 5, 2023: 30}, "По годам", PARTNERS, "С кем")


@pytest.fixture(autouse=True)
def _built() -> None:
    needs_app()


def _picture(card: Card) -> Image.Image:
    return Image.open(BytesIO(png(card)))


def test_a_picture_is_small_of_the_usual_size_and_the_same_each_time() -> None:
    made = png(CARD)
    picture = Image.open(BytesIO(made))
    assert (picture.format, picture.size, picture.mode) == ("PNG", (WIDTH, HEIGHT), "P")
    assert (WIDTH, HEIGHT) == (1200, 630)
    assert made == png(CARD) and len(made) < 30_000
    assert "date" not in picture.info and not picture.getexif()


def test_bars_are_as_high_as_their_years_and_countries_have_their_colours() -> None:
    colours = {colour: count for count, colour in _picture(CARD).convert("RGB").getcolors(2**16) or []}
    assert colours[0x26, 0x5E, 0x14] == 2 * colours[0x77, 0x73, 0x6B]  # two squares of Belarus, one of all others
    lone = {colour: count for count, colour in _picture(_with({2023: 30})).convert("RGB").getcolors(2**16) or []}
    both, high = colours[0x0B, 0x55, 0x66], lone[0x0B, 0x55, 0x66]
    assert 0.1 < (both - high) / high < 0.2  # 5 of 30


def _with(years: dict[int, int]) -> Card:
    return Card(CARD.site, CARD.kind, CARD.name, CARD.sentence, years, CARD.years_heading, (), "")


@pytest.mark.parametrize("name", ["", "青岛", "Б" * 500, "слово " * 300, "\n\t<b>&"])
def test_whatever_a_name_is_there_is_a_picture(name: str) -> None:
    card = Card(name, name, name, name, {1900: 1, 2026: 10**6}, name, [Strong(name, name, "??")] * 9, name)
    assert _picture(card).size == (WIDTH, HEIGHT)


def test_a_line_ends_where_its_room_does_and_says_that_more_follows() -> None:
    letters = Lettering(25)
    line = letters.cut("Витебский государственный университет", 200)
    assert line.startswith("Витебск") and line.endswith("…") and letters.width(line) <= 200
    assert letters.cut("Витебск", 200) == "Витебск"
    lines = letters.lines("Смоленск и Витебск " * 20, 300, 2)
    assert len(lines) == 2 and lines[1].endswith("…") and all(letters.width(each) <= 300 for each in lines)


def test_letters_without_a_picture_of_their_own_lose_their_marks_or_are_dots() -> None:
    assert known("Čačak, Łódź, № 7 — 青岛") == "Cacak, ·ódz, № 7 — ··"

"""Names of places by construction: districts of cities abroad, towns of two words that no list has, units abroad."""

import pytest

from pobratim.extract.cells import CellText
from pobratim.extract.geography import geographer_of
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon

PLACES = [
    ("Делегация Свердловского района города Бишкека", [("Свердловский район", "KG"), ("Бишкек", "KG")]),
    ("Визит в район Чаоян г. Пекина", [("район Чаоян", "CN"), ("Пекин", "CN")]),
    ("Делегация Боровского района Калужской области", [("Боровский район", "RU"), ("Калужская область", "RU")]),
    ("Визит в г. Марина Горка (Беларусь)", [("Марина Горка", "BY"), ("Беларусь", "BY")]),
    ("Гости из г. Кирьят Моцкин (Израиль)", [("Кирьят Моцкин", "IL"), ("Израиль", "IL")]),
    ("Соглашение с г. Брестом (Франция)", [("Брест", "FR"), ("Франция", "FR")]),
    ("Староста Браневского повята (Польша)", [("Браневский повят", "PL"), ("Польша", "PL")]),
    ("Губернатор региона Лаппи (Финляндия)", [("регион Лаппи", "FI"), ("Финляндия", "FI")]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), PLACES, ids=[words for words, _ in PLACES])
def test_places_and_their_countries(words: str, expected: list[tuple[str, str]]) -> None:
    found = geographer_of(lexicon(), Gazetteer.load(), "RU", "").find(CellText("purpose", words))
    assert [(geo.name, geo.country) for geo in found] == expected

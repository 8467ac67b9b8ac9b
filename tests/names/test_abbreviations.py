"""Abbreviations of kinds and of names, and what they stand for."""

import pytest

from pobratim.names.abbreviations import abbreviated, blends, initials, respelt, spelt_out
from pobratim.text.folding import folded_words


def test_abbreviations_of_kinds_are_known_in_both_directions() -> None:
    assert spelt_out(("сш", "8")) == [("средняя", "школа")]
    assert abbreviated(folded_words("учащиеся средней школы № 8")) == [("сш",)]
    assert ("дс",) in abbreviated(folded_words("детскому саду"))
    assert not abbreviated(folded_words("школа бокса"))


def test_a_longer_label_hides_a_shorter_one_within() -> None:
    assert {short for (short,) in abbreviated(folded_words("детская школа искусств"))} == {"дши"}


def test_names_are_respelt_from_the_abbreviation_on() -> None:
    assert respelt(folded_words("МБОУ «СШ № 8»")) == [("средняя", "школа", "8")]
    assert respelt(folded_words("Клуб «Компас»")) == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ОАО «Минский автомобильный завод»", ["маз"]),
        ("Центр культуры и досуга", ["цкд", "цкид"]),
        ("Музей-заповедник Ю.А. Гагарина", []),
        ("Областная научная библиотека имени А.Т. Твардовского", ["онб"]),
        ("ФГБОУ ВО Академия наук республики", ["анр"]),
        ("СДЮШОР по футболу", []),
        ("", []),
    ],
)
def test_initials_of_names(name: str, found: list[str]) -> None:
    assert initials(name) == found


def test_blends_begin_with_the_beginning_of_the_first_word() -> None:
    assert "смолгу" in blends("Смоленский государственный университет")

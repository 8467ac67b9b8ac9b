"""Quotation marks as they are typed: glued to a word, of two sorts, of two characters. Names are invented."""

import pytest

from pobratim.text.quotes import quotes
from pobratim.text.typed_quotes import in_single_marks
from tests.support.rows import record

BODIES = [
    ('СК"Факел"', 'СК"Факел"'),
    ('Клуб"Луга-Факел"', 'Клуб"Луга-Факел"'),
    ('ДК„Факел"', 'ДК„Факел"'),
    ('театр"Факел»', 'Театр"Факел»'),
    ('завод "Факел "', 'Завод "Факел "'),
    ('школа танца" Факел "', 'Школа танца" Факел "'),
    ("ансамбль ''Факел''", "Ансамбль «Факел»"),
    ("ансамбль <<Факел>>", "Ансамбль «Факел»"),
    ("клуб ,,Факел“", "Клуб «Факел»"),
    ("клуб 'Факел'", "Клуб «Факел»"),
    ("клуб ``Факел``", "Клуб «Факел»"),
]


@pytest.mark.parametrize(("written", "name"), BODIES)
def test_a_body_is_found_whatever_its_marks(written: str, name: str) -> None:
    told = record(participants=f"Гости из Бреста, {written}, жители", section="Город Псков")
    [found] = [n for n, one in enumerate(told.institutions) if one.name == name]
    [evidence] = [one for one in told.evidence if one.value == f"/institutions/{found}"]
    assert evidence.exact == written


def test_two_bodies_with_glued_marks_are_two() -> None:
    told = record(participants='музей"Дом Ветровых",клуб"Факел"', section="Город Псков")
    assert [one.name for one in told.institutions] == ['Музей"Дом Ветровых"', 'Клуб"Факел"']


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('ДК"Заря"и парк', ['"Заря"']),
        ('клуб "Заря" и школа "Луч"', ['"Заря"', '"Луч"']),
        ('«Клуб"Заря"»', ['«Клуб"Заря"»', '"Заря"']),
        ('труба 12" и клуб "Заря"', ['"Заря"']),
        ('клуб Заря" и школа', []),
    ],
)
def test_straight_marks_are_paired_by_what_stands_beside(text: str, quoted: list[str]) -> None:
    assert [text[one.start : one.end] for one in quotes(text)] == quoted


@pytest.mark.parametrize("text", ["Жанна Д'Арк", "Минск,,Брест", "город Кот-д'Ивуара", "5'30''", "a << b"])
def test_other_apostrophes_and_commas_stay(text: str) -> None:
    assert in_single_marks(text) == text

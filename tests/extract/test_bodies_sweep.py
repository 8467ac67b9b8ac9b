"""Bodies by construction: one noun for several, ordinals, brackets, Latin letters, lists, and what lies abroad."""

from pathlib import Path

import pytest

from pobratim.load.pipeline import extract
from pobratim.load.settings import Settings
from tests.support.rows import record

RU, BY, CN = "RU", "BY", "CN"
SHARED_NOUNS = [
    ("Договор заключили гимназии № 2 г. Пскова и № 7 г. Полоцка", [("Псков", RU), ("Полоцк", BY)]),
    ("Между лицеями № 4 г. Пскова, № 8 г. Бреста и № 1 г. Хэйхэ", [("Псков", RU), ("Брест", BY), ("Хэйхэ", CN)]),
    ("Соглашение подписали администрации Пскова и Витебска", [("Псков", RU), ("Витебск", BY)]),
    ("Меморандум между мэриями городов Новосибирска и Бреста", [("Новосибирск", RU), ("Брест", BY)]),
    ("Соглашение между Псковским и Витебским университетами", [("Псков", RU), ("Витебск", BY)]),
    ("Работа Тверского, Псковского и Брестского архивов", [("Тверь", RU), ("Псков", RU), ("Брест", BY)]),
    ("Выставку открыли Тульский и Гродненский краеведческие музеи", [("Тула", RU), ("Гродно", BY)]),
    ("Договор между библиотеками городов Пскова и Витебска", [("Псков", RU), ("Витебск", BY)]),
    (
        "Соглашение между торгово-промышленными палатами Псковской области и провинции Шаньдун",
        [("Псков", RU), ("", CN)],
    ),
    ("Представители Администрации Пскова, г. Хэйхэ и района Чжоуцунь", [("Псков", RU)]),
]  # fmt: skip
NAMED = [
    ("Гости посетили 6-ю городскую поликлинику и 3-й городской лицей",
     ["6-я городская поликлиника", "3-й городской лицей"]),
    ("Прибыли из Северного (Арктического) федерального университета",
     ["Северный (Арктический) федеральный университет"]),
    ("Встреча в СВФУ и Институте восточных языков. СВФУ ждёт гостей", ["СВФУ", "Институт восточных языков"]),
    ("Участвуют Псковский университет, Дальрыбвтуз, Тверской университет, УГЛТУ", ["Псковский университет",
     "Тверской университет", "УГЛТУ", "Дальрыбвтуз"]),
    ("Договор со средней школой г. Полоцка", ["Средняя школа г. Полоцка"]),
    ("Гости познакомились с Домом российско-китайской дружбы", ["Дом российско-китайской дружбы"]),
    ("Гости посетили центр патриотического воспитания", ["Центр патриотического воспитания"]),
    ("Договор с Muzej grada Beograda (Сербия)", ["Muzej grada Beograda"]),
    ("Договор с Suomi-Venäjä-Seura (Финляндия)", ["Suomi-Venäjä-Seura"]),
    ("Договор с Institut français (Франция)", ["Institut français"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), SHARED_NOUNS, ids=[words for words, _ in SHARED_NOUNS])
def test_one_noun_for_several_bodies(words: str, expected: list[tuple[str, str]]) -> None:
    found = record(purpose=words, section="Город Псков", place="г. Псков").institutions
    assert [(one.place, one.country) for one in found] == expected


@pytest.mark.parametrize(("words", "names"), NAMED, ids=[words for words, _ in NAMED])
def test_names_that_begin_or_go_on_otherwise(words: str, names: list[str]) -> None:
    assert [one.name for one in record(purpose=words).institutions] == names


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Договор с Universitas Pattimura. Студенты ждут Университет Паттимура", ["Университет Паттимура"]),
        (
            "Северный (Арктический) федеральный университет принял гостей. Дарья из САФУ рассказала о вузе",
            ["Северный (Арктический) федеральный университет"],
        ),
    ],
)
def test_one_body_in_other_letters_or_initials_is_one(words: str, names: list[str]) -> None:
    assert [one.name for one in record(purpose=words).institutions] == names


def test_a_body_of_an_unknown_name_is_never_at_home() -> None:
    def country(words: str) -> list[str]:
        return [one.country for one in record(purpose=words).institutions]

    assert country("Договор с Университетом Паттимура") == [""]
    assert country("Дети из Индии. Договор с Университетом Паттимура") == ["IN"]
    assert country("МОУ «Школа № 5», Начальная школа Хэшэн и Начальная школа Жунлэ (КНР)") == [RU, CN, CN]


@pytest.mark.parametrize("words", ["Державинский лицей", "МОУ «Карамзинская СОШ № 26»", "Марийский колледж"])
def test_an_adjective_of_a_person_or_people_is_of_no_town_elsewhere(words: str) -> None:
    found = record(participants=words).institutions
    assert [one.country for one in found] == [RU]
    assert found[0].place in {"", "Хабаровск"}


@pytest.mark.shared
def test_the_sweep_of_one_noun_for_two_bodies(shared: Path) -> None:
    records, _ = extract([shared / "cases" / "reading" / "coord.txt"], Settings(home="RU"))
    bodies = [{body.country for body in row.institutions} for row in records if row.row != 10]
    assert all({RU} < countries for countries in bodies)
    assert all("г. Самары г. Бреста" not in body.name for row in records for body in row.institutions)


@pytest.mark.shared
def test_the_sweep_of_latin_names(shared: Path) -> None:
    records, _ = extract([shared / "cases" / "reading" / "latin.txt"], Settings(home="RU"))
    assert [len(row.institutions) for row in records] == [2] * 12
    assert all(row.institutions[1].country == row.countries[0] for row in records)

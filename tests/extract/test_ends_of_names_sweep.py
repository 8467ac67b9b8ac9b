"""Where names of bodies end and begin, which towns a row has named for certain, and who signed in other sentences.

Constructions of our own over bodies, towns and persons; no name stands in a report of ours.
"""

import pytest

from pobratim.extract import Context
from pobratim.record import Record
from tests.support.rows import record

RUSSIA = Context("RU", "", 0)


def read(participants: str = "", purpose: str = "", section: str = "Город Псков", **cells: str) -> Record:
    cells = {"place": "г. Псков", **cells}
    return record(participants=participants, purpose=purpose, section=section, context=RUSSIA, **cells)  # type: ignore[arg-type]


def names(found: Record) -> list[str]:
    return sorted(one.name for one in found.institutions)


@pytest.mark.parametrize("noun", ["Думы", "Собрания депутатов", "горисполкома", "акимата", "маслихата", "райсовета"])
@pytest.mark.parametrize("person", ["Сомова Л.В.", "Гунарова Э.Р.", "Линкявичус А.Б.", "Ковач Н.Н."])
def test_a_surname_with_initials_is_no_part_of_the_body_before_it(noun: str, person: str) -> None:
    found = read(f"председатель {noun} {person}, гости")
    assert [one.name for one in found.people] == [person]
    assert not any(person.split()[0] in name for name in names(found))


@pytest.mark.parametrize("body", ["зоопарка", "музея", "театра", "филармонии", "библиотеки", "центра «Луч»"])
@pytest.mark.parametrize("person", ["С.О. Чирков", "А.Б. Уткин", "П.Г. Вершков"])
def test_initials_and_a_surname_behind_a_post_are_who_holds_it(body: str, person: str) -> None:
    found = read(f"Директор {body} {person}, гости")
    assert [one.name for one in found.people] == [person]
    assert not any("Чирк" in name or "Утк" in name for name in names(found))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Псковский государственный университет\nатташе Посольства Республики Куба Хулио Рубио", 2),
        ("Управление образования города\nГосударственное учреждение образования «Ясли-сад № 41 г. Бреста»", 2),
        ("Псковский комитет культуры города\nМузей г. Бреста", 2),
        ("Отдел спорта администрации района\nДиректор школы № 5 г. Бреста Анна Линд", 1),
        ("Псковский музей\nКраеведческий музей г. Бреста", 2),
    ],
)
def test_the_end_of_a_line_ends_a_name(cell: str, expected: int) -> None:
    assert len(read(cell).institutions) == expected


@pytest.mark.parametrize("part", ["Институт биологии", "Факультет права", "Центр русского языка", "Кафедра физики"])
@pytest.mark.parametrize("form", ["ФГБОУ ВО", "ФГАОУ ВО", "ГБОУ ВО"])
def test_a_part_is_of_the_body_whose_form_stands_behind_it(part: str, form: str) -> None:
    found = read(f"{part} {form} «Псковский государственный университет», гости")
    assert names(found) == [f"{part} {form} «Псковский государственный университет»"]


@pytest.mark.parametrize(
    ("told", "name", "place"),
    [
        ("Лидское ГУП ЖКХ", "Лидское ГУП ЖКХ", "Лида"),
        ("директор Витебского РУП «Луч»", "Витебское РУП «Луч»", "Витебск"),
        ("Брестское ОАО «Заря»", "Брестское ОАО «Заря»", "Брест"),
        ("с Минским УП «Горсвет»", "Минское УП «Горсвет»", "Минск"),
        ("учреждение «Солигорская СДЮШОР № 2»", "Учреждение «Солигорская СДЮШОР № 2»", "Солигорск"),
        ("учреждением «Слуцкий центр культуры»", "Учреждение «Слуцкий центр культуры»", "Слуцк"),
    ],
)
def test_the_adjective_of_a_form_or_in_a_quotation_tells_the_seat(told: str, name: str, place: str) -> None:
    found = read(f"Гости, {told}" if told[0].islower() else told)
    assert [(one.name, one.place, one.country) for one in found.institutions] == [(name, place, "BY")]


@pytest.mark.parametrize(
    "name",
    [
        "Псковский академический театр оперы и балета имени А.Б. Сомова",
        "Псковский камерный театр оперы и балета",
        "Псковский литературный и историко-архитектурный музей",
        "Псковский технический и гуманитарный университет",
        "Псковская районная организация Белорусского общественного объединения ветеранов",
        "Цирк имени братьев Сомовых",
    ],
)
def test_a_name_is_read_whole(name: str) -> None:
    assert names(read(f"{name}, гости")) == [name]


@pytest.mark.parametrize("told", ["городской Совет ветеранов", "областной Союз писателей", "районный Дом культуры"])
def test_an_adjective_in_lower_case_may_begin_a_name(told: str) -> None:
    found = read(purpose=f"Во встрече участвовали {told} и гости.")
    assert names(found) == [told[0].upper() + told[1:]]


@pytest.mark.parametrize("person", ["Мао Цзэдуна", "Ильи Репина", "Марины Цветаевой", "Янки Купалы"])
def test_a_museum_is_called_after_two_names(person: str) -> None:
    found = read(purpose=f"Гости посетили Мемориальный музей {person} в Минске.")
    assert [(one.name, one.place) for one in found.institutions] == [(f"Мемориальный музей {person}", "Минск")]


@pytest.mark.parametrize(
    "firm",
    [
        "Guangzhou Sunway Robotics",
        "Anhui BBKA Biochemical",
        "Shandong Lihe Paper",
        "Northwind Trailer",
        "Delta Autoparts",
        "Ashirwad Spices",
        "Ocean Seafood",
        "Falcon Petroleum",
    ],
)
def test_a_firm_in_latin_letters_is_told_by_its_business(firm: str) -> None:
    found = read(purpose=f"Проведены переговоры завода с {firm}.", place="г. Гуанчжоу (КНР)")
    assert [(one.name, one.country) for one in found.institutions] == [(firm, "CN")]


@pytest.mark.parametrize("word", ["компания", "фирма", "корпорация", "холдинг"])
def test_one_latin_word_behind_a_word_for_a_firm_is_its_name(word: str) -> None:
    assert names(read(f"Гости, {word} Samsunline", place="г. Самсун (Турция)")) == ["Samsunline"]


def test_a_firm_without_its_form_is_the_one_with_it() -> None:
    found = read(
        purpose="Посещён завод Delta Autoparts Pvt. Ltd.; с Delta Autoparts заключён контракт.", place="г. Пуна"
    )
    assert len(found.institutions) == 1


@pytest.mark.parametrize(("town", "country"), [("Ниш", "RS"), ("Пазарджик", "BG"), ("Мары", "TM"), ("Котка", "FI")])
def test_a_town_that_the_place_names_is_told_in_brackets_elsewhere(town: str, country: str) -> None:
    found = read(f"Клуб «Луч» ({town}), гости", place=f"г. {town}")
    assert {(one.place, one.country) for one in found.institutions} == {(town, country)}


@pytest.mark.parametrize(("town", "short"), [("Ростов-на-Дону", "Ростова"), ("Комсомольск-на-Амуре", "Комсомольска")])
def test_the_reporter_may_be_called_for_short(town: str, short: str) -> None:
    found = read(purpose=f"Ереван – побратим {short} с 2004 г.", section=f"г. {town}", place=f"г. {town}")
    assert [sorted(one.parties) for one in found.agreements] == [sorted([town, "Ереван"])]


@pytest.mark.parametrize("noun", ["Соглашение", "Меморандум", "Договор", "Протокол"])
@pytest.mark.parametrize("behind", ["Подписи – ректоры", "Подписали: А. Линд, Б. Сомов", "Подписано ректорами"])
def test_who_signed_may_stand_in_the_next_sentence(noun: str, behind: str) -> None:
    words = f"{noun} о сотрудничестве Псковского университета с Витебским университетом. {behind}."
    assert [(one.status, len(one.parties)) for one in read(purpose=words).agreements] == [("signed", 2)]


@pytest.mark.parametrize("noun", ["протокол о поставке", "договор об обмене", "меморандум о практике"])
def test_a_sentence_without_a_verb_goes_on_with_what_was_signed(noun: str) -> None:
    words = f"Подписан договор о побратимстве Псков – Витебск. С ОАО «Луч» – {noun} для ООО «Псковский завод»."
    found = read("ООО «Псковский завод», ОАО «Луч»", words, place="г. Витебск (Беларусь)")
    assert [one.status for one in found.agreements] == ["signed", "signed"]


@pytest.mark.parametrize("twins", ["Школы-побратимы", "Учреждения-побратимы", "Гимназии-побратимы"])
def test_bodies_are_twinned_as_towns_are(twins: str) -> None:
    found = read("Школа № 5 г. Пскова, школа № 7 г. Бреста", f"Проведён урок. {twins} с 2021 г.")
    assert [(one.status, one.date, len(one.parties)) for one in found.agreements] == [("in-force", "2021", 2)]


@pytest.mark.parametrize(
    "words",
    [
        "Соглашение с Витебском не заключалось и в этом году не планируется.",
        "Договор с г. Витебском не подписан, подписание не планируется.",
    ],
)
def test_what_is_neither_concluded_nor_planned_is_none(words: str) -> None:
    assert read(purpose=words).agreements == []


@pytest.mark.parametrize("number", ["Три университета", "3 университета"])
def test_three_bodies_have_one_document(number: str) -> None:
    found = read(
        "Псковский университет, Витебский университет, Ошский университет", f"{number} подписали соглашение о практике."
    )
    assert [(one.status, len(one.parties)) for one in found.agreements] == [("signed", 3)]


@pytest.mark.parametrize("name", ["Университет Зимбабве", "Национальный политехнический университет Зимбабве"])
def test_a_guest_is_of_the_town_of_its_country_where_the_event_was(name: str) -> None:
    found = read(f"Псковский университет, {name}", place="г. Хараре (Зимбабве)")
    assert [one.place for one in found.institutions if one.country == "ZW"] == ["Хараре"]

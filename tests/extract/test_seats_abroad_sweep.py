"""Where bodies abroad sit of which only an adjective, a form or their partner tells. Names are invented."""

import pytest

from pobratim.record import Institution
from tests.support.rows import record

OF_REGIONS = [
    ("Хэйлунцзянский художественный музей", "CN"),
    ("Синьцзянский ткацкий институт", "CN"),
    ("Иссык-Кульская районная библиотека", "KG"),
    ("Северо-Казахстанский ремесленный институт", "KZ"),
    ("Восточно-Казахстанская областная филармония", "KZ"),
    ("Баян-Улгийская аймачная библиотека", "MN"),
    ("Комитет по туризму СУАР", "CN"),
    ("Ховдский ремесленный институт", "MN"),
]
OF_TOWNS = [
    ("Постоянный комитет Харбинского городского собрания", "Харбин"),
    ("Государственное предприятие «Минский трамвай»", "Минск"),
    ("Молодёжная палата Брестского городского совета", "Брест"),
    ("Концерн «Гомельский лён»", "Гомель"),
    ("Учреждение «Полоцкий дом ремёсел»", "Полоцк"),
]
PARTNERS = [
    ("ФГБОУ ВО «ПГТК»", "Северо-Восточный нефтяной университет"),
    ("ГАПОУ «Псковский колледж»", "Морской торговый техникум"),
    ("Псковский музей-заповедник", "Государственный заповедник «Юрсары»"),
    ("МБУ «Лад»", "Народный центр ремёсел"),
    ("АО «Псковлён»", "ООО «Lotus Textile»"),
    ("МАОУ «Гимназия № 71»", "Институт красоты и ремёсел"),
    ("ГБУК «Псковский театр кукол»", "Театр теней «Лунфэн»"),
    ("ФГБОУ ВО «ПГТК»", "Университет науки и техники"),
]


def one(found: list[Institution], name: str) -> Institution:
    return next(body for body in found if body.name == name)


@pytest.mark.parametrize(("name", "country"), OF_REGIONS)
def test_an_adjective_of_a_region_abroad_tells_its_country(name: str, country: str) -> None:
    found = record(participants=f"Гости, {name}", section="Город Псков", place="г. Псков").institutions
    assert one(found, name).country == country


@pytest.mark.parametrize(("name", "town"), OF_TOWNS)
def test_a_town_of_the_row_tells_an_adjective(name: str, town: str) -> None:
    found = record(
        "Рабочая поездка", participants=f"Гости, {name}", section="Город Псков", place=f"г. {town}"
    ).institutions
    assert one(found, name).place == town


@pytest.mark.parametrize(("ours", "theirs"), PARTNERS)
def test_who_signs_with_a_body_at_home_is_of_the_one_country_abroad(ours: str, theirs: str) -> None:
    purpose = f"Заключено соглашение между организациями: {ours} и {theirs}."
    found = record("Приём гостей из Китая", purpose=purpose, section="Город Псков", place="г. Псков").institutions
    assert [(body.name, body.country) for body in found] == [(ours, "RU"), (theirs, "CN")]


def test_a_form_that_home_no_longer_has_is_the_guests() -> None:
    found = record("Приём гостей из Беларуси", participants="ОАО «Полесье»", section="Город Псков", place="г. Псков")
    assert [body.country for body in found.institutions] == ["BY"]


def test_an_adjective_of_the_reporting_town_may_have_a_linking_syllable() -> None:
    found = record(purpose="Выставка Златоустовской оружейной фабрики", section="г. Златоуст", place="").institutions
    assert [(body.place, body.country) for body in found] == [("Златоуст", "RU")]

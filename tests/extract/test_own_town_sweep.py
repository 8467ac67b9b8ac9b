"""Bodies at home of whose town nothing is told: the reporting town's, or of its region's centre. Names are invented."""

import pytest

from pobratim.extract import Context
from tests.support.rows import read, record

OWN = ["ООО «Волнорез»", "АО «Смычок-Плюс»", "ФГБОУ ВО «ЛГТК»", "ГАПОУ «Колледж связи»", "ПАО «Горнист»", "ВелГУ",
       "ФГБОУ ВО КМТУ Минздрава России", "РОО «Вольный ветер»",
       "Санаторий «Зелёный берег»", "Центр ремёсел «Ложкарь»"]  # fmt: skip
NOWHERE = ["Союз ткачей России", "Всероссийское общество цветоводов", "Фонд «Лучший мир»", "Минпросвещения России",
           "Россотрудничество", "Евразийская ассоциация музеев", "Президентский фонд ремёсел"]  # fmt: skip
REGIONAL = [
    "Министерство культуры Псковской области",
    "Федерация шашек Псковской области",
    "Псковская областная филармония",
]


def seat(body: str, section: str) -> tuple[str, str]:
    context = Context("RU", "RU-PSK", 0)
    found, _ = read(participants=f"{body}, гости из Китая", section=section, place="", context=context)
    return found.institutions[0].place, found.institutions[0].country


@pytest.mark.parametrize("body", OWN)
def test_a_body_russian_by_its_form_is_of_the_reporting_town(body: str) -> None:
    assert seat(body, "Город Великие Луки") == ("Великие Луки", "RU")


@pytest.mark.parametrize("body", NOWHERE)
def test_a_countrys_own_body_is_of_no_town(body: str) -> None:
    assert seat(body, "Город Великие Луки") == ("", "RU")


@pytest.mark.parametrize("body", REGIONAL)
def test_a_regions_body_is_in_its_centre_where_that_reports(body: str) -> None:
    assert seat(body, "Город Псков") == ("Псков", "RU")
    assert seat(body, "Город Великие Луки")[0] in {"", "Псков"}


def test_forms_shared_with_the_guests_tell_nothing() -> None:
    found = record(participants="ООО «Волнорез», гости из Беларуси", section="Город Псков", place="г. Псков")
    assert found.institutions[0].place == ""

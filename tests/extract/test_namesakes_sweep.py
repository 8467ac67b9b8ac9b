"""Which of places of one name a row means: rows of our own, of no report."""

import pytest

from pobratim.extract.date_forms import ATOMS
from pobratim.names.authority import Municipality, governed
from tests.support.rows import record


@pytest.mark.parametrize(("town", "land", "country"), [
    ("Мерида", "Венесуэла", "VE"), ("Мерида", "Испания", "ES"), ("Кордова", "Аргентина", "AR"),
    ("Сан-Хосе", "Коста-Рика", "CR"), ("Валенсия", "Венесуэла", "VE"), ("Валенсия", "Испания", "ES"),
])  # fmt: skip
def test_a_namesake_lies_in_the_country_that_the_row_names(town: str, land: str, country: str) -> None:
    found = record("Визит гостей", participants=f"Ректор университета (г. {town}), посол ({land})")
    assert found.countries == [country]


@pytest.mark.parametrize("street", ["набережная", "улица", "площадь", "ул.", "проспект"])
@pytest.mark.parametrize("town", ["Варкауса", "Харбина", "Бреста"])
def test_a_street_is_in_no_town_that_it_is_called_after(street: str, town: str) -> None:
    found = record("Праздник двора", place=f"г. Хабаровск, {street} {town}")
    assert [place.name for place in found.places] == ["Хабаровск"]
    assert found.countries == []


@pytest.mark.parametrize("town", ["Варкауса", "Харбина", "Бреста"])
def test_a_square_of_a_town_is_there(town: str) -> None:
    assert len(record("Праздник", place=f"площадь г. {town}").countries) == 1


@pytest.mark.parametrize("kind", ["д.", "с.", "пос."])
def test_a_village_of_which_no_country_is_told_is_at_home(kind: str) -> None:
    found = record("Фестиваль", place=f"{kind} Петрово", participants="Гости из Минска")
    assert [place.country for place in found.places] == ["RU"]
    assert found.countries == ["BY"]


@pytest.mark.parametrize("area", ["Гродненская обл.", "Гродненская область", "Гродненская обл"])
def test_a_town_lies_in_the_area_before_it(area: str) -> None:
    [place] = record("Поездка", place=f"Республика Беларусь, {area}, г. Островец").places
    assert (place.name, place.country) == ("Островец", "BY")


@pytest.mark.parametrize(("case", "town"), [("Крагуевца", "Крагуевац"), ("Лесковцем", "Лесковац"), ("Чачка", "Чачак")])
def test_a_vowel_that_a_name_loses_comes_back(case: str, town: str) -> None:
    assert town in [home for tie in record(f"Встреча с делегацией г. {case} (Сербия)").ties for home in tie]


@pytest.mark.parametrize("adjective", ["Светлогорский", "Дзержинский", "Кировский"])
@pytest.mark.parametrize("body", ["районный исполнительный комитет", "райисполком"])
def test_executive_committees_of_districts_are_of_belarus(adjective: str, body: str) -> None:
    found = record("Встреча", participants=f"{adjective} {body} (Республика Беларусь), мэр Хабаровска")
    assert [one.country for one in found.institutions] == ["BY"]
    found = record("Приём гостей из Беларуси", participants=f"председатель {adjective[:-2]}ого райисполкома")
    assert [one.country for one in found.institutions] == ["BY"]


@pytest.mark.parametrize("of", ["аймака", "сомона"])
def test_a_unit_is_of_one_country_in_all_of_a_row(of: str) -> None:
    found = record(
        "Встреча", purpose=f"Обсуждены планы Селенгинского {of}", participants=f"Глава Селенгинского {of} (Монголия)"
    )
    assert found.countries == ["MN"]


@pytest.mark.parametrize("okrug", [
    "городского округа «Город Калининград»", "городского округа город Воронеж", "муниципального округа город Апатиты",
    "городского округа «город Улан-Удэ»",
])  # fmt: skip
def test_an_okrug_that_is_a_town_is_governed_as_the_town(okrug: str) -> None:
    town = okrug.strip("»").split()[-1]
    assert governed(f"Администрация {okrug}", town) == Municipality("town", town.lower())


def test_the_people_of_a_government_are_no_name_of_its_district() -> None:
    assert governed("Народное правительство района Юйбэй", "Чунцин") == Municipality("district", "юйбэй")


@pytest.mark.parametrize("word", ["Мартьянова", "Октябрьский", "Августовский", "Декабристов", "Июльская", "Мартов"])
def test_a_name_that_begins_as_a_month_is_none(word: str) -> None:
    assert ATOMS["month"].search(word) is None


@pytest.mark.parametrize("word", ["март", "марта", "марте", "октябрь", "октябрём", "августом", "мае", "Июне", "сент."])
def test_months_are_read_in_all_cases(word: str) -> None:
    assert ATOMS["month"].search(word.replace("ё", "е")) is not None

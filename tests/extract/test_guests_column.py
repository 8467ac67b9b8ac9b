"""Columns of guests from abroad, a reporter's own authority told in short, numbers of papers. Names are invented."""

import pytest

from pobratim.extract import Context
from pobratim.extract.geography import Geographer
from pobratim.extract.row import read_row
from pobratim.layout.walk import ReportRow
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.record import Record
from tests.support.report_documents import namer

GUESTS = [
    ("Иностранные партнёры, гости",), ("Зарубежные участники",), ("Название", "Состав иностранной делегации"),
    ("Иностранные участники (Ф.И.О., должность)", "Место"),
]  # fmt: skip
BOTH = [
    ("Участники",), ("Российские и иностранные участники",), ("Партнёры", "Иностранные участники"),
    ("Участники (в том числе зарубежные)",), ("Иностранные граждане",),
]  # fmt: skip
OWN = [
    ("Гатчинский муниципальный округ", "Администрация Гатчинского муниципального округа", "администрация округа"),
    ("Намский улус", "Администрация Намского улуса", "администрация улуса"),
    ("Волховский район", "Администрация Заборского сельского поселения", "администрация поселения"),
    ("Город Псков", "Администрация города Пскова", "администрация города"),
]
PAPERS = ["№ 14/СД", "№ 14 от 02.09.2024", "№ 7/2024"]


def read(participants: str = "", *, guests: bool = False, section: str = "Город Псков", **cells: str) -> Record:
    told = {"section": section, "name": "Встреча", "dates": "12.05.2025", "participants": participants, **cells}
    geographer = Geographer(lexicon(), Gazetteer.load(), "RU", "")
    row = ReportRow(row=1, table=1, section=section, cells=told, index=1, guests=guests)
    return read_row(row, "test", "test.docx", geographer, Context("RU", "", 0))[0]


@pytest.mark.parametrize("headings", GUESTS)
def test_a_heading_tells_that_participants_are_from_abroad(headings: tuple[str, ...]) -> None:
    assert namer().are_guests(headings)


@pytest.mark.parametrize("headings", BOTH)
def test_participants_of_other_headings_may_be_from_home(headings: tuple[str, ...]) -> None:
    assert not namer().are_guests(headings)


@pytest.mark.parametrize(("guests", "country"), [(True, "RS"), (False, "RU")])
def test_a_guest_without_a_place_is_of_the_one_country_abroad(guests: bool, country: str) -> None:
    found = read("Народная библиотека «Сунчев зрак»", guests=guests, place="г. Ниш, Сербия")
    assert [body.country for body in found.institutions] == [country]


def test_a_guest_and_the_organiser_are_tied() -> None:
    found = read(
        "Народная библиотека «Сунчев зрак», г. Кралево, Сербия",
        guests=True, place="дистанционно", responsible="МБУК «Городские читальни»",
    )  # fmt: skip
    home = next(body.id for body in found.institutions if body.country == "RU")
    abroad = next(body.id for body in found.institutions if body.country == "RS")
    assert found.ties == [[home, abroad]]


@pytest.mark.parametrize(("section", "full", "short"), OWN)
def test_an_authority_at_home_is_known_by_its_unit(section: str, full: str, short: str) -> None:
    found = read(section=section, responsible=full, result=f"Гостей приняла {short}")
    assert [body.name for body in found.institutions] == [full]


def test_an_authority_of_another_town_is_not_the_reporters() -> None:
    found = read(responsible="Администрация города Острова", place="г. Псков (администрация города)")
    assert len(found.institutions) == 2


@pytest.mark.parametrize("number", PAPERS)
def test_the_number_of_a_paper_is_no_bodys(number: str) -> None:
    found = read(
        participants="УО «Пинский колледж связи», ГБПОУ «Псковский техникум связи»",
        result=f"В соответствии с договором техникума и колледжа {number} выехали 8 студентов",
    )
    assert len(found.institutions) == 2 and not any(body.number for body in found.institutions)


def test_a_short_name_with_its_form_in_brackets_is_an_alias() -> None:
    found = read(
        participants="АО «Заборский вагонный завод» (АО «ЗВЗ»), хокимият г. Навои",
        result="Заключён контракт между АО «ЗВЗ» и хокимиятом",
    )
    assert [body.name for body in found.institutions if "завод" in body.name or "ЗВЗ" in body.name] == [
        "АО «Заборский вагонный завод»"
    ]

"""Headings above rows that are themes, months or partners: the reporter stays whose report it is."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from pobratim.extract import Context, context_of, extract_report
from pobratim.layout.numbering import is_heading_number, unnumbered
from pobratim.record import Record
from tests.support.report_documents import dump, layout_of

HEAD = ["№", "Мероприятие", "Место проведения", "Дата", "Участники"]
EVENT = ["Турнир по самбо", "г. Минск", "20 февраля 2023 г.", "СШОР «Юность»"]
KALUGA = "Отчет о международных мероприятиях администрации города Калуги за 2023 год"
REGION = "Отчет муниципальных образований Калужской области за 2023 год"


def read(folder: Path, title: str, *sections: str) -> tuple[list[Record], Context]:
    """Return the records of a report with one row below each of these headings, and its context."""
    rows: list[Sequence[str]] = [HEAD]
    for number, section in enumerate(sections, 1):
        rows += [[section], [f"{number}. ", *EVENT]]
    layout = layout_of(folder, dump(*rows, title=title))
    context = context_of(layout)
    return extract_report(layout, "r", "r.txt", context).records, context


THEMES = ["Культура", "Физическая культура и спорт", "Январь", "2023 год", "II квартал", "Управление образования"]


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_leaves_the_reporter_of_the_title(theme: str, tmp_path: Path) -> None:
    [record], _ = read(tmp_path, KALUGA, theme)
    assert (record.reporter, record.home.country, record.section) == ("Калуга", "RU", theme)


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_leaves_the_municipality_above(theme: str, tmp_path: Path) -> None:
    records, _ = read(tmp_path, REGION, "Город Обнинск", theme, "Боровский район")
    assert [record.reporter for record in records] == ["Обнинск", "Обнинск", "Боровский район"]
    told = [one for one in records[1].evidence if one.value == "/reporter"]
    assert [one.exact for one in told] == ["Город Обнинск"]


@pytest.mark.parametrize(
    ("heading", "reporter"), [("Город-курорт Пятигорск", "Пятигорск"), ("Наукоград Обнинск", "Обнинск")]
)
def test_a_municipality_of_another_name_is_no_theme(heading: str, reporter: str, tmp_path: Path) -> None:
    records, _ = read(tmp_path, "Отчет муниципальных образований за 2023 год", "Город Ставрополь", heading)
    assert (records[1].section, records[1].reporter) == (heading, reporter)


@pytest.mark.parametrize(
    ("heading", "reporter"),
    [
        ("Мэрия города Новосибирска", "Новосибирск"),
        ("Дума города Томска", "Томск"),
        ("Исполнительный комитет города Набережные Челны", "Набережные Челны"),
        ("Отдел внешних связей мэрии города Архангельска", "Архангельск"),
        ("Элистинское городское муниципальное образование", "Элиста"),
        ("Лаганское РМО РК", "Лаганский район"),
        ("Вяземский МО Смоленской области", "Вяземский муниципальный округ"),
        ("ГО Серпухов", "Серпухов"),
        ("МО ГО «Сыктывкар»", "Сыктывкар"),
        ("п. Никель", "Никель"),
    ],
)
def test_a_municipality_may_be_named_by_its_authority_or_in_short(heading: str, reporter: str, tmp_path: Path) -> None:
    records, _ = read(tmp_path, "Отчет муниципальных образований за 2023 год", "г. Ставрополь", heading)
    assert (records[1].section, records[1].reporter) == (heading, reporter)


@pytest.mark.parametrize(
    ("partner", "town", "country"),
    [("Город Минск (Республика Беларусь)", "Минск", "BY"), ("Сяньян (КНР)", "Сяньян", "CN")],
)
@pytest.mark.parametrize(("title", "above"), [(KALUGA, ()), (REGION, ("Боровский район",))], ids=["title", "heading"])
def test_a_partners_town_is_the_partner(
    partner: str, town: str, country: str, title: str, above: tuple[str, ...], tmp_path: Path
) -> None:
    records, _ = read(tmp_path, title, *above, partner)
    record, home = records[-1], "Боровский район" if above else "Калуга"
    assert (record.reporter, record.home.country) == (home, "RU")
    assert [home, town] in record.ties and country in record.countries
    assert record.parties[town].country == country


def test_a_partners_region_does_not_move_the_report_abroad(tmp_path: Path) -> None:
    records, context = read(tmp_path, KALUGA, "Брестская область", "Витебская область")
    assert context.home_country == "RU"
    assert [(record.reporter, record.countries) for record in records] == [("Калуга", ["BY"])] * 2


def test_headings_of_a_report_from_abroad_are_its_reporters(tmp_path: Path) -> None:
    records, context = read(tmp_path, "Отчёт о сотрудничестве с городом Псков", "Город Витебск, Витебская область")
    assert context.home_country == "BY"
    assert [record.reporter for record in records] == ["Витебск"]


@pytest.mark.parametrize(
    ("heading", "bare"),
    [
        ("II. Город Псков", "Город Псков"),
        ("1.2. Спорт", "Спорт"),
        ("а) Культура", "Культура"),
        ("Раздел II. Спорт", "Спорт"),
        *((same, same) for same in ("г. Обнинск", "9 мая", "1 квартал", "2023 год", "12.05 Встреча", "В. Новгород")),
    ],
)
def test_headings_lose_their_numbers_only(heading: str, bare: str) -> None:
    assert unnumbered(heading) == bare


def test_roman_numbers_are_of_headings() -> None:
    assert [text for text in ("I.", "XI", "Раздел 2", "1.", "а)", "Форум", "") if is_heading_number(text)] == [
        "I.", "XI", "Раздел 2"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "reporter"),
    [
        ("Невельский м.о.", "Невельский муниципальный округ"),
        ("Невельский м. о.", "Невельский муниципальный округ"),
        ("Невельский р - н", "Невельский район"),
        ("Невельский р–н", "Невельский район"),
        ("Невельский р/н", "Невельский район"),
        ("Невельский мун.район", "Невельский муниципальный район"),
        ("Невельский муниц. р-н", "Невельский муниципальный район"),
        ("НЕВЕЛЬСКИЙ РАЙОН", "Невельский район"),
        ("НЕВЕЛЬСКИЙ Р-Н", "Невельский район"),
        ("СВОБОДНЫЙ", "Свободный"),
        ("РОСТОВ-НА-ДОНУ", "Ростов-на-Дону"),
        ("Г. УФА", "Уфа"),
        ("Г.О. Балашиха", "Балашиха"),
        ("Каа-Хемский кожуун", "Каа-Хемский кожуун"),
        ("Каа-Хемский к-н", "Каа-Хемский кожуун"),
        ("Вилюйский улус", "Вилюйский улус"),
    ],
)
def test_a_municipality_written_short_or_in_capitals_begins_anew(heading: str, reporter: str, tmp_path: Path) -> None:
    records, _ = read(tmp_path, "Отчет муниципальных образований за 2023 год", "Город Ставрополь", heading)
    assert (records[1].section, records[1].reporter) == (heading, reporter)
    told = [one.exact for one in records[1].evidence if one.value == "/reporter"]
    assert told == [heading]


@pytest.mark.parametrize("theme", ["КУЛЬТУРА", "КУЛЬТУРА И СПОРТ", "ЯНВАРЬ", "Молодежный спорт"])
def test_a_theme_in_capitals_is_none(theme: str, tmp_path: Path) -> None:
    records, _ = read(tmp_path, "Отчет муниципальных образований за 2023 год", "Город Ставрополь", theme)
    assert records[1].reporter == "Ставрополь"

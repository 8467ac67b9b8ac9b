"""Bodies by construction: named after somebody, for whom they are, what stands around; their seats and parts.

No name stands in a report of ours.
"""

import pytest

from pobratim.record import Institution, Record
from tests.support.rows import record

INITIALS = ["ВДФ", "КНИИХ", "ТОИГИ", "РКДЦ", "ЦГПМ", "СПХК", "МРКБ", "ОДНБ", "НЦХТ", "КДМШ", "ВГКН", "АНДТ"]
PERSONS = ["имени П.А. Сомова", "им. П.А. Сомова", "имени Ганны Вереск", "им. академика Сомова", "имени Айни"]
FOR_WHOM = [
    "Областная библиотека для детей и юношества имени П.А. Сомова",
    "Областная библиотека для слепых имени П.А. Сомова",
    "Рязанский театр для детей и молодёжи «Заря»",
    "Школа для одарённых детей «Исток»",
    "Клуб для пожилых людей «Забота»",
    "Студия для подростков «Вектор»",
]
COMMON = [
    "осмотрели ограночные фабрики", "показали тепличный комплекс", "традиции площадного театра",
    "находки школьного музея", "посетили угольные заводы", "сцена бродячего цирка", "экспонаты домашнего музея",
]  # fmt: skip
"""A common adjective and a kind are no name."""
MUNICIPAL = ["МБУ «Горзеленстрой»", "МАУ «Центр «Ладога»", "МБОУ «Школа № 71»", "МБУК «Городские библиотеки»"]
STRANGE = ["музей Мевхибы", "клиника Тонсан", "институт Куросио", "храм Вонгакса", "галерея Сомхон"]
COMMITTEES = ["Светлогорский", "Дзержинский", "Советский", "Октябрьский", "Кировский", "Первомайский"]


def only(found: Record) -> Institution:
    assert len(found.institutions) == 1, [one.name for one in found.institutions]
    return found.institutions[0]


@pytest.mark.parametrize("initials", INITIALS)
def test_initials_named_after_somebody_are_a_body(initials: str) -> None:
    for person in PERSONS:
        assert only(record(participants=f"Студенты {initials} {person}")).name == f"{initials} {person}"
    assert (
        only(record(participants=f"{initials} им. П.А. Сомова ВНЦ РАН")).name == f"{initials} им. П.А. Сомова ВНЦ РАН"
    )


@pytest.mark.parametrize("name", FOR_WHOM)
def test_whom_a_body_is_for_is_part_of_its_name(name: str) -> None:
    assert only(record(participants=f"{name} (50 человек)")).name == name


@pytest.mark.parametrize("words", COMMON)
def test_a_common_adjective_and_a_kind_are_no_name(words: str) -> None:
    assert record(purpose=f"Гости {words}.", participants="Гости").institutions == []


@pytest.mark.parametrize("name", MUNICIPAL)
def test_a_municipal_institution_is_of_the_town_that_reports_it(name: str) -> None:
    for where in ("г. Псков", "г. Харбин (КНР)"):
        found = only(record(purpose=f"Заключён договор с {name}.", section="Город Псков", place=where))
        assert (found.place, found.country) == ("Псков", "RU")


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_word_is_a_bodys_name_behind_a_comma_or_bracket(name: str) -> None:
    for words in (f"Гости (12 человек, {name})", f"Гости ({name})", f"Гости, {name}"):
        assert only(record(participants=words)).name.lower() == name.lower()


@pytest.mark.parametrize("name", ["Тунку Раззак", "Мунхва Бэкче", "Сянцзэ Юйлун", "Кхонкэн Тхупай"])
def test_two_strange_words_are_a_bodys_name_behind_a_preposition(name: str) -> None:
    found = only(record(participants=f"Договор с Университетом {name}, гости из Китая", section="Город Псков"))
    assert (found.name, found.country, found.place) == (f"Университет {name}", "CN", "")


@pytest.mark.parametrize("adjective", COMMITTEES)
def test_executive_committees_of_districts_are_belarusian(adjective: str) -> None:
    found = only(record(participants=f"{adjective} районный исполнительный комитет", section="Город Псков"))
    assert found.country == "BY"


@pytest.mark.parametrize("district", ["Заречный район", "Северный округ", "Портовый район", "Приморский район"])
def test_an_authority_of_a_citys_district_sits_in_the_city(district: str) -> None:
    adjective, noun = district.split()
    of = f"{adjective[:-2]}ого {noun}а"
    found = record(f"Встреча с делегацией {of} г. Гомеля", participants=f"Администрация {of}", section="Город Псков")
    assert {(one.place, one.country) for one in found.institutions} == {("Гомель", "BY")}


@pytest.mark.parametrize(
    "words",
    [
        "ФГБОУ ВО Мичуринский ГАУ (4 человека), студенты Мичуринского ГАУ",
        "ФГБОУ ВО «ДонГУ имени А.Г. и Н.Г. Сомовых», студенты ДонГУ",
        "МАОУ «СОШ № 71 с УИМ и АЯ» г. Пскова, ученики школы № 71",
        "ФГАОУ ВО КГПЭУ, студенты КГПЭУ",
    ],
)
def test_a_body_told_again_in_fewer_words_is_one(words: str) -> None:
    assert len(record(participants=words).institutions) == 1


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Музей г. Пскова показал фотоархив.", "participant"),
        ("Музей г. Пскова и Музей г. Бреста обменялись письмами.", "participant"),
        ("Проект разработан Музеем г. Пскова.", "participant"),
        ("Призы предоставил Музей г. Пскова.", "supporter"),
        ("Проезд обеспечил Музей г. Пскова.", "supporter"),
        ("Содействие оказал Музей г. Пскова.", "supporter"),
        ("Поездка субсидирована Музеем г. Пскова.", "supporter"),
        ("Гости осмотрели город, Музей г. Пскова.", "venue"),
        ("Письмо отправлено в Музей г. Пскова.", "other"),
        ("Гости назвали ратушу, Музей г. Пскова.", "other"),
    ],
)
def test_what_a_body_does_in_a_sentence_is_its_part(sentence: str, role: str) -> None:
    assert {one.role for one in record(purpose=sentence, participants="Гости").institutions} == {role}

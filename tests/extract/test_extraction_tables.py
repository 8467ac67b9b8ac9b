"""The decision tables of extraction: each line has words for which it decides; where lines overlap, which one wins."""

from functools import cache
from typing import Any

import pytest

from pobratim.extract.admin_units import NAMED_UNIT, UNIT
from pobratim.extract.cells import CellText
from pobratim.extract.dates import JUDGED, read_dating
from pobratim.extract.geography import Geographer
from pobratim.extract.office_alone import ALONE
from pobratim.extract.office_end import STEPS
from pobratim.extract.organisations.accept import ACCEPTED
from pobratim.extract.organisations.anchors import Anchors
from pobratim.extract.organisations.complement import STOPS, Ahead
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.organisations.owner import MAY_BE_PART, WHOLE
from pobratim.extract.person_forms import UNKNOWN
from pobratim.extract.person_names import BEGINS, name_begins
from pobratim.extract.reporter import reporter
from pobratim.extract.unmarked import UNMARKED
from pobratim.ground.decision_table import DecisionTable
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.text.tokens import tokenize
from tests.support.decisions import Told, told_by
from tests.support.rows import record

Case = tuple[str, str, str, str]
"""A column, its words, the reason that the table gives, and a later line that would have said otherwise ("": none)."""

PLACES: list[Case] = [
    ("purpose", "Турнир памяти Героя Советского Союза Александра Матросова", "part-of-a-longer-name", "large-abroad"),
    ("purpose", "Посещение Волжского моторного завода", "adjective-of-a-noun", ""),
    ("purpose", "Прибыли гости из Ош и Бишкека", "too-short", "large-abroad"),
    ("purpose", "Поездка на Урал вместе с гостями", "river-or-land", ""),
    ("participants", "Мэр Бобруйска Максим Гурин", "ruled-by-a-person", ""),
    ("purpose", "Встреча с мэром Яловы (Турция)", "ruled-beside-its-country", "common-word"),
    ("place", "г. Краснодар, Кубанский ГАУ", "adjective-of-initials", "in-the-place-column"),
    ("purpose", "Состоялась Победа над соперниками", "common-word", ""),
    ("place", "г. Минск, стадион Заря", "common-word-abroad", "in-the-place-column"),
    ("place", "ул. Горького, 21", "last-name", "in-the-place-column"),
    ("name", "Чтения памяти Ю.А. Гагарина", "honoured", "at-home"),
    ("participants", "Учитель Ольга Иванова", "behind-a-first-name", ""),
    ("participants", "Встреча с мэром Айдаром Метшиным", "before-a-last-name", ""),
    ("participants", "Предприниматель Гусев А.А.", "before-a-first-name", ""),
    ("place", "г. Хабаровск, центр «Коломна»", "quoted-or-numbered", "in-the-place-column"),
    ("purpose", "Соглашение между МАОУ и гостями", "initials", ""),
    ("purpose", "Подписан договор. Инчон стал городом-побратимом", "begins-a-sentence", "large-abroad"),
    ("purpose", "Встреча в Желнино", "small-at-home", ""),
    ("purpose", "Сотрудничество между Псковом и гостями", "at-home", ""),
    ("purpose", "Делегация Хэйхэ (КНР)", "country-beside", ""),
    ("place", "Новосибирск – Ташкент", "in-the-place-column", ""),
    ("purpose", "Сотрудничество с Витебском", "large-abroad", ""),
    ("purpose", "Сотрудничество с муниципалитетом Савитайпале", "small-abroad", ""),
]
NAMES: list[Case] = [
    ("purpose", "Встреча с ООО «Восток»", "legal-form", ""),
    ("participants", "Преподаватели ПГНИУ", "initials-or-listed", ""),
    ("name", "Встреча администраций школ № 8", "numbered-administration", "named"),
    ("name", "Мероприятие «Школа дружбы»", "title-of-an-event", "named"),
    ("participants", "Команда г. Бреста", "never-unquoted", "placed"),
    ("place", "Брест, сцена театра имени Ленинского комсомола", "within-a-building", "named"),
    ("purpose", "Цветы к мемориалу «Защитникам Заполярья»", "dedicated", "named"),
    ("participants", "Учреждения и организации Оршанского района", "in-general", "placed"),
    ("purpose", "Посещение завода компании Dongfeng", "of-a-firm", ""),
    ("purpose", "Подписано с гостями и средней школой г. Бреста", "one-of-its-town", "common"),
    ("purpose", "Врачи прошли стажировку в клинике Чангун", "called-by-a-strange-word", ""),
    ("purpose", "Делегация муниципалитета Баруто", "called-by-its-town", "common"),
    ("purpose", "Коллекцию показал Музей истории города", "of-the-town", ""),
    ("purpose", "Гости посетили центр патриотического воспитания", "with-a-speciality", ""),
    ("purpose", "Организовано администрациями Бреста", "authorities-of-one-place", ""),
    ("participants", "Педагоги школ № 14 и № 16", "several-named", "several"),
    ("participants", "Ученики школ города", "several", ""),
    ("participants", "Сотрудники администрации города", "reporters-own", ""),
    ("participants", "Ученики гимназии № 1", "named", ""),
    ("participants", "Представители Россотрудничества", "only-one", ""),
    ("participants", "Сотрудники Управления культуры г. Бреста", "common-with-a-place", "common"),
    ("name", "Приём делегации центра Беркантай (г. Стамбул)", "common-in-a-bracketed-place", "common"),
    ("purpose", "Лекция в Высшей школе нефти", "common-inside", "common"),
    ("purpose", "Обмен опытом в организации работы", "common", ""),
    ("participants", "Артисты театра г. Бреста", "placed", ""),
    ("purpose", "Приняли участие гости. Университет Претории (ЮАР) и другие", "called-in-a-bracketed-place", ""),
    ("purpose", "Гости посетили Музей игрушки", "inside-a-sentence", ""),
    ("purpose", "Делегация посетила историко-краеведческий музей", "described-by-an-adjective", ""),
    ("purpose", "Делегация посетила музей", "kind-alone", ""),
]
ENDS: list[Case] = [
    ("participants", "Отдел культуры\nМузей г. Бреста", "new-line", ""),
    ("purpose", "Соглашение подписала Компания ООО «Насосы»", "form-of-its-owner", ""),
    ("participants", "Институт биологии ФГБОУ ВО «Псковский университет»", "quoted-form", ""),
    ("purpose", "Визит сотрудников Посольства Республики Куба ПАО «Насосы»", "form-behind-a-place", ""),
    ("participants", "Глава Клинцовской городской администрации Сергей Евтеев", "person-in-the-nominative", ""),
    ("participants", "Отдел образования Жлобинского райисполкома", "its-owner", ""),
    ("purpose", "Стажировки студентов Института культуры СмолГУ", "initials-of-its-owner", ""),
    ("participants", "Председатель ТПП Мазандерана Абдолла Мохаджер", "person-behind-a-name", ""),
    ("place", "Музей духов", "subject-of-a-museum", "people-of-a-museum"),
    ("name", "Открытие музея ветеранов", "people-of-a-museum", ""),
    ("participants", "Ректор Псковского университета Дюрен Карвас", "person-behind-a-post", ""),
    ("participants", "Председатель Псковского горисполкома Белецкая А.Б.", "surname-and-initials", ""),
    ("participants", "Председатель Думы Сергея Гончаренко", "person-of-a-body", ""),
    ("participants", "Начальник Департамента образования провинции Хэйлунцзян Цы Чжаого", "person", ""),
    ("participants", "Заместитель председателя комитета Нячанга Нгуен", "behind-its-town", ""),
    ("participants", "Сотрудники отдела культуры Витебск", "place", ""),
    ("participants", "Отдел культуры и спорта", "goes-on", ""),
]
PARTS: list[Case] = [
    (
        "purpose",
        "Соглашение с управлением по образованию Полоцкого районного комитета, гостями",
        "owned-already",
        "",
    ),
    ("participants", "Хор Дома культуры", "collective", ""),
    ("place", "сцена театра кукол", "within", ""),
    ("participants", "Ученики школ № 14 и № 16 г. Бреста", "several", ""),
    ("participants", "Ученики гимназии № 1", "at-the-end", ""),
    ("participants", "Школа № 71 г. Бреста и гости", "placed", ""),
    ("participants", "Преподаватели ПГНИУ и гости", "headless", ""),
    ("participants", "Ученики гимназии № 1, гости", "quotation-ends", ""),
    ("participants", "Ученики гимназии № 1 и гости", "may-be-part", ""),
]
WHOLES: list[Case] = [
    ("participants", "Ученики гимназии № 1 школ № 2 и № 3", "begins-elsewhere", ""),
    ("participants", "МБУ «Центр» музея Бреста", "no-founder", ""),
    ("purpose", "Обучение на полигоне ПАО «Татнефть»", "works-of-a-firm", ""),
    ("participants", "Морское училище – филиал МГУ", "branch-of", ""),
    ("participants", "Гимназия № 1 школе № 2", "in-another-case", ""),
    ("participants", "Вторая больница Шаньдунского университета", "whole", ""),
]
OFFICES: list[Case] = [
    ("participants", "Директор школы № 71", "organisation", "genitive"),
    ("participants", "Глава города Пскова Борис Ёлкин", "place", ""),
    ("participants", "Глава городского округа «Город Калининград» Александр Ярошук", "quoted-place", "mark-or-link"),
    ("participants", "Генеральный консул Швеции в Санкт-Петербурге Ева Сундквист", "in-a-place", "mark-or-link"),
    ("participants", "Представители СМИ", "initials", ""),
    ("participants", "Глава г.о. «Котлас» Анна Петрова", "district-in-initials", "genitive"),
    ("participants", "Мэр города, гости", "mark-or-link", ""),
    ("participants", "Министр культуры и туризма Борис Ёлкин", "second-genitive", "mark-or-link"),
    ("participants", "Автор повести «Лён и сыновья» Борис Ёлкин", "quotation", ""),
    ("participants", "Глава города Пскова Борис Ёлкин", "name", ""),
    ("participants", "Мэр Харбина Цы Сибинь", "unknown-name", ""),
    ("participants", "Председатель комитета по управлению имуществом", "concern", ""),
    ("participants", "Заведующая складом Анна Петрова", "in-charge-of", ""),
    ("participants", "Директор д.и.н. А.Б. Ёлкин", "degree", ""),
    ("name", "Кубок главы памяти Бориса Ёлкина", "in-memory", "genitive"),
    ("participants", "Куратор от польской стороны Борис Ёлкин", "on-behalf", ""),
    ("participants", "Директор JSW Orion по закупкам Борис Ёлкин", "latin", ""),
    ("participants", "Солисты из Китая", "ends-with-a-preposition", "genitive"),
    ("participants", "Представители порядка двадцати стран", "genitive", ""),
    ("participants", "Директор школы № 4 Минской обл. Анна Петрова", "dot-of-an-area", "mark-or-link"),
    ("participants", "Председатель Общества Петер Ласло", "body-in-short", ""),
    ("participants", "Глава округа Муром Анна Петрова", "name-of-a-body", ""),
    ("participants", "Глава управления Орхонского аймака Баярсайхан", "name-of-one-word", ""),
    ("participants", "Секретарь бюро содействия торговле Анна Петрова", "dative", ""),
    ("purpose", "Глава города подписал договор", "not-ruled", ""),
]
UNNAMED: list[Case] = [
    ("participants", "Учащиеся школы № 1", "no-office", ""),
    ("participants", "Мэры городов", "of-several", ""),
    ("participants", "Директор Анна Петрова (директор школы № 1)", "in-a-bracket-behind-a-person", ""),
    ("participants", "Директор", "of-nothing", ""),
    ("name", "Встреча с мэром Бреста", "who-meets", ""),
    ("participants", "Мэр г. Бреста", "who-takes-part", ""),
    ("purpose", "Выступил директор школы № 1", "who-acts", ""),
    ("participants", "Сотрудники аппарата мэра г. Бреста", "only-mentioned", ""),
    ("participants", "Главный архитектор г. Бреста", "chief", "no-office"),
]
UNITS: list[Case] = [
    ("participants", "ФГБУ «Заповедник», Земля леопарда", "capital", ""),
    ("participants", "Делегация провинции Хэйлунцзян", "within-a-region", ""),
    ("participants", "Делегации провинций Китая", "several-units", ""),
    ("participants", "Члены, община «Арарат»", "before-a-quotation", ""),
    ("participants", "Гости из районов, из района Витебской области", "before-a-region", ""),
    ("participants", "Делегация Россонского района", "behind-its-adjective", ""),
    ("participants", "Глава района Серик Кыдырбаев", "before-a-person", ""),
    ("participants", "Делегация уезда Лобэй", "unit", ""),
]
UNIT_NAMES: list[Case] = [
    ("participants", "Члены, община Волжского завода", "adjective-of-a-noun", ""),
    ("participants", "Делегация района", "unnamed", ""),
    ("participants", "Делегация провинции Китая", "country", ""),
    ("participants", "Делегация уезда Лобэй", "named-unit", ""),
]
TABLES: dict[str, tuple[DecisionTable[..., Any], list[Case]]] = {
    "places without a type word": (UNMARKED, PLACES),
    "names of organisations": (ACCEPTED, NAMES),
    "ends of names": (STOPS, ENDS),
    "what may be a part": (MAY_BE_PART, PARTS),
    "wholes": (WHOLE, WHOLES),
    "how far an office reaches": (STEPS, OFFICES),
    "offices without a name": (ALONE, UNNAMED),
    "units": (UNIT, UNITS),
    "names of units": (NAMED_UNIT, UNIT_NAMES),
}


def _cases() -> list[Any]:
    return [
        pytest.param(table, *case, id=f"{name}: {case[2]}") for name, (table, cases) in TABLES.items() for case in cases
    ]


@cache
def _unsaid(table: DecisionTable[..., Any]) -> Told:
    """Return what a table says of the row that stands around each case."""
    return told_by(table, lambda: record(name="Приезд", place="Онлайн", participants="Гости"))


@pytest.mark.parametrize(("table", "column", "words", "reason", "overruled"), _cases())
def test_words_for_which_a_line_decides(
    table: DecisionTable[..., Any], column: str, words: str, reason: str, overruled: str
) -> None:
    cells = {"name": "Приезд", "place": "Онлайн", "participants": "Гости", column: words}
    told = told_by(table, lambda: record(**cells))
    assert reason in told and reason not in _unsaid(table)
    assert not overruled or overruled in told[reason]


@pytest.mark.parametrize(("table", "cases"), TABLES.values(), ids=TABLES)
def test_every_line_has_words_for_which_it_decides(table: DecisionTable[..., Any], cases: list[Case]) -> None:
    shown_alone = {"other-quotation"} if table is STOPS else set()
    assert {case[2] for case in cases} | shown_alone == set(table.reasons())


def test_a_name_ends_where_another_quotation_begins() -> None:
    cell = CellText("name", "Отдел «культуры»")
    at = next(index for index, token in enumerate(cell.tokens) if token.low == "культуры")
    ahead = Ahead(cell, at, Mention(0, at, "kind", head=0, label_last=1), Anchors(lexicon()), {})
    assert STOPS.decide(ahead).reason == "other-quotation"


# Names of people


PEOPLE = [
    ("порядка двадцати", "порядка", "nothing-capitalised"),
    ("Фонд «Анна Линд»", "Анна", "quoted"),
    ("Имени Юрия Гагарина", "Юрия", "honours"),
    ("Гёте-института Анна", "Гёте-института", "thing-by-a-hyphen"),
    ("СмолГУ Петров", "СмолГУ", "initials-of-a-body"),
    ("Г.о. Химки", "Г", "district-in-initials"),
    ("И.И. Иванов", "И", "initials-and-last-name"),
    ("Г. и гости", "Г", "initial-with-a-dot"),
    ("Луис де Соуза", "Луис", "first-name-and-particle"),
    ("Анна выступила", "Анна", "nothing-capitalised-behind"),
    ("Твери И. Сомова", "Твери", "name-behind-initials"),
    ("Китаев И.И.", "Китаев", "last-name-and-initials"),
    ("Корпус Б", "Корпус", "letter-behind"),
    ("Беимбета Майлина Костанайской области", "Майлина", "area-behind"),
    ("Анна Петрова", "Анна", "first-name"),
    ("Любиша Чосич", "Любиша", "patronymic-behind"),
    ("Чжаном Ванпином", "Чжаном", "family-name-first"),
    ("Чимит Бальжинимаев", "Чимит", "last-name-behind"),
    ("Карпенко Л", "Карпенко", "last-name-and-letter"),
    ("аль-Масри Халед", "аль-Масри", "joined-particle"),
    ("Танака Кэндзи", "Танака", "own-name-behind"),
    ("Псков Дружба", "Псков", "two-capitals"),
]
BEGUN = {
    reason
    for reason in BEGINS.reasons()
    if "last-name" in reason or reason.startswith(("first-", "patronymic-", "family-", "joined-", "own-name-"))
}


@pytest.mark.parametrize(("text", "word", "reason"), PEOPLE)
def test_where_a_persons_name_begins(text: str, word: str, reason: str) -> None:
    cell = CellText("participants", text)
    at = next(index for index, token in enumerate(cell.tokens) if token.text == word)
    assert BEGINS.decide(cell, at).reason == reason
    assert name_begins(cell, at) is (reason in BEGUN)


def test_every_line_about_peoples_names_is_shown() -> None:
    assert {case[-1] for case in PEOPLE} == set(BEGINS.reasons())


def test_a_first_name_behind_imeni_or_in_quotation_marks_is_no_person_here() -> None:
    """Both would be read as a first and a last name, were these lines not before."""
    later = [rule for rule in BEGINS.rules if rule.reason in BEGUN]
    for text, word in (("имени Юрия Гагарина", "Юрия"), ("фонд «Анна Линд»", "Анна")):
        cell = CellText("participants", text)
        at = next(index for index, token in enumerate(cell.tokens) if token.text == word)
        assert any(rule.holds(cell, at) for rule in later) and not name_begins(cell, at)


@pytest.mark.parametrize(
    ("text", "gender", "case", "reason", "name"),
    [
        ("Айдыном", "masc", "ablt", "man-of-an-unknown-name", "Айдын"),
        ("Эрдогана", "masc", "gent", "man-of-an-unknown-name", "Эрдоган"),
        ("Гарсицей", "masc", "ablt", "name-in-a", "Гарсица"),
        ("Аркадзии", "femn", "gent", "name-in-ya", "Аркадзия"),
        ("Айше", "femn", "ablt", "not-inflected", "Айше"),
    ],
)
def test_names_that_no_dictionary_has(text: str, gender: str, case: str, reason: str, name: str) -> None:
    [token] = tokenize(text)
    rule = UNKNOWN.decide(token, gender, frozenset({case}))
    assert (rule.reason, rule.verdict(token, frozenset({case}))) == (reason, name)


# Dates


@pytest.mark.parametrize(
    ("text", "year", "reason", "dating"),
    [
        ("15 мая", 0, "of-no-year", None),
        ("31 июня", 0, "of-no-year-nor-calendar", ("", "", "no-such-date")),
        ("2023 год – 15 мая 2024 года", 0, "year-and-a-day", None),
        ("30 февраля 2023 года", 0, "not-in-the-calendar", ("", "", "no-such-date")),
        ("15 – 10 мая 2023 года", 0, "ends-before-its-start", ("", "", "ends-before-start")),
        ("10 – 15 мая 2023 года", 0, "dates", ("2023-05-10", "2023-05-15", "")),
        ("15 мая", 2024, "dates", ("2024-05-15", "2024-05-15", "")),
    ],
)
def test_what_is_wrong_with_dates(text: str, year: int, reason: str, dating: tuple[str, str, str] | None) -> None:
    told = told_by(JUDGED, lambda: read_dating(text, year))
    assert list(told) == [reason]
    found = read_dating(text, year)
    assert (found and (found.start, found.end, found.fault)) == dating


def test_every_line_about_dates_is_shown() -> None:
    [marks] = [mark for mark in test_what_is_wrong_with_dates.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]
    assert {case[2] for case in marks.args[1]} == set(JUDGED.reasons())


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("05.2023", "2023-05", "2023-05"),
        ("март 2023 года", "2023-03", "2023-03"),
        ("май 2023 года", "2023-05", "2023-05"),
        ("9 месяцев 2023 года", "2023-01", "2023-09"),
        ("II квартал 2023 года", "2023-04", "2023-06"),
        ("второе полугодие 2023 года", "2023-07", "2023-12"),
        ("весна 2023 года", "2023-03", "2023-05"),
        ("декабрь 2022 – январь 2023 года", "2022-12", "2023-01"),
    ],
)
def test_each_way_of_naming_months(text: str, start: str, end: str) -> None:
    found = read_dating(text)
    assert found is not None and (found.start, found.end) == (start, end)


# Who reports


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Клинцы, Гагаринский район, город Смоленск", "Смоленск"),
        ("Смоленск, Гагаринский район", "Гагаринский район"),
        ("Смоленская область, Смоленск", "Смоленск"),
        ("Смоленская область", "Смоленская область"),
        ("Городского округа «Сыктывкар»", "Сыктывкар"),
        ("Сводные данные", ""),
    ],
)
def test_the_surest_place_of_a_heading_reports(heading: str, name: str) -> None:
    geographer = Geographer(lexicon(), Gazetteer.load(), "RU", "")
    assert reporter(CellText("section", heading), geographer)[0].name == name


# What is not looked at further


def test_a_word_that_begins_no_label_is_told_without_a_search() -> None:
    posts = lexicon().matcher("post")
    text = "Главный врач встретил гостей, и глава города"
    tokens = tokenize(text)
    begun = [index for index, token in enumerate(tokens) if posts.may_begin(token)]
    assert {index for index in range(len(tokens)) if posts.at(tokens, index)} <= set(begun) != set(range(len(tokens)))

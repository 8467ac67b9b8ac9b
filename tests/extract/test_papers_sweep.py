"""Which papers a row tells of, with whom and how they stand: constructions of our own over bodies and countries."""

import pytest

from pobratim.record import Record
from tests.support.rows import record

PAIRS = (
    ("Хабаровская гимназия № 3", "школа № 20 г. Бреста", "Беларусь", "школы"),
    ("Хабаровский краеведческий музей", "музей города Анкары", "Турция", "музеи"),
    ("Хабаровский университет", "университет Коимбры", "Португалия", "вузы"),
    ("Центральная библиотека г. Хабаровска", "библиотека им. Я. Коласа г. Минска", "Беларусь", "библиотеки"),
    ("Хабаровская ТПП", "торгово-промышленная палата г. Ташкента", "Узбекистан", "палаты"),
    ("ГБУЗ «Хабаровская городская больница № 4»", "городская больница г. Харбина", "КНР", "больницы"),
)


def read(purpose: str, pair: tuple[str, str, str, str], name: str = "Рабочая встреча", dates: str = "") -> Record:
    home, foreign, country, plural = pair
    said = {"home": home, "foreign": foreign, "plural": plural, "Plural": plural.capitalize()}
    given = {"dates": dates} if dates else {}
    taking = f"{home}, {foreign} ({country})"
    return record(name.format(**said), purpose=purpose.format(**said), participants=taking, **given)


def papers(found: Record) -> list[tuple[str, str, int]]:
    return [(one.status, one.date or one.planned, len(one.parties)) for one in found.agreements]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[3])
@pytest.mark.parametrize(
    ("purpose", "expected"),
    [
        ("{Plural} подписали соглашение о сотрудничестве на пять лет.", [("signed", "2024-04-12", 2)]),
        ("{Plural} обменялись опытом. Подписан меморандум.", [("signed", "2024-04-12", 2)]),
        ("Подписаны: 1) договор об обмене; 2) меморандум о партнерстве.", [("signed", "2024-04-12", 2)] * 2),
        ("Согласован текст соглашения, подписание ожидается в августе с.г.", [("planned", "2024-08", 2)]),
        ("{Plural} работают по договору от 12 марта 2019 г.", [("in-force", "2019-03-12", 2)]),
    ],
)
def test_a_plural_noun_stands_for_the_two_bodies(
    purpose: str, expected: list[tuple[str, str, int]], pair: tuple[str, str, str, str]
) -> None:
    assert papers(read(purpose, pair)) == expected


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[3])
def test_a_paper_that_the_title_names_is_the_one_that_the_text_tells_of(pair: tuple[str, str, str, str]) -> None:
    found = read("{Plural} подписали соглашение; первое занятие прошло в тот же день", pair, "Соглашение {plural}")
    assert papers(found) == [("signed", "2024-04-12", 2)]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[3])
@pytest.mark.parametrize(
    "purpose",
    [
        "Проведены переговоры, соглашения не заключались.",
        "Подписать договор не удалось.",
        "Новые документы и договоры не подписывались.",
        "От подписания меморандума стороны отказались.",
        "Обсуждение прошло без подписания соглашения.",
    ],
)
def test_a_paper_that_there_is_not_is_none(purpose: str, pair: tuple[str, str, str, str]) -> None:
    assert papers(read(purpose, pair)) == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[3])
@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("В день открытия", "2024-04-12"), ("В первый день", "2024-04-12"), ("На закрытии", "2024-04-19"),
        ("В последний день", "2024-04-19"), ("По итогам", "2024-04"),
    ],
)  # fmt: skip
def test_a_paper_is_of_the_day_that_is_told(told: str, day: str, pair: tuple[str, str, str, str]) -> None:
    found = read(f"{told} {{plural}} подписали договор об обмене", pair, dates="12-19 апреля 2024 года")
    assert papers(found) == [("signed", day, 2)]


@pytest.mark.parametrize(
    "purpose",
    [
        "Заключены договоры: – школа № 5 г. Хабаровска и школа № 19 г. Минска; – лицей № 8 г. Хабаровска и гимназия "
        "№ 4 г. Минска",
        "Подписаны 2 документа: между школой № 5 г. Хабаровска и школой № 19 г. Минска – договор; между лицеем № 8 "
        "г. Хабаровска и гимназией № 4 г. Минска – меморандум",
    ],
)
def test_a_list_of_papers_is_one_a_pair(purpose: str) -> None:
    found = record("Рабочая встреча", purpose=purpose, participants="Педагоги Хабаровска и Минска (Беларусь)")
    numbers = {one.id: one.number for one in found.institutions}
    pairs = {frozenset(numbers.get(p, p) for p in one.parties) for one in found.agreements}
    assert pairs == {frozenset(("5", "19")), frozenset(("8", "4"))}


def test_clauses_of_one_sentence_are_two_papers() -> None:
    found = record(
        "Онлайн-урок",
        purpose="С лицеем № 16 г. Бреста договор подписан в феврале 2023 года, со школой № 31 г. Минска договор "
        "готовится к подписанию",
        participants="Лицей № 8 г. Хабаровска, лицей № 16 г. Бреста и школа № 31 г. Минска (Беларусь)",
    )
    numbers = {one.id: one.number for one in found.institutions}
    told = {(one.status, *sorted(numbers[p] for p in one.parties)) for one in found.agreements}
    assert told == {("in-force", "16", "8"), ("planned", "31", "8")}


@pytest.mark.parametrize(
    "text",
    [
        "В 2019 году школы заключили договор; школа № 20 г. Бреста передала книги школе № 37 г. Хабаровска",
        "Договор школы № 37 г. Хабаровска и школы № 20 г. Бреста действует с 2019 года",
    ],
)
def test_the_parties_of_a_paper_are_tied(text: str) -> None:
    found = record("Выставка рисунков", purpose=text, participants="Жители города Хабаровска, 300 чел.")
    assert [len(tie) for tie in found.ties] == [2]


def test_parties_of_a_paper_that_is_no_more_are_not() -> None:
    text = "Отношения с Аккрой (Гана) прекращены, соглашение истекло в 2019 году."
    found = record("Круглый стол", purpose=text, participants="Депутаты Хабаровской городской Думы")
    assert found.ties == []

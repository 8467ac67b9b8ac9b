"""The words that tell status, date and parties of an agreement: sentences of our own."""

import pytest

from pobratim.record import Record
from tests.support.rows import record

Phrases = dict[str, tuple[str, str, str]]


def phrases(found: Record, number: int = 0) -> Phrases:
    """Return of an agreement's fields the column, words and rule; where a column's words are wrong, nothing."""
    pointer = f"/agreements/{number}/"
    told = [one for one in found.evidence if one.value.startswith(pointer)]
    assert all(found.cells[one.column][one.start : one.end] == one.exact for one in told)
    named = {one.value.removeprefix(pointer): (one.column, one.exact, one.rule) for one in told}
    assert len(named) == len(told)
    return named


@pytest.mark.parametrize(
    ("purpose", "status", "words", "rule"),
    [
        ("Подписано соглашение с г. Брестом (Беларусь).", "signed", "Подписано", "status-word"),
        ("Планируется подписать соглашение с г. Брестом (Беларусь).", "planned", "Планируется", "status-word"),
        ("Подготовлен проект соглашения с г. Брестом (Беларусь).", "planned", "проект", "status-word"),
        ("Соглашение с г. Брестом (Беларусь) от 5 мая 2019 г. выполняется.", "in-force", "5 мая 2019 г.",
         "status-dated-before-day-month"),
        ("К 10-летию подписания соглашения с г. Брестом (Беларусь) открыта выставка.", "in-force", "10-летию",
         "status-anniversary"),
        ("Города в марте прошлого года подписали соглашение с г. Брестом (Беларусь).", "in-force",
         "марте прошлого года", "status-dated-before-month"),
        ("Ранее подписано соглашение с г. Брестом (Беларусь).", "in-force", "Ранее подписано", "status-word"),
        ("Города-побратимы Хабаровск и Брест (Беларусь) дружат с 2011 года.", "in-force", "Города-побратимы",
         "status-word"),
    ],
)  # fmt: skip
def test_the_words_for_how_it_stands(purpose: str, status: str, words: str, rule: str) -> None:
    found = record(name="Встреча с мэром г. Бреста (Беларусь)", purpose=purpose)
    assert [one.status for one in found.agreements] == [status]
    assert phrases(found)["status"] == ("purpose", words, rule)


@pytest.mark.parametrize(
    ("purpose", "date", "where"),
    [
        ("Подписано соглашение с г. Брестом (Беларусь) от 12.04.2024.", "2024-04-12",
         ("purpose", "12.04.2024", "date-dotted")),
        ("Подписано соглашение с г. Брестом (Беларусь).", "2024-04-12",
         ("dates", "12 апреля 2024 года", "date-of-event")),
        ("Соглашение с г. Брестом (Беларусь) от 5 мая 2019 г. до 2029 года.", "2019-05-05",
         ("purpose", "5 мая 2019 г.", "date-day-month")),
        ("До 2029 года действует соглашение с г. Брестом (Беларусь) 2019 года.", "2019",
         ("purpose", "2019 года", "date-year")),
        ("Города в марте прошлого года подписали соглашение с г. Брестом (Беларусь).", "2023-03",
         ("purpose", "марте прошлого года", "date-month")),
        ("Города-побратимы Хабаровск и Брест (Беларусь) дружат с 2011 года.", "2011",
         ("purpose", "2011 года", "date-year")),
    ],
)  # fmt: skip
def test_the_words_for_its_date(purpose: str, date: str, where: tuple[str, str, str]) -> None:
    found = record(name="Встреча с мэром г. Бреста (Беларусь)", purpose=purpose)
    assert [one.date for one in found.agreements] == [date]
    assert phrases(found)["date"] == where


def test_the_words_for_when_it_is_planned() -> None:
    found = record(purpose="Планируется подписать соглашение с г. Брест (Беларусь) в IV квартале текущего года.")
    assert phrases(found)["planned"] == ("purpose", "IV квартале текущего года", "date-quarter")


def test_what_is_not_told_has_no_words() -> None:
    found = record(name="Встреча с мэром г. Бреста (Беларусь)", purpose="Обсуждался ход соглашения о дружбе.")
    assert [(one.status, one.date) for one in found.agreements] == [("in-force", "")]
    assert phrases(found).keys() == {"subject", "parties/0", "parties/1"}


def test_what_a_meeting_came_to_has_its_name_for_its_status() -> None:
    found = record(name="Встреча с мэром г. Бреста (Беларусь)", purpose="Соглашение о дружбе.")
    assert phrases(found)["status"] == ("purpose", "Соглашение о дружбе", "status-came-about")


def test_each_party_has_its_name() -> None:
    text = "Подписано соглашение между школой № 5 г. Хабаровска и школой № 2 г. Бреста (Беларусь)."
    found = phrases(record(name="Встреча педагогов", purpose=text))
    assert found["parties/0"] == ("purpose", "школой № 5 г. Хабаровска", "party-named")
    assert found["parties/1"] == ("purpose", "школой № 2 г. Бреста", "party-named")


def test_a_party_of_the_row_is_less_sure() -> None:
    found = record(name="Встреча с мэром г. Бреста (Беларусь)", purpose="Подписано соглашение о дружбе.")
    told = phrases(found)
    assert told["parties/1"] == ("name", "г. Бреста", "party-of-row")
    sure = {one.value: one.confidence for one in found.evidence}
    assert sure["/agreements/0/parties/1"] == 0.8 and sure["/agreements/0/status"] == 1


def test_a_list_has_one_agreement_a_partner_with_its_own_name() -> None:
    found = record(name="Подписаны соглашения с городами Брест, Гомель и Гродно (Беларусь)")
    names = [phrases(found, number)["parties/1"][1] for number in range(len(found.agreements))]
    assert names == ["городами Брест", "Гомель", "Гродно"]


def test_what_a_later_noun_tells_takes_the_place_of_what_was_assumed() -> None:
    found = record(
        name="Соглашение с г. Брестом (Беларусь)",
        purpose="Мэрами подписано соглашение с г. Брестом 12.04.2024.",
    )
    assert [one.status for one in found.agreements] == ["signed"]
    assert phrases(found)["status"][1] == "подписано" and phrases(found)["date"][1] == "12.04.2024"

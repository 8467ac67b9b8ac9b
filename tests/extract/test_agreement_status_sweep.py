"""Whether an agreement was signed, is in force or planned, and whose side a list names: sentences of our own."""

import pytest

from tests.support.rows import record


def statuses(purpose: str) -> list[str]:
    found = record(
        "Встреча с делегацией г. Бреста", purpose=purpose, participants="Мэр Хабаровска, мэр г. Бреста (Беларусь)"
    )
    return [one.status for one in found.agreements]


@pytest.mark.parametrize("paper", ["соглашение о сотрудничестве", "договор о дружбе", "меморандум о взаимодействии"])
@pytest.mark.parametrize(
    "told",
    [
        "Стороны договорились подготовить {}.", "Города готовят к подписанию {}.", "Решено подготовить {}.",
        "Главы условились до конца года оформить {}.", "Поступило предложение заключить {}.", "Города готовят {}.",
        "Стороны рассчитывают подписать {} до конца года.", "Мэры собираются подписать {}.",
    ],
)  # fmt: skip
def test_what_is_prepared_is_planned(told: str, paper: str) -> None:
    assert statuses(told.format(paper)) == ["planned"]


@pytest.mark.parametrize("paper", ["соглашения о сотрудничестве", "договора о дружбе", "меморандума о взаимодействии"])
@pytest.mark.parametrize("told", ["ожидается в сентябре", "отложено", "перенесено на осень", "состоится в октябре"])
def test_a_signing_that_is_to_come_is_planned(told: str, paper: str) -> None:
    assert statuses(f"Подписание {paper} {told}.") == ["planned"]
    assert statuses(f"Состоялось подписание {paper}.") == ["signed"]


@pytest.mark.parametrize("paper", ["меморандум", "договор", "протокол"])
def test_what_a_meeting_came_to_is_signed(paper: str) -> None:
    assert statuses(f"Итогом встречи стал {paper} о сотрудничестве.") == ["signed"]
    assert statuses(f"Мэры поставили подписи под {paper}ом о сотрудничестве.") == ["signed"]


@pytest.mark.parametrize("when", ["в прошлом году", "в минувшем году"])
def test_what_was_made_last_year_is_in_force(when: str) -> None:
    found = record("Встреча с делегацией г. Бреста", purpose=f"Города {when} заключили договор о дружбе")
    assert [(one.status, one.date) for one in found.agreements] == [("in-force", "2023")]


@pytest.mark.parametrize("what", ["школьных обменов", "дружественных контактов", "культурных обменов", "партнерства"])
def test_a_signed_programme_is_a_paper(what: str) -> None:
    assert statuses(f"Мэрами подписана программа {what} на 2025 год.") == ["signed"]


@pytest.mark.parametrize(
    "told",
    [
        "От Бреста: ОАО «Нива», гимназия № 5. От Хабаровска: АО «Дальмаш», гимназия № 7",
        "от г. Бреста – гимназия № 5, ОАО «Нива»; от г. Хабаровска – гимназия № 7, АО «Дальмаш»",
        "со стороны Бреста – гимназия № 5, ОАО «Нива»; со стороны Хабаровска – гимназия № 7, АО «Дальмаш»",
        "с белорусской стороны: ОАО «Нива», гимназия № 5; с российской стороны: гимназия № 7, АО «Дальмаш»",
        "с белорусской стороны – ОАО «Нива», гимназия № 5; с российской – гимназия № 7, АО «Дальмаш»",
        "Белорусская сторона: ОАО «Нива», гимназия № 5. Российская сторона: гимназия № 7, АО «Дальмаш»",
    ],
)
def test_the_words_before_a_list_tell_the_side(told: str) -> None:
    found = record("Рабочая встреча с коллегами из Бреста", participants=told)
    sides = {one.name: one.country for one in found.institutions}
    assert sides == {"ОАО «Нива»": "BY", "Гимназия № 5": "BY", "Гимназия № 7": "RU", "АО «Дальмаш»": "RU"}


@pytest.mark.parametrize("venue", ["Тульский музей изобразительных искусств", "Хабаровский театр драмы"])
def test_a_venue_alone_tells_the_place(venue: str) -> None:
    [place] = record("Выставка картин", place=venue).places
    assert place.country == "RU" and venue[:3] == place.name[:3]

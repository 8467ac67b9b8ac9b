import pytest

from pobratim.layout.emptiness import says_none, says_nothing, tells_none


@pytest.mark.parametrize(
    "text", ["", " ", "–", "…", "-", "нет", "Нет.", "х", "н/д", "не было", "отсутствует", "___", "не имеется"]
)
def test_what_fills_a_cell_says_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["Витебск", "2023", "Концерт", "I", "нет данных о концерте"])
def test_what_tells_anything_says_something(text: str) -> None:
    assert not says_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "Мероприятия не проводились",
        "Международных мероприятий не было",
        "Международные мероприятия в отчетном периоде не проводились",
        "В I квартале 2023 года международные мероприятия не проводились.",
        "Мероприятий нет",
        "не планируется",
        "Проведение мероприятий не предусмотрено",
        "Международное сотрудничество не осуществлялось",
        "Международных связей администрация района не имеет",
        "мероприятия международного характера отсутствовали",
        "Информация отсутствует",
        "Иностранные делегации не принимались",
        "В указанный период муниципальное образование в международных мероприятиях не участвовало",
    ],
)
def test_the_usual_ways_to_say_that_nothing_was_held(text: str) -> None:
    assert says_none(text)


@pytest.mark.parametrize(
    "text",
    [
        "Турнир не проводился, вместо него состоялся концерт",
        "Фестиваль «Нет войне»",
        "Участие в международных мероприятиях",
        "Акция «Мы не были в Минске»",
        "Семинар",
        "Мероприятие с делегацией города Минска не состоялось",
        "Встреча «Нет наркотикам»",
    ],
)
def test_an_event_is_no_such_sentence(text: str) -> None:
    assert not says_none(text)


def test_a_row_of_dashes_tells_of_nothing_and_a_row_without_a_name_does_not() -> None:
    assert tells_none("–", ["–", "-", ""])
    assert not tells_none("–", ["г. Минск", "–"])
    assert not tells_none("", ["", ""])

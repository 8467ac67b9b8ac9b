"""Which stretches of a row may be a person's name, and which of them go out. All persons here are invented."""

import pytest

from pobratim.publishing.people.hidden import Hidden
from pobratim.publishing.people.rows import named
from pobratim.publishing.people.shown import MASK
from pobratim.publishing.settings import People
from tests.support.rows import record

PRIVATE = [
    ("name", "Поездка Тихона Овсюкова на олимпиаду", "Тихона Овсюкова"),
    ("name", "ПЕРСОНАЛЬНАЯ ВЫСТАВКА ГЛАФИРЫ ЗЫБИНОЙ", "ГЛАФИРЫ ЗЫБИНОЙ"),
    ("purpose", "Диплом получила Злата Мережкина", "Злата Мережкина"),
    ("purpose", "Педагоги: Хвостикова А.П., Дылдин С. С., Ю.Ю. Шмыга", "Хвостикова А.П."),
    ("purpose", "Педагоги: Хвостикова А.П., Дылдин С. С., Ю.Ю. Шмыга", "Дылдин С. С."),
    ("purpose", "Педагоги: Хвостикова А.П., Дылдин С. С., Ю.Ю. Шмыга", "Ю.Ю. Шмыга"),
    ("participants", "Команда школы (Вера Заяц, Лев Мороз)", "Вера Заяц"),
    ("participants", "Команда школы (Вера Заяц, Лев Мороз)", "Лев Мороз"),
    ("participants", "Учитель Абдул Рахим Вафа-заде", "Абдул Рахим Вафа-заде"),
    ("participants", "Dr. Jadwiga Wrona (Республика Польша)", "Jadwiga Wrona"),
    ("participants", "ИП Чубукова Э.А., КФХ «Лаптева», школы", "Чубукова Э.А."),
    ("participants", "ИП Чубукова Э.А., КФХ «Лаптева», школы", "Лаптева"),
    ("participants", "ИП Мамедова Э.А. кызы", "Мамедова Э.А. кызы"),
    ("purpose", "Письма писать на zybina.gl@town.ru, тел. 8 (4812) 38-11-22", "zybina.gl@town.ru"),
    ("purpose", "Письма писать на zybina.gl@town.ru, тел. 8 (4812) 38-11-22", "8 (4812) 38-11-22"),
    ("participants", "участница Зыбина, фото: https://site.ru/people/zybina_1.jpg", "https://site.ru/people/zybina_1.jpg"),
]  # fmt: skip


def _out(cells: dict[str, str], people: People = "heads") -> dict[str, str]:
    row = record(**{"name": "Встреча", **cells})
    hidden = Hidden(people)
    hidden.read([row])
    return {column: hidden.cell(f"{row.report}/{row.row}", column, text) for column, text in row.cells.items()}


@pytest.mark.parametrize(("column", "text", "name"), PRIVATE)
def test_a_private_name_is_masked_and_nothing_moves(column: str, text: str, name: str) -> None:
    out = _out({column: text})[column]
    at = text.index(name)
    assert out[at : at + len(name)] == MASK * len(name) and len(out) == len(text)


STAYING = [
    ("participants", "Мэр города Пскова Анна Петрова, школы", "Анна Петрова", "office"),
    ("participants", "директор школы № 5 Олег Ильин, школы", "Олег Ильин", "heads"),
    ("participants", "Глава города Коломна А.В. Берёзкин", "А.В. Берёзкин", "office"),
    ("place", "Библиотека им. Ю.А. Гагарина, г. Хабаровск", "Ю.А. Гагарина", "none"),
    ("place", "ул. Пушкина, г. Хабаровск", "Пушкина", "none"),
    ("purpose", "Концерт памяти Михаила Глинки", "Михаила Глинки", "none"),
    ("participants", "Команды Добруша и Верхнедвинска, г. Лида, провинция Хатай", "Добруша", "none"),
    ("participants", "Команды Добруша и Верхнедвинска, г. Лида, провинция Хатай", "Лида", "none"),
    ("participants", "Команды Добруша и Верхнедвинска, г. Лида, провинция Хатай", "Хатай", "none"),
    ("participants", "Ветераны Великой Отечественной войны, ЮНЕСКО, СмолГУ", "Великой Отечественной", "none"),
    ("participants", "3 «Б» класс. В рамках встречи приняты гости. Город Гагарин", "Гагарин", "none"),
    ("name", "Фестиваль «Нишава Кап»", "Нишава Кап", "none"),
]


@pytest.mark.parametrize(("column", "text", "name", "people"), STAYING)
def test_what_may_be_shown_stays(column: str, text: str, name: str, people: People) -> None:
    assert name in _out({column: text}, people)[column]


def test_the_setting_decides_of_public_persons() -> None:
    text = "Мэр города Пскова Анна Петрова, директор школы № 5 Олег Ильин, учитель Егор Сом"
    out = {people: _out({"participants": text}, people)["participants"] for people in ("none", "office", "heads")}
    shown = {people: [name for name in ("Петрова", "Ильин", "Сом") if name in said] for people, said in out.items()}
    assert shown == {"none": [], "office": ["Петрова"], "heads": ["Петрова", "Ильин"]}


def test_a_name_goes_wherever_it_stands_again_in_the_row() -> None:
    out = _out({"purpose": "Победила Злата Мережкина", "participants": "ансамбль «ЗЛАТА МЕРЕЖКИНА» и школы"})
    assert "ережк" not in "".join(out.values()).lower()


def test_two_people_of_one_name_are_told_apart_in_two_rows() -> None:
    assert "Анна Петрова" in _out({"participants": "Мэр города Пскова Анна Петрова"}, "office")["participants"]
    assert "Анна Петрова" not in _out({"participants": "Учитель Анна Петрова"}, "office")["participants"]


def test_windows_and_phrases_are_cut_from_the_masked_cell() -> None:
    row = record("Встреча", participants="Учитель школы № 5 Егор Сом, гости")
    hidden = Hidden("office")
    hidden.read([row])
    cell = f"https://x.ru/id/cell/{row.report}/{row.row}/participants"
    begin = row.cells["participants"].index("Сом")
    assert hidden.phrase(f"{cell}#char={begin},{begin + 3}", "Сом") == MASK * 3
    assert hidden.phrase(f"{cell}#char=0,7", "Учитель") == "Учитель"


def test_a_cell_that_nobody_has_read_is_searched_as_it_is() -> None:
    assert Hidden("none").cell("a/1", "purpose", "Приз у Златы Мережкиной") == f"Приз у {MASK * 16}"


def test_names_of_a_row_carry_class_and_rule() -> None:
    found = named(record("Встреча", participants="учитель Егор Сом, библиотека им. А.С. Пушкина")).names
    assert [(one.text, one.person_class) for one in found] == [("Егор Сом", "private"), ("А.С. Пушкина", "honoured")]

"""Words written short: a hyphen for the middle of a word, a full stop for its end. Names are invented."""

import pytest

from pobratim.extract.cells import CellText
from tests.support.rows import record

BODIES = [
    ("адм-ция г. Печоры", "Администрация г. Печоры"),
    ("К-т по спорту администрации г. Печоры", "Комитет по спорту администрации г. Печоры"),
    ("Нац.библиотека им. Ю.П. Ветрова", "Национальная библиотека им. Ю.П. Ветрова"),
    ("Гос. музей им. Ю.П. Ветрова", "Государственный музей им. Ю.П. Ветрова"),
    ("обл. библиотека им. Ю.П. Ветрова", "Областная библиотека им. Ю.П. Ветрова"),
    ("спец. музыкальная школа № 4", "Специальная музыкальная школа № 4"),
    ("к-тр «Спутник»", "Кинотеатр «Спутник»"),
    ("б-ка «Маяк»", "Библиотека «Маяк»"),
    ("з-д «Прогресс»", "Завод «Прогресс»"),
    ("деп. культуры Псковской области", "Департамент культуры Псковской области"),
    ("Дет. школа искусств № 4", "Детская школа искусств № 4"),
    ("муз. школа № 3", "Музыкальная школа № 3"),
    ("Витебский гос.университет", "Витебский государственный университет"),
    ("Об-во «Память»", "Общество «Память»"),
    ("мин.культуры Псковской области", "Министерство культуры Псковской области"),
    ("мед. колледж № 2", "Медицинский колледж № 2"),
]
POSTS = [
    ("дир-р школы № 4 Е.Н. Сомова", "директор школы № 4"),
    ("дир. школы № 4 Е.Н. Сомова", "директор школы № 4"),
    ("през-т палаты ремёсел Е.Н. Сомова", "президент палаты ремёсел"),
    ("пред. гор. совета Е.Н. Сомова", "председатель городского совета"),
    ("зам. пред-ля городского совета Е.Н. Сомова", "заместитель председателя городского совета"),
    ("рук-ль студии Е.Н. Сомова", "руководитель студии"),
    ("глава адм-ции Светлого р-на Е.Н. Сомова", "глава администрации Светлого р-на"),
]
AS_THEY_ARE = [
    "из-за дождя",
    "кое-кто пришёл",
    "Санкт-Петербург",
    "адм. Невельского",
    "проф. Сомов",
    "д-р Хан",
    "вице-мэр",
]


@pytest.mark.parametrize(("written", "name"), BODIES)
def test_a_body_written_short_has_its_full_name(written: str, name: str) -> None:
    names = [one.name for one in record(participants=f"{written}, гости из Китая", section="Город Псков").institutions]
    assert names[:1] == [name]


@pytest.mark.parametrize(("written", "post"), POSTS)
def test_a_post_written_short_is_told_in_full(written: str, post: str) -> None:
    people = record(participants=f"{written}, гости", section="Город Псков").people
    assert [(one.name, one.post) for one in people] == [("Е.Н. Сомова", post)]


@pytest.mark.parametrize("text", AS_THEY_ARE)
def test_what_only_looks_short_stays(text: str) -> None:
    cell = CellText("name", text)
    assert cell.flat(0, len(cell.tokens)) == text


def test_evidence_of_a_word_written_short_is_exact() -> None:
    found = record(participants="Гости, Нац.библиотека им. Ю.П. Ветрова", section="Город Псков")
    assert "Нац.библиотека им. Ю.П. Ветрова" in [one.exact for one in found.evidence]

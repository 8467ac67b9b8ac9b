"""What somebody is: one construction with many words and names, none of which a report of ours has."""

import pytest

from pobratim.record import Record
from tests.support.rows import record

CALLINGS = [
    "каякер", "сомелье", "кинооператор", "спелеолог", "гончар-керамист", "зоотехник", "третьекурсница", "стеклодув",
    "этномузыколог", "орнитолог", "чабан", "маэстро",
]  # fmt: skip
"""Nouns for persons that no list of posts has."""
NAMES = [
    "Игорь Сомов", "Р.Т. Ёлкин", "Ганна Вереск", "Айзада Токтобекова", "Лю Шань", "Пак Мин Хо", "Кристиан Фогель",
    "Самира Бен Али", "Хуан Карлос Ибарра Монтес", "Ёлкина Р. Т.", "Уго Занетти", "Мехрдад Садеги",
]  # fmt: skip
SHORT = [
    ("гл. агроном", "главный агроном"),
    ("гл. технолог завода", "главный технолог завода"),
    ("ст. преподаватель", "старший преподаватель"),
    ("кл. руководитель", "классный руководитель"),
    ("худ. руководитель ансамбля", "художественный руководитель ансамбля"),
    ("исп. директор фонда", "исполнительный директор фонда"),
    ("нач. отдела кадров", "начальник отдела кадров"),
    ("зав. лабораторией", "заведующий лабораторией"),
    ("рук. кружка", "руководитель кружка"),
    ("проф.", "профессор"),
    ("доц.", "доцент"),
    ("д-р", "доктор"),
]
RANKED = [
    "заслуженный тренер", "второй вице-мэр", "третий секретарь", "народный артист", "почётный гражданин",
    "музыкальный критик", "школьный библиотекарь", "ландшафтный архитектор", "районный лесничий", "сельский староста",
    "младший научный сотрудник", "государственный секретарь",
]  # fmt: skip
DEGREES = [
    "д.и.н.", "к.п.н.", "к. ист. н.", "д. т. н.", "канд. ист. наук", "канд. пед. наук", "кандидат наук",
    "доктор технических наук", "к.ф.-м.н.", "д.м.н.", "канд. с.-х. наук", "докт. экон. наук",
]  # fmt: skip
OF_BODY = [
    ("профессор Университета Акдаг Мурат Демир", "Мурат Демир", "Университет Акдаг"),
    ("профессор Университета Тиёда Оноэ Сигэхару", "Оноэ Сигэхару", "Университет Тиёда"),
    ("доцент академии имени Петра Сомова Лейла Аскерова", "Лейла Аскерова", "академия имени Петра Сомова"),
    ("председатель Псковского горисполкома Белецкая А.Б.", "Белецкая А.Б.", "Псковский горисполком"),
    ("начальник отдела администрации Рязани Ю. Сомова", "Ю. Сомова", ""),
    ("проректор Лестеха Э.А. Сомов", "Э.А. Сомов", ""),
    ("глава округа Ковров К. Сомов", "К. Сомов", ""),
    ("глава Псковского муниципального района Юрий Вольной", "Юрий Вольной", ""),
    ("вице-президент ACME Steel по закупкам Амит Чаудри", "Амит Чаудри", ""),
    ("ректор университета Луис Альберто Монтес", "Луис Альберто Монтес", ""),
    ("начальник отдела ГО и ЧС Сомов А.С.", "Сомов А.С.", ""),
    ("директор школы Во Ван Тунг", "Во Ван Тунг", ""),
]
"""Post and body, then the person: the body's name ends before."""
OBLIQUE = [
    ("во главе с мэром Ильиной А.Б.", "Ильина А.Б."),
    ("во главе с мэром Ильиным А.Б.", "Ильин А.Б."),
    ("во главе с мэром Г. Ермаковой", "Г. Ермакова"),
    ("под председательством народного артиста Р.Р. Сомова", "Р.Р. Сомов"),
    ("во главе с вице-мэром господином Тань Чжэньхуа", "Тань Чжэньхуа"),
    ("во главе с заведующим лабораторией Романом Сомовым", "Роман Сомов"),
]


def people(found: Record) -> list[tuple[str, str]]:
    return [(person.name, person.post) for person in found.people]


def spaced(name: str) -> str:
    return name.replace(". ", ".")


@pytest.mark.parametrize("calling", CALLINGS)
def test_any_noun_for_a_person_before_a_name_is_what_he_is(calling: str) -> None:
    for name in NAMES:
        found = people(record(participants=f"Жюри: {calling} {name}, гости"))
        assert [(spaced(who), what) for who, what in found] == [(spaced(name), calling)]


@pytest.mark.parametrize(("words", "post"), SHORT)
def test_abbreviated_posts(words: str, post: str) -> None:
    assert people(record(participants=f"Гости, {words} Игорь Сомов")) == [("Игорь Сомов", post)]


@pytest.mark.parametrize("post", RANKED)
def test_adjectives_of_rank_belong_to_a_post(post: str) -> None:
    assert people(record(participants=f"Гости, {post} Игорь Сомов")) == [("Игорь Сомов", post)]


@pytest.mark.parametrize("degree", DEGREES)
def test_a_degree_is_neither_post_nor_name(degree: str) -> None:
    found = people(record(participants=f"Руководитель раскопок {degree} И.В. Сомов"))
    assert found == [("И.В. Сомов", "Руководитель раскопок")]


@pytest.mark.parametrize(("words", "name", "body"), OF_BODY)
def test_a_bodys_name_ends_before_who_holds_the_post(words: str, name: str, body: str) -> None:
    found = record(participants=words)
    assert [one.name for one in found.people] == [name]
    names = [one.name.lower() for one in found.institutions]
    assert not body or body.lower() in names
    assert not any(name.split()[0].lower() in one.split() for one in names)


@pytest.mark.parametrize(("words", "name"), OBLIQUE)
def test_names_in_oblique_cases(words: str, name: str) -> None:
    assert [one.name for one in record(participants=f"Делегация {words}").people] == [name]


@pytest.mark.parametrize("role", ["Кураторы", "Наставники", "Лекторы", "Эксперты"])
def test_a_role_with_a_colon_or_without_is_of_all_names_of_the_list(role: str) -> None:
    names = ["Игорь Сомов", "Туули Рясанен", "Р.Т. Ёлкин"]
    for words in (f"{role}: {', '.join(names)}", f"{role} {', '.join(names)}"):
        assert [one.name for one in record(participants=words).people] == names
    brackets = "Игорь Сомов (Псков), Туули Рясанен (Лаппи, Финляндия), Р.Т. Ёлкин (Брест)"
    assert [one.name for one in record(participants=f"{role}: {brackets}").people] == names


@pytest.mark.parametrize("place", ["ФРГ", "Китая", "Минска", "Республики Беларусь", "г. Бреста"])
def test_where_somebody_is_from_is_no_part_of_his_post(place: str) -> None:
    assert people(record(participants=f"саксофонист из {place} Йорг Ветцель")) == [("Йорг Ветцель", "саксофонист")]


@pytest.mark.parametrize(
    "words",
    [
        "внучка Лидия Сомова",
        "вечер памяти, сын Петра Сомова",
        "преподобный святой Сергий Радонежский",
        "эксперты Государственного Музея",
        "премия имени космонавта Игоря Сомова",
        "спектакль «Гончар Игорь Сомов»",
    ],
)
def test_who_only_is_spoken_of_is_nobody_who_takes_part(words: str) -> None:
    assert people(record(participants=f"Гости, {words}")) == []


def test_whom_a_cup_remembers_holds_no_post() -> None:
    found = record("Кубок главы округа по самбо памяти мастера спорта А.И. Сомова")
    assert "А.И. Сомов" not in [one.name for one in found.people]

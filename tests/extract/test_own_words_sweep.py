"""A body's own words behind its kind, what only belongs to a body, and whom posts name. Names are invented."""

import pytest

from pobratim.lexicon.lexicon import lexicon
from tests.support.rows import record

OWN = ["Тишрад", "Гаджо Мадан", "Бар-Эйлат", "Касдо Мерба", "Тонлесап", "Дрепа Гоманг", "Аль-Хикам", "Чулалонг"]
KINDS = ["Университет", "Институт", "Клиника", "Колледж", "Монастырь"]
HAD = [
    ("Группа МБУ «Лад»", "МБУ «Лад»"), ("На базе ФГБОУ ВО «ПГТК»", "ФГБОУ ВО «ПГТК»"),
    ("Музеи лицея № 31 (г. Псков)", "Лицей № 31"),
    ("Сообщество МБУК «Городские читальни»", "МБУК «Городские читальни»"),
    ("Площадка ГАУК «Дом ремёсел»", "ГАУК «Дом ремёсел»"), ("Активы музеев школы № 82", "Школа № 82"),
]  # fmt: skip
OF_AGES = [
    "Библиотека Серебряного века", "Музей Северного флота", "Театр Народной песни", "Музей Ледового похода",
    "Библиотека Золотого кольца",
]  # fmt: skip
HONOURS = [
    ("Проректор КолГУ им. Шарофа Рамадова Б. Хамзаев", "Б. Хамзаев", "КолГУ им. Шарофа Рамадова"),
    ("Директор Библиотеки имени Милутина Войича Јелена Николић", "Јелена Николић", "Библиотека имени Милутина Войича"),
]
LED = [
    ("Делегация г. Дацина (провинция Хэйлунцзян, КНР) из 11 чел. во главе с заместителем мэра Ли Вэнем",
     "заместитель мэра г. Дацина"),
    ("ГАПОУ «Псковский колледж» – 6 мастеров под руководством главного инженера О.Р. Сомова",
     "главный инженер ГАПОУ «Псковский колледж»"),
    ("Делегация Университета Гаджо Мадан (г. Джакарта) из 4 чел. во главе с вице-ректором Ли Вэнем",
     "вице-ректор Университета Гаджо Мадан"),
    ("Псковский университет: профессор О.Р. Сомов", "профессор Псковского университета"),
]  # fmt: skip
LISTS = [
    ("Ректор ПГТК А.Б. Белова, Реза Хоссани (Иран), Карлос Эдуардо Мендо (Куба)",
     ["А.Б. Белова", "Реза Хоссани", "Карлос Эдуардо Мендо"]),
    ("Проф. Айбек Тохтар, Дамдинсур Оюунчим, Ли Цян", ["Айбек Тохтар", "Дамдинсур Оюунчим", "Ли Цян"]),
    ("Мэр Пак Чжи Хун, Кан Ми Гён", ["Пак Чжи Хун", "Кан Ми Гён"]),
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_strange_words_before_the_bracket_of_a_place_are_a_bodys_own(kind: str) -> None:
    said = [f"Гости: {kind} {own} (г. Латакия)" for own in OWN]
    names = [[one.name for one in record(participants=text, section="Город Псков").institutions] for text in said]
    right = [found == [f"{kind} {own}"] for found, own in zip(names, OWN, strict=True)]
    assert sum(right) >= 0.95 * len(right), names


@pytest.mark.parametrize(("words", "name"), HAD)
def test_what_a_body_has_is_no_body(words: str, name: str) -> None:
    assert [one.name for one in record(purpose=words, section="Город Псков").institutions] == [name]


@pytest.mark.parametrize("name", OF_AGES)
def test_an_adjective_with_a_capital_and_its_noun_belong_to_a_name(name: str) -> None:
    assert [one.name for one in record(participants=f"{name}, гости", section="Город Псков").institutions] == [name]


@pytest.mark.parametrize(("words", "person", "body"), HONOURS)
def test_who_holds_a_post_is_not_whom_the_body_honours(words: str, person: str, body: str) -> None:
    found = record(participants=words, section="Город Псков")
    assert ([one.name for one in found.people], [one.name for one in found.institutions]) == ([person], [body])


@pytest.mark.parametrize(("words", "post"), LED)
def test_who_leads_a_group_is_of_the_body_or_town_before(words: str, post: str) -> None:
    assert [one.post for one in record(participants=words, section="Город Псков").people] == [post]


@pytest.mark.parametrize(("words", "names"), LISTS)
def test_one_persons_post_is_no_others(words: str, names: list[str]) -> None:
    people = record(participants=words, section="Город Псков").people
    assert [one.name for one in people] == names
    assert [bool(one.post) for one in people] == [True, *[False] * (len(names) - 1)]


def test_where_the_holder_of_a_post_is_from_tells_the_bodys_town() -> None:
    found = record(participants="Директор Библиотеки имени Милутина Войича Јелена Николић (г. Белград, Сербия)")
    assert [(one.place, one.country) for one in found.institutions] == [("Белград", "RS")]


CALLED_AGAIN = [
    ("Верховный Хурал (парламент) Республики Тыва", "RU-TY"),
    ("Государственный Совет (Хасэ) Республики Адыгея", "RU-AD"),
    ("Государственное Собрание (Ил Тумэн) Республики Саха (Якутия)", "RU-SA"),
    ("Народное Собрание (парламент) Карачаево-Черкесской Республики", "RU-KC"),
]


@pytest.mark.parametrize(("name", "region"), CALLED_AGAIN)
def test_brackets_that_call_a_body_otherwise_before_its_area_belong_to_its_name(name: str, region: str) -> None:
    (found,) = record(participants=f"{name}, гости", section="Город Псков").institutions
    assert (found.name, found.region) == (name, region)


def test_a_mayoralty_called_again_keeps_its_town() -> None:
    (found,) = record(participants="Администрация (мэрия) г. Кызыла", section="Город Псков").institutions
    assert (found.name, found.place) == ("Администрация (мэрия) г. Кызыла", "Кызыл")


def test_a_wind_orchestra_is_of_no_man_named_after_wind() -> None:
    (found,) = record(participants="Выступил духовой оркестр г. Пскова", section="Город Псков").institutions
    assert found.name == "Духовой оркестр г. Пскова"


def test_a_kind_that_is_named_as_the_ontology_has_it_keeps_its_words() -> None:
    labels = {text for kind in lexicon().concepts("organisation-kind") for text in kind.inflected}
    names = [f"{text[:1].upper()}{text[1:]} г. Пскова" for text in sorted(labels)]
    read = {
        name: [one.name for one in record(participants=f"{name}, гости", section="Город Псков").institutions]
        for name in names
    }
    assert len(names) > 1_900 and sum(map(bool, read.values())) > 0.98 * len(names)
    assert {name: found for name, found in read.items() if found and found != [name]} == {}


IN_A_CASE = [
    ("Директор нацпарка г. Пскова О.Р. Сомов", "Нацпарк г. Пскова"),
    ("Депутаты Окружного совета депутатов г. Пскова", "Окружной совет депутатов г. Пскова"),
    ("Директор кардиоклиники г. Пскова О.Р. Сомов", "Кардиоклиника г. Пскова"),
    ("Директор агропарка г. Пскова О.Р. Сомов", "Агропарк г. Пскова"),
    ("Директор Дома журналистов г. Пскова О.Р. Сомов", "Дом журналистов г. Пскова"),
    ("Директор молодёжного центра г. Пскова О.Р. Сомов", "Молодёжный центр г. Пскова"),
]


@pytest.mark.parametrize(("words", "name"), IN_A_CASE)
def test_a_kind_in_another_case_is_named_as_the_ontology_has_it(words: str, name: str) -> None:
    assert [one.name for one in record(participants=words, section="Город Псков").institutions] == [name]

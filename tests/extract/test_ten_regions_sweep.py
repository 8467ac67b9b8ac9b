"""Kinds that the report of ten regions taught: each with made names that stand in no report."""

import pytest

from tests.support.rows import record


@pytest.mark.parametrize(
    ("said", "name", "town"),
    [
        ("Визит делегации муниципалитета Самсун (Турция)", "Муниципалитет Самсун", "Самсун"),
        ("Встреча с главой муниципалитета Валево (Сербия)", "Муниципалитет Валево", "Валево"),
        ("Приём делегации муниципалитета Большой Триполи (Ливия)", "Муниципалитет Большой Триполи", "Триполи"),
        ("Переговоры с муниципалитетом Баруто (Венесуэла)", "Муниципалитет Баруто", "Баруто"),
        (
            "Визит представителей муниципальной ассамблеи Марианао (Куба)",
            "Муниципальная ассамблея Марианао",
            "Марианао",
        ),
        ("Переговоры с мэрией Стамбула", "Мэрия Стамбула", "Стамбул"),
    ],
)
def test_an_authority_has_its_town_in_the_nominative(said: str, name: str, town: str) -> None:
    read = record(said)
    assert [(one.name, one.place) for one in read.institutions] == [(name, town)]
    assert len(read.ties) == 1


def test_an_authority_in_the_bracket_of_a_city_is_its_own_party() -> None:
    read = record(
        "Подписание соглашения с муниципалитетом Плайя (г. Гавана, Куба)",
        purpose="Делегация муниципалитета Плайя побывала в школе № 61",
    )
    own = next(one for one in read.institutions if one.kind == "mayoralty")
    assert own.place == "Гавана"
    assert [{own.id, "Хабаровск"} == {*tie} for tie in read.ties] == [True]


@pytest.mark.parametrize(
    "name",
    [
        "Торгово-промышленная палата г. Тольятти и Самарской области",
        "ТПП г. Набережные Челны и региона «Закамье»",
        "Торгово-промышленная палата города Таганрога и Неклиновского района",
    ],
)
def test_a_second_area_belongs_to_the_name(name: str) -> None:
    read = record(participants=f"{name}, Торговая палата г. Пловдива (Болгария)")
    assert read.institutions[0].name == name
    assert len(read.institutions) == 2


def test_two_towns_share_no_name() -> None:
    read = record(participants="музей г. Хабаровска и музей г. Пловдива (Болгария)")
    assert len(read.institutions) == 2


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Занятия прошли на базе Городского кардиологического госпиталя", "Городской кардиологический госпиталь"),
        ("Гости побывали в лабораториях Томского политехнического университета", "Томский политехнический университет"),
        ("Доклады подготовили кафедры Омского педагогического университета", "Омский педагогический университет"),
        ("Сборы проведены на базе СШОР «Ермак»", "СШОР «Ермак»"),
    ],
)
def test_what_a_body_has_is_the_body(said: str, name: str) -> None:
    assert [one.name for one in record(purpose=said).institutions] == [name]


@pytest.mark.parametrize(
    ("title", "name", "place", "country"),
    [
        (
            "Приём Генерального консула Монголии в Иркутске",
            "Генеральное консульство Монголии в Иркутске",
            "Иркутск",
            "MN",
        ),
        ("Встреча с Послом Республики Гана", "Посольство Республики Гана", "", "GH"),
        ("Визит почётного консула Эстонии в Пскове", "Почетное консульство Эстонии в Пскове", "Псков", "EE"),
    ],
)
def test_a_title_s_consul_is_his_consulate(title: str, name: str, place: str, country: str) -> None:
    read = record(title, purpose="Глава города рассказал о планах.")
    assert [(one.name, one.place, one.country) for one in read.institutions] == [(name, place, country)]


def test_a_consul_among_the_guests_is_no_consulate() -> None:
    read = record("День города", participants="Генеральный консул Монголии в Иркутске Бат Эрдэнэ, горожане")
    assert read.institutions == []


@pytest.mark.parametrize(
    ("name", "town"),
    [
        ("Аварский музыкальный театр", "Махачкала"),
        ("Кумыкский театр имени А. П. Салаватова", "Махачкала"),
        ("Черкесский союз Иордании", ""),
    ],
)
def test_an_adjective_of_a_people_is_of_no_town(name: str, town: str) -> None:
    read = record(participants=name, section="Город Махачкала", place="г. Махачкала")
    assert [one.place for one in read.institutions] == [town]


def test_an_adjective_of_the_region_is_not_of_its_small_town() -> None:
    read = record(participants="Адыгейский институт истории", section="Городской округ Майкоп", place="г. Майкоп")
    assert [one.place for one in read.institutions] == ["Майкоп"]


def test_the_administration_of_the_district_is_the_district() -> None:
    read = record(
        "Ярмарка",
        section="Кяхтинский район",
        place="г. Кяхта",
        purpose="Ярмарку открыли администрация района и администрация сомона Орхон (Монголия).",
    )
    told = {one.name: one.id for one in read.institutions}
    assert [{*tie} for tie in read.ties] == [{told["Администрация района"], told["Администрация сомона Орхон"]}]


def test_a_post_rules_a_town_that_is_a_common_word() -> None:
    read = record(purpose="Главой города и заместителем мэра Яловы (Турция) подписан протокол о намерениях.")
    assert [{*one.parties} for one in read.agreements] == [{"Хабаровск", "Ялова"}]


@pytest.mark.parametrize(
    ("said", "name", "post"),
    [
        ("председатель Общества Петер Ласло", "Петер Ласло", "председатель Общества"),
        ("глава Фонда Чжан Вэй", "Чжан Вэй", "глава Фонда"),
        ("президент Ассоциации Дзюн Сато", "Дзюн Сато", "президент Ассоциации"),
        ("ректор МАУ М.А. Гречанова", "М.А. Гречанова", "ректор МАУ"),
        (
            "глава управления образования Орхонского аймака Баярсайхан",
            "Баярсайхан",
            "глава управления образования Орхонского аймака",
        ),
        ("директор Дома дружбы Ольга Линд", "Ольга Линд", "директор Дома дружбы"),
    ],
)
def test_posts_of_bodies_in_short_and_names_of_one_word(said: str, name: str, post: str) -> None:
    assert [(one.name, one.post) for one in record(participants=said).people] == [(name, post)]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Главным судьёй соревнований выступил Джемал Кипиани (г. Батуми, Грузия).", "Джемал Кипиани"),
        ("Председателем жюри стала Анна Линд.", "Анна Линд"),
        ("Модератором встречи стал Ли Вэй.", "Ли Вэй"),
    ],
)
def test_who_acts_as_somebody_is_a_person(said: str, name: str) -> None:
    assert [one.name for one in record(purpose=said).people] == [name]


@pytest.mark.parametrize(
    ("named", "again"),
    [
        ("Глава администрации города Юрий Линд", "Глава администрации провёл переговоры."),
        ("губернатор аймака Орхон Дашням Бат", "Губернатор аймака договорился об обмене."),
    ],
)
def test_an_office_told_again_is_one_person(named: str, again: str) -> None:
    assert len(record(participants=named, purpose=again).people) == 1


@pytest.mark.parametrize("said", ["директор музея Эрдэнэта", "координатор Россотрудничества", "мэр города Ходжейли"])
def test_places_and_bodies_are_no_names_of_one_word(said: str) -> None:
    assert not any(one.name for one in record(participants=said).people)

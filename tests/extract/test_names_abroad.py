"""Names of bodies and places abroad: each kind of wording in sentences of our own, and what is read of it."""

import pytest

from tests.support.rows import record


def bodies(text: str, **cells: str) -> list[tuple[str, str, str]]:
    return [(one.name, one.place, one.country) for one in record(purpose=text, **cells).institutions]


def ties(text: str, **cells: str) -> set[tuple[str, str]]:
    found = record(purpose=text, **cells)
    names = {one.id: one.name for one in found.institutions}
    return {(names.get(home, home), names.get(foreign, foreign)) for home, foreign in found.ties}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Договор с Национальным аграрным и лесным университетом", "Национальный аграрный и лесной университет"),
        ("Договор заключён с Федерацией каратэ Кусиро", "Федерация каратэ Кусиро"),
        ("Визит сотрудников Посольства Республики Куба ПАО «Насосы»", "Посольство Республики Куба"),
        ("Поставка по контракту с компанией Kenya Power Lighting из Найроби (Кения)", "Kenya Power Lighting"),
        ("Переговоры с Торговой палатой Тебриза по логистике", "Торговая палата Тебриза"),
    ],
)
def test_a_name_ends_where_it_ends(text: str, expected: str) -> None:
    assert expected in {name for name, _, _ in bodies(text)}


def test_a_body_of_the_same_noun_behind_and_is_another_one() -> None:
    found = bodies("Встретились начальники Хабаровского спасательного отряда и горноспасательного отряда г. Гюмри")
    assert [place for _, place, _ in found][-1:] == ["Гюмри"]
    assert len(found) == 2


def test_districts_that_share_a_word_are_two() -> None:
    found = record("Матч Вяземского и Ургутского районов", place="г. Ургут (Узбекистан)", section="Вяземский район")
    assert found.ties == [["Вяземский район", "Ургутский район"]]


def test_an_office_shared_by_districts_is_one() -> None:
    [(name, place, _)] = bodies("Приём провела администрация Индустриального и Южного районов г. Хабаровска")
    assert name == "Администрация Индустриального и Южного районов г. Хабаровска"
    assert place == "Хабаровск"


@pytest.mark.parametrize(
    ("text", "partner"),
    [
        ("Подписан протокол с Убсунурским аймаком", "Убсунурский аймак"),
        ("Подписан протокол с Ловичским повятом", "Ловичский повят"),
        ("Встреча мэра города с акимом Катон-Карагайского района, подписан протокол", "Катон-Карагайский район"),
        ("Главой города подписаны соглашения с городами Шеки, Ардебиль и Туркменбаши", "Ардебиль"),
        ("Подписано соглашение о сотрудничестве с городом Восточное Сараево", "Восточное Сараево"),
        ("Мэр города и губернатор провинции Кампонгтям подписали соглашение", "провинция Кампонгтям"),
        ("Города-побратимы Хабаровск и Кировабад обсудили планы", "Гянджа"),
    ],
)
def test_a_place_abroad_is_a_party_under_its_name(text: str, partner: str) -> None:
    assert partner in {foreign for _, foreign in ties(text)}


def test_a_bracket_gives_a_town_another_name() -> None:
    found = record("Визит мэра города Вагаршапат (Эчмиадзин), Республика Армения", participants="Мэр Хабаровска")
    assert found.ties == [["Хабаровск", "Вагаршапат"]]


@pytest.mark.parametrize(
    "text",
    [
        "Договор между Хабаровским медицинским университетом и Университетом имени Джавахарлала Неру",
        "Хабаровский медицинский университет подписал договор с Университетом имени Гамаля Абделя Насера",
    ],
)
def test_what_is_called_after_a_stranger_is_of_the_one_country_abroad(text: str) -> None:
    assert bodies(text, name="Гости из Индии")[-1][2] == "IN"


def test_a_russian_form_is_at_home_in_a_row_about_another_country() -> None:
    [(_, _, country)] = bodies("ООО «Ромашка» заключило контракт", place="г. Тебриз (Иран)")
    assert country == "RU"


def test_an_unnamed_mission_is_of_the_country_that_the_row_names() -> None:
    found = record("Приём Генерального консула Японии", participants="Сотрудники Генконсульства")
    assert [(one.name, one.country) for one in found.institutions] == [("Генконсульство", "JP")]


def test_a_body_that_its_kind_alone_names_is_the_one_named_before() -> None:
    text = "Группу направил Народный комитет города Камфа"
    found = record(purpose=text, participants="Зам. председателя Народного комитета Во Ван Тунг")
    assert [one.name for one in found.institutions] == ["Народный комитет города Камфа"]


def test_latin_initials_are_those_of_the_russian_name() -> None:
    text = "Встреча с руководством Египетско-Российского университета"
    found = record(text, participants="Президент ERU Мохамед Камаль")
    assert [one.name for one in found.institutions] == ["Египетско-Российский университет"]


def test_a_bracket_from_where_some_joined_is_no_seat() -> None:
    found = record(place="Хабаровский институт культуры (подключение из Нью-Дели)").institutions
    assert [one.place for one in found] == ["Хабаровск"]


@pytest.mark.parametrize(
    "text",
    [
        "Связи с г. Кутаиси, действовавшие в советский период, утрачены.",
        "Отношения с Аккрой (Гана) прекращены, соглашение истекло в 2019 году.",
    ],
)
def test_relations_that_are_no_more_are_no_tie(text: str) -> None:
    assert ties(text, name="Круглый стол", participants="Депутаты Хабаровской городской Думы") == set()


@pytest.mark.parametrize(
    ("place", "country"),
    [("Куба", "CU"), ("Чили, г. Сантьяго", "CL"), ("Перу (г. Лима)", "PE"), ("Мали", "ML"), ("Оман. г. Маскат", "OM")],
)
def test_a_country_that_is_an_everyday_word_too_is_one_where_a_place_is_told(place: str, country: str) -> None:
    found = record(place=place, section="Город Псков")
    assert found.countries == [country] and {one.country for one in found.places} <= {country}


@pytest.mark.parametrize(
    ("place", "town", "country"),
    [
        ("г. Тунис", "Тунис", "TN"), ("г. Алжир (Алжир)", "Алжир", "DZ"), ("город Джибути", "Джибути", "DJ"),
        ("г. Колумбия, США", "Колумбия", "US"), ("г. Сингапур", "Сингапур", "SG"),
    ],
)  # fmt: skip
def test_a_town_called_as_a_country_is_one_behind_its_type_word(place: str, town: str, country: str) -> None:
    found = record(place=place, section="Город Псков")
    assert [(one.name, one.country) for one in found.places] == [(town, country)] and found.countries == [country]


@pytest.mark.parametrize(("place", "country"), [("г. Грузия", "GE"), ("Тунис", "TN"), ("г. Люксембург", "LU")])
def test_a_country_stays_one_where_no_town_of_it_is_called_so(place: str, country: str) -> None:
    assert record(place=place, section="Город Псков").countries == [country]

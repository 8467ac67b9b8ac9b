"""Reading what clerks of many regions write: partners' names in Latin letters, lists, parts of bodies, units abroad."""

import pytest

from pobratim.extract.cells import CellText
from pobratim.extract.geography import Geographer
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from tests.support.rows import FAR_EAST, record


def organisations(participants: str, **cells: str) -> list[tuple[str, str, str]]:
    return [(i.name, i.place, i.country) for i in record(participants=participants, **cells).institutions]


def places(text: str) -> list[tuple[str, str, str]]:
    geographer = Geographer(lexicon(), Gazetteer.load(), "RU", "")
    return [(geo.kind, geo.name, geo.country) for geo in geographer.find(CellText("participants", text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Учителя Liceo «Galilei» (г. Верона, Италия)", ("Liceo «Galilei»", "Верона", "IT")),
        ("Сотрудники компании «Nordic Fish Ltd» (Норвегия)", ("Компания «Nordic Fish Ltd»", "", "NO")),
        ("Общество Freunde Russlands e.V., гости", ("Freunde Russlands e.V.", "", "")),
        ("Директор Osaka International School Кен Мори", ("Osaka International School", "", "")),
        ("Коллектив КУД «Бранко» (г. Ниш)", ("КУД «Бранко»", "Ниш", "RS")),
        ("Учащиеся МОАУ «Гимназия № 2» г. Орска", ("МОАУ «Гимназия № 2» г. Орска", "Орск", "RU")),
        ("Сотрудники ГКБУК «Музей камня» г. Перми", ("ГКБУК «Музей камня» г. Перми", "Пермь", "RU")),
        ("МБОУ города Орска «Школа № 8»", ("МБОУ города Орска «Школа № 8»", "Орск", "RU")),
        ("Студенты ОмГУ", ("ОмГУ", "", "RU")),
        (
            "Врачи Второй больницы Циндаоского университета",
            ("Вторая больница Циндаоского университета", "Циндао", "CN"),
        ),
        (
            "Отдел по спорту администрации города Орска",
            ("Отдел по спорту администрации города Орска", "Орск", "RU"),
        ),
        (
            "Сотрудники управления внешних связей администрации города",
            ("Управление внешних связей администрации города", "Хабаровск", "RU"),
        ),
        (
            "Больница «Лотос» при Циндаоском медицинском университете",
            ("Больница «Лотос» при Циндаоском медицинском университете", "Циндао", "CN"),
        ),
        ("Русский дом в Бишкеке", ("Русский дом в Бишкеке", "Бишкек", "KG")),
        ("Музей Л.Н. Гумилёва (г. Астана)", ("Музей Л.Н. Гумилёва", "Астана", "KZ")),
        ("Члены Общества дружбы «Находка – Майдзуру»", ("Общество дружбы «Находка – Майдзуру»", "Находка", "RU")),
        ("Артисты Амурской областной филармонии", ("Амурская областная филармония", "", "RU")),
        ("Депутаты Актюбинского городского маслихата", ("Актюбинский городской маслихат", "Актобе", "KZ")),
        (
            "Картины музея изобразительных искусств г. Гуанчжоу",
            ("Музей изобразительных искусств г. Гуанчжоу", "Гуанчжоу", "CN"),
        ),
    ],
)
def test_names_that_no_list_has(text: str, expected: tuple[str, str, str]) -> None:
    assert organisations(text) == [expected]


def test_a_list_shares_the_word_for_its_kind() -> None:
    found = organisations("10 турецких компаний, в том числе «Anadolu» и «Marmara Tekstil», гости")
    assert found == [("Компания «Anadolu»", "", "TR"), ("Компания «Marmara Tekstil»", "", "TR")]
    found = organisations("Ученики школ «Надежда» и «Радуга» (г. Брест)")
    assert [name for name, _, _ in found] == ["Школа «Надежда»", "Школа «Радуга»"]


def test_a_contest_of_ensembles_names_no_ensemble() -> None:
    assert record("Конкурс ансамблей «Дуэт»").institutions == []


def test_a_quotation_joined_to_a_company_is_another_one() -> None:
    [first, second] = organisations("", purpose="Договор подписали АО «Порт» и «Baltic Lines» (Латвия)")
    assert (first[0], second) == ("АО «Порт»", ("Baltic Lines", "", "LV"))


def test_initials_mean_the_name_that_they_abbreviate() -> None:
    [found] = record(
        purpose="Из фондов МАУК «Омский музей изобразительных искусств»", participants="Директор ОМИИ Анна Белова"
    ).institutions
    assert "ОМИИ" in found.aliases


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("провинция Хатай, Турция", [("region", "провинция Хатай", "TR"), ("country", "Турция", "TR")]),
        ("из провинции Восточный Азербайджан", [("region", "провинция Восточный Азербайджан", "")]),
        ("земля Северный Рейн – Вестфалия", [("region", "земля Северный Рейн – Вестфалия", "")]),
        ("район Гал Республики Абхазия", [("district", "район Гал", "Q23334"), ("country", "Абхазия", "Q23334")]),
        ("Муниципальный район Шигонский", [("district", "Шигонский муниципальный район", "")]),
        ("Сэлэнгинского аймака", [("region", "аймак Сэлэнгэ", "MN")]),
        ("Внутренняя Монголия", [("region", "Внутренняя Монголия", "CN")]),
        ("взгляд с Урала на Волгу", []),
        ("Волжского моторного завода", []),
        ("мэр Ван Лимин", []),
        ("г. Уфа РБ", [("settlement", "Уфа", "RU")]),
        ("города-побратимы Нови-Сад и Ниш", [("settlement", "Нови-Сад", "RS"), ("settlement", "Ниш", "RS")]),
        ("Иванова Мария Петровна", []),
    ],
)
def test_places(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "post"),
    [
        ("во главе с мэром Йоэнсуу Кари Лахтиненом", "Кари Лахтинен", "мэр Йоэнсуу"),
        ("с членом городского веча Миланом Дичем", "Милан Дич", "член городского веча"),
        ("генеральный консул КНР в г. Хабаровске госпожа Цуй Мэй", "Цуй Мэй", "генеральный консул КНР в г. Хабаровске"),
        ("Анна Линд – директор музея", "Анна Линд", "директор музея"),
        ("и.о. мэра г. Яньцзи Ли Цзюнь", "Ли Цзюнь", "и.о. мэра г. Яньцзи"),
        ("Зам. директора школы № 2 И.И. Белов", "И.И. Белов", "Заместитель директора школы № 2"),
        ("глава городского округа «Город Чита» И.С. Орлова", "И.С. Орлова", "глава городского округа «Город Чита»"),
        ("Ректор ОмГУ А.П. Зимин", "А.П. Зимин", "Ректор ОмГУ"),
        ("председатель ассоциации «Мост» (г. Пиза) Марко Ферри", "Марко Ферри", "председатель ассоциации «Мост»"),
    ],
)
def test_people(text: str, name: str, post: str) -> None:
    [person] = record(participants=text).people
    assert (person.name, person.post) == (name, post)


def test_an_office_named_twice_is_one_person() -> None:
    title = "Встреча с генеральным консулом Японии в г. Хабаровске госпожой Сато Юки"
    people = record(title, participants="Генеральный консул Японии, гости").people
    assert [(p.name, p.post) for p in people] == [("Сато Юки", "генеральный консул Японии в г. Хабаровске")]


def agreements(purpose: str, **cells: str) -> list[tuple[str, str, str]]:
    return [(a.kind, a.status, a.date) for a in record("Визит делегации", purpose=purpose, **cells).agreements]


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [
        (
            "Подписан протокол намерений в развитие Соглашения о побратимстве от 5 мая 2009 года между "
            "городом Хабаровском и городом Харбином.",
            [("protocol", "signed", "2024-04-12"), ("twinning", "in-force", "2009-05-05")],
        ),
        (
            "Продлено до 2030 года действие договора с городом Харбином, заключённого в 2019 г.",
            [("contract", "in-force", "2019"), ("contract", "signed", "2024-04-12")],
        ),
        ("Рассмотрен проект соглашения с городом Харбином.", [("agreement", "planned", "")]),
        ("Договор аренды с городом Харбином находится в стадии согласования.", [("contract", "planned", "")]),
        ("Работа ведётся по межправительственному соглашению.", []),
        (
            "Подписано соглашение с городом Харбином. Соглашение предусматривает обмен студентами.",
            [("agreement", "signed", "2024-04-12")],
        ),
    ],
)
def test_every_noun_of_a_sentence_has_its_own_status_and_date(
    purpose: str, expected: list[tuple[str, str, str]]
) -> None:
    assert agreements(purpose) == expected


def test_between_museums_means_those_of_the_row() -> None:
    found = record(
        place="г. Харбин (КНР), Харбинский музей",
        purpose="Картины из собрания МАУК «Музей истории» г. Хабаровска. Между музеями действует договор (2022 г.)",
    )
    [agreement] = found.agreements
    assert sorted(agreement.parties) == ["i0", "i1"]
    assert agreement.date == "2022"


@pytest.mark.parametrize(
    ("cells", "ties"),
    [
        (
            {"purpose": "Опыт работы с городами-побратимами Харбином (КНР) и Ниигатой (Япония)"},
            [["Хабаровск", "Харбин"], ["Хабаровск", "Ниигата"]],
        ),
        ({"name": "Видеоконференция городов-побратимов Хабаровск и Харбин"}, [["Хабаровск", "Харбин"]]),
        (
            {"purpose": "Контакты с городом Ниигата, с которым связывают побратимские отношения"},
            [["Хабаровск", "Ниигата"]],
        ),
        ({"purpose": "Прошли переговоры с компанией «Nordic Fish Ltd» (Норвегия)."}, [["Хабаровск", "i0"]]),
        (
            {
                "purpose": "Стажировка врачей МБУЗ «Больница № 3» г. Хабаровска в больнице «Лотос» г. Харбина. "
                "Состоялась экскурсия."
            },
            [["i0", "i1"]],
        ),
    ],
)
def test_ties_that_a_sentence_states(cells: dict[str, str], ties: list[list[str]]) -> None:
    assert record(**{"name": "Встреча", **cells}).ties == ties


def test_one_home_and_one_foreign_authority_are_tied() -> None:
    found = record(
        "Ярмарка",
        participants="Администрация города Хабаровска, Народное правительство г. Харбина, филармония г. Хабаровска, "
        "театр танца г. Харбина",
    )
    ids = {i.kind: i.id for i in found.institutions}
    assert [ids["administration"], ids["peoples-government"]] in found.ties


def test_an_urban_district_is_its_town_and_tells_the_region() -> None:
    found = record(section="Находкинский городской округ")
    assert (found.reporter, found.home.kind, found.home.region) == ("Находка", "settlement", "RU-PRI")


def test_a_district_of_a_city_is_no_adjective_of_its_town_word() -> None:
    """«Даоли» might be an adjective to the dictionary, and «города» its noun."""
    for town in ("г. Харбина", "города Харбина"):
        found = record(f"Подписание соглашения между Центральным районом г. Хабаровска и районом Даоли {town} (КНР)")
        assert found.agreements[0].parties == ["Центральный район города Хабаровска", "район Даоли"]


def test_a_district_made_urban_keeps_its_name() -> None:
    """The town of that adjective is of another region, or a small centre."""
    assert record(section="Сосновоборский городской округ Ленинградской области").reporter.endswith("городской округ")
    assert record(section="Правдинский городской округ Калининградской области").reporter.endswith("городской округ")


def test_a_whole_year_needs_the_report_year() -> None:
    assert record(dates="в течение года").start == ""
    year = FAR_EAST.__class__("RU", "RU-KHA", 2024)
    assert record(dates="в течение года", context=year).start == "2024"  # type: ignore[arg-type]


def test_dates_with_months_of_their_own_are_a_range() -> None:
    found = record(dates="18 апреля, 16 мая 2024 года")
    assert (found.start, found.end) == ("2024-04-18", "2024-05-16")

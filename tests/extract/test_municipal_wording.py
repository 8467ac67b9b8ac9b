"""Reading the wording of municipal reports: departments, seats, offices, documents and ties as clerks put them."""

import pytest

from pobratim.extract import Context
from pobratim.extract.dates import read_dating
from pobratim.extract.geography import Geographer
from pobratim.extract.row import read_row
from pobratim.layout.walk import ReportRow
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.record import Record
from tests.support.rows import read, record


def names(participants: str, **cells: str) -> list[str]:
    return [i.name for i in record(participants=participants, **cells).institutions]


def responsible(text: str) -> Record:
    cells = {"section": "Город Пермь", "name": "Встреча", "dates": "12.05.2025", "responsible": text}
    geographer = Geographer(lexicon(), Gazetteer.load(), "RU", "")
    row = ReportRow(row=1, table=1, section="Город Пермь", cells=cells, index=1)
    return read_row(row, "test", "test.docx", geographer, Context("RU", "", 0))[0]


def people(participants: str, **cells: str) -> list[tuple[str, str]]:
    return [(p.name, p.post) for p in record(participants=participants, **cells).people]


def agreements(purpose: str, **cells: str) -> list[tuple[str, str, str, list[str]]]:
    found = record(purpose=purpose, **cells)
    shown = {i.id: i.name for i in found.institutions}
    return [(a.kind, a.status, a.date, [shown.get(p, p) for p in a.parties]) for a in found.agreements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Комитет по физической культуре, спорту и туризму администрации города Новокузнецка",
            "Комитет по физической культуре, спорту и туризму администрации города Новокузнецка",
        ),
        (
            "Сотрудники Департамента по работе с обращениями граждан администрации г. Пскова",
            "Департамент по работе с обращениями граждан администрации г. Пскова",
        ),
        ("Студенты Кубанского ГАУ", "Кубанский ГАУ"),
        ("Представители Уральской ТПП", "Уральская ТПП"),
        ("Врачи ФГБУ «НМИЦ им. Мешалкина» Минздрава России", "ФГБУ «НМИЦ им. Мешалкина» Минздрава России"),
        ("ГУ МЧС России по Алтайскому краю", "ГУ МЧС России по Алтайскому краю"),
        ("Сотрудники Музея Зауралья", "Музей Зауралья"),
        ("Музей-усадьба народа сето", "Музей-усадьба народа сето"),
        ("Насельники Трифонова Печенгского монастыря", "Трифонов Печенгский монастырь"),
        (
            "Республиканский центр хирургии имени академика Вахидова",
            "Республиканский центр хирургии имени академика Вахидова",
        ),
        ("ГБУ РС(Я) «Театр оперы и балета»", "ГБУ РС(Я) «Театр оперы и балета»"),
        ("Совет депутатов городского округа Химки", "Совет депутатов городского округа Химки"),
        ("Государственный Совет Республики Крым", "Государственный Совет Республики Крым"),
        ("Ученики Bahçe Koleji", "Bahçe Koleji"),
        ("Ученики Escuela Secundaria Básica «José Martí»", "Escuela Secundaria Básica «José Martí»"),
        ("Артисты Ballet Folklórico de Camagüey", "Ballet Folklórico de Camagüey"),
        ("Сотрудники администрации города", "Администрация города"),
    ],
)
def test_the_whole_name_is_read(text: str, expected: str) -> None:
    assert expected in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Возложение цветов к мемориалу «Защитникам Заполярья»",
        "К годовщине прихода конвоя «Дервиш»",
        "Глава МО «Закаменский район» С.В. Иванов",
        "Турнир среди юношеских команд «Кубок Калевалы»",
    ],
)
def test_what_is_no_organisation(text: str) -> None:
    assert [i.name for i in record(text).institutions] == []


def test_plural_authorities_of_several_towns_are_one_each() -> None:
    found = record("Подписание меморандума между мэриями городов Новосибирска и Ош (Кыргызская Республика)")
    assert [(i.name, i.place, i.country) for i in found.institutions] == [
        ("Мэрия города Новосибирска", "Новосибирск", "RU"),
        ("Мэрия города Ош", "Ош", "KG"),
    ]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("КРОО «Армянская община «Арарат»", "RU"),
        ("Восточно-Казахстанская областная филармония", "KZ"),
        ("Русский центр Худжандского государственного университета имени Гафурова", "TJ"),
        ("Фабрика «Красная Талка»", "RU"),
        ("МАУ «Лапландия»", "RU"),
        ("Институт ботаники имени А. Тахтаджяна НАН РА", "AM"),
    ],
)
def test_where_an_organisation_sits(text: str, country: str) -> None:
    assert record(participants=text).institutions[0].country == country


def test_those_responsible_are_items_of_a_list() -> None:
    found = responsible("Управление по социальной политике и международному сотрудничеству, Хлебникова О.В.")
    assert [i.name for i in found.institutions] == ["Управление по социальной политике и международному сотрудничеству"]
    assert [(p.name, p.post) for p in found.people] == [("Хлебникова О.В.", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Губернатор столицы – мэр г. Улан-Батора Б. Энхбат", ("Б. Энхбат", "Губернатор столицы – мэр г. Улан-Батора")),
        ("Модератор – директор гимназии № 2 А.А. Орлова", ("А.А. Орлова", "директор гимназии № 2")),
        ("Вице-канцлер университета профессор Наима Хатун", ("Наима Хатун", "Вице-канцлер университета")),
        ("Заместитель главного врача больницы Н.С. Филатова", ("Н.С. Филатова", "Заместитель главного врача больницы")),
        ("Мэр Цхинвала Астемир Гаглоев", ("Астемир Гаглоев", "Мэр Цхинвала")),
        ("Глава г.о. Коломна А.В. Гречищев", ("А.В. Гречищев", "Глава г.о. Коломна")),
        (
            "Министр РСО-Алания по национальной политике и внешним связям Алан Багиев",
            ("Алан Багиев", "Министр РСО-Алания по национальной политике и внешним связям"),
        ),
        (
            "Ректор Томского государственного университета Эдуард Галажинский",
            ("Эдуард Галажинский", "Ректор Томского государственного университета"),
        ),
    ],
)
def test_posts_and_names(text: str, expected: tuple[str, str]) -> None:
    assert people(text) == [expected]


def test_a_place_of_the_row_is_the_posts_not_the_names() -> None:
    found = people("Мэр Рамсара Хоссейн Аболхасани", purpose="Переговоры с городом Рамсар (Иран).")
    assert found == [("Хоссейн Аболхасани", "Мэр Рамсара")]


def test_an_office_in_a_sentence_counts_where_it_acts() -> None:
    assert people("", purpose="С приветствием выступил посол Республики Куба.") == [("", "посол Республики Куба")]
    assert people("", purpose="Рассмотрено письмо посла Республики Куба.") == []


def test_a_person_told_by_office_in_the_title_is_the_one_named_later() -> None:
    found = record(
        "Встреча с советником-посланником Посольства Сербии", participants="Советник-посланник Горан Петрович"
    )
    assert [(p.name, p.post) for p in found.people] == [("Горан Петрович", "советник-посланник Посольства Сербии")]


def test_people_honoured_in_a_name_do_not_act() -> None:
    assert people("Центр хирургии имени академика В. Вахидова") == []
    assert people("САФУ имени М.В. Ломоносова, председатель Совета старейшин г. Вайк") == [
        ("", "председатель Совета старейшин г. Вайк")
    ]


def test_an_infinitive_is_a_plan() -> None:
    found = agreements("ООО «Север» и ТОО «Ertis» договорились подписать договор.")
    assert [(kind, status) for kind, status, _, _ in found] == [("contract", "planned")]


def test_a_plan_behind_a_signed_document_is_of_the_next_one() -> None:
    found = agreements(
        "Городами Псков и Гудаута подписан меморандум, предусматривающий заключение в 2026 году "
        "соглашения о побратимстве.",
        name="Визит в г. Гудаута (Абхазия)",
        section="Город Псков",
        dates="3 октября 2025 года",
    )
    assert [(kind, status, date) for kind, status, date, _ in found] == [
        ("memorandum", "signed", "2025-10-03"),
        ("twinning", "planned", "2026"),
    ]


def test_a_bare_document_is_the_one_of_the_title() -> None:
    found = agreements(
        "Соглашение подписали главы городов.",
        name="Подписание соглашения о побратимских связях с городом Вагаршапат (Армения)",
    )
    assert [(kind, parties) for kind, _, _, parties in found] == [("twinning", ["Хабаровск", "Вагаршапат"])]


def test_a_document_that_prolongs_another_is_one() -> None:
    found = agreements("ООО «Север» и ТОО «Ertis» подписали дополнительное соглашение о продлении договора.")
    assert len(found) == 1


def test_heads_sign_for_their_municipality() -> None:
    found = agreements(
        "Меморандум подписали глава города Хабаровска и глава администрации Гудаутского района (Абхазия).",
        name="Подписание меморандума",
    )
    assert found[0][3] == ["Хабаровск", "Гудаутский район"]


def test_the_museums_of_a_row_are_the_parties() -> None:
    found = agreements(
        "Экспонаты предоставил Национальный музей ковра (г. Баку, Азербайджан). Музеи подписали договор.",
        participants="МБУК «Музей истории» г. Хабаровска",
        name="Выставка",
    )
    assert found[0][3] == ["МБУК «Музей истории» г. Хабаровска", "Национальный музей ковра"]


def test_a_word_for_a_quoted_name_is_that_name() -> None:
    found = agreements(
        "Гости осмотрели ФБУН «Вектор». "
        "Подписан договор между «Вектором» и Institute of Biotechnology (г. Ханой, Вьетнам).",
    )
    assert found[0][3] == ["ФБУН «Вектор»", "Institute of Biotechnology"]


def test_a_bridge_of_two_towns_seats_who_is_told_by_nothing() -> None:
    found = record(
        "Консилиум",
        place="г. Хабаровск – г. Ташкент (онлайн)",
        participants="ФГБУ «Кардиоцентр», Республиканский медицинский центр хирургии имени Вахидова",
    )
    assert [(i.place, i.country) for i in found.institutions][1] == ("Ташкент", "UZ")


@pytest.mark.parametrize(
    ("purpose", "series"),
    [("Турнир проводится третий год подряд.", "kubok-druzhby"), ("Победила команда Бишкека.", "")],
)
def test_a_series_may_be_told_by_the_text(purpose: str, series: str) -> None:
    assert record("Турнир «Кубок дружбы»", purpose=purpose).series == series


def test_an_event_is_named_in_the_nominative() -> None:
    found = record("Участие в VIII Международном фестивале финно-угорских народов")
    assert found.series_name == "международный фестиваль финно-угорских народов"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("с 13 по 16.12.2025", ("2025-12-13", "2025-12-16")),
        ("13, 14.12.2025", ("2025-12-13", "2025-12-14")),
        ("3 кв. 2025 г.", ("2025-07", "2025-09")),
    ],
)
def test_ranges_with_one_month_behind(text: str, expected: tuple[str, str]) -> None:
    dating = read_dating(text)
    assert dating is not None
    assert (dating.start, dating.end) == expected


def test_countries_are_of_people_and_sides_not_of_enemies() -> None:
    assert record("Митинг", purpose="Память павших в боях с немецко-фашистскими захватчиками.").countries == []
    assert record("Встреча", purpose="Иранская сторона предложила обмен.").countries == ["IR"]
    assert record("Фестиваль", purpose="Приняли участие повара из Эстонии и Венгрии.").countries == ["EE", "HU"]


def test_names_of_places_are_about_nothing() -> None:
    assert "religion" not in record("Встреча с делегацией Исламской Республики Иран", purpose="Поставки зерна.").topics


@pytest.mark.parametrize(
    ("heading", "town"),
    [
        ("Муниципальное образование городского округа «Сыктывкар»", "Сыктывкар"),
        ("Городской округ Химки Московской области", "Химки"),
        ("Г.о. Коломна", "Коломна"),
    ],
)
def test_headings_of_urban_districts(heading: str, town: str) -> None:
    assert read(section=heading)[0].reporter == town


def test_a_compound_names_the_kind_of_event() -> None:
    assert record("Ретрофестиваль на набережной").kind == ["festival"]


def test_the_management_of_a_numbered_school_is_no_administration_of_a_town() -> None:
    met = "Встреча администраций МБУДО «Детская школа искусств № 8» г. Смоленска и ГУО «Гимназия № 7 г. Витебска»"
    found = record(name=met).institutions
    assert [(i.kind, i.number) for i in found] == [("art-school", "8"), ("gymnasium", "7")]
    assert not any("дминистраци" in name for i in found for name in (i.name, *i.aliases))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20 марта, 19 июня,\n11 декабря 2025", ("2025-03-20", "2025-12-11")),
        ("01.06.2025-21.06.2025, 02.08.2025-22.08.2025", ("2025-06-01", "2025-08-22")),
        ("12.03.2025; 15.04.2025; 20.05.2025", ("2025-03-12", "2025-05-20")),
        ("12.03.2025\n15.04.2025", ("2025-03-12", "2025-04-15")),
        ("22 ноября 2025, 12:00-15:00", ("2025-11-22", "2025-11-22")),
    ],
)
def test_a_list_of_dates_reaches_from_the_first_to_the_last(text: str, expected: tuple[str, str]) -> None:
    dating = read_dating(text)
    assert dating is not None
    assert (dating.start, dating.end) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Глава Энского муниципального района Т.Д. Нагуманов",
            ("Т.Д. Нагуманов", "глава Энского муниципального района"),
        ),
        ("Мэр города Ринат Магдиев", ("Ринат Магдиев", "мэр города")),
        (
            "Вице-президент Каирского университета Махмуд эль-Саид",
            ("Махмуд эль-Саид", "вице-президент Каирского университета"),
        ),
        ("Директор школы Луис де Соуза", ("Луис де Соуза", "директор школы")),
        ("Директор школьного музея О.Л. Пахомова", ("О.Л. Пахомова", "директор школьного музея")),
        ("Заведующая музеем С.А. Петрова", ("С.А. Петрова", "заведующая музеем")),
    ],
)
def test_names_behind_posts(text: str, expected: tuple[str, str]) -> None:
    assert [(name, post[:1].lower() + post[1:]) for name, post in people(text)] == [expected]


def test_a_museum_of_somebody_keeps_the_name_before_its_director() -> None:
    assert people("Директор музея С.А. Есенина Иванова А.Б.") == [("Иванова А.Б.", "Директор музея С.А. Есенина")]


def test_a_consul_general_of_the_title_is_the_one_named_among_those_present() -> None:
    found = people(
        "Генконсул ИРИ Давуд Мирзахани", name="Встреча с Генеральным консулом Исламской Республики Иран в г. Казани"
    )
    assert [name for name, _ in found] == ["Давуд Мирзахани"]
    assert len(people("Консул Ирана Али Реза", name="Встреча с Генеральным консулом Исламской Республики Иран")) == 2


@pytest.mark.parametrize("title", ["Онлайн-матч по шахматам", "Zoom-урок", "Видеоурок", "Скайп-встреча"])
def test_compounds_of_means_of_distant_talk_are_online(title: str) -> None:
    assert record(title).mode == "online"


def test_a_place_cell_may_begin_with_a_venue() -> None:
    found = record("Мастер-класс", place="Музей игрушки,\nг. Сергиев Посад").institutions
    assert [(i.name, i.place, i.role) for i in found] == [("Музей игрушки", "Сергиев Посад", "venue")]


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [
        ("Делегация посетила автосборочный завод компании Dongfeng Motor Corporation.", ["Dongfeng Motor Corporation"]),
        ("Прошли обучение на полигоне ПАО «Татнефть».", ["ПАО «Татнефть»"]),
        ("Встреча с Confederation of Indian Industry (CII).", ["Confederation of Indian Industry"]),
        ("Университет Претории (ЮАР) провёл семинар.", ["Университет Претории"]),
    ],
)
def test_whose_name_stands_behind_a_word_for_what_it_has(purpose: str, expected: list[str]) -> None:
    assert [i.name for i in record("Визит", purpose=purpose).institutions] == expected


def test_a_lent_collection_is_of_the_home_town() -> None:
    shown = record("Выставка", place="г. Прешов (Словакия)", purpose="Показаны работы из собрания Музея кружева.")
    assert [(i.place, i.country) for i in shown.institutions] == [("Хабаровск", "RU")]


def test_an_adjective_in_a_quotation_makes_another_name_of_a_town() -> None:
    assert [i.place for i in record(participants="Фонд «Святое Белогорье»").institutions] == [""]


def test_an_anniversary_of_the_signing_signs_nothing() -> None:
    found = agreements("Матч приурочен к 10-летию подписания соглашения о побратимских связях с городом Сумгаит.")
    assert found == [("twinning", "in-force", "", ["Хабаровск", "Сумгаит"])]


def test_parties_named_by_their_kinds() -> None:
    both = "МБОУ «Лицей № 6» г. Хабаровска, школа № 3 г. Улан-Батора (Монголия)"
    found = agreements("Подготовлено соглашение между лицеем и монгольской школой.", participants=both)
    assert [parties for *_, parties in found] == [["МБОУ «Лицей № 6» г. Хабаровска", "Школа № 3 г. Улан-Батора"]]
    uni = "Тихоокеанский университет, Ферганский государственный университет (Узбекистан)"
    found = agreements("Действует договор, заключённый между вузами в 2023 году.", participants=uni)
    assert [(status, date, len(parties)) for _, status, date, parties in found] == [("in-force", "2023", 2)]


def test_a_twinning_is_of_the_town_whose_authorities_are_named() -> None:
    found = agreements(
        "Соглашение о побратимстве планируется подписать в мае 2026 г.",
        name="Визит делегации мэрии города Вагаршапат (Армения)",
    )
    assert [parties for *_, parties in found] == [["Хабаровск", "Вагаршапат"]]


def test_a_body_that_checks_a_draft_is_no_party() -> None:
    found = agreements("Проект меморандума с г. Шираз (Иран) находится на согласовании в МИД России.")
    assert found == [("memorandum", "planned", "", ["Хабаровск", "Шираз"])]


def test_who_is_named_behind_an_organiser_in_the_ablative_organises() -> None:
    found = record("Гастроли", purpose="Соорганизатором гастролей выступило Общество дружбы города Эскишехир.")
    assert [i.role for i in found.institutions] == ["organiser"]


def test_a_compound_adjective_keeps_its_hyphen_and_is_no_other_towns() -> None:
    found = record(participants="Студенты Южно-Уральского государственного университета").institutions
    assert [(i.name, i.place) for i in found] == [("Южно-Уральский государственный университет", "")]


def test_initials_of_a_university_are_no_town_abroad() -> None:
    assert record(participants="Представители Hanoi University of Technology, УрФУ").countries == []


def test_authorities_talk_to_the_municipality_not_to_a_firm_of_its_delegation() -> None:
    met = "Стороны провели переговоры с Народным правительством города Ичан (КНР)."
    found = record("Рабочая поездка", purpose=met, participants="Представители ПАО «Заря»")
    shown = {i.id: i.name for i in found.institutions}
    assert [[shown.get(p, p) for p in tie] for tie in found.ties] == [
        ["Хабаровск", "Народное правительство города Ичан"]
    ]


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Мастер-класс по росписи матрёшки", "culture"),
        ("Сабантуй", "culture"),
        ("Турслет школьников", "tourism"),
        ("Посадка аллеи дружбы", "environment"),
        ("Урок «Физика» без границ: ядерные технологии", "science"),
    ],
)
def test_words_of_crafts_feasts_and_outings_tell_the_topic(title: str, topic: str) -> None:
    assert topic in record(title).topics

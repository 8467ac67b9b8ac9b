"""Kinds that reports of sixteen municipalities in two layouts taught: each with made names that stand in no report."""

import pytest

from tests.support.rows import record

VISIT = "Визит делегации города Харбина (КНР)"


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("С докладами выступили Люк Бернар и доцент П.Р. Ильин", ["П.Р. Ильин", "Люк Бернар"]),
        ("Рассказали Сирье Рятсеп и Кари Ниеми", ["Сирье Рятсеп", "Кари Ниеми"]),
        ("Экспертный совет возглавил Тигран Саакян", ["Тигран Саакян"]),
        ("Мастер-класс провела Анна Линд (Минск)", ["Анна Линд"]),
        ("Поздравили Анну Линд", []),
        ("Гран-при вручил олимпийский чемпион Пётр Линд", ["Пётр Линд"]),
    ],
)
def test_who_does_something_takes_part(said: str, names: list[str]) -> None:
    assert [one.name for one in record("Фестиваль", purpose=said).people] == names


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("посол Катара Хасан бен Юсуф бен Али Аль-Харби", [("Хасан бен Юсуф бен Али Аль-Харби", "посол Катара")]),
        ("муфтий Рязанской области", [("", "муфтий Рязанской области")]),
        ("олимпийский чемпион Пётр Линд", [("Пётр Линд", "олимпийский чемпион")]),
        ("директор музея Пётр Линд, глава города", [("Пётр Линд", "директор музея"), ("", "глава города")]),
        ("Музей А.К. Толстого, почётный гость – скрипач Люк Бернар", [("Люк Бернар", "скрипач")]),
        ("внучатая племянница поэта Мари Бернар", [("Мари Бернар", "внучатая племянница поэта")]),
    ],
)
def test_posts_and_names_are_whole(said: str, told: list[tuple[str, str]]) -> None:
    assert [(one.name, one.post) for one in record("Вечер", participants=said).people] == told


def test_a_head_behind_the_place_leaves_the_capitals_to_the_body() -> None:
    read = record(
        "Визит ректора Университета Салим Кайнар",
        participants="Ректор Университета Салим Кайнар (г. Кыршехир, Турция) профессор Мурат Озал",
    )
    assert [one.name for one in read.institutions] == ["Университет Салим Кайнар"]
    assert [one.name for one in read.people] == ["Мурат Озал"]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Университет Абу Сами Белкаид (Алжир)", ["Университет Абу Сами Белкаид"]),
        (
            "МАГУ, Университет Тромсё – Арктический университет Норвегии",
            ["МАГУ", "Университет Тромсё – Арктический университет Норвегии"],
        ),
        ("гимназия № 3 – гимназия № 5 г. Ош", ["Гимназия № 3", "Гимназия № 5 г. Ош"]),
        ("Центр прикладного искусства, посетители – 90 чел.", ["Центр прикладного искусства"]),
        ("Дворец-музей Бейлербей (Стамбул)", ["Дворец-музей Бейлербей"]),
        ("Балтийский морской кадетский военный корпус", ["Балтийский морской кадетский военный корпус"]),
    ],
)
def test_names_of_bodies_are_whole(said: str, names: list[str]) -> None:
    read = record("Семинар", participants=said)
    assert sorted(one.name for one in read.institutions) == sorted(names)


def test_a_verb_ends_a_name() -> None:
    read = record(VISIT, purpose="Хабаровский колледж дизайна и Харбинский техникум моды подписали договор")
    assert "Харбинский техникум моды" in [one.name for one in read.institutions]


@pytest.mark.parametrize(
    ("said", "name", "country"),
    [
        ("Томская РОО «Общество дружбы с Болгарией «Розы»", "Томская РОО «Общество дружбы с Болгарией «Розы»", "RU"),
        ("Общество «Майдзуру – Хабаровск» (Япония)", "Общество «Майдзуру – Хабаровск»", "JP"),
        ("Факультет искусств в Белграде", "Факультет искусств в Белграде", "RS"),
        ("музей Селенгинского аймака", "Музей Селенгинского аймака", "MN"),
    ],
)
def test_bodies_sit_where_their_names_say(said: str, name: str, country: str) -> None:
    read = record("Встреча", participants=said)
    assert [(one.name, one.country) for one in read.institutions] == [(name, country)]


def test_letters_that_home_has_not() -> None:
    read = record("Переговоры", participants="ООО «Волна», СПК «Достық» (Казахстан)", place="г. Хабаровск")
    assert {one.name: one.country for one in read.institutions} == {"ООО «Волна»": "RU", "СПК «Достық»": "KZ"}


def test_initials_are_written_so_at_home() -> None:
    read = record(
        "Поездка",
        place="г. Харбин (КНР)",
        purpose="Колледж имени А.П. Смирнова и Харбинский колледж искусств подписали соглашение",
    )
    assert [one.country for one in read.institutions] == ["RU", "CN"]
    assert len(read.ties) == 1


def test_a_town_is_no_plural_of_people() -> None:
    read = record("Встреча с представителями города Ханам", participants="мэр города Ханам Пак Чжи Хун (Корея)")
    assert read.ties == [["Хабаровск", "Ханам"]]


@pytest.mark.parametrize(
    "title",
    [
        "Открытие авиарейса Хабаровск – Харбин (КНР)",
        "Открытие автобусного маршрута «Хабаровск – Фуюань»",
        "Запуск грузовой линии Хабаровск – Фуюань – Цзямусы",
    ],
)
def test_a_way_ties_no_towns(title: str) -> None:
    assert record(title, purpose="Путь до Харбина занимает два часа").ties == []


def test_a_visit_ties_towns_whatever_way_is_spoken_of() -> None:
    read = record("Визит делегации г. Фуюань (КНР)", purpose="Обсуждена паромная линия Хабаровск – Фуюань")
    assert read.ties == [["Хабаровск", "Фуюань"]]


def test_a_republic_of_bosnia_is_not_serbia() -> None:
    read = record(participants="школа № 4, основная школа «Вук» г. Баня-Лука (Республика Сербская, Босния)")
    assert read.countries == ["BA"]


@pytest.mark.parametrize("noun", ["фотографа", "скульптора", "художника", "пианистки"])
def test_who_acts_brings_a_country(noun: str) -> None:
    assert record("Выставка", purpose=f"Показаны работы чилийского {noun} Луиса Переса").countries in (["CL"], [])


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "Подписан протокол к Соглашению о побратимских связях от 12 мая 2009 г.",
            [("protocol", "signed", "2024-04-12"), ("twinning", "in-force", "2009-05-12")],
        ),
        (
            "Подписано дополнительное соглашение к договору о сотрудничестве городов 2019 года",
            [("agreement", "signed", "2024-04-12"), ("contract", "in-force", "2019")],
        ),
        (
            "Стороны заинтересованы в продлении Договора о дружбе, подписанного 12 июня 1997 года",
            [("contract", "in-force", "1997-06-12")],
        ),
        (
            "Смена организована по соглашению, подписанному в 2022 году и пролонгированному до 2027 года",
            [("agreement", "in-force", "2022")],
        ),
        (
            "Главами городов подписано Соглашение о дружбе, второй документ – протокол между ТОГУ и Харбинским "
            "педагогическим университетом",
            [("agreement", "signed", "2024-04-12"), ("protocol", "signed", "2024-04-12")],
        ),
        (
            "Принят протокол встречи, а ТОГУ и Харбинский педагогический университет подписали меморандум",
            [("protocol", "signed", "2024-04-12"), ("memorandum", "signed", "2024-04-12")],
        ),
        (
            "Продлено соглашение от 5 мая 2019 года",
            [("agreement", "in-force", "2019-05-05"), ("agreement", "signed", "2024-04-12")],
        ),
    ],
)
def test_papers_are_told_apart(said: str, told: list[tuple[str, str, str]]) -> None:
    assert [(one.kind, one.status, one.date) for one in record(VISIT, purpose=said).agreements] == told


def test_a_delegation_is_tied_in_a_day_of_many() -> None:
    read = record(
        "Празднование Дня города с участием делегаций городов-побратимов",
        participants="Мэр Хабаровска П.Р. Ильин, делегации городов Харбина (КНР), Саппоро (Япония) и Бучхона (Корея)",
    )
    assert sorted(tie[1] for tie in read.ties) == ["Бучхон", "Саппоро", "Харбин"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Встречу вели учителя Анна Линд и Кари Ниеми", [("Анна Линд", "учитель"), ("Кари Ниеми", "учитель")]),
        ("Выступил ректор университета Неаполя инженер Лука Росси", [("Лука Росси", "ректор университета Неаполя")]),
        ("Выступил мэр города Тунхуа (провинция Цзилинь, КНР) Цзин Хао", [("Цзин Хао", "мэр города Тунхуа")]),
    ],
)
def test_a_name_goes_with_its_office(said: str, told: list[tuple[str, str]]) -> None:
    assert [(one.name, one.post) for one in record("Форум", purpose=said).people] == told


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Гости посетили монастырь Чойлин", ["Монастырь Чойлин"]),
        ("Договорились ТОГУ и Университет Эдуарду Мондзане (г. Мапуту)", ["ТОГУ", "Университет Эдуарду Мондзане"]),
        (
            "НМИЦ кардиологии имени академика П.Р. Ильина принял врачей",
            ["НМИЦ кардиологии имени академика П.Р. Ильина"],
        ),
    ],
)
def test_bodies_behind_verbs_and_joins(said: str, names: list[str]) -> None:
    assert [one.name for one in record("Поездка", purpose=said).institutions] == names


def test_who_goes_about_is_of_home() -> None:
    read = record("Участие в параде", place="г. Самсун (Турция)", purpose="Ансамбль «Весна» показал танцы")
    assert [one.country for one in read.institutions] == ["RU"]


def test_an_entity_of_bosnia_is_no_federation_of_sports() -> None:
    read = record("Визит делегации города Бихач (Федерация Боснии и Герцеговины)")
    assert (read.institutions, read.countries) == ([], ["BA"])

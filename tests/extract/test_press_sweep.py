"""Countries, bodies and papers in the words of the press and in the short hand of offices."""

import pytest

from tests.support.rows import record

FROM_ABROAD = [
    ("Дефиле оценивали флористы Нидерландов и Эквадора", {"NL", "EC"}),
    ("На празднике побывала пенсионерка Мэри Уоткинс из Новой Зеландии", {"NZ"}),
    ("Показ дизайнера Елены Младич из города Лесковац", {"RS"}),
    ("Победителю забега кенийцу Джозефу Макори вручили кубок", {"KE"}),
    ("За пультом стоял серб Деян Малич", {"RS"}),
    ("Грузинские альпинисты ждали бегунов у границы", {"GE"}),
    ("Гавана прислала музыкантов и врачей", {"CU"}),
    ("Снимки прислали подданные Таиланда и гражданка Португалии", {"TH", "PT"}),
    ("Книги привезла заведующая Мстиславской районной библиотекой Алла Громыко", {"BY"}),
]
AT_HOME = [
    "Выступили национальные объединения (азербайджанское, таджикское, немецкое)",
    "Концерт дал Аттила Хорват",
    "Чтения к 100-летию поэта Гевондяна",
]
BODIES = [
    "Самаркандский онкоцентр",
    "Гродненский областной онкодиспансер",
    "Атырауский колледж нефти и газа",
    "Минский колледж моды и стиля",
    "Профессиональная гимназия по туризму «Пенчо Семов»",
    "Аэродром «Белый Ключ»",
    "Пилотажная группа «Русь»",
    "Дворец книги",
]


@pytest.mark.parametrize(("text", "countries"), FROM_ABROAD)
def test_people_of_other_countries_take_part(text: str, countries: set[str]) -> None:
    assert set(record(purpose=text).countries) == countries


@pytest.mark.parametrize("text", AT_HOME)
def test_communities_and_names_add_no_country(text: str) -> None:
    assert record(participants=text).countries == []


@pytest.mark.parametrize("name", BODIES)
def test_kinds_of_bodies(name: str) -> None:
    found = record(participants=f"Участники концерта, {name}; 20 чел.").institutions
    assert [one.name for one in found] == [name]


def test_names_in_latin_letters() -> None:
    found = record(participants="АО «Уголь», XCMG (Сюйчжоу, КНР); Čebelarsko društvo Radovljica; Agro Bog‘ Invest")
    assert {"XCMG", "Čebelarsko društvo Radovljica"} <= {one.name for one in found.institutions}
    assert "Agro Bog‘ Invest" in {one.name for one in record(purpose="предприятие Agro Bog‘ Invest").institutions}


def test_a_university_called_by_two_words() -> None:
    found = record(participants="проректор Университета Савитрибай Пхуле города Пуна доктор Парва Калкар")
    assert [one.name for one in found.institutions] == ["Университет Савитрибай Пхуле города Пуна"]
    assert [person.name for person in found.people] == ["Парва Калкар"]


def test_a_delegation_that_arrived_is_not_from_there() -> None:
    text = "Делегация Военно-исторического музея прибыла в Сухум"
    found = record(place="г. Сухум (Абхазия)", purpose=text).institutions
    assert [one.country for one in found] == ["RU"]


@pytest.mark.parametrize(
    "text", ["Соглашения между школами пока нет", "Письменного соглашения нет", "Договора с г. Брестом нет"]
)
def test_what_there_is_not_is_no_paper(text: str) -> None:
    assert record("Встреча с директором школы № 2 г. Бреста", purpose=text).agreements == []


def test_the_day_of_signing_is_still_to_come() -> None:
    text = "Определён срок подписания соглашения о породнении с г. Брестом – II квартал 2025 года"
    [paper] = record("Рабочая встреча", purpose=text).agreements
    assert paper.status == "planned"


def test_what_one_gives_the_other_ties_them() -> None:
    text = "Вечером фонд «Наследие» (г. Ялова, Турция) передал Хабаровскому музею истории копии писем"
    assert len(record("Поход памяти", purpose=text).ties) == 1


@pytest.mark.parametrize(
    ("participants", "place"), [("Делегация", "д. Большая Кибья"), ("Делегация", "с. Верхняя Берёзовка")]
)
def test_villages_of_two_words(participants: str, place: str) -> None:
    [found] = record(participants=participants, place=place).places
    assert found.name == place.split(" ", 1)[1]

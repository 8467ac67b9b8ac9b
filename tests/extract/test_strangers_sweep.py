"""Kinds that reports of strangers taught: each with made names that stand in no report."""

import pytest

from tests.support.rows import record


@pytest.mark.parametrize(
    ("whole", "again"),
    [
        ("Хабаровский краевой музей имени П. Н. Сабанеева", "Сабанеевский музей"),
        ("Художественный музей имени Н. И. Гречанова", "Гречановский музей"),
        ("Южно-Приморский государственный университет", "ЮПрГУ (НИУ)"),
        ("Донецкий госуниверситет", "ДГУ имени П. Р. Савина"),
        ("МБОУ «СОШ № 87» г. Хабаровска", "Хабаровская школа"),
    ],
)
def test_a_body_named_again_is_one(whole: str, again: str) -> None:
    read = record(participants=f"{whole}, 12 чел.", purpose=f"{again} передал гостям альбом.")
    assert len(read.institutions) == 1, [one.name for one in read.institutions]


def test_bodies_of_two_persons_stay_two() -> None:
    read = record(participants="Музей имени П. Н. Сабанеева, Гречановский музей")
    assert len(read.institutions) == 2


@pytest.mark.parametrize(
    ("listed", "town"),
    [
        ("школа № 61 и гимназия № 45 г. Гомеля", "Гомель"),
        ("школа № 61, лицей № 58 и гимназия № 45 г. Могилёва", "Могилёв"),
        ("детский сад № 77 и детский сад № 78 г. Павлодара", "Павлодар"),
    ],
)
def test_a_town_behind_a_list_is_of_all(listed: str, town: str) -> None:
    read = record(participants=f"МБОУ «Лицей № 93», {listed}")
    assert [one.place for one in read.institutions[1:]] == [town] * (len(read.institutions) - 1)


def test_of_two_bodies_the_one_without_a_town_is_at_home() -> None:
    read = record(participants="гимназия № 45 и школа № 61 г. Гомеля", name="Телемост двух школ")
    assert read.institutions[0].country == "RU"


@pytest.mark.parametrize(
    ("said", "parties"),
    [
        ("палаты продлили соглашение до 2030 г.", {"chamber-of-commerce"}),
        ("Вузы подписали меморандум.", {"university"}),
    ],
)
def test_parties_are_told_in_short(said: str, parties: set[str]) -> None:
    chambers = "Хабаровская торгово-промышленная палата, Торгово-промышленная палата г. Харбина (КНР)"
    universities = "Хабаровский аграрный университет, Харбинский аграрный университет (КНР)"
    read = record(participants=chambers if "chamber-of-commerce" in parties else universities, purpose=said)
    kinds = {one.id: one.kind for one in read.institutions}
    signed = [paper for paper in read.agreements if paper.status == "signed"]
    assert [len(paper.parties) for paper in signed] == [2]
    assert {kinds[party] for party in signed[0].parties} == parties


@pytest.mark.parametrize("form", ["Ружемберком", "Ружемберке", "Ружемберка"])
def test_a_town_abroad_is_known_again(form: str) -> None:
    read = record(
        participants="Мэр города Ружемберк (Словакия) Петер Мала", purpose=f"Стороны говорили о школах {form}."
    )
    assert read.countries == ["SK"]
    assert ["Хабаровск", "Ружемберк"] in read.ties


def test_a_district_of_the_city_is_one_party() -> None:
    read = record(
        name="Соглашение между Кировским районом г. Хабаровска и Ленинским районом г. Минска",
        participants="Глава Кировского района И. П. Мурашов",
    )
    assert read.ties == [["Кировский район города Хабаровска", "Ленинский район города Минска"]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Делегация во главе с проф. Вэй Дуном", "Вэй Дун"),
        ("Делегация во главе с профессором Чжан Лином", "Чжан Лин"),
    ],
)
def test_names_of_the_east_behind_with(text: str, name: str) -> None:
    assert [one.name for one in record(participants=text).people] == [name]


@pytest.mark.parametrize(
    "name",
    [
        "Школа имени принцессы Басмы",
        "ЗАГС г. Хабаровска",
        "Президентский фонд культурных инициатив",
        "Монастырь Ташилунг",
    ],
)
def test_kinds_of_bodies(name: str) -> None:
    assert name in [one.name for one in record(participants=f"Гости, {name}").institutions]


def test_bodies_in_general_are_nobody() -> None:
    assert record(participants="Предприятия, учреждения и организации Оршанского района (Беларусь)").institutions == []


def test_a_preposition_behind_a_year_begins_a_sentence() -> None:
    read = record(
        purpose="Соглашение с г. Харбином действует с 2018 г. С г. Фуюанем подписан меморандум о спорте.",
        participants="Делегации городов Харбина и Фуюаня (КНР)",
    )
    assert [(paper.status, paper.parties) for paper in read.agreements] == [
        ("in-force", ["Хабаровск", "Харбин"]),
        ("signed", ["Хабаровск", "Фуюань"]),
    ]


@pytest.mark.parametrize("short", ["палатой Исфахана", "исфаханской палатой"])
def test_a_body_is_told_by_its_kind_and_town(short: str) -> None:
    read = record(
        participants="Хабаровская ТПП, Торгово-промышленная палата г. Исфахана (Иран)",
        purpose=f"Подписан меморандум с {short}.",
    )
    chamber = next(one.id for one in read.institutions if one.place == "Исфахан")
    assert [chamber in paper.parties for paper in read.agreements] == [True]

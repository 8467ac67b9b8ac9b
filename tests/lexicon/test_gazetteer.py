"""Settlements: names in any spelling, adjectives, namesakes, and territories as sources name them."""

import gzip
from dataclasses import replace

import pytest

from pobratim.content import content_root
from pobratim.lexicon.gazetteer import Area, Gazetteer, spelling_key

LINES = [
    "1\tRU\t69\t54.7800\t32.0400\t330000\tSmolensk\tСмоленск",
    "2\tRU\t51\t56.2400\t43.4600\t230000\tDzerzhinsk\tДзержинск",
    "3\tBY\t05\t53.6800\t27.1300\t30000\tDzyarzhynsk\tДзяржынск|Дзержинск",
    "4\tRU\t65\t53.5300\t49.3400\t700000\tTolyatti\tТольятти|Ставрополь",
    "5\tRU\t70\t45.0400\t41.9700\t430000\tStavropol\tСтаврополь",
    "6\tGE\t02\t43.0000\t41.0200\t65000\tSokhumi\tСухуми|Сухум",
    "7\tUA\t11\t44.9500\t34.1000\t336000\tSimferopol\tСимферополь",
    "8\tRU\t69\t55.2100\t34.2900\t50000\tVyaz'ma\tВязьма",
]
EXTRA = [
    "Вязьма\tRU\t\tвяземский",
    "Сухум\tGE\tСухуми\tсухумский",
    "Дзау\tGE/Q23427\tДжава",
    "Хасан\tRU",
    "-\t\t\tприморский, ставропольский",
    "Кривой Рог\tUA\tКривбасс\t\t2",
]
AREAS = {
    "RU.69": Area("RU-SMO", "RU"),
    "GE.02": Area(territory="Q23334"),
    "UA.11": Area("RU-CR", "RU"),
}


@pytest.fixture(scope="module")
def small() -> Gazetteer:
    return Gazetteer(LINES, EXTRA, AREAS)


@pytest.fixture(scope="module")
def full() -> Gazetteer:
    return Gazetteer.load()


def test_spelling_key_folds_case_yo_and_hyphens() -> None:
    assert spelling_key("Йошкар-Ола") == spelling_key("йошкар ола")
    assert spelling_key("Берёза") == spelling_key("БЕРЕЗА")


def test_find_puts_the_most_populous_first(small: Gazetteer) -> None:
    assert [(s.country, s.population) for s in small.find("дзержинск")] == [("RU", 230000), ("BY", 30000)]
    assert small.find("Атлантида") == ()


def test_former_name_does_not_hide_its_bearer(small: Gazetteer) -> None:
    assert [s.name for s in small.find("Ставрополь")] == ["Ставрополь"]


def test_extra_line_decides_the_shown_name_and_adds_spellings(small: Gazetteer) -> None:
    (sukhum,) = small.find("Сухуми")
    assert sukhum.name == "Сухум"
    assert set(sukhum.names) == {"Сухум", "Сухуми"}
    assert small.find("Хасан")[0].lat is None


def test_extra_line_finds_its_settlement_by_geonames_id(small: Gazetteer) -> None:
    (found,) = small.find("Кривбасс")
    assert (found.geonames, found.name) == (2, "Кривой Рог")


def test_country_named_beside_decides(small: Gazetteer) -> None:
    namesakes = small.find("Дзержинск")
    chosen = small.choose(namesakes, country="BY", home_country="RU")
    assert chosen is not None
    assert chosen.country == "BY"


def test_home_country_outweighs_up_to_eight_times_larger_namesakes(small: Gazetteer) -> None:
    namesakes = small.find("Дзержинск")
    at_home = small.choose(namesakes, home_country="BY")
    abroad = small.choose(namesakes, home_country="KZ")
    assert at_home is not None
    assert abroad is not None
    assert (at_home.country, abroad.country) == ("BY", "RU")


def test_nothing_to_choose_from(small: Gazetteer) -> None:
    assert small.choose([], home_country="RU") is None


@pytest.mark.parametrize(
    ("name", "country", "home", "expected"),
    [
        ("Сухум", "", "RU", "Q23334"),
        ("Сухум", "GE", "RU", "GE"),
        ("Сухум", "Q23334", "RU", "Q23334"),
        ("Дзау", "", "RU", "Q23427"),
        ("Дзау", "GE", "", "GE"),
        ("Симферополь", "", "RU", "RU"),
        ("Симферополь", "UA", "RU", "UA"),
        ("Симферополь", "", "KZ", "UA"),
    ],
)
def test_country_is_named_as_the_source_names_it(
    small: Gazetteer, name: str, country: str, home: str, expected: str
) -> None:
    chosen = small.choose(small.find(name), country=country, home_country=home)
    assert chosen is not None
    assert chosen.country == expected


def test_region_survives_another_country_name(small: Gazetteer) -> None:
    chosen = small.choose(small.find("Симферополь"), home_country="RU")
    assert chosen is not None
    assert small.region_of(chosen) == "RU-CR"


def test_principal_is_the_largest_of_its_name_and_country(full: Gazetteer) -> None:
    first, *others = [s for s in full.find("Кировск") if s.country == "RU"]
    assert full.is_principal(first)
    assert others
    assert not any(full.is_principal(other) for other in others)


def test_principal_does_not_depend_on_the_country_name(small: Gazetteer) -> None:
    (sukhum,) = small.find("Сухум")
    assert small.is_principal(replace(sukhum, country="Q23334"))


def test_listed_adjective_of_no_town(small: Gazetteer) -> None:
    assert small.by_adjective("ставропольский") == ()
    assert [s.name for s in small.by_adjective("вяземский")] == ["Вязьма"]


@pytest.mark.parametrize(
    ("adjective", "name", "country"),
    [
        ("витебский", "Витебск", "BY"), ("жлобинский", "Жлобин", "BY"), ("оршанский", "Орша", "BY"),
        ("горецкий", "Горки", "BY"), ("россонский", "Россоны", "BY"), ("полоцкий", "Полоцк", "BY"),
        ("речицкий", "Речица", "BY"), ("новополоцкий", "Новополоцк", "BY"), ("барановичский", "Барановичи", "BY"),
        ("десногорский", "Десногорск", "RU"), ("вяземский", "Вязьма", "RU"), ("клинцовский", "Клинцы", "RU"),
        ("руднянский", "Рудня", "RU"), ("нижегородский", "Нижний Новгород", "RU"), ("тверской", "Тверь", "RU"),
        ("вологодский", "Вологда", "RU"), ("барнаульский", "Барнаул", "RU"), ("суземский", "Суземка", "RU"),
        ("харбинский", "Харбин", "CN"), ("хуньчуньский", "Хуньчунь", "CN"), ("алматинский", "Алматы", "KZ"),
        ("новосадский", "Нови-Сад", "RS"), ("даугавпилсский", "Даугавпилс", "LV"),
        ("улан-баторский", "Улан-Батор", "MN"),
    ],
)  # fmt: skip
def test_adjectives_of_towns(full: Gazetteer, adjective: str, name: str, country: str) -> None:
    chosen = full.choose(full.by_adjective(adjective), home_country=country)
    assert chosen is not None
    assert (chosen.name, chosen.country) == (name, country)


@pytest.mark.parametrize("adjective", ["приморский", "уральский", "успенский", "пушкинский", "детск", "ский", ""])
def test_adjectives_of_no_town(full: Gazetteer, adjective: str) -> None:
    assert full.by_adjective(adjective) == ()


# Written down from atlases and city web pages, not from the file under test.
PARTNERS = {
    "CN": "Пекин Харбин Хэйхэ Суйфэньхэ Хуньчунь Муданьцзян Цзямусы Маньчжурия Мяньян Хуанган Цзинин Далянь Чэнду",
    "JP": "Токио Ниигата Саппоро Хакодате Вакканай Майдзуру Отару Кусиро",
    "KR": "Сеул Пусан Сокчо Донхэ Инчхон", "MN": "Улан-Батор Эрдэнэт Дархан Чойбалсан",
    "TR": "Анкара Стамбул Анталья", "RS": "Белград Нови-Сад Крагуевац Ниш", "FI": "Хельсинки Лаппеэнранта Тампере",
    "BY": "Минск Витебск Могилёв Горки Мстиславль Глубокое Берёза Чечерск", "KZ": "Алматы Астана Костанай Уральск",
    "RU": "Москва Санкт-Петербург Улан-Удэ Благовещенск Южно-Сахалинск Ростов-на-Дону Ярославль",
    "AM": "Ереван Гюмри Вагаршапат Иджеван", "LV": "Рига Даугавпилс", "DE": "Берлин Гамбург Лейпциг",
}  # fmt: skip


@pytest.mark.parametrize("country", PARTNERS)
def test_partner_cities_are_known_under_their_russian_name(full: Gazetteer, country: str) -> None:
    shown = {
        name: next((s.name for s in full.find(name) if s.country == country), "") for name in PARTNERS[country].split()
    }
    assert {spelling_key(name) for name in shown} == {spelling_key(name) for name in shown.values()}, shown


def test_regions_hold_their_towns(full: Gazetteer) -> None:
    towns = {"Вязьма": "RU-SMO", "Орша": "BY-VI", "Харбин": "CN-HL", "Эрдэнэт": "MN-035", "Рованиеми": "FI-10"}
    assert {name: full.region_of(full.find(name)[0]) for name in towns} == towns


def test_packed_file_is_reproducible_and_sorted() -> None:
    packed = (content_root() / "ontology" / "settlements.tsv.gz").read_bytes()
    assert packed[4:8] == bytes(4)
    lines = [line for line in gzip.decompress(packed).decode().splitlines() if not line.startswith("#")]
    numbers = [int(line.split("\t", 1)[0]) for line in lines]
    assert numbers == sorted(set(numbers))
    assert {line.count("\t") for line in lines} == {7}

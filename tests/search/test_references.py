"""What names in questions mean: which are taken, which are refused, and what is said of each."""

import pytest

from pobratim.messages import explain
from pobratim.query.header import parse_query
from pobratim.query.question import NamedQuery
from pobratim.search import SearchDocument, SearchIndex
from pobratim.search.references import UnknownNameError, look_up, said_of_nothing, told, understand

BASE = "https://w3id.org/pobratim/id/"


def _place(key: str, name: str, region: str, country: str, *others: str) -> SearchDocument:
    iri = f"{BASE}place/{key}"
    around = (region, country)
    return SearchDocument(
        iri, "place", {"ru": name}, (name, *others), {"ru": region}, {"ru": country}, around, ids=(iri, key)
    )


def _area(type_: str, iri: str, *names: str, code: str) -> SearchDocument:
    return SearchDocument(iri, type_, {"ru": names[0]}, names, ids=(iri, code, iri.rpartition("/")[2]))


def _school(key: str, name: str, place: str) -> SearchDocument:
    iri = f"{BASE}organisation/{key}"
    return SearchDocument(iri, "institution", {"ru": name}, (name,), {"ru": place}, around=(place,), ids=(iri, key))


CHINA = "http://publications.europa.eu/resource/authority/country/CHN"
SMOLENSK_OBLAST = "https://w3id.org/pobratim/def/region/RU-SMO"
REPORT = f"{BASE}report/q1"
DOCUMENTS = [
    _place("ru-smolensk", "Смоленск", "Смоленская область", "Россия"),
    _place("by-vitebsk", "Витебск", "Витебская область", "Беларусь"),
    _place("ru-omsk", "Омск", "Омская область", "Россия"),
    _place("ru-kirov", "Киров", "Кировская область", "Россия"),
    _place("ru-kirov-klu", "Киров", "Калужская область", "Россия"),
    _place("ru-ekaterinburg", "Екатеринбург", "Свердловская область", "Россия", "Екб"),
    _place("ru-smo-khislavichskiy-rayon", "Хиславичский район", "Смоленская область", "Россия"),
    _area("country", CHINA, "Китай", "Китайская Народная Республика", "КНР", code="CN"),
    _area("region", SMOLENSK_OBLAST, "Смоленская область", code="RU-SMO"),
    _school("by-vitebsk-gymnasium-7", "ГУО «Гимназия № 7 г. Витебска»", "Витебск"),
    _school("by-grodno-gymnasium-7", "ГУО «Гимназия № 7 г. Гродно»", "Гродно"),
    SearchDocument(REPORT, "report", {"ru": "Отчёт за квартал"}, ("Отчёт за квартал",), ids=(REPORT, "q1", "q1.docx")),
]
INDEX = SearchIndex.of(DOCUMENTS)


@pytest.mark.parametrize(
    ("type_", "given", "key"),
    [
        ("place", "Смоленск", "ru-smolensk"),
        ("place", "г. Смоленск", "ru-smolensk"),
        ("place", "город Смоленск", "ru-smolensk"),
        ("place", "в Смоленске", "ru-smolensk"),
        ("place", "Смоленск, Смоленская область", "ru-smolensk"),
        ("place", "Витепск", "by-vitebsk"),
        ("place", "Vitebsk", "by-vitebsk"),
        ("place", "Dbnt,cr", "by-vitebsk"),
        ("place", "by-vitebsk", "by-vitebsk"),
        ("place", f"<{BASE}place/by-vitebsk>", "by-vitebsk"),
        ("place", "Екб", "ru-ekaterinburg"),
        ("place", "Свердловск", "ru-ekaterinburg"),
        ("place", "Киров Калужская область", "ru-kirov-klu"),
        ("place", "Хиславичский р-н", "ru-smo-khislavichskiy-rayon"),
        ("country", "кнр", "CHN"),
        ("country", "cn", "CHN"),
        ("country", "Китае", "CHN"),
        ("region", "Смоленская обл.", "RU-SMO"),
        ("region", "RU-SMO", "RU-SMO"),
        ("institution", "гимназия 7 витебск", "by-vitebsk-gymnasium-7"),
        ("party", "Китай", "CHN"),
        ("party", "Витебск", "by-vitebsk"),
        ("report", "q1.docx", "q1"),
        ("report", "q1", "q1"),
        ("report", REPORT, "q1"),
    ],
)
def test_a_name_means_one_thing(type_: str, given: str, key: str) -> None:
    assert look_up(type_, given, INDEX, "ru").iri.rpartition("/")[2] == key  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("type_", "given", "code", "says"),
    [
        ("place", "Витепскккк", "reference-unknown", "Может быть, Витебск [by-vitebsk]?"),
        ("place", "Витебский", "reference-unknown", "Витебск"),
        ("place", "Томск", "reference-not-reported", "в загруженных отчётах нет"),
        ("place", "Смоленская область", "reference-other-kind", "это регион. Может быть, Смоленск"),
        ("place", "Китай", "reference-other-kind", "это страна"),
        ("country", "Витебск", "reference-other-kind", "это город или район"),
        ("place", "Смоленский район", "reference-unknown", "в данных нет"),
        ("place", "Киров", "reference-several", "Киров (Калужская область, Россия) [ru-kirov-klu]"),
        ("institution", "Гимназия № 7", "reference-several", "[by-grodno-gymnasium-7]"),
        ("institution", "Гимназия № 8", "reference-unknown", "Организации «Гимназия № 8» в данных нет"),
        ("place", "цццц", "reference-unknown", "Города или района «цццц» в данных нет."),
        ("place", '" } DROP ALL #', "reference-unknown", "в данных нет"),
        ("report", "q2.docx", "reference-unknown", "Отчёта «q2.docx» в данных нет"),
    ],
)
def test_what_means_nothing_or_several_things_is_refused(type_: str, given: str, code: str, says: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        look_up(type_, given, INDEX, "ru")  # type: ignore[arg-type]
    assert (caught.value.code, caught.value.exit_code) == (code, 2)
    assert says in explain(caught.value, "ru") and explain(caught.value, "en")


def _question(*lines: str) -> NamedQuery:
    header = [
        '#+ summary: {ru: "а", en: "a"}', "#+ parameters:",
        '#+   city: {type: place, required: true, label: {ru: "Город", en: "Town"}, example: "Смоленск"}',
        '#+   year: {type: integer, label: {ru: "Год", en: "Year"}}',
    ]  # fmt: skip
    return parse_query("\n".join([*header, *lines, "SELECT $city $year { ?s ?p $city, $year }"]), "q", "q.rq")


def test_values_become_iris_and_others_stay() -> None:
    found = understand(_question(), {"city": "г. Витебск", "year": "2023"}, lambda: INDEX, "ru")
    assert found.values == {"city": f"{BASE}place/by-vitebsk", "year": "2023"}
    assert told(found.references, "ru") == ["«г. Витебск» — это Витебск (by-vitebsk)."]
    assert told(understand(_question(), {"city": "Витебск"}, lambda: INDEX, "ru").references, "ru") == []


def test_an_empty_answer_says_so_only_where_its_slots_are_filled() -> None:
    query = _question('#+ empty: {ru: "{city}, {year}: пусто.", en: "{city}, {year}: nothing."}')
    given = {"city": "Витепск"}
    references = understand(query, given, lambda: INDEX, "ru").references
    assert said_of_nothing(query, {**given, "year": "2023"}, references, "ru") == "Витебск, 2023: пусто."
    assert said_of_nothing(query, given, references, "ru") == ""

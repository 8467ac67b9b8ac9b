"""Headers of .rq files, parameters and their binding."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions

from pobratim.errors import ContentError, UsageError
from pobratim.query.library import NamedQuery, find_query, library, parse_query
from pobratim.store.reader import MemoryReader

XSD = "http://www.w3.org/2001/XMLSchema#"
HEADER = """#+ summary: {ru: "Связи города", en: "Ties of a city"}
#+ description:
#+   ru: "Все связи."
#+   en: "All ties."
#+ parameters:
#+   city: {type: string, required: true, label: {ru: "Город", en: "City"}, example: "Смоленск"}
#+   since: {type: date, default: "2000-01-01", label: {ru: "С", en: "Since"}}
#+   lang: {type: lang, label: {ru: "Язык", en: "Language"}}
#+   country: {type: country, label: {ru: "Страна", en: "Country"}, example: "Беларусь"}
#+ example: {city: "Смоленск"}
#+ tags: [ties, cities]
"""
FILTER = "COALESCE(CONTAINS(STR($country), 'Y'), true)"
BODY = f"SELECT ?s $city $since $lang $country WHERE {{ ?s ?p $city FILTER({FILTER}) }}"


def _query(text: str) -> NamedQuery:
    return parse_query(text, "ties-of-city", "ties-of-city.rq")


def _reader() -> MemoryReader:
    graph, p = NamedNode("http://g.example/1"), NamedNode("http://e.example/p")
    return MemoryReader(
        Quad(NamedNode(f"http://e.example/{i}"), p, Literal(name), graph)
        for i, name in enumerate(["Смоленск", 'Витебск" }', "Смоленск"])
    )


def _names(query: NamedQuery, **values: str) -> list[str]:
    result = query.run(_reader(), values, "ru")
    assert isinstance(result, QuerySolutions)
    return sorted(row["s"].value[-1] for row in result)


def test_a_header_is_read_whole() -> None:
    query = _query(HEADER + BODY)
    assert query.summary == {"ru": "Связи города", "en": "Ties of a city"}
    assert query.description["en"] == "All ties."
    assert [parameter.name for parameter in query.parameters] == ["city", "since", "lang", "country"]
    assert query.parameters[0].label["ru"] == "Город"
    assert query.example == {"city": "Смоленск"}
    assert query.tags == ("ties", "cities")
    assert query.severity == "error"
    assert not query.free


def test_values_become_terms_of_their_types() -> None:
    terms = _query(HEADER + BODY).bindings({"city": "Минск", "country": "urn:BY"}, "en")
    assert terms == {
        "city": Literal("Минск"),
        "since": Literal("2000-01-01", datatype=NamedNode(f"{XSD}date")),
        "lang": Literal("en"),
        "country": NamedNode("urn:BY"),
    }


def test_an_optional_parameter_without_default_stays_unbound() -> None:
    assert "country" not in _query(HEADER + BODY).bindings({"city": "Минск"}, "ru")


def test_a_query_runs_with_its_values_bound_and_never_pasted() -> None:
    query = _query(HEADER + BODY)
    assert _names(query, city="Смоленск") == ["0", "2"]
    assert _names(query, city='Витебск" }') == ["1"]
    assert _names(query, city='x" } #') == []


def test_a_filter_by_coalesce_holds_for_an_unbound_parameter_and_tests_a_bound_one() -> None:
    query = _query(HEADER + BODY)
    assert _names(query, city="Смоленск") == ["0", "2"]
    assert _names(query, city="Смоленск", country="urn:BY") == ["0", "2"]
    assert _names(query, city="Смоленск", country="urn:LV") == []


def test_bound_is_refused_because_no_constant_can_stand_in_it() -> None:
    body = BODY.replace(FILTER, "!bound( ?country ) || $country = 'BY'")
    with pytest.raises(ContentError, match="query-parameter-place"):
        _query(HEADER + body)
    with pytest.raises(UsageError, match="query-parameter-place"):
        parse_query(body, "-", "-").bindings({"country": "BY"}, "ru")
    assert parse_query(body, "-", "-").bindings({"city": "x"}, "ru") == {"city": Literal("x")}


def test_a_parameter_works_in_ask_too() -> None:
    header = '#+ summary: {ru: "а", en: "a"}\n#+ parameters: {o: {label: {ru: "о", en: "o"}}}\n'
    query = _query(header + "ASK { ?s ?p $o }")
    answers = [query.run(_reader(), {"o": name}, "ru") for name in ("Смоленск", "Орша")]
    assert [isinstance(answer, QueryBoolean) and bool(answer) for answer in answers] == [True, False]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "query-parameter-missing"),
        ({"city": "x", "town": "y"}, "query-parameter-unknown"),
        ({"city": "x", "since": "вчера"}, "query-parameter-type"),
        ({"city": "x", "lang": "русский язык"}, "query-parameter-type"),
        ({"city": "x", "country": "Беларусь"}, "query-parameter-type"),
    ],
)
def test_wrong_values_are_usage_errors(values: dict[str, str], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        _query(HEADER + BODY).bindings(values, "ru")
    assert caught.value.code == code
    assert caught.value.exit_code == 2


def test_iri_and_integer_parameters() -> None:
    header = (
        '#+ summary: {ru: "а", en: "a"}\n#+ parameters:\n'
        '#+   s: {type: iri, label: {ru: "с", en: "s"}}\n#+   n: {type: integer, label: {ru: "н", en: "n"}}\n'
    )
    query = _query(header + "SELECT $s $n { $s ?p $n }")
    terms = query.bindings({"s": "<http://e.example/1>", "n": "007"}, "ru")
    assert terms == {
        "s": NamedNode("http://e.example/1"),
        "n": Literal("7", datatype=NamedNode(f"{XSD}integer")),
    }
    for values in ({"s": "no iri"}, {"s": "http://e/a b"}, {"n": "1.5"}):
        with pytest.raises(UsageError, match="query-parameter-type"):
            query.bindings(values, "ru")


SUMMARY = '#+ summary: {ru: "а", en: "a"}\n'


@pytest.mark.parametrize(
    ("header", "cause"),
    [
        ("#+ summary: [\n", "while parsing"),
        ("#+ just text\n", "just text"),
        ("#+ tags: [a]\n", "summary"),
        ('#+ summary: {ru: "а"}\n', "summary"),
        (SUMMARY + "#+ sumary: x\n", "sumary"),
        (SUMMARY + "#+ severity: fatal\n", "fatal"),
        (SUMMARY + "#+ example: {x: 1}\n", "x"),
        (SUMMARY + '#+ parameters: {zz: {label: {ru: "а", en: "a"}}}\n', "zz"),
        (SUMMARY + '#+ parameters: {s: {type: text, label: {ru: "а", en: "a"}}}\n', "text"),
        (SUMMARY + '#+ parameters: {s: {kind: iri, label: {ru: "а", en: "a"}}}\n', "kind"),
        (SUMMARY + '#+ parameters: {s: {type: iri, default: "a b", label: {ru: "а", en: "a"}}}\n', "a b"),
        (
            SUMMARY + '#+ parameters: {s: {required: true, default: "a", label: {ru: "а", en: "a"}}}\n',
            "default",
        ),
        (SUMMARY + "#+ parameters: {s: {type: iri}}\n", "label"),
    ],
)
def test_a_malformed_header_names_file_and_cause(header: str, cause: str) -> None:
    with pytest.raises(ContentError) as caught:
        _query(header + "SELECT $s { $s ?p ?o }")
    assert caught.value.code == "query-header"
    assert caught.value.values["file"] == "ties-of-city.rq"
    assert cause in caught.value.values["cause"]


def test_a_query_without_header_takes_parameters_as_they_come() -> None:
    query = parse_query("SELECT ?s ?p ?o { ?s ?p ?o }", "-", "-")
    assert query.free
    assert _names(query) == ["0", "1", "2"]
    assert _names(query, o="Смоленск") == ["0", "2"]
    assert _names(query, s="<http://e.example/1>") == ["1"]


def test_whose_fault_a_wrong_query_is() -> None:
    with pytest.raises(ContentError, match="query-syntax"):
        _query(SUMMARY + "SELEKT * {}").run(_reader(), {}, "ru")
    with pytest.raises(UsageError, match="query-syntax"):
        parse_query("SELEKT * {}", "-", "-").run(_reader(), {}, "ru")


def test_a_parameter_that_the_query_does_not_return_is_explained() -> None:
    header = SUMMARY + '#+ parameters: {o: {label: {ru: "о", en: "o"}}}\n'
    with pytest.raises(ContentError, match="query-parameter-not-returned"):
        _query(header + "SELECT ?s { ?s ?p $o }").run(_reader(), {"o": "x"}, "ru")


def test_a_library_is_a_folder_with_groups(tmp_path: Path) -> None:
    (tmp_path / "checks").mkdir()
    for path in ("b.rq", "a.rq", "checks/c.rq"):
        (tmp_path / path).write_text(SUMMARY + "ASK {}", encoding="utf-8")
    assert list(library(tmp_path)) == ["a", "b"]
    assert list(library(tmp_path, "checks")) == ["c"]
    assert find_query("c", tmp_path).name == "c"


def test_an_unknown_name_brings_the_nearest_ones(tmp_path: Path) -> None:
    (tmp_path / "ties-of-city.rq").write_text(SUMMARY + "ASK {}", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        find_query("ties-of-citi", tmp_path)
    assert caught.value.values["near"] == "ties-of-city"

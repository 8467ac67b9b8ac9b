"""The question library on the example report: every file runs, the main ones give the rows stated here."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from pobratim.checks import check
from pobratim.formats import python_value
from pobratim.query_library import NamedQuery, library, queries_root
from pobratim.store import MemoryReader, Reader

LIBRARY = library(queries_root(), "")
POB = "https://w3id.org/pobratim/def#"
SCHOOL_8 = "МБОУ «СШ № 8 с углубленным изучением иностранных языков» г. Смоленска"


def ask(reader: Reader, question: str, /, **values: str) -> list[dict[str, object]]:
    """Return the rows of a named question, parameters and unbound values left out."""
    query = LIBRARY[question]
    with query.faults_told():
        result = query.run(reader, values or query.example, "ru")
        assert isinstance(result, QuerySolutions)
        names = [variable.value for variable in result.variables]
        rows = [dict(zip(names, map(python_value, row), strict=True)) for row in result]
    hidden = {parameter.name for parameter in query.parameters}
    return [{k: v for k, v in row.items() if k not in hidden and v is not None} for row in rows]


def test_there_are_at_least_twenty_questions() -> None:
    assert len(LIBRARY) >= 20


@pytest.mark.parametrize("query", LIBRARY.values(), ids=LIBRARY)
def test_every_question_explains_itself_and_is_ordered(query: NamedQuery) -> None:
    assert set(query.summary) == set(query.description) == {"ru", "en"}
    assert query.tags
    assert "ORDER BY" in query.text
    assert all(parameter.label.keys() == {"ru", "en"} and parameter.example for parameter in query.parameters)
    assert len(query.text.splitlines()) <= 60


@pytest.mark.parametrize("name", LIBRARY)
def test_every_question_answers_its_example_twice_alike(example_store: Reader, name: str) -> None:
    first = ask(example_store, name)
    assert first == ask(example_store, name)
    assert first or name == "agreements-planned", "the example of a question must have an answer"


def test_school_links_of_smolensk_and_vitebsk(example_store: Reader) -> None:
    rows = ask(example_store, "school-links", city="смоленск", partner="ВИТЕБСК")
    assert len(rows) == 2
    by_events = {row["events"]: row for row in rows}
    two, one = by_events[2], by_events[1]
    assert two["school"] == SCHOOL_8
    assert two["partnerSchool"] == "ГУО «Гимназия № 7 г. Витебска им. П.Е. Кондратенко»"
    assert "В мире англо-говорящих стран" in str(two["titles"]) and "Я – исследователь" in str(two["titles"])
    assert "agreement" not in two
    assert (str(two["first"]), str(two["last"])) == ("2023-01-16", "2023-03-10")
    assert "Детская школа искусств № 8" in str(one["school"]) and "Маладик" in str(one["partnerSchool"])
    assert one["agreement"] == "подписано"


def test_school_links_are_asked_from_either_side(example_store: Reader) -> None:
    there = ask(example_store, "school-links", city="Смоленск", partner="Витебск")
    back = ask(example_store, "school-links", city="Витебск", partner="Смоленск")
    assert {(r["school"], r["partnerSchool"]) for r in there} == {(r["partnerSchool"], r["school"]) for r in back}


def test_ties_of_one_institution(example_store: Reader) -> None:
    rows = ask(example_store, "ties-of-institution", name="администрация города смоленска")
    partners = {str(row["partner"]) for row in rows}
    assert len(partners) == len(rows) == 3
    assert "Тюль" in partners
    assert "Отделение Посольства Республики Беларусь в Российской Федерации в городе Смоленске" in partners


def test_partners_of_a_city(example_store: Reader) -> None:
    rows = ask(example_store, "partners-of-city", city="Смоленск")
    assert (rows[0]["partner"], rows[0]["country"]) == ("Витебск", "Беларусь")
    assert {r["partner"] for r in rows} == {"Витебск", "Гродно", "Минск", "Тюль"}


def test_agreements_by_status_and_year(example_store: Reader) -> None:
    rows = ask(example_store, "agreements-by-status-and-year")
    assert [(r["year"], r["status"], r["count"]) for r in rows] == [
        ("2023", "подписано", 3),
        ("без даты", "действует", 1),
    ]


def test_partners_by_country(example_store: Reader) -> None:
    rows = ask(example_store, "partners-by-country")
    assert rows[0]["code"] == "BY" and int(str(rows[0]["events"])) == 28
    assert {"BY", "KZ", "FR", "KR", "EG", "Q23334", "Q23427"} <= {str(row["code"]) for row in rows}
    assert "AF" not in {row["code"] for row in rows}, "a topic of talk takes no part"


def test_events_by_topic_and_quarter(example_store: Reader) -> None:
    rows = ask(example_store, "events-by-topic-and-quarter")
    counts = {(r["quarter"], r["topic"]): r["events"] for r in rows}
    assert counts["2023-1", "туризм"] == 5
    assert counts["2023-1", "спорт"] == 4


def test_who_reports_the_same_event(example_store: Reader) -> None:
    rows = ask(example_store, "same-event-reports")
    assert [(r["row"], r["reporter"], r["date"]) for r in rows] == [
        (19, "Смоленск", "2023-03-11"),
        (28, "Гагаринский район", "2023-03-09/2023-03-11"),
    ]
    assert rows[0]["activity"] == rows[1]["activity"]


def test_every_tie_of_one_report_is_seen_from_one_side(example_store: Reader) -> None:
    rows = ask(example_store, "one-sided-ties")
    assert len(rows) == 8
    assert all(row["sides"] == 1 for row in rows)


def test_facts_lead_to_phrase_and_row(example_store: Reader) -> None:
    rows = ask(example_store, "facts-with-source", name="Маладик")
    assert {row["row"] for row in rows} == {9}
    assert {"Наименование", "Участники"} <= {str(row["column"]).split(" ")[0] for row in rows}
    assert all("Маладик" in str(row["phrase"]) for row in rows)


def test_a_source_row_is_given_as_it_stands(example_store: Reader) -> None:
    rows = ask(example_store, "source-row", report="smolensk-2023-q1", row="9")
    assert "г. Витебск\n(Республика Беларусь)" in {row["text"] for row in rows}


def test_what_went_quiet_and_what_is_new_complete_each_other(example_store: Reader) -> None:
    quiet = {(r["first"], r["second"]) for r in ask(example_store, "silent-partners", before="2023-02-15")}
    new = {(r["first"], r["second"]) for r in ask(example_store, "new-ties", since="2023-02-15")}
    assert quiet and new and not quiet & new


def test_taking_part_in_the_same_large_event_is_no_tie(example_store: Reader) -> None:
    rows = ask(example_store, "top-partners")
    parties = {str(row[side]) for row in rows for side in ("first", "second")}
    assert not any("Детская музыкальная школа № 5" in party for party in parties)


def test_ties_roll_up_to_regions_and_countries(example_store: Reader) -> None:
    levels = {str(row["level"]) for row in ask(example_store, "network-degree")}
    assert {"между учреждениями", "между муниципалитетами"} <= levels
    countries = [
        q for q in example_store.quads() if q.predicate.value == POB + "level" and str(q.object).endswith("country>")
    ]
    assert len(countries) == 2


def test_a_good_store_has_no_faults(example_store: Reader) -> None:
    assert [fault for fault in check(example_store, "ru") if fault.severity == "error"] == []


CHECKS = library(queries_root(), "checks")
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DCT = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
SEEDS: dict[str, list[tuple[str, str, str]]] = {
    "activity-without-account": [("a", RDF_TYPE, POB + "Activity")],
    "entry-without-activity": [("e", RDF_TYPE, POB + "ReportEntry")],
    "phrase-not-in-cell": [
        ("m", OA + "hasTarget", ":t"), ("t", OA + "hasSource", ":c"),
        ("c", "http://www.w3.org/1999/02/22-rdf-syntax-ns#value", "'Витебск"), ("t", OA + "hasSelector", ":q"),
        ("t", OA + "hasSelector", ":p"), ("q", OA + "exact", "'Минск"),
        ("p", OA + "start", "#0"), ("p", OA + "end", "#5"),
    ],
    "thing-without-label": [("a", RDF_TYPE, POB + "Activity")],
    "dates-reversed": [("a", POB + "start", "@2023-02-02"), ("a", POB + "end", "@2023-02-01")],
    "tie-within-one-country": [
        ("t", RDF_TYPE, POB + "Tie"), ("t", POB + "party", ":x"), ("t", POB + "party", ":y"),
        ("x", POB + "country", ":c"), ("y", POB + "country", ":c"),
    ],
    "tie-without-dates-or-agreement": [("t", RDF_TYPE, POB + "Tie")],
    "party-unknown": [("t", POB + "party", ":x")],
    "replaced-activity-in-use": [("a", DCT + "isReplacedBy", ":b"), ("e", POB + "reports", ":a")],
    "institution-without-kind": [
        ("o", RDF_TYPE, "http://www.w3.org/ns/org#FormalOrganization"),
        ("o", "http://www.w3.org/2004/02/skos/core#prefLabel", "'Имя"),
    ],
    "institution-without-country": [
        ("o", RDF_TYPE, "http://www.w3.org/ns/org#FormalOrganization"),
        ("o", "http://www.w3.org/2004/02/skos/core#prefLabel", "'Имя"),
    ],
    "agreement-with-one-party": [("a", RDF_TYPE, POB + "Agreement"), ("a", POB + "party", ":x")],
    "settlement-without-point": [
        ("a", POB + "place", ":p"), ("p", "http://www.w3.org/2000/01/rdf-schema#label", "'Город"),
    ],
}  # fmt: skip


def _term(text: str) -> NamedNode | Literal:
    base = "http://e.example/"
    if text[0] == "'":
        return Literal(text[1:]) if re.fullmatch(r"'(Витебск|Минск)", text) else Literal(text[1:], language="ru")
    if text[0] == "#":
        return Literal(int(text[1:]))
    if text[0] == "@":
        return Literal(text[1:], datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    return NamedNode(base + text[1:] if text[0] == ":" else text)


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_finds_its_fault(name: str) -> None:
    graph = NamedNode("http://e.example/graph")
    quads = [Quad(NamedNode("http://e.example/" + s), NamedNode(p), _term(o), graph) for s, p, o in SEEDS[name]]
    query = CHECKS[name]
    with query.faults_told():
        result = query.run(MemoryReader(quads), {}, "ru")
        assert isinstance(result, QuerySolutions)
        assert len(list(result)) >= 1
        clean = query.run(MemoryReader([]), {}, "ru")
        assert isinstance(clean, QuerySolutions) and not list(clean)


def test_every_query_file_lies_in_the_library() -> None:
    folders = {
        "": LIBRARY,
        "checks": CHECKS,
        "derive": library(queries_root(), "derive"),
        "views": library(queries_root(), "views"),
    }
    for folder, found in folders.items():
        assert {path.stem for path in Path(queries_root(), folder).glob("*.rq")} == set(found)

"""The question library on the example and on a sample by hand: every file runs, the main ones give stated rows."""

from pathlib import Path

import pytest
from pyoxigraph import Quad, QuerySolution, QuerySolutions

from pobratim.errors import UsageError
from pobratim.messages import Language
from pobratim.query.answers import python_value
from pobratim.query.checks import check
from pobratim.query.library import NamedQuery, library, parse_query, queries_root
from pobratim.store.reader import MemoryReader, Reader
from tests.support.asking import answer
from tests.support.check_seeds import seeded
from tests.support.model_sample import model

LIBRARY = library(queries_root(), "")
POB = "https://w3id.org/pobratim/def#"
SCHOOL_8 = "МБОУ «СШ № 8 с углубленным изучением иностранных языков» г. Смоленска"


def ask(reader: Reader, question: str, lang: Language = "ru", /, **values: str) -> list[dict[str, object]]:
    """Return the rows of a named question, parameters and unbound values left out."""
    query = LIBRARY[question]
    with query.faults_told():
        result = answer(query, reader, values or query.example, lang)
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
    assert len(query.text.splitlines()) <= 75


@pytest.mark.parametrize("name", LIBRARY)
def test_every_question_answers_its_example_twice_alike(example_store: Reader, name: str) -> None:
    first = ask(example_store, name)
    assert first == ask(example_store, name)
    assert first or name == "agreements-planned", "the example of a question must have an answer"


@pytest.fixture(scope="module")
def turned_round(example_store: Reader) -> Reader:
    """The example's quads in memory, put in backwards: an order that nothing may depend on."""
    return MemoryReader(sorted(example_store.quads(), key=str, reverse=True))


@pytest.mark.parametrize("name", LIBRARY)
def test_answers_do_not_depend_on_the_order_of_loading(example_store: Reader, turned_round: Reader, name: str) -> None:
    assert ask(turned_round, name) == ask(example_store, name)


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


def test_no_kind_of_school_is_further_down_than_the_question_looks(example_store: Reader) -> None:
    broader, top = (
        "<http://www.w3.org/2004/02/skos/core#broader>",
        f"<{POB[:-1]}/organisation-kind/educational-institution>",
    )
    for path, found in ((f"{broader}/{broader}", True), (f"{broader}/{broader}/{broader}", False)):
        assert bool(example_store.query(f"ASK {{ ?kind {path} {top} }}")) == found


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
    assert counts["2023-Q1", "туризм"] == 5
    assert counts["2023-Q1", "спорт"] == 4


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


def test_facts_of_anything_tell_what_each_phrase_proves(example_store: Reader) -> None:
    [row] = [
        row for row in ask(example_store, "facts-of", thing="Маладик") if str(row["column"]).startswith("Наименование")
    ]
    assert row["property"] == "hasParticipant" and "Маладик" in str(row["phrase"]) and row["row"] == 9
    assert str(row["about"]).startswith("Встреча") and str(row["rule"]).startswith("organisation-")
    [event] = {
        str(q.object)[1:-1] for q in example_store.quads() if str(q.subject).endswith("/9>") and _is(q, POB + "reports")
    }
    facts = ask(example_store, "facts-of", "en", thing=event)
    proved = {str(fact["property"]) for fact in facts}
    assert {"hasParticipant", "subject", "type", "title", "EDTF date", "states", "place"} <= proved
    # Nothing is certain of a tie.
    assert {fact["confidence"] for fact in facts} == {0.99, 1.0}
    inferred = {q.subject: python_value(q.object) for q in example_store.quads() if _is(q, POB + "confidence")}
    mention = min(inferred, key=str)
    [body] = {str(q.object)[1:-1] for q in example_store.quads() if _is(q, OA_BODY) and q.subject == mention}
    told = {fact["mention"]: fact["confidence"] for fact in ask(example_store, "facts-of", thing=body)}
    assert told[str(mention)[1:-1]] == inferred[mention] < 1  # type: ignore[operator]
    assert ask(example_store, "facts-of", thing="by-vitebsk") == ask(example_store, "facts-of", thing="Витебск") != []


OA_BODY = "http://www.w3.org/ns/oa#hasBody"


def _is(quad: Quad, predicate: str) -> bool:
    return quad.predicate.value == predicate


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


def test_quality_of_the_example(example_store: Reader) -> None:
    rows = ask(example_store, "report-quality", "en", report="smolensk-2023-q1.docx")
    values = {(row["dimension"], row["metric"]): row["value"] for row in rows}
    assert values["accounting of rows", "rows in the report"] == values["accounting of rows", "rows stored"] == 34
    assert values["completeness", "share of rows: dates"] == 1.0
    assert len(values) == len(rows) == 22
    with pytest.raises(UsageError, match="reference-unknown"):
        ask(example_store, "report-quality", report="other.docx")


def test_a_good_store_has_no_faults(example_store: Reader) -> None:
    assert [fault for fault in check(example_store, "ru") if fault.severity == "error"] == []


SPOKEN = [name for name, query in LIBRARY.items() if any(p.name == "lang" for p in query.parameters)]


@pytest.mark.parametrize("name", SPOKEN)
def test_labels_come_in_the_language_asked_for_and_never_go_missing(name: str) -> None:
    russian, english = (ask(model("sample"), name, lang, **SAMPLE_VALUES.get(name, {})) for lang in LANGUAGES)
    assert len(russian) == len(english) >= 1
    untold = {"reporters-activity", "people-in-office"}  # the sample has no word to translate there
    assert russian != english or name in untold


def test_a_language_without_labels_gets_the_russian_ones() -> None:
    assert ask(model("sample"), "events-by-kind", lang="be") == ask(model("sample"), "events-by-kind")


LANGUAGES: tuple[Language, Language] = ("ru", "en")
SAMPLE_VALUES = {
    "facts-of": {"thing": "маладик"},
    "facts-with-source": {"name": "маладик"},
    "find": {"name": "маладик"},
    "institution-card": {"name": "дши № 3"},
    "new-ties": {"since": "2023-01-01"},
    "ties-of-institution": {"name": "Маладик"},
}


def test_a_query_says_the_same_in_any_client() -> None:
    """A client that binds nothing (an editor, rdflib) gets the Russian answer."""
    for name in ("top-partners", "partners-by-country", "events-by-kind", "online-share", "agreements"):
        free = parse_query("\n".join(_without_header(LIBRARY[name].text)), name, name).run(model("sample"), {}, "ru")
        bound = LIBRARY[name].run(model("sample"), {}, "ru")
        assert isinstance(free, QuerySolutions) and isinstance(bound, QuerySolutions)
        assert [_visible(row) for row in free] == [_visible(row) for row in bound] != []


def _without_header(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("#+")]


def _visible(row: QuerySolution) -> list[object]:
    """The values but for the parameter, which is the last column."""
    return list(row)[:-1]


def test_questions_on_entities_give_their_iris(example_store: Reader) -> None:
    statistics = {
        "agreements-by-status-and-year", "events-by-kind", "events-by-topic-and-quarter", "institutions-by-kind",
        "online-share",
    }  # fmt: skip
    for name in LIBRARY:
        rows = ask(model("sample") if name == "agreements-planned" else example_store, name)
        linked = all(any(str(value).startswith(("https://", "http://")) for value in row.values()) for row in rows)
        assert rows and linked != (name in statistics), name


def test_what_stands_between_two_towns_is_told_once_with_all_its_rows() -> None:
    rows = ask(model("sample"), "pair", city="витебска", partner="Смоленск")
    assert [(r.get("date"), r["what"], r["reports"], r["sources"]) for r in rows] == [
        ("2023-01-27", "контакт", 2, "smolensk-2023-q1.docx/9 | vitebsk-2023-q1.docx/1"),
        ("2023-01-27", "подписано", 1, "smolensk-2023-q1.docx/9"),
        ("2023-04/2023-06", "планируется", 1, "vitebsk-2023-q1.docx/2"),
    ]
    assert [r["party"] for r in rows[1:]] == ["Детская школа искусств № 3 «Маладик»", "Витебск"]


def test_a_tie_that_both_sides_report_is_not_one_sided() -> None:
    assert ask(model("sample"), "one-sided-ties") == []
    assert len(ask(model("ties"), "one-sided-ties")) == 2


def test_a_planned_agreement_makes_no_partner_but_is_listed() -> None:
    rows = ask(model("sample"), "agreements-planned")
    told = [(r["agreement"], r["parties"], r["planned"], r["term"], r["reports"]) for r in rows]
    assert told == [("договор", "Витебск | Смоленск", "2023-04/2023-06", "срок не указан", 1)]
    [partner] = ask(model("sample"), "partners-of-city", city="Смоленск")
    assert (partner["partner"], partner["kind"], partner["events"]) == ("Витебск", "дружественная связь", 1)


def test_agreements_of_a_year_leave_out_the_undated(example_store: Reader) -> None:
    assert [row.get("date") for row in ask(example_store, "agreements", year="2023")] == [
        "2023-01-27", "2023-02-21", "2023-02-25",
    ]  # fmt: skip
    assert ask(example_store, "agreements", year="2022") == []
    everything = LIBRARY["agreements"].run(example_store, {}, "ru")
    assert isinstance(everything, QuerySolutions) and len(list(everything)) == 4


def test_an_agreement_tells_its_term_and_what_is_only_reckoned() -> None:
    signed, *_ = ask(model("sample"), "agreements", year="2023")
    told = {name: str(signed[name]) for name in ("number", "subject", "term", "years", "expires")}
    assert told == {
        "number": "17/4-д", "subject": "о сотрудничестве", "term": "на срок", "years": "1.5", "expires": "2024-07-31",
    }  # fmt: skip
    assert "told" not in signed and "prolonged" not in signed
    [english, *_] = ask(model("sample"), "agreements", "en", year="2023", lang="en")
    assert english["term"] == "for a term"


def test_parties_of_an_agreement_stand_in_order() -> None:
    schools = ask(model("ties"), "agreements", year="2020")
    assert [row["parties"] for row in schools] == ["Школа А | Школа Б | Школа В"]


def test_what_has_no_date_or_mode_is_counted_all_the_same() -> None:
    reader = model("sample")
    assert [(r["quarter"], r["mode"], r["events"]) for r in ask(reader, "online-share")] == [
        ("2023-Q1", "очно", 2),
        ("без даты", "онлайн", 1),
    ]
    for name in ("online-share", "events-by-kind"):
        assert sum(int(str(row["events"])) for row in ask(reader, name)) == 3
    assert {r["mode"] for r in ask(model("ties"), "online-share")} == {"не указано"}
    assert ("без даты", "Абхазия") in {(r["quarter"], r["country"]) for r in ask(reader, "countries-per-quarter")}
    assert [(r["municipality"], r["events"]) for r in ask(model("ties"), "reporters-activity")] == [("не указан", 8)]


def test_people_are_given_with_post_and_institution() -> None:
    [row] = ask(model("sample"), "people-in-office")
    assert (row["name"], row["post"], row["institution"]) == (
        "А.А. Иванова", "директор", "Детская школа искусств № 3 «Маладик»",
    )  # fmt: skip
    assert (row["title"], row["reports"], row["sources"]) == ("Фестиваль", 1, "vitebsk-2023-q1.docx/2")


def test_reports_are_counted_each_by_its_own_rows() -> None:
    rows = ask(model("sample"), "reports-overview")
    assert [(r["report"], r["rows"], r["activities"], r["reporters"]) for r in rows] == [
        ("smolensk-2023-q1.docx", 3, 2, 2),
        ("vitebsk-2023-q1.docx", 2, 2, 1),
    ]
    assert [(r["period"], r["publisher"], str(r.get("issued", ""))) for r in rows] == [
        ("I квартал 2023 года", "Администрация области", "2023-04-10"),
        ("I квартал 2023 года", "Администрация области", ""),
    ]
    assert {r["period"] for r in ask(model("sample"), "reports-overview", "en", lang="en")} == {"Q1 2023"}


def test_the_sample_keeps_shapes_and_checks() -> None:
    assert check(model("sample"), "ru") == []


CHECKS = library(queries_root(), "checks")


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_finds_its_fault(name: str) -> None:
    quads = seeded(name)
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
        "views": library(queries_root(), "views"),
        "tables": library(queries_root(), "tables"),
    }
    for folder, found in folders.items():
        assert {path.stem for path in Path(queries_root(), folder).glob("*.rq")} == set(found)

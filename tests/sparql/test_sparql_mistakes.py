"""Mistakes in SPARQL: a sentence in the reader's language, at the right place, for every kind that people make."""

import json
from pathlib import Path

import pytest
from pyoxigraph import Store

from pobratim.cli import run
from pobratim.messages import Language, text
from pobratim.serving.workers.refusal import syntax_refusal
from pobratim.sparql.mistakes import Mistake, failure_told, mistake_of
from tests.support.server import Server

RDFS = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
KINDS = [
    ("SELECT * {?s rdfs:label ?l}", "syntax-prefix-known", (1, 14), RDFS),
    ("SELECT * {\n  ?s a pob:Tie ;\n     nosuch:x ?l}", "syntax-prefix-known", (2, 8), "PREFIX pob:"),
    ("SELECT * {?s qqq:label ?l}", "syntax-prefix", (1, 14), "«qqq:»"),
    ("SELECT * {?s scos:prefLabel ?l}", "syntax-prefix-near", (1, 14), "«skos:»"),
    ("PREFIX my: <http://x/> SELECT * {?s my:a wdt:P1}", "syntax-prefix-known", (1, 42), "PREFIX wdt:"),
    ("SELECT * { ?s ?p ?o", "syntax-bracket-open", (1, 10), "не хватает }"),
    ("SELECT * {\n OPTIONAL { ?s ?p ?o\n}", "syntax-bracket-open", (1, 10), "скобка {"),
    ("SELECT (COUNT(?s AS ?n) { ?s ?p ?o }", "syntax-bracket-open", (1, 8), "не хватает )"),
    ("SELECT * { ?s ?p ?o }}", "syntax-bracket-surplus", (1, 22), "лишняя скобка }"),
    ('SELECT * { ?s ?p "abc }', "syntax-quote", (1, 18), "кавычка"),
    ("PREFIX a: <http://x/ SELECT * {}", "syntax-iri-open", (1, 11), "не закрыт"),
    ("SELCT * {}", "syntax-word-near", (1, 1), "SELECT"),
    ("INSERT DATA { <a:b> <a:c> 1 }", "syntax-is-update", (1, 1), "INSERT"),
    ("PREFIX a: <http://x/>", "syntax-only-prologue", (1, 11), "нет самого запроса"),
    ("SELECT * { FILTER(STRLENGTH(?x) > 3) }", "syntax-function-near", (1, 19), "STRLEN"),
    ("SELECT * { ?s ?p ?o OPTINAL { ?s ?p ?o } }", "syntax-word-near", (1, 21), "OPTIONAL"),
    ("SELECT * {\n ?s foo ?x\n}", "syntax-word", (2, 5), "pob:foo"),
    ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", "syntax-not-grouped", (1, 8), "GROUP BY ?s"),
    ("SELECT ?s ?p (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s", "syntax-not-grouped", (1, 11), "?p"),
    ("SELECT * { ?s ?p ?o } GROUP BY ?s", "syntax-star-group", (1, 23), "GROUP BY"),
    ("SELECT (?x + 1) { ?s ?p ?x }", "syntax-no-as", (1, 8), "AS ?имя"),
    ("SELECT (1 AS ?x) (2 AS ?x) {}", "syntax-named-twice", (1, 24), "?x"),
    ("SELECT * { ?s ?p ?x BIND(2 AS ?x) }", "syntax-bind-again", (1, 31), "?x"),
    ("SELECT * { ?s ?p <rel> }", "syntax-iri-relative", (1, 18), "<rel>"),
    ("SELECT * { ?s ?p ?o OPTIONAL ?s ?p ?z }", "syntax-unexpected-expected", (1, 30), "«?s»"),
    ("", "syntax-empty", (1, 1), "пуст"),
]  # fmt: skip


def mistake(sparql: str) -> Mistake:
    with pytest.raises(SyntaxError) as caught:
        Store().query(sparql)
    return mistake_of(sparql, str(caught.value))


@pytest.mark.parametrize(("sparql", "code", "place", "said"), KINDS, ids=[f"{k[1]}-{i}" for i, k in enumerate(KINDS)])
def test_each_kind_is_told_with_its_place(sparql: str, code: str, place: tuple[int, int], said: str) -> None:
    found = mistake(sparql)
    assert (found.told.code, (found.line, found.column)) == (code, place)
    for lang in ("ru", "en"):
        told = text(found.told.code, lang, **found.told.values)
        assert "expected" not in told and "\\u{" not in told and "'A'" not in told
        assert lang == "en" or said in told


def test_the_place_is_marked_below_its_line() -> None:
    line, mark = mistake("SELECT * {\n\t?s foo ?x\n}").marked("SELECT * {\n\t?s foo ?x\n}").split("\n")
    assert line[mark.index("^") :].startswith("foo")
    long = "SELECT * { " + "?s ?p ?o . " * 40 + "?s foo ?x }"
    line, mark = mistake(long).marked(long).split("\n")
    assert len(line) <= 102 and line[mark.index("^") :].startswith("foo")


def test_names_numbers_and_blank_nodes_are_no_mistakes() -> None:
    sparql = "PREFIX a: <http://x/> SELECT * { _:b a:c 1.5e3 ; a:d 'e'@ru-RU ; a true . FILTER(?x <= 3 && ?y < 4) ?x ?y"
    assert mistake(sparql).told.code == "syntax-bracket-open"


def test_updates_are_told_of_too() -> None:
    assert mistake_of("SELECT * {}", "error at 1:1: expected INSERT", update=True).told.code == "syntax-is-query"
    assert mistake_of("INSERT DATA { a:b a:c 1 }", "", update=True).told.code == "syntax-prefix"


def test_a_function_that_is_not_there_is_named() -> None:
    store = Store()
    with pytest.raises(RuntimeError) as caught:
        list(store.query("SELECT * { BIND(<http://x/f>(1) AS ?x) FILTER(<http://x/f>(1)) }"))  # type: ignore[arg-type]
    assert "<http://x/f>" in text("function-unknown", "ru", function="<http://x/f>")
    told = failure_told(str(caught.value))
    assert told.code == "function-unknown"  # type: ignore[attr-defined]


def test_a_mistake_survives_the_way_through_a_pipe() -> None:
    found = mistake("SELECT * {?s rdfs:label ?l}")
    assert Mistake.from_json(json.loads(json.dumps(found.to_json()))) == found
    body = json.loads(bytes(syntax_refusal(found).response("ru").body))
    assert (body["line"], body["column"], body["status"]) == (1, 14, 400)
    assert RDFS in body["detail"] and "строка 1, знак 14" in body["detail"] and "Prefix not found" in body["engine"]


@pytest.mark.parametrize(("lang", "said"), [("ru", "не объявлен"), ("en", "is not declared")])
def test_the_command_line_marks_the_place(
    lang: Language, said: str, example_directory: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    query = "SELECT * {\n  ?s rdfs:label ?l\n}"
    assert run(["query", query, "--store", str(example_directory), "--lang", lang]) == 2
    first, line, mark = capfd.readouterr().err.rstrip("\n").split("\n")
    assert said in first and RDFS in first and "2" in first
    assert line[mark.index("^") :].startswith("rdfs:label")


@pytest.mark.parametrize(("lang", "said"), [("ru", "Это не SPARQL: строка 2, знак 3: слова «foo»"), ("en", "line 2")])
def test_the_endpoint_tells_sentence_line_and_column(lang: str, said: str, served: Server) -> None:
    headers = {"Accept-Language": lang, "Content-Type": "application/sparql-query"}
    with served.client() as client:
        answer = client.post("/sparql", content=b"ASK {\n  foo ?p ?o\n}", headers=headers)
    problem = answer.json()
    assert answer.status_code == 400 and answer.headers["content-type"] == "application/problem+json"
    assert (problem["line"], problem["column"]) == (2, 3) and said in problem["detail"]

"""SERVICE: only what the settings allow, asked by the web process, under limits."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pobratim.serving.workers.federation import service_clauses, values_block
from pobratim.serving.workers.refusal import RefusedError
from tests.support.server import Server, running_server
from tests.support.sparql_server import SparqlServer, serving

WIKIDATA = "https://query.wikidata.org/sparql"
PARTNERS = f"""PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?partner ?label WHERE {{
  VALUES ?town {{ wd:Q999000001 }}
  SERVICE <{WIKIDATA}> {{ ?town wdt:P190 ?partner . ?partner rdfs:label ?label FILTER(LANG(?label) = "ru") }}
}} ORDER BY ?label"""


@pytest.fixture(scope="module")
def wikidata(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparqlServer]:
    data = tmp_path_factory.mktemp("wikidata") / "towns.ttl"
    data.write_text(
        """@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        wd:Q999000001 wdt:P190 wd:Q999000002, wd:Q999000003 ; rdfs:label "Смоленск"@ru .
        wd:Q999000002 rdfs:label "Витебск"@ru, "Vitebsk"@en . wd:Q999000003 rdfs:label "Тюль \\"\\\\"@ru .
        _:b rdfs:label "без имени"@ru .""",
        encoding="utf-8",
    )
    with serving(data) as server:
        yield server


@pytest.fixture(scope="module")
def server(
    example_directory: Path, wikidata: SparqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("federation")
    (folder / "pobratim.toml").write_text(
        f'[server.services]\n"{WIKIDATA}" = "{wikidata.url}"\n"http://dead.example/sparql" = "http://127.0.0.1:1/"\n'
        "[server.limits]\nservice_rows = 5\n",
        encoding="utf-8",
    )
    with running_server(example_directory, folder) as running:
        yield running


def _ask(server: Server, query: str) -> httpx.Response:
    return httpx.post(f"{server.url}/sparql", data={"query": query}, trust_env=False, timeout=120)


def test_an_allowed_service_is_asked_under_its_configured_address(server: Server) -> None:
    answer = _ask(server, PARTNERS)
    assert answer.status_code == 200, answer.text
    labels = [row["label"] for row in answer.json()["results"]["bindings"]]
    assert [label["value"] for label in labels] == ["Витебск", 'Тюль "\\']
    assert {label["xml:lang"] for label in labels} == {"ru"}
    assert answer.headers["cache-control"] == "no-store" and "etag" not in answer.headers


def test_services_join_with_the_store_and_with_each_other(server: Server) -> None:
    twice = f"""SELECT ?label ?x WHERE {{
      SERVICE <{WIKIDATA}> {{ ?a <http://www.w3.org/2000/01/rdf-schema#label> ?label FILTER(?label = "Витебск"@ru) }}
      ?place <http://www.w3.org/2000/01/rdf-schema#label> ?label
      SERVICE SILENT <{WIKIDATA}> {{ ?a <http://www.w3.org/2000/01/rdf-schema#label> ?x FILTER(LANG(?x) = "en") }} }}"""
    rows = _ask(server, twice).json()["results"]["bindings"]
    assert [row["x"]["value"] for row in rows] == ["Vitebsk"]


def test_prefixed_names_name_services_too(server: Server) -> None:
    query = "PREFIX w: <https://query.wikidata.org/> SELECT ?s { sErViCe#c\nw:sparql { ?s ?p 'x' } }"
    assert _ask(server, query).status_code == 200


@pytest.mark.parametrize(
    "target", ["<http://127.0.0.1:1/x>", "<https://query.wikidata.org/sparql/>", "SILENT <http://x/>"]
)
def test_other_services_are_refused(server: Server, target: str) -> None:
    answer = _ask(server, f"SELECT * {{ SERVICE {target} {{ ?s ?p ?o }} }}")
    assert answer.status_code == 403
    assert WIKIDATA in answer.json()["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { VALUES ?e { <x:y> } SERVICE ?e { ?s ?p ?o } }",
        f"SELECT * {{ SERVICE <{WIKIDATA}> {{ ?s ?p ?o SERVICE <{WIKIDATA}> {{ ?a ?b ?c }} }} }}",
        "PREFIX : <https://query.wikidata.org/> SELECT * { SERVICE:sparql { ?s ?p ?o } }",
        f"SELECT * {{ SERVICE <{WIKIDATA}> {{ ?s ?p ?o ",
    ],
)
def test_shapes_that_cannot_be_taken_out_are_refused(server: Server, query: str) -> None:
    answer = _ask(server, query)
    assert answer.status_code == 400, answer.text


def test_a_dead_service_is_a_clear_error_and_silent_makes_it_one_empty_row(server: Server) -> None:
    clause = "SERVICE {} <http://dead.example/sparql> {{ ?s ?p ?o }}"
    answer = _ask(server, f"SELECT * {{ {clause.format('')} }}")
    assert answer.status_code == 502 and "dead.example" in answer.json()["detail"]
    silent = _ask(server, f"SELECT * {{ {clause.format('SILENT')} }}")
    assert silent.json()["results"]["bindings"] == [{}]


def test_more_rows_than_allowed_are_an_error(server: Server) -> None:
    answer = _ask(server, f"SELECT * {{ SERVICE <{WIKIDATA}> {{ ?s ?p ?o }} }}")
    assert answer.status_code == 502 and "> 5" in answer.json()["detail"]


def test_a_service_that_fails_or_answers_nonsense(server: Server, wikidata: SparqlServer) -> None:
    for fault in ((500, {}, b"down"), (200, {}, b"<html>"), (200, {}, b'{"head": {}}'), (302, {"Location": "/"}, b"")):
        wikidata.faults.append(fault)
        assert _ask(server, PARTNERS).status_code == 502
    assert _ask(server, PARTNERS).status_code == 200


def test_what_a_remote_answer_holds_stays_one_term() -> None:
    rows = [
        {"a": {"type": "literal", "value": '" } } SERVICE <x> { '}, "b": {"type": "bnode", "value": "n1"}},
        {"a": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}},
    ]
    block = values_block({"head": {"vars": ["a", "b"]}, "results": {"bindings": rows}})
    assert '"\\" } } SERVICE <x> { "' in block and "UNDEF" in block and "<urn:pobratim:bnode:n1>" in block
    for bad in ({"type": "uri", "value": "x> } {"}, {"type": "literal", "value": "x", "xml:lang": "ru } {"}):
        with pytest.raises(ValueError):
            values_block({"head": {"vars": ["a"]}, "results": {"bindings": [{"a": bad}]}})
    with pytest.raises(ValueError):
        values_block({"head": {"vars": ["a) {"]}, "results": {"bindings": []}})


def test_the_prologue_goes_with_each_clause() -> None:
    prologue, (clause,) = service_clauses("PREFIX e: <http://e/>\nSELECT * { SERVICE e:x { ?s e:p '}' } ?a ?b ?c }")
    assert prologue.strip() == "PREFIX e: <http://e/>"
    assert (clause.iri, clause.group, clause.is_silent) == ("http://e/x", "{ ?s e:p '}' }", False)
    with pytest.raises(RefusedError):
        service_clauses("SELECT * { SERVICE x:y { } }")

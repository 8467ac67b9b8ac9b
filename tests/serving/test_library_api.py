"""The library of questions over HTTP: lists, answers in every format, pages of rows, refusals, the OpenAPI document."""

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema  # type: ignore[import-untyped]
import pyarrow.parquet
import pytest
from python_calamine import CalamineWorkbook

from pobratim.query.library import library, queries_root
from pobratim.query.words import column_names
from tests.support.server import Server, running_server
from tests.support.sparql_server import serving
from tests.support.web_pages import written_scripts

pytestmark = pytest.mark.slow

CITY = {"city": "Витебск"}
HEADER = '#+ summary: {ru: "Мой вопрос", en: "My question"}\n'
ROWS = HEADER + "SELECT ?n WHERE { VALUES ?n { 3 1 2 5 4 } } ORDER BY ?n"


@pytest.fixture
def client(served: Server) -> Iterator[httpx.Client]:
    with served.client() as found:
        yield found


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The further folder of questions."""
    return tmp_path_factory.mktemp("own")


@pytest.fixture(scope="module")
def with_own(example_directory: Path, own: Path) -> Iterator[Server]:
    """A server that offers the questions of ``own`` as well, under another address than its own."""
    environment = {"POBRATIM_QUERIES": str(own), "POBRATIM_PUBLIC_URL": "https://data.example/ties"}
    with running_server(example_directory, example_directory.parent, env=environment) as server:
        yield server


def _rows(answer: httpx.Response) -> list[dict[str, str]]:
    bindings = answer.raise_for_status().json()["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]


def _links(answer: httpx.Response) -> dict[str, str]:
    return {name: url for url, name in re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers.get("Link", ""))}


def test_the_list_tells_of_every_question(client: httpx.Client) -> None:
    found = client.get("/queries").raise_for_status().json()
    assert found["broken"] == []
    assert [query["name"] for query in found["queries"]] == sorted(library(queries_root()))
    pair = next(query for query in found["queries"] if query["name"] == "pair")
    assert pair["summary"]["en"] == "Everything between two municipalities" and pair["description"]["ru"]
    assert pair["tags"] == ["ties"] and pair["example"] == {"city": "Смоленск", "partner": "Витебск"}
    assert pair["parameters"][1] == {
        "name": "partner",
        "type": "place",
        "required": True,
        "default": None,
        "label": {"ru": "Город или район партнёра", "en": "Partner town or district"},
        "example": "Витебск",
    }
    assert pair["text"].startswith("#+ summary") and "SELECT" in pair["text"]
    assert _rows(client.get(pair["links"]["json"]))
    assert client.get(pair["links"]["csv"]).headers["content-type"] == "text/csv; charset=utf-8"
    assert pair["links"]["self"].endswith("/queries/pair")


@pytest.mark.parametrize("group", ["", "views", "checks"])
def test_every_question_answers_its_example(client: httpx.Client, group: str) -> None:
    home = f"/queries/{group}" if group else "/queries"
    questions = client.get(home).raise_for_status().json()["queries"]
    assert len(questions) == len(library(queries_root(), group)) > 0
    for query in questions:
        answer = client.get(query["links"]["example"], headers={"Accept": "application/json"})
        assert answer.status_code == 200, f"{query['name']}: {answer.text}"


def test_remote_questions_are_not_offered(client: httpx.Client) -> None:
    assert client.get("/queries/remote/twin-towns").status_code == 404
    assert client.get("/queries/twin-towns").status_code == 404


def test_values_are_bound_and_never_pasted(client: httpx.Client) -> None:
    assert len(_rows(client.get("/queries/events-in-city", params=CITY))) == 3
    for value in ('x" } #', "Витебск' OR true", "$city", "<urn:x> ?p ?o"):
        answer = client.get("/queries/events-in-city", params={"city": value})
        assert answer.status_code == 404 and answer.json()["parameter"]["name"] == "city"


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("csv", "text/csv; charset=utf-8"),
        ("tsv", "text/tab-separated-values; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("parquet", "application/vnd.apache.parquet"),
    ],
)
def test_ending_parameter_and_header_choose_the_same_format(client: httpx.Client, ending: str, media_type: str) -> None:
    by_ending = client.get(f"/queries/events-in-city.{ending}", params=CITY)
    by_parameter = client.get("/queries/events-in-city", params={**CITY, "format": ending})
    by_header = client.get("/queries/events-in-city", params=CITY, headers={"Accept": media_type})
    for answer in (by_ending, by_parameter, by_header):
        assert answer.status_code == 200 and answer.headers["content-type"] == media_type
        assert answer.content == by_ending.content
    assert f'filename="events-in-city.{ending}"' in by_ending.headers["content-disposition"]


def test_tables_leave_out_what_only_repeats_the_question(client: httpx.Client) -> None:
    wanted = ["date", "first", "last", "precision", "title", "kind", "activity"]
    rows = list(csv.reader(io.StringIO(client.get("/queries/events-in-city.csv", params=CITY).text)))
    assert rows[0] == wanted and len(rows) == 4
    workbook = client.get("/queries/events-in-city.xlsx", params=CITY).content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()
    assert sheet[0] == wanted and [row[4] for row in sheet[1:]] == [row[4] for row in rows[1:]]
    table = pyarrow.parquet.read_table(io.BytesIO(client.get("/queries/events-in-city.parquet", params=CITY).content))
    assert table.column_names == wanted and table.num_rows == 3


def test_labels_come_in_the_language_of_the_request(client: httpx.Client) -> None:
    kinds = [
        {
            row["kind"]
            for row in _rows(client.get("/queries/events-in-city", params=CITY, headers={"Accept-Language": lang}))
        }
        for lang in ("ru", "en")
    ]
    assert "конкурс" in kinds[0] and "competition" in kinds[1]
    assert {
        row["kind"] for row in _rows(client.get("/queries/events-in-city", params={**CITY, "lang": "en"}))
    } == kinds[1]


def test_an_answer_is_not_sent_again_while_it_is_the_same(client: httpx.Client) -> None:
    first = client.get("/queries/events-in-city.csv", params=CITY)
    again = client.get("/queries/events-in-city.csv", params=CITY, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and again.content == b""
    listed = client.get("/queries")
    assert client.get("/queries", headers={"If-None-Match": listed.headers["etag"]}).status_code == 304


def test_pages_follow_each_other_without_loss(client: httpx.Client) -> None:
    whole = _rows(client.get("/queries/events-timeline"))
    answer = client.get("/queries/events-timeline", params={"limit": "10"})
    found = _rows(answer)
    assert answer.headers["X-Total-Count"] == str(len(whole)) and len(found) == 10
    assert "prev" not in _links(answer)
    while "next" in _links(answer):
        before, answer = answer, client.get(_links(answer)["next"])
        assert client.get(_links(answer)["prev"]).content == before.content
        found += _rows(answer)
    assert found == whole and _links(answer)["last"] == str(answer.url)


def test_a_page_past_the_end_is_empty(client: httpx.Client) -> None:
    answer = client.get("/queries/events-timeline", params={"limit": "10", "offset": "1000"})
    assert _rows(answer) == [] and "next" not in _links(answer)
    assert client.get("/queries/events-timeline", params={"limit": "0"}).headers["X-Total-Count"] != "0"


@pytest.mark.parametrize(
    ("path", "problem", "parameter"),
    [
        ("/queries/events-in-city", "parameter-missing", {"name": "city", "type": "place", "example": "Витебск"}),
        (
            "/queries/events-in-city?city=",
            "parameter-missing",
            {"name": "city", "type": "place", "example": "Витебск"},
        ),
        ("/queries/agreements?year=soon", "parameter-type", {"name": "year", "type": "integer", "example": "2023"}),
        ("/queries/agreements?limit=-1", "parameter-type", {"name": "limit", "type": "integer", "example": "100"}),
        ("/queries/agreements?offset=1e3", "parameter-type", {"name": "offset", "type": "integer", "example": "0"}),
        (
            "/queries/agreements?limit=99999999999",
            "parameter-type",
            {"name": "limit", "type": "integer", "example": "100"},
        ),
        ("/queries/agreements?town=x", "parameter-unknown", {"name": "town"}),
        ("/queries/agreements?year=2022&year=2023", "parameter-twice", {"name": "year"}),
    ],
)
def test_a_wrong_parameter_is_named_with_type_and_example(
    client: httpx.Client, path: str, problem: str, parameter: dict[str, str]
) -> None:
    for lang in ("ru", "en"):
        answer = client.get(path, headers={"Accept-Language": lang})
        assert answer.status_code == 400 and answer.headers["content-type"] == "application/problem+json"
        found = answer.json()
        assert found["type"].endswith(":" + problem) and found["parameter"] == parameter
        assert all(value in found["detail"] for value in parameter.values())


def test_an_unknown_question_is_answered_by_names_like_it(client: httpx.Client) -> None:
    for path in ("/queries/partners-of-cty", "/queries/partners-of-cty.csv", "/queries/partners-of-cty/about"):
        answer = client.get(path)
        assert answer.status_code == 404 and "partners-of-city" in answer.json()["detail"]
    for path in (
        "/queries/..%2Fviews%2Fpartner",
        "/queries/%2e%2e",
        "/queries/.hidden",
        "/queries/a%00b",
        "/queries/a%5Cb",
    ):
        assert client.get(path).status_code == 404


def test_a_format_that_does_not_fit_is_refused(client: httpx.Client) -> None:
    for path in ("/queries/agreements.ttl", "/queries/agreements?format=nonsense"):
        answer = client.get(path)
        assert answer.status_code == 406 and "parquet" in answer.json()["detail"]
    assert client.get("/queries/agreements", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/queries", headers={"Accept": "text/turtle"}).status_code == 406


def test_other_methods_are_refused(client: httpx.Client) -> None:
    answer = client.post("/queries/agreements", content=b"")
    assert answer.status_code == 405 and answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert client.head("/queries/agreements").content == b""


@pytest.mark.parametrize(("lang", "title"), [("ru", "Справки"), ("en", "Ready answers")])
def test_people_get_a_list_to_read(client: httpx.Client, lang: str, title: str) -> None:
    page = client.get("/queries", headers={"Accept": "text/html", "Accept-Language": lang})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert f"<h1>{title}</h1>" in page.text and written_scripts(page.text) == []
    for name, query in library(queries_root()).items():
        assert f'href="/queries/{name}/about">{query.summary[lang]}</a>' in page.text


def test_the_page_of_a_question_has_a_field_for_each_parameter(client: httpx.Client) -> None:
    page = client.get("/queries/new-ties/about").raise_for_status().text
    assert re.search(r'<input id="p-since" name="since"[^>]* type="date"', page)
    assert 'action="/queries/new-ties"' in page and "/workbench#" in page and "SELECT" in page
    for ending in ("json", "csv", "xlsx", "parquet"):
        assert f'href="/queries/new-ties.{ending}' in page
    described = client.get("/queries/new-ties?describe", headers={"Accept": "text/html"}).raise_for_status().text
    asked, answered = (text.partition('<form class="ask"')[2].partition("</main>")[0] for text in (described, page))
    assert asked == answered != ""
    told = client.get("/queries/new-ties/about", headers={"Accept": "application/json"}).json()
    assert told["name"] == "new-ties" and told["parameters"][0]["name"] == "since"


def test_the_form_is_answered_by_a_table(client: httpx.Client) -> None:
    html = {"Accept": "text/html"}
    page = client.get("/queries/events-in-city", params={**CITY, "limit": "2"}, headers=html).raise_for_status().text
    assert page.count("<tr>") == 3 and 'href="/doc/activity/' in page and 'rel="next"' in page
    assert 'value="Витебск"' in page
    empty = client.get("/queries/events-in-city", headers=html)
    assert empty.status_code == 200 and "<table>" not in empty.text
    wrong = client.get("/queries/agreements?year=soon", headers=html)
    assert wrong.status_code == 400 and 'role="alert"' in wrong.text and "soon" in wrong.text


def test_answers_name_their_columns_in_the_language_of_the_page(client: httpx.Client) -> None:
    ru, en = (
        client.get("/queries/events-in-city", params={**CITY, "lang": lang}, headers={"Accept": "text/html"}).text
        for lang in ("ru", "en")
    )
    assert re.findall(r"<th [^>]*>([^<]*)", ru) == ["когда", "мероприятие", "вид", "страница"]
    assert re.findall(r"<th [^>]*>([^<]*)", en) == ["when", "event", "kind", "page"]
    assert 'title="?activity"' in ru and "открыть" in ru and "концерт" not in en
    switched = client.get("/queries/events-in-city?lang=en", headers={"Accept": "text/html"})
    assert switched.status_code == 200 and 'role="alert"' not in switched.text


def test_every_column_of_the_library_has_a_name() -> None:
    names = column_names("ru")
    used = set()
    for query in [*library(queries_root()).values(), *library(queries_root(), "views").values()]:
        head = query.text.partition("SELECT")[2].partition("WHERE")[0]
        used |= set(re.findall(r"AS \?(\w+)\)", head)) | set(re.findall(r"\?(\w+)", re.sub(r"\(.*?\bAS\b", "", head)))
    assert used - names.keys() == set()


def test_what_a_client_sends_stays_text_in_a_page(client: httpx.Client) -> None:
    page = client.get("/queries/find", params={"name": '"><script>alert(1)</script>'}, headers={"Accept": "text/html"})
    assert written_scripts(page.text) == [] and "default-src 'self'" in page.headers["content-security-policy"]


def test_a_new_file_is_a_question_at_once_and_its_change_another_answer(with_own: Server, own: Path) -> None:
    with with_own.client() as client:
        assert client.get("/queries/mine").status_code == 404
        (own / "mine.rq").write_text(ROWS, encoding="utf-8")
        for _ in range(2):
            assert [row["n"] for row in _rows(client.get("/queries/mine"))] == ["1", "2", "3", "4", "5"]
        (own / "mine.rq").write_text(ROWS + " LIMIT 3", encoding="utf-8")
        assert [row["n"] for row in _rows(client.get("/queries/mine"))] == ["1", "2", "3"]
        paged = client.get("/queries/mine", params={"limit": "2", "offset": "1"})
        assert [row["n"] for row in _rows(paged)] == ["2", "3"] and paged.headers["X-Total-Count"] == "3"
        (own / "mine.rq").unlink()
        assert client.get("/queries/mine").status_code == 404


def test_addresses_are_those_of_the_public_url(with_own: Server, own: Path) -> None:
    (own / "mine.rq").write_text(ROWS, encoding="utf-8")
    with with_own.client() as client:
        paged = client.get("/queries/mine?limit=2")
        assert _links(paged)["next"] == "https://data.example/ties/queries/mine?limit=2&offset=2"
        mine = next(query for query in client.get("/queries").json()["queries"] if query["name"] == "mine")
        assert mine["links"]["csv"] == "https://data.example/ties/queries/mine.csv"
        assert 'action="/ties/queries/mine"' in client.get("/queries/mine/about").text
        assert client.get("/openapi.json").json()["servers"] == [{"url": "https://data.example/ties"}]


@pytest.mark.parametrize(
    "content",
    [
        b"#+ summary: [",
        b"#+ tags: 5\nASK {}",
        b"#+ summary: {ru: a, en: b}\n#+ tags: 2023-99-99\nASK {}",
        b"SELECT * { ?s ?p ?o }",
        b"#+ summary: {ru: \xff, en: b}\nASK {}",
        (HEADER + "ASK {" + "{" * 500 + "}" * 500 + "}").encode(),
        (HEADER + "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }").encode(),
        b"",
    ],
)
def test_a_malformed_file_harms_only_itself(with_own: Server, own: Path, content: bytes) -> None:
    (own / "wrong.rq").write_bytes(content)
    try:
        with with_own.client() as client:
            found = client.get("/queries").raise_for_status().json()
            [broken] = found["broken"]
            assert broken["name"] == "wrong" and broken["error"]["ru"] and broken["error"]["en"]
            assert "pair" in {query["name"] for query in found["queries"]}
            assert "wrong" in client.get("/queries", headers={"Accept": "text/html"}).raise_for_status().text
            answer = client.get("/queries/wrong")
            assert answer.status_code == 500 and answer.json()["type"].endswith(":query-broken")
            client.get("/openapi.json").raise_for_status()
            client.get("/queries/agreements").raise_for_status()
    finally:
        (own / "wrong.rq").unlink()


def test_a_file_that_is_no_sparql_fails_as_the_servers_fault(with_own: Server, own: Path) -> None:
    (own / "slip.rq").write_text(HEADER + "SELECT ?s { ?s ?p }", encoding="utf-8")
    with with_own.client() as client:
        answer = client.get("/queries/slip")
        assert answer.status_code == 500 and answer.json()["type"].endswith(":query-broken")
    (own / "slip.rq").unlink()


def test_what_is_no_file_is_passed_over(with_own: Server, own: Path) -> None:
    (own / "folder.rq").mkdir()
    os.mkfifo(own / "pipe.rq")
    (own / ".hidden.rq").write_text(ROWS, encoding="utf-8")
    with with_own.client() as client:
        names = {query["name"] for query in client.get("/queries").json()["queries"]}
        assert names.isdisjoint({"folder", "pipe", ".hidden"})
        assert client.get("/queries/pipe").status_code == 404


def test_a_question_of_triples_and_one_of_yes_or_no(with_own: Server, own: Path) -> None:
    (own / "граф.rq").write_text(HEADER + "CONSTRUCT { <urn:a> <urn:b> ?n } { VALUES ?n { 1 } }", encoding="utf-8")
    (own / "so.rq").write_text(HEADER + "ASK { VALUES ?n { 1 } }", encoding="utf-8")
    with with_own.client() as client:
        turtle = client.get("/queries/граф.ttl").raise_for_status()
        assert "<urn:a> <urn:b> 1" in turtle.text
        assert "filename*=UTF-8''%D0%B3%D1%80%D0%B0%D1%84.ttl" in turtle.headers["content-disposition"]
        assert client.get("/queries/граф").headers["content-type"] == "text/turtle; charset=utf-8"
        assert client.get("/queries/граф?limit=1").json()["type"].endswith(":rows-only")
        assert client.get("/queries/so").json()["boolean"] is True
        for name in ("граф", "so"):
            page = client.get(f"/queries/{name}", headers={"Accept": "text/html"}).raise_for_status()
            assert "<table>" not in page.text


def test_a_parameter_may_bear_the_name_of_a_control(with_own: Server, own: Path) -> None:
    header = HEADER + '#+ parameters: {limit: {type: integer, label: {ru: "а", en: "a"}, example: "2"}}\n'
    text = header + "SELECT ?n $limit { VALUES ?n { 1 2 3 } FILTER(COALESCE(?n <= $limit, true)) } ORDER BY ?n"
    (own / "least.rq").write_text(text, encoding="utf-8")
    with with_own.client() as client:
        assert [row["n"] for row in _rows(client.get("/queries/least?limit=2"))] == ["1", "2"]
        assert [row["n"] for row in _rows(client.get("/queries/least?limit=2&offset=1"))] == ["2"]


def test_a_question_may_ask_an_allowed_service(example_directory: Path, tmp_path: Path) -> None:
    data = tmp_path / "other.ttl"
    data.write_text("<urn:a> <urn:b> 1, 2, 3 .", encoding="utf-8")
    service = "SERVICE <https://other.example/sparql> { ?s <urn:b> ?n }"
    folder = tmp_path / "queries"
    folder.mkdir()
    (folder / "far.rq").write_text(HEADER + f"SELECT ?n {{ {service} }} ORDER BY ?n", encoding="utf-8")
    with serving(data) as other:
        settings = f'[server]\nqueries = "queries"\n[server.services]\n"https://other.example/sparql" = "{other.url}"\n'
        (tmp_path / "pobratim.toml").write_text(settings, encoding="utf-8")
        with running_server(example_directory, tmp_path) as server, server.client() as client:
            assert [row["n"] for row in _rows(client.get("/queries/far"))] == ["1", "2", "3"]
            paged = client.get("/queries/far?limit=1&offset=1")
            assert [row["n"] for row in _rows(paged)] == ["2"] and paged.headers["X-Total-Count"] == "3"
            assert paged.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_openapi_document_has_the_form_of_openapi(client: httpx.Client, lang: str) -> None:
    found = client.get("/openapi.json", headers={"Accept-Language": lang}).raise_for_status().json()
    jsonschema.Draft202012Validator(OPENAPI).validate(found)
    for _, _, operation in _operations(found):
        for parameter in operation.get("parameters", []):
            jsonschema.Draft202012Validator.check_schema(parameter["schema"])
            if "example" in parameter:
                jsonschema.Draft202012Validator(parameter["schema"]).validate(parameter["example"])
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(found)):
        node = found
        for step in reference.split("/"):
            node = node[step]
    identifiers = [operation["operationId"] for _, _, operation in _operations(found)]
    assert len(identifiers) == len(set(identifiers))
    pair = found["paths"]["/queries/pair"]["get"]
    assert pair["summary"] == library(queries_root())["pair"].summary[lang]
    assert {"/sparql", "/queries", "/health", "/metrics", "/queries/views/partner"} <= set(found["paths"])
    assert any("а" <= letter <= "я" for letter in found["info"]["title"].lower()) == (lang == "ru")


def test_every_operation_of_the_openapi_document_answers_as_it_says(client: httpx.Client) -> None:
    found = client.get("/openapi.json").raise_for_status().json()
    for path, method, operation in _operations(found):
        answer = _asked(client, path, method, operation)
        assert str(answer.status_code) in operation["responses"], f"{method} {path}: {answer.status_code}"
        assert answer.status_code < 400, f"{method} {path}: {answer.text}"
        said = operation["responses"][str(answer.status_code)].get("content")
        if said:
            assert answer.headers["content-type"].partition(";")[0] in said, path


def _operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, each) for path, item in document["paths"].items() for method, each in item.items()]


def _asked(client: httpx.Client, path: str, method: str, operation: dict[str, Any]) -> httpx.Response:
    parameters = operation.get("parameters", [])
    for parameter in parameters:
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", parameter["example"])
    given = {each["name"]: each["example"] for each in parameters if each["in"] == "query" and "example" in each}
    body = operation.get("requestBody", {}).get("content", {})
    if body:
        media_type, example = next((name, each["example"]) for name, each in body.items())
        return client.request(method, path, params=given, content=example, headers={"Content-Type": media_type})
    return client.request(method, path, params=given)


_RESPONSE = {
    "oneOf": [
        {
            "type": "object",
            "required": ["$ref"],
            "additionalProperties": False,
            "properties": {"$ref": {"type": "string"}},
        },
        {
            "type": "object",
            "required": ["description"],
            "additionalProperties": False,
            "properties": {
                "description": {"type": "string"},
                "content": {"type": "object"},
                "headers": {},
                "links": {},
            },
        },
    ]
}
OPENAPI = {
    "type": "object",
    "required": ["openapi", "info", "paths"],
    "additionalProperties": False,
    "properties": {
        "openapi": {"const": "3.1.0"},
        "info": {
            "type": "object",
            "required": ["title", "version"],
            "additionalProperties": False,
            "properties": {name: {"type": "string"} for name in ("title", "version", "description", "summary")},
        },
        "servers": {"type": "array", "items": {"type": "object", "required": ["url"]}},
        "tags": {"type": "array", "items": {"type": "object", "required": ["name"]}},
        "components": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "responses": {"type": "object", "additionalProperties": _RESPONSE},
                "schemas": {"type": "object"},
            },
        },
        "paths": {
            "type": "object",
            "propertyNames": {"pattern": "^/"},
            "additionalProperties": {
                "type": "object",
                "propertyNames": {"enum": ["get", "post", "put", "delete", "head", "options", "patch", "trace"]},
                "additionalProperties": {
                    "type": "object",
                    "required": ["operationId", "responses", "summary"],
                    "additionalProperties": False,
                    "properties": {
                        "operationId": {"type": "string", "minLength": 1},
                        "tags": {"type": "array", "items": {"type": "string"}},
                        "summary": {"type": "string", "minLength": 1},
                        "description": {"type": "string"},
                        "requestBody": {"type": "object", "required": ["content"]},
                        "parameters": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["name", "in", "schema"],
                                "properties": {
                                    "in": {"enum": ["query", "header", "path", "cookie"]},
                                    "required": {"type": "boolean"},
                                    "description": {"type": "string"},
                                },
                            },
                        },
                        "responses": {
                            "type": "object",
                            "minProperties": 1,
                            "propertyNames": {"pattern": "^[1-5][0-9][0-9]$"},
                            "additionalProperties": _RESPONSE,
                        },
                    },
                },
            },
        },
    },
}
"""What the OpenAPI Specification 3.1.0 (section 4.8) demands of the objects that we use."""


def test_a_value_that_cannot_stand_where_the_query_has_it_is_the_clients_fault_and_is_named(
    with_own: Server, own: Path
) -> None:
    parameters = '#+ parameters: {p: {type: string, required: true, label: {ru: "п", en: "p"}}}\n'
    (own / "odd.rq").write_text(HEADER + parameters + "SELECT ?s $p { ?s $p ?o }", encoding="utf-8")
    with with_own.client() as client:
        answer = client.get("/queries/odd", params={"p": "слово"})
        assert answer.status_code == 400 and "«p»" in answer.json()["detail"] and "слово" in answer.json()["detail"]
    (own / "odd.rq").unlink()

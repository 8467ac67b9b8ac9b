"""What clients of other endpoints send and expect: empty parameters, formats by name, browsers, odd texts."""

import os
import shutil
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

from tests.support.server import Server, running_server

pytestmark = pytest.mark.slow

ROWS = "SELECT * { VALUES (?z ?a) { (1 2) } }"


def _ask(server: Server, query: str, accept: str = "*/*", **parameters: str) -> httpx.Response:
    with server.client() as client:
        return client.get("/sparql", params={"query": query, **parameters}, headers={"Accept": accept})


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_an_empty_graph_is_none(served: Server, name: str) -> None:
    answer = _ask(served, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv", **{name: ""})
    assert answer.status_code == 200
    assert int(answer.text.split()[1]) > 1000


@pytest.mark.parametrize("name", ["format", "output"])
@pytest.mark.parametrize(
    ("wanted", "media_type"),
    [
        ("csv", "text/csv"),
        ("text/csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
        ("xml", "application/sparql-results+xml"),
        ("json", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_a_format_may_be_named_in_the_address(served: Server, name: str, wanted: str, media_type: str) -> None:
    answer = _ask(served, ROWS, **{name: wanted})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert 'filename="answer.' in answer.headers["content-disposition"]


@pytest.mark.parametrize("wanted", ["docx", "application/pdf", "*/*", "ttl"])
def test_a_format_that_does_not_fit_is_refused_by_its_name(served: Server, wanted: str) -> None:
    answer = _ask(served, ROWS, format=wanted)
    assert answer.status_code == 406
    assert wanted in answer.json()["detail"] and "csv" in answer.json()["detail"]


@pytest.mark.parametrize("wanted", ["turtle", "n3", "text/turtle"])
def test_formats_of_triples_go_by_the_names_of_other_endpoints(served: Server, wanted: str) -> None:
    answer = _ask(served, "CONSTRUCT { <urn:a> <urn:b> 1 } {}", "*/*", format=wanted)
    assert answer.headers["content-type"].startswith("text/turtle")


def test_a_page_may_be_named_too(served: Server) -> None:
    assert _ask(served, ROWS, format="text/html").status_code == 303


def test_a_browser_is_sent_to_the_workbench(served: Server) -> None:
    answer = _ask(served, ROWS, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{served.url}/workbench#query=SELECT+%2A")


def test_columns_stand_in_the_order_of_the_query(served: Server) -> None:
    assert _ask(served, ROWS).json()["head"]["vars"] == ["z", "a"]


def test_a_mark_of_byte_order_is_passed_over(served: Server) -> None:
    with served.client() as client:
        headers = {"Content-Type": "application/sparql-query"}
        answer = client.post("/sparql", content="\ufeffASK {}".encode(), headers=headers)
    assert answer.json()["boolean"] is True
    assert _ask(served, "\ufeffASK {}").json()["boolean"] is True


@pytest.mark.parametrize(
    ("query", "accept", "told"),
    [
        ("CONSTRUCT { <urn:a> <http://x/y#> 1 } {}", "application/rdf+xml", "http://x/y#"),
        ('CONSTRUCT { <urn:a> <http://x/y> "\ufffe" } {}', "application/rdf+xml", "U+FFFE"),
        ('SELECT ("\\u0001" AS ?x) {}', "application/sparql-results+xml", "U+0001"),
    ],
)
def test_what_xml_cannot_hold_is_no_answer(served: Server, query: str, accept: str, told: str) -> None:
    answer = _ask(served, query, accept)
    assert answer.status_code == 406
    assert told in answer.json()["detail"]


def test_too_many_parameters_are_called_so(served: Server) -> None:
    with served.client() as client:
        answer = client.post("/sparql", data={"query": "ASK {}", **{f"p{number}": "1" for number in range(1001)}})
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:pobratim:problem:too-many-parameters")


@pytest.mark.parametrize("path", ["/static/%00.css", "/id/%00", "/%00"])
def test_a_nul_is_nothing_found(served: Server, path: str) -> None:
    with served.client() as client:
        answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/sparql//", "/search//", "/queries//", "/workbench//"])
def test_no_redirect_is_made_of_the_host(served: Server, path: str) -> None:
    with served.client() as client:
        answer = client.get(path, headers={"Host": "evil.example"})
    assert answer.status_code == 404
    assert "location" not in answer.headers


def test_a_browser_may_send_headers_of_its_own(served: Server) -> None:
    with served.client() as client:
        headers = {"Access-Control-Request-Headers": "queryid, traceparent", "Origin": "http://other.example"}
        assert client.options("/sparql", headers=headers).headers["access-control-allow-headers"] == (
            "queryid, traceparent"
        )


@pytest.mark.parametrize("chain", ["!" * 60_000 + "true", "&&".join("1" * 20_000)])
def test_a_stack_that_ends_is_no_want_of_memory(served: Server, chain: str) -> None:
    with served.client() as client:
        answer = client.post("/sparql", data={"query": f"ASK {{ FILTER({chain}) }}"})
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:pobratim:problem:query-too-complex")


def test_csv_for_excel_has_a_mark_semicolons_and_no_formula(served: Server) -> None:
    query = 'SELECT ?a ?b { VALUES (?a ?b) { ("=1+1" 2) ("-х" -3) } } ORDER BY ?b'
    answer = _ask(served, query, format="csv-excel")
    assert answer.content.decode("utf-8") == "\ufeffa;b\r\n'-х;-3\r\n'=1+1;2\r\n"
    assert answer.headers["content-disposition"].startswith('attachment; filename="answer.csv"')


def _workers(store: Path) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        try:
            line = (folder / "cmdline").read_bytes() if folder.name.isdecimal() else b""
        except OSError:
            continue
        if b"pobratim.serving.workers.zygote" in line and str(store).encode() in line:
            found.append(int(folder.name))
    return sorted(found)


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.fixture
def store(example_directory: Path, tmp_path: Path) -> Path:
    """A store of this test's own, by whose path its processes are known."""
    return Path(shutil.copytree(example_directory, tmp_path / "own", symlinks=True))


def test_a_worker_ended_from_outside_is_told_as_such(store: Path, tmp_path: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d) }"
    answers = []
    with running_server(store, tmp_path, env={"POBRATIM_LIMIT_SECONDS": "20"}) as server:
        asking = threading.Thread(target=lambda: answers.append(_ask(server, endless)))
        asking.start()
        with server.client() as client:
            while not client.get("/health").json()["running"]:
                time.sleep(0.1)
        time.sleep(0.5)
        found = _workers(store)
        for pid in found:
            if _parent(pid) in found:  # the zygote's own parent is the web process
                os.kill(pid, signal.SIGKILL)
        asking.join()
    assert answers[0].json()["type"] == "urn:pobratim:problem:worker-killed"


def test_queries_outlive_a_zygote(store: Path, tmp_path: Path) -> None:
    statuses = []
    with running_server(store, tmp_path) as server:
        for number in range(40):
            if number == 10:
                for pid in _workers(store):
                    os.kill(pid, signal.SIGKILL)
            statuses.append(_ask(server, f"ASK {{}} # {number}").status_code)
    assert statuses == [200] * 40

"""Updates: for the holder of the token alone, visible at once, and bounded like queries."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.sparql.update import DatasetConflictError, using
from pobratim.store.directory import GenerationStore
from tests.support.places import ROOT
from tests.support.server import Server, running_server

pytestmark = pytest.mark.slow

TOKEN = "a-secret-of-the-test"
EXAMPLE = ROOT / "examples" / "smolensk-2023-q1.docx"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("update") / "store"
    load([EXAMPLE], GenerationStore(directory), Settings())
    return directory


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    with running_server(store, store.parent, env={"POBRATIM_UPDATE_TOKEN": TOKEN}) as running:
        yield running


def _update(server: Server, text: str, token: str = TOKEN, graph: str = "") -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/sparql-update"}
    params = {"using-graph-uri": graph} if graph else {}
    return httpx.post(
        f"{server.url}/update", params=params, content=text.encode(), headers=headers, trust_env=False, timeout=180
    )


def _true(server: Server, ask: str) -> bool:
    answer: bool = httpx.get(f"{server.url}/sparql", params={"query": ask}, trust_env=False).json()["boolean"]
    return answer


def test_an_update_is_visible_when_it_is_answered(server: Server) -> None:
    ask = "ASK { <http://e/s> <http://e/p> 'ё' }"
    assert not _true(server, ask)
    assert _update(server, "INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 'ё' } }").status_code == 204
    assert _true(server, ask)
    form = {"update": "DELETE DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 'ё' } }"}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert (
        httpx.post(f"{server.url}/update", data=form, headers=headers, trust_env=False, timeout=180).status_code == 204
    )
    assert not _true(server, ask)


def test_without_the_token_nothing_changes(server: Server) -> None:
    for token in ("-", "a", TOKEN + "x"):
        answer = _update(server, "INSERT DATA { <http://e/x> <http://e/p> 1 }", token)
        assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"
    assert not _true(server, "ASK { <http://e/x> ?p ?o }")


def test_without_a_token_in_the_settings_there_is_no_such_page(
    example_directory: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with running_server(example_directory, tmp_path_factory.mktemp("public")) as public:
        assert _update(public, "CLEAR ALL").status_code == 404


def test_updates_stay_within_the_store(server: Server) -> None:
    assert _update(server, "LOAD <http://127.0.0.1:1/x>").status_code == 403
    service = "INSERT { <http://e/a> <http://e/b> ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    assert _update(server, service).status_code == 403
    assert _update(server, "INSERT DATA {").status_code == 400
    assert _update(server, "CLEAR GRAPH <http://e/unknown>").status_code == 400


def test_an_update_that_fails_half_way_changes_nothing(server: Server) -> None:
    both = "INSERT DATA { <http://e/half> <http://e/p> 1 } ; CLEAR GRAPH <http://e/unknown>"
    assert _update(server, both).status_code == 400
    assert not _true(server, "ASK { <http://e/half> ?p ?o }")


def test_a_later_load_keeps_other_graphs_and_restores_its_own(server: Server, store: Path) -> None:
    assert _update(server, "INSERT DATA { GRAPH <http://e/own> { <http://e/kept> <http://e/p> 1 } }").status_code == 204
    load([], GenerationStore(store), Settings())
    reader = GenerationStore(store).open()
    assert reader.describes("http://e/kept")


def test_graphs_of_the_request_become_using() -> None:
    given = "INSERT { <a:s> <a:p> ?o } WHERE { ?s ?p ?o } ; DELETE WHERE { ?s <a:where> 'WHERE' }"
    assert using(given, ["a:g"], ["a:n"]) == (
        "INSERT { <a:s> <a:p> ?o } USING <a:g> USING NAMED <a:n> WHERE { ?s ?p ?o } ; "
        "DELETE  { ?s <a:where> 'WHERE' } USING <a:g> USING NAMED <a:n> WHERE { ?s <a:where> 'WHERE' }"
    )
    for own in ("WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "INSERT { <a:s> <a:p> 1 } USING <a:g> WHERE { }"):
        with pytest.raises(DatasetConflictError):
            using(own, ["a:g"], [])
    with pytest.raises(ValueError):
        using("DELETE WHERE { ?s ?p ?o }", ["no iri> "], [])


def test_graphs_of_the_request_bound_what_matches(server: Server) -> None:
    two = " ".join(f"GRAPH <http://e/{number}> {{ <http://e/m> <http://e/p> {number} }}" for number in (1, 2))
    assert _update(server, f"INSERT DATA {{ {two} }}").status_code == 204
    copy = "INSERT { GRAPH <http://e/3> { ?s <http://e/copied> ?o } } WHERE { ?s <http://e/p> ?o }"
    assert _update(server, copy, graph="http://e/2").status_code == 204
    assert _true(server, "ASK { <http://e/m> <http://e/copied> 2 }")
    assert not _true(server, "ASK { <http://e/m> <http://e/copied> 1 }")
    assert _update(server, "WITH <http://e/1> " + copy, graph="http://e/2").status_code == 400


def test_a_mistake_in_an_update_is_told_with_its_place(server: Server) -> None:
    answer = _update(server, "INSERT DATA {\n  <http://e/s> foo:p 1 }")
    assert answer.status_code == 400
    assert (answer.json()["line"], answer.json()["column"]) == (2, 16) and "foo:" in answer.json()["detail"]

"""Wherever the server holds the data, it answers the same: facts in memory and the rest on disk, or all on disk."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.site.areas import area_path
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import Reader
from tests.support.every_question import FILES, GRAPH, THINGS, in_order, texts
from tests.support.server import Server, running_server

pytestmark = pytest.mark.slow

_ON_DISK = {"POBRATIM_MEMORY_QUADS": "0"}
_GRAPHS, _MORE = 40, 3
"""Oxigraph opens sixteen files of a table together with the store, and others when they are first read."""
_COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
_EVIDENCE = GRAPH.replace("/report/", "/evidence/")


@pytest.fixture(scope="module")
def on_disk(example_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the example that holds nothing in memory."""
    with running_server(example_directory, tmp_path_factory.mktemp("disk"), env=_ON_DISK) as server:
        yield server


def _graph(number: int) -> str:
    return f"http://example.org/graph/{number}"


def _many(graphs: range) -> dict[str, list[Quad]]:
    told = NamedNode("http://example.org/told")
    return {
        _graph(number): [
            Quad(NamedNode(f"urn:{number}"), told, Literal(one), NamedNode(_graph(number))) for one in "ab"
        ]
        for number in graphs
    }


def test_a_store_of_many_files_is_read_from_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Each piece that is loaded leaves files of its own: so many come from a large store.
    monkeypatch.setattr("pobratim.store.turnover._PIECE_BYTES", 1)
    store = GenerationStore(tmp_path / "store")
    store.publish(_many(range(_GRAPHS)), {}, {})
    for number in range(_GRAPHS, _GRAPHS + _MORE):
        store.publish(_many(range(number, number + 1)), {}, {})
    files = list((tmp_path / "store" / "generations" / f"{store.generation():06}" / "store").glob("*.sst"))
    assert len(files) > 40
    with running_server(tmp_path / "store", tmp_path, env=_ON_DISK) as server, server.client() as client:
        for number in range(_GRAPHS + _MORE):
            query = f"SELECT ?o {{ GRAPH <{_graph(number)}> {{ ?s ?p ?o }} }} ORDER BY ?o"
            answer = client.get("/sparql", params={"query": query})
            assert answer.status_code == 200, answer.text
            assert [row["o"]["value"] for row in answer.json()["results"]["bindings"]] == ["a", "b"]
        whole = client.get("/sparql", params={"query": _COUNT}).json()
        assert whole["results"]["bindings"][0]["n"]["value"] == str(2 * (_GRAPHS + _MORE))


def _answer(server: Server, text: str) -> list[str]:
    with server.client() as client:
        headers = {"Accept": "application/sparql-results+json, application/n-triples;q=0.9"}
        answer = client.post("/sparql", data={"query": text}, headers=headers)
    assert answer.status_code == 200, answer.text
    if "json" not in answer.headers["content-type"]:
        return answer.text.splitlines()
    found = answer.json()
    return (
        [json.dumps(row, sort_keys=True) for row in found["results"]["bindings"]]
        if "results" in found
        else [str(found)]
    )


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_question_has_the_same_answer_from_memory_and_from_disk(
    file: Path, example_store: Reader, served: Server, on_disk: Server
) -> None:
    for text in texts(file, example_store):
        assert in_order(_answer(served, text)) == in_order(_answer(on_disk, text)), text


@pytest.mark.parametrize("thing", [*THINGS, _EVIDENCE, f"{DEFAULT_BASE}/def"])
@pytest.mark.parametrize("form", ["text/html", "application/n-triples"])
def test_a_page_is_the_same_from_memory_and_from_disk(thing: str, form: str, served: Server, on_disk: Server) -> None:
    found, area = [], area_path(thing)
    path = f"/doc/{area}" if area else thing.removeprefix(DEFAULT_BASE)
    for server in (served, on_disk):
        with server.client() as client:
            answer = client.get(path, headers={"Accept": form}, follow_redirects=True)
        assert answer.status_code == 200, (path, answer.text)
        found.append(answer.text.replace(server.url, ""))
    assert in_order(found[0].splitlines()) == in_order(found[1].splitlines())

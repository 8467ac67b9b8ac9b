"""New generations while clients ask: no request fails, no answer is older than the one before, none is kept."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from pobratim.store.directory import GenerationStore
from tests.support.server import Server, running_server

pytestmark = pytest.mark.slow

_GRAPH = NamedNode("http://example.org/graph")
_COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_PAIRS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?p ?d FILTER(STRLEN(CONCAT(STR(?b), STR(?d))) > 0) }"
"""Takes a second or two, so that a generation can come meanwhile."""
_FIRST, _STEP, _LOADS = 1500, 100, 6


def _publish(store: Path, count: int) -> None:
    quads = [
        Quad(NamedNode(f"http://example.org/{number}"), NamedNode("http://example.org/p"), Literal(number), _GRAPH)
        for number in range(count)
    ]
    GenerationStore(store).publish({_GRAPH.value: quads}, {}, {"count": count})


@pytest.fixture
def store(tmp_path: Path) -> Path:
    directory = tmp_path / "store"
    _publish(directory, _FIRST)
    return directory


@pytest.fixture
def server(store: Path, tmp_path: Path) -> Iterator[Server]:
    environment = {"POBRATIM_POLL_SECONDS": "0.05", "POBRATIM_LIMIT_SECONDS": "120", "POBRATIM_LIMIT_LONG_AFTER": "120"}
    with running_server(store, tmp_path, env=environment) as running:
        yield running


def _ask(client: httpx.Client, query: str) -> tuple[int, str]:
    """The count that a query gives, and the ETag, which an answer that saw two generations has not."""
    answer = client.get("/sparql", params={"query": query}).raise_for_status()
    return int(answer.json()["results"]["bindings"][0]["n"]["value"]), answer.headers.get("etag", "")


def _ask_until(server: Server, stop: Event, is_new_each_time: bool) -> list[int]:
    counts: list[int] = []
    with server.client() as client:
        while not stop.is_set():
            query = f"{_COUNT} # {len(counts)} {time.monotonic_ns()}" if is_new_each_time else _COUNT
            counts.append(_ask(client, query)[0])
    return counts


def _wait_for(client: httpx.Client, count: int) -> None:
    while _ask(client, _COUNT)[0] != count:
        time.sleep(0.02)


def test_no_request_is_lost_while_generations_come(store: Path, server: Server) -> None:
    stop = Event()
    last = _FIRST + _LOADS * _STEP
    with ThreadPoolExecutor(4) as threads, server.client() as client:
        asking = [threads.submit(_ask_until, server, stop, number % 2 == 0) for number in range(4)]
        try:
            for number in range(1, _LOADS + 1):
                _publish(store, _FIRST + number * _STEP)
                _wait_for(client, _FIRST + number * _STEP)
        finally:
            stop.set()
        seen = [future.result() for future in asking]
    for counts in seen:
        assert counts == sorted(counts)
        assert set(counts) <= set(range(_FIRST, last + 1, _STEP))
    assert len({count for counts in seen for count in counts}) > 2
    assert server.process.poll() is None


def test_an_answer_that_began_before_the_switch_is_not_kept_after_it(store: Path, server: Server) -> None:
    with ThreadPoolExecutor(1) as threads, server.client() as client:
        running = threads.submit(_ask, client, _PAIRS)
        _publish(store, _FIRST + _STEP)
        with server.client() as other:
            _wait_for(other, _FIRST + _STEP)
        before, _ = running.result()
        after, _ = _ask(client, _PAIRS)
        assert before in (_FIRST**2, (_FIRST + _STEP) ** 2)
        assert after == (_FIRST + _STEP) ** 2


def test_validators_are_of_one_generation(store: Path, server: Server) -> None:
    with server.client() as client:
        _, etag = _ask(client, _COUNT)
        same = client.get("/sparql", params={"query": _COUNT}, headers={"if-none-match": etag})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", etag)
        _publish(store, _FIRST + _STEP)
        _wait_for(client, _FIRST + _STEP)
        other = client.get("/sparql", params={"query": _COUNT}, headers={"if-none-match": etag})
        assert other.status_code == 200
        assert other.headers["etag"] != etag

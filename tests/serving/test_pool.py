"""Limits of a client and of the whole server: who waits, who is refused, what the refusal says.

The server believes X-Forwarded-For of 127.0.0.1, so that one test can be several clients.
"""

import asyncio
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.server import Server, running_server

pytestmark = pytest.mark.slow

_ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d) }"
_HUNGRY = "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f))) AS ?x) { ?a a ?c . ?d a ?f }"


@contextmanager
def _limited(store: Path, folder: Path, **limits: float) -> Iterator[Server]:
    environment = {f"POBRATIM_LIMIT_{name.upper()}": str(value) for name, value in limits.items()}
    with running_server(store, folder, env=environment) as server:
        yield server


async def _ask(client: httpx.AsyncClient, query: str, who: str, after: float = 0, long: int = 0) -> httpx.Response:
    await asyncio.sleep(after)
    while long and await _long(client) < long:
        await asyncio.sleep(0.05)
    return await client.post("/sparql", data={"query": query}, headers={"x-forwarded-for": who})


async def _long(client: httpx.AsyncClient) -> int:
    """How many long queries run."""
    found = re.search(r'^pobratim_queries{state="long"} (\d+)', (await client.get("/metrics")).text, re.MULTILINE)
    assert found
    return int(found[1])


def _together(
    server: Server, queries: Sequence[tuple[str, str, float] | tuple[str, str, float, int]]
) -> list[httpx.Response]:
    """Answers to queries of clients, each sent so many seconds after the beginning, once so many long ones run."""

    async def run() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=server.url, timeout=300, trust_env=False) as client:
            return list(await asyncio.gather(*(_ask(client, *query) for query in queries)))

    return asyncio.run(run())


def _refusals(answers: Sequence[httpx.Response]) -> list[tuple[int, str]]:
    for answer in answers:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["cache-control"] == "no-store"
        if answer.status_code == 429:
            assert int(answer.headers["retry-after"]) > 0
    return sorted((answer.status_code, answer.json()["limit"]["name"]) for answer in answers)


def test_a_query_ends_at_its_time(example_directory: Path, tmp_path: Path) -> None:
    with _limited(example_directory, tmp_path, seconds=0.5) as server:
        (answer,) = _together(server, [(_ENDLESS, "192.0.2.1", 0)])
        assert _refusals([answer]) == [(503, "seconds")]
        assert answer.json()["limit"]["value"] == 0.5


def test_a_query_ends_at_its_memory(example_directory: Path, tmp_path: Path) -> None:
    with _limited(example_directory, tmp_path, seconds=300, long_after=300, memory_mb=64) as server:
        assert _refusals(_together(server, [(_HUNGRY, "192.0.2.1", 0)])) == [(503, "memory_mb")]
        (answer,) = _together(server, [("ASK {}", "192.0.2.1", 0)])
        assert answer.json()["boolean"] is True


def test_an_answer_ends_at_its_size_and_is_not_cut_off(example_directory: Path, tmp_path: Path) -> None:
    with _limited(example_directory, tmp_path, answer_mb=1) as server:
        assert _refusals(_together(server, [("SELECT * { ?s ?p ?o }", "192.0.2.1", 0)])) == [(503, "answer_mb")]
        (answer,) = _together(server, [("SELECT * { ?s ?p ?o } LIMIT 100", "192.0.2.1", 0)])
        assert len(answer.json()["results"]["bindings"]) == 100


def test_a_client_has_so_many_long_queries_and_others_have_theirs(example_directory: Path, tmp_path: Path) -> None:
    limits = {"long_after": 0.3, "long_queries_a_client": 1, "long_queries": 2}
    with _limited(example_directory, tmp_path, seconds=8, **limits) as server:
        queries: list[tuple[str, str, float, int]] = [
            (_ENDLESS, "192.0.2.1", 0, 0),
            (_ENDLESS, "192.0.2.1", 0, 1),
            (_ENDLESS, "192.0.2.2", 0, 1),
            (_ENDLESS, "192.0.2.3", 0, 2),
            ("ASK {}", "192.0.2.1", 0, 2),
        ]
        *long, short = _together(server, queries)
        assert [answer.status_code for answer in long] == [503, 429, 503, 503]
        assert [answer.json()["limit"]["name"] for answer in long] == [
            "seconds",
            "long_queries_a_client",
            "seconds",
            "long_queries",
        ]
        assert _refusals(long)
        assert short.json()["boolean"] is True


def test_a_client_has_so_many_queries_at_once(example_directory: Path, tmp_path: Path) -> None:
    with _limited(example_directory, tmp_path, seconds=5, long_after=60, waiting_a_client=2) as server:
        answers = _together(server, [(_ENDLESS, "192.0.2.1", number / 10) for number in range(3)])
        assert _refusals(answers) == [(429, "waiting_a_client"), (503, "seconds"), (503, "seconds")]
        (other,) = _together(server, [("ASK {}", "192.0.2.1", 0)])
        assert other.status_code == 200


def test_so_many_wait_and_no_longer_than_that(example_directory: Path, tmp_path: Path) -> None:
    limits = {"long_after": 60, "long_queries": 1, "short_queries": 1, "waiting": 1, "waiting_seconds": 3}
    with _limited(example_directory, tmp_path, seconds=10, **limits) as server:
        answers = _together(server, [(_ENDLESS, f"192.0.2.{number}", number / 10) for number in range(4)])
        assert [answer.json()["limit"]["name"] for answer in answers] == [
            "seconds",
            "seconds",
            "waiting_seconds",
            "waiting",
        ]
        assert {answer.status_code for answer in answers} == {503}


def test_who_waits_is_answered_when_a_place_is_free(example_directory: Path, tmp_path: Path) -> None:
    limits = {"long_after": 60, "long_queries": 1, "short_queries": 0, "waiting_seconds": 120}
    with _limited(example_directory, tmp_path, seconds=1, **limits) as server:
        endless, *waiting = _together(
            server, [(_ENDLESS, "192.0.2.1", 0), *[(f"ASK {{}} # {n}", "192.0.2.2", 0.2) for n in range(5)]]
        )
        assert endless.status_code == 503
        assert [answer.json()["boolean"] for answer in waiting] == [True] * 5


def test_forged_addresses_do_not_make_a_client_another_where_no_proxy_is_trusted(
    example_directory: Path, tmp_path: Path
) -> None:
    environment = {
        "POBRATIM_TRUSTED_PROXIES": "192.0.2.9",
        "POBRATIM_LIMIT_WAITING_A_CLIENT": "1",
        "POBRATIM_LIMIT_SECONDS": "5",
    }
    with running_server(example_directory, tmp_path, env=environment) as server:
        answers = _together(server, [(_ENDLESS, "192.0.2.1", 0), (_ENDLESS, "192.0.2.2", 0.3)])
        assert _refusals(answers) == [(429, "waiting_a_client"), (503, "seconds")]


def test_a_worker_that_dies_is_replaced(example_directory: Path, tmp_path: Path) -> None:
    with _limited(example_directory, tmp_path, memory_mb=64, long_after=300, seconds=300) as server:
        answers = _together(server, [(_HUNGRY, f"192.0.2.{number}", 0) for number in range(4)])
        assert _refusals(answers) == [(503, "memory_mb")] * 4
        again = _together(server, [(f"ASK {{}} # {number}", "192.0.2.1", 0) for number in range(20)])
        assert {answer.status_code for answer in again} == {200}
        assert server.process.poll() is None

"""How the server is run: health, counters, logs, and that nothing outlives it or works for clients that have gone."""

import asyncio
import io
import json
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlencode

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from pobratim import __version__
from pobratim.errors import StoreError
from pobratim.serving.http.delivery import attended
from pobratim.serving.http.notes import KEPT, note
from pobratim.serving.operation import logs
from pobratim.serving.operation.health import state_of
from pobratim.serving.operation.metrics import Metrics
from pobratim.serving.operation.watching import Watching
from pobratim.serving.workers.answers import Answer
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.pool import Load
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.served import Served
from pobratim.store.directory import GenerationStore
from tests.support.server import Server, running_server

pytestmark = pytest.mark.slow

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LONG = "SELECT (COUNT(*) AS ?n) { SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 4000000 }"
PATIENT = {"POBRATIM_LIMIT_SECONDS": "600"}
_DEADLINE = 180


@pytest.fixture(scope="module")
def patient(example_directory: Path) -> Iterator[Server]:
    """A server whose queries may take as long as they want."""
    with running_server(example_directory, example_directory.parent, env=PATIENT) as server:
        yield server


@pytest.fixture
def store(tmp_path: Path, example_directory: Path) -> Path:
    """A copy of the example, so that its processes can be told from those of other tests."""
    shutil.copytree(example_directory, tmp_path / "copy", symlinks=True)
    return tmp_path / "copy"


def _until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _DEADLINE
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def _health(server: Server) -> dict[str, Any]:
    with server.client() as client:
        found: dict[str, Any] = client.get("/health").json()
        return found


def _metrics(server: Server) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    with server.client() as client:
        text = client.get("/metrics").raise_for_status().text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for sample in samples}


def _processes(store: Path) -> set[int]:
    """The numbers of zygotes and workers of a store."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if b"pobratim.serving.workers.zygote" in command and str(store).encode() in command:
            found.add(int(entry.name))
    return found


def test_health_tells_what_is_served(served: Server, example_directory: Path) -> None:
    with served.client() as client:
        answer = client.get("/health")
        assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
        found = answer.json()
        assert client.head("/health").content == b""
    reader = GenerationStore(example_directory).open()
    assert found["status"] == "ok" and found["version"] == __version__
    assert (found["generation"], found["quads"]) == (reader.generation, len(reader))
    assert found["workers"] >= 1 and found["uptime"] > 0


def _engine(served: Served | None, ready: bool) -> Engine:
    class Stub:
        load = Load(workers=2)
        cache = SimpleNamespace(hits=0, misses=0, size=0)

        @property
        def ready(self) -> bool:
            return ready

        @property
        def served(self) -> Served:
            if served is None:
                raise StoreError("store-empty", store="x")
            return served

    return cast(Engine, Stub())


def test_a_server_without_a_store_is_not_well() -> None:
    assert state_of(_engine(None, False)) == {"status": "no-store", "workers": 2}
    assert state_of(_engine(Served(3, "3"), False))["status"] == "no-store"
    assert state_of(_engine(Served(3, "3"), True))["status"] == "ok"
    metrics = Metrics()
    metrics.watch(_engine(None, False))
    assert b"pobratim_generation 0.0" in metrics.text()


def test_requests_are_counted_by_the_template_of_their_route(served: Server) -> None:
    def count(route: str, status: int, method: str = "GET") -> float:
        labels = (("method", method), ("route", route), ("status", str(status)))
        return _metrics(served).get(("pobratim_requests_total", labels), 0)

    cases = [("/queries/{name}", 200), ("/queries/{name}", 404), ("(none)", 404), ("/sparql", 400), ("/health", 200)]
    before = [count(*case) for case in cases] + [count("/health", 405, "DELETE"), count("(none)", 404, "other")]
    with served.client() as client:
        for path in (
            "/queries/agreements?year=1999",
            "/queries/nothing-like-it",
            "/no/such/page",
            "/sparql?query=SELEC",
            "/health/",
        ):
            client.get(path)
        client.delete("/health")
        client.request("PROPFIND", "/coffee")
    after = [count(*case) for case in cases] + [count("/health", 405, "DELETE"), count("(none)", 404, "other")]
    assert [late - early for early, late in zip(before, after, strict=True)] == [1, 1, 1, 1, 1, 1, 1]


def test_labels_hold_nothing_that_clients_choose(served: Server) -> None:
    with served.client() as client:
        for number in range(20):
            client.get(f"/queries/secret-{number}")
            client.get(f"/secret/{number}")
    labels = {value for _, pairs in _metrics(served) for _, value in pairs}
    assert not [value for value in labels if "secret" in value.lower()]


def test_queries_and_kept_answers_are_counted(served: Server) -> None:
    ok = ("pobratim_query_seconds_count", (("outcome", "ok"),))
    hit = ("pobratim_cache_requests_total", (("result", "hit"),))
    before = _metrics(served)
    with served.client() as client:
        for _ in range(3):
            client.get("/sparql", params={"query": "SELECT (42 AS ?counted) {}"}).raise_for_status()
    after = _metrics(served)
    assert after[ok] - before[ok] == 1 and after[hit] - before[hit] == 2
    assert after[("pobratim_cache_bytes", ())] > before[("pobratim_cache_bytes", ())]
    assert after[("pobratim_generation", ())] == 1 and after[("pobratim_queries", (("state", "running"),))] == 0
    assert after[("pobratim_info", (("version", __version__),))] == 1
    assert after[("process_resident_memory_bytes", ())] > 0


def test_a_query_that_is_stopped_is_counted_by_its_reason(example_directory: Path) -> None:
    with running_server(example_directory, example_directory.parent, env={"POBRATIM_LIMIT_SECONDS": "0.5"}) as server:
        with server.client() as client:
            assert client.get("/sparql", params={"query": ENDLESS}).status_code == 503
        found = _metrics(server)
    assert found[("pobratim_workers_ended_total", (("reason", "time"),))] == 1
    assert found[("pobratim_query_seconds_count", (("outcome", "time-over"),))] == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_client_that_hangs_up_frees_its_worker(patient: Server, method: str) -> None:
    def left() -> float:
        return _metrics(patient).get(("pobratim_workers_ended_total", (("reason", "left"),)), 0)

    before = left()
    body = urlencode({"query": ENDLESS})
    head = f"{method} /sparql{f'?{body}' if method == 'GET' else ''} HTTP/1.1\r\nHost: x\r\n"
    form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    with socket.create_connection(("127.0.0.1", patient.port), _DEADLINE) as connection:
        connection.sendall((head + (form if method == "POST" else "\r\n")).encode())
        _until(lambda: _metrics(patient)[("pobratim_queries", (("state", "long"),))] == 1, "no worker works at it")
    _until(lambda: _health(patient)["running"] == 0, "the query goes on")
    assert left() == before + 1
    with patient.client() as client:
        for number in range(5):
            answer = client.get("/sparql", params={"query": f"SELECT ({number} AS ?n) {{}}"})
            assert answer.status_code == 200


def test_who_waits_gets_the_answer_and_who_leaves_ends_the_work() -> None:
    async def scene(leaves: bool) -> list[str]:
        seen: list[str] = []

        async def receive() -> dict[str, Any]:
            if not leaves:
                await asyncio.Event().wait()
            return {"type": "http.disconnect"}

        async def work() -> Answer:
            try:
                await asyncio.sleep(30 if leaves else 0.2)
            except asyncio.CancelledError:
                seen.append("ended")
                raise
            return Answer()

        request = Request({"type": "http", "method": "GET", "headers": []}, receive)
        try:
            await attended(request, work())
            seen.append("answered")
        except RefusedError as refusal:
            seen.append(refusal.code)
        return seen

    assert asyncio.run(scene(leaves=False)) == ["answered"]
    assert asyncio.run(scene(leaves=True)) == ["ended", "client-left"]


def test_told_to_stop_it_lets_the_running_answer_end(store: Path) -> None:
    answers: list[httpx.Response] = []
    with running_server(store, store.parent, env=PATIENT) as server:
        assert _processes(store)

        def ask() -> None:
            with server.client(timeout=600) as client:
                answers.append(client.get("/sparql", params={"query": LONG, "format": "json"}))

        asking = threading.Thread(target=ask)
        asking.start()
        _until(lambda: _health(server)["running"] == 1 or bool(answers), "the query did not start")
        server.process.send_signal(signal.SIGTERM)
        asking.join()
        server.process.wait(_DEADLINE)
        assert not _processes(store)
    assert answers[0].status_code == 200 and "4000000" in answers[0].text


def test_interrupted_it_ends_in_peace(example_directory: Path) -> None:
    with running_server(example_directory, example_directory.parent) as server:
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(_DEADLINE) == 0


def test_nothing_outlives_a_web_process_that_is_killed(store: Path) -> None:
    with running_server(store, store.parent, env=PATIENT) as server:
        killing = threading.Timer(0.5, server.process.kill)
        with server.client(timeout=_DEADLINE) as client, pytest.raises(httpx.TransportError):
            killing.start()
            client.get("/sparql", params={"query": ENDLESS})
        server.process.wait(_DEADLINE)
        _until(lambda: not _processes(store), "workers outlive the server")


def test_a_zygote_that_dies_is_replaced(store: Path) -> None:
    with running_server(store, store.parent) as server:
        before = _processes(store)
        assert before
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        _until(lambda: bool(_processes(store) - before) and _health(server)["status"] == "ok", "it is not replaced")
        with server.client() as client:
            assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_the_log_is_lines_of_json_that_name_nobody(example_directory: Path) -> None:
    environment = {"POBRATIM_LOG_REQUESTS": "all"}
    with (
        running_server(example_directory, example_directory.parent, env=environment) as server,
        server.client() as client,
    ):
        for _ in range(2):
            client.get("/queries/events-in-city.csv", params={"city": "Витебск"}).raise_for_status()
        client.get("/sparql", params={"query": "SELECT (1 AS ?secret) {}"}).raise_for_status()
        client.get("/sparql", params={"query": "SELECT secret"})
        client.get("/secret/path", headers={"X-Forwarded-For": "203.0.113.7"})
    lines = [line for line in server.log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    events = [json.loads(line) for line in lines]
    requests = [event for event in events if event["event"] == "request" and event["route"] != "/health"]
    asked = [event for event in requests if event["route"] == "/queries/{name}"]
    assert [event.get("kept", False) for event in asked] == [False, True]
    assert asked[0]["format"] == "csv" and asked[0]["status"] == 200 and asked[0]["generation"] == 1
    assert asked[0]["bytes"] > 100 and asked[0]["seconds"] > 0 and len(asked[0]["query"]) == 12
    assert asked[0]["query"] == asked[1]["query"]
    refused = next(event for event in requests if event["status"] == 400)
    assert refused["reason"] == "query-syntax" and refused["route"] == "/sparql"
    text = "\n".join(lines)
    assert not [word for word in ("127.0.0.1", "203.0.113.7", "secret", "Витебск", "SELECT") if word in text]


@pytest.fixture
def root_logger() -> Iterator[None]:
    """Leave logging as it was."""
    root, names = logging.getLogger(), ("pobratim", "uvicorn", "uvicorn.error", "uvicorn.access")
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in names}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, value in levels.items():
        logging.getLogger(name).setLevel(value)


@pytest.mark.usefixtures("root_logger")
def test_an_error_is_logged_by_kind_and_place_without_its_words() -> None:
    out = io.StringIO()
    logs.set_up("json", out)
    try:
        raise ValueError("SELECT * { the secret }")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    found = json.loads(out.getvalue())
    assert found["level"] == "error" and found["logger"] == "uvicorn.error" and found["error"] == "ValueError"
    assert found["event"] == "Exception in ASGI application" and Path(__file__).name in found["at"][0]
    assert "secret" not in out.getvalue()


@pytest.mark.usefixtures("root_logger")
@pytest.mark.parametrize(("logged", "statuses"), [("all", [200, 201]), ("asked", [201]), ("none", [])])
def test_answers_from_memory_are_logged_where_all_are(logged: str, statuses: list[int]) -> None:
    out = io.StringIO()
    logs.set_up("json", out)
    metrics = Metrics()

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        del receive
        if scope["path"] == "/kept":
            note(scope, route=KEPT, kept=True)
        await send({"type": "http.response.start", "status": 200 if scope["path"] == "/kept" else 201, "headers": []})

    async def requests() -> None:
        watching = Watching(application, metrics, lambda: 1, logged)
        for path in ("/kept", "/asked"):
            await watching({"type": "http", "method": "GET", "path": path}, _nothing, _nowhere)

    asyncio.run(requests())
    assert [json.loads(line)["status"] for line in out.getvalue().splitlines()] == statuses
    assert b'pobratim_requests_total{method="GET",route="(kept)",status="200"} 1.0' in metrics.text()


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _nowhere(message: Message) -> None:
    del message


@pytest.mark.usefixtures("root_logger")
def test_the_log_may_be_text() -> None:
    out = io.StringIO()
    logs.set_up("text", out)
    logging.getLogger("pobratim.serving").info("generation", extra={"generation": 7, "cause": "two words"})
    logging.getLogger("uvicorn").info("not told")
    assert out.getvalue().endswith(' info generation generation=7 cause="two words"\n')
    assert out.getvalue().count("\n") == 1


def test_a_wrong_setting_stops_the_start(example_directory: Path) -> None:
    command = [sys.executable, "-m", "pobratim", "serve", "--store", str(example_directory), "--lang", "en"]
    environment = {**os.environ, "POBRATIM_QUERIES": "/no/such/folder"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=_DEADLINE)
    assert result.returncode == 2 and "server.queries" in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("lang", "making", "running"), [("ru", "Готовится поисковый", "работает"), ("en", "search", "runs at")]
)
def test_the_first_start_says_that_it_makes_the_search_index(
    lang: str, making: str, running: str, example_directory: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    shutil.copytree(example_directory, store, ignore=shutil.ignore_patterns("search"))
    command = [sys.executable, "-m", "pobratim", "serve", "--store", str(store), "--lang", lang, "--port", "0"]
    for first in (True, False):
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
            assert process.stderr
            said: list[str] = []
            for line in process.stderr:
                said += [] if line.startswith("{") else [line]
                if running in line:
                    break
            process.terminate()
        assert [making in line for line in said] == ([True, False] if first else [False])


def test_a_port_that_is_taken_is_told_with_what_to_do(example_directory: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "pobratim", "serve", "--store", str(example_directory), "--lang", "en"]
        ended = subprocess.run([*command, "--port", str(port)], capture_output=True, text=True, timeout=_DEADLINE)
    assert ended.returncode == 2
    assert f"127.0.0.1:{port}" in ended.stderr and "--port" in ended.stderr

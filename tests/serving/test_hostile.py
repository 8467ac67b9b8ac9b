"""Hostile requests: each is refused or ended in order, nothing leaves the store, and others are served as before."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.canary import Canary, canary
from tests.support.hostile import Answer, Entry, faults, request_of, send
from tests.support.places import FIXTURES, SHARED
from tests.support.server import Server, cpu_seconds, running_server

pytestmark = pytest.mark.slow

_OWN: list[Entry] = json.loads((FIXTURES / "hostile.json").read_text("utf-8"))["requests"]
_GIVEN_FILE = SHARED / "conformance" / "hostile-queries.json"
_GIVEN: list[Entry] = json.loads(_GIVEN_FILE.read_text("utf-8"))["queries"] if _GIVEN_FILE.is_file() else []
_TIGHT = {"POBRATIM_LIMIT_SECONDS": "1", "POBRATIM_LIMIT_BODY_SECONDS": "1", "POBRATIM_LIMIT_ANSWER_MB": "20"}
"""Limits under which the whole file takes a minute."""
_WORK = 4.0
"""CPU-seconds that the web process may give to any of them and to one that asks behind it: others wait meanwhile."""
_COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def _names(entry: Entry) -> str:
    return str(entry["id"])


@pytest.fixture(scope="module")
def silent() -> Iterator[Canary]:
    with canary() as listener:
        yield listener


@pytest.fixture(scope="module")
def tight(example_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(example_directory, tmp_path_factory.mktemp("tight"), env=_TIGHT) as server:
        yield server


def test_there_are_enough_of_them() -> None:
    assert len({entry["id"] for entry in _OWN}) == len(_OWN) >= 200


@pytest.mark.shared
@pytest.mark.skipif(not _GIVEN, reason="../shared is absent")
@pytest.mark.parametrize("entry", _GIVEN, ids=_names)
def test_the_given_requests_end_as_required(entry: Entry, served: Server, silent: Canary) -> None:
    before = cpu_seconds(served.process.pid)
    answer = send(served.port, request_of(entry, silent.port))
    assert answer is not None
    assert answer.status in _required(entry)
    _assert_in_order(answer, served, silent)
    assert cpu_seconds(served.process.pid) - before < _WORK
    if entry["id"] == "from-remote" and answer.status == 200:
        assert answer.problem["results"]["bindings"] == []
    if entry["id"] == "regex-backtracking":
        assert answer.problem["results"]["bindings"][0]["r"]["value"] == "false"


@pytest.mark.parametrize("entry", _OWN, ids=_names)
def test_a_hostile_request_ends_in_order(entry: Entry, tight: Server, silent: Canary) -> None:
    before = cpu_seconds(tight.process.pid)
    answer = send(tight.port, request_of(entry, silent.port))
    assert answer is not None
    assert answer.status in entry["statuses"]
    if "limit" in entry:
        limits = entry["limit"] if isinstance(entry["limit"], list) else [entry["limit"]]
        assert answer.problem["limit"]["name"] in limits
    if "boolean" in entry:
        assert answer.problem["boolean"] is entry["boolean"]
    _assert_in_order(answer, tight, silent)
    assert cpu_seconds(tight.process.pid) - before < _WORK


def test_nothing_was_changed_and_nothing_broke(tight: Server, served: Server) -> None:
    counts = [send(server.port, request_of({"query": _COUNT}, 0)) for server in (tight, served)]
    assert counts[0] is not None
    assert counts[1] is not None
    assert counts[0].problem["results"] == counts[1].problem["results"]
    for server in (tight, served):
        assert "Traceback" not in server.log.read_text(encoding="utf-8")


def _required(entry: Entry) -> set[int]:
    """The statuses that an entry's ``expect`` names; their words say what holds for all answers."""
    expect = str(entry["expect"])
    if expect.startswith("stops at"):
        return {413, 503, 504}
    named = {int(status) for status in re.findall(r"\b[2-5]\d\d\b", expect)}
    return named | ({503, 504} if "5xx" in expect else set())


def _assert_in_order(answer: Answer, server: Server, silent: Canary) -> None:
    """What the file calls "always"."""
    assert faults(answer) == []
    after = send(server.port, request_of({"query": "ASK {}"}, 0))
    assert after is not None
    assert after.problem == {"head": {}, "boolean": True}
    assert silent.connections == 0
    assert server.process.poll() is None

"""What can go wrong between us and a store behind a URL, and what a load leaves then."""

import base64
import hashlib
import itertools
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from pobratim.cli import run
from pobratim.errors import StoreError
from pobratim.messages import explain
from pobratim.store.remote.access import Access, Answered, split_access
from pobratim.store.remote.store import RemoteStore
from pobratim.store.remote.wire import Limits
from tests.support.faulty_proxy import Fault, Proxy, proxied
from tests.support.store_servers import free_port, missing, running

pytestmark = pytest.mark.slow

BASE = "http://e.example"
G1, G2 = f"{BASE}/graph/1", f"{BASE}/graph/2"
P = "http://e.example/p"
QUICK = Limits(connect=30, read=60, attempts=2)
SECRET = "s3cret-word"
NAMES = "SELECT ?s ?g WHERE { GRAPH ?g { ?s <http://e.example/p> ?o } } ORDER BY ?g ?s"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if missing("oxigraph"):
        pytest.skip(missing("oxigraph"))
    with running("oxigraph", tmp_path_factory.mktemp("oxigraph")) as server:
        yield server.url


@pytest.fixture
def proxy(origin: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """A proxy before an empty store."""
    for name in ("USER", "PASSWORD", "TOKEN", "UPDATE", "GRAPHS"):
        monkeypatch.delenv(f"POBRATIM_STORE_{name}", raising=False)
    httpx.post(f"{origin}/update", data={"update": "DROP ALL"}, trust_env=False, timeout=180).raise_for_status()
    with proxied(origin) as proxy:
        yield proxy


def _store(proxy: Proxy, folder: Path, force: bool = False) -> RemoteStore:
    return RemoteStore(proxy.url, folder / "state", force=force, limits=QUICK)


def _quad(graph: str, name: str) -> Quad:
    return Quad(NamedNode(f"{BASE}/{name}"), NamedNode(P), Literal(name), NamedNode(graph))


def _publish(store: RemoteStore, *graphs: str, name: str = "a") -> None:
    store.publish({graph: [_quad(graph, name)] for graph in graphs}, {}, {"base": BASE, "name": name})


def _held(store: RemoteStore) -> list[tuple[str, str]]:
    found = store.open().query(NAMES)
    assert isinstance(found, QuerySolutions)
    return [(row["g"].value[-1], row["s"].value[-1]) for row in found]


def _code(error: pytest.ExceptionInfo[StoreError]) -> str:
    """Return the code of an error that can be told in both languages."""
    assert explain(error.value, "ru") != explain(error.value, "en")
    assert SECRET not in explain(error.value, "en") + repr(error.value)
    return error.value.code


def test_a_server_that_is_down_is_told_at_once_and_nothing_is_left(tmp_path: Path) -> None:
    store = RemoteStore(f"http://127.0.0.1:{free_port()}", tmp_path / "state", limits=QUICK)
    for step in (store.open, lambda: _publish(store, G1)):
        with pytest.raises(StoreError) as error:
            step()
        assert _code(error) == "store-remote-unreachable"
    assert store.manifest() == {}


def test_the_command_line_tells_it_in_a_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    url = f"http://someone:{SECRET}@127.0.0.1:{free_port()}"
    assert run(["query", "top-partners", "--store", url, "--state", str(tmp_path), "--lang", "en"]) == 4
    told = capsys.readouterr().err
    assert "cannot be reached" in told and SECRET not in told and "someone" not in told


def test_an_empty_store_says_so(proxy: Proxy, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        _store(proxy, tmp_path).open()
    assert _code(error) == "store-remote-empty"


def test_what_is_no_sparql_endpoint_is_named_with_what_was_tried(proxy: Proxy, tmp_path: Path) -> None:
    store = RemoteStore(f"{proxy.url}/nothing/here", tmp_path, limits=QUICK)
    with pytest.raises(StoreError) as error:
        store.open()
    assert _code(error) == "store-remote-no-endpoint" and "/nothing/here" in error.value.values["tried"]


@pytest.mark.parametrize("status", [502, 503, 504, 0])
def test_a_passing_fault_is_tried_again(proxy: Proxy, tmp_path: Path, status: int) -> None:
    _publish(_store(proxy, tmp_path), G1)
    store = _store(proxy, tmp_path)
    proxy.fail((status, {"Retry-After": "0"}, b"later"))
    assert _held(store) == [("1", "a")]


def test_a_lasting_fault_ends_in_an_error_with_the_servers_words(proxy: Proxy, tmp_path: Path) -> None:
    _publish(_store(proxy, tmp_path), G1)
    reader = _store(proxy, tmp_path).open()
    proxy.fail((500, {}, b"Virtuoso S1T00 Error: time is over\n\nSPARQL query:\nsecret"))
    with pytest.raises(StoreError) as error:
        reader.query(NAMES)
    assert _code(error) == "store-remote-failed"
    assert error.value.values["cause"] == "Virtuoso S1T00 Error: time is over"
    proxy.faulty = lambda *_: (503, {}, b"busy")
    with pytest.raises(StoreError) as error:
        reader.query(NAMES)
    assert _code(error) == "store-remote-unreachable"


@pytest.mark.parametrize(
    "fault",
    [
        (200, {"Content-Length": "500"}, b'{"head":{"vars":["s","g"]},"results":{"bindings":['),
        (200, {}, b'{"head":{"vars":["s","g"]},"results":{"bindings":[{"s":{"type":"uri","value":"http://x"}}'),
        (200, {}, b'{"head":{"vars":["s","g"]},"results":{"bindings":[]}'),
        (200, {}, b"<html>log in, please</html>"),
        (200, {}, b""),
        (200, {}, b'{"head":{},"boolean":true}'),
    ],
)
def test_an_answer_that_breaks_off_is_no_answer(proxy: Proxy, tmp_path: Path, fault: Fault) -> None:
    _publish(_store(proxy, tmp_path), G1)
    reader = _store(proxy, tmp_path).open()
    proxy.fail(fault, fault)
    with pytest.raises(StoreError) as error:
        reader.query(NAMES)
    assert _code(error) in {"store-remote-unreadable", "store-remote-unreachable"}


def test_a_graph_that_breaks_off_is_no_graph(proxy: Proxy, tmp_path: Path) -> None:
    graph = [_quad(G1, "a"), _quad(G1, "b")]
    _store(proxy, tmp_path).publish({G1: graph}, {}, {"base": BASE})
    reader = _store(proxy, tmp_path).open()
    line = f"{graph[0].triple} .\n".encode()
    for body, code in ((line[:-4], "store-remote-unreadable"), (line, "store-remote-size"), (b"", "store-remote-size")):
        proxy.fail((200, {"Content-Type": "application/n-triples"}, body))
        with pytest.raises(StoreError) as error:
            list(reader.quads())
        assert _code(error) == code
    assert len(list(reader.quads())) == 2


def test_an_answer_that_is_too_long_or_cut_is_an_error(proxy: Proxy, tmp_path: Path) -> None:
    _publish(_store(proxy, tmp_path), G1)
    short = RemoteStore(proxy.url, tmp_path / "state", limits=Limits(most_bytes=2000)).open()
    proxy.fail((200, {}, b" " * 2001))
    with pytest.raises(StoreError) as error:
        short.query(NAMES)
    assert _code(error) == "store-remote-too-long"
    proxy.fail((200, {"X-SPARQL-MaxRows": "10000"}, b"{}"))
    with pytest.raises(StoreError) as error:
        short.query(NAMES)
    assert _code(error) == "store-remote-cut"


def test_a_store_that_only_answers_cannot_be_loaded(proxy: Proxy, tmp_path: Path) -> None:
    proxy.faulty = lambda _number, _method, path: None if path.startswith("/query") else (405, {}, b"")
    with pytest.raises(StoreError) as error:
        _publish(_store(proxy, tmp_path), G1)
    assert _code(error) == "store-remote-read-only" and "/update" in error.value.values["tried"]


def test_only_what_differs_is_sent(proxy: Proxy, tmp_path: Path) -> None:
    _publish(_store(proxy, tmp_path), G1, G2)
    proxy.seen.clear()
    store = _store(proxy, tmp_path)
    store.publish({G1: [_quad(G1, "a")], G2: [_quad(G2, "b")]}, {}, {"base": BASE})
    written = [path for method, path in proxy.seen if method == "PUT"]
    assert [re.sub(r".*%2F", "", path) for path in written] == ["state", "2", "state"]
    proxy.seen.clear()
    assert not store.publish({G1: [_quad(G1, "a")], G2: [_quad(G2, "b")]}, {}, {"base": BASE}).is_new
    assert {method for method, _ in proxy.seen} == {"POST"}


def _breaking_at(write: int) -> Callable[[int, str, str], Fault | None]:
    """Return what breaks all connections off from that write on, counted from 0."""
    seen = itertools.count()
    return lambda _number, method, _path: (0, {}, b"") if method == "PUT" and next(seen) >= write else None


def test_an_interrupted_load_is_seen_and_repaired_wherever_it_breaks(proxy: Proxy, tmp_path: Path) -> None:
    first = _store(proxy, tmp_path / "first")
    _publish(first, G1, G2)
    folder = first.beside / "state"
    writes = 4  # the state, two graphs, the state
    for broken in range(writes):
        shutil.rmtree(tmp_path / "again", ignore_errors=True)
        _publish(_store(proxy, tmp_path / "first", force=True), G1, G2)
        shutil.copytree(folder, tmp_path / "again" / "state", symlinks=True)
        store = _store(proxy, tmp_path / "again")
        proxy.faulty = _breaking_at(broken)
        with pytest.raises(StoreError) as error:
            _publish(store, G1, G2, name="b")
        assert _code(error) == "store-remote-unreachable"
        proxy.heal()
        if broken:
            with pytest.raises(StoreError) as error:
                store.open()
            assert _code(error) == "store-remote-unfinished"
        else:
            assert _held(store) == [("1", "a"), ("2", "a")]
        again = _store(proxy, tmp_path / "again")
        assert again.manifest()["name"] == "b"
        _publish(again, G1, G2, name="b")
        assert _held(again) == [("1", "b"), ("2", "b")]
        assert len(list(again.open().quads())) == 2
        # The other state folder holds what was there before: it must not load over it unknowing.
        with pytest.raises(StoreError) as error:
            _publish(_store(proxy, tmp_path / "first"), G1, name="c")
        assert _code(error) == "store-remote-changed"


def test_a_load_from_elsewhere_is_not_written_over(proxy: Proxy, tmp_path: Path) -> None:
    _publish(_store(proxy, tmp_path / "theirs"), G1, G2)
    mine = _store(proxy, tmp_path / "mine")
    assert _held(mine) == [("1", "a"), ("2", "a")], "who has no state folder can ask"
    for step in (lambda: _publish(mine, G1), mine.records, lambda: mine.open().manifest):
        with pytest.raises(StoreError) as error:
            step()
        assert _code(error) == "store-remote-no-state"
    _publish(_store(proxy, tmp_path / "mine", force=True), G1, name="m")
    assert _held(mine) == [("1", "m")]
    with pytest.raises(StoreError) as error:
        _publish(_store(proxy, tmp_path / "theirs"), G1)
    assert _code(error) == "store-remote-changed"


def test_what_somebody_changed_behind_the_state_is_seen_by_the_next_load(
    proxy: Proxy, origin: str, tmp_path: Path
) -> None:
    _publish(_store(proxy, tmp_path), G1, G2)
    update = f"INSERT DATA {{ GRAPH <{G2}> {{ <{BASE}/x> <{P}> 1 }} }}"
    httpx.post(f"{origin}/update", data={"update": update}, trust_env=False, timeout=180).raise_for_status()
    with pytest.raises(StoreError) as error:
        _publish(_store(proxy, tmp_path), G1, name="b")
    assert _code(error) == "store-remote-changed" and G2 in error.value.values["cause"]
    with pytest.raises(StoreError) as error:
        list(_store(proxy, tmp_path).open().quads(G2))
    assert _code(error) == "store-remote-size"
    _publish(_store(proxy, tmp_path, force=True), G1, name="b")
    assert _held(_store(proxy, tmp_path)) == [("1", "b"), ("2", "a")]


def test_a_store_that_lost_all_gets_all_again(proxy: Proxy, origin: str, tmp_path: Path) -> None:
    _publish(_store(proxy, tmp_path), G1, G2)
    httpx.post(f"{origin}/update", data={"update": "DROP ALL"}, trust_env=False, timeout=180).raise_for_status()
    store = _store(proxy, tmp_path)
    _publish(store, G1)
    assert _held(store) == [("1", "a"), ("2", "a")]


def test_an_emptied_graph_is_removed(proxy: Proxy, tmp_path: Path) -> None:
    store = _store(proxy, tmp_path)
    _publish(store, G1, G2)
    store.publish({G1: []}, {}, {"base": BASE})
    assert store.open().graphs() == [G2] and _held(store) == [("2", "a")]


def test_two_loads_at_once_from_one_state_folder_wait_for_each_other(proxy: Proxy, tmp_path: Path) -> None:
    one = _store(proxy, tmp_path)
    other = RemoteStore(proxy.url, tmp_path / "state", limits=QUICK, wait=0)
    with one.writing(), pytest.raises(StoreError, match="store-locked"), other.writing():
        pass


ASKED = {"basic": 'Basic realm="x"', "digest": 'Digest realm="x", nonce="n", qop="auth", algorithm="MD5"'}


@pytest.mark.parametrize("scheme", ASKED)
@pytest.mark.parametrize("password", [SECRET, "wrong"])
def test_a_password_is_given_as_the_server_asks(scheme: str, password: str) -> None:
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("Authorization", ""))
        right = _basic_or_digest(seen[-1], request.method) == SECRET
        return httpx.Response(200 if right else 401, headers={"WWW-Authenticate": ASKED[scheme]})

    with httpx.Client(transport=httpx.MockTransport(handler), auth=Answered(Access("u", password))) as client:
        statuses = [client.post("http://s.example/q", content=b"x").status_code for _ in range(2)]
    assert statuses == ([200, 200] if password == SECRET else [401, 401])
    assert seen[0] == "" and all(one.lower().startswith(scheme) for one in seen[-1:])


def _basic_or_digest(header: str, method: str) -> str:
    """Return the password behind an Authorization header: SECRET if it is that one."""
    if header.startswith("Basic "):
        return base64.b64decode(header[6:]).decode().partition(":")[2]
    given = dict(re.findall(r'(\w+)="?([^",]+)', header))
    if not given:
        return ""

    def md5(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()

    user, action = md5(f"{given['username']}:{given['realm']}:{SECRET}"), md5(f"{method}:{given['uri']}")
    wanted = md5(f"{user}:{given['nonce']}:{given['nc']}:{given['cnonce']}:auth:{action}")
    return SECRET if given["response"] == wanted else ""


def test_a_token_goes_with_every_request_and_is_never_shown() -> None:
    url, access = split_access("https://u:p@s.example/sparql#x", {"POBRATIM_STORE_TOKEN": SECRET})
    assert url == "https://s.example/sparql" and SECRET not in repr(access)
    given = split_access("https://u:p%40@s.example/sparql", {})[1]
    assert (given.user, given.password) == ("u", "p@")

    def handler(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200 if request.headers["Authorization"] == f"Bearer {SECRET}" else 401)

    with httpx.Client(transport=httpx.MockTransport(handler), auth=Answered(access)) as client:
        assert client.get("http://s.example/").status_code == 200


def test_a_refusal_says_which_variables_to_set(proxy: Proxy, tmp_path: Path) -> None:
    proxy.faulty = lambda *_: (401, {"WWW-Authenticate": 'Basic realm="x"'}, b"no")
    with pytest.raises(StoreError) as error:
        _store(proxy, tmp_path).open()
    assert _code(error) == "store-remote-refused" and "POBRATIM_STORE_PASSWORD" in explain(error.value, "en")


def test_the_state_folder_says_which_store_it_is_of(proxy: Proxy, tmp_path: Path) -> None:
    _publish(_store(proxy, tmp_path), G1)
    (sent,) = (tmp_path / "state").glob("*/sent.json")
    assert json.loads(sent.read_text(encoding="utf-8"))["url"] == proxy.url

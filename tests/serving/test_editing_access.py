"""Who may edit: tokens, sessions, forms of other sites, attempts; and nothing at all where nobody is named."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from pobratim.serving.editing.access import ATTEMPTS, PERIOD, Access, Attempts, is_token, name_of
from pobratim.serving.settings import ServerSettings
from tests.support.editor import PAIR, TOKEN, Editor, decisions, doubtful_store, hidden, page_text
from tests.support.server import Server, running_server

SETTINGS = ServerSettings(editor_token=TOKEN, editors={"Иванова": "her-own", "Петров": ""})


def test_a_session_is_what_was_signed_until_it_ends() -> None:
    now = 1000.0
    access = Access(SETTINGS, lambda: now)
    session, cookie = access.begin("Иванова А. П.")
    assert access.read(cookie) == session and session.name == "Иванова А. П."
    assert access.is_form_token(session, access.form_token(session))
    for false in ("", "a.b", cookie[:-1], "x" + cookie, cookie.replace(".", ".1", 1)):
        assert access.read(false) is None
    assert Access(SETTINGS).read(cookie) is None  # another key: the server was started anew
    now += SETTINGS.session_hours * 3600
    assert access.read(cookie) is None


def test_sessions_outlive_the_server_where_their_key_is_a_setting() -> None:
    kept = replace(SETTINGS, session_key="a-long-key")
    _, cookie = Access(kept).begin("Иванова")
    assert Access(kept).read(cookie) is not None


def test_a_name_with_a_token_of_its_own_has_no_other() -> None:
    access = Access(SETTINGS)
    assert access.admits("Иванова", "her-own") and not access.admits("Иванова", TOKEN)
    assert access.admits("Сидоров", TOKEN) and not access.admits("Сидоров", "her-own")
    assert not access.admits("Петров", "") and not access.admits("Петров", TOKEN)  # he comes by his proxy only
    assert not Access(replace(SETTINGS, editor_token="")).admits("Сидоров", "")


def test_a_token_may_be_kept_as_its_hash() -> None:
    wanted = "sha256:" + hashlib.sha256("ключ".encode()).hexdigest()
    assert is_token("ключ", wanted) and not is_token("ключ ", wanted) and not is_token(wanted, wanted)


def test_attempts_are_counted_by_client_and_forgotten_in_time() -> None:
    now = 0.0
    attempts = Attempts(lambda: now)
    for _ in range(ATTEMPTS):
        assert attempts.wait("a") == 0
        attempts.fail("a")
    assert attempts.wait("a") > 0 and attempts.wait("b") == 0
    now = PERIOD + 1
    assert attempts.wait("a") == 0


@pytest.mark.parametrize(
    ("given", "name"), [(" Иванова \t А. ", "Иванова А."), ("x" * 81, ""), ("a\x00b", ""), ("", "")]
)
def test_a_name_stands_in_the_ledger_as_one_line(given: str, name: str) -> None:
    assert name_of(given) == name


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return doubtful_store(tmp_path_factory.mktemp("access"))


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    settings = store.parent / "pobratim.toml"
    toml = '[server]\nuser_header = "X-Remote-User"\n[server.editors]\n"Sidorov" = ""\n'
    settings.write_text(toml, encoding="utf-8")
    with running_server(store, store.parent, env={"POBRATIM_EDITOR_TOKEN": TOKEN}) as running:
        yield running


@pytest.fixture
def editor(server: Server) -> Iterator[Editor]:
    with Editor(server, "Иванова") as signed_in:
        yield signed_in


ADDRESSES = ("/sign-in", "/review", PAIR, "/review/next", "/reports/new", "/reports/history", "/editing/x")


@pytest.mark.slow
def test_nothing_is_there_where_nobody_is_named(store: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    with running_server(store, tmp_path_factory.mktemp("off")) as public, public.client() as client:
        assert [client.get(path).status_code for path in ADDRESSES] == [404] * len(ADDRESSES)
        assert client.post("/review/decide", data={}).status_code == 404
        assert "/reports/new" not in client.get("/reports", headers={"Accept": "text/html"}).text


@pytest.mark.slow
def test_others_are_led_to_sign_in_and_back(server: Server) -> None:
    with server.client() as client:
        for path in ADDRESSES[1:]:
            answer = client.get(path)
            assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in?next=%2F")
            assert answer.headers["cache-control"] == "no-store"
        fields = {"editor": "Иванова", "token": TOKEN, "next": PAIR}
        answer = client.post("/sign-in", data=fields)
        assert answer.status_code == 303 and answer.headers["location"] == PAIR
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Иванова" not in cookie
        for foreign in ("https://evil.example/", "//evil.example", "/\\evil.example", "review"):
            assert client.post("/sign-in", data={**fields, "next": foreign}).headers["location"] == "/review"


@pytest.mark.slow
def test_forms_of_other_sites_are_refused_and_change_nothing(editor: Editor, store: Path) -> None:
    fields = {**hidden(editor.get(PAIR), "/review/decide"), "act": "same"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        assert editor.client.post("/review/decide", data=fields, headers=headers).status_code == 403
    for token in ("", "x", fields["form"] + "x"):
        answer = editor.client.post("/review/decide", data={**fields, "form": token})
        assert answer.status_code == 403 and "Отправить" in page_text(answer)
    assert decisions(store) == []


@pytest.mark.slow
def test_a_session_that_ended_keeps_what_was_written(editor: Editor, store: Path) -> None:
    fields = {**hidden(editor.get(PAIR), "/review/decide"), "act": "not-same", "why": "разные клубы"}
    editor.client.cookies.clear()
    kept = editor.client.post("/review/decide", data=fields)
    assert kept.status_code == 401 and "правка сохранена" in page_text(kept)
    again = editor.send(kept, "/sign-in", editor="Иванова", token=TOKEN)
    assert "разные клубы" in page_text(again) and decisions(store) == []
    done = editor.send(again, "/review/decide")
    assert "Записано и действует" in page_text(done)
    [line] = decisions(store)
    assert (line.verdict, line.why, line.author) == ("not-same", "разные клубы", "Иванова")
    editor.send(done, "/review/undo")


@pytest.mark.slow
def test_a_trusted_proxy_names_its_user(server: Server) -> None:
    with server.client() as client:
        assert client.get("/review", headers={"X-Remote-User": "Sidorov"}).status_code == 200
        assert client.get("/review", headers={"X-Remote-User": "Nobody"}).status_code == 303


@pytest.mark.slow
def test_the_header_of_a_proxy_is_not_taken_from_others(store: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("others")
    toml = '[server]\nuser_header = "X-Remote-User"\ntrusted_proxies = "10.0.0.9"\n[server.editors]\n"Sidorov" = ""\n'
    (folder / "pobratim.toml").write_text(toml, encoding="utf-8")
    with running_server(store, folder) as running, running.client() as client:
        assert client.get("/review", headers={"X-Remote-User": "Sidorov"}).status_code == 303


@pytest.mark.slow
def test_wrong_keys_are_counted_and_the_page_says_how_long_to_wait(server: Server) -> None:
    with server.client() as client:
        headers = {"Accept": "text/html", "Accept-Language": "ru", "X-Forwarded-For": "203.0.113.7"}

        def sign_in(token: str) -> httpx.Response:
            return client.post("/sign-in", data={"editor": "Иванова", "token": token}, headers=headers)

        for _ in range(ATTEMPTS):
            wrong = sign_in("wrong")
            assert wrong.status_code == 403 and "Имя или ключ не подходит" in page_text(wrong)
        answer = sign_in(TOKEN)
        assert answer.status_code == 429 and int(answer.headers["retry-after"]) <= PERIOD
        assert "Попробуйте через" in page_text(answer)

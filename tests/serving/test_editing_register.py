"""The register for editors: a plan is signed by a click, through the ledger; others have no button."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.editor import TOKEN, Editor, decisions, hidden, page_text
from tests.support.server import Server, running_server
from tests.support.staff_store import staff_store

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return staff_store(tmp_path_factory.mktemp("register"))


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    with running_server(store, store.parent, env={"POBRATIM_EDITOR_TOKEN": TOKEN}) as running:
        yield running


def test_a_plan_is_signed_by_a_click_and_that_is_undone(server: Server, store: Path, editor: Editor) -> None:
    with server.client() as reader:
        assert "/review/decide" not in reader.get("/agreements", headers={"Accept": "text/html"}).text
    before = editor.get("/agreements?status=planned")
    assert before.headers["cache-control"] == "no-store" and before.text.count('class="sign"') == 1
    done = editor.send(before, "/review/decide")
    assert "Записано и действует" in page_text(done) and "подписано" in page_text(done)
    [line] = decisions(store)
    assert (line.verdict, line.type, line.right, line.author) == ("correct", "agreement", "status=signed", "Иванова")
    assert 'class="sign"' not in editor.get("/agreements").text
    editor.send(done, "/review/undo")
    assert editor.get("/agreements").text.count('class="sign"') == 1 and decisions(store) == []


def test_who_clicks_second_is_told_what_the_first_did(server: Server, store: Path, editor: Editor) -> None:
    mine = editor.get("/agreements")
    with Editor(server, "Петров") as other:
        other.send(other.get("/agreements"), "/review/decide")
    late = editor.send(mine, "/review/decide")
    assert late.status_code == 409 and "Петров" in page_text(late)
    assert len(decisions(store)) == 1


def test_what_is_wrong_is_told_in_the_language_of_the_page(editor: Editor) -> None:
    form = {**hidden(editor.get("/agreements"), "/sign-out"), "type": "agreement", "left": "x", "act": "correct"}
    wrong = {**form, "field": "date", "value": "soon"}
    russian = editor.client.post("/review/decide", data=wrong)
    english = editor.client.post("/review/decide?lang=en", data=wrong)
    assert russian.status_code == english.status_code == 400
    assert "Дата «soon» не понята. Пишите так: 12.11.2025" in page_text(russian)
    assert "The date “soon” is not understood" in page_text(english)
    assert not set("абвгдежзийклмнопрстуфхцчшщьыэюя") & set(page_text(english).replace("Иванова", ""))

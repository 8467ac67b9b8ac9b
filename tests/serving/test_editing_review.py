"""Decisions in the browser: side by side, written with author and time, in force at once, undone, overtaken."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.editor import (
    LUCH,
    LUCH_SVETA,
    PAIR,
    REFUSED,
    TAKEN,
    TOKEN,
    Editor,
    decisions,
    doubtful_store,
    hidden,
    page_text,
    tied_store,
)
from tests.support.server import Server, running_server

pytestmark = pytest.mark.slow

THING = f"/review/thing?type=organisation&key={LUCH}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return doubtful_store(tmp_path_factory.mktemp("review"))


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    with running_server(store, store.parent, env={"POBRATIM_EDITOR_TOKEN": TOKEN}) as running:
        yield running


def _answers(server: Server, path: str) -> int:
    return httpx.get(server.url + path, headers={"Accept": "text/html"}, trust_env=False).status_code


def test_a_merge_is_in_force_at_once_and_undone_by_a_click(server: Server, store: Path, editor: Editor) -> None:
    listed = editor.get("/review")
    assert "1 пара" in page_text(listed) and "Собственные названия в кавычках разные" in page_text(listed)
    pair = editor.get(editor.get("/review/next").headers["location"])
    shown = page_text(pair)
    assert "останется Клуб «Луч света» г. Витебска" in shown and "присоединится Клуб «Луч» г. Витебска" in shown
    assert "перейдут: 1 мероприятие" in shown and "Запишем: Иванова" in shown
    done = editor.send(pair, "/review/decide", act="same", why="описка")
    assert "Записано и действует" in page_text(done) and "описка" in page_text(done)
    assert _answers(server, f"/doc/organisation/{LUCH}") in (301, 303, 308, 410)
    [line] = decisions(store)
    assert (line.verdict, line.left, line.right, line.why) == ("same", LUCH_SVETA, LUCH, "описка")
    assert (
        line.author == "Иванова" and line.time.startswith(line.date) and len(line.time) >= len("2026-01-01T00:00:00Z")
    )
    # The key is gone, its name is not.
    assert "Объединено: «Клуб «Луч света» г. Витебска» и «Клуб «Луч» г. Витебска»" in page_text(editor.get("/review"))
    back = editor.send(done, "/review/undo")
    assert "Отменено" in page_text(back) and decisions(store) == []
    assert _answers(server, f"/doc/organisation/{LUCH}") == 200
    comments = [one for one in (store.parent / "decisions.tsv").read_text(encoding="utf-8").splitlines() if "#" in one]
    assert comments[-1].startswith("# ") and " Иванова: same\t" in comments[-1]


def test_a_preview_writes_nothing_and_tells_names(store: Path, editor: Editor) -> None:
    preview = editor.send(editor.get(PAIR), "/review/decide", preview="same", why="описка")
    shown = page_text(preview)
    assert "«Клуб «Луч» г. Витебска» станет частью «Клуб «Луч света» г. Витебска»" in shown
    assert "было «Клуб «Луч» г. Витебска», станет «Клуб «Луч света» г. Витебска»" in shown and LUCH not in shown
    assert decisions(store) == []
    assert "Записано и действует" in page_text(editor.send(preview, "/review/decide"))


def test_who_comes_second_is_told_what_the_first_decided(server: Server, store: Path, editor: Editor) -> None:
    mine = editor.get(PAIR)
    with Editor(server, "Петров") as other:
        other.send(other.get(PAIR), "/review/decide", act="not-same", why="клуб образован позже")
    overtaken = editor.send(mine, "/review/decide", act="same")
    shown = page_text(overtaken)
    assert overtaken.status_code == 409 and "Ваше решение не записано" in shown
    assert "Оставлено раздельно" in shown and "клуб образован позже" in shown and "Петров" in shown
    assert [one.verdict for one in decisions(store)] == ["not-same"]
    # A thing of which nobody decided anything is not locked by it.
    assert "Записано" in page_text(
        editor.send(editor.get("/review/thing?type=place&key=by-vitebsk"), "/review/decide", value="Витебск-город")
    )


def test_names_and_fields_are_corrected(server: Server, store: Path, editor: Editor) -> None:
    page = editor.get(THING)
    renamed = editor.send(page, "/review/decide", act="rename", value="Клуб «Лучик»")
    assert "Переименовано: «Клуб «Луч» г. Витебска» → «Клуб «Лучик»»" in page_text(renamed)
    fields = {**hidden(editor.get(THING), "/review/decide"), "act": "correct", "field": "kind", "value": "school"}
    assert "вид → школа" in page_text(editor.post("/review/decide", fields))
    event = next(iter(_events(server)))
    form = hidden(editor.get(f"/review/thing?type=activity&key={event}"), "/review/decide")
    dated = editor.post("/review/decide", {**form, "act": "correct", "field": "start", "value": "5.3.2024"})
    assert "начало → 05.03.2024" in page_text(dated)
    form = hidden(editor.get(f"/review/thing?type=activity&key={event}"), "/review/decide")
    named = {
        **form,
        "act": "correct",
        "field": "participant",
        "sign": "+=",
        "value": "Клуб «Луч света»",
        "role": "host",
    }
    assert "участник + Клуб «Луч света» г. Витебска" in page_text(editor.post("/review/decide", named))
    written = [(one.verdict, one.right) for one in decisions(store)]
    assert written == [
        ("rename", "Клуб «Лучик»"),
        ("correct", "kind=school"),
        ("correct", "start=2024-03-05"),
        ("correct", f"participant+=organisation:{LUCH_SVETA} host"),
    ]


def test_lines_call_things_as_they_were_called_when_they_were_decided(editor: Editor) -> None:
    editor.send(editor.get(THING), "/review/decide", act="rename", value="Клуб «Лучик»")
    preview = page_text(editor.send(editor.get(PAIR), "/review/decide", act="same", preview="1"))
    assert "организация «Клуб «Лучик»» станет частью «Клуб «Луч света» г. Витебска»" in preview
    editor.send(editor.get(PAIR), "/review/decide", act="same")
    listed = page_text(editor.get("/review"))
    assert "Объединено: «Клуб «Луч света» г. Витебска» и «Клуб «Лучик»»" in listed
    assert "Переименовано: «Клуб «Луч» г. Витебска» → «Клуб «Лучик»»" in listed


def test_what_was_typed_is_kept_where_it_is_not_understood(store: Path, editor: Editor) -> None:
    form = {**hidden(editor.get(THING), "/review/decide"), "act": "correct", "field": "place", "why": "по письму"}
    wrong = editor.post("/review/decide", {**form, "value": "Нетакогоград"})
    assert wrong.status_code == 404 and "Не записано" in page_text(wrong)
    assert "«Нетакогоград» в данных нет" in page_text(wrong)
    for typed in ("Нетакогоград", "по письму"):
        assert f'value="{typed}"' in wrong.text
    mended = editor.send(wrong, "/review/decide", value="Витебск", why="по письму")
    assert "место → Витебск" in page_text(mended)
    [line] = decisions(store)
    assert (line.right, line.why) == ("place=by-vitebsk", "по письму")


def _events(server: Server) -> list[str]:
    kind, title = "<https://w3id.org/pobratim/def#Activity>", "<http://purl.org/dc/terms/title>"
    query = f'SELECT ?e WHERE {{ ?e a {kind} ; {title} "Круглый стол"@ru }}'
    rows = httpx.get(f"{server.url}/sparql", params={"query": query}, trust_env=False).json()["results"]["bindings"]
    return [row["e"]["value"].rpartition("/")[2] for row in rows]


def test_what_cannot_be_written_is_told_and_changes_nothing(store: Path, editor: Editor) -> None:
    form = {**hidden(editor.get(THING), "/review/decide"), "act": "correct"}
    wrong = [
        ({"field": "kind", "value": "no-such-kind"}, 400),
        ({"field": "place", "value": "Нетакогоград"}, 404),
        ({"field": "no-such-field", "value": "x"}, 400),
        ({"act": "same"}, 422),
        ({"act": "burn"}, 400),
    ]
    assert [editor.post("/review/decide", {**form, **fields}).status_code for fields, _ in wrong] == [
        status for _, status in wrong
    ]
    assert decisions(store) == []
    assert editor.get("/review/pair?type=organisation&left=x&right=x").status_code == 404
    assert editor.get("/review/thing?type=nothing&key=x").status_code == 404
    assert editor.get("/review/pair?type=organisation&left=../x&right=y").status_code == 404


def test_a_ledger_that_was_written_faultily_by_hand_is_told(store: Path, editor: Editor) -> None:
    ledger = store.parent / "decisions.tsv"
    before = ledger.read_text(encoding="utf-8") if ledger.exists() else ""
    ledger.write_text("same\torganisation\tx\n", encoding="utf-8")
    answer = editor.get("/review")
    ledger.write_text(before, encoding="utf-8")
    assert answer.status_code == 500 and "Файл решений" in page_text(answer)


def test_a_town_that_no_report_names_is_set_as_a_place(server: Server, store: Path, editor: Editor) -> None:
    [event] = [one for one in _events(server) if "round-table" in one][:1]
    asked = f"/review/thing?type=activity&key={event}"
    shown = editor.get(asked)
    assert "/review/names?what=place" in shown.text
    offers = editor.client.get("/review/names", params={"q": "вели", "what": "place"}).json()["names"]
    assert {"name": "Великие Луки, Псковская область", "note": ""} in offers
    form = {**hidden(shown, "/review/decide"), "act": "correct", "field": "place", "sign": "+=", "value": "Велиж"}
    preview = editor.post("/review/decide", {**form, "preview": "1"})
    assert "Велиж" in page_text(preview) and "ru-velizh" not in page_text(preview)
    done = editor.post("/review/decide", form)
    assert "Записано и действует" in page_text(done)
    [line] = decisions(store)
    assert line.right == "place+=ru-velizh"
    assert "Велиж" in page_text(editor.get(f"/doc/activity/{event}"))
    assert "Смоленская область" in page_text(editor.get("/doc/place/ru-velizh"))
    assert "Отменено" in page_text(editor.send(done, "/review/undo"))
    assert _answers(server, "/doc/place/ru-velizh") in (404, 410)


@pytest.mark.parametrize("written", ["Мстиславль", "Мстиславль, Могилёвская область", "мстиславль (Беларусь)"])
def test_a_town_is_told_by_name_region_or_country(store: Path, editor: Editor, written: str) -> None:
    form = {**hidden(editor.get(THING), "/review/decide"), "act": "correct", "field": "place", "value": written}
    assert "Записано и действует" in page_text(editor.post("/review/decide", form))
    [line] = decisions(store)
    assert line.right == "place=by-mstislavl"


def test_towns_of_one_name_are_listed_to_choose_from(store: Path, editor: Editor) -> None:
    form = {**hidden(editor.get(THING), "/review/decide"), "act": "correct", "field": "place", "value": "Ивановка"}
    told = page_text(editor.post("/review/decide", form))
    assert "Городов «Ивановка» несколько" in told and "Ивановка, Приморский край" in told and decisions(store) == []
    form["value"] = "Ивановка, Приморский край"
    assert "Записано и действует" in page_text(editor.post("/review/decide", form))


def test_a_thing_is_taken_out(server: Server, editor: Editor) -> None:
    page = editor.get(THING)
    done = editor.send(page, "/review/decide", act="withdrawn", why="ошибка")
    assert "Убрано" in page_text(done)
    assert _answers(server, f"/doc/organisation/{LUCH}") == 410


TIES = "/review?type=tie"


@pytest.fixture
def tied(tmp_path: Path) -> Path:
    return tied_store(tmp_path)


def test_a_doubtful_tie_is_a_question_with_its_reasons_and_sentence(tied: Path) -> None:
    with running_server(tied, tied.parent, env={"POBRATIM_EDITOR_TOKEN": TOKEN}) as server, Editor(server, "Ли") as me:
        listed = page_text(me.get("/review"))
        assert "Данные не решают сами: 3 связи" in listed and "Связи 3" in listed
        page = me.get(REFUSED)
        shown = page_text(page)
        assert "Связь или нет? Смоленск — Компания «Хэйхэ Агро»" in shown
        assert "Сейчас это не связь. Против связи говорит: город и зарубежная организация" in shown
        assert "<mark>компании «Хэйхэ Агро»</mark>" in page.text and "Вероятность связи — 0," in shown
        preview = me.send(page, "/review/decide", preview="+=")
        assert "появится: связь «Смоленск – Компания «Хэйхэ Агро»»" in page_text(preview) and decisions(tied) == []
        other = me.get(TAKEN)
        assert "Сейчас это связь. За связь говорит:" in page_text(other)
        done = me.send(preview, "/review/decide")
        [line] = decisions(tied)
        assert (line.type, line.left, line.author) == ("entry", "r/1", "Ли") and line.time.startswith(line.date)
        assert line.right == "tie+=place:ru-smolensk organisation:cn-company-kheykhe-agro"
        assert "Связи 2" in page_text(me.get(TIES)) and me.get(REFUSED).status_code == 404
        following = me.get("/review/next?type=tie").headers["location"]
        assert following == TAKEN and "/review/next?type=tie" in done.text
        none = me.send(other, "/review/decide", sign="-=", why="концерт, не встреча")
        assert "концерт, не встреча" in page_text(none) and decisions(tied)[1].right.startswith("tie-=")
        assert "Связи 1" in page_text(me.get(TIES)) and me.get(TAKEN).status_code == 404
        last = me.get(me.get("/review/next?type=tie").headers["location"])
        assert "Школа № 6 г. Смоленска — Школа № 7 г. Варна" in page_text(last)
        me.send(none, "/review/undo")
        assert len(decisions(tied)) == 1 and "Связи 2" in page_text(me.get(TIES))


def test_who_answers_a_doubtful_tie_second_is_told_what_the_first_did(tied: Path) -> None:
    with running_server(tied, tied.parent, env={"POBRATIM_EDITOR_TOKEN": TOKEN}) as server, Editor(server, "Ли") as me:
        mine = me.get(REFUSED)
        with Editor(server, "Петров") as other:
            other.send(other.get(REFUSED), "/review/decide", sign="-=", why="приехали к другим")
        overtaken = me.send(mine, "/review/decide", sign="+=")
        assert overtaken.status_code == 409 and "приехали к другим" in page_text(overtaken)
        assert [one.right.partition("=")[0] for one in decisions(tied)] == ["tie-"]
        assert me.send(me.get(TAKEN), "/review/decide", sign="=").status_code == 422

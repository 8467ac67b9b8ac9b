"""Reports handed in: read, shown, corrected, accepted, taken back; what is broken or too large is told."""

import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pobratim.editing.desk import Desk
from pobratim.resolve import read_decisions
from pobratim.store.directory import GenerationStore
from tests.support import mutations
from tests.support.editor import EXAMPLE, TOKEN, Editor, decisions, doubtful_store, hidden, page_text
from tests.support.server import Server, running_server
from tests.support.small_reports import write_report

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return doubtful_store(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    env = {"POBRATIM_EDITOR_TOKEN": TOKEN, "POBRATIM_UPLOAD_MB": "2"}
    with running_server(store, store.parent, env=env) as running:
        yield running


def _upload(editor: Editor, *files: tuple[str, bytes]) -> httpx.Response:
    page = editor.get("/reports/new")
    return editor.send(page, "/reports/new", files=[("file", file) for file in files])


def _rows(server: Server) -> str:
    return page_text(
        httpx.get(f"{server.url}/reports", headers={"Accept": "text/html", "Accept-Language": "ru"}, trust_env=False)
    )


def _act(editor: Editor, draft: httpx.Response, what: str) -> httpx.Response:
    action = f"{draft.url.path}/{what}"
    return editor.send(draft, action)


def test_a_report_is_read_shown_accepted_and_taken_back(server: Server, store: Path, editor: Editor) -> None:
    draft = _upload(editor, (EXAMPLE.name, EXAMPLE.read_bytes()))
    shown = page_text(draft)
    assert (
        "Прочитано строк: 34 из 34" in shown and "Пока ничего не записано" in shown and "Такого отчёта ещё нет" in shown
    )
    for mark in ("org", "place", "date", "who", "agr", "bad"):
        assert f'class="m m-{mark}"' in draft.text
    before = GenerationStore(store).generation()
    done = _act(editor, draft, "accept")
    assert GenerationStore(store).generation() == before + 1
    assert "Отчёт принят" in page_text(done) and "записано строк: 34 из 34" in page_text(done)
    assert "Загружено: 2 отчёта, 37 строк" in _rows(server)
    assert editor.get(str(draft.url)).status_code == 404  # it is a draft no more
    history = editor.get("/reports/history")
    assert "Иванова" in page_text(history) and EXAMPLE.name in page_text(history)
    back = editor.send(history, "/reports/undo", why="не тот файл")
    assert "Загрузка отменена" in page_text(back)
    assert "Загружено: 1 отчёт, 3 строки" in _rows(server)
    line = read_decisions(store.parent / "decisions.tsv")[-1]
    assert (line.verdict, line.type, line.left) == ("withdrawn", "report", "smolensk-2023-q1")
    assert (line.author, line.why) == ("Иванова", "не тот файл")
    assert "Отменить загрузку" not in page_text(editor.get("/reports/history"))
    # Handed in again it comes back.
    draft = _upload(editor, (EXAMPLE.name, EXAMPLE.read_bytes()))
    assert "если принять, он вернётся" in page_text(draft)
    _act(editor, draft, "accept")
    assert "37 строк" in _rows(server)
    assert "smolensk-2023-q1" not in [one.left for one in read_decisions(store.parent / "decisions.tsv")]


def test_a_replaced_version_comes_back(server: Server, store: Path, editor: Editor, tmp_path: Path) -> None:
    shorter = write_report(tmp_path / "new" / "r.txt", ("Круглый стол", "г. Витебск", "клуб «Луч» г. Витебска"))
    draft = _upload(editor, ("r.txt", shorter.read_bytes()))
    assert "Заменит прежнюю версию отчёта (3 строки)" in page_text(draft)
    _act(editor, draft, "accept")
    assert "1 отчёт, 1 строка" in _rows(server)
    editor.send(editor.get("/reports/history"), "/reports/undo")
    assert "1 отчёт, 3 строки" in _rows(server)
    assert decisions(store) == []


def test_what_is_told_and_corrected_goes_in_with_the_report(store: Path, editor: Editor, tmp_path: Path) -> None:
    text = write_report(tmp_path / "new" / "s.txt", ("Форум", "г. Минск", "школа № 1 г. Минска")).read_text("utf-8")
    draft = _upload(editor, ("s.txt", text.replace("1 марта 2024 года", "весна").encode()))
    assert "Дата не понята: «весна»" in page_text(draft) and "Принять 1 строку" in page_text(draft)
    here = draft.url.path
    fields = {**hidden(draft, f"{here}/fix"), "value": "12.11.2024"}
    draft = editor.post(f"{here}/fix", fields)
    assert "начало → 12.11.2024" in page_text(draft)
    draft = editor.send(draft, f"{here}/told", period="I квартал 2025 года", home="", source="")
    assert "начало → 12.11.2024" in page_text(draft)
    wrong = editor.send(draft, f"{here}/told", period="когда-нибудь", home="", source="")
    assert "когда-нибудь" in page_text(wrong)
    draft = editor.send(wrong, f"{here}/told", period="2024-Q4")
    _act(editor, draft, "accept")
    [line] = decisions(store)
    assert (line.type, line.left, line.right, line.author) == ("entry", "s/1", "start=2024-11-12", "Иванова")
    assert GenerationStore(store).manifest()["reports"]["s"]["period"] == "2024-10/2024-12"
    query = (
        'SELECT ?d WHERE { ?e <http://purl.org/dc/terms/title> "Форум"@ru ; <https://w3id.org/pobratim/def#edtf> ?d }'
    )
    assert [str(row["d"].value) for row in GenerationStore(store).open().query(query)] == ["2024-11-12"]  # type: ignore[union-attr]


def test_a_place_of_a_row_is_told_by_name_before_it_is_accepted(store: Path, editor: Editor, tmp_path: Path) -> None:
    text = write_report(tmp_path / "new" / "t.txt", ("Слёт", "г. Минск", "школа № 1 г. Минска")).read_bytes()
    draft = _upload(editor, ("t.txt", text))
    here = draft.url.path
    assert "/review/names?what=place" in draft.text
    form = {**hidden(draft, f"{here}/fix"), "row": "1", "field": "place", "sign": "+=", "value": "Велиж"}
    draft = editor.post(f"{here}/fix", form)
    assert "место + Велиж" in page_text(draft)
    _act(editor, draft, "accept")
    [line] = decisions(store)
    assert (line.left, line.right) == ("t/1", "place+=ru-velizh")


def test_a_draft_is_thrown_away(store: Path, editor: Editor) -> None:
    draft = _upload(editor, (EXAMPLE.name, EXAMPLE.read_bytes()))
    assert "Ждут проверки" in page_text(editor.get("/reports/new"))
    assert "Ждут проверки" not in page_text(_act(editor, draft, "reject"))
    assert list((store.parent / "store-editing" / "drafts").iterdir()) == []


def test_broken_documents_are_refused_in_plain_words(store: Path, editor: Editor) -> None:
    chance = random.Random(mutations.SEED)
    whole = EXAMPLE.read_bytes()
    before = GenerationStore(store).generation()
    broken = {
        "пустой.docx": b"",
        "обрыв.docx": whole[: len(whole) // 2],
        "шум.pdf": chance.randbytes(5_000),
        "../../etc/прочее.xlsx": b"PK\x03\x04" + chance.randbytes(2_000),
        "письмо.txt": "Уважаемые коллеги!".encode(),
    }
    for name, data in broken.items():
        answer = _upload(editor, (name, data))
        shown = page_text(answer)
        assert answer.status_code == 200 and "Не прочитано" in shown and "Ничего не записано" in shown, (name, shown)
        assert "Traceback" not in answer.text and "etc/" not in shown
    assert len(list((store.parent / "store-editing" / "drafts").iterdir())) == len(broken)
    assert GenerationStore(store).generation() == before


def test_a_file_that_is_too_large_is_told_and_the_others_are_taken(editor: Editor) -> None:
    large = _upload(editor, ("большой.pdf", bytes(3_000_000)), (EXAMPLE.name, EXAMPLE.read_bytes()))
    shown = page_text(large)
    assert large.status_code == 413 and "«большой.pdf» больше 2 МБ" in shown and EXAMPLE.name in shown
    too_much = _upload(editor, *((f"{number}.pdf", bytes(5_000_000)) for number in range(5)))
    assert too_much.status_code == 413 and "Файлы вместе больше 20 МБ" in page_text(too_much)
    nothing = editor.send(editor.get("/reports/new"), "/reports/new", files=[("file", ("", b""))])
    assert nothing.status_code == 422 and "Файл не выбран" in page_text(nothing)


def test_without_a_session_files_are_not_taken(store: Path, editor: Editor) -> None:
    page = editor.get("/reports/new")
    editor.client.cookies.clear()
    answer = editor.send(page, "/reports/new", files=[("file", (EXAMPLE.name, EXAMPLE.read_bytes()))])
    assert answer.status_code == 401 and "Файлы придётся выбрать ещё раз" in page_text(answer)
    assert Desk(store).drafts() == []


def test_a_load_that_runs_elsewhere_is_waited_for(server: Server, store: Path, editor: Editor, tmp_path: Path) -> None:
    other_report = write_report(tmp_path / "new" / "e.txt", ("Ярмарка", "г. Брест", "школа № 2 г. Бреста"))
    draft = _upload(editor, ("e.txt", other_report.read_bytes()))
    before = GenerationStore(store).generation()
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with GenerationStore(store).writing():
            held.set()
            release.wait(60)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(10)
    fields = hidden(draft, f"{draft.url.path}/accept")
    found: list[httpx.Response] = []
    accepting = threading.Thread(target=lambda: found.append(editor.post(f"{draft.url.path}/accept", fields)))
    accepting.start()
    time.sleep(3)
    assert (
        GenerationStore(store).generation() == before
        and httpx.get(f"{server.url}/health", trust_env=False).status_code == 200
    )
    release.set()
    other.join()
    accepting.join(120)
    assert "Отчёт принят" in page_text(found[0])


def test_several_files_wait_in_a_list(editor: Editor, tmp_path: Path) -> None:
    other = write_report(tmp_path / "new" / "z.txt", ("Форум", "г. Минск", "школа № 1 г. Минска"))
    listed = _upload(editor, (EXAMPLE.name, EXAMPLE.read_bytes()), ("z.txt", other.read_bytes()))
    deadline = time.monotonic() + 120
    while "34 строки" not in page_text(listed) or "1 строка" not in page_text(listed):
        assert time.monotonic() < deadline
        time.sleep(0.5)
        listed = editor.get("/reports/new")

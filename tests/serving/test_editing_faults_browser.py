"""Editing where something goes wrong, in a real browser: files too large or broken, a colleague who was first,
a session that ended, a server that was started anew, another load that is under way."""

import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pobratim.store.directory import GenerationStore
from tests.support import mutations
from tests.support.browser import PATIENCE, visit
from tests.support.editor import EXAMPLE, PAIR, TOKEN, decisions, doubtful_store
from tests.support.server import Server, running_server

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("app")]

VIEW = {"viewport": {"width": 1440, "height": 900}, "locale": "ru-RU"}
ENV = {"POBRATIM_EDITOR_TOKEN": TOKEN}
BROKEN = 16
"""So many damaged documents are dropped at once, of all formats."""
_DROP = """([form, files]) => {
  const carried = new DataTransfer();
  const bytes = data => Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
  for (const [name, data] of files) carried.items.add(new File([bytes(data)], name));
  for (const type of ["dragenter", "dragover", "drop"])
    form.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: carried }));
}"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return doubtful_store(tmp_path)


@pytest.fixture
def server(store: Path) -> Iterator[Server]:
    with running_server(store, store.parent, env=ENV) as running:
        yield running


def _sign_in(page: Page, name: str = "Иванова") -> None:
    page.get_by_label("Имя").fill(name)
    page.get_by_label("Ключ редактора").fill(TOKEN)
    page.get_by_role("button", name="Войти").click()


@pytest.fixture
def page(chrome: Browser, server: Server) -> Iterator[Page]:
    with visit(chrome, base_url=server.url, **VIEW) as opened:
        opened.goto("/sign-in?next=/reports/new")
        _sign_in(opened)
        expect(opened.get_by_role("heading", level=1)).to_have_text("Новый отчёт")
        yield opened


def test_a_file_of_a_hundred_megabytes_is_refused_in_words(page: Page, store: Path, tmp_path: Path) -> None:
    large = tmp_path / "видео с праздника.pdf"
    with large.open("wb") as file:
        file.truncate(100_000_000)
    page.get_by_label("Файлы отчётов").set_input_files(large)
    page.get_by_role("button", name="Прочитать").click()
    expect(page.get_by_role("alert")).to_contain_text("«видео с праздника.pdf» больше 50 МБ", timeout=2 * PATIENCE)
    page.get_by_label("Файлы отчётов").set_input_files(EXAMPLE)  # and the page goes on
    page.get_by_role("button", name="Прочитать").click()
    expect(page.get_by_text("Прочитано строк: 34 из 34")).to_be_visible(timeout=PATIENCE)
    assert GenerationStore(store).generation() == 1


def test_broken_documents_dropped_together_are_told_one_by_one(page: Page, store: Path) -> None:
    every = list(mutations.mutated(1))
    files = every[:: len(every) // BROKEN][:BROKEN]
    coded = [[name, b64encode(data).decode()] for name, data in files]
    page.locator("[data-mounted~=upload]").wait_for()
    page.evaluate(_DROP, [page.locator("form.drop").element_handle(), coded])
    rows = page.locator("section table tbody tr")
    expect(rows).to_have_count(BROKEN, timeout=PATIENCE)
    for name, _ in files:
        expect(rows.filter(has_text=name)).to_have_count(1)
    for state in ("ждёт чтения", "читается"):
        expect(rows.filter(has_text=state)).to_have_count(0, timeout=3 * PATIENCE)
    failed = rows.filter(has_text="не прочитан")
    assert failed.count() > BROKEN // 3
    failed.first.get_by_role("link").click()
    expect(page.get_by_text("Ничего не записано")).to_be_visible()
    assert GenerationStore(store).generation() == 1


def test_of_two_editors_on_a_pair_the_second_is_told_what_the_first_decided(
    chrome: Browser, server: Server, page: Page, store: Path
) -> None:
    page.goto(PAIR)
    with visit(chrome, base_url=server.url, **VIEW) as other:
        other.goto(PAIR)
        _sign_in(other, "Петров")
        other.get_by_placeholder("Пояснение").fill("клуб образован позже")
        other.get_by_role("button", name="Оставить раздельно").click()
        expect(other.get_by_role("heading", level=1)).to_have_text("Записано и действует", timeout=PATIENCE)
    page.get_by_role("button", name="Объединить").click()
    told = page.locator("main")
    expect(told).to_contain_text("Ваше решение не записано", timeout=PATIENCE)
    expect(told).to_contain_text("Петров")
    expect(told).to_contain_text("клуб образован позже")
    assert [one.verdict for one in decisions(store)] == ["not-same"]


def test_what_was_written_outlives_a_session_that_ends(page: Page, store: Path) -> None:
    page.goto(PAIR)
    page.context.clear_cookies()
    _decides_after_signing_in(page, store)


def test_what_was_written_outlives_a_server_that_is_started_anew(chrome: Browser, store: Path, tmp_path: Path) -> None:
    with ExitStack() as first:
        server = first.enter_context(running_server(store, tmp_path, env=ENV))
        with visit(chrome, base_url=server.url, **VIEW) as page:
            page.goto(PAIR)
            _sign_in(page)
            expect(page.get_by_role("heading", level=1)).to_have_text("Одно и то же или разное?")
            first.close()
            with running_server(store, tmp_path, env=ENV, port=server.port):
                _decides_after_signing_in(page, store)


def _decides_after_signing_in(page: Page, store: Path) -> None:
    """Decide on an open page whose session is over: the form is kept while one signs in again."""
    page.get_by_placeholder("Пояснение").fill("разные клубы")
    page.get_by_role("button", name="Оставить раздельно").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("правка сохранена")
    _sign_in(page)
    expect(page.locator("main")).to_contain_text("разные клубы")
    assert decisions(store) == []
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Записано и действует", timeout=PATIENCE)
    assert [(one.verdict, one.why) for one in decisions(store)] == [("not-same", "разные клубы")]


def test_while_another_load_is_under_way_an_accepted_report_waits(page: Page, store: Path) -> None:
    page.get_by_label("Файлы отчётов").set_input_files(EXAMPLE)
    page.get_by_role("button", name="Прочитать").click()
    expect(page.get_by_text("Прочитано строк: 34 из 34")).to_be_visible(timeout=PATIENCE)
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with GenerationStore(store).writing():
            held.set()
            release.wait(120)

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert held.wait(30)
        page.get_by_role("button", name="Принять 34 строки").click()
        expect(page.locator("[aria-busy=true]")).to_be_visible(timeout=PATIENCE)
        assert GenerationStore(store).generation() == 1
    finally:
        release.set()
        other.join()
    expect(page.get_by_role("heading", level=1)).to_have_text("Отчёт принят", timeout=2 * PATIENCE)
    assert GenerationStore(store).generation() == 2

"""Editing in a real browser, without scripts of ours: a report is loaded, pages are readable by everyone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import PATIENCE, visit
from tests.support.editor import EXAMPLE, LUCH, PAIR, REFUSED, TAKEN, TOKEN, decisions, doubtful_store, tied_store
from tests.support.screens import MOST_ELEMENTS, elements, faults
from tests.support.server import Server, running_server
from tests.support.web_pages import sound, told

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PAGES = ("/sign-in", "/review", PAIR, f"/review/thing?type=organisation&key={LUCH}", "/reports/new", "/reports/history")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return doubtful_store(tmp_path)


@pytest.fixture
def server(store: Path) -> Iterator[Server]:
    with running_server(store, store.parent, env={"POBRATIM_EDITOR_TOKEN": TOKEN}) as running:
        yield running


@pytest.fixture
def page(chrome: Browser, server: Server) -> Iterator[Page]:
    view = {"base_url": server.url, "viewport": {"width": 1440, "height": 900}, "locale": "ru-RU"}
    with visit(chrome, **view) as opened:
        opened.goto("/sign-in?next=/review")
        opened.get_by_label("Имя").fill("Иванова")
        opened.get_by_label("Ключ редактора").fill(TOKEN)
        opened.get_by_role("button", name="Войти").click()
        expect(opened.get_by_role("heading", level=1)).to_have_text("Спорные случаи")
        yield opened


def test_a_report_is_dropped_looked_at_accepted_and_on_the_pages(page: Page) -> None:
    page.goto("/reports/new")
    page.get_by_label("Файлы отчётов").set_input_files(EXAMPLE)
    page.get_by_role("button", name="Прочитать").click()
    expect(page.get_by_text("Прочитано строк: 34 из 34")).to_be_visible(timeout=PATIENCE)
    rows = page.locator("table.asread tbody tr")
    expect(rows.filter(has_text="Щелкунчик")).to_have_count(1)
    assert page.locator("table.asread .m-place").count() > 20
    page.get_by_role("button", name="Принять 34 строки").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Отчёт принят", timeout=2 * PATIENCE)
    page.get_by_role("link", name="К отчётам").click()
    expect(page.get_by_text("Загружено: 2 отчёта, 37 строк")).to_be_visible()
    page.get_by_role("link", name="Смоленская область, I квартал 2023").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Смоленская область, I квартал 2023")


@pytest.mark.usefixtures("app")
def test_files_are_chosen_in_the_language_of_the_page(page: Page) -> None:
    for lang, button, none in (("ru", "Выбрать файлы", "ничего не выбрано"), ("en", "Choose files", "none chosen")):
        page.goto(f"/reports/new?lang={lang}")
        page.locator("[data-mounted~=upload]").wait_for()
        field, chosen = page.locator("input[type=file]"), page.locator("[data-part=chosen]")
        expect(page.locator(".drop .f > .btn")).to_have_text(button)
        expect(page.locator(".drop .f > .btn")).to_be_visible()
        expect(chosen).to_have_text(none)
        field.focus()
        assert page.evaluate("document.activeElement.type") == "file"
        with page.expect_file_chooser() as asked:
            page.locator(".drop .f > .btn").click(force=True)
        asked.value.set_files(EXAMPLE)
        expect(chosen).to_have_text(EXAMPLE.name)


@pytest.mark.parametrize("width", [1440, 390])
def test_pages_are_readable_by_everyone(page: Page, server: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for path in PAGES:
        for lang in ("ru", "en"):
            found = faults(page, f"{path}{'&' if '?' in path else '?'}lang={lang}", server.url)
            assert found == [] and told(page) == sound(lang, page.title()), (path, lang)
            assert elements(page) <= MOST_ELEMENTS, (path, lang)
    page.goto("/reports/new?lang=ru")
    page.get_by_label("Файлы отчётов").set_input_files(EXAMPLE)
    page.get_by_role("button", name="Прочитать").click()
    expect(page.get_by_text("Прочитано строк: 34 из 34")).to_be_visible(timeout=PATIENCE)
    draft = page.url.removeprefix(server.url).partition("?")[0]
    for path in (draft, f"{draft}?from=20", f"{draft}?marked=1"):
        for lang in ("ru", "en"):
            found = faults(page, f"{path}{'&' if '?' in path else '?'}lang={lang}", server.url)
            assert found == [] and told(page) == sound(lang, page.title()), (path, lang)
            assert elements(page) <= MOST_ELEMENTS, (path, lang)


def test_paper_has_no_forms(page: Page) -> None:
    page.emulate_media(media="print")
    for path in PAGES[1:]:
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        fields = page.locator("input:not([type=hidden]), select, textarea, button, .editor")
        assert [each.evaluate("one => one.outerHTML") for each in fields.all() if each.is_visible()] == [], path


@pytest.mark.parametrize("width", [1440, 390])
def test_a_doubtful_tie_is_answered_and_that_is_undone(chrome: Browser, tmp_path: Path, width: int) -> None:
    store = tied_store(tmp_path)
    view = {"viewport": {"width": width, "height": 900}, "locale": "ru-RU"}
    with (
        running_server(store, tmp_path, env={"POBRATIM_EDITOR_TOKEN": TOKEN}) as server,
        visit(chrome, base_url=server.url, **view) as page,
    ):
        page.goto("/sign-in?next=/review")
        page.get_by_label("Имя").fill("Иванова")
        page.get_by_label("Ключ редактора").fill(TOKEN)
        page.get_by_role("button", name="Войти").click()
        for path in ("/review", REFUSED, TAKEN):
            for lang in ("ru", "en"):
                found = faults(page, f"{path}{'&' if '?' in path else '?'}lang={lang}", server.url)
                assert found == [] and told(page) == sound(lang, page.title()), (path, lang)
        page.goto("/review?lang=ru")
        page.get_by_role("link", name="Связи 3").click()
        page.get_by_role("link", name="Смоленск — Компания «Хэйхэ Агро»").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Связь или нет?")
        expect(page.locator("main mark")).to_have_text("компании «Хэйхэ Агро»")
        page.get_by_role("button", name="Это связь", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Записано и действует", timeout=2 * PATIENCE)
        [line] = decisions(store)
        assert (line.left, line.right.partition("=")[0], line.author) == ("r/1", "tie+", "Иванова")
        page.goto("/pair/ru-smolensk/institution:cn-company-kheykhe-agro?lang=ru")
        expect(page.locator(".evs li")).to_have_count(1)
        page.goto("/review?lang=ru")
        page.get_by_role("button", name="Отменить").click()
        expect(page.get_by_text("Отменено:")).to_be_visible(timeout=2 * PATIENCE)
        assert decisions(store) == []

"""The server's pages in a real browser: found by keyboard, walked by clicks, readable by everyone on any width."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.app_built import needs_app
from tests.support.browser import until, visit
from tests.support.screens import MOUNTED
from tests.support.server import Server
from tests.support.web_pages import EXAMPLE_PAGES, sound, told

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WORKBENCH = "/workbench"


def _visit(chrome: Browser, served: Server, width: int, lang: str) -> AbstractContextManager[Page]:
    return visit(chrome, base_url=served.url, viewport={"width": width, "height": 844}, locale=lang)


@pytest.fixture
def page(chrome: Browser, served: Server) -> Iterator[Page]:
    with _visit(chrome, served, 1440, "ru-RU") as visitor:
        yield visitor


def _open(page: Page, path: str) -> None:
    if path == WORKBENCH:
        needs_app()
    page.goto(path)
    if path == WORKBENCH:
        page.wait_for_selector("html[data-ready]", state="attached")
        page.wait_for_selector("[data-question]", state="attached")


def test_search_works_by_keyboard_from_the_home_page(page: Page) -> None:
    _open(page, "/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("К содержанию")).to_be_focused()
    expect(page.get_by_text("К содержанию")).to_be_in_viewport()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("маз")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("маз — ")
    expect(page.locator("#q")).to_have_value("маз")
    found = page.locator(".hits a").first
    expect(found).to_have_text("ОАО «Минский автомобильный завод»")
    found.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("ОАО «Минский автомобильный завод»")


def test_a_tie_is_followed_from_an_institution_to_the_row_of_a_report(page: Page) -> None:
    _open(page, "/doc/organisation/ru-smolensk-administration")
    page.locator("#ties").get_by_role("link", name="МАЗ").click()
    expect(page.locator(".evs time")).to_have_text(["31\u00a0янв.\u00a02023"])
    page.locator("#evidence h2 a").click()
    expect(page.locator(".head .crumb")).to_have_text("Встреча")
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("link", name=re.compile(r"^строка\s\d+$")).first.click()
    expect(page.locator(".crumb")).to_have_text("Строка отчёта")
    expect(page.locator(".cells")).to_contain_text("Минский автомобильный завод")
    page.locator(".drawer h3 a").click()
    expect(page.locator(".crumb")).to_have_text("Отчёт")


def test_a_question_is_asked_by_its_form_and_leads_to_the_thing(page: Page) -> None:
    _open(page, "/queries")
    expect(page.locator("footer nav [aria-current]")).to_have_text("Справки")
    page.get_by_role("link", name="Партнёры города или района").click()
    page.get_by_label("Город или район").fill("Смоленск")
    page.get_by_role("button", name="Показать").click()
    expect(page.get_by_role("columnheader")).to_have_text(
        ["партнёр", "страна", "вид", "мероприятия", "первое и последнее известное", "связь"]
    )
    page.set_viewport_size({"width": 390, "height": 844})
    first = page.locator(".answer tbody tr").first
    inside = "row => [...row.cells].every(cell => cell.getBoundingClientRect().right <= innerWidth)"
    until(page, lambda: bool(first.evaluate(inside)), bool)
    page.get_by_role("link", name="открыть").first.click()
    expect(page.locator("h1")).to_have_text("Смоленск — Витебск")
    page.get_by_role("link", name="English").click()
    expect(page.locator(".crumb")).to_have_text("Tie")


@pytest.mark.parametrize(("width", "lang"), [(390, "ru"), (1440, "en")])
def test_every_kind_of_page_is_sound(chrome: Browser, served: Server, width: int, lang: str) -> None:
    with _visit(chrome, served, width, lang) as page:
        # The workbench last: where it is not built the test ends there.
        for kind, path in sorted(EXAMPLE_PAGES.items(), key=lambda item: item[1] == WORKBENCH):
            _open(page, path)
            found = told(page)
            assert found == sound(lang, found["title"]), kind
            assert len(found["title"]) > len("Побратим"), kind


def test_pages_name_the_scripts_of_their_islands(page: Page) -> None:
    needs_app()
    asked: dict[str, int] = {}
    page.on("response", lambda answer: asked.update({answer.url.partition("/static/app/")[2]: answer.status}))
    for path in ("/partners", "/map", "/pair/ru-smolensk/by-vitebsk"):
        asked.clear()
        page.goto(path)
        until(page, lambda: bool(page.evaluate(MOUNTED)), bool)
        links = page.locator("head link[rel=modulepreload]")
        named = [each.get_attribute("href") or "" for each in links.all()]
        files = {each.partition("/static/app/")[2] for each in named}
        assert files and len(files) == len(named) and {asked[each] for each in files} == {200}, path
        if path == "/partners":  # nothing there is loaded later
            script = (page.locator("head script[type=module]").get_attribute("src") or "").partition("/static/app/")[2]
            assert files | {script} == {each for each in asked if each.startswith("chunks/")}
    page.goto("/doc/place/nowhere")
    assert "island-" in (page.locator("head link[rel=modulepreload]").first.get_attribute("href") or "")


def test_what_has_the_focus_shows_it(page: Page) -> None:
    for path in ("/", "/queries/partners-of-city/about", WORKBENCH):
        _open(page, path)
        page.keyboard.press("Tab")
        for _ in range(12):
            ring = page.evaluate("getComputedStyle(document.activeElement).outline")
            assert "solid 3px" in ring, page.evaluate("document.activeElement.outerHTML")
            page.keyboard.press("Tab")

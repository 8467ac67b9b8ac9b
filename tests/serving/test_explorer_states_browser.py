"""The explorer where a browser or the server lets it down: no canvas, no script, a server that was started anew."""

import re
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import visit
from tests.support.server import Server, running_server

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("app")]

VIEW = {"viewport": {"width": 1440, "height": 900}, "locale": "ru-RU"}
SCREENS = ("/", "/network?seed=ru-smolensk", "/network?view=force", "/map", "/time", "/pair/ru-smolensk/by-vitebsk")
NO_CANVAS = "HTMLCanvasElement.prototype.getContext = () => null"


def _says_something(page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None and answer.status == 200, path
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert len(page.locator("main").inner_text()) > 100, path


def test_without_a_canvas_everything_is_still_told(chrome: Browser, served: Server) -> None:
    errors: list[str] = []
    with visit(chrome, base_url=served.url, **VIEW) as page:
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_init_script(NO_CANVAS)
        for path in SCREENS:
            _says_something(page, path)
            page.wait_for_load_state("load")
        page.goto("/network?seed=ru-smolensk")
        expect(page.locator("[data-part=panel]").get_by_role("button", name="Витебск", exact=True)).to_be_visible()
        page.locator("main").get_by_text("Таблица", exact=True).first.click()
        expect(page.locator("main table").get_by_text("Витебск", exact=True).first).to_be_visible()
    assert errors == []


def test_without_scripts_everything_is_still_told(chrome: Browser, served: Server) -> None:
    with visit(chrome, base_url=served.url, java_script_enabled=False, **VIEW) as page:
        for path in SCREENS:
            _says_something(page, path)


def test_an_open_page_goes_on_when_the_server_was_started_anew(
    chrome: Browser, example_directory: Path, tmp_path: Path
) -> None:
    with ExitStack() as first:
        server = first.enter_context(running_server(example_directory, tmp_path))
        with visit(chrome, base_url=server.url, **VIEW) as page:
            page.goto(SCREENS[-1])
            first.close()
            with running_server(example_directory, tmp_path, port=server.port):
                page.locator(".evs a").nth(2).click()
                expect(page.locator("#evidence mark").first).to_contain_text(re.compile(r"Гимнази[ия]\s№\s7"))

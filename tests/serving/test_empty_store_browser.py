"""A server over a store in which nothing is loaded: what its pages say, and how the first report comes to be seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support.axe import findings
from tests.support.browser import visit
from tests.support.editor import EXAMPLE, TOKEN
from tests.support.server import Server, running_server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("app")]
EMPTY = "Отчётов пока нет"
LISTS = ("/partners", "/network", "/map", "/time", "/agreements", "/events", "/paths", "/reports", "/search?q=Витебск")
BASE = "https://data.example.org/ties"
OTHERS = ("/queries", "/queries/agreements", "/tables", "/def", "/developers", "/sitemap.xml", "/health")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a folder that is not there yet, with an editor."""
    folder = tmp_path_factory.mktemp("first")
    env = {"POBRATIM_EDITOR_TOKEN": TOKEN, "POBRATIM_BASE": BASE}
    with running_server(folder / "store", folder, env=env) as server:
        yield server


def test_every_page_of_an_empty_store_says_what_to_do(served: Server, chrome: Browser) -> None:
    with visit(chrome, base_url=served.url, viewport={"width": 390, "height": 844}, locale="ru-RU") as page:
        for path in ("/", *LISTS):
            page.goto(path)
            expect(page.locator("main")).to_contain_text(EMPTY)
            assert not findings(page), path
    with served.client() as client:
        assert [client.get(path).status_code for path in OTHERS] == [200] * len(OTHERS)
        assert client.get("/pair/ru-smolensk/by-vitebsk", headers={"Accept": "text/html"}).status_code == 404


def test_the_first_report_is_handed_in_with_the_browser_and_seen(served: Server, chrome: Browser) -> None:
    with visit(chrome, base_url=served.url, viewport={"width": 1440, "height": 900}, locale="ru-RU") as page:
        page.goto("/")
        page.get_by_role("link", name="Загрузить первый отчёт").click()
        page.get_by_label("Имя").fill("Иванова")
        page.get_by_label("Ключ редактора").fill(TOKEN)
        page.keyboard.press("Enter")
        page.locator("input[type=file]").set_input_files(EXAMPLE)
        page.get_by_role("button", name="Прочитать").click()
        page.get_by_role("button", name="Принять").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Отчёт принят")
        page.goto("/")
        expect(page.locator("main")).to_contain_text("Наши партнёры")
        expect(page.locator("main")).not_to_contain_text(EMPTY)
        page.goto("/pair/ru-smolensk/by-vitebsk")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Витебск")
        page.goto("/doc/place/by-vitebsk")
        expect(page.locator(".iri code")).to_have_text(f"{BASE}/id/place/by-vitebsk")


def test_readers_alone_are_told_who_loads_the_first_report(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    with running_server(tmp_path / "store", tmp_path) as server, server.client() as client:
        found = client.get("/", headers={"Accept-Language": "en"}).text
        assert "There are no reports yet" in found and "pobratim load" in found and "/reports/new" not in found
        assert list((tmp_path / "store").iterdir()) == []
    assert "holds no report yet" in server.log.read_text(encoding="utf-8")

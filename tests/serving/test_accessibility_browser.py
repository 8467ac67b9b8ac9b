"""Every screen for everyone: axe finds nothing, no script fails, no request leaves, nothing scrolls sideways."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from pobratim.site.kinds import KINDS
from tests.support.app_built import needs_app
from tests.support.axe import axe_source, findings
from tests.support.browser import browser, painted, until, visit
from tests.support.server import Server
from tests.support.web_pages import EXAMPLE_PAGES

pytestmark = [pytest.mark.slow, pytest.mark.browser]

SCREENS = {
    **{kind.name: kind.path for kind in KINDS if kind.is_fixed},
    **EXAMPLE_PAGES,
    "pair": "/pair/ru-smolensk/by-vitebsk",
    "pair of several": "/pair/ru-smolensk/by-vitebsk,by-minsk",
    "network of one": "/network?seed=by-vitebsk&view=table",
    "map, filtered": "/map?country=BY",
    "map of organisations": "/map?level=institution",
    "map, nothing left": "/map?country=BY&topic=none&q=nothing",
    "partners, filtered": "/partners?country=BY&from=2023",
    "search by kind": "/search?q=Витебск&type=institution",
    "search, other pages": "/search?q=школа&page=2",
}
"""Every fixed page, one of every other kind, and some of their states."""
WAYS: tuple[tuple[int, Literal["light", "dark"], str], ...] = (
    (1440, "light", "ru"),
    (1440, "dark", "en"),
    (390, "light", "en"),
    (390, "dark", "ru"),
)
"""Width, colours and language: each width with both colours and both languages."""
_MOUNTED = """() => {
  const words = (element, name) => (element.dataset[name] ?? "").split(" ").filter(Boolean);
  const isMounted = element => words(element, "island").every(name => words(element, "mounted").includes(name));
  const isEditor = document.querySelector("#wb-editor") !== null;
  return [...document.querySelectorAll("[data-island]")].every(isMounted)
    && !document.querySelector("[aria-busy=true]") && (!isEditor || "ready" in document.documentElement.dataset);
}"""


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    needs_app()
    axe_source()
    with browser() as running:
        yield running


@pytest.mark.parametrize(("width", "scheme", "lang"), WAYS)
def test_every_screen_is_for_everyone(
    chrome: Browser, served: Server, width: int, scheme: Literal["light", "dark"], lang: str
) -> None:
    found: list[str] = []
    with visit(
        chrome, base_url=served.url, viewport={"width": width, "height": 844}, locale=lang, color_scheme=scheme
    ) as page:
        for name, path in SCREENS.items():
            found += [f"{name}, {path}: {fault}" for fault in _faults(page, path, served.url)]
    assert not found, "\n".join(found)


def _faults(page: Page, path: str, home: str) -> list[object]:
    said: list[str] = []
    asked: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # That a page is an error page, as some here are meant to be, the browser says as an error.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path)
    until(page, lambda: bool(page.evaluate(_MOUNTED)), bool)
    painted(page)
    outside = [url for url in asked if not url.startswith((home, "data:", "blob:"))]
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.remove_listener("console", hear)
    return [*findings(page), *said, *outside, *([f"{wider} px wider than the screen"] if wider > 0 else [])]

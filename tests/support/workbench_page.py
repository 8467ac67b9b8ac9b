"""Drive the workbench in a headless Chromium that reaches this machine only."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, Locator, Page, Response, Route, sync_playwright

from tests.support.browser import chromium
from tests.support.workbench_server import LABELS, Served

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@dataclass
class Workbench:
    """The open page; ``outside`` are addresses it asked for beyond this server, ``errors`` what its console said."""

    page: Page
    served: Served
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def tab(self) -> Locator:
        """The panel of the tab that is shown."""
        return self.page.locator(".tabPanel.active")

    @property
    def query(self) -> str:
        """The text in the editor."""
        return str(self.tab.locator(".CodeMirror").evaluate("editor => editor.CodeMirror.getValue()"))

    def write(self, query: str) -> None:
        """Put a query into the editor as pasting would."""
        self.tab.locator(".CodeMirror").evaluate("(editor, text) => editor.CodeMirror.setValue(text)", query)

    def run(self, query: str | None = None) -> None:
        """Run the query and wait until an answer is drawn."""
        if query is not None:
            self.write(query)
        self.wait_for_answer(lambda: self.tab.locator(".wb-run").click())

    def open(self, name: str) -> None:
        """Open a question of the gallery and wait until its answer is drawn."""
        toggle = self.page.locator("#wb-toggle")
        if toggle.is_visible() and toggle.get_attribute("aria-expanded") == "false":
            toggle.click()
        self.wait_for_answer(lambda: self.page.click(f"[data-question='{name}']"))

    def wait_for_answer(self, act: Any) -> None:
        """Do something that asks the endpoint, and wait for its answer and for the results to be drawn."""
        with self.page.expect_response(_answers):
            act()
        self.page.wait_for_selector(".tabPanel.active .yasr_results > *", state="attached")
        self.page.wait_for_selector(".tabPanel.active .wb-run:not(.wb-running)")

    def show(self, view: str) -> Locator:
        """Choose a view of the results."""
        self.tab.locator(f".select_{view}").click()
        found = self.tab.locator(f".wb-view[data-view='{view}']")
        found.locator(".wb-figure > *, .wb-unfit").first.wait_for()
        return found

    def overflow(self) -> int:
        """Pixels by which the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def _answers(response: Response) -> bool:
    """Tell an answer to what was asked from one that names what is shown."""
    labels = urlencode({"query": LABELS})
    return response.url.endswith("/sparql") and not (response.request.post_data or "").startswith(labels)


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield a browser."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), headless=True, args=_ARGUMENTS)
        yield running
        running.close()


@contextmanager
def visiting(
    running: Browser, served: Served, width: int = 1440, height: int = 900, tail: str = "", **context: Any
) -> Iterator[Workbench]:
    """Open the page as a new visitor, with nothing stored; ``tail`` is what follows in its address."""
    visitor = running.new_context(viewport={"width": width, "height": height}, locale="ru-RU", **context)
    page = visitor.new_page()
    page.set_default_timeout(15000)
    result = Workbench(page, served)
    page.on("console", lambda message: result.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: result.errors.append(str(error)))
    home = served.url.split("/workbench")[0]

    def inside_only(route: Route) -> None:
        if route.request.url.startswith(home):
            route.continue_()
        else:
            result.outside.append(route.request.url)
            route.abort()

    page.route("http*://**", inside_only)
    page.goto(served.url + tail)
    page.wait_for_selector("html[data-ready]", state="attached")
    yield result
    visitor.close()

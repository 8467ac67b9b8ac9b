"""Drive the workbench in a headless Chromium that reaches this machine only."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, Locator, Page, Response, Route, expect

from tests.support.browser import until, visit
from tests.support.workbench_server import LABELS, Served

_FITTING = """panel => {
  const editor = panel.querySelector(".CodeMirror").CodeMirror;
  const { data } = editor.state.completionActive ?? {};
  return data?.to?.ch === editor.getCursor().ch;
}"""


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

    def query_becomes(self, holds: Callable[[str], bool]) -> str:
        """Wait until the text in the editor is as wanted, and return it."""
        return until(self.page, lambda: self.query, holds)

    def type(self, text: str) -> None:
        """Type where the cursor stands in the editor, and wait for the hints to what was typed."""
        self.page.keyboard.type(text, delay=20)
        until(self.page, lambda: bool(self.tab.evaluate(_FITTING)), bool)

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

    def wait_for_answer(self, act: Callable[[], object]) -> None:
        """Do something that asks the endpoint, and wait for its answer and for the results to be drawn."""
        with self.page.expect_response(_answers):
            act()
        self.wait_until_drawn()

    def wait_until_drawn(self) -> None:
        """Wait until no query runs, and all that is shown of the answer is there: with labels, widths and land."""
        expect(self.tab.locator(".wb-run")).not_to_have_class(re.compile("wb-running"))
        expect(self.tab.locator(".yasr_results > *").first).to_be_attached()
        expect(self.tab.locator(".yasr_results [aria-busy=true]")).to_have_count(0)

    def show(self, view: str) -> Locator:
        """Choose a view of the results and wait until it is drawn."""
        self.tab.locator(f".select_{view}").click()
        found = self.tab.locator(f".wb-view[data-view='{view}']")
        expect(found).to_be_attached()
        self.wait_until_drawn()
        return found

    def overflow(self) -> int:
        """Pixels by which the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def _answers(response: Response) -> bool:
    """Tell an answer to what was asked from one that names what is shown."""
    labels = urlencode({"query": LABELS})
    return response.url.endswith("/sparql") and not (response.request.post_data or "").startswith(labels)


@contextmanager
def visiting(
    running: Browser, served: Served, width: int = 1440, height: int = 900, tail: str = "", **context: Any
) -> Iterator[Workbench]:
    """Open the page as a new visitor, with nothing stored; ``tail`` is what follows in its address."""
    with visit(running, viewport={"width": width, "height": height}, locale="ru-RU", **context) as page:
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

"""What the tests of the server share: a client, a browser, a visitor's page, a signed-in editor."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.support.app_built import needs_app
from tests.support.browser import browser, visit
from tests.support.editor import Editor, decisions
from tests.support.server import Server


@pytest.fixture(scope="module")
def client(served: Server) -> Iterator[httpx.Client]:
    """A client of the server over the example."""
    with served.client() as found:
        yield found


@pytest.fixture(scope="module")
def app() -> None:
    """The scripts of the pages; skips or fails where they are not built."""
    needs_app()


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """A browser."""
    with browser() as running:
        yield running


@pytest.fixture
def page(chrome: Browser, served: Server) -> Iterator[Page]:
    """An empty page of a Russian visitor of the example, on a large screen."""
    with visit(chrome, base_url=served.url, viewport={"width": 1440, "height": 900}, locale="ru-RU") as visitor:
        yield visitor


@pytest.fixture
def editor(server: Server, store: Path) -> Iterator[Editor]:
    """Signed in at the ``server`` of the test over its ``store``; leaves the store as it was."""
    with Editor(server, "Иванова") as signed_in:
        yield signed_in
    with Editor(server, "Иванова") as last:
        last.restore()
    assert decisions(store) == []

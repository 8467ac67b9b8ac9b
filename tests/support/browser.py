"""Drive a headless Chromium against a page on disk, with no network at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, sync_playwright

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Opened:
    """A page with what went wrong on it: addresses it asked for, and errors of its scripts."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def chromium() -> str:
    """Return the path of a Chromium; skips the test where there is none, fails it where CI=true."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        missing = "no Chromium: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@contextmanager
def opened(file: Path, width: int, height: int) -> Iterator[Opened]:
    """Open ``file`` in a window of that many pixels and wait until its script is done."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), headless=True, args=_ARGUMENTS)
        page = browser.new_page(viewport={"width": width, "height": height}, accept_downloads=True)
        result = Opened(page)
        page.on("console", lambda message: result.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: result.errors.append(str(error)))

        def refuse(route: Route) -> None:
            result.requests.append(route.request.url)
            route.abort()

        page.route("http*://**", refuse)
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready]", state="attached", timeout=20000)
        yield result
        browser.close()

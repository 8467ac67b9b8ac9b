"""Drive a headless Chromium against a page on disk, with no network at all; and how any page is waited for.

A page is read when it says that it is ready, or until what is read holds: never after so many milliseconds.
``BROWSER_SLOWDOWN=6`` makes Chromium's processor so many times slower: what is read too early fails then.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

PATIENCE = 60_000
"""Milliseconds in which a page must get to where it is waited for, on however slow a machine."""
_PAUSE = 20
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
_Read = TypeVar("_Read")

expect.set_options(timeout=PATIENCE)


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
def browser() -> Iterator[Browser]:
    """Yield a browser."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium(), headless=True, args=_ARGUMENTS, timeout=2 * PATIENCE
        )
        try:
            yield running
        finally:
            running.close()


@contextmanager
def visit(running: Browser, **context: Any) -> Iterator[Page]:
    """Yield an empty page of a new visitor, with nothing stored, and all patience; ``context`` as for Playwright."""
    visitor = running.new_context(**context)
    page = visitor.new_page()
    page.set_default_timeout(PATIENCE)
    slowdown = float(os.environ.get("BROWSER_SLOWDOWN", "1"))
    if slowdown > 1:
        visitor.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    try:
        yield page
    finally:
        visitor.close()


@contextmanager
def opened(file: Path, width: int, height: int, fragment: str = "") -> Iterator[Opened]:
    """Open ``file``, at a fragment of it, in a window of that many pixels and wait until its script is done."""
    with browser() as running, visit(running, viewport={"width": width, "height": height}) as page:
        result = Opened(page)
        page.on("console", lambda message: result.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: result.errors.append(str(error)))

        def refuse(route: Route) -> None:
            result.requests.append(route.request.url)
            route.abort()

        page.route("http*://**", refuse)
        page.goto(file.as_uri() + (f"#{fragment}" if fragment else ""))
        page.wait_for_selector("html[data-ready]", state="attached")
        painted(page)
        yield result


def painted(page: Page) -> None:
    """Wait until what the page has set about for its next frame is on the screen."""
    page.evaluate(_FRAMES)


def until(page: Page, read: Callable[[], _Read], holds: Callable[[_Read], bool]) -> _Read:
    """Read of a page until what is read holds, and return it. Fails with what was read last."""
    for _ in range(PATIENCE // _PAUSE):
        found = read()
        if holds(found):
            return found
        page.wait_for_timeout(_PAUSE)
    pytest.fail(f"after {PATIENCE} ms still {found!r}")

"""How soon screens of the explorer stand before somebody: the server and a browser, of any store that is loaded.

``python -m bench.screens STORE`` serves the store, opens a headless Chromium and prints the table; ``--write`` puts it
into README.md. Everything is asked in twenty ways, each once, so that nothing is kept: of the twenty towns with most
events, under twenty selections. A page counts from the press on a link until its scripts have run and two frames were
drawn, suggestions and a filter of the network from the key or the press. The clock of a busy machine tells of the
others on it: beside it stand the seconds of the processor, of all processes of the server and of the browser.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote, urlencode

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

from bench.explorer import busiest, selections, typed_names
from bench.growth import _cpu
from bench.readme import put
from bench.workbench import processor_seconds
from pobratim.explore import Index
from pobratim.explore.index_file import FILE
from pobratim.explore.ties import ties_of
from tests.support.server import Server, running_server, wait_for

VIEW: ViewportSize = {"width": 1440, "height": 900}
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
_PATIENCE_MS, _LOOK_MS, _P95 = 120_000, 5, 18
_WATCH = """
addEventListener("DOMContentLoaded", () => {
  const words = (element, name) => (element.dataset[name] ?? "").split(" ").filter(Boolean);
  const isMounted = element => words(element, "island").every(name => words(element, "mounted").includes(name));
  const look = () => {
    const all = [...document.querySelectorAll("[data-island]")];
    if (!all.every(isMounted) || document.querySelector("[aria-busy=true]")) return requestAnimationFrame(look);
    requestAnimationFrame(() => requestAnimationFrame(() => { window.stood = performance.now(); }));
  };
  look();
});
"""
_STOOD = """() => window.stood && {
  stood: window.stood,
  answered: performance.getEntriesByType("navigation")[0].responseEnd,
  painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  script: performance.getEntriesByType("resource").filter(one => one.name.endsWith(".js"))
    .reduce((sum, one) => sum + one.encodedBodySize, 0),
}"""
_TYPED = """text => new Promise(done => {
  const field = document.querySelector("header input[type=search]"), began = performance.now();
  const [list, said] = ["[role=listbox]", "[role=status]"].map(each => field.form.querySelector(each));
  said.textContent = "";
  new MutationObserver(() => {
    if (said.textContent || (!list.hidden && list.querySelector("[role=option]")))
      requestAnimationFrame(() => done(performance.now() - began));
  }).observe(field.form, {childList: true, subtree: true, attributes: true, characterData: true});
  field.value = text;
  field.dispatchEvent(new Event("input", {bubbles: true}));
  setTimeout(() => done(-1), 20000);
})"""


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds of one way: until it stood, was answered, was painted, of both processors; bytes of scripts."""

    stood: float
    answered: float
    painted: float
    server: float
    browser: float
    script: float = 0


@dataclass(frozen=True, slots=True)
class Screen:
    """What is opened in many ways; ``is_first``: by a browser that has nothing of the site yet."""

    name: str
    aim: str
    paths: Sequence[str]
    is_first: bool = False


def main() -> None:
    """Measure, print, and with ``--write`` keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path, help="a store that was loaded; its indexes are made if need be")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    parser.add_argument("--only", default="", help="of all screens those with this word in their names")
    options = parser.parse_args()
    lines = []
    with tempfile.TemporaryDirectory() as folder, running_server(options.store.resolve(), Path(folder)) as server:
        for line in measured(options.store, server, options.only):
            lines.append(line)
            print(line, flush=True)
    if options.write:
        put("screens", lines)


def measured(store: Path, server: Server, only: str = "") -> Iterator[str]:
    """Yield the lines of the table for a store that is served."""
    with server.client(600) as client:
        wait_for(lambda: client.get("/partners"))
    index = Index(sorted((store / "tables").glob(f"*/{FILE}"))[-1])
    yield f"Of {index.sizes['event']:,} events and {index.sizes['tie']:,} ties:"
    yield ""
    yield (
        "| screen | stands after, ms: median | 95 of 100 | the answer | painted | CPU-ms: server | browser "
        "| scripts, kB gz | aim |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_ARGUMENTS)
        session = browser.new_browser_cdp_session()
        yield told("suggestions", "≤ 50", suggested(browser, session, server.url, index))
        for screen in (each for each in screens(index) if only in each.name):
            yield told(screen.name, screen.aim, opened(browser, session, server.url, screen))
        browser.close()


def screens(index: Index) -> Iterator[Screen]:
    """Yield what is opened: twenty ways of each, those of first views once each."""
    towns = [town.ref for town in busiest(index)]
    pairs = [(town.ref, ties_of(index, town, limit=1).rows[0].right.ref) for town in busiest(index)]
    filters = [urlencode(query) for query in selections()]
    yield Screen("dossier of a town", "≤ 300", [f"/doc/place/{quote(town)}" for town in towns])
    yield Screen("pair", "≤ 300", [f"/pair/{quote(one)}/{quote(other)}" for one, other in pairs])
    yield Screen("network around a hub", "≤ 500", [f"/network?seed={quote(town)}" for town in towns])
    for name, path in (("partners", "/partners"), ("events", "/events"), ("agreements", "/agreements")):
        yield Screen(f"filter of {name}", "≤ 100", [f"{path}?{query}" for query in filters])
    yield Screen("map under a filter", "", [f"/map?{query}" for query in filters])
    yield Screen("time under a filter", "", [f"/time?{query}" for query in filters])
    for path in ("/", "/map", "/network", "/partners"):
        yield Screen(f"first view of {path}", "≤ 1,000; ≤ 120 kB", [path] * len(towns), is_first=True)


def opened(browser: Browser, session: CDPSession, url: str, screen: Screen) -> list[Taken]:
    """Open a screen in all its ways, one after the other; first views each by a visitor of its own."""
    found = []
    page = visitor(browser, url, "/reports")
    for path in screen.paths:
        if screen.is_first:
            page.context.close()
            page = visitor(browser, url)
        found.append(_taken(session, page, partial(_stood, page, url + path)))
    page.context.close()
    return found


def suggested(browser: Browser, session: CDPSession, url: str, index: Index) -> list[Taken]:
    """Type names, misspelt ones and beginnings into the search field of a page."""
    towns = busiest(index)
    page = visitor(browser, url, "/reports")
    pairs = [(town, ties_of(index, town, limit=1).rows[0].right) for town in towns]

    def typed(text: str) -> dict[str, Any]:
        taken = page.evaluate(_TYPED, text)
        page.keyboard.press("Escape")
        if taken < 0:
            raise ValueError(f"nothing is suggested for {text!r}")
        return {"stood": taken, "answered": 0, "painted": 0, "script": 0}

    found = [_taken(session, page, partial(typed, text)) for text in typed_names(towns, pairs)]
    page.context.close()
    return found


def visitor(browser: Browser, url: str, path: str = "") -> Page:
    """Return a page of somebody new, at a path where one is given."""
    page = browser.new_context(viewport=VIEW, locale="ru-RU").new_page()
    page.set_default_timeout(_PATIENCE_MS)
    page.add_init_script(_WATCH)
    if path:
        _stood(page, url + path)
    return page


def _stood(page: Page, address: str) -> dict[str, Any]:
    """Open an address and return when what of it was there. Raises TimeoutError."""
    page.goto(address, wait_until="commit")
    deadline = time.monotonic() + _PATIENCE_MS / 1000
    while time.monotonic() < deadline:
        found = page.evaluate(_STOOD)
        if found:
            return dict(found)
        page.wait_for_timeout(_LOOK_MS)
    raise TimeoutError(address)


def _taken(session: CDPSession, page: Page, act: Callable[[], dict[str, Any]]) -> Taken:
    page.wait_for_timeout(100)
    browser, all_ = processor_seconds(session), _cpu()
    found = act()
    page.wait_for_timeout(100)
    browser = processor_seconds(session) - browser
    # Below this process are the server and the browser alike.
    server = max(0.0, _cpu() - all_ - browser)
    stood, answered, painted = (float(found[what]) for what in ("stood", "answered", "painted"))
    return Taken(stood, answered, painted, 1000 * server, 1000 * browser, found["script"])


def told(name: str, aim: str, all_: Sequence[Taken]) -> str:
    """Return the line of what was measured."""
    stood = [each.stood for each in all_]
    answered, painted, server, browser = (
        median(getattr(each, what) for each in all_) for what in ("answered", "painted", "server", "browser")
    )
    script = max(each.script for each in all_) / 1000
    cells = (
        name,
        f"{median(stood):.0f}",
        f"{quantiles(stood, n=20)[_P95]:.0f}",
        *(_ms(each) for each in (answered, painted)),
    )
    rest = (f"{server:.0f}", f"{browser:.0f}", f"{script:.0f}" if script else "", aim)
    return f"| {' | '.join((*cells, *rest))} |"


def _ms(taken: float) -> str:
    return f"{taken:.0f}" if taken else ""


if __name__ == "__main__":
    main()

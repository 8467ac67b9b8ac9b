"""What long answers cost the browser: CPU time from a press of "Run" until the first rows stand in the table.

``python -m bench.workbench`` prints the table; ``--write`` puts it into bench/README.md. The answer is made up and
comes from a server of its own, so that no query's time is in it. All processes of Chromium count, as it tells their
times itself (Chrome DevTools Protocol, SystemInfo.getProcessInfo).
"""

import argparse
import json
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.readme import put
from bench.serving import our_server
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.store.directory import GenerationStore

EXAMPLE = Path(__file__).parents[1] / "examples" / "smolensk-2023-q1.docx"
SIZES = (1_000, 10_000, 30_000)
COLUMNS = 8
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_JSON = "application/sparql-results+json"
_REST_MS = 400
"""How long is waited for work that follows, such as naming what is shown."""


def main() -> None:
    """Measure, print, and with ``--write`` keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds; the median counts")
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    options = parser.parse_args()
    lines = ["| rows | CPU-seconds of the browser | elements in the answer | rows in the page |", "|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as work:
        load([EXAMPLE], GenerationStore(Path(work) / "store"), Settings())
        with our_server(Path(work) / "store", 7941, {}) as address:
            lines += measured(address("").removesuffix("/sparql?query="), options.rounds)
    print("\n".join(lines))
    if options.write:
        put("workbench", lines)


def measured(address: str, rounds: int) -> list[str]:
    """Return a line of the table for each size."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_ARGUMENTS)
        found = [{size: shown(browser, address, size) for size in SIZES} for _ in range(rounds)]
        browser.close()
    lines = []
    for size in SIZES:
        seconds = median(each[size][0] for each in found)
        _, elements, rows = found[0][size]
        lines.append(f"| {size:,} | {seconds:.2f} | {elements:,} | {rows} |")
    return lines


def shown(browser: Browser, address: str, size: int) -> tuple[float, int, int]:
    """Run a query that is answered with so many rows; return CPU-seconds, elements and rows in the page."""
    with answering(json.dumps(answer(size)).encode()) as endpoint:
        return _shown(browser, address, endpoint)


def _shown(browser: Browser, address: str, endpoint: str) -> tuple[float, int, int]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.route("**/sparql", lambda route: route.continue_(url=endpoint))
    page.goto(f"{address}/workbench")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.wait_for_timeout(_REST_MS)
    session = browser.new_browser_cdp_session()
    before = processor_seconds(session)
    page.click(".wb-run")
    page.wait_for_selector(".tabPanel.active .yasr_results tr[data-row]")
    page.wait_for_timeout(_REST_MS)
    used = processor_seconds(session) - before
    elements, rows = count(page, ".yasr_results *"), count(page, ".yasr_results tr[data-row]")
    page.close()
    return used, elements, rows


@contextmanager
def answering(body: bytes) -> Iterator[str]:
    """Answer every POST with ``body``; yield the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Type", _JSON)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()


def processor_seconds(session: CDPSession) -> float:
    """Return the CPU time of all processes of the browser."""
    return sum(float(process["cpuTime"]) for process in session.send("SystemInfo.getProcessInfo")["processInfo"])


def count(page: Page, selector: str) -> int:
    """Return how many elements fit."""
    return int(page.evaluate("selector => document.querySelectorAll(selector).length", selector))


def answer(size: int) -> dict[str, object]:
    """Return made-up rows as SPARQL's JSON: two things, a country, a date, two numbers, a title and a long text."""
    return {
        "head": {"vars": [f"v{place}" for place in range(COLUMNS)]},
        "results": {"bindings": [_row(n) for n in range(size)]},
    }


def _row(number: int) -> dict[str, dict[str, str]]:
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    cells = [
        {"type": "uri", "value": f"https://w3id.org/pobratim/id/institution/made-up-{number}"},
        {"type": "uri", "value": f"https://w3id.org/pobratim/id/place/made-up-{number % 300}"},
        {"type": "literal", "value": f"Страна {number % 40}", "xml:lang": "ru"},
        {"type": "literal", "value": f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"},
        {"type": "literal", "value": str(number), "datatype": integer},
        {"type": "literal", "value": str(number * 7 % 1000), "datatype": integer},
        {"type": "literal", "value": f"Мероприятие № {number}"},
        {"type": "literal", "value": f"Встреча делегаций, подписание соглашения и обмен опытом, запись {number} " * 2},
    ]
    return {f"v{place}": cell for place, cell in enumerate(cells)}


if __name__ == "__main__":
    main()

"""Draw docs/explorer-*.png and docs/network.png, the pictures of the README: pages of the server and of `pobratim
network` as a browser shows them.

    python tools/make_explorer_pictures.py --store out/demo

Needs the development tools (Playwright), the pages' scripts (``make app``) and a Chromium.
"""

import argparse
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from pobratim.network import write_network
from pobratim.store.directory import GenerationStore

PAGES = {
    "start": ("/", "[data-mounted~=map] svg, [data-mounted~=map] canvas"),
    "pair": ("/pair/ru-smolensk/by-vitebsk", "#evidence mark"),
    "network": ("/network?seed=ru-smolensk", ".picture"),
}
"""The pictures: address, and what must be there before one is taken."""
FILE = "network"
"""The picture of the file that ``pobratim network institutions`` writes, with one tie opened."""
WIDTH, HEIGHT = 1280, 800
LARGEST = 200_000
"""Bytes of a picture at most: a README is also read over a slow line."""
_START_SECONDS = 60
_REST = 1000
"""Milliseconds in which a whole network has come to rest."""


def main() -> int:
    """Write the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path, default=Path("out/demo"))
    parser.add_argument("--lang", choices=["ru", "en"], default="ru")
    parser.add_argument("--out", type=Path, default=Path("docs"))
    wanted = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("make_explorer_pictures: no Chromium found; install it first", file=sys.stderr)
        return 2
    wanted.out.mkdir(parents=True, exist_ok=True)
    with serving(wanted.store) as url, tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "network.html"
        write_network("institutions", {}, GenerationStore(wanted.store).open(), written, wanted.lang)
        files = photograph(url, written.as_uri(), wanted.lang, wanted.out, chromium)
    large = [file for file in files if file.stat().st_size > LARGEST]
    for file in files:
        print(f"make_explorer_pictures: {file}, {file.stat().st_size:,} bytes", file=sys.stderr)
    return 1 if large else 0


@contextmanager
def serving(store: Path) -> Iterator[str]:
    """Run a server over a store and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "pobratim", "serve", "--store", str(store), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait(url: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            urllib.request.urlopen(url).close()
            return
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def photograph(url: str, file: str, lang: str, out: Path, chromium: str) -> list[Path]:
    """Open each page, and the file, in Chromium and keep its picture in ``out``; return the files."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        view = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT},
            locale={"ru": "ru-RU", "en": "en-GB"}[lang],
            reduced_motion="reduce",
        )
        files = []
        for name, (path, there) in PAGES.items():
            view.goto(url + path)
            view.wait_for_selector(there)
            view.evaluate("document.fonts.ready")
            view.wait_for_load_state("networkidle")
            files.append(out / f"explorer-{name}.png")
            view.screenshot(path=files[-1])
        view.goto(file)
        view.wait_for_selector("html[data-ready] .picture", state="attached")
        view.locator("[data-part=panel] .most button").nth(1).click()
        view.locator("[data-part=panel] .most button").first.click()
        view.wait_for_selector(".told mark")
        # The focus ring belongs to the keyboard, not to a picture.
        view.evaluate("document.activeElement.blur()")
        view.wait_for_timeout(_REST)
        files.append(out / f"{FILE}.png")
        view.screenshot(path=files[-1])
        browser.close()
    return files


if __name__ == "__main__":
    sys.exit(main())

"""Draw docs/network.png, the picture of the README: the page of one view as a browser shows it.

    python tools/make_picture.py --store pobratim-data --view institutions

Needs the development tools (Playwright) and a Chromium.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from pobratim.network import views, write_network
from pobratim.store.directory import GenerationStore

WIDTH, HEIGHT = 1280, 800
"""A picture that a README shows without shrinking it to where the labels cannot be read."""


def main() -> int:
    """Write the picture; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path, default=Path("pobratim-data"))
    parser.add_argument("--view", choices=list(views()), default="institutions")
    parser.add_argument("--lang", choices=["ru", "en"], default="ru")
    parser.add_argument("--tie", type=int, default=1, help="which tie of the list is opened, 0 for none")
    parser.add_argument("--out", type=Path, default=Path("docs/network.png"))
    wanted = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("make_picture: no Chromium found; install it first", file=sys.stderr)
        return 2
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "network.html"
        write_network(wanted.view, {}, GenerationStore(wanted.store).open(), page, wanted.lang)
        photograph(page, wanted.out, wanted.tie, chromium)
    print(f"make_picture: {wanted.out}", file=sys.stderr)
    return 0


def photograph(page: Path, out: Path, tie: int, chromium: str) -> None:
    """Open ``page`` in Chromium, choose the tie of that number in the list, keep the picture in ``out``."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        view.goto(page.absolute().as_uri())
        view.wait_for_selector("html[data-ready]", state="attached")
        if tie:
            view.locator("#panel .row").nth(tie - 1).click()
            # The focus ring belongs to the keyboard, not to a picture.
            view.evaluate("document.activeElement.blur()")
        view.screenshot(path=out)
        browser.close()


if __name__ == "__main__":
    sys.exit(main())

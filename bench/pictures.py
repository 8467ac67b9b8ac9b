"""How quick large networks are on the screen: our picture beside vis-network (pyvis), sigma and cytoscape in one run.

``python -m bench.pictures`` prints the table; ``--write`` puts it into bench/README.md. All show the same made-up
network in the same places on 1000 × 730 pixels of a headless Chromium without a graphics card. Milliseconds are CPU
time of all processes of the browser; in brackets how long it took on the clock, which a busy machine lengthens.
The other engines come from npm (``bench/pictures/package.json``) into a folder for the time of the run; ours is
bundled from ``viz``, whose packages must be there (``npm ci`` in ``viz``).
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.readme import put
from bench.workbench import processor_seconds

PARTS = Path(__file__).with_name("pictures")
VIZ = Path(__file__).parents[1] / "viz"
ENGINES = ("one dot", "ours", "vis-network", "sigma", "cytoscape")
SIZES = ((200, 300), (2_000, 4_000))
COUNTRIES = ("by", "cn", "kz", "tr", "uz", "am", "kg", "rs", "kr", "jp", "in", "mn", "fr", "de", "it")
Round = dict[str, tuple[float, list[float]]]
"""Of each step the CPU-milliseconds a picture, and the wall milliseconds of each."""
_SEED = 5
_FRAMES, _HOVERS = 40, 20
_REST_MS = 500
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-frame-rate-limit", "--no-first-run"]


def main() -> None:
    """Measure, print, and with ``--write`` keep the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds; all their frames count")
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        page = bundled(Path(work))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_ARGUMENTS)
            lines = [line for nodes, edges in SIZES for line in measured(browser, page, nodes, edges, options.rounds)]
            browser.close()
    head = "| nodes / ties | engine | first picture | a frame while moving | pointing at one | layout, CPU-s |"
    table = "\n".join([head, "|---|---|---|---|---|---|", *lines])
    print(table)
    if options.write:
        put("pictures", table.splitlines())


def bundled(work: Path) -> Path:
    """Bundle all engines into one script; return a page that has it. Raises CalledProcessError."""
    shutil.copytree(PARTS, work, dirs_exist_ok=True)
    subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=work, check=True)
    vite = VIZ / "node_modules" / "vite" / "bin" / "vite.js"
    (work / "node_modules" / "vite").symlink_to(VIZ / "node_modules" / "vite")
    environment = os.environ | {"POBRATIM_VIZ": str(VIZ)}
    subprocess.run(["node", vite, "build", "--logLevel", "warn"], cwd=work, check=True, env=environment)
    page = work / "page.html"
    page.write_text('<!doctype html><body style="margin:0"><div id="host"></div><script src="out/engines.js"></script>')
    return page


def made(nodes: int, edges: int) -> dict[str, Any]:
    """Return a made-up network in which a few have many ties and most have one or two."""
    pick = random.Random(_SEED)
    parties = [_party(number, pick) for number in range(nodes)]
    ours = [party["id"] for party in parties if party["ours"]]
    theirs = [party["id"] for party in parties if not party["ours"]]
    ties: dict[tuple[str, str], dict[str, Any]] = {}
    while len(ties) < edges:
        rank = min(len(ours) - 1, int(pick.paretovariate(0.6)) - 1)
        a, b = ours[rank] if pick.random() < 0.3 else pick.choice(ours), pick.choice(theirs)
        ties.setdefault((a, b), _tie(a, b, pick))
    countries = [{"code": code, "name": code} for code in COUNTRIES]
    return {"seed": "", "nodes": parties, "edges": list(ties.values()), "countries": countries}


def _party(number: int, pick: random.Random) -> dict[str, Any]:
    is_ours, name = number % 3 == 0, f"Город {number}"
    looks = {"level": "municipality", "ours": is_ours, "hidden": 0, "events": int(pick.paretovariate(1.2))}
    return (
        {"id": f"n{number}", "ref": f"n{number}", "name": name, "short": name}
        | looks
        | {"country": "ru" if is_ours else pick.choice(COUNTRIES)}
    )


def _tie(a: str, b: str, pick: random.Random) -> dict[str, Any]:
    counts = {"events": int(pick.paretovariate(1.5)), "agreements": 0, "first": "", "last": ""}
    return {"id": f"{a}|{b}", "a": a, "b": b, "kind": "tie"} | counts


def measured(browser: Browser, page: Path, nodes: int, edges: int, rounds: int) -> list[str]:
    """Return a line of the table for each engine."""
    network = made(nodes, edges)
    session = browser.new_browser_cdp_session()
    places, seconds = laid_out(browser, session, page, network)
    found: dict[str, list[Round]] = {engine: [] for engine in ENGINES}
    for _ in range(rounds):
        for engine in ENGINES:
            found[engine].append(shown(browser, session, page, engine, network, places))
    return [
        f"| {nodes:,} / {edges:,} | {engine} | {_said(found[engine], 'first')} | {_said(found[engine], 'moves')} "
        f"| {_said(found[engine], 'hovers')} | {f'{seconds:.2f}' if engine == 'ours' else ''} |"
        for engine in ENGINES
    ]


def laid_out(browser: Browser, session: CDPSession, page: Path, network: dict[str, Any]) -> tuple[Any, float]:
    """Return the places that our layout gives, and the CPU-seconds that it took."""
    opened = _opened(browser, page)
    before = processor_seconds(session)
    places = opened.evaluate(f"lay({json.dumps(network)})")
    seconds = processor_seconds(session) - before
    opened.close()
    return places, seconds


def shown(
    browser: Browser, session: CDPSession, page: Path, engine: str, network: dict[str, Any], places: Any
) -> Round:
    """Let one engine show, move and point out; return what each picture took."""
    opened = _opened(browser, page)
    given = ", ".join(json.dumps(each) for each in (engine, network, places))
    opened.evaluate(f"window.given = [{given}]")
    steps = {
        "first": ("begin(...given)", 1),
        "moves": (f"moves({_FRAMES})", _FRAMES),
        "hovers": (f"hovers({_HOVERS})", _HOVERS),
    }
    found: Round = {}
    for name, (script, count) in steps.items():
        opened.wait_for_timeout(_REST_MS)
        before = processor_seconds(session)
        walls = opened.evaluate(script)
        found[name] = (
            1000 * (processor_seconds(session) - before) / count,
            walls if isinstance(walls, list) else [walls],
        )
    opened.close()
    return found


def _opened(browser: Browser, page: Path) -> Page:
    opened = browser.new_page(viewport={"width": 1100, "height": 800})
    opened.goto(page.as_uri())
    return opened


def _said(rounds: list[Round], what: str) -> str:
    walls = [time for each in rounds for time in each[what][1]]
    return f"{median(each[what][0] for each in rounds):.0f} ({median(walls):.0f})"


if __name__ == "__main__":
    main()

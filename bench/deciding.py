"""How soon what an editor decides in the browser is in force: seconds from the click until the pages follow.

``python -m bench.deciding`` loads made-up reports into a store for the time of the run, serves it, signs in and gives
institutions other names one after the other, as the form of ``/review/thing`` does; ``--write`` puts the table into
README.md. A decision is in force when the institution's page has the new name. Beside the seconds of the clock stand
those of the processor, of all processes of the server: the clock of a busy machine tells of the others on it.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from bench.growth import _cpu
from bench.made_reports import write_reports
from bench.readme import put
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.store.directory import GenerationStore
from tests.support.editor import TOKEN, Editor
from tests.support.server import running_server, wait_for

SIZES = (300, 1_000)
"""Rows of reports."""
DECISIONS = 5
_SETTLED = 10.0
"""Seconds after a start, and after a decision, in which the server makes ready what nobody waits for."""
_PAUSE, _PATIENCE = 0.05, 120.0
"""Seconds between two looks at the page, and after which no more are taken."""
_KEYS = """SELECT DISTINCT ?thing WHERE { ?thing a ?class FILTER(CONTAINS(STR(?thing), "/id/organisation/")) }
ORDER BY ?thing LIMIT %d"""


def main() -> None:
    """Measure, print, and with ``--write`` keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    parser.add_argument("--rows", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    lines = []
    for line in measured(options.rows):
        lines.append(line)
        print(line, flush=True)
    if options.write:
        put("deciding", lines)


def measured(sizes: Sequence[int]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield "| rows loaded | in force after, s on the clock: median | slowest | aim | CPU-s: median |"
    yield "|---|---|---|---|---|"
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            clock, cpu = zip(*decided(made(rows, Path(folder)), Path(folder)), strict=True)
            yield f"| {rows:,} | {median(clock):.1f} | {max(clock):.1f} | ≤ 5 | {median(cpu):.1f} |"


def made(rows: int, folder: Path) -> Path:
    """Return a store of so many rows, made in a folder."""
    load(write_reports(folder / "reports", rows), GenerationStore(folder / "store"), Settings())
    return folder / "store"


def decided(store: Path, folder: Path) -> list[tuple[float, float]]:
    """Return the seconds of each decision, on the clock and of the processor.

    Raises ValueError where one does not come into force.
    """
    with (
        running_server(store, folder, env={"POBRATIM_EDITOR_TOKEN": TOKEN}) as server,
        Editor(server, "Иванова") as editor,
    ):
        wait_for(lambda: editor.get("/partners"))
        query = {"query": _KEYS % DECISIONS}
        found = editor.client.get("/sparql", params=query, headers={"Accept": "application/sparql-results+json"}).json()
        keys = [row["thing"]["value"].rpartition("/")[2] for row in found["results"]["bindings"]]
        return [_seconds(editor, key, f"Новое название {number}") for number, key in enumerate(keys)]


def _seconds(editor: Editor, key: str, name: str) -> tuple[float, float]:
    page = editor.get(f"/review/thing?type=organisation&key={key}")
    time.sleep(_SETTLED)
    began, used = time.monotonic(), _cpu()
    editor.send(page, "/review/decide", act="rename", value=name)
    while time.monotonic() - began < _PATIENCE:
        if name in editor.get(f"/doc/organisation/{key}").text:
            return time.monotonic() - began, _cpu() - used
        time.sleep(_PAUSE)
    raise ValueError(f"not in force: {key}")


if __name__ == "__main__":
    main()

"""How large a network of a page in one file is: its picture, and the sentences of reports that its ties rest on.

``python -m bench.network_file`` loads made-up reports in the wording of real ones into a store for the time of the run
and prints the table; ``--write`` puts it into README.md. Megabytes are of the HTML file as it is saved, with script,
letters and data.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.made_reports import write_reports
from bench.readme import put
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.papers.network_file import NetworkFile, network_file
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet
from pobratim.site.explorer.network import asked, level_of
from pobratim.site.explorer.network_file import network_file_of
from pobratim.site.page import Visit
from pobratim.site.reading import ReaderAsker
from pobratim.store.directory import GenerationStore

SIZES = (140, 420, 840)
"""Rows of reports."""
AIM = "of 500 nodes: ≤ 2"
_QUERY = (("view", "force"), ("level", "institution"))


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
        put("network file", lines)


def measured(sizes: Sequence[int]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"| rows loaded | nodes | ties | rows held with their sentences | file, MB ({AIM}) | made in, CPU-s |"
    yield "|---|---|---|---|---|---|"
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            yield _line(rows, Path(folder))


def _line(rows: int, folder: Path) -> str:
    store = GenerationStore(folder / "store")
    load(write_reports(folder / "reports", rows), store, Settings())
    asker = ReaderAsker(store.open(), DataSet("made"))
    # The index is made once a generation, not with each file.
    asyncio.run(asker.explored(lambda index: index.generation))
    began = time.process_time()
    made = asyncio.run(_made(asker))
    html = network_file(made)
    taken = time.process_time() - began
    nodes, edges = len(made.ego["nodes"]), len(made.ego["edges"])
    size = len(html.encode()) / 1e6
    return f"| {rows:,} | {nodes:,} | {edges:,} | {len(made.rows):,} | {size:.2f} | {taken:.1f} |"


async def _made(asker: ReaderAsker) -> NetworkFile:
    visit = Visit("ru", Addresses(DEFAULT_BASE, "http://127.0.0.1"), "/network", _QUERY, is_chosen=False)
    what = await asker.explored(lambda index: asked(index, visit.query))
    level = await asker.explored(lambda index: level_of(index, what))
    return await network_file_of(asker, what, level, visit)


if __name__ == "__main__":
    main()

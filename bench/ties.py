"""CPU of counting ties: all of so many made-up rows from scratch, and one more report of 34 rows into them.

``python -m bench.ties --rows 10000`` reads and resolves the reports first, which takes minutes. ``summaries`` makes
what each report tells of a resolution, ``read`` takes it back from its lines; ``ties`` counts and sorts all lines;
``one more`` reads the summaries of all others and tells the lines that change.
"""

import argparse
import tempfile
from pathlib import Path
from time import process_time

from bench.made_reports import ROWS_OF_A_REPORT, write_reports
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.load.intake import read_all
from pobratim.load.resolving import resolved
from pobratim.load.settings import Settings
from pobratim.progress import silent
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.ties.summarise import summaries
from pobratim.ties.summary import from_lines, to_lines
from pobratim.ties.ties import ties_graph, update

_MORE = 34
"""The rows of the example: a report of a quarter as they are."""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000, help="rows before the last report, of 34, comes")
    rows = parser.parse_args().rows
    whole = rows - rows % ROWS_OF_A_REPORT + _MORE
    with tempfile.TemporaryDirectory() as folder:
        read, _ = read_all(write_reports(Path(folder), whole), {}, Settings(), silent)
    resolution = resolved({item.entity.slug: item for item in read}, Gazetteer.load())
    last = max(read, key=lambda item: item.entity.file).entity.slug

    begin = process_time()
    made = summaries(resolution)
    told = process_time()
    graph = ties_graph(made, DEFAULT_BASE)
    counted = process_time()
    texts = {slug: to_lines(summary) for slug, summary in made.items()}
    written = process_time()
    former = {slug: from_lines(text) for slug, text in texts.items() if slug != last}
    taken = process_time()
    change = update(former, {last: made[last]}, DEFAULT_BASE)
    end = process_time()
    size = sum(map(len, texts.values())) // 1000
    print(f"{len(resolution.accounts):,} rows, {len(graph):,} quads of ties, {size:,} kB of summaries; CPU-s:")
    print(f"from scratch: summaries {told - begin:.2f}, ties {counted - told:.2f}")
    print(f"summaries as lines: written {written - counted:.2f}, read {taken - written:.2f}")
    print(f"one more report of {len(made[last].events)} events: {end - taken:.2f} beside the reading")
    print(f"lines that change: {len(change.gone):,} go, {len(change.fresh):,} come")


if __name__ == "__main__":
    main()

"""CPU of counting ties: all of so many made-up rows from scratch, and one more report of 34 rows into them.

``python -m bench.ties --rows 10000`` reads and resolves the reports first, which takes minutes. ``summaries`` makes
what each report tells of a resolution, ``ties`` counts and sorts all lines; ``book written`` keeps both for the next
load, and ``one more`` tells what lines a last report changes.
"""

import argparse
import tempfile
from contextlib import closing
from pathlib import Path
from time import process_time

from bench.made_reports import ROWS_OF_A_REPORT, write_reports
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.load.intake import read_all
from pobratim.load.resolving import resolved
from pobratim.load.settings import Settings
from pobratim.progress import silent
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.ties.book import Book
from pobratim.ties.summarise import summaries
from pobratim.ties.whole import Whole, ties_graph

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
    rest = Whole.of({slug: summary for slug, summary in made.items() if slug != last})
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ties.sqlite"
        written = process_time()
        with closing(Book(file)) as book:
            book.begin(rest)
        size, kept = file.stat().st_size // 1000, process_time()
        with closing(Book(file)) as book:
            change = book.update({last: made[last]}, DEFAULT_BASE)
        end = process_time()
    print(f"{len(resolution.accounts):,} rows, {len(graph):,} quads of ties, a book of {size:,} kB; CPU-s:")
    print(f"from scratch: summaries {told - begin:.2f}, ties {counted - told:.2f}, book written {kept - written:.2f}")
    print(f"one more report of {len(made[last].events)} events: {end - kept:.2f}")
    print(f"lines that change: {len(change.gone):,} go, {len(change.fresh):,} come")


if __name__ == "__main__":
    main()

"""What a load costs that changes little: CPU-seconds, memory and time of all, of the same again, of one report more.

``python -m bench.incremental --folder DIR`` makes reports of 1,000 and 10,000 rows (``made_reports.py``) and, for each,
loads them into a new store, loads them again, adds a report of 34 rows, and decides one open question, then that a row
is withdrawn. Each load is a process of its own.
``--jobs`` is that of ``pobratim load``; with ``--walls`` the full load is done with one job as well, to compare.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

from bench.made_reports import _document, write_reports
from bench.storm import memory_mb
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.resolve.candidates import Candidate
from pobratim.resolve.decisions import LEDGER, add_decisions
from pobratim.resolve.ledger import Decision
from pobratim.store.directory import GenerationStore

SIZES = (1_000, 10_000)
MORE = 34
"""Rows of the report that is added."""
_PAUSE = 0.25
"""Seconds between two looks at the memory."""


def measured(store: Path, paths: list[Path], jobs: int) -> dict[str, float]:
    """Load in a process of its own; return the CPU-seconds of it and all that it starts, seconds, and MB of memory.

    That is the most that they took together, pages that they share counted once.
    """
    command = [sys.executable, "-m", "bench.incremental", "--inside", str(store), "--jobs", str(jobs), *map(str, paths)]
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        while process.poll() is None:
            peak = max(peak, memory_mb(process.pid))
            time.sleep(_PAUSE)
        told = process.stdout.read() if process.stdout and not process.returncode else b""
    found: dict[str, float] = json.loads(told)
    return {**found, "memory": peak}


def _inside(store: Path, paths: list[Path], jobs: int) -> None:
    begin = time.monotonic()
    report = load(paths, GenerationStore(store), Settings(jobs=jobs, survey=False))
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    found = {
        "cpu": sum(one.ru_utime + one.ru_stime for one in used),
        "wall": time.monotonic() - begin,
        "rows": report.totals["accounts"],
        "changed": sum(added + removed for added, removed in report.changes.values()),
    }
    print(json.dumps(found))


def main() -> None:
    """Print one line a load."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help="where reports and stores are made")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="rows of the stores")
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--walls", action="store_true", help="load with one job as well")
    options = parser.parse_args()
    if options.inside:
        _inside(options.inside, options.paths, options.jobs)
        return
    print("| load | rows | CPU-s | rows a CPU-s | seconds | MB | quads changed |\n|---|---|---|---|---|---|---|")
    for rows in options.sizes:
        reports, store = options.folder / f"reports-{rows}", options.folder / f"incremental-{rows}"
        files = write_reports(reports, rows)
        added = options.folder / f"added-{rows}.html"
        added.write_text(_document(len(files) + 1, MORE), encoding="utf-8")
        if options.walls:
            shutil.rmtree(store, ignore_errors=True)
            _line("all, one job", measured(store, files, 1))
        shutil.rmtree(store, ignore_errors=True)
        _line("all", measured(store, files, options.jobs))
        _line("the same again", measured(store, files, options.jobs))
        _line(f"{MORE} rows more", measured(store, [added], options.jobs))
        ledger = store.parent / LEDGER
        for name, decision in decisions(store).items():
            add_decisions(ledger, [decision])
            _line(name, measured(store, [], options.jobs))
        ledger.unlink()


def decisions(store: Path) -> dict[str, Decision]:
    """Return decisions that a person might take next: on the likeliest open question, and on a row."""
    asked = [Candidate.from_json(one) for one in GenerationStore(store).manifest()["candidates"]]
    one = next(one for one in asked if one.type == "organisation")
    return {
        "a question decided": Decision("same", one.type, one.left.key, one.right.key),
        "a row withdrawn": Decision("withdrawn", "entry", one.left.rows[0], "", "why"),
    }


def _line(name: str, found: dict[str, float]) -> None:
    rate = found["rows"] / found["cpu"] if name.startswith("all") else 0
    cells = (
        f"{found['rows']:,.0f}",
        f"{found['cpu']:.1f}",
        f"{rate:.0f}" if rate else "",
        f"{found['wall']:.1f}",
        f"{found['memory']:.0f}",
        f"{found['changed']:,.0f}",
    )
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()

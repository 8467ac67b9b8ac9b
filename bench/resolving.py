"""What one more report of 34 rows costs identity, by the number of rows that are there already: CPU and peak memory.

``python -m bench.resolving --folder DIR`` makes reports of 1,000, 10,000 and 100,000 rows (``made_reports.py``), reads
them once (250 CPU-seconds for the largest) and resolves them into a kept state. Each measurement is a process of its
own that goes on from there: the update, then all that emission asks for (accounts and things of the touched reports,
questions with their sides). ``--decisions`` does it with a ledger of some lines as well. ``--write`` puts the table
into README.md.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from bench.made_reports import ROWS_OF_A_REPORT, documents
from bench.readme import put
from pobratim.entities import ReportEntity
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.load.intake import read_all
from pobratim.load.settings import Settings
from pobratim.progress import silent
from pobratim.record import Record, from_lines, to_lines
from pobratim.resolve import Decision
from pobratim.resolve.growing import Told, is_current, update

SIZES = (1_000, 10_000, 100_000)
MORE = 34
_AT_ONCE = 20
"""Reports that are read or resolved together, so that their memory is given back."""


class Kept:
    """The records of made reports in a file, each report found by its slug."""

    def __init__(self, folder: Path, rows: int) -> None:
        """Take a folder in which they are, or will be made."""
        self._file = folder / f"records-{rows}.jsonl"
        if not self._file.exists():
            self._make(rows)
        self._places: dict[str, list[int]] = json.loads(self._index.read_text()) if self._index.exists() else {}
        if not self._places:
            self._find()

    @property
    def _index(self) -> Path:
        return self._file.with_suffix(".index.json")

    def _make(self, rows: int) -> None:
        part = self._file.with_suffix(".part")
        with tempfile.TemporaryDirectory() as folder, part.open("w", encoding="utf-8") as file:
            waiting: list[Path] = []
            for name, text in documents(rows):
                waiting.append(Path(folder) / name)
                waiting[-1].write_text(text, encoding="utf-8")
                if len(waiting) == _AT_ONCE:
                    file.writelines(to_lines(told.records) for told in read(waiting))
                    waiting.clear()
            file.writelines(to_lines(told.records) for told in read(waiting))
        part.replace(self._file)

    def _find(self) -> None:
        at = 0
        with self._file.open("rb") as file:
            for line in file:
                slug = json.loads(line)["report"]
                self._places.setdefault(slug, [at, 0])[1] += len(line)
                at += len(line)
        self._index.write_text(json.dumps(self._places))

    def records(self, slug: str) -> list[Record]:
        """Return the records of a report."""
        start, length = self._places[slug]
        with self._file.open("rb") as file:
            file.seek(start)
            return from_lines(file.read(length).decode())

    def parts(self) -> Iterator[list[Told]]:
        """Yield all reports, so many at a time that their memory is given back."""
        waiting = iter(self._places)
        while slugs := list(islice(waiting, _AT_ONCE)):
            yield [
                Told(ReportEntity(slug, slug, f"{slug}.html", "", "RU", "", ""), self.records(slug)) for slug in slugs
            ]


def read(files: Sequence[Path]) -> list[Told]:
    """Return the reports of files as they are read."""
    read_, _ = read_all(files, {}, Settings(), silent)
    return [Told(item.entity, item.records) for item in read_]


def one_more(rows: int) -> Told:
    """Return the report that follows those with so many rows."""
    with tempfile.TemporaryDirectory() as folder:
        before = -(-rows // ROWS_OF_A_REPORT) * ROWS_OF_A_REPORT
        *_, (name, text) = documents(before + MORE)
        (Path(folder) / name).write_text(text, encoding="utf-8")
        return read([Path(folder) / name])[0]


def prepare(folder: Path, rows: int, decided: bool) -> Path:
    """Return the folder of the state in which so many rows are resolved; make it where it is not there."""
    state = folder / f"state-{rows}{'-decided' * decided}"
    if not is_current(state):
        shutil.rmtree(state, ignore_errors=True)
        kept, begun = Kept(folder, rows), time.process_time()
        if decided:
            update(prepare(folder, rows, False), state, [], [], ledger(folder, rows), kept.records)
        else:
            for part in kept.parts():
                update(state if is_current(state) else None, state, [], part, [], kept.records)
        print(f"state of {rows} rows: {time.process_time() - begun:.1f} CPU-s", file=sys.stderr)
    return state


def ledger(folder: Path, rows: int) -> list[Decision]:
    """Return decisions on the first questions of a state: half of the pairs are one, half are two."""
    with tempfile.TemporaryDirectory() as new:
        growth = update(prepare(folder, rows, False), Path(new), [], [], [], Kept(folder, rows).records)
        asked = [one for one in growth.undecided() if one.kind == "organisation"][:40]
    return [
        Decision("same" if number % 2 else "not-same", one.kind, one.left, one.right)
        for number, one in enumerate(asked)
    ]


def measure(folder: Path, rows: int, decided: bool) -> str:
    """Return a line of the table: what one more report costs in this process."""
    Gazetteer.load(), lexicon()
    state, kept, more = prepare(folder, rows, decided), Kept(folder, rows), one_more(rows)
    lines = ledger(folder, rows) if decided else []
    with tempfile.TemporaryDirectory(dir=folder) as new:
        begun = time.process_time()
        growth = update(state, Path(new), [], [more], lines, kept.records)
        changed = time.process_time()
        about = growth.about(growth.touched)
        growth.candidates()
        done = time.process_time()
        size = sum(file.stat().st_size for file in Path(new).iterdir()) / 1e6
    # Not the peak that getrusage tells, which a process takes over from the one that began it.
    peak = int(re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[0]) / 1024
    things = sum(map(len, growth.things.values()))
    times = (changed - begun, done - changed, time.process_time())
    return (
        f"| {rows:,}{' with a ledger' * decided} | {' | '.join(f'{one:.2f}' for one in times)}"
        f" | {peak:.0f} | {size:.0f} | {len(growth.touched)} ({len(about.accounts)}) | {things} |"
    )


def main() -> None:
    """Print the table, and with ``--write`` put it into the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where records and states are made, or found")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="rows that are there already")
    parser.add_argument("--decisions", action="store_true", help="measure with a ledger as well")
    parser.add_argument("--one", action="store_true", help="measure in this process and print a line")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    if options.one:
        print(measure(options.folder, options.sizes[0], options.decisions))
        return
    lines = [
        "| rows | update, CPU-s | accounts and questions | whole process | peak MB | state MB | reports (rows) touched"
        " | things changed |",
        "|---" * 8 + "|",
    ]
    for rows in options.sizes:
        for decided in (False, True) if options.decisions else (False,):
            prepare(options.folder, rows, decided)
            command = [sys.executable, "-m", "bench.resolving", "--folder", str(options.folder), "--one"]
            command += ["--sizes", str(rows), *(["--decisions"] if decided else [])]
            lines.append(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())
            print(lines[-1], file=sys.stderr)
    print("\n".join(lines))
    if options.write:
        put("resolving", lines)


if __name__ == "__main__":
    main()

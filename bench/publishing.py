"""What a folder for portals costs: CPU-seconds and time step by step, memory, files and bytes; then a report more.

``python -m bench.publishing STORE --folder DIR`` puts the store of a load through the gate and publishes it below DIR,
publishes it again without a change, then, with ``--more``, loads a report of 34 rows into a copy of the store and
publishes that: what did not change is taken over. Each step is a process of its own; memory is that of all its
processes at their peak, pages that they share counted once. Nothing of STORE is changed. ``--sizes`` tells in the end
what lies in the folder.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from bench.made_reports import _document
from bench.storm import memory_mb
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.load.workers import cores
from pobratim.publishing.folder import build
from pobratim.publishing.folder.build import _Maker as Maker
from pobratim.publishing.folder.place import Draft
from pobratim.publishing.folder.site import Site
from pobratim.publishing.folder.source import source_of
from pobratim.publishing.keys import template_with
from pobratim.publishing.people.gated import gated_store
from pobratim.publishing.settings import Publication, read_publication
from pobratim.store.directory import GenerationStore

MORE = 34
"""Rows of the report that is added."""
_PAUSE = 1.0
"""Seconds between two looks at the memory."""
_BLOCK = 4096
"""Bytes that most file systems give a file at a time."""
_DAYS = (date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3))
_STEPS: tuple[tuple[object, str], ...] = (
    (build, "prepare"), (build, "write_changes"), (Maker, "_bulk"),
    (Site, "__post_init__"), (Site, "write_data"),
    (build, "write_stream"), (Site, "write_pages"), (build, "write_memory"), (Draft, "finish"),
)  # fmt: skip


def main() -> None:
    """Print a line a step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--folder", type=Path, required=True, help="where all is made")
    parser.add_argument("--pages", choices=["all", "main", "packs"], default="packs")
    parser.add_argument("--jobs", type=int, default=cores())
    parser.add_argument("--more", action="store_true", help=f"publish again with {MORE} rows more")
    parser.add_argument("--sizes", action="store_true", help="files and bytes by kind")
    parser.add_argument("--inside", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        _inside(options, *options.inside)
        return
    print("| step | CPU-s | seconds | MB | |\n|---|---|---|---|---|")
    _measured(options, options.store, "gate")
    for version in (0, 1):
        _measured(options, options.store, f"publish-{version}")
    if options.more:
        copy = options.folder / "copy" / "store"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(options.store, copy, ignore=shutil.ignore_patterns("public"))
        for step in ("load", "gate", "publish-2"):
            _measured(options, copy, step)
    if options.sizes:
        print("\n| of the folder | files | MB | in blocks of 4 kB |\n|---|---|---|---|")
        found = _sizes(options.folder / "site")
        found["all"] = [size for sizes in found.values() for size in sizes]
        for kind, sizes in sorted(found.items(), key=lambda one: -sum(one[1])):
            blocks = sum(-(-size // _BLOCK) * _BLOCK for size in sizes)
            print(f"| {kind} | {len(sizes):,} | {sum(sizes) / 1e6:,.1f} | {blocks / 1e6:,.1f} |")


def _sizes(folder: Path) -> dict[str, list[int]]:
    """Return the sizes of all files by the first step of their paths, those of documents by kind and ending as well;
    what several names share is counted once."""
    found, seen = defaultdict[str, list[int]](list), set[int]()
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_ino not in seen:
            seen.add(path.stat().st_ino)
            first, *steps = path.relative_to(folder).parts
            kind = f"{first}/{steps[0].partition('.')[0]} {path.suffix}" if first == "doc" else first if steps else "/"
            found[kind].append(path.stat().st_size)
    return found


def _measured(options: argparse.Namespace, store: Path, step: str) -> None:
    """Do a step in a process of its own, and print what it took."""
    command = [sys.executable, "-m", "bench.publishing", str(options.store), "--folder", str(options.folder)]
    command += ["--pages", options.pages, "--jobs", str(options.jobs), "--inside", str(store), step]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    for name, cpu, seconds, most, more in json.loads(done.stdout):
        print(f"| {name} | {cpu:.1f} | {seconds:.1f} | {most or ''} | {more} |", flush=True)


def _inside(options: argparse.Namespace, store: str, step: str) -> None:
    told = list[tuple[str, float, float, int, str]]()
    threading.Thread(target=_look, daemon=True).start()
    with _weighed(step):
        cpu, clock = _now()
        more = _done(options, GenerationStore(Path(store)), step, told)
        told.append((step, _now()[0] - cpu, _now()[1] - clock, _PEAKS.get(step, 0), more))
    print(json.dumps(told))


_PEAKS, _AT_WORK = dict[str, int](), list[str]()
"""The most memory that all processes together were seen to have in each step, and the steps that are at work."""


def _look() -> None:
    """Look at the memory again and again."""
    while True:
        used = memory_mb(os.getpid())
        for name in list(_AT_WORK):
            _PEAKS[name] = max(used, _PEAKS.get(name, 0))
        time.sleep(_PAUSE)


@contextmanager
def _weighed(name: str) -> Iterator[None]:
    _AT_WORK.append(name)
    try:
        yield
    finally:
        _AT_WORK.remove(name)


def _done(options: argparse.Namespace, store: GenerationStore, step: str, told: list[Any]) -> str:
    """Do a step, and return what there is to say of it; ``told`` takes the parts of a publication."""
    if step == "load":
        added = options.folder / "added.html"
        added.write_text(_document(10_000, MORE), encoding="utf-8")
        report = load([added], store, Settings(survey=False))
        return f"{sum(map(sum, report.changes.values())):,} quads changed"
    gated = gated_store(store, "none", options.folder / "gated", jobs=options.jobs)
    if step == "gate":
        return f"{sum(file.quads for file in gated.graph_files().values()):,} quads"
    for owner, name in _STEPS:
        _watch(owner, name, told)
    with source_of(gated) as source:
        publication = publication_at(options.folder, source.base, options.pages)
        done = build.publish(source, publication, options.folder / "site", _DAYS[int(step[-1])], options.jobs)
    same = "" if done.is_new else ", nothing written"
    return f"version {done.version.number}, {done.files:,} files, {done.size / 1e6:,.0f} MB{same}"


def _watch(owner: object, name: str, told: list[Any]) -> None:
    """Have a function tell what it took each time, with the number of what it gave."""
    made: Callable[..., Any] = getattr(owner, name)

    def watched(*args: Any, **named: Any) -> Any:
        begun, step = _now(), f"– {name.strip('_')}"
        with _weighed(step):
            found = made(*args, **named)
        cpu, seconds = (now - then for now, then in zip(_now(), begun, strict=True))
        most = _PEAKS.get(step, 0)
        told.append((step, cpu, seconds, most, _counted(found, cpu)))
        sys.stderr.write(f"{step} {cpu:.1f} CPU-s, {seconds:.1f} s, {most} MB\n")  # of a run that is broken off
        return found

    setattr(owner, name, watched)


def _counted(found: object, cpu: float) -> str:
    files = found[0] if isinstance(found, tuple) and found else found
    if not isinstance(files, Mapping) or not files:
        return ""
    return f"{len(files):,} files, {1000 * cpu / len(files):.2f} CPU-ms a file"


def _now() -> tuple[float, float]:
    """Return CPU-seconds of this process and of those that it waited for, and those of the clock."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used), time.monotonic()


def publication_at(folder: Path, base: str, pages: str) -> Publication:
    """Return settings of an example, written into a folder."""
    file = folder / "publication.toml"
    text = template_with(base).replace('pages = "main"', f'pages = "{pages}"')
    file.write_text(text.replace('"0000000000"', '"7707083893"'), encoding="utf-8")
    return read_publication(file, example=True)


if __name__ == "__main__":
    main()

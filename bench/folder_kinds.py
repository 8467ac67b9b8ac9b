"""What the files of a folder cost, kind by kind, at two sizes, and what that makes for a whole nation.

``python -m bench.folder_kinds SMALLER LARGER --folder DIR --write`` takes stores of made-up rows through the gate,
parts each by document and makes some pages and data of every kind: CPU-milliseconds and bytes a file, and how many
documents of the kind there are. What grows from the one size to the other grows on by the same power: a nation has
120,000 accounts. Each store is measured in a process of its own; memory is its peak.
"""

import argparse
import asyncio
import json
import math
import resource
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.publishing import publication_at
from bench.readme import put
from pobratim.explore import index_of
from pobratim.publishing.folder.affected import kind_of
from pobratim.publishing.folder.html import Pages, fixed_pages
from pobratim.publishing.folder.links import Links, Route
from pobratim.publishing.folder.site import Site
from pobratim.publishing.folder.source import source_of
from pobratim.publishing.folder.tree import Told, Tree
from pobratim.publishing.people.gated import gated_store
from pobratim.store.directory import GenerationStore

NATION = 120_000
SAMPLE = 30
"""Documents of a kind that pages are made of."""
MOST_PACKS = 4096
_BUNDLES = 1_000
"""Documents and packs whose data are made."""
_WHOLE = ("rows", "quads", "asked", "parted", "memory")
Measured = dict[str, Any]
"""By kind: documents, files, and what is known of a file; and of the whole what it took."""


def main() -> None:
    """Print a line a kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stores", type=Path, nargs="+")
    parser.add_argument("--folder", type=Path, required=True, help="where all is made")
    parser.add_argument("--pages", choices=["main", "packs"], default="packs")
    parser.add_argument("--sample", type=int, default=SAMPLE)
    parser.add_argument("--write", action="store_true", help="write the table into README.md")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(_measured(options.stores[0], options.folder, options.pages, options.sample)))
        return
    found = [_apart(store, number, options) for number, store in enumerate(options.stores)]
    lines = list(_table(found[0], found[-1]))
    print(*lines, sep="\n")
    if options.write:
        put("folder kinds", lines)


def _apart(store: Path, number: int, options: argparse.Namespace) -> Measured:
    folder = options.folder / str(number)
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "bench.folder_kinds", str(store), "--inside", "--folder", str(folder)]
    command += ["--pages", options.pages, "--sample", str(options.sample)]
    made = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found: Measured = json.loads(made.stdout)
    return found


def _measured(store: Path, folder: Path, setting: str, sample: int) -> Measured:
    gated = gated_store(GenerationStore(store), "none", folder / "gated")
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    with source_of(gated) as source:
        publication = publication_at(folder, source.base, setting)
        begun = time.process_time()
        index_of(source.open())
        asked = time.process_time() - begun
        begun = time.process_time()
        site = Site(source, publication, out)
        parted = time.process_time() - begun
        documents = list(site.parted.topics)
        kinds: dict[str, Measured] = {kind: {} for kind in sorted({kind_of(each) for each in documents})}
        for kind, told in kinds.items():
            told |= _counted([each for each in documents if kind_of(each) == kind], site)
        _pages(site, documents, sample, kinds)
        data = _data(site)
        quads = sum(file.quads for file in source.graphs.values())
    rows = kinds["entry"]["documents"]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    spent = {"asked": round(asked, 1), "parted": round(parted, 1)}
    return {"rows": rows, "quads": quads, **spent, "kinds": kinds, "data": data, "memory": memory}


def _counted(documents: Sequence[str], site: Site) -> Measured:
    alone = [each for each in documents if not site.documents.pack_of(each)]
    packs = {site.documents.pack_of(each) for each in documents} - {""}
    pages = sum(site.documents.has_page(each) for each in documents if each.startswith("doc/"))
    return {"documents": len(documents), "pages": pages, "data": len(alone), "packs": len(packs)}


def _pages(site: Site, documents: Sequence[str], sample: int, kinds: Mapping[str, Measured]) -> None:
    """Make pages of some documents of each kind, after one that is not counted."""
    routes = defaultdict[str, list[Route]](list)
    for route in site.routes_of(documents):
        routes[kind_of(route.folder)].append(route)
    pages = _maker(site, [route for of in routes.values() for route in of])
    for kind, every in routes.items():
        start = max(0, (len(every) - sample) // 2 - 1)  # neighbours have much in common, as they are made
        chosen = every[start : start + sample + 1]
        tree, led = Tree(site.root), dict[str, list[Route]]()
        asyncio.run(pages.make(chosen[:1], tree, led))
        tree, begun = Tree(site.root), time.process_time()
        asyncio.run(pages.make(chosen[1:], tree, led))
        kinds[kind]["page"] = _a_file(tree.files, time.process_time() - begun)


def _maker(site: Site, routes: Sequence[Route]) -> Pages:
    publication, folders = site.publication, {route.folder for route in routes}
    data = frozenset(f"{each}.{ending}" for each in folders for ending in ("ttl", "jsonld"))
    links = Links(
        base=site.source.base, public=publication.public_url, languages=publication.languages,
        documents=site.documents, pages=folders, data=data, fixed=fixed_pages(), own=(), is_whole=False,
        is_slim=publication.is_slim,
    )  # fmt: skip
    return Pages(site.source, site.parted.facts, publication, links, site.root)


def _data(site: Site) -> Mapping[str, float]:
    """Make the data of some documents; return CPU-seconds of all of them, and the bytes of a file and of a pack."""
    bundles = list(site.bundles().items())
    some = bundles[:: max(1, len(bundles) // _BUNDLES)]
    begun = time.process_time()
    files: Mapping[str, Told] = site.data_of(some).files
    spent = (time.process_time() - begun) * len(bundles) / len(some)
    packs = {path: told for path, told in files.items() if path.startswith("packs/")}
    alone = {path: told for path, told in files.items() if path not in packs}
    return {"seconds": spent, "file": _a_file(alone, 0)[1], "pack": _a_file(packs, 0)[1]}


def _a_file(files: Mapping[str, Told], spent: float) -> tuple[float, float]:
    """Return CPU-milliseconds and bytes of a file."""
    count = max(1, len(files))
    return 1000 * spent / count, sum(told.size for told in files.values()) / count


def _table(small: Measured, large: Measured) -> Iterator[str]:
    rows, quads, asked, parted, memory = (f"{small[name]:,} and {large[name]:,}" for name in _WHOLE)
    yield (
        f"{rows} accounts, {quads} quads: flat tables and index made in {asked} CPU-s, parted by document in {parted} "
        f"CPU-s; {memory} MB, each in one process."
    )
    yield ""
    yield "| kind | documents | | of a nation | CPU-ms a page | | kB a page | files of a nation | CPU-s of its pages |"
    yield "|---|---|---|---|---|---|---|---|---|"
    files = spent = size = 0.0
    for kind, told in large["kinds"].items():
        before = small["kinds"].get(kind, {})
        line = _line(kind, before, told, (small, large))
        files, spent, size = files + line.files, spent + line.spent, size + line.size
        yield line.shown
    yield f"| all | | | | | | | {files:,.0f}, {size / 1e6:,.0f} MB | {spent:,.0f} |"
    data, asked, cost = (spent * _times(large) for spent in (large["data"]["seconds"], large["asked"], large["parted"]))
    yield ""
    yield (
        f"Of a nation, of the same machine: {asked:,.0f} CPU-s for tables and index, {cost:,.0f} to part "
        f"{large['quads'] * _times(large) / 1e6:,.0f} million quads, {data:,.0f} to write the "
        f"data. Were all kinds to grow like the accounts, there would be {_linear(large):,.0f} files."
    )


class _Line(NamedTuple):
    """What a kind makes of a nation."""

    shown: str
    files: float
    spent: float
    size: float


def _line(kind: str, before: Measured, told: Measured, both: tuple[Measured, Measured]) -> _Line:
    large = both[1]
    grown = _grown(before.get("documents", 0), told["documents"], both)
    pages, data = (2 * grown * told[name] / told["documents"] for name in ("pages", "data"))
    packs = min(_grown(before.get("packs", 0), told["packs"], both), grown)
    packs = min(packs, MOST_PACKS) if kind == "activity" else packs
    cost, weight = told.get("page", (0.0, 0.0))
    # What lies in packs grows with the quads, however many packs there are.
    size = pages * weight + data * large["data"]["file"] + told["packs"] * large["data"]["pack"] * _times(large)
    shown = f"{before.get('page', (0.0,))[0]:.1f} | {cost:.1f} | {weight / 1000:.0f}" if pages else " |  | "
    counts = f"{before.get('documents', 0):,} | {told['documents']:,} | {grown:,.0f}"
    spent, files = pages * cost / 1000, pages + data + packs
    return _Line(f"| {kind} | {counts} | {shown} | {files:,.0f} | {spent:,.0f} |", files, spent, size)


def _times(large: Measured) -> float:
    return float(NATION / large["rows"])


def _linear(large: Measured) -> float:
    """Return the files of a nation where everything there is grows like its accounts, but packs of events."""
    kinds: Mapping[str, Measured] = large["kinds"]
    files = [2.0 * (told["pages"] + told["data"]) for told in kinds.values()]
    packs = [float(told["packs"]) for kind, told in kinds.items() if kind != "activity"]
    return float(sum(files + packs) * _times(large)) + MOST_PACKS


def _grown(small: int, large: int, both: tuple[Measured, Measured]) -> float:
    """Return how many there are of a nation, by the power with which they grew from one size to the other."""
    one, other = both
    if not small or small >= large or one["rows"] >= other["rows"]:
        return float(large)
    power = math.log(large / small) / math.log(other["rows"] / one["rows"])
    return float(large * _times(other) ** power)


if __name__ == "__main__":
    main()

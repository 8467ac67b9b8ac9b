"""What a server costs before and while it answers: CPU of its start, memory of its processes, CPU a request.

``python -m bench.holding --folder DIR --sizes 300 3000`` serves the stores of ``bench.growth``, made there if need be,
and asks what that asks, kept nowhere. A second start is measured: the first makes the index of names. Memory is what a
process has for itself (proc(5), smaps_rollup: Private_Dirty), a worker's after each round of all questions. Then the
questions, views and checks are asked in this process: of facts in memory, of the whole in memory, of the whole on disk,
by turns, which a busy machine disturbs least.
"""

import argparse
import os
import re
import time
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import median

import httpx
from pyoxigraph import QueryBoolean

from bench.growth import _BUSY_VALUES, _VALUES, Asked, _cpu, _served, addresses, prepare
from bench.timing import side_by_side
from pobratim.query.library import library, queries_root
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.sparql.binding import bind
from pobratim.sparql.facts import is_of_facts
from pobratim.store.directory import GenerationStore
from pobratim.store.parted import in_memory, of_facts, shelf_of
from pobratim.store.reader import Reader
from tests.support.asking import terms

_EVIDENCE = re.compile(r"facts-|phrase|claim|^(ttl|jsonld|html) of")
"""What is asked of phrases: some questions and checks, and all that is told of a thing."""
_KNOWN = _VALUES | _BUSY_VALUES
_LEAVING = 0.1
"""Seconds in which a worker that has grown too large ends."""
_CHECK = re.compile(r"^checks/")


def groups(found: list[Asked]) -> dict[str, list[Asked]]:
    """Return what is asked, by what is measured together."""
    evidence = [each for each in found if _EVIDENCE.search(each.name)]
    pages = [each for each in evidence if " of: " in each.name]
    facts = [each for each in found if each not in evidence and each.path.startswith("/queries/")]
    return {
        "questions of facts": [each for each in facts if not _CHECK.match(each.name)],
        "checks of facts": [each for each in facts if _CHECK.match(each.name)],
        "questions and checks of phrases": [each for each in evidence if each not in pages],
        "pages of things, HTML": [each for each in pages if each.name.startswith("html")],
        "pages of things, RDF": [each for each in pages if not each.name.startswith("html")],
    }


def measure(store: GenerationStore, rounds: int) -> Iterator[tuple[str, str]]:
    """Yield the figures of one store, each with what it is."""
    found = list(addresses(store.open()))
    with _served(store):
        pass
    before = _cpu()
    with _served(store) as url, httpx.Client(base_url=url, trust_env=False, timeout=120) as client:
        yield "start, CPU-s", f"{_cpu() - before:.2f}"
        yield "zygote, MB", f"{max(_memory('Rss').values()):.0f}"
        most = 0.0
        for name, asked in groups(found).items():
            taken = []
            for each in asked:
                times = []
                for _ in range(rounds):
                    begun = _cpu()
                    client.get(each.path, headers={"Accept": each.accept, "Cache-Control": "no-store"})
                    times.append(_cpu() - begun)
                    time.sleep(_LEAVING)
                    most = max(most, *sorted(_memory().values())[:-1], 0.0)
                taken.append(sum(times) / len(times))
            yield f"{name}, CPU-ms: p50, most", f"{median(taken) * 1000:.0f}, {max(taken) * 1000:.0f}"
        workers = sorted(_memory().values())[:-1]
        yield "workers at the end, MB", ", ".join(f"{size:.0f}" for size in workers)
        yield "largest worker, MB", f"{most:.0f}"


def by_turns(store: GenerationStore, rounds: int) -> Iterator[tuple[str, str]]:
    """Yield what questions take in CPU-ms of facts in memory, of the whole in memory, and of the whole on disk."""
    disk = store.open()
    shelf = shelf_of(store.directory / "generations" / f"{store.generation():06}")
    assert shelf is not None
    facts, whole = in_memory(of_facts(shelf), facts_alone=True), in_memory(shelf.files.values())
    busiest = next(each.path for each in addresses(disk) if each.name == "html of: busiest institution")
    busiest = busiest.replace("/doc/", f"{DEFAULT_BASE}/id/")
    taken: dict[bool, list[list[float]]] = {True: [], False: []}
    for group in ("", "views", "checks"):
        for query in library(queries_root(), group).values():
            known = {
                each.name: _KNOWN.get(each.name, each.example if each.required else "") for each in query.parameters
            }
            known |= {each.name: busiest for each in query.parameters if each.type in ("institution", "thing")}
            text = bind(query.text, terms(query, disk, {name: value for name, value in known.items() if value}))
            asked = [facts, whole, disk] if is_of_facts(text) else [whole, disk]
            taken[facts in asked].append(side_by_side([partial(_all_of, reader, text) for reader in asked], rounds))
    for of_facts_alone, places in ((True, "facts, whole, disk"), (False, "whole, disk")):
        columns = list(zip(*taken[of_facts_alone], strict=True))
        middle, most = (", ".join(f"{of(column) * 1000:.1f}" for column in columns) for of in (median, max))
        name = f"{len(taken[of_facts_alone])} questions of {'facts' if of_facts_alone else 'phrases'}"
        yield f"{name}, CPU-ms ({places}): p50", middle
        yield f"{name}, CPU-ms ({places}): most", most


def _all_of(reader: Reader, text: str) -> int:
    found = reader.query(text)
    return 0 if isinstance(found, QueryBoolean) else sum(1 for _ in found)


def _memory(kind: str = "Private_Dirty") -> dict[int, float]:
    """Return the megabytes of the zygote and its workers, by default those that each has for itself."""
    found = {}
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"workers.zygote" in file.read_bytes() and _is_ours(int(file.parent.name)):
                told = (file.parent / "smaps_rollup").read_text()
                found[int(file.parent.name)] = int(re.findall(rf"{kind}: +(\d+)", told)[0]) / 1024
        except (OSError, IndexError):
            continue
    return found


def _is_ours(pid: int) -> bool:
    while pid > 1:
        if pid == os.getpid():
            return True
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return False


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where reports and stores are made, or found")
    parser.add_argument("--sizes", type=int, nargs="+", default=(300, 3_000), help="rows of the stores")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for rows in options.sizes:
        store = prepare(options.folder, rows)
        for name, figure in chain(by_turns(store, options.rounds), measure(store, options.rounds)):
            print(f"| {rows:,} rows: {name} | {figure} |", flush=True)


if __name__ == "__main__":
    main()

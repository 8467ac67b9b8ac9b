"""How the cost of questions and pages grows with the store: server CPU a request, kept nowhere, at three sizes.

``python -m bench.growth --folder DIR`` makes reports of 300, 3,000 and 10,000 rows (``made_reports.py``) and loads
them, once: minutes, and at 10,000 rows 7 GB. Then it serves each store and asks every question, check and view, and
page and RDF of a thing of each kind. ``--write`` puts the table into README.md. What is about one thing may take twice
the CPU at ten times the rows, and half a second at most; what is about all data two seconds.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import httpx
from pyoxigraph import QuerySolutions

from bench.made_reports import write_reports
from bench.serving import _UNKEPT, _running
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.query.library import NamedQuery, library, queries_root
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.store.directory import GenerationStore, Reader

SIZES = (300, 3_000, 10_000)
README = Path(__file__).with_name("README.md")
ROUNDS = 5
_TICK = os.sysconf("SC_CLK_TCK")
_ONE, _ALL = 0.5, 2.0
"""CPU-seconds that a question about one thing, and one about all data, may take."""
_GROWTH = 2.0
_PORT = 7950
_VALUES = {
    "city": "Смоленск", "partner": "Витебск", "name": "Витебск", "country": "Беларусь", "since": "2022-02-15",
    "before": "2022-02-15", "report": "report-0000", "row": "9", "year": "2022",
}  # fmt: skip
_INSTITUTION = "SELECT ?thing WHERE { ?thing a <http://www.w3.org/ns/org#FormalOrganization> } ORDER BY ?thing LIMIT 1"
_POB = "https://w3id.org/pobratim/def#"
_KINDS = ("Activity", "Agreement", "Report", "ReportEntry", "Tie", "Municipality")
_HUB = (
    f"SELECT ?thing WHERE {{ ?thing a <{_POB}Municipality> ; <{_POB}evidence> ?mention }} "
    "GROUP BY ?thing ORDER BY DESC(COUNT(?mention)) ?thing LIMIT 1"
)
_SETTINGS = {**_UNKEPT, "POBRATIM_LIMIT_SECONDS": "60", "POBRATIM_LIMIT_MEMORY_MB": "512"}
"""The server's own bound of memory; its bound of time is one of the clock, and here CPU is measured."""
_OF_ALL = {"agreements", "new-ties", "silent-partners", "report-quality"}
"""Questions whose parameters only leave out rows of all that there is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One address and whether it is about one thing."""

    name: str
    path: str
    is_one: bool
    accept: str = "*/*"


def addresses(reader: Reader) -> Iterator[Asked]:
    """Yield all that is asked of a store."""
    institution = _first(reader, _INSTITUTION)
    for group in ("", "views", "checks"):
        for query in library(queries_root(), group).values():
            if group != "views" or "view" in query.tags:
                yield _question(query, group, institution)
    things = {
        kind: _first(reader, f"SELECT ?thing WHERE {{ ?thing a <{_POB}{kind}> }} ORDER BY ?thing LIMIT 1")
        for kind in _KINDS
    }
    things |= {"institution": institution, "busiest town": _first(reader, _HUB)}
    for kind, iri in things.items():
        path = iri.replace(f"{DEFAULT_BASE}/id/", "/doc/")
        for form in ("html", "ttl", "jsonld"):
            yield Asked(
                f"{form} of: {kind}",
                f"{path}.{form}" if form != "html" else path,
                True,
                "text/html" if form == "html" else "*/*",
            )
    for path in ("/", "/sitemap.xml", "/sitemap-all.xml", "/sitemap-0.xml", "/void.ttl", "/search?q=гимназия"):
        yield Asked(path, path, False, "text/html" if path == "/" else "*/*")


def _question(query: NamedQuery, group: str, institution: str) -> Asked:
    named = {
        parameter.name
        for parameter in query.parameters
        if parameter.required or parameter.name in ("city", "partner", "year")
    }
    values = {name: _VALUES[name] for name in named}
    if any(parameter.type == "institution" for parameter in query.parameters):
        values["name"] = institution
    path = f"/queries/{group + '/' if group else ''}{query.name}.json?{urlencode(values)}"
    return Asked(f"{group + '/' if group else ''}{query.name}", path, bool(values) and query.name not in _OF_ALL)


def _first(reader: Reader, query: str) -> str:
    found = reader.query(query)
    assert isinstance(found, QuerySolutions)
    return next(str(row["thing"].value) for row in found)


def prepare(folder: Path, rows: int) -> GenerationStore:
    """Return the store with so many rows, made unless it is there."""
    store = GenerationStore(folder / f"store-{rows}")
    if not store.directory.exists():
        load(write_reports(folder / f"reports-{rows}", rows), store, Settings())
    return store


def measure(store: GenerationStore, rounds: int) -> tuple[int, dict[str, str], dict[str, float]]:
    """Return the quads, and by name how the answer failed ("" for well) and CPU-seconds a request."""
    reader = store.open()
    asked, failures, taken = list(addresses(reader)), dict[str, str](), dict[str, float]()
    with _served(store) as url, httpx.Client(base_url=url, trust_env=False, timeout=120) as client:
        client.get("/void.ttl")  # counted once a generation, before anybody waits
        for each in asked:
            print(f"{each.name} …", file=sys.stderr, flush=True)
            before, answers = _cpu(), []
            for _ in range(rounds):
                answers.append(client.get(each.path, headers={"Accept": each.accept, "Cache-Control": "no-store"}))
            taken[each.name] = (_cpu() - before) / rounds
            worst = next((answer for answer in answers if answer.status_code >= 500), answers[-1])
            failures[each.name] = "" if worst.status_code in (200, 303, 404) else str(worst.status_code)
    return len(reader), failures, taken


@contextmanager
def _served(store: GenerationStore) -> Iterator[str]:
    command = [sys.executable, "-m", "pobratim", "serve", "--store", str(store.directory), "--port", str(_PORT)]
    with _running(command, f"http://127.0.0.1:{_PORT}/sparql", _SETTINGS):
        yield f"http://127.0.0.1:{_PORT}"


def _cpu() -> float:
    """Return the CPU-seconds of all processes below this one, those that ended too (proc(5), stat, 14 to 17)."""
    parents, ticks = dict[int, int](), dict[int, int]()
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(file.parent.name)] = int(fields[1])
        ticks[int(file.parent.name)] = sum(map(int, fields[11:15]))
    return (
        sum(count for pid, count in ticks.items() if pid != os.getpid() and _is_below(pid, os.getpid(), parents))
        / _TICK
    )


def _is_below(pid: int, root: int, parents: Mapping[int, int]) -> bool:
    while pid and pid != root:
        pid = parents.get(pid, 0)
    return pid == root


def main() -> None:
    """Print the table, and with ``--write`` put it into the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where reports and stores are made, or found")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="rows of the stores")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    stores = [prepare(options.folder, rows) for rows in options.sizes]
    found = [measure(store, options.rounds) for store in stores]
    lines = list(table(found, {each.name: each.is_one for each in addresses(stores[0].open())}))
    print("\n".join(lines))
    if options.write:
        made = "<!-- growth -->\n" + "\n".join(lines) + "\n<!-- end of growth -->"
        old = README.read_text(encoding="utf-8")
        pattern = "<!-- growth -->.*?<!-- end of growth -->"
        README.write_text(re.sub(pattern, lambda _: made, old, flags=re.S), encoding="utf-8")


def table(found: list[tuple[int, dict[str, str], dict[str, float]]], is_one: Mapping[str, bool]) -> Iterator[str]:
    """Yield the lines: CPU-ms a request by quads; a mark where a bound is passed."""
    yield "| CPU-ms a request | about | " + " | ".join(f"{quads:,} quads" for quads, _, _ in found) + " | |"
    yield "|---" * (len(found) + 3) + "|"
    last = found[-1][2]
    for name in sorted(last, key=lambda name: (not is_one[name], -last[name])):
        cells = [
            f"{taken.get(name, 0) * 1000:.0f}{failed.get(name) and ' (' + failed[name] + ')'}"
            for _, failed, taken in found
        ]
        yield (
            f"| {name} | {'one' if is_one[name] else 'all'} | "
            + " | ".join(cells)
            + f" | {_mark(name, found, is_one[name])} |"
        )


def _mark(name: str, found: list[tuple[int, dict[str, str], dict[str, float]]], is_one: bool) -> str:
    times = [max(taken.get(name, 0), 0.010) for _, _, taken in found]
    grown = is_one and len(times) > 1 and times[1] > _GROWTH * times[0]
    slow = times[-1] > (_ONE if is_one else _ALL)
    failed = any(failures.get(name) for _, failures, _ in found)
    return ", ".join(word for word, holds in (("grows", grown), ("slow", slow), ("refused", failed)) if holds)


if __name__ == "__main__":
    main()

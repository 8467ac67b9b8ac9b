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
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import httpx
from pyoxigraph import QuerySolutions

from bench.made_reports import QUIET_COUNTRY, QUIET_PARTNER, QUIET_TOWN, write_reports
from bench.readme import put
from bench.serving import _UNKEPT, _running
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.query.library import NamedQuery, library, queries_root
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.site.areas import area_path
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import Reader

SIZES = (300, 3_000, 10_000)
ROUNDS, _LEAST, _ENOUGH = 20, 3, 1.0
"""Requests at most and at least, and CPU-seconds after which those at least will do."""
_TICK = os.sysconf("SC_CLK_TCK")
_ONE, _ALL = 0.5, 2.0
"""CPU-seconds that a question about one thing, and one about all data, may take."""
_GROWTH = 2.0
_NOISE = 0.005
"""CPU-seconds below which nothing is told apart: a tick of the clock is 10 ms, over twenty requests."""
_INDEXED = "/partners"
"""A page that the explorer's index answers."""
_A_PART = "a part of the sitemap"
_PORT = 7950
_POB = "https://w3id.org/pobratim/def#"
_PREFIXES = f"""PREFIX pob: <{_POB}> PREFIX dct: <http://purl.org/dc/terms/> PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT ?thing WHERE """
_QUIET_TOWN = f'?town a pob:Municipality ; rdfs:label "{QUIET_TOWN}"@ru'
_QUIET = {
    "town": f"{_QUIET_TOWN} BIND(?town AS ?thing)",
    "country": f'?far a pob:Municipality ; rdfs:label "{QUIET_PARTNER}"@ru ; pob:country ?thing',
    "institution": f"{_QUIET_TOWN} . ?thing dct:spatial ?town ; a org:FormalOrganization ; pob:partner ?other",
    "event": f"{_QUIET_TOWN} . ?thing pob:place ?town ; a pob:Activity",
    "tie": f"{_QUIET_TOWN} . ?thing pob:party ?town ; a pob:Tie",
    "agreement": f"{_QUIET_TOWN} . ?party dct:spatial ?town . ?thing pob:party ?party ; a pob:Agreement",
    "row": f"{_QUIET_TOWN} . ?thing pob:reportingMunicipality ?town ; a pob:ReportEntry",
    "report": f"{_QUIET_TOWN} . ?row pob:reportingMunicipality ?town ; dct:isPartOf ?thing . ?thing a pob:Report",
}
"""A thing of each kind around the quiet town, whose neighbourhood is the same at every size."""
_BUSY = {"town": "a pob:Municipality", "institution": "a org:FormalOrganization"}
"""Kinds whose thing with the most phrases is asked for as well."""
_VALUES = {"since": "2022-02-15", "before": "2022-02-15", "report": "report-0000", "row": "9", "year": "2022"}
_QUIET_VALUES = {"city": QUIET_TOWN, "partner": QUIET_PARTNER, "name": QUIET_TOWN, "country": QUIET_COUNTRY}
_BUSY_VALUES = {"city": "Смоленск", "partner": "Витебск", "name": "Витебск", "country": "Беларусь"}
_SETTINGS = {**_UNKEPT, "POBRATIM_LIMIT_SECONDS": "60", "POBRATIM_LIMIT_MEMORY_MB": "512"}
"""The server's own bound of memory; its bound of time is one of the clock, and here CPU is measured."""
_OF_ALL = {"agreements", "compare-periods", "find", "new-ties", "silent-partners", "report-quality"}
"""Questions whose parameters only leave out rows of all that there is; ``find`` looks through all names."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One address, whether it is about one thing, and whether what is told of that is the same at every size."""

    name: str
    path: str
    is_one: bool
    accept: str = "*/*"
    is_quiet: bool = False


def addresses(reader: Reader) -> Iterator[Asked]:
    """Yield all that is asked of a store, but for its sitemap, which tells its own parts."""
    quiet = {kind: _first(reader, f"{{ {pattern} }} ORDER BY ?thing LIMIT 1") for kind, pattern in _QUIET.items()}
    busy = {
        kind: _first(
            reader,
            f"{{ ?thing {pattern} . ?mention pob:value ?thing }} GROUP BY ?thing "
            "ORDER BY DESC(COUNT(?mention)) ?thing LIMIT 1",
        )
        for kind, pattern in _BUSY.items()
    }
    for group in ("", "views", "checks"):
        for query in library(queries_root(), group).values():
            if group != "views" or "view" in query.tags:
                yield from _questions(query, group, quiet["institution"], busy["institution"])
    for kind, iri in quiet.items():
        yield from _forms(kind, iri, is_quiet=True)
    for kind, iri in busy.items():
        yield from _forms(f"busiest {kind}", iri, is_quiet=False)
    for path in ("/", "/sitemap.xml", "/void.ttl", "/search?q=гимназия"):
        yield Asked(path, path, False, "text/html" if path == "/" else "*/*")


def _questions(query: NamedQuery, group: str, quiet: str, busy: str) -> Iterator[Asked]:
    """Yield a question: about the quiet things, and about busy ones, where it is about things that may be either."""
    named = {
        parameter.name
        for parameter in query.parameters
        if parameter.required or parameter.name in ("city", "partner", "year")
    }
    of_institution = [one.name for one in query.parameters if one.type in ("institution", "thing")]
    name = f"{group + '/' if group else ''}{query.name}"
    is_one = bool(named) and query.name not in _OF_ALL
    for values, institution, is_quiet in ((_QUIET_VALUES, quiet, True), (_BUSY_VALUES, busy, False)):
        known = {each.name: each.example for each in query.parameters} | _VALUES | values
        given = {each: known[each] for each in named} | dict.fromkeys(of_institution, institution)
        if is_quiet or (is_one and named & {*values, *of_institution}):
            path = f"/queries/{name}.json?{urlencode(given)}"
            yield Asked(name if is_quiet else f"{name}, busy", path, is_one, is_quiet=is_one and is_quiet)


def _forms(kind: str, iri: str, is_quiet: bool) -> Iterator[Asked]:
    """Yield the page of a thing and its RDF."""
    area = area_path(iri)
    path = f"/doc/{area}" if area else iri.replace(f"{DEFAULT_BASE}/id/", "/doc/")
    yield Asked(f"html of: {kind}", path, True, "text/html", is_quiet)
    for form in ("ttl", "jsonld"):
        yield Asked(f"{form} of: {kind}", f"{path}.{form}", True, is_quiet=is_quiet)


def _first(reader: Reader, pattern: str) -> str:
    found = reader.query(_PREFIXES + pattern)
    assert isinstance(found, QuerySolutions)
    return next(str(row["thing"].value) for row in found)


def prepare(folder: Path, rows: int) -> GenerationStore:
    """Return the store with so many rows, made unless it is there."""
    store = GenerationStore(folder / f"store-{rows}")
    if not store.directory.exists():
        load(write_reports(folder / f"reports-{rows}", rows), store, Settings())
    return store


@dataclass(frozen=True, slots=True)
class Measured:
    """One store: its quads, and by name what was asked, the CPU-seconds a request, and what was refused how."""

    quads: int
    asked: dict[str, Asked]
    taken: dict[str, float]
    failures: dict[str, str]


def measure(store: GenerationStore, rounds: int) -> Measured:
    """Ask a store everything, up to so many times, and fewer where a second of CPU is spent."""
    reader = store.open()
    found = Measured(len(reader), {each.name: each for each in addresses(reader)}, {}, {})
    with _served(store) as url, httpx.Client(base_url=url, trust_env=False, timeout=120) as client:
        client.get("/void.ttl")  # counted once a generation, before anybody waits
        while client.get(_INDEXED).status_code == 503:  # so is the explorer's index, in a process that _cpu() counts
            time.sleep(1)
        part = re.findall(r"<loc>[^<]*(/sitemap-[^<]*)</loc>", client.get("/sitemap.xml").text)[0]
        found.asked[_A_PART] = Asked(_A_PART, part, False)
        for each in found.asked.values():
            before, codes = _cpu(), list[int]()
            while len(codes) < rounds and (len(codes) < _LEAST or _cpu() - before < _ENOUGH):
                headers = {"Accept": each.accept, "Cache-Control": "no-store"}
                codes.append(client.get(each.path, headers=headers).status_code)
            found.taken[each.name] = (_cpu() - before) / len(codes)
            found.failures[each.name] = "" if max(codes) == 200 else str(max(codes))
            print(f"{each.name} {found.taken[each.name]:.4f} {found.failures[each.name]}", file=sys.stderr, flush=True)
    return found


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
    lines = list(table([measure(store, options.rounds) for store in stores]))
    print("\n".join(lines))
    if options.write:
        put("growth", lines)


def table(found: list[Measured]) -> Iterator[str]:
    """Yield the lines: CPU-ms a request by quads; a mark where a bound is passed."""
    yield "| CPU-ms a request | about | " + " | ".join(f"{store.quads:,} quads" for store in found) + " | |"
    yield "|---" * (len(found) + 3) + "|"
    last = found[-1]
    for name in sorted(last.taken, key=lambda name: (not last.asked[name].is_one, -last.taken[name])):
        asked = last.asked[name]
        cells = (
            f"{store.taken.get(name, 0) * 1000:.0f}" + f" ({store.failures[name]})" * bool(store.failures.get(name))
            for store in found
        )
        about = "the same" if asked.is_quiet else "one" if asked.is_one else "all"
        yield f"| {name} | {about} | {' | '.join(cells)} | {_mark(asked, found)} |"


def _mark(asked: Asked, found: list[Measured]) -> str:
    times = [max(store.taken.get(asked.name, 0), _NOISE) for store in found]
    grown = asked.is_quiet and len(times) > 1 and times[1] > _GROWTH * times[0]
    slow = times[-1] > (_ONE if asked.is_one else _ALL)
    failed = any(store.failures.get(asked.name) for store in found)
    return ", ".join(word for word, holds in (("grows", grown), ("slow", slow), ("refused", failed)) if holds)


if __name__ == "__main__":
    main()

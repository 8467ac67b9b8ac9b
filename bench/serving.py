"""The server against ``oxigraph serve-read-only``, both over HTTP, on the same made-up data, in one run.

``python -m bench.serving`` prints the table; ``--write`` puts it into bench/README.md, ``--quads`` sets the size. The
ten questions are those of bench/questions; nothing is kept by our server while they are measured, and everything where
the line says so. The load of many small requests comes from wrk (Debian: wrk).
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import quote

import httpx

from bench.domain_data import activity, graphs
from bench.readme import put
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.store.directory import GenerationStore
from tests.support.model_sample import TIES, derive

HERE = Path(__file__).parent
QUESTIONS = sorted((HERE / "questions").glob("*.rq"))
_WITHOUT_LIMITS = {
    "POBRATIM_LIMIT_SECONDS": "120",
    "POBRATIM_LIMIT_MEMORY_MB": "8192",
    "POBRATIM_LOG_REQUESTS": "none",  # as Oxigraph's server, which logs no requests
}
_UNKEPT = {**_WITHOUT_LIMITS, "POBRATIM_LIMIT_CACHE_MB": "0"}
_ACCEPT = {"Accept": "application/sparql-results+json, application/n-triples", "Accept-Encoding": "identity"}
_SECONDS = 4
_START_SECONDS = 600


def main() -> None:
    """Measure, print, and with ``--write`` keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds; the median counts")
    parser.add_argument("--folder", type=Path, help="where the data are made, or found from the last time")
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing: apt-get install wrk")
    with ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        count = prepare(folder, options.quads)
        ours = stack.enter_context(our_server(folder / "store", 7931, _UNKEPT))
        theirs = stack.enter_context(oxigraph(folder / "oxigraph", 7932))
        rows = [*questions(ours, theirs, options.rounds), *small(ours, theirs, "kept nowhere", options.rounds)]
    with our_server(folder / "store", 7933, _WITHOUT_LIMITS) as kept, oxigraph(folder / "oxigraph", 7934) as theirs:
        rows += repeated(kept, theirs, options.rounds)
    lines = [f"| over {count:,} quads | ours | `oxigraph serve` | ratio |", "|---|---|---|---|", *rows]
    print("\n".join(lines))
    if options.write:
        put("serving", lines)


def prepare(folder: Path, quads: int) -> int:
    """Make the data in both stores, compacted, unless they are there; return the number of quads."""
    store = GenerationStore(folder / "store")
    if not (folder / "store").exists():
        made = graphs(quads)
        ties = derive(quad for graph in made.values() for quad in graph)
        store.publish({**made, TIES.value: list(ties)}, {}, {"base": DEFAULT_BASE})
    if not (folder / "oxigraph").exists():
        with (folder / "all.nq").open("wb") as file:
            store.open().write_quads(file)
        binary = str(Path(sys.executable).with_name("oxigraph"))
        location = str(folder / "oxigraph")
        load = [binary, "load", "--location", location, "--file", str(folder / "all.nq"), "--non-atomic"]
        subprocess.run(load, check=True, capture_output=True)
        subprocess.run([binary, "optimize", "--location", location], check=True, capture_output=True)
    return len(store.open())


@contextmanager
def our_server(store: Path, port: int, environment: Mapping[str, str]) -> Iterator[Callable[[str], str]]:
    """Run our server; yield a function from a query to its URL."""
    command = [sys.executable, "-m", "pobratim", "serve", "--store", str(store), "--port", str(port)]
    with _running(command, f"http://127.0.0.1:{port}/sparql", environment) as url:
        yield lambda query: f"{url}?query={quote(query)}"


@contextmanager
def oxigraph(store: Path, port: int) -> Iterator[Callable[[str], str]]:
    """Run Oxigraph's own server; yield a function from a query to its URL, over the union of all graphs."""
    binary = str(Path(sys.executable).with_name("oxigraph"))
    command = [binary, "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
    with _running(command, f"http://127.0.0.1:{port}/query", {}) as url:
        yield lambda query: f"{url}?union-default-graph&query={quote(query)}"


@contextmanager
def _running(command: list[str], url: str, environment: Mapping[str, str]) -> Iterator[str]:
    process = subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                httpx.get(url, params={"query": "ASK {}"}, trust_env=False)
                break
            except httpx.TransportError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait()


def questions(ours: Callable[[str], str], theirs: Callable[[str], str], rounds: int) -> Iterator[str]:
    """Yield a line a question: milliseconds a request, one after another."""
    with httpx.Client(trust_env=False, timeout=300, headers=_ACCEPT) as client:
        for path in QUESTIONS:
            query = path.read_text(encoding="utf-8")
            urls = [ours(query), theirs(query)]
            sizes = [len(client.get(url).raise_for_status().content) for url in urls]
            if abs(sizes[0] - sizes[1]) > max(sizes) // 10:
                raise SystemExit(f"{path.name}: answers of {sizes} bytes")
            taken: list[list[float]] = [[], []]
            for _ in range(rounds):
                for side, url in enumerate(urls):
                    taken[side].append(_seconds(client, url))
            mine, other = (median(times) * 1000 for times in taken)
            summary = query.partition("\n")[0].removeprefix("# ")
            yield f"| {summary}, ms | {mine:,.1f} | {other:,.1f} | {other / mine:.1f} × |"


def _seconds(client: httpx.Client, url: str) -> float:
    begun = time.perf_counter()
    client.get(url).raise_for_status()
    return time.perf_counter() - begun


def small(ours: Callable[[str], str], theirs: Callable[[str], str], note: str, rounds: int) -> list[str]:
    """Return the line of small questions, each asked once: requests per second of eight clients."""
    return [_rates(f"one activity, another each time, {note}, requests/s", ours, theirs, rounds, changing=True)]


def repeated(ours: Callable[[str], str], theirs: Callable[[str], str], rounds: int) -> list[str]:
    """Return the line of the same small question again and again."""
    return [_rates("one activity, the same again, requests/s", ours, theirs, rounds, changing=False)]


def _rates(what: str, ours: Callable[[str], str], theirs: Callable[[str], str], rounds: int, changing: bool) -> str:
    taken: list[list[float]] = [[], []]
    for _ in range(rounds):
        for side, url in enumerate((ours, theirs)):
            taken[side].append(_wrk(url, changing))
    mine, other = (median(rates) for rates in taken)
    return f"| {what} | {mine:,.0f} | {other:,.0f} | {mine / other:.2f} × |"


_MARK = "4711"


def _wrk(url: Callable[[str], str], changing: bool) -> float:
    """Return requests per second; a changing question names another activity each time."""
    query = f"SELECT ?p ?o WHERE {{ <{activity(int(_MARK))}> ?p ?o }}"
    address = url(query)
    host, _, path = address.removeprefix("http://").partition("/")
    before, after = f"/{path}".split(_MARK)
    number = "math.random(0, 15000)" if changing else _MARK
    script = f"request = function() return wrk.format('GET', '{before}' .. {number} .. '{after}') end\n"
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        command = ["wrk", "-t1", "-c8", f"-d{_SECONDS}s", "-s", file.name, f"http://{host}/"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise SystemExit(said)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])  # type: ignore[index]


if __name__ == "__main__":
    main()

"""A storm of hostile queries, and what an innocent client notices of it.

``python -m bench.storm`` loads the example, serves it, lets 8 clients with addresses of their own send hostile queries
(tests/fixtures/hostile.json) as fast as they are answered, and meanwhile asks ``ASK {}`` 20 times a second, never
twice in the same words, so that no answer is a kept one. Exit code 1 where a promise is broken: p99 under 2 s, no
request lost, the web process never restarted, memory under the bound.
"""

import argparse
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import quote, urlsplit

from pobratim.serving.settings import Limits

ROOT = Path(__file__).parents[1]
HOSTILE = ROOT / "tests" / "fixtures" / "hostile.json"
EXAMPLE = ROOT / "examples" / "smolensk-2023-q1.docx"
P99_SECONDS = 2.0
CLIENTS = 8
_PAUSE = 0.05
_PROGRAMS_MB = 400
"""What the processes take before the first query, the store apart: Python, libraries, the caches of parsed headers."""


@dataclass
class Measured:
    """What was seen: seconds of each innocent query, what went wrong with them, memory at its peak in MB."""

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    attacks: Counter[str] = field(default_factory=Counter)
    """How hostile queries ended: status, or the error of the connection."""
    rss_mb: int = 0
    pss_mb: int = 0
    """As ``rss_mb``, but what several processes share counts once."""
    pid_is_same: bool = True

    def percentile(self, share: float) -> float:
        """Return the latency that ``share`` of the innocent queries did not exceed."""
        return sorted(self.seconds)[min(int(len(self.seconds) * share), len(self.seconds) - 1)]


def bound_mb(limits: Limits, store_mb: int) -> int:
    """Return the memory that the server never exceeds: each running query's, kept answers, the store, the programs."""
    return limits.running * limits.memory_mb + limits.cache_mb + store_mb + _PROGRAMS_MB


def storm(url: str, pid: int, seconds: float, clients: int = CLIENTS) -> Measured:
    """Attack the server at ``url``, whose web process is ``pid``, and return what an innocent client measured."""
    measured, stop, began = Measured(), Event(), _started(pid)
    watching = Thread(target=_watch, args=(pid, measured, stop))
    command = [
        sys.executable,
        "-m",
        "bench.storm",
        "--attack",
        url,
        "--seconds",
        str(seconds),
        "--clients",
        str(clients),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as attack:
        watching.start()
        _ask(url, seconds, measured)
        out, _ = attack.communicate()
    stop.set()
    watching.join()
    measured.attacks = Counter(json.loads(out))
    measured.pid_is_same = _started(pid) == began
    return measured


def _ask(url: str, seconds: float, measured: Measured) -> None:
    deadline, number = time.monotonic() + seconds, 0
    while time.monotonic() < deadline:
        number += 1
        began = time.perf_counter()
        try:
            status, body = _get(url, f"ASK {{}} # {number} {began}", "192.0.2.1", 30)
            if (status, json.loads(body).get("boolean")) != (200, True):
                measured.failures.append(f"{status}: {body[:200]!r}")
        except (OSError, http.client.HTTPException, ValueError) as error:
            measured.failures.append(repr(error))
        measured.seconds.append(time.perf_counter() - began)
        time.sleep(_PAUSE)


def attack(url: str, seconds: float, clients: int) -> Counter[str]:
    """Send hostile queries from ``clients`` threads; return how they ended."""
    queries = [
        _spell(entry["query"]) for entry in json.loads(HOSTILE.read_text(encoding="utf-8"))["requests"] if _hurts(entry)
    ]
    ended: Counter[str] = Counter()
    deadline = time.monotonic() + seconds

    def run(number: int) -> None:
        chosen = random.Random(number)
        while time.monotonic() < deadline:
            ended[_attack_once(url, chosen.choice(queries), f"198.51.100.{number}")] += 1

    threads = [Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def _attack_once(url: str, query: str, client: str) -> str:
    try:
        return str(_post(url, query, client, 60))
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__


def _hurts(entry: Mapping[str, Any]) -> bool:
    return "query" in entry and 503 in entry["statuses"]


def _spell(text: str | list[list[Any]]) -> str:
    if isinstance(text, str):
        return text
    return "".join("".join(unit.replace("{i}", str(i)) for i in range(count)) for unit, count in text)


def _get(url: str, query: str, client: str, timeout: float) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=timeout)
    try:
        connection.request("GET", "/sparql?query=" + quote(query), headers={"X-Forwarded-For": client})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def _post(url: str, query: str, client: str, timeout: float) -> int:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=timeout)
    try:
        headers = {"X-Forwarded-For": client, "Content-Type": "application/sparql-query"}
        connection.request("POST", "/sparql", query.encode(), headers)
        response = connection.getresponse()
        while response.read(1_000_000):
            pass
        return response.status
    finally:
        connection.close()


def _watch(pid: int, measured: Measured, stop: Event) -> None:
    while not stop.wait(0.25):
        family = _family(pid)
        measured.rss_mb = max(measured.rss_mb, sum(_kilobytes(member, "Rss:") for member in family) // 1024)
        measured.pss_mb = max(measured.pss_mb, sum(_kilobytes(member, "Pss:") for member in family) // 1024)


def memory_mb(pid: int) -> int:
    """Return what a process and all that it started take now, in MB; what they share counts once."""
    return sum(_kilobytes(member, "Pss:") for member in _family(pid)) // 1024


def _family(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                parent = int(
                    (entry / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[1]
                )
                children.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for member in found:
        found += children.get(member, [])
    return found


def _kilobytes(pid: int, name: str) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    return 0


def _started(pid: int) -> str:
    """Return when a process was started, "" where there is none: another one under its number began later."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[19]
    return ""


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, int]]:
    store = folder / "store"
    program = [sys.executable, "-m", "pobratim"]
    subprocess.run([*program, "load", str(EXAMPLE), "--store", str(store)], check=True, stderr=subprocess.DEVNULL)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([*program, "serve", "--store", str(store), "--port", str(port)], cwd=folder)
    try:
        url = f"http://127.0.0.1:{port}"
        while process.poll() is None:
            with suppress(OSError):
                _get(url, "ASK {}", "192.0.2.1", 5)
                break
            time.sleep(0.1)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait()


def _report(measured: Measured, bound: int) -> bool:
    """Print the figures; return whether every promise was kept."""
    print(f"innocent: {len(measured.seconds)} queries, p50 {measured.percentile(0.5) * 1000:.0f} ms, ", end="")
    print(f"p99 {measured.percentile(0.99) * 1000:.0f} ms, slowest {max(measured.seconds) * 1000:.0f} ms")
    print(f"failed: {len(measured.failures)} {measured.failures[:3]}")
    print(f"hostile: {measured.attacks.total()} queries, {dict(measured.attacks.most_common())}")
    print(f"memory at its peak: {measured.pss_mb} MB (sum of RSS {measured.rss_mb} MB), bound {bound} MB")
    print(f"web process unchanged: {measured.pid_is_same}")
    is_fast = measured.percentile(0.99) < P99_SECONDS
    return is_fast and not measured.failures and measured.pid_is_same and measured.pss_mb < bound


def main() -> int:
    """Measure; return 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--attack", metavar="URL", help="only attack this server, and print how the queries ended")
    options = parser.parse_args()
    if options.attack:
        print(json.dumps(attack(options.attack, options.seconds, options.clients)))
        return 0
    os.environ["POBRATIM_LANG"] = "en"
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as (url, pid):
        bound = bound_mb(Limits(), memory_mb(pid))
        return 0 if _report(storm(url, pid, options.seconds, options.clients), bound) else 1


if __name__ == "__main__":
    sys.exit(main())

"""The real server for tests: ``pobratim serve`` as a process of its own, on a free port of 127.0.0.1."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

# How long an idle machine needs for it says nothing: these end only what would never end.
_START_SECONDS = 180
_STOP_SECONDS = 120


@dataclass(frozen=True)
class Server:
    url: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def client(self, timeout: float = 120) -> httpx.Client:
        """A client that ignores proxies of the environment."""
        return httpx.Client(base_url=self.url, timeout=timeout, trust_env=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_server(
    store: Path | str, folder: Path, *arguments: str, env: Mapping[str, str] | None = None, port: int = 0
) -> Iterator[Server]:
    """Run a server over ``store``, its log in ``folder``, until the context ends, on a free port if none is given."""
    port = port or free_port()
    log = folder / f"serve-{port}.log"
    command = [sys.executable, "-m", "pobratim", "serve", "--store", str(store), "--port", str(port), *arguments]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env={**os.environ, **(env or {})}, stdout=out, stderr=out)
    server = Server(f"http://127.0.0.1:{port}", process, log)
    try:
        _wait(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a process has taken so far, without that of its children."""
    user, system = (
        Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[11:13]
    )
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def wait_for(ask: Callable[[], httpx.Response]) -> httpx.Response:
    """Ask until the answer is 200: some of what a server gives is made ready in the background."""
    deadline = time.monotonic() + _START_SECONDS
    while (answer := ask()).status_code != 200 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert answer.status_code == 200, answer.text
    return answer


def _wait(server: Server) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            httpx.get(f"{server.url}/sparql", params={"query": "ASK {}"}, trust_env=False)
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"no server: {server.log.read_text(encoding='utf-8')}")

"""Run ``pobratim serve`` as users do, on a free port of 127.0.0.1, and a listener that must never be called."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import httpx

_START_SECONDS = 60
_STOP_SECONDS = 20


@dataclass(frozen=True)
class Server:
    """A running server: ``url`` without a slash at the end, and its web process."""

    url: str
    process: subprocess.Popen[bytes]

    @property
    def sparql(self) -> str:
        return self.url + "/sparql"

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def client(self, timeout: float = 30) -> httpx.Client:
        """A client that ignores proxies of the environment."""
        return httpx.Client(base_url=self.url, timeout=timeout, trust_env=False)


@contextmanager
def running(store: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Yield a server over a store, started with more arguments and variables, stopped at the end."""
    port = free_port()
    command = [sys.executable, "-m", "pobratim", "serve", "--store", str(store), "--port", str(port), *arguments]
    variables = {key: value for key, value in os.environ.items() if not key.startswith("POBRATIM_")}
    variables |= {"POBRATIM_LANG": "en", **(environment or {})}
    process = subprocess.Popen(command, env=variables, cwd=store.parent)
    server = Server(f"http://127.0.0.1:{port}", process)
    try:
        _wait(server)
        yield server
    finally:
        _stop(process)


@dataclass
class Canary:
    """Counts connections to ``port``; a request forged through the server would come here."""

    port: int
    connections: int = 0


@contextmanager
def canary() -> Iterator[Canary]:
    """Yield a listener on a free port of 127.0.0.1."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        state = Canary(listener.getsockname()[1])

        def listen() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                state.connections += 1
                connection.close()

        thread = Thread(target=listen, daemon=True)
        thread.start()
        try:
            yield state
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=5)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: Server) -> None:
    deadline = time.monotonic() + _START_SECONDS
    with server.client(timeout=5) as client:
        while True:
            with suppress(httpx.TransportError):
                client.get("/sparql", params={"query": "ASK {}"}).raise_for_status()
                return
            assert server.process.poll() is None, "the server ended at its start"
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise

"""SPARQL stores of others, started for a test on 127.0.0.1 in a folder of its own, and stopped after it."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

USER, PASSWORD = "loader", "not-dba"
_PATIENCE = 180.0

_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 10
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 100000
"""


@dataclass(frozen=True)
class Server:
    """A running store: what ``--store`` takes, and the environment that goes with it."""

    kind: str
    url: str
    environment: dict[str, str]


def missing(kind: str) -> str:
    """Return why a store of this kind cannot be started here, "" if it can."""
    if kind == "virtuoso" and not (shutil.which("virtuoso-t") and shutil.which("isql-vt")):
        return "virtuoso-t or isql-vt is absent: apt-get install virtuoso-opensource-7-bin"
    return "" if kind == "virtuoso" or oxigraph_command() else "the command oxigraph is absent: pip install oxigraph"


@contextmanager
def running(kind: str, folder: Path) -> Iterator[Server]:
    """Yield a store that is empty: "oxigraph", "oxigraph-update" (no Graph Store Protocol) or "virtuoso"."""
    port = free_port()
    if kind == "virtuoso":
        with _virtuoso(folder, port) as server:
            yield server
        return
    origin = f"http://127.0.0.1:{port}"
    command = [str(oxigraph_command()), "serve", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}"]
    with _process(command, folder, f"{origin}/query?query=ASK%7B%7D"):
        names = {"POBRATIM_STORE_UPDATE": f"{origin}/update"} if kind == "oxigraph-update" else {}
        yield Server(kind, origin, names)


def free_port() -> int:
    """Return a port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _virtuoso(folder: Path, port: int) -> Iterator[Server]:
    sql = free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(folder=folder, sql=sql, http=port), encoding="ascii")
    command = ["virtuoso-t", "+configfile", str(folder / "virtuoso.ini"), "+foreground", "+wait"]
    url = f"http://127.0.0.1:{port}/sparql"
    with _process(command, folder, f"{url}?query=ASK%7B%7D"):
        grant = f"DB.DBA.USER_CREATE ('{USER}', '{PASSWORD}'); GRANT SPARQL_UPDATE TO \"{USER}\";"
        own = 'SET PASSWORD "dba" "not-the-default";'
        subprocess.run(
            ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={grant} {own}"],
            check=True, capture_output=True, timeout=_PATIENCE,
        )  # fmt: skip
        yield Server("virtuoso", url, {"POBRATIM_STORE_USER": USER, "POBRATIM_STORE_PASSWORD": PASSWORD})


@contextmanager
def _process(command: Sequence[str], folder: Path, probe: str) -> Iterator[None]:
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            _await(probe, process, folder)
            yield
        finally:
            process.kill()
            process.wait()


def _await(probe: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(probe, trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError((folder / "server.log").read_text(encoding="utf-8", errors="replace")[-2000:])


def oxigraph_command() -> Path | None:
    beside = Path(sys.executable).parent / "oxigraph"
    found = shutil.which("oxigraph")
    return beside if beside.is_file() else Path(found) if found else None

"""What a process that reads a store may still do: read there, and nothing else."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pobratim.serving.workers import sandbox
from pobratim.serving.workers.holding import hold
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import MemoryReader

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="system calls are filtered on Linux alone")

_HAS_LANDLOCK = sys.platform == "linux" and ctypes.CDLL(None).syscall(444, None, 0, 1) > 0
"""landlock_create_ruleset(2) with LANDLOCK_CREATE_RULESET_VERSION."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file, and a file beside it."""
    (tmp_path / "beside.txt").write_text("beside", encoding="ascii")
    store = tmp_path / "store"
    store.mkdir()
    (store / "held.txt").write_text("held", encoding="ascii")
    return store


def _told(folder: Path, do: Callable[[], object]) -> str:
    """What becomes of something that a process tries once it may only read below a folder."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            told = "done" if sandbox.reading(folder) and do() is not False else "not kept"
        except OSError as error:
            told = type(error).__name__
        os.write(theirs, told.encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as answer:
        told = answer.read()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    return told


def test_files_below_are_read(folder: Path) -> None:
    assert _told(folder, lambda: (folder / "held.txt").read_text("ascii") == "held") == "done"


@pytest.mark.parametrize(
    "attempt",
    [
        lambda _: socket.socket(),
        lambda _: socket.socketpair(),
        lambda folder: (folder / "new.txt").write_text("x", "ascii"),
        lambda folder: (folder / "held.txt").open("a"),
        lambda folder: (folder / "held.txt").unlink(),
        lambda folder: (folder / "held.txt").rename(folder / "moved.txt"),
        lambda folder: (folder / "held.txt").chmod(0o777),
        lambda folder: os.truncate(folder / "held.txt", 0),
        lambda folder: (folder / "new").mkdir(),
        lambda _: os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {}),
        lambda _: os.kill(os.getppid(), signal.SIGCONT),
    ],
    ids=["socket", "pair", "write", "append", "unlink", "rename", "chmod", "truncate", "mkdir", "program", "signal"],
)
@pytest.mark.parametrize("has_landlock", [True, False])
def test_all_else_is_refused(
    folder: Path, attempt: Callable[[Path], object], has_landlock: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_landlock:
        monkeypatch.setattr(sandbox, "_read_below", lambda *_: None)
    assert _told(folder, lambda: attempt(folder)) == "PermissionError"
    assert (folder / "held.txt").read_text("ascii") == "held"


@pytest.mark.skipif(not _HAS_LANDLOCK, reason="a kernel without Landlock")
def test_files_elsewhere_are_not_read(folder: Path) -> None:
    assert _told(folder, lambda: (folder.parent / "beside.txt").read_text("ascii")) == "PermissionError"
    assert _told(folder, lambda: (folder / ".." / "beside.txt").read_text("ascii")) == "PermissionError"
    assert _told(folder, lambda: Path("/proc/self/environ").read_bytes()) == "PermissionError"


def test_who_answers_from_memory_opens_nothing(folder: Path) -> None:
    script = f"""
import socket
from pobratim.serving.workers import sandbox
sandbox.nothing()
for attempt in (socket.socket, lambda: open({str(folder / "held.txt")!r})):
    try:
        attempt()
    except OSError as error:
        print(error.errno)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["24", "24"]


def test_where_no_filter_is_to_be_had_all_lies_in_memory(
    example_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generation = example_directory / "generations" / f"{GenerationStore(example_directory).generation():06}"
    monkeypatch.setattr("platform.machine", lambda: "unknown")
    held = hold(str(generation), 0, None)
    reader = held.open()
    assert isinstance(reader, MemoryReader)
    assert len(reader) == held.quads == len(GenerationStore(example_directory).open())
    assert held.enclose is sandbox.nothing

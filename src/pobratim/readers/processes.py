"""Run a foreign program within limits; whatever it started ends with it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from types import MappingProxyType

OUTPUT = 200_000_000
"""Bytes that a program may print or write into one file."""
_LOOK = 0.05


class StuckError(Exception):
    """A program that did not go on within its time; it has been ended."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended: its exit code, and what it printed (b"" where that is more than OUTPUT)."""

    code: int
    output: bytes


def run(
    words: Sequence[str],
    seconds: float,
    folder: Path,
    memory: int = 0,
    progress: Callable[[], int] | None = None,
    variables: Mapping[str, str] = MappingProxyType({}),
) -> Ended:
    """Run a program to its end, with ``folder`` as home and working directory.

    It has ``seconds``, counted anew whenever ``progress`` gives another number, and ``memory`` bytes of address space
    (0: any). Of the environment it sees PATH and ``variables``. Raises StuckError when its time is over.
    """
    cpu = 0 if progress else int(seconds)
    environment = (
        {**os.environ} if sys.platform == "win32" else {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
    )
    with TemporaryFile(dir=folder) as printed:
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.DEVNULL, cwd=folder,
            env={**environment, **variables, "HOME": str(folder)}, start_new_session=True,
            preexec_fn=_limits(memory, cpu),
        )  # fmt: skip
        try:
            code = _wait(process, seconds, progress or (lambda: 0))
        finally:
            _end_group(process)
        size = printed.seek(0, os.SEEK_END)
        printed.seek(0)
        return Ended(code, printed.read() if size < OUTPUT else b"")


def _limits(memory: int, cpu: int) -> Callable[[], None] | None:
    """Return what holds a new process to its limits, None on Windows, where time alone holds it."""
    try:
        resource = import_module("resource")
    except ImportError:
        return None
    bounds = {resource.RLIMIT_FSIZE: OUTPUT, resource.RLIMIT_CPU: cpu, resource.RLIMIT_AS: memory}

    def hold() -> None:
        for kind, most in bounds.items():
            if most:
                with suppress(OSError, ValueError):  # macOS knows the last of them by name only
                    resource.setrlimit(kind, (most, most))

    return hold


def _wait(process: subprocess.Popen[bytes], seconds: float, progress: Callable[[], int]) -> int:
    done, since = progress(), time.monotonic()
    while True:
        try:
            return process.wait(_LOOK)
        except subprocess.TimeoutExpired:
            now = progress()
            if now != done:
                done, since = now, time.monotonic()
            elif time.monotonic() - since > seconds:
                raise StuckError from None


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End the program and all it started: LibreOffice's launcher leaves its real process behind."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()

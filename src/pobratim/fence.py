"""A fence round a piece of work: whatever it raises comes back as a value, so that the rest goes on.

This is the only place that catches everything. What people did (PobratimError) and what ends the program (Ctrl+C,
exit) pass through.
"""

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeVar

from pobratim.errors import PobratimError
from pobratim.problems import Problem, Severity

Made = TypeVar("Made")
_PASSING = (PobratimError, KeyboardInterrupt, SystemExit, GeneratorExit)
_OWN = "pobratim"
_STDERR = 2


@dataclass(frozen=True, slots=True)
class Fault:
    """An exception nobody foresaw: its ``kind`` and the ``place`` in our code that tell the maintainers where."""

    kind: str
    place: str
    error: BaseException

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """Return what fills a message about it."""
        return (("kind", self.kind), ("place", self.place))

    def problem(self, code: str, file: str, row: int | None = None, severity: Severity = "error") -> Problem:
        """Return the fault as what is wrong with a file or a row; ``code`` names a message with {kind} and {place}."""
        return Problem(severity, code, file, row, values=self.values)


def attempt(work: Callable[[], Made]) -> Made | Fault:
    """Return what ``work`` returns, or the Fault that it ended in."""
    try:
        return work()
    except _PASSING:
        raise
    except BaseException as error:  # noqa: BLE001 -- panics of Rust libraries are no Exception; this is the fence
        return fault_of(error)


def fault_of(error: BaseException) -> Fault:
    """Return an exception as a Fault; its place is the innermost line of this package, else of any."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _OWN in PurePath(frame.filename).parts]
    last = (own or frames)[-1:]
    place = "".join(f"{'/'.join(PurePath(frame.filename).parts[-2:])}:{frame.lineno}" for frame in last)
    return Fault(type(error).__name__, place or "–", error)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what a library in Rust says of its own panic from the person: it writes to descriptor 2, past Python."""
    if sys.stderr is not None:
        sys.stderr.flush()
    try:
        kept = os.dup(_STDERR)
    except OSError:  # nothing is open there
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STDERR)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)

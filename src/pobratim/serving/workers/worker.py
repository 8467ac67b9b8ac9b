"""A query worker: one process, forked from a zygote that holds the generation, answering one query after another.

What bounds it is the kernel's, since the engine cannot be interrupted (Oxigraph 0.5.13 has no time-out): SIGALRM ends
it at its time, RLIMIT_AS at its memory (a failed allocation aborts), and ``sandbox.py`` keeps it in its store.
"""

import json
import os
import re
import resource
import signal
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from pyoxigraph import QuerySolutions

from pobratim.errors import PobratimError
from pobratim.messages import Language, explain
from pobratim.query.answers import write_result
from pobratim.serving.workers.encodings import COMPRESSORS
from pobratim.serving.workers.wire import CHUNK, COUNT, DATA, END, ERROR, LEAVE, TASK, Frames, Task, frame, task_of
from pobratim.sparql.mistakes import mistake_of
from pobratim.sparql.terms import Term
from pobratim.store.backend import Dataset, QueryResult
from pobratim.store.reader import term_of

_MEGABYTE = 1024 * 1024
_GROWN = 0.5
"""A worker that keeps more than this share of the memory allowed to one query is replaced."""
_COPIED = 96 * _MEGABYTE
"""A worker that has made more of the shared memory its own than this is replaced: each would come to hold it all."""
_QUICK = 0.02
"""Seconds within which no query grows by so much; asking for the size costs a tenth of a small query."""
OUT_OF_MEMORY = 70
"""The exit code of a worker whose allocation failed in Python, where nothing aborts."""


class Asked(Protocol):
    """What a worker asks: a reader of quads in memory, on disk, or behind a URL."""

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, Term] | None = None,
        dataset: Dataset | None = None,
        base: str | None = None,
    ) -> QueryResult:
        """Return the answer to a query."""
        ...


class AnswerTooLargeError(Exception):
    """More bytes than an answer may have."""


class AnswerWriter:
    """A file that the engine writes to: counts, compresses, and sends in chunks."""

    def __init__(self, send: Callable[[bytes], None], encoding: str, most: int) -> None:
        """``send`` takes frames; ``most`` is how many bytes, before compression, may come."""
        self._send, self._compressor, self._left = send, COMPRESSORS[encoding](), most
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        """Take bytes of the answer. Raises AnswerTooLargeError past the limit."""
        self._left -= len(data)
        if self._left < 0:
            raise AnswerTooLargeError
        self._held += self._compressor.compress(bytes(data))
        if len(self._held) >= CHUNK:
            self._send(frame(DATA, bytes(self._held)))
            self._held.clear()
        return len(data)

    def close(self, more: bytes) -> None:
        """Send what is held and the frame ``more`` in one piece."""
        self._held += self._compressor.flush()
        self._send(frame(DATA, bytes(self._held)) + more)

    def flush(self) -> None:
        """Do nothing: chunks go when they are full."""


def work(connection: socket.socket, enclose: Callable[[], object], opened: Callable[[], Asked], memory_mb: int) -> None:
    """Answer tasks until the other side hangs up. Runs in a process of its own, which has one thread.

    ``enclose`` takes from it what it must not reach, ``opened`` gives what it asks.
    """
    own_size = OwnSize()
    copied = Copied()
    enclose()
    reader = opened()
    allowed = _bound(memory_mb, own_size)

    def is_full(seconds: float) -> bool:
        return seconds > _QUICK and ((0 < allowed < own_size()) or copied() > _COPIED)

    frames = Frames()
    while data := connection.recv(CHUNK):
        for kind, payload in frames.feed(data):
            if kind == TASK and _answer(task_of(payload), reader, connection.sendall, is_full):
                return


def _bound(memory_mb: int, own_size: "OwnSize") -> int:
    """Set the limits; return the size in bytes from which on the worker is to be replaced, 0 where unknown."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    size = own_size()
    if size:
        most = size + memory_mb * _MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    return int(size + memory_mb * _MEGABYTE * _GROWN) if size else 0


class OwnSize:
    """Tells how large this process's address space is, also once it may open no files; 0 where the system does not."""

    def __init__(self) -> None:
        """Open what tells it: for each process anew, since a descriptor from before a fork tells of the parent."""
        self._file = os.open("/proc/self/statm", os.O_RDONLY) if Path("/proc/self/statm").exists() else None

    def __call__(self) -> int:
        """Return the size in bytes (Linux, proc(5): the first field of statm, in pages)."""
        if self._file is None:
            return 0
        return int(os.pread(self._file, 64, 0).split()[0]) * resource.getpagesize()


class Copied:
    """Tells how much memory this process has for itself, 0 where the system does not tell.

    To read the engine's quads is to write into the pages they lie in (they are counted), which copies these.
    """

    def __init__(self) -> None:
        """Open what tells it, as ``OwnSize`` does."""
        place = Path("/proc/self/smaps_rollup")
        self._file = os.open(place, os.O_RDONLY) if place.exists() else None

    def __call__(self) -> int:
        """Return the number of bytes; the kernel is asked, which takes milliseconds, only where it can be many."""
        faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        if self._file is None or faults * resource.getpagesize() <= _COPIED:
            return 0
        told = re.search(rb"Private_Dirty: +([0-9]+) kB", os.pread(self._file, 4096, 0))
        return int(told[1]) * 1024 if told else 0


def _answer(task: Task, reader: Asked, send: Callable[[bytes], None], is_full: Callable[[float], bool]) -> bool:
    """Send the answer to a task; return whether it was the last one.

    ``is_full`` tells that of the seconds it took. Who asked is told before the answer ends.
    """
    signal.setitimer(signal.ITIMER_REAL, task.seconds)
    try:
        writer = AnswerWriter(send, task.encoding, task.answer_bytes)
        failure = _failure(task, reader, writer)
        is_last = is_full(task.seconds - signal.getitimer(signal.ITIMER_REAL)[0])
        leave = frame(LEAVE) if is_last else b""
        if failure:
            send(leave + failure)
        else:
            writer.close(leave + frame(END))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return is_last


def _failure(task: Task, reader: Asked, writer: AnswerWriter) -> bytes:
    """Write the answer; return the frame of what went wrong, nothing where nothing did."""
    try:
        _write(_ask(task, reader), task, writer)
    except AnswerTooLargeError:
        return _error("answer-too-large", task.answer_bytes)
    except SyntaxError as error:
        return _error("query-syntax", error, mistake_of(task.sparql, str(error)).to_json())
    except PobratimError as error:
        code = "query-format" if error.code.startswith("format-") else "query-value"
        return _error(code, explain(error, "ru" if task.lang == "ru" else "en"))
    except (RuntimeError, ValueError) as error:
        return _error("query-failed", error)
    except OSError as error:
        return _error("store-unread", error)
    return b""


def _ask(task: Task, reader: Asked) -> QueryResult:
    dataset = None
    if task.default_graphs is not None or task.named_graphs is not None:
        dataset = Dataset(tuple(task.default_graphs or ()), tuple(task.named_graphs or ()))
    bindings = {name: term_of(text) for name, text in task.bindings.items()}
    return reader.query(task.sparql, bindings, dataset, task.base or None)


def _write(result: QueryResult, task: Task, writer: AnswerWriter) -> None:
    if task.format == COUNT:
        writer.write(str(sum(1 for _ in result) if isinstance(result, QuerySolutions) else 1).encode())
        return
    lang: Language = "ru" if task.lang == "ru" else "en"
    write_result(result, task.format, writer, lang, given=task.hidden, context=task.context)  # type: ignore[arg-type]


def _error(code: str, cause: object = "", mistake: Mapping[str, object] | None = None) -> bytes:
    said = {"code": code, "cause": " ".join(str(cause).split())[:500], "mistake": mistake}
    return frame(ERROR, json.dumps(said).encode())

"""The zygote of one generation: loads it once, forks workers that share its memory, tells how they ended.

``python -m pobratim.serving.workers.zygote FD TARGET MEMORY_QUADS MEMORY_MB STATE``: FD is the control socket, TARGET
the folder of a generation or the URL of a store, whose STATE folder may be named. Loading leaves one
thread, so that forking is sound; a fork costs milliseconds where loading a store costs seconds. When the control
socket closes, the zygote ends its workers and itself: nothing outlives the server.

Control messages are of one fixed size. Web process → zygote: ``F`` fork, ``K`` pid: kill that worker. Zygote → web
process: ``R`` ready, with the number of quads (0: unknown), ``E`` could not be opened, ``W`` pid with the
worker's socket attached, ``X`` pid status: ended.
"""

import contextlib
import os
import select
import signal
import socket
import struct
import sys
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

from pobratim.errors import StoreError
from pobratim.ground.lasting import lasting
from pobratim.messages import text
from pobratim.query.answers import write_result
from pobratim.rdf.compact import context
from pobratim.serving.workers.holding import Held, hold
from pobratim.serving.workers.worker import work
from pobratim.sparql.prefixes import prefixes
from pobratim.store.reader import MemoryReader

MESSAGE = struct.Struct("!cIi")
_EVERY_TYPE = """PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT (1 AS ?a) (1.5 AS ?b) (true AS ?c) ("2023-01-27"^^xsd:date AS ?d) ("т" AS ?e) {}"""
_MOST = 2**32 - 1
"""The largest number of quads that a message can tell."""
READY, BROKEN, FORK, KILL, WORKER, EXITED = b"R", b"E", b"F", b"K", b"W", b"X"


class Zygote:
    """Forks, kills and reaps workers on demand of the other side of ``control``."""

    def __init__(self, control: socket.socket, held: Held, work: Callable[..., None]) -> None:
        """Take the control socket, the generation, and what a worker does with it."""
        self._control, self._held, self._work = control, held, work
        self._alive: set[int] = set()
        self._wakeup, self._wakeup_end = socket.socketpair()

    def run(self) -> None:
        """Serve until the control socket closes."""
        self._wakeup.setblocking(False)
        self._wakeup_end.setblocking(False)
        signal.set_wakeup_fd(self._wakeup_end.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._control.sendall(MESSAGE.pack(READY, min(self._held.quads, _MOST), 0))
        while True:
            ready, _, _ = select.select([self._control, self._wakeup], [], [])
            if self._wakeup in ready:
                with contextlib.suppress(BlockingIOError):
                    self._wakeup.recv(4096)
            self._reap()
            if self._control in ready:
                message = _exactly(self._control, MESSAGE.size)
                if not message:
                    break
                self._obey(*MESSAGE.unpack(message))
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.set_wakeup_fd(-1)
        for pid in self._alive:
            os.kill(pid, signal.SIGKILL)

    def _obey(self, kind: bytes, pid: int, status: int) -> None:
        del status
        if kind == FORK:
            self._fork()
        elif kind == KILL and pid in self._alive:
            # Not reaped yet, so the number is still this worker's.
            os.kill(pid, signal.SIGKILL)

    def _fork(self) -> None:
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            self._become_worker(ours, theirs)
        theirs.close()
        self._alive.add(pid)
        socket.send_fds(self._control, [MESSAGE.pack(WORKER, pid, 0)], [ours.fileno()])
        ours.close()

    def _become_worker(self, ours: socket.socket, theirs: socket.socket) -> None:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for end in (ours, self._control, self._wakeup, self._wakeup_end):
                end.close()
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the engine prints its abort there
            self._work(theirs, self._held.enclose, self._held.open)
            code = 0
        finally:
            os._exit(code)

    def _reap(self) -> None:
        while self._alive:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._alive.discard(pid)
            with contextlib.suppress(BrokenPipeError):
                self._control.sendall(MESSAGE.pack(EXITED, pid, os.waitstatus_to_exitcode(status)))


def warm_up() -> None:
    """Import and read whatever a worker may need: it opens no files, and so no modules and no messages."""
    write_result(MemoryReader().query(_EVERY_TYPE), "xlsx", BytesIO(), "ru")
    prefixes()
    context()
    text("query-parameter-value", "ru", name="", value="")  # and with it all messages


def _exactly(source: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        try:
            more = source.recv(size - len(data))
        except ConnectionResetError:  # closed with a message of ours unread
            more = b""
        if not more:
            return b""
        data += more
    return data


def main(arguments: list[str]) -> int:
    """Open the generation and serve. Returns 4 where it cannot be opened, after saying so on the control socket."""
    descriptor, target, memory_quads, memory_mb, state = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=int(descriptor))
    try:
        with lasting():  # what workers share no collector looks through, which would copy it
            held = hold(target, int(memory_quads), Path(state) if state else None)
            warm_up()
    except StoreError:
        control.sendall(MESSAGE.pack(BROKEN, 0, 0))
        return 4
    Zygote(control, held, partial(work, memory_mb=int(memory_mb))).run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

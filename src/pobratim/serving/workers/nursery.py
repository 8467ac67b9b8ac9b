"""The web process's side of a zygote: start one for a generation, ask it for workers, learn how they ended."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pobratim.errors import StoreError
from pobratim.serving.settings import ServerSettings
from pobratim.serving.workers.zygote import BROKEN, EXITED, FORK, KILL, MESSAGE, READY, WORKER

_STATUS_SECONDS = 2.0
"""How long to wait for the zygote's word on how a worker ended; it comes at once where the zygote lives."""


class Nursery:
    """One zygote process and its workers."""

    def __init__(self, target: str, control: socket.socket, process: subprocess.Popen[bytes]) -> None:
        """Wrap a started process; use ``start``."""
        self.target = target
        self.quads = 0
        """How many quads the generation holds; known once the zygote is ready."""
        self._control, self._process = control, process
        self._loop = asyncio.get_running_loop()
        self._ready: asyncio.Future[None] = self._loop.create_future()
        self._wanted: deque[asyncio.Future[tuple[int, socket.socket]]] = deque()
        self._exits: dict[int, asyncio.Future[int]] = {}
        self._gone = False
        self.on_gone: Callable[[], None] = lambda: None
        """Called once where the zygote ends by itself."""
        self._loop.add_reader(control.fileno(), self._receive)

    @classmethod
    async def start(cls, target: str | Path, settings: ServerSettings, state: Path | None = None) -> "Nursery":
        """Return a nursery whose zygote holds the generation in the folder ``target``, or asks the store at that URL.

        Raises StoreError where it cannot.
        """
        ours, theirs = socket.socketpair()
        command = [
            *(sys.executable, "-m", "pobratim.serving.workers.zygote", str(theirs.fileno()), str(target)),
            *(str(settings.memory_quads), str(settings.limits.memory_mb), str(state or "")),
        ]
        # A session of its own: an interrupt from the terminal reaches the web process alone, which ends in order.
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], start_new_session=True)
        theirs.close()
        ours.setblocking(False)
        nursery = cls(str(target), ours, process)
        try:
            await nursery._ready
        except BaseException:
            nursery.close()
            raise
        return nursery

    @property
    def alive(self) -> bool:
        """Tell whether the zygote still runs."""
        return not self._gone and self._process.poll() is None

    async def fork(self) -> tuple[int, socket.socket]:
        """Return process number and socket of a new worker. Raises ConnectionError where the zygote has gone."""
        future: asyncio.Future[tuple[int, socket.socket]] = self._loop.create_future()
        self._wanted.append(future)
        try:
            self._control.send(MESSAGE.pack(FORK, 0, 0))
        except OSError as error:
            self._wanted.remove(future)
            raise ConnectionError(str(error)) from error
        return await future

    def kill(self, pid: int) -> None:
        """End a worker at once; one that has ended already is no fault."""
        try:
            self._control.send(MESSAGE.pack(KILL, pid, 0))
        except OSError:
            with suppress(ProcessLookupError):  # the zygote has gone; who calls still has the worker's open socket
                os.kill(pid, signal.SIGKILL)

    async def status(self, pid: int) -> int:
        """Return how a worker ended: its exit code, or the negative number of the signal; 0 where nobody knows."""
        try:
            seconds = 0 if self._gone else _STATUS_SECONDS
            return await asyncio.wait_for(asyncio.shield(self._exit(pid)), seconds)
        except TimeoutError:
            return 0
        finally:
            self._exits.pop(pid, None)

    def close(self) -> None:
        """End the zygote and all its workers."""
        self._loop.remove_reader(self._control.fileno())
        self._control.close()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._fail(ConnectionError("closed"))

    def _exit(self, pid: int) -> asyncio.Future[int]:
        return self._exits.setdefault(pid, self._loop.create_future())

    def _receive(self) -> None:
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, MESSAGE.size, 1)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if len(data) < MESSAGE.size:
            self._gone = True
            self._loop.remove_reader(self._control.fileno())
            self._fail(ConnectionError("the zygote ended"))
            self.on_gone()
            return
        kind, pid, status = MESSAGE.unpack(data)
        if kind == READY and not self._ready.done():
            self.quads = pid
            self._ready.set_result(None)
        elif kind == BROKEN and not self._ready.done():
            self._ready.set_exception(StoreError("store-broken", store=self.target, cause="zygote"))
        elif kind == WORKER:
            self._deliver(pid, socket.socket(fileno=descriptors[0]))
        elif kind == EXITED:
            future = self._exit(pid)
            if not future.done():
                future.set_result(status)

    def _deliver(self, pid: int, connection: socket.socket) -> None:
        connection.setblocking(False)
        future = self._wanted.popleft()
        if future.cancelled():
            connection.close()
        else:
            future.set_result((pid, connection))

    def _fail(self, error: ConnectionError) -> None:
        if not self._ready.done():
            self._ready.set_exception(StoreError("store-broken", store=self.target, cause=error))
        while self._wanted:
            future = self._wanted.popleft()
            if not future.done():
                future.set_exception(error)

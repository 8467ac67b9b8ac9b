"""Hands queries to workers: how many at once, who waits, who is stopped, and what the client is told.

Short queries never wait for long ones: a query that has run for ``long_after`` seconds moves to the places of the long,
and is stopped where those are taken, all or by the same client. So one client's storm costs others a second at most.
"""

import asyncio
import json
import logging
import os
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from pobratim.serving.settings import Limits
from pobratim.serving.workers.answers import Answer
from pobratim.serving.workers.nursery import Nursery
from pobratim.serving.workers.refusal import RefusedError, syntax_refusal
from pobratim.serving.workers.wire import DATA, END, ERROR, LEAVE, Frames, Task
from pobratim.serving.workers.worker import OUT_OF_MEMORY
from pobratim.sparql.mistakes import Mistake, failure_told

_log = logging.getLogger("pobratim.serving")
_GRACE = 2.0
"""Seconds after its time in which the kernel should have ended a worker; then its zygote is asked to."""
_NICER = 10
"""Long queries yield the processor to short ones."""
_MEMORY_SIGNALS = {-signal.SIGABRT, -signal.SIGBUS, OUT_OF_MEMORY}
"""How a worker ends that could not have more memory: the engine aborts."""
_STACK_SIGNAL = -signal.SIGSEGV
"""How it ends where its stack does: the engine reads and evaluates by recursion."""
_EARLY = 0.5
"""Share of its time after which a query whose worker ended of unknown cause is not asked once more."""
_RETRY = 5


def unheard(reason: str) -> None:
    """Take the word of how a worker ended, and do nothing."""
    del reason


class Connection(asyncio.Protocol):
    """The web process's end of one worker's socket; at most one task at a time."""

    def __init__(self, load: "Load") -> None:
        """Begin without a task; ``load`` counts the worker while the connection is open."""
        self._load = load
        self.transport: asyncio.Transport | None = None
        self.open = True
        self.leaving = False
        """Whether the worker takes no more tasks."""
        self._frames = Frames()
        self._answer = Answer()
        self._done: asyncio.Future[Answer] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = transport  # type: ignore[assignment]
        self._load.workers += 1

    def ask(self, task: Task) -> asyncio.Future[Answer]:
        """Send a task. The future raises ConnectionError where the worker ends, RefusedError where the query fails."""
        assert self.transport is not None
        self._answer, self._done = Answer(), asyncio.get_running_loop().create_future()
        self.transport.write(task.to_bytes())
        return self._done

    def data_received(self, data: bytes) -> None:
        """Take frames of the answer."""
        for kind, payload in self._frames.feed(data):
            if kind == DATA:
                self._answer.add(payload)
            elif kind == LEAVE:
                self.leaving = True
            elif self._done is not None and not self._done.done():
                if kind == END:
                    self._done.set_result(self._answer)
                elif kind == ERROR:
                    self._answer.close()
                    self._done.set_exception(_failure(payload))

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits that the worker has ended."""
        self.open = False
        self._load.workers -= 1
        if self._done is not None and not self._done.done():
            self._answer.close()
            self._done.set_exception(ConnectionError(str(exc or "the worker ended")))

    def close(self) -> None:
        """Hang up, which ends an idle worker."""
        if self.transport is not None:
            self.transport.close()


@dataclass(slots=True)
class Worker:
    """One worker process; ``tired`` and ``doomed`` ones are not used again."""

    pid: int
    connection: Connection
    nursery: Nursery
    tired: bool = False
    doomed: bool = False
    """Told to end, which it may not have done yet."""
    stopped_by: RefusedError | None = None


@dataclass(slots=True)
class Load:
    """What runs and waits, for limits and metrics; ``workers`` are the processes.

    ``clients`` counts queries by client, ``long_clients`` long ones.
    """

    running: int = 0
    waiting: int = 0
    long: int = 0
    workers: int = 0
    clients: Counter[str] = field(default_factory=Counter)
    long_clients: Counter[str] = field(default_factory=Counter)


class Pool:
    """The workers of the current generation, and of former ones until their last query ends."""

    def __init__(self, limits: Limits, on_end: Callable[[str], None] = unheard) -> None:
        """``on_end`` is told how each worker ended that did not end in peace: the reasons of docs/server.md."""
        self.load = Load()
        self._limits, self._on_end = limits, on_end
        self._places = asyncio.Semaphore(limits.running)
        self._nursery: Nursery | None = None
        self._idle: list[Worker] = []
        self._busy: Counter[Nursery] = Counter()
        self._switched = asyncio.Event()
        """Set whenever there is another nursery, for those who wait for one."""

    async def switch(self, nursery: Nursery) -> None:
        """Send queries to ``nursery`` from now on; the former one ends with its last query."""
        first = await self._hire(nursery)
        former, self._nursery = self._nursery, nursery
        self._switched.set()
        self._switched = asyncio.Event()
        idle, self._idle = self._idle, [first]
        for worker in idle:
            worker.connection.close()
        if former is not None and not self._busy[former]:
            former.close()

    async def run(self, task: Task, client: str) -> Answer:
        """Return the answer to a task. Raises RefusedError for every way in which it may fail."""
        self._admit(client)
        self.load.clients[client] += 1
        try:
            await self._wait()
            try:
                return await self._run(task, client)
            finally:
                self._places.release()
                self.load.running -= 1
        finally:
            _less(self.load.clients, client)

    async def close(self) -> None:
        """End all workers."""
        for worker in self._idle:
            worker.connection.close()
        if self._nursery is not None:
            self._nursery.close()

    def _admit(self, client: str) -> None:
        limits = self._limits
        if self.load.clients[client] >= limits.waiting_a_client:
            raise RefusedError(
                429,
                "client-busy",
                {"limit": limits.waiting_a_client},
                ("waiting_a_client", limits.waiting_a_client),
                _RETRY,
            )
        if self.load.waiting >= limits.waiting:
            raise RefusedError(503, "server-busy", {}, ("waiting", limits.waiting), _RETRY)

    async def _wait(self) -> None:
        self.load.waiting += 1
        try:
            if self._places.locked():
                await asyncio.wait_for(self._places.acquire(), self._limits.waiting_seconds)
            else:
                await self._places.acquire()
        except TimeoutError:
            seconds = self._limits.waiting_seconds
            raise RefusedError(503, "server-busy", {}, ("waiting_seconds", seconds), _RETRY) from None
        finally:
            self.load.waiting -= 1
        self.load.running += 1

    async def _run(self, task: Task, client: str) -> Answer:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            return await self._attempt(task, client)
        except RefusedError as error:
            # Whatever ended an idle worker, another one answers.
            if error.code != "worker-lost" or loop.time() - began > task.seconds * _EARLY:
                raise
            return await self._attempt(task, client)

    async def _attempt(self, task: Task, client: str) -> Answer:
        worker = await self._worker()
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            return await self._supervise(worker, task, client)
        except ConnectionError:
            raise await self._how_it_ended(worker, task, loop.time() - began) from None
        finally:
            self._give_back(worker)

    async def _worker(self) -> Worker:
        """Return a worker; its nursery counts as busy from here to ``_give_back``."""
        while self._idle:
            worker = self._idle.pop()
            if worker.connection.open:
                self._busy[worker.nursery] += 1
                return worker
        try:
            async with asyncio.timeout(self._limits.waiting_seconds):
                while True:
                    switched, hired = self._switched, await self._hired()
                    if hired is not None:
                        return hired
                    await switched.wait()  # the zygote has gone, and another one is being started
        except TimeoutError:
            raise RefusedError(503, "no-store", retry_after=_RETRY) from None

    async def _hired(self) -> Worker | None:
        """Return a new worker, whose nursery counts as busy, or None where no zygote lives to make one."""
        nursery = self._nursery
        if nursery is None:
            return None
        self._busy[nursery] += 1
        hired = None
        try:
            hired = await self._hire(nursery)
        except ConnectionError:
            return None
        finally:
            if hired is None:
                self._leave(nursery)
        return hired

    async def _hire(self, nursery: Nursery) -> Worker:
        pid, connection = await nursery.fork()
        _, protocol = await asyncio.get_running_loop().create_connection(
            partial(Connection, self.load), sock=connection
        )
        return Worker(pid, protocol, nursery)

    async def _supervise(self, worker: Worker, task: Task, client: str) -> Answer:
        """Wait for the answer; on the way turn the query into a long one, and end it where the kernel did not."""
        answer = worker.connection.ask(task)
        loop = asyncio.get_running_loop()
        turn = loop.call_later(self._limits.long_after, self._turn_long, worker, client)
        overdue = loop.call_later(task.seconds + _GRACE, self._stop, worker, None)
        try:
            return await answer
        except asyncio.CancelledError:
            self._stop(worker, None)
            self._on_end("left")
            raise
        finally:
            turn.cancel()
            overdue.cancel()
            if worker.tired and worker.stopped_by is None:
                self.load.long -= 1
                _less(self.load.long_clients, client)

    def _turn_long(self, worker: Worker, client: str) -> None:
        limits, load = self._limits, self.load
        if load.long_clients[client] >= limits.long_queries_a_client:
            limit = ("long_queries_a_client", limits.long_queries_a_client)
            self._stop(worker, RefusedError(429, "client-long", {"limit": limit[1]}, limit, _RETRY))
        elif load.long >= limits.long_queries:
            limit = ("long_queries", limits.long_queries)
            self._stop(worker, RefusedError(503, "server-long", {"limit": limit[1]}, limit, _RETRY))
        else:
            load.long += 1
            load.long_clients[client] += 1
            worker.tired = True  # it cannot be made less nice again
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, worker.pid, _NICER)

    def _stop(self, worker: Worker, reason: RefusedError | None) -> None:
        worker.stopped_by = worker.stopped_by or reason
        worker.doomed = True
        worker.nursery.kill(worker.pid)

    async def _how_it_ended(self, worker: Worker, task: Task, seconds: float) -> RefusedError:
        status = await worker.nursery.status(worker.pid)
        if worker.stopped_by is not None:
            self._on_end("busy")
            return worker.stopped_by
        # Without a zygote nobody knows how a worker ended, but for the clock.
        is_over = status == 0 and seconds >= task.seconds
        if status == -signal.SIGALRM or is_over or (status == -signal.SIGKILL and worker.doomed):
            self._on_end("time")
            return RefusedError(503, "time-over", {"limit": f"{task.seconds:g}"}, ("seconds", task.seconds))
        if status == -signal.SIGKILL:
            self._on_end("killed")
            return RefusedError(503, "worker-killed", retry_after=_RETRY)
        if status == _STACK_SIGNAL:
            self._on_end("stack")
            return RefusedError(503, "query-too-complex")
        if status in _MEMORY_SIGNALS:
            self._on_end("memory")
            limit = self._limits.memory_mb
            return RefusedError(503, "memory-over", {"limit": limit}, ("memory_mb", limit))
        self._on_end("lost")
        return RefusedError(503, "worker-lost", retry_after=_RETRY)

    def _give_back(self, worker: Worker) -> None:
        is_used_up = worker.tired or worker.doomed or worker.connection.leaving
        if worker.nursery is self._nursery and worker.connection.open and not is_used_up:
            self._idle.append(worker)
        else:
            worker.connection.close()
        self._leave(worker.nursery)

    def _leave(self, nursery: Nursery) -> None:
        """Count one query less; the last one of a former generation ends it."""
        self._busy[nursery] -= 1
        if not self._busy[nursery]:
            del self._busy[nursery]
            if nursery is not self._nursery:
                nursery.close()


def _failure(payload: bytes) -> RefusedError:
    found = json.loads(payload)
    if found["code"] == "answer-too-large":
        most = int(found["cause"]) // 1_000_000
        return RefusedError(503, "answer-too-large", {"limit": most}, ("answer_mb", most))
    if found["code"] == "store-unread":
        _log.warning("store-unread", extra={"cause": found["cause"]})
        return RefusedError(503, "store-unread", retry_after=_RETRY)
    if found.get("mistake"):
        return syntax_refusal(Mistake.from_json(found["mistake"]))
    status = 406 if found["code"] == "query-format" else 400
    return RefusedError(status, found["code"], {"cause": failure_told(found["cause"])})


def _less(counter: Counter[str], key: str) -> None:
    counter[key] -= 1
    if counter[key] <= 0:
        del counter[key]

"""What editors set going: pieces of work in processes of their own, those that write one after the other.

Who sets one going waits for it a while; what takes longer has a page that tells how far it is.
"""

import asyncio
import json
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from pobratim.serving.workers.modules import Ready

_log = logging.getLogger("pobratim.serving")
_SECONDS = {"read": 180.0, "preview": 600.0, "accept": 3600.0, "undo": 3600.0, "decide": 3600.0}
"""After so long a piece of work is ended."""
_WAIT = 20.0
"""Seconds for which a request waits for what it set going."""
_KEPT = 200
"""Pieces of work that are remembered."""
State = Literal["waiting", "running", "done", "refused", "overtaken", "locked", "failed"]
WRITES = ("accept", "undo", "decide")


@dataclass(slots=True)
class Work:
    """One piece of work: what was asked, by whom and when, and what came of it.

    ``seconds`` is how long it took until its effect could be seen; ``form`` is the form that set it going.
    """

    id: str
    task: str
    author: str
    asked: dict[str, Any]
    began: datetime
    form: tuple[tuple[str, str], ...] = ()
    state: State = "waiting"
    answer: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    running: asyncio.Task[None] | None = None

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will come of it."""
        return self.state not in ("waiting", "running")


class Works:
    """The pieces of work of one server."""

    def __init__(self, store: str, base: str, refresh: Callable[[], Awaitable[object]]) -> None:
        """``store`` is the directory, ``base`` what its IRIs begin with if it is begun; ``refresh`` takes up a new
        generation."""
        self._refresh, self._base = refresh, base
        self._process = Ready("editing", store)
        self._known: dict[str, Work] = {}
        self._writing, self._reading = asyncio.Lock(), asyncio.Semaphore(1)

    def start(self) -> None:
        """Have a process ready for the first piece of work."""
        self._process.start()

    def find(self, work: str) -> Work | None:
        """Return a piece of work, None for one that is not known (any more)."""
        return self._known.get(work)

    def before(self, work: Work) -> int:
        """Return how many others run or wait before one that waits."""
        others = [
            one for one in self._known.values() if not one.is_over and (one.task in WRITES) == (work.task in WRITES)
        ]
        return others.index(work) if work in others else 0

    def of_draft(self, draft: str) -> Work | None:
        """Return the last piece of work on a draft."""
        return next((one for one in reversed(self._known.values()) if one.asked.get("draft") == draft), None)

    def begin(
        self, task: str, author: str, now: datetime, form: tuple[tuple[str, str], ...] = (), /, **asked: Any
    ) -> Work:
        """Set a piece of work going."""
        asked = {**asked, "author": author, "time": now.isoformat(timespec="seconds")}
        work = Work(secrets.token_urlsafe(9), task, author, asked, now, form)
        self._known[work.id] = work
        while len(self._known) > _KEPT and next(iter(self._known.values())).is_over:
            self._known.pop(next(iter(self._known)))
        work.running = asyncio.create_task(self._run(work))
        return work

    async def attend(self, work: Work, seconds: float = _WAIT) -> Work:
        """Wait for a piece of work, but not for ever."""
        if work.running is not None:
            await asyncio.wait({work.running}, timeout=seconds)
        return work

    async def close(self) -> None:
        """End what runs."""
        running = [work.running for work in self._known.values() if work.running is not None]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await self._process.close()

    async def _run(self, work: Work) -> None:
        began = time.monotonic()
        async with self._writing if work.task in WRITES else self._reading:
            work.state = "running"
            try:
                answer = await asyncio.wait_for(self._answer(work), _SECONDS[work.task])
                work.answer, state = answer, answer["state"]
                if state == "done" and work.task in WRITES:
                    await self._refresh()
            except (TimeoutError, ValueError, LookupError) as error:
                _log.warning("editing-failed", extra={"task": work.task, "cause": type(error).__name__})
                state = "failed"
        work.seconds, work.state = time.monotonic() - began, state

    async def _answer(self, work: Work) -> dict[str, Any]:
        told = json.dumps({**work.asked, "task": work.task, "base": self._base}, ensure_ascii=False).encode()
        code, said = await self._process.printed(told)
        if code:
            raise ValueError(code)
        found: dict[str, Any] = json.loads(said)
        return found

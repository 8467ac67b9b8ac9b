"""The data behind all pages: the current generation, the workers that query it, the answers kept of it."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from pobratim.errors import StoreError
from pobratim.serving.settings import ServerSettings
from pobratim.serving.workers.answers import Answer
from pobratim.serving.workers.cache import AnswerCache
from pobratim.serving.workers.empty import EmptyOrigin
from pobratim.serving.workers.exploring import Exploring
from pobratim.serving.workers.federation import Federation
from pobratim.serving.workers.nursery import Nursery
from pobratim.serving.workers.origin import Found, origin_of
from pobratim.serving.workers.pool import Load, Pool, unheard
from pobratim.serving.workers.served import Served
from pobratim.serving.workers.using import Using
from pobratim.serving.workers.wire import Task
from pobratim.site.asking import Once
from pobratim.store.opening import is_url

_log = logging.getLogger("pobratim.serving")
_SETTLING = 60.0
"""Seconds that a new generation waits for its explorer while the former one is served whole: making the index takes
seconds at ten thousand rows, and pages would answer 503 meanwhile."""


class Engine(Protocol):
    """What pages need of the data, wherever they lie."""

    settings: ServerSettings
    cache: AnswerCache
    federation: Federation
    once: Once
    exploring: Exploring
    using: Using

    @property
    def served(self) -> Served:
        """Return the generation served now."""

    @property
    def load(self) -> Load:
        """Return what runs and waits."""

    @property
    def ready(self) -> bool:
        """Tell whether queries can be asked now."""

    async def run(self, task: Task, client: str) -> Answer:
        """Return the answer to a query. Raises RefusedError."""


class StoreEngine:
    """A store, served by worker processes; a new generation is taken up while the former still answers."""

    def __init__(
        self,
        store: str,
        settings: ServerSettings,
        state: Path | None = None,
        on_end: Callable[[str], None] = unheard,
    ) -> None:
        """``store`` and ``state`` are those of the command line. Nothing starts before ``start``.

        ``on_end`` is told of workers that were ended (see ``Pool``).
        """
        # What editors write lies beside a directory; a store behind a URL has none.
        self.settings = replace(settings, editor_token="", editors={}) if is_url(store) else settings
        self.cache = AnswerCache(settings.limits.cache_mb * 1_000_000)
        self.federation = Federation(settings.services, settings.limits)
        self.once = Once()
        self.exploring = Exploring(store, state, settings.home)
        self.using = Using(store, state)
        self.switched: list[Callable[[Served], None]] = []
        """Called with each new generation, after it is served."""
        self.store, self.state = store, state
        self._origin, self._empty = origin_of(store, state), EmptyOrigin(settings.base)
        self._pool = Pool(settings.limits, on_end)
        self._served: Served | None = None
        self._nursery: Nursery | None = None
        self._refreshing = asyncio.Lock()
        self._look = asyncio.Event()
        """Set where the store is to be looked at now: the processes have ended."""
        self._watcher: asyncio.Task[None] | None = None

    @property
    def served(self) -> Served:
        """Return the generation served now. Raises StoreError before ``start``."""
        if self._served is None:
            raise StoreError("store-empty", store=self.store)
        return self._served

    @property
    def load(self) -> Load:
        """Return what runs and waits."""
        return self._pool.load

    @property
    def ready(self) -> bool:
        """Tell whether a generation is served and its processes run."""
        return self._served is not None and self._nursery is not None and self._nursery.alive

    async def run(self, task: Task, client: str) -> Answer:
        """Return the answer to a query. Raises RefusedError."""
        return await self._pool.run(task, client)

    async def start(self) -> None:
        """Open the current generation, an empty one where nothing is loaded yet, and watch for the next.

        Raises StoreError where what there is cannot be opened.
        """
        await self.refresh()
        self._watcher = asyncio.create_task(self._watch())

    async def refresh(self, is_settled: bool = False) -> Served | None:
        """Take up the current generation if it is new, or if its processes have ended. Raises StoreError.

        ``is_settled``: only once its explorer can be asked as well.
        """
        async with self._refreshing:
            found = await self._current()
            if found is None:
                return self._served
            alive = self._nursery is not None and self._nursery.alive
            if self._served is not None and found.tag == self._served.tag and alive:
                return self._served
            if self._served is not None and found.tag != self._served.tag:
                self.exploring.begin(Served(found.number, found.tag, store=found.store))
            nursery = await Nursery.start(found.target, self.settings, self.state)
            nursery.on_gone = self._look.set
            if alive and is_settled:
                await self.exploring.made_ahead(found.tag, _SETTLING, self._look)
            await self._pool.switch(nursery)
            self._nursery = nursery
            self._served = Served(
                found.number, found.tag, found.base, found.manifest, found.modified, nursery.quads, found.store
            )
            self.cache.clear()
            _log.info("generation", extra={"generation": self._served.number})
            for told in self.switched:
                told(self._served)
            return self._served

    async def close(self) -> None:
        """End all processes."""
        if self._watcher is not None:
            self._watcher.cancel()
            with suppress(asyncio.CancelledError):
                await self._watcher
        await self.exploring.close()
        await self.federation.close()
        await self._pool.close()
        self._empty.close()

    async def _current(self) -> Found | None:
        """Return what is to be served: what is loaded, an empty generation until something is; None to go on as is."""
        found = await asyncio.to_thread(self._origin.current)
        if found is not None or (self._served is not None and not self._served.store):
            return found
        return await self._empty.current()

    async def _watch(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._look.wait(), self.settings.poll_seconds)
            self._look.clear()
            try:
                await self.refresh(is_settled=True)
            except (StoreError, OSError, ValueError, ConnectionError) as error:
                # What is served goes on; the store may be whole again at the next look.
                _log.warning("generation-failed", extra={"cause": str(error)})

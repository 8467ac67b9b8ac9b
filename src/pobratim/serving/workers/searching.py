"""The search index behind ``/search``: made by a process of its own for each generation, opened beside the pages."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from pobratim.messages import Language
from pobratim.search import Hit, SearchIndex
from pobratim.serving.workers.modules import printed_by
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.served import Served, beside
from pobratim.store.generations import SEARCH

_log = logging.getLogger("pobratim.serving")
_RETRY = 5
_WAIT = 10.0
"""Seconds that whoever needs names waits for the first index."""


class Searching:
    """The index of the generation served; until that of a new one is made, the former answers."""

    def __init__(self, store: str, state: Path | None) -> None:
        """``store`` and ``state`` are those of the command line; nothing starts before ``take_up``."""
        self._store, self._state = store, state
        self._spare = TemporaryDirectory(prefix="pobratim-search-")
        self._index: SearchIndex | None = None
        self._making: asyncio.Task[None] | None = None

    def take_up(self, served: Served) -> None:
        """Begin to make the index of a generation, in the background."""
        if self._making is not None:
            self._making.cancel()
        self._making = asyncio.get_running_loop().create_task(self._make(served))

    async def first(self) -> None:
        """Wait until the first index is made, or could not be: so that a server that answers also finds."""
        if self._making is not None:
            with suppress(OSError):
                await asyncio.shield(self._making)

    async def find(self, query: str, limit: int, types: Sequence[str], lang: Language) -> list[Hit]:
        """Return what is found, best first. Raises RefusedError 503 where the first index takes too long to make."""
        index, _ = await self.index()
        return await asyncio.to_thread(index.find, query, limit=limit, types=tuple(types), lang=lang)

    async def index(self) -> tuple[SearchIndex, bool]:
        """Return the index, and whether it is that of the generation served before while the new one is made.

        The first is waited for. Raises RefusedError 503 where it does not come.
        """
        if self._index is None and self._making is not None:
            await asyncio.wait({self._making}, timeout=_WAIT)
        if self._index is None:
            raise self.refusal()
        return self._index, self._making is not None and not self._making.done()

    @staticmethod
    def refusal() -> RefusedError:
        """Return the refusal of what needs names that are still being read."""
        return RefusedError(503, "search-making", retry_after=_RETRY)

    async def close(self) -> None:
        """Stop what is being made and remove what was made for this server alone."""
        if self._making is not None:
            self._making.cancel()
            with suppress(asyncio.CancelledError):
                await self._making
        self._spare.cleanup()

    async def _make(self, served: Served) -> None:
        store, spare = served.store or self._store, Path(self._spare.name) / served.tag
        kept = await asyncio.to_thread(_kept, beside(store, SEARCH, served.number))
        if kept is not None:
            self._index = kept
            _log.info("search-ready", extra={"generation": served.number})
            return
        about = (store, str(self._state or ""), str(served.number))
        code, said = await printed_by("search", *about, str(spare))
        if code:
            _log.warning("search-failed", extra={"generation": served.number, "cause": code})
            return
        self._index = await asyncio.to_thread(SearchIndex.open, Path(said))
        _log.info("search-ready", extra={"generation": served.number})


def _kept(folder: Path | None) -> SearchIndex | None:
    """Return the index that was made before, None where there is none: a process to look for it takes half a second."""
    try:
        return SearchIndex.open(folder) if folder is not None else None
    except FileNotFoundError:
        return None

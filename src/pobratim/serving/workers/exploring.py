"""The index of the explorer: made by a process of its own for each generation, opened in the web process."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from pobratim.explore import Index
from pobratim.explore.grounds import slots_of
from pobratim.explore.home import names_in
from pobratim.explore.index_file import FILE, is_current
from pobratim.explore.start import start_of
from pobratim.explore.ties import strongest
from pobratim.serving.workers.modules import printed_by
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.served import Served, beside
from pobratim.store.generations import TABLES

T = TypeVar("T")

_log = logging.getLogger("pobratim.serving")
_WAIT = 8.0
"""Seconds that a request waits for the index of its generation."""
_RETRY = 5


class Exploring:
    """The index of the generation served: what is asked of one generation is never answered of another."""

    def __init__(self, store: str, state: Path | None, home: str) -> None:
        """``store`` and ``state`` are those of the command line, ``home`` the setting; nothing starts before
        ``take_up``."""
        self._store, self._state = store, state
        self._home = names_in(home)
        self._spare = TemporaryDirectory(prefix="pobratim-explorer-")
        self._served: Served | None = None
        self._making: asyncio.Task[Index] | None = None
        self._ahead: tuple[str, asyncio.Task[Index]] | None = None
        """The tag of a generation that is not served yet, and the making of its index."""

    def begin(self, served: Served) -> None:
        """Begin to make the index of a generation that will be served, in the background."""
        if self._ahead is not None and self._ahead[0] == served.tag:
            return
        self._drop_ahead()
        self._ahead = served.tag, asyncio.get_running_loop().create_task(self._make(served))
        self._ahead[1].add_done_callback(_heard)

    def take_up(self, served: Served) -> None:
        """Answer of the index of a generation from now on, made in the background unless that has begun."""
        if self._making is not None:
            self._making.cancel()
        self._served = served
        self.begin(served)
        assert self._ahead is not None
        self._making, self._ahead = self._ahead[1], None

    async def made_ahead(self, tag: str, seconds: float, hurry: asyncio.Event) -> None:
        """Wait for the index of a generation that has begun, so long at most, or until there is cause to hurry."""
        if self._ahead is not None and self._ahead[0] == tag:
            called = asyncio.ensure_future(hurry.wait())
            await asyncio.wait({self._ahead[1], called}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            called.cancel()

    def _drop_ahead(self) -> None:
        if self._ahead is not None:
            self._ahead[1].cancel()
            self._ahead = None

    async def explored(self, ask: Callable[[Index], T]) -> T:
        """Return what ``ask`` finds in the index, in a thread.

        Raises RefusedError 503 where the index takes longer to make than one may wait, 500 where it cannot be made, and
        whatever ``ask`` raises.
        """
        return await asyncio.to_thread(ask, await self.index())

    async def index(self) -> Index:
        """Return the index of the generation served. Raises RefusedError as ``explored`` does."""
        making = self._making
        if making is None:
            raise RefusedError(503, "explorer-making", retry_after=_RETRY)
        done, _ = await asyncio.wait({making}, timeout=_WAIT)
        if making is not self._making:  # a new generation came meanwhile
            return await self.index()
        if not done:
            raise RefusedError(503, "explorer-making", retry_after=_RETRY)
        index = making.result()
        if self._served is not None and not index.file.is_file():  # somebody removed it: another thread opens no more
            self.take_up(self._served)
            return await self.index()
        return index

    async def close(self) -> None:
        """Stop what is being made and remove what was made for this server alone."""
        self._drop_ahead()
        try:
            if self._making is not None:
                self._making.cancel()
                with suppress(asyncio.CancelledError, RefusedError):
                    await self._making
        finally:
            self._spare.cleanup()

    async def _make(self, served: Served) -> Index:
        store = served.store or self._store
        file = await asyncio.to_thread(_kept, beside(store, TABLES, served.number))
        index = await asyncio.to_thread(_opened, file or await self._made(store, served), self._home)
        if index.home.unknown:
            _log.warning("home-unknown", extra={"names": ", ".join(index.home.unknown)})
        _log.info("explorer-ready", extra={"generation": served.number})
        return index

    async def _made(self, store: str, served: Served) -> Path:
        spare = Path(self._spare.name) / served.tag
        about = (store, str(self._state or ""), str(served.number))
        code, said = await printed_by("explore", *about, str(spare))
        if code:
            _log.warning("explorer-failed", extra={"generation": served.number, "cause": code})
            raise RefusedError(500, "explorer-failed")
        return Path(said)


def _kept(folder: Path | None) -> Path | None:
    """Return the index that was made before, None where there is none: a process to look for it takes half a second."""
    file = folder / FILE if folder is not None else None
    return file if file is not None and is_current(file) else None


def _opened(file: Path, home: tuple[str, ...]) -> Index:
    """Open an index and make what the first visitors would wait for: the first page, and what filters begin with."""
    index = Index(file, home)
    _ = index.sizes, index.labels, index.facets, index.home, slots_of(index), strongest(index), index.once(start_of)
    return index


def _heard(task: asyncio.Task[Index]) -> None:
    """Take note of how making ended, so that nobody is told of an error that the next request gets."""
    if not task.cancelled():
        task.exception()

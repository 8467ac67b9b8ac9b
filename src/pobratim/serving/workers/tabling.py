"""The files of ``/tables``: each made by a process of its own when somebody first asks for it, and kept."""

import asyncio
import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from pobratim.messages import Language
from pobratim.serving.workers.modules import printed_by
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.served import Served
from pobratim.tables.files import file_name

_log = logging.getLogger("pobratim.serving")
_WAIT = 20.0
"""Seconds that whoever asks first waits; what takes longer goes on without him."""
_RETRY = 10


class Tabling:
    """The tables of the generation served, as files."""

    def __init__(self, store: str, state: Path | None) -> None:
        """``store`` and ``state`` are those of the command line; nothing starts before a file is asked for."""
        self._store, self._state = store, state
        self._spare = TemporaryDirectory(prefix="pobratim-tables-")
        self._made: dict[tuple[str, str], asyncio.Task[Path]] = {}
        self._one = asyncio.Semaphore(1)

    def take_up(self, served: Served) -> None:
        """Forget the files of former generations."""
        for key in [key for key in self._made if key[0] != served.tag]:
            self._made.pop(key).cancel()

    async def file(self, served: Served, name: str, form: str, lang: Language) -> Path:
        """Return the file of a table. Raises RefusedError 503 where it takes longer than one may wait, 500 where it
        cannot be made."""
        key = (served.tag, file_name(name, form, lang))
        task = self._made.get(key)
        if task is None or (task.done() and _is_lost(task)):
            task = self._made[key] = asyncio.create_task(self._make(served, f"{name}.{form}", lang))
        done, _ = await asyncio.wait({task}, timeout=_WAIT)
        if not done:
            raise RefusedError(503, "table-making", retry_after=_RETRY)
        return task.result()

    async def close(self) -> None:
        """Stop what is being made and remove what was made for this server alone."""
        for task in self._made.values():
            task.cancel()
        await asyncio.gather(*self._made.values(), return_exceptions=True)
        self._spare.cleanup()

    async def _make(self, served: Served, file: str, lang: Language) -> Path:
        spare = Path(self._spare.name) / served.tag
        async with self._one:
            about = (served.store or self._store, str(self._state or ""), str(served.number))
            code, said = await printed_by("tables", *about, str(spare), lang, file)
        if code:
            _log.warning("table-failed", extra={"generation": served.number, "cause": code})
            raise RefusedError(500, "table-failed", {"file": file})
        return Path(said)


def _is_lost(task: asyncio.Task[Path]) -> bool:
    """Tell whether what a task made is not to be had: it failed, or somebody removed the file."""
    return task.cancelled() or task.exception() is not None or not task.result().is_file()

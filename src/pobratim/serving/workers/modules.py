"""A module of ours run in a process of its own, for what a web process must not do itself."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress

_LATER = 5.0
"""Seconds after a piece of work in which its effect is made ready, before the process for the next one is started."""


async def printed_by(module: str, *arguments: str, given: bytes = b"", seconds: float | None = None) -> tuple[int, str]:
    """Run ``python -m pobratim.MODULE`` and return its exit code and what it printed; ``given`` is what it reads.

    Raises TimeoutError after so many seconds. Who is cancelled or waits no longer ends the process.
    """
    command = (sys.executable, "-m", f"pobratim.{module}", *arguments)
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE if given else DEVNULL, stdout=PIPE)
    return await _finished(process, given, seconds)


class Ready:
    """A module that works one piece after the other, each in a process that has imported it before: that takes longer
    than most pieces do."""

    def __init__(self, module: str, *arguments: str) -> None:
        """Nothing is started before ``start``, or the first piece of work."""
        self._command = (sys.executable, "-m", f"pobratim.{module}", *arguments)
        self._waiting: asyncio.Task[Process] | None = None
        self._is_closed = False

    def start(self) -> None:
        """Have a process ready, unless there is one."""
        if self._waiting is None and not self._is_closed:
            self._waiting = asyncio.get_running_loop().create_task(self._begun())

    async def printed(self, given: bytes) -> tuple[int, str]:
        """Give the process its work and return its exit code and what it printed, as ``printed_by`` does."""
        waiting, self._waiting = self._waiting, None
        process = await waiting if waiting is not None else await self._begun()
        if process.returncode is not None:  # somebody ended it while it waited
            process = await self._begun()
        try:
            return await _finished(process, given)
        finally:
            asyncio.get_running_loop().call_later(_LATER, self.start)

    async def close(self) -> None:
        """End the process that waits."""
        self._is_closed = True
        if self._waiting is not None:
            process = await self._waiting
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _begun(self) -> Process:
        # A session of its own: an interrupt from the terminal reaches the web process alone, which ends in order.
        return await asyncio.create_subprocess_exec(*self._command, stdin=PIPE, stdout=PIPE, start_new_session=True)


async def _finished(process: Process, given: bytes, seconds: float | None = None) -> tuple[int, str]:
    try:
        async with asyncio.timeout(seconds):
            said, _ = await process.communicate(given or None)
    except (asyncio.CancelledError, TimeoutError):
        process.kill()
        await process.wait()
        raise
    return process.returncode or 0, said.decode(errors="replace")

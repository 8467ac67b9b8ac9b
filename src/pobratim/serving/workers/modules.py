"""A module of ours run in a process of its own, for what a web process must not do itself."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE


async def printed_by(module: str, *arguments: str, given: bytes = b"", seconds: float | None = None) -> tuple[int, str]:
    """Run ``python -m pobratim.MODULE`` and return its exit code and what it printed; ``given`` is what it reads.

    Raises TimeoutError after so many seconds. Who is cancelled or waits no longer ends the process.
    """
    command = (sys.executable, "-m", f"pobratim.{module}", *arguments)
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE if given else DEVNULL, stdout=PIPE)
    try:
        async with asyncio.timeout(seconds):
            said, _ = await process.communicate(given or None)
    except (asyncio.CancelledError, TimeoutError):
        process.kill()
        await process.wait()
        raise
    return process.returncode or 0, said.decode(errors="replace")

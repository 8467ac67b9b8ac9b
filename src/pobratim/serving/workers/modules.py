"""A module of ours run in a process of its own, for what a web process must not do itself."""

import asyncio
import sys


async def printed_by(module: str, *arguments: str, told: bytes | None = None) -> tuple[int, str]:
    """Run ``python -m pobratim.MODULE`` and return its exit code and what it printed; whoever is cancelled ends it.

    ``told`` is what it reads from stdin.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"pobratim.{module}", *arguments),
        stdin=None if told is None else asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        said, _ = await process.communicate(told)
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    return process.returncode or 0, said.decode()

"""A module of ours run in a process of its own, for what a web process must not do itself."""

import asyncio
import sys


async def printed_by(module: str, *arguments: str) -> tuple[int, str]:
    """Run ``python -m pobratim.MODULE`` and return its exit code and what it printed; whoever is cancelled ends it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"pobratim.{module}", *arguments), stdout=asyncio.subprocess.PIPE
    )
    try:
        said, _ = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    return process.returncode or 0, said.decode()

"""Processes that are ready before there is work for them."""

import asyncio
import os
import signal

from pobratim.serving.workers import modules
from pobratim.serving.workers.modules import Ready


async def _ended(pid: int) -> bool:
    for _ in range(500):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        await asyncio.sleep(0.02)
    return False


async def _pid(ready: Ready) -> int:
    ready.start()
    assert ready._waiting is not None
    return (await ready._waiting).pid


def test_work_goes_to_the_process_that_waits_and_the_next_one_comes_later() -> None:
    async def worked() -> None:
        ready = Ready("editing", "nowhere")
        first = await _pid(ready)
        code, said = await ready.printed(b'{"task": "undo", "load": "x"}')
        assert code == 0 and '"refused"' in said
        assert await _ended(first) and ready._waiting is None
        second = await _pid(ready)
        await ready.close()
        assert second != first and await _ended(second)

    asyncio.run(worked())


def test_a_process_that_somebody_ended_is_replaced() -> None:
    async def worked() -> None:
        ready = Ready("editing", "nowhere")
        first = await _pid(ready)
        os.kill(first, signal.SIGKILL)
        assert ready._waiting is not None
        await (await ready._waiting).wait()
        assert (await ready.printed(b'{"task": "undo", "load": "x"}'))[0] == 0
        await ready.close()

    asyncio.run(worked())


def test_without_work_it_ends_with_the_server() -> None:
    async def worked() -> tuple[int, str]:
        return await modules.printed_by("editing", "nowhere")

    assert asyncio.run(worked()) == (0, "")

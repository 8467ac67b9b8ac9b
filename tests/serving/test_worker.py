"""What a worker knows of itself."""

import os
from mmap import MAP_ANONYMOUS, MAP_PRIVATE, mmap

from pobratim.serving.workers.worker import Copied, OwnSize

_MEGABYTES = 64


def test_a_worker_tells_its_own_size_and_not_that_of_the_process_it_was_forked_from() -> None:
    parents = OwnSize()
    before = parents()
    assert before > 0
    pid = os.fork()
    if pid == 0:
        own_size = OwnSize()
        held = bytearray(_MEGABYTES * 2**20)
        grown = own_size() - before
        os._exit(0 if grown > len(held) // 2 and parents() < before + len(held) // 2 else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_a_worker_tells_what_of_shared_memory_it_has_copied() -> None:
    shared = mmap(-1, 2 * _MEGABYTES * 2**20, MAP_PRIVATE | MAP_ANONYMOUS)
    for place in range(0, len(shared), 4096):
        shared[place] = 1
    pid = os.fork()
    if pid == 0:
        copied = Copied()
        before = copied()
        for place in range(0, len(shared), 4096):
            shared[place] = 2
        after = copied()
        os._exit(0 if before < len(shared) // 4 and after >= len(shared) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0

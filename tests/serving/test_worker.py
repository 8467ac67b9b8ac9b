"""What a worker knows of itself."""

import os

from pobratim.serving.workers.worker import OwnSize

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

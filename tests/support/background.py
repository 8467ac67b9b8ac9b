"""Threads of the tests' own servers."""

import gc
import threading
from collections.abc import Callable
from typing import Any


def background(target: Callable[..., object], **arguments: Any) -> threading.Thread:
    """Return a started daemon thread that runs ``target`` with ``arguments``.

    An answer of the engine may be dropped only by the thread that made it. Tests of errors leave answers in circles (an
    error, its traceback, the frame that holds both), and the collector may run in any thread: so they go before another
    thread is there.
    """
    gc.collect()
    thread = threading.Thread(target=target, kwargs=arguments, daemon=True)
    thread.start()
    return thread

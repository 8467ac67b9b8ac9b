"""Threads of the tests' own servers."""

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
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


@contextmanager
def answering(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Yield the URL of a server on a free port of 127.0.0.1 that answers by ``handler``; it is stopped behind."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = background(server.serve_forever)
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

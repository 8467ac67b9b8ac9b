"""A listener that must never be called: a request forged through the server would come here."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tests.support.background import background


@dataclass
class Canary:
    """Counts connections to ``port``."""

    port: int
    connections: int = 0


@contextmanager
def canary() -> Iterator[Canary]:
    """Yield a listener on a free port of 127.0.0.1."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        state = Canary(listener.getsockname()[1])

        def listen() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                state.connections += 1
                connection.close()

        thread = background(listen)
        try:
            yield state
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(timeout=60)

"""What comes before a request's body, bounded: uvicorn itself would take headers of any length, for any time."""

import asyncio
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from pobratim.serving.refusal import RefusedError
from pobratim.serving.requests import CORS
from pobratim.serving.settings import Limits


def bounded(limits: Limits) -> type[HttpToolsProtocol]:
    """Return uvicorn's connection with bounds on a request's head; what it refuses, it refuses as all pages do.

    A head that is longer than ``header_bytes`` is read no further (431); one that does not come within
    ``body_seconds`` ends the connection (408).
    """

    class BoundedConnection(HttpToolsProtocol):
        """One connection. ``_read`` counts the bytes of a head that did not come in one piece."""

        _read = 0
        _overdue: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            """Wait for the first request."""
            super().connection_made(transport)
            self._expect()

        def connection_lost(self, exc: Exception | None) -> None:
            """Wait no longer."""
            self._come()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            """Take bytes; refuse a head that goes on for too long."""
            if self._overdue is not None and self._read:
                if self._read + len(data) > limits.header_bytes:
                    limit = ("header_bytes", limits.header_bytes)
                    self._refuse(RefusedError(431, "head-too-long", {"limit": limits.header_bytes}, limit))
                    return
                self._read += len(data)
            super().data_received(data)
            if self._overdue is not None and not self._read:
                self._read = len(data)

        def on_message_begin(self) -> None:
            """Wait for the head's end."""
            super().on_message_begin()
            self._expect()

        def on_headers_complete(self) -> None:
            """Wait no longer."""
            self._come()
            super().on_headers_complete()

        def send_400_response(self, msg: str) -> None:
            """Refuse what is not HTTP."""
            self._refuse(RefusedError(400, "not-http", {"cause": msg}))

        def _unsupported_upgrade_warning(self) -> None:
            """Say nothing: the request is answered as if it had not asked for another protocol."""

        def _expect(self) -> None:
            self._come()
            self._overdue = self.loop.call_later(limits.body_seconds, self._too_slow)

        def _come(self) -> None:
            self._read = 0
            if self._overdue is not None:
                self._overdue.cancel()
                self._overdue = None

        def _too_slow(self) -> None:
            seconds = limits.body_seconds
            self._refuse(RefusedError(408, "body-slow", {"limit": seconds}, ("body_seconds", seconds)))

        def _refuse(self, error: RefusedError) -> None:
            self._come()
            if not self.transport.is_closing():
                self.transport.write(_raw(error))
                self.transport.close()

    return BoundedConnection


def _raw(error: RefusedError) -> bytes:
    """Return a refusal as it goes over the wire."""
    response = error.response("ru")
    status = HTTPStatus(error.status)
    headers = [*response.raw_headers, (b"connection", b"close")]
    headers += [(name.lower().encode(), value.encode()) for name, value in CORS.items()]
    lines = [b"HTTP/1.1 %d %s" % (status, status.phrase.encode()), *(b"%s: %s" % header for header in headers)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + bytes(response.body)

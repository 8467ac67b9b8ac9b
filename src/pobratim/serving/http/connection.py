"""What uvicorn leaves open on a connection, bounded: head, trailers, time, and answers that nobody takes."""

import asyncio
from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from pobratim.serving.http.connections import Connections
from pobratim.serving.http.requests import CORS, language_of
from pobratim.serving.settings import Limits
from pobratim.serving.workers.refusal import RefusedError

_SLOWEST = 1000
"""Bytes a second that a client must take of its answer at least, on average over ``taking_seconds``."""
_FRAMING = 8
"""Bytes around each byte of a chunked body at most: a size, line ends, a short extension (RFC 9112, 7.1)."""
_RETRY = 5
_ALWAYS_ANSWERED = ("/health", "/metrics")
"""What watches over the server is answered also where there is no place: else it would be taken for dead."""


class BoundedConnection(HttpToolsProtocol):
    """One connection with bounds; what it refuses, it refuses as all pages do.

    A head or a trailer that is longer than ``header_bytes`` is read no further (431); a head that does not come within
    ``body_seconds`` ends the connection (408). An answer that the client does not take ends the connection, too.
    Letters in the address that should have been percent-encoded are (RFC 3987, 3.1).
    """

    limits: Limits
    """Set by ``bounded``."""
    others: Connections
    """Set by ``bounded``."""
    _read = 0
    """Bytes of a head that did not come in one piece."""
    _beside = 0
    """Bytes after the head that a body of the size so far does not explain."""
    _in_line = True
    """Whether the next bytes belong to the first line of a request."""
    _has_head = False
    _overdue: asyncio.TimerHandle | None = None
    _untaken: asyncio.TimerHandle | None = None
    _unsent: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        client = self.client[0] if self.client else ""
        if not self.others.enter(self, client):
            self.app = _Full(self.app, self.limits)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self.others.leave(self)
        self._come()
        self._take()
        self._whole()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes; refuse a head or a trailer that goes on for too long."""
        if self._in_line:
            data, self._in_line = _encoded_line(data)
        if self._overdue is not None and self._read:
            if self._read + len(data) > self.limits.header_bytes:
                self._refuse_length()
                return
            self._read += len(data)
        elif self._has_head:
            self._beside += len(data)
        super().data_received(data)
        if self._overdue is not None and not self._read:
            self._read = len(data)
        if self._has_head and self._beside > self.limits.header_bytes:
            self._refuse_length()

    def on_message_begin(self) -> None:
        """Wait for the head's end."""
        super().on_message_begin()
        self._has_head = False
        self._expect()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; trailers are dropped (RFC 9110, 6.5.1: they must not be taken for headers)."""
        if not self._has_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Wait no longer."""
        self._come()
        self._has_head, self._beside = True, 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take bytes of the body, with what had to come around them."""
        self._beside = max(0, self._beside - _FRAMING * len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Count the request as whole: its answer is being made."""
        self._has_head, self._in_line = False, True
        self._whole()
        if self.cycle is not None and not self.cycle.response_complete:
            self.others.busy(self)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Count the connection as idle."""
        super().on_response_complete()
        if not self.pipeline:
            self.others.idle(self)
        if self._has_head:  # answered before it was whole, as what is too long is: it may end, but not go on for ever
            self._unsent = self.loop.call_later(self.limits.body_seconds, self.transport.abort)

    def pause_writing(self) -> None:
        """Begin to watch whether the client takes its answer."""
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        """The client has taken what was written."""
        self._take()
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        """End a connection that asks nothing more, also where its last answer lies untaken."""
        self._end()

    def make_room(self) -> None:
        """Close, for another connection."""
        self._come()
        self._end()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is not HTTP."""
        self._refuse(RefusedError(400, "not-http", {"cause": msg}))

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: the request is answered as if it had not asked for another protocol."""

    def _expect(self) -> None:
        self._come()
        self._overdue = self.loop.call_later(self.limits.body_seconds, self._too_slow)

    def _come(self) -> None:
        self._read = 0
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None

    def _watch(self) -> None:
        held, seconds = self.transport.get_write_buffer_size(), self.limits.taking_seconds

        def look() -> None:
            if held - self.transport.get_write_buffer_size() < _SLOWEST * seconds:
                self.transport.abort()
            else:
                self._watch()

        self._take()
        self._untaken = self.loop.call_later(seconds, look)

    def _take(self) -> None:
        if self._untaken is not None:
            self._untaken.cancel()
            self._untaken = None

    def _whole(self) -> None:
        if self._unsent is not None:
            self._unsent.cancel()
            self._unsent = None

    def _too_slow(self) -> None:
        seconds = self.limits.body_seconds
        self._refuse(RefusedError(408, "body-slow", {"limit": seconds}, ("body_seconds", seconds)))

    def _refuse_length(self) -> None:
        most = self.limits.header_bytes
        self._refuse(RefusedError(431, "head-too-long", {"limit": most}, ("header_bytes", most)))

    def _refuse(self, error: RefusedError) -> None:
        self._come()
        if not self.transport.is_closing():
            self.transport.write(_raw(error))
            self._end()

    def _end(self) -> None:
        """Close; what is written goes out first, but not for ever."""
        if not self.transport.is_closing():
            self.transport.close()
            self.loop.call_later(self.limits.taking_seconds, self.transport.abort)


def bounded(limits: Limits, proxies: str = "") -> type[BoundedConnection]:
    """Return the class of the connections of one server, which share its bounds on their number.

    ``proxies`` are the addresses that speak for many clients (see ``Connections``).
    """
    others = Connections(limits.connections, limits.connections_a_client, proxies)
    return type("ServerConnection", (BoundedConnection,), {"limits": limits, "others": others})


class _Full:
    """Answers a request for which there is no place: try again later."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app, self._limit = app, ("connections", limits.connections)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] in _ALWAYS_ANSWERED:
            await self._app(scope, receive, send)
            return
        error = RefusedError(503, "connections-full", {}, self._limit, _RETRY, {**CORS, "Connection": "close"})
        await error.response(language_of(Request(scope)))(scope, receive, send)


def _encoded_line(data: bytes) -> tuple[bytes, bool]:
    """Return bytes with the letters of a request's first line percent-encoded, and whether that line goes on.

    Blank lines before it are passed over (RFC 9112, 2.2).
    """
    start = len(data) - len(data.lstrip(b"\r\n"))
    end = data.find(b"\n", start)
    line = data[start:] if end < 0 else data[start:end]
    if not line.isascii():
        # Byte by byte, so that a letter cut by two pieces of data comes out whole.
        line = b"".join(bytes([byte]) if byte < 0x80 else quote(bytes([byte])).encode() for byte in line)
    return data[:start] + line + (b"" if end < 0 else data[end:]), end < 0


def _raw(error: RefusedError) -> bytes:
    """Return a refusal as it goes over the wire."""
    response = error.response("ru")
    status = HTTPStatus(error.status)
    headers = [*response.raw_headers, (b"connection", b"close")]
    headers += [(name.lower().encode(), value.encode()) for name, value in CORS.items()]
    lines = [b"HTTP/1.1 %d %s" % (status, status.phrase.encode()), *(b"%s: %s" % header for header in headers)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + bytes(response.body)

"""Around every request: count it, time it, and leave one line in the log. Pure ASGI, since each request pays for it."""

import logging
import time
from collections.abc import Callable
from hashlib import sha256

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pobratim.errors import StoreError
from pobratim.serving.http.notes import notes
from pobratim.serving.operation.metrics import Metrics

_log = logging.getLogger("pobratim.requests")
_FAILED = 500
_LEFT = 499
"""The status that nginx gives to requests whose client hung up before the answer."""


class Watching:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp, metrics: Metrics, generation: Callable[[], int], logged: str) -> None:
        """``generation`` tells the number of the generation that is served; ``logged`` is the setting log_requests."""
        self._app, self._metrics, self._generation = app, metrics, generation
        self._logs, self._logs_kept = logged != "none", logged == "all"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, size = time.perf_counter(), 0, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        except BaseException:
            status = status or _FAILED
            raise
        finally:
            self._tell(scope, status or _LEFT, size, time.perf_counter() - began)

    def _tell(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        known = notes(scope)
        self._metrics.request(known["route"], scope["method"], status, seconds)
        # A line costs about as much as an answer from memory.
        if self._logs and (self._logs_kept or "kept" not in known):
            query = known.pop("query", "")
            if query:
                known["query"] = sha256(query.encode(errors="surrogatepass")).hexdigest()[:12]
            extra = {
                "method": scope["method"],
                "status": status,
                "seconds": round(seconds, 6),
                "bytes": size,
                **known,
                "generation": self._number(),
            }
            # As _log.info would, without looking for the line of code that calls.
            _log.handle(_log.makeRecord(_log.name, logging.INFO, "", 0, "request", (), None, None, extra))

    def _number(self) -> int:
        try:
            return self._generation()
        except StoreError:
            return 0

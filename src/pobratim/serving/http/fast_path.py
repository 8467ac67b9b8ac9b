"""Answers that are kept, to requests that came before byte for byte: given before anything is parsed.

An answer to a repeated question so costs little more than an empty one (bench/README.md).
"""

from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from pobratim.serving.http.notes import KEPT, note
from pobratim.serving.workers.cache import AnswerCache, RequestKey

_VARYING = {b"accept": 2, b"accept-encoding": 3, b"accept-language": 4, b"host": 5}
_OTHERWISE = {b"if-none-match", b"range", b"authorization"}


def request_key(scope: Scope) -> RequestKey | None:
    """Return what tells a GET apart from others; None for requests that the fast path leaves alone."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    key = [scope["raw_path"], scope["query_string"], b"", b"", b"", b"", scope["scheme"].encode()]
    for name, value in scope["headers"]:
        if name in _OTHERWISE:
            return None
        place = _VARYING.get(name)
        if place is not None:
            key[place] += value + b","
    return tuple(key)


class FastPath:
    """Gives kept answers, passes everything else on."""

    def __init__(self, app: ASGIApp, cache: AnswerCache, headers: Sequence[tuple[bytes, bytes]]) -> None:
        """Wrap ``app``; ``headers`` go with every answer."""
        self._app, self._cache, self._headers = app, cache, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        key = request_key(scope)
        kept = None if key is None else self._cache.of_request(key)
        if kept is None:
            await self._app(scope, receive, send)
            return
        note(scope, route=KEPT, kept=True)
        await send({"type": "http.response.start", "status": 200, "headers": [*kept.headers, *self._headers]})
        await send({"type": "http.response.body", "body": kept.body})

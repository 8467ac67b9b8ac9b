"""Routes of a page: its address with and without a slash at the end, and the methods it knows."""

import re
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim.serving.workers.refusal import RefusedError

Handler = Callable[[Request], Awaitable[Response]]
_METHODS = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"]
_USUAL = "Accept, Accept-Language, Content-Type, If-None-Match, Authorization"
_NAMES = re.compile(r"[\w-]+(, ?[\w-]+){0,49}", re.ASCII)
"""A list of names of headers (Fetch, 3.2.2)."""
READ = "GET, HEAD, OPTIONS"
"""The methods of pages that only show."""


def paths(path: str, handler: Handler, methods: str) -> list[Route]:
    """Return the routes of a page, with and without a slash at the end; OPTIONS is answered here."""
    allowed = [method.strip() for method in methods.split(",")]

    async def endpoint(request: Request) -> Response:
        if request.method == "OPTIONS":
            return _preflight(request, methods)
        if request.method not in allowed:
            raise RefusedError(405, "method", {"known": methods}, headers={"Allow": methods})
        return await handler(request)

    return [Route(each, endpoint, methods=_METHODS) for each in (path, path + "/")]


def _preflight(request: Request, methods: str) -> Response:
    # Clients bring headers of their own (trace ids, X-Requested-With); none of them changes what is answered.
    wanted = request.headers.get("access-control-request-headers", "")
    headers = {
        "Allow": methods,
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": wanted if _NAMES.fullmatch(wanted) else _USUAL,
        "Access-Control-Max-Age": "86400",
        "Vary": "Access-Control-Request-Headers",
    }
    return Response(status_code=204, headers=headers)

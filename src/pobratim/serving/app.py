"""The application: routes, and what all of them share."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pobratim.serving import protocol, updating
from pobratim.serving.engine import LocalEngine
from pobratim.serving.fast_path import FastPath
from pobratim.serving.refusal import RefusedError
from pobratim.serving.requests import CORS, language_of
from pobratim.serving.settings import Limits

Handler = Callable[[Request], Awaitable[Response]]


def application(engine: LocalEngine) -> Starlette:
    """Return the application over ``engine``, which it starts and closes with itself."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        del app
        await engine.start()
        try:
            yield
        finally:
            await engine.close()

    async def sparql(request: Request) -> Response:
        return await protocol.answer(request, engine)

    async def update(request: Request) -> Response:
        return await updating.answer(request, engine)

    return Starlette(
        routes=[
            *paths("/sparql", sparql, protocol.METHODS),
            *(paths("/update", update, updating.METHODS) if engine.settings.update_token else []),
        ],
        middleware=[
            Middleware(FastPath, engine.cache, _ALWAYS),
            Middleware(Bounds, engine.settings.limits),
        ],
        exception_handlers={RefusedError: _refused, HTTPException: _http_error},
        lifespan=lifespan,
    )


def paths(path: str, handler: Handler, methods: str) -> list[Route]:
    """Return the routes of a page, with and without a slash at the end; OPTIONS is answered here."""
    allowed = [method.strip() for method in methods.split(",")]

    async def endpoint(request: Request) -> Response:
        if request.method == "OPTIONS":
            return _preflight(methods)
        if request.method not in allowed:
            raise RefusedError(405, "method", {"known": methods}, headers={"Allow": methods})
        return await handler(request)

    every = [*allowed, "PUT", "DELETE", "PATCH", "TRACE"]
    return [Route(each, endpoint, methods=every) for each in (path, path + "/")]


class Bounds:
    """Refuses long addresses and headers; lets other sites' pages read every answer, and warns browsers."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        """Wrap ``app``."""
        self._app, self._limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_ALWAYS]
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal.response(language_of(Request(scope)))(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> RefusedError | None:
        limits = self._limits
        if len(scope["raw_path"]) + len(scope["query_string"]) > limits.url_bytes:
            return RefusedError(414, "url-too-long", {"limit": limits.url_bytes}, ("url_bytes", limits.url_bytes))
        if sum(len(name) + len(value) for name, value in scope["headers"]) > limits.header_bytes:
            limit = ("header_bytes", limits.header_bytes)
            return RefusedError(431, "head-too-long", {"limit": limits.header_bytes}, limit)
        return None


_ALWAYS = [
    *((name.lower().encode(), value.encode()) for name, value in CORS.items()),
    (b"x-content-type-options", b"nosniff"),
]


def _preflight(methods: str) -> Response:
    headers = {
        "Allow": methods,
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, Authorization",
        "Access-Control-Max-Age": "86400",
    }
    return Response(status_code=204, headers=headers)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return error.response(language_of(request))


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return RefusedError(404, "not-found", {"path": request.url.path}).response(language_of(request))
    return RefusedError(error.status_code, "query-failed", {"cause": error.detail}).response(language_of(request))

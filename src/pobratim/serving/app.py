"""The application: routes, and what all of them share."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pobratim.serving.api import (
    catalogue,
    descriptions,
    explorer_columns,
    explorer_evidence,
    explorer_network,
    explorer_pair,
    explorer_papers,
    library_api,
    linked_data,
    lookup_api,
    plain_pages,
    protocol,
    search_api,
    sitemap,
    suggest_api,
    tables_api,
    updating,
    workbench,
)
from pobratim.serving.http import static_files
from pobratim.serving.http.error_page import refused
from pobratim.serving.http.fast_path import FastPath
from pobratim.serving.http.notes import note
from pobratim.serving.http.paths import paths
from pobratim.serving.http.requests import CORS, language_of
from pobratim.serving.operation import health
from pobratim.serving.operation.metrics import Measured, Metrics
from pobratim.serving.operation.watching import Watching
from pobratim.serving.settings import Limits
from pobratim.serving.workers.engine import StoreEngine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.searching import Searching
from pobratim.serving.workers.tabling import Tabling

if TYPE_CHECKING:
    from pobratim.serving.editing.routes import Editing

__all__ = ["application", "paths"]


def application(
    engine: StoreEngine, metrics: Metrics | None = None, ready: Callable[[], None] = lambda: None
) -> Starlette:
    """Return the application over ``engine``, which it starts and closes with itself.

    ``metrics`` are those that ``engine`` tells of its workers (None: new ones); ``ready`` is called before the first
    request is taken.
    """
    metrics = metrics or Metrics()
    metrics.watch(engine)
    pages = Measured(engine, metrics)
    searching = Searching(engine.store, engine.state)
    tabling = Tabling(engine.store, engine.state)
    engine.switched += [searching.take_up, tabling.take_up]
    edited = _editing(engine, pages, searching) if engine.settings.has_editors else None

    async def refusal(request: Request, error: Exception) -> Response:
        found = _as_refusal(request, error)
        note(request.scope, reason=found.code)
        return refused(request, pages, found)

    app = Starlette(
        routes=[*(edited.routes if edited else []), *_routes(engine, pages, (searching, tabling), metrics)],
        middleware=[
            Middleware(Watching, metrics, lambda: engine.served.number, engine.settings.log_requests),
            Middleware(FastPath, engine.cache, _ALWAYS),
            Middleware(Bounds, engine.settings.limits),
        ],
        exception_handlers={RefusedError: refusal, HTTPException: refusal, Exception: refusal},
        lifespan=_lifespan(engine, (searching, tabling), edited, ready),
    )
    # Starlette would send "/sparql//" to an address made of the Host header, which anybody may write.
    app.router.redirect_slashes = False
    return app


def _editing(engine: StoreEngine, pages: Measured, searching: Searching) -> "Editing":
    from pobratim.serving.editing.routes import editing  # imported here: it needs all that reads reports

    return editing(engine, pages, searching)


def _routes(engine: StoreEngine, pages: Measured, made: tuple[Searching, Tabling], metrics: Metrics) -> list[Route]:
    searching, tabling = made

    async def sparql(request: Request) -> Response:
        return await protocol.answer(request, pages)

    async def update(request: Request) -> Response:
        return await updating.answer(request, engine)

    return [
        *paths("/sparql", sparql, protocol.METHODS),
        *(paths("/update", update, updating.METHODS) if updating.is_on(engine) else []),
        *library_api.routes(pages, searching),
        *search_api.routes(pages, searching),
        *lookup_api.routes(pages, searching),
        *suggest_api.routes(pages, searching),
        *tables_api.routes(pages, tabling),
        *explorer_columns.routes(pages),
        *explorer_network.routes(pages, searching),
        *explorer_evidence.routes(pages),
        *explorer_pair.routes(pages, searching),
        *explorer_papers.routes(pages, searching),
        *workbench.routes(pages),
        *plain_pages.routes(pages),
        *catalogue.routes(pages),
        *linked_data.routes(pages),
        *descriptions.routes(pages),
        *sitemap.routes(pages),
        *static_files.routes(),
        *health.routes(engine, metrics),
    ]


def _lifespan(
    engine: StoreEngine, made: tuple[Searching, Tabling], edited: "Editing | None", ready: Callable[[], None]
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    searching, tabling = made

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        del app
        await engine.start()
        await searching.first()
        # Behind the names, without which no request is taken: both at once would only make these late.
        engine.exploring.take_up(engine.served)
        engine.switched.append(engine.exploring.take_up)
        if edited is not None:
            edited.works.start()
        ready()
        try:
            yield
        finally:
            if edited is not None:
                await edited.works.close()
            await searching.close()
            await tabling.close()
            await engine.close()

    return lifespan


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
        if "\0" in scope["path"]:  # no name of a file or of a thing may hold it
            return RefusedError(404, "not-found", {"path": scope["raw_path"].decode("ascii", "replace")})
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


def _as_refusal(request: Request, error: Exception) -> RefusedError:
    if isinstance(error, RefusedError):
        return error
    if not isinstance(error, HTTPException):  # a fault of ours, whose cause stands in the log
        return RefusedError(500, "failed")
    if error.status_code == 404:
        return RefusedError(404, "not-found", {"path": request.url.path})
    return RefusedError(error.status_code, "query-failed", {"cause": error.detail})

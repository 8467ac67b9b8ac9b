"""``/suggest?q=&kinds=``: what may be meant by what is typed so far, in groups by kind; the search field asks it."""

import asyncio
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pobratim.serving.http.pages import lasting_headers, validator, visit_of
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import is_known
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.searching import Searching
from pobratim.site.suggestions import KINDS, suggested

_LONGEST = 200
"""Characters that are looked at: nobody reads suggestions for more."""


def routes(engine: Engine, searching: Searching) -> list[Route]:
    """Return the route of the suggestions."""

    async def suggest(request: Request) -> Response:
        return await _answer(request, engine, searching)

    return paths("/suggest", suggest, READ)[:1]


async def _answer(request: Request, engine: Engine, searching: Searching) -> Response:
    """Return the groups. Raises RefusedError 400 for an unknown kind, 503 while the names are being read."""
    typed, kinds = _read(request)
    visit = visit_of(request, engine)
    tag = validator(engine, "suggest", typed, kinds, visit.lang, visit.is_chosen, visit.addresses)
    headers = lasting_headers(engine, tag)
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    index, _ = await searching.index()
    groups = await asyncio.to_thread(suggested, typed, index, visit, kinds) if typed else []
    answer = {"query": typed, "generation": engine.served.number, "groups": [asdict(group) for group in groups]}
    return JSONResponse(answer, headers=headers)


def _read(request: Request) -> tuple[str, tuple[str, ...]]:
    kinds = tuple(kind for kind in request.query_params.get("kinds", "").split(",") if kind)
    for kind in kinds:
        if kind not in KINDS:
            raise RefusedError(400, "search-type", {"found": kind[:100], "known": ", ".join(KINDS)})
    return request.query_params.get("q", "").strip()[:_LONGEST], kinds

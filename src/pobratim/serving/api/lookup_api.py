"""``/lookup?type=place&q=…``: what one name means, for forms that make queries of their own; the workbench asks it."""

import asyncio
from typing import cast

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pobratim.query.question import THINGS, ThingType
from pobratim.search.references import UnknownNameError, key_of, look_up
from pobratim.serving.api.understanding import refused_name
from pobratim.serving.http.pages import lasting_headers, validator
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import is_known, language_of
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.searching import Searching


def routes(engine: Engine, searching: Searching) -> list[Route]:
    """Return the route of the look-up."""

    async def lookup(request: Request) -> Response:
        return await _answer(request, engine, searching)

    return paths("/lookup", lookup, READ)


async def _answer(request: Request, engine: Engine, searching: Searching) -> Response:
    """Return IRI, type, key and label of the thing. Raises RefusedError 400, 404, 503."""
    lang, given = language_of(request), request.query_params.get("q", "").strip()
    type_ = request.query_params.get("type", "")
    if type_ not in THINGS:
        raise RefusedError(400, "search-type", {"found": type_[:100], "known": ", ".join(sorted(THINGS))})
    tag = validator(engine, "lookup", given, type_, lang)
    headers = lasting_headers(engine, tag)
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    index, is_former = await searching.index()
    try:
        found = await asyncio.to_thread(look_up, cast(ThingType, type_), given, index, lang)
    except UnknownNameError as error:
        if is_former:
            raise searching.refusal() from None
        raise refused_name(error, {"name": "q", "type": type_}) from None
    told = {"iri": found.iri, "type": found.type, "key": key_of(found.iri), "label": found.label}
    return JSONResponse(told, headers=headers)

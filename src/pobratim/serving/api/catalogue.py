"""``/catalog``: the catalogue of the folder that was published of the same data, in the form that is asked for."""

import asyncio
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pobratim.serving.http.addresses import addresses_of
from pobratim.serving.http.negotiation import MEDIA_TYPES, choose
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import VARY
from pobratim.serving.http.sending import sent
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError

_FORMS = ("ttl", "jsonld", "rdf")
_NAME = "catalog"


def routes(engine: Engine) -> list[Route]:
    """Return the routes of the catalogue, [] where no published folder is named."""
    folder = engine.settings.published
    if not folder:
        return []

    async def catalogue(request: Request) -> Response:
        name = request.path_params.get("form", "") or _asked(request)
        if name not in _FORMS:
            raise RefusedError(404, "not-found", {"path": request.url.path})
        try:
            content = await asyncio.to_thread((Path(folder) / f"{_NAME}.{name}").read_text, encoding="utf-8")
        except OSError as error:
            raise RefusedError(404, "not-found", {"path": request.url.path}) from error
        location = f"{addresses_of(request, engine).root}/{_NAME}.{name}"
        return sent(request, content, MEDIA_TYPES[name], headers={"Content-Location": location})

    async def well_known(request: Request) -> Response:
        return RedirectResponse(f"{addresses_of(request, engine).root}/{_NAME}", 303, {"Vary": VARY})

    return [
        *paths(f"/{_NAME}", catalogue, READ),
        *paths(f"/{_NAME}.{{form}}", catalogue, READ)[:1],
        *paths("/.well-known/dcat", well_known, READ)[:1],
    ]


def _asked(request: Request) -> str:
    accept = ", ".join(request.headers.getlist("accept"))
    found = choose(accept, _FORMS)
    if found is None:
        known = ", ".join(MEDIA_TYPES[name] for name in _FORMS)
        raise RefusedError(406, "not-acceptable", {"found": accept[:200], "known": known}, headers={"Vary": VARY})
    return found[0]

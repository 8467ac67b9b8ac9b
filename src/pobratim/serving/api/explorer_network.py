"""``/explore/ego``, ``/explore/expand``, ``/explore/path``: networks of the generation served, as JSON."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pobratim.errors import UsageError
from pobratim.explore import Index
from pobratim.explore.ego import ego_of, expand_of
from pobratim.explore.parties import Party, party_of
from pobratim.explore.paths import Path, paths_between
from pobratim.messages import Language
from pobratim.serving.http.pages import lasting_headers, validator
from pobratim.serving.http.paths import READ, Handler, paths
from pobratim.serving.http.requests import is_known, language_of
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.site.explorer.network import asked, told

Make = Callable[[Index, Request, Language], dict[str, Any]]


def routes(engine: Engine) -> list[Route]:
    """Return the routes of pictures, of what can be opened in them, and of paths."""
    known: tuple[tuple[str, Make], ...] = (("ego", _ego), ("expand", _expand), ("path", _path))
    return [route for name, make in known for route in paths(f"/explore/{name}", _answering(engine, name, make), READ)]


def _answering(engine: Engine, name: str, make: Make) -> Handler:
    async def handler(request: Request) -> Response:
        lang = language_of(request)
        tag = validator(engine, name, sorted(request.query_params.multi_items()), lang)
        headers = lasting_headers(engine, tag)
        if is_known(request, tag):
            return Response(status_code=304, headers=headers)
        try:
            return JSONResponse(
                await engine.exploring.explored(lambda index: make(index, request, lang)), headers=headers
            )
        except UsageError as error:
            raise RefusedError(400, error.code, dict(error.values)) from error

    return handler


def _ego(index: Index, request: Request, lang: Language) -> dict[str, Any]:
    what = asked(index, request.query_params.multi_items())
    if what.unknown:
        raise RefusedError(404, "party-unknown", {"found": what.unknown[:100]})
    return told(ego_of(index, what.seed, what.selection, what.opened, lang))


def _expand(index: Index, request: Request, lang: Language) -> dict[str, Any]:
    what = asked(index, request.query_params.multi_items())
    party = _party(index, request, "ref")
    return asdict(expand_of(index, party, what.seed, what.selection, what.opened, lang))


def _path(index: Index, request: Request, lang: Language) -> dict[str, Any]:
    one, other = _party(index, request, "a"), _party(index, request, "b")
    found = paths_between(index, one, other)
    return {
        "generation": index.generation,
        "total": len(found),
        "more": False,
        "paths": [_told(path, lang) for path in found],
    }


def _told(path: Path, lang: Language) -> list[dict[str, Any]]:
    return [
        {
            "left": {"ref": step.left.ref, "name": step.left.said(lang)},
            "right": {"ref": step.right.ref, "name": step.right.said(lang)},
            "tie": step.tie.iri.rpartition("/")[2] if step.tie else None,
            "events": step.tie.events if step.tie else 0,
        }
        for step in path.steps
    ]


def _party(index: Index, request: Request, name: str) -> Party:
    ref = request.query_params.get(name, "")
    party = party_of(index, ref)
    if party is None:
        raise RefusedError(404, "party-unknown", {"found": ref[:100]})
    return party

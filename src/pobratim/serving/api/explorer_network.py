"""``/network``: a page of the site, its party under any of its names; and ``/explore/ego``, ``expand`` and ``path``:
networks of the generation served, as JSON."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from pobratim.errors import UsageError
from pobratim.explore import Index
from pobratim.explore.ego import ego_of, expand_of
from pobratim.explore.parties import Party, party_of
from pobratim.explore.paths import Path, paths_between
from pobratim.messages import Language
from pobratim.papers.network_file import network_file
from pobratim.search.references import UnknownNameError
from pobratim.serving.api.named_parties import NamedParties
from pobratim.serving.http.addresses import addresses_of
from pobratim.serving.http.pages import answer_page, lasting_headers, validator, visit_of
from pobratim.serving.http.paths import READ, Handler, paths
from pobratim.serving.http.requests import VARY, client_of, is_known, language_of
from pobratim.serving.workers.asker import asker_of
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.searching import Searching
from pobratim.site.explorer.network import PATH, SEED, UNKNOWN, Asked, asked, level_of, network_at, told
from pobratim.site.explorer.network_file import network_file_of
from pobratim.site.explorer.pair import unknown_page
from pobratim.site.explorer.wording import Wording
from pobratim.site.page import Page, Visit
from pobratim.site.render import content_hash

Make = Callable[[Index, Request, Language], dict[str, Any]]


def routes(engine: Engine, searching: Searching) -> list[Route]:
    """Return the routes of the page, of pictures, of what can be opened in them, and of paths."""
    known: tuple[tuple[str, Make], ...] = (("ego", _ego), ("expand", _expand), ("path", _path))
    told = [route for name, make in known for route in paths(f"/explore/{name}", _answering(engine, name, make), READ)]
    named = NamedParties(engine, searching)

    async def page(request: Request) -> Response:
        return await _page(request, engine, named)

    async def file(request: Request) -> Response:
        return await _file(request, engine)

    return [*paths(PATH, page, READ), *paths(f"{PATH}.html", file, READ), *told]


async def _file(request: Request, engine: Engine) -> Response:
    """Return the page as one file. Raises RefusedError 404 for who is unknown, 400 for a selection without sense."""
    visit, asker = visit_of(request, engine), asker_of(engine, client_of(request))
    tag = validator(engine, "network file", content_hash(), visit)
    headers = lasting_headers(engine, tag) | {"Content-Type": "text/html; charset=utf-8"}
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)

    def meant(index: Index) -> tuple[Asked, str]:
        what = asked(index, visit.query)
        return what, level_of(index, what)

    try:
        what, level = await asker.explored(meant)
        if what.unknown:
            raise RefusedError(404, "party-unknown", {"found": what.unknown[:100]})
        made = await network_file_of(asker, what, level, visit)
    except UsageError as error:
        raise RefusedError(400, error.code, dict(error.values)) from error
    name = what.seed.ref.replace(":", "-") if what.seed else "all"
    headers["Content-Disposition"] = f'attachment; filename="network-{name}.html"'
    return Response(await asyncio.to_thread(network_file, made), headers=headers)


async def _page(request: Request, engine: Engine, named: NamedParties) -> Response:
    """Return the page, a redirect to the address with the party's reference, or a page with what may be meant."""
    given, asker = request.query_params.get(SEED, "").strip(), asker_of(engine, client_of(request))
    if given:
        try:
            ref = await named.ref(given, request)
        except UnknownNameError as error:
            return await _unknown(request, engine, named, error)
        if ref != given:
            return RedirectResponse(_around(request, engine, ref), 303, {"Vary": VARY})
    return await answer_page(request, engine, lambda visit: network_at(asker, visit, ""))


async def _unknown(request: Request, engine: Engine, named: NamedParties, error: UnknownNameError) -> Response:
    near = [(label, _around(request, engine, ref)) for label, ref in await named.near(error)]

    async def page(visit: Visit) -> Page:
        word = "severalParties" if len(near) > 1 else "unknownParty"
        said = Wording(visit.lang)(word, name=error.values["value"])
        return unknown_page(visit, said, near, query=str(error.values["value"]), heading=UNKNOWN)

    return await answer_page(request, engine, page)


def _around(request: Request, engine: Engine, ref: str) -> str:
    """Return this address with another party in the middle."""
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != SEED]
    return f"{addresses_of(request, engine).root}{PATH}?{urlencode([(SEED, ref), *pairs])}"


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

"""``/search?q=``: things by their names, as a page or as JSON, best first."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pobratim.explore.found import known
from pobratim.messages import Language
from pobratim.search import Hit
from pobratim.serving.http.addresses import addresses_of
from pobratim.serving.http.pages import answer_page, lasting_headers, validator
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import is_known, language_of
from pobratim.serving.http.sending import page_format
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.searching import Searching
from pobratim.site.addresses import Addresses
from pobratim.site.explorer.unloaded import is_unloaded
from pobratim.site.page import Page, Visit
from pobratim.site.search_results import ASKED, MOST, PARTIES, Results, part, search_page

_USUAL, _MOST = 20, 100
_NEAREST = 5
"""So many names are offered where none is found."""
_LONGEST = 500
"""Characters of a question that are looked at: names are shorter."""


def routes(engine: Engine, searching: Searching) -> list[Route]:
    """Return the route of the search."""

    async def search(request: Request) -> Response:
        return await _answer(request, engine, searching)

    return paths("/search", search, READ)


async def _answer(request: Request, engine: Engine, searching: Searching) -> Response:
    query, limit, types = _read(request)
    lang = language_of(request)
    if page_format(request) == "html":
        number = _page_number(request)

        async def page(visit: Visit) -> Page:
            return search_page(
                query, await _results(query, engine, searching, (lang, types, number)), visit, types, number
            )

        return await answer_page(request, engine, page)
    tag = validator(engine, "search", query, limit, types, lang)
    headers = lasting_headers(engine, tag)
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    # One more than is shown tells whether there are more.
    every = await searching.find(query, limit + 1, types, lang) if query else []
    addresses = addresses_of(request, engine)
    shown = [{**asdict(hit), "page": _page(addresses, hit)} for hit in every[:limit]]
    answer = {"query": query, "generation": engine.served.number, "more": len(every) > limit, "hits": shown}
    return JSONResponse(answer, headers=headers)


async def _results(
    query: str, engine: Engine, searching: Searching, wanted: tuple[Language, Sequence[str], int]
) -> Results:
    """Return all that a query finds, reports behind the rest, with what is known of the hits on the page wanted."""
    if not query:
        return Results()
    lang, types, number = wanted
    found = await asyncio.gather(*(searching.find(query, MOST, each, lang) for each in ((), ("report",))))
    hits = [hit for each in found for hit in each]
    if not hits:
        index, _ = await searching.index()
        if await engine.exploring.explored(is_unloaded):
            return Results(is_unloaded=True)
        return Results(nearest=await asyncio.to_thread(index.nearest, query, PARTIES, _NEAREST))
    shown = [hit.iri for hit in part(hits, types, number)]
    return Results(hits, await engine.exploring.explored(lambda index: known(index, shown)))


def _page_number(request: Request) -> int:
    """Return which page of the results is asked for. Raises RefusedError 404 for what is no number of one."""
    given = request.query_params.get("page", "1")
    if not given.isascii() or not given.isdecimal() or not 1 <= int(given[:6]) <= MOST:
        raise RefusedError(404, "not-found", {"path": request.url.path})
    return int(given)


def _page(addresses: Addresses, hit: Hit) -> str:
    return addresses.absolute(addresses.page(hit.iri) or addresses.described(hit.iri))


def _read(request: Request) -> tuple[str, int, Sequence[str]]:
    query = request.query_params.get("q", "").strip()[:_LONGEST]
    types = request.query_params.getlist("type")
    for name in types:
        if name not in ASKED:
            raise RefusedError(400, "search-type", {"found": name[:100], "known": ", ".join(ASKED)})
    number = request.query_params.get("limit", str(_USUAL))
    if not number.isascii() or not number.isdecimal() or not 1 <= int(number[:9]) <= _MOST:
        raise RefusedError(400, "search-limit", {"found": number[:20], "limit": _MOST})
    return query, int(number), tuple(types)

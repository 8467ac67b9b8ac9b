"""``/search?q=``: things by their names, as a page or as JSON, best first."""

from collections.abc import Sequence
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pobratim.search import TYPES, Hit
from pobratim.serving.http.addresses import addresses_of
from pobratim.serving.http.pages import answer_page, lasting_headers, validator
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import is_known, language_of
from pobratim.serving.http.sending import page_format
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.searching import Searching
from pobratim.site.addresses import Addresses
from pobratim.site.page import Page, Visit
from pobratim.site.search_results import search_page

_USUAL, _MOST = 20, 100
_LONGEST = 500
"""Characters of a question that are looked at: names are shorter."""


def routes(engine: Engine, searching: Searching) -> list[Route]:
    """Return the route of the search."""

    async def search(request: Request) -> Response:
        return await _answer(request, engine, searching)

    return paths("/search", search, READ)


async def _answer(request: Request, engine: Engine, searching: Searching) -> Response:
    query, limit, types = _read(request)

    async def hits() -> list[Hit]:
        # One more than is shown tells whether there are more.
        return await searching.find(query, limit + 1, types, language_of(request)) if query else []

    if page_format(request) == "html":

        async def page(visit: Visit) -> Page:
            every = await hits()
            return search_page(query, every[:limit], visit, len(every) > limit)

        return await answer_page(request, engine, page)
    lang = language_of(request)
    tag = validator(engine, "search", query, limit, types, lang)
    headers = lasting_headers(engine, tag)
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    every = await hits()
    addresses = addresses_of(request, engine)
    shown = [{**asdict(hit), "page": _page(addresses, hit)} for hit in every[:limit]]
    answer = {"query": query, "generation": engine.served.number, "more": len(every) > limit, "hits": shown}
    return JSONResponse(answer, headers=headers)


def _page(addresses: Addresses, hit: Hit) -> str:
    return addresses.absolute(addresses.page(hit.iri) or addresses.described(hit.iri))


def _read(request: Request) -> tuple[str, int, Sequence[str]]:
    query = request.query_params.get("q", "").strip()[:_LONGEST]
    types = request.query_params.getlist("type")
    for name in types:
        if name not in TYPES:
            raise RefusedError(400, "search-type", {"found": name[:100], "known": ", ".join(TYPES)})
    number = request.query_params.get("limit", str(_USUAL))
    if not number.isascii() or not number.isdecimal() or not 1 <= int(number[:9]) <= _MOST:
        raise RefusedError(400, "search-limit", {"found": number[:20], "limit": _MOST})
    return query, int(number), tuple(types)

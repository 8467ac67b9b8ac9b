"""``/pair/{a}/{b}``: a page of the site; parties under any of their names, which lead on to their references."""

from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pobratim.messages import explain
from pobratim.search.references import UnknownNameError
from pobratim.serving.api.named_parties import NamedParties, is_meant
from pobratim.serving.http.addresses import addresses_of
from pobratim.serving.http.pages import answer_page
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import VARY, client_of
from pobratim.serving.workers.asker import asker_of
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.searching import Searching
from pobratim.site.explorer.pair import MOST, pair_at, unknown_page
from pobratim.site.page import Page, Visit

_ADD = "add"
"""The parameter with which a form puts one more party beside the others."""


def routes(engine: Engine, searching: Searching) -> list[Route]:
    """Return the routes of pairs; ``/pair/{a}`` takes the other from a form."""

    async def pair(request: Request) -> Response:
        return await _Pairs(engine, searching).answer(request)

    return [*paths("/pair/{a}/{b}", pair, READ), *paths("/pair/{a}", pair, READ)]


class _Pairs:
    """Answers one request."""

    def __init__(self, engine: Engine, searching: Searching) -> None:
        self._engine, self._named = engine, NamedParties(engine, searching)

    async def answer(self, request: Request) -> Response:
        """Return the page, a redirect to the address with references, or a page that says who is not known."""
        given = _given(request)
        try:
            refs = [await self._named.ref(name, request) for name in given]
        except UnknownNameError as error:
            return await self._unknown(request, error, given)
        first, *others = dict.fromkeys(refs)
        wanted = f"{first}/{','.join(others[:MOST])}"
        if wanted != request.url.path.removeprefix("/pair/").rstrip("/"):
            return self._leads_on(request, wanted)
        asker = asker_of(self._engine, client_of(request))
        return await answer_page(request, self._engine, lambda visit: pair_at(asker, visit, wanted))

    def _leads_on(self, request: Request, wanted: str) -> Response:
        pairs = [(name, value) for name, value in request.query_params.multi_items() if name != _ADD]
        link = f"{addresses_of(request, self._engine).root}/pair/{quote(wanted, safe='/,:')}"
        return RedirectResponse(f"{link}?{urlencode(pairs)}" if pairs else link, 303, {"Vary": VARY})

    async def _unknown(self, request: Request, error: UnknownNameError, given: list[str]) -> Response:
        near = await self._named.near(error)
        unknown = str(error.values["value"])

        async def page(visit: Visit) -> Page:
            links = [(label, visit.link(_replaced(visit, given, unknown, ref))) for label, ref in near]
            return unknown_page(visit, explain(error, visit.lang), links, query=unknown)

        return await answer_page(request, self._engine, page)


def _given(request: Request) -> list[str]:
    """Return the names in an address: those of its path, and what a form adds."""
    path = request.path_params
    names = [path["a"], *path.get("b", "").split(","), request.query_params.get(_ADD, "")]
    return [name.strip() for name in names if name.strip()]


def _replaced(visit: Visit, given: list[str], unknown: str, ref: str) -> str:
    """Return the link to the pair with a party in place of the one that is not known."""
    first, *others = [ref if is_meant(name, unknown) else name for name in given]
    return f"{visit.addresses.root}/pair/{quote(first, safe=':')}/{quote(','.join(others), safe=',:')}"

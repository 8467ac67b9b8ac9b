"""Pages that the table of kinds describes whole: the first page, and what is added to ``site/kinds.py`` as plain.

The first page stands for the whole data set: whoever asks for RDF there is led to its description."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pobratim.serving.http.addresses import addresses_of
from pobratim.serving.http.negotiation import choose
from pobratim.serving.http.pages import answer_page
from pobratim.serving.http.paths import READ, Handler, paths
from pobratim.serving.http.requests import VARY, client_of
from pobratim.serving.workers.asker import asker_of
from pobratim.serving.workers.engine import Engine
from pobratim.site.dataset import RDF_FORMATS
from pobratim.site.kinds import KINDS, Kind


def routes(engine: Engine) -> list[Route]:
    """Return the routes of the plain kinds; the first page has one address, with its slash."""
    found: list[Route] = []
    for kind in KINDS:
        if kind.is_plain:
            both = paths(kind.path.replace("{path}", "{path:path}"), _page(engine, kind), READ)
            found += both[:1] if kind.path == "/" else both
    return found


def _page(engine: Engine, kind: Kind) -> Handler:
    async def handler(request: Request) -> Response:
        form = _asked_of_all(request) if kind.path == "/" else ""
        if form:
            link = f"{addresses_of(request, engine).root}/void.{form}"
            return RedirectResponse(link, 303, {"Vary": VARY, "Cache-Control": "public, max-age=60"})
        asker = asker_of(engine, client_of(request))
        rest = request.path_params.get("path", kind.path.strip("/"))
        return await answer_page(request, engine, lambda visit: kind.make(asker, visit, rest))

    return handler


def _asked_of_all(request: Request) -> str:
    """Return the format of RDF in which the whole data set is asked for, "" where a page will do."""
    found = choose(", ".join(request.headers.getlist("accept")), ("html", *RDF_FORMATS))
    return "" if found is None or found[0] == "html" else found[0]

"""``/``: the first page."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim.serving.http.pages import answer_page
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import client_of
from pobratim.serving.workers.asker import asker_of
from pobratim.serving.workers.engine import Engine
from pobratim.site.home import home_page


def routes(engine: Engine) -> list[Route]:
    """Return the route of the first page."""

    async def home(request: Request) -> Response:
        asker = asker_of(engine, client_of(request))
        return await answer_page(request, engine, lambda visit: home_page(asker, visit))

    return paths("/", home, READ)[:1]

"""``/explore/columns/NAME.json``: ties, events, agreements and parties of the generation served, column by column."""

import gzip

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim.explore.columns import NAMES, columns
from pobratim.serving.http.negotiation import weights
from pobratim.serving.http.pages import lasting_headers, validator
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import is_known
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError


def routes(engine: Engine) -> list[Route]:
    """Return the route of the files."""

    async def file(request: Request) -> Response:
        return await _answer(request, engine)

    return paths("/explore/columns/{name}.json", file, READ)


async def _answer(request: Request, engine: Engine) -> Response:
    """Return the file. Raises RefusedError 404 for an unknown one, 503 while the index takes long to make."""
    name = request.path_params["name"]
    if name not in NAMES:
        raise RefusedError(404, "columns-unknown", {"known": ", ".join(f"{each}.json" for each in NAMES)})
    is_packed = dict(weights(request.headers.get("accept-encoding", ""))).get("gzip", 0) > 0
    tag = validator(engine, "columns", name, is_packed)
    headers = lasting_headers(engine, tag) | {"Content-Type": "application/json"}
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    content = await engine.exploring.explored(lambda index: columns(index, name))
    if is_packed:
        return Response(content, headers=headers | {"Content-Encoding": "gzip"})
    return Response(gzip.decompress(content), headers=headers)

"""``/tables/NAME.FORMAT``: the flat tables of the generation served, as files."""

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from pobratim.serving.http.negotiation import MEDIA_TYPES, content_type
from pobratim.serving.http.pages import lasting_headers, validator
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import is_known, language_of
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.tabling import Tabling
from pobratim.site.tables import FORMATS
from pobratim.tables import table_names

_JSON = "application/json"
"""Rows as objects, not the answer to a query."""


def routes(engine: Engine, tabling: Tabling) -> list[Route]:
    """Return the route of the files; the page of all tables is one of ``site``."""

    async def table(request: Request) -> Response:
        return await _answer(request, engine, tabling)

    return paths("/tables/{file}", table, READ)


async def _answer(request: Request, engine: Engine, tabling: Tabling) -> Response:
    """Return the file. Raises RefusedError 404 for an unknown table or format, 503 while it takes long to make."""
    name, _, form = request.path_params["file"].partition(".")
    if name not in table_names() or form not in FORMATS:
        raise RefusedError(
            404, "table-unknown-here", {"known": ", ".join(table_names()), "formats": ", ".join(FORMATS)}
        )
    lang = language_of(request)
    tag = validator(engine, "table", name, form, lang)
    headers = lasting_headers(engine, tag) | {
        "Content-Type": content_type(_JSON if form == "json" else MEDIA_TYPES[form])
    }
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    file = await tabling.file(engine.served, name, form, lang)
    headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return FileResponse(file, headers=headers)

"""``/catalog`` and the files that it tells of: those of the folder that was published of the same data.

The catalogue comes in the form that is asked for, dumps, tables, changes, stream and passport as they lie there.
"""

import asyncio
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from pobratim.errors import PobratimError
from pobratim.publishing.folder.media import media_type
from pobratim.serving.http.addresses import addresses_of
from pobratim.serving.http.negotiation import MEDIA_TYPES, choose
from pobratim.serving.http.paths import READ, Handler, paths
from pobratim.serving.http.requests import VARY, is_known
from pobratim.serving.http.sending import sent
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError

_FORMS = ("ttl", "jsonld", "rdf")
_NAME = "catalog"
_FOLDERS = ("dumps", "tables/{version}", "changes", "ldes", "opendata")
"""Folders of the publication whose files the catalogue, the passport and the stream name."""
_DESCRIBED = (_NAME, "dataset", "distribution", "service")
"""Kinds of things that only the catalogue describes (``viz/publishing/documents.csv``)."""


def routes(engine: Engine) -> list[Route]:
    """Return the routes of the catalogue and its files, [] where no published folder is named."""
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

    async def described(request: Request) -> Response:
        return RedirectResponse(f"{addresses_of(request, engine).root}/{_NAME}.{_asked(request)}", 303, {"Vary": VARY})

    async def well_known(request: Request) -> Response:
        return RedirectResponse(f"{addresses_of(request, engine).root}/{_NAME}", 303, {"Vary": VARY})

    return [
        *paths(f"/{_NAME}", catalogue, READ),
        *paths(f"/{_NAME}.{{form}}", catalogue, READ)[:1],
        *paths("/.well-known/dcat", well_known, READ)[:1],
        *paths(f"/id/{_NAME}", described, READ)[:1],
        *(paths(f"/id/{kind}/{{path:path}}", described, READ)[0] for kind in _DESCRIBED),
        *(paths(f"/{each}/{{path:path}}", _file_of(Path(folder)), READ)[0] for each in _FOLDERS),
    ]


def _file_of(folder: Path) -> Handler:
    """Return what answers with files that the publication itself lists: nothing else of the folder is seen."""

    async def file(request: Request) -> Response:
        path = request.url.path.lstrip("/")
        digest = (await asyncio.to_thread(_digests, folder)).get(path, "")
        if not digest or not (folder / path).is_file():
            raise RefusedError(404, "not-found", {"path": request.url.path})
        headers = {"ETag": f'"{digest}"', "Cache-Control": "no-cache", "Content-Type": media_type(path)}
        if is_known(request, digest):
            return Response(status_code=304, headers=headers)
        return FileResponse(folder / path, headers=headers)

    return file


def _digests(folder: Path) -> dict[str, str]:
    from pobratim.publishing.folder.editions import FILE  # imported here, and below: few servers have such a folder

    try:
        told = (folder / FILE).stat()
        return _listed(folder, told.st_mtime_ns, told.st_size)
    except (OSError, PobratimError):
        return {}


@lru_cache(maxsize=1)
def _listed(folder: Path, changed: int, size: int) -> dict[str, str]:
    """Return the digests of the files of a publication; its list of them bears a time and a size."""
    from pobratim.publishing.folder.editions import read_former

    del changed, size
    return {path: told.digest for path, told in read_former(folder).files.items()}


def _asked(request: Request) -> str:
    accept = ", ".join(request.headers.getlist("accept"))
    found = choose(accept, _FORMS)
    if found is None:
        known = ", ".join(MEDIA_TYPES[name] for name in _FORMS)
        raise RefusedError(406, "not-acceptable", {"found": accept[:200], "known": known}, headers={"Vary": VARY})
    return found[0]

"""Styles, scripts and pictures of ``viz`` at ``/static``, and the favicon."""

import hashlib
from functools import cache
from pathlib import Path, PurePosixPath

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim.content import content_root
from pobratim.serving.pages import is_known
from pobratim.serving.paths import READ, paths
from pobratim.serving.refusal import RefusedError

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
"""What is served; nothing else of ``viz`` is."""
_YEAR = 31_536_000


def routes() -> list[Route]:
    """Return the routes of static files."""

    async def static(request: Request) -> Response:
        return _file(request, request.path_params["path"])

    async def icon(request: Request) -> Response:
        return _file(request, "favicon.svg")

    return [*paths("/static/{path:path}", static, READ)[:1], *paths("/favicon.ico", icon, READ)[:1]]


def _file(request: Request, path: str) -> Response:
    media_type = _TYPES.get(PurePosixPath(path).suffix)
    found = _read(path) if media_type else None
    if media_type is None or found is None:
        raise RefusedError(404, "not-found", {"path": request.url.path})
    body, tag = found
    # An address with ?v= names one state of the file: a new one comes under a new address.
    age = f"max-age={_YEAR}, immutable" if "v" in request.query_params else "max-age=600"
    headers = {"ETag": f'"{tag}"', "Cache-Control": f"public, {age}", "Content-Type": media_type}
    if media_type == _TYPES[".svg"]:
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers)


@cache
def _read(path: str) -> tuple[bytes, str] | None:
    """Return a file of ``viz`` with its ETag, None where there is none or the path leads elsewhere."""
    root = (content_root() / "viz").resolve()
    file = (root / path).resolve()
    if not file.is_relative_to(root) or not file.is_file() or _is_hidden(file.relative_to(root)):
        return None
    body = file.read_bytes()
    return body, hashlib.blake2b(body, digest_size=16).hexdigest()


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "node_modules" for part in path.parts)

"""Styles, scripts and pictures of ``viz`` at ``/static``, and the favicon."""

import hashlib
import re
from functools import cache
from pathlib import Path, PurePosixPath

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim.content import content_root
from pobratim.serving.http.negotiation import encoding
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import is_known
from pobratim.serving.workers.encodings import compressed
from pobratim.serving.workers.refusal import RefusedError
from pobratim.templating.styles import stylesheet

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
"""What is served; nothing else of ``viz`` is."""
_WRITTEN = {".css", ".js", ".svg"}
"""What is served as it lies in ``viz`` itself: data there are settings and sources of what is built."""
_YEAR = 31_536_000
_BUILT = re.compile(r"(app|workbench)/")
"""What is built lies in viz/static, what is served as written in viz itself; sources of what is built are neither."""
_HASHED = re.compile(r"(app|workbench)/(chunks|assets)/")
"""Files whose names change with their content (viz/vite.config.ts)."""
_JOINED = "pages.css"
"""The stylesheet of all pages, made of ``viz/styles``."""


def routes() -> list[Route]:
    """Return the routes of static files."""

    async def static(request: Request) -> Response:
        return _file(request, request.path_params["path"])

    async def icon(request: Request) -> Response:
        return _file(request, "favicon.svg")

    return [*paths("/static/{path:path}", static, READ)[:1], *paths("/favicon.ico", icon, READ)[:1]]


def _file(request: Request, path: str) -> Response:
    media_type = _TYPES.get(PurePosixPath(path).suffix)
    form = encoding(request.headers.get("accept-encoding", ""))
    found = _read(path, form) if media_type else None
    if media_type is None or found is None:
        raise RefusedError(404, "not-found", {"path": request.url.path})
    body, tag = found
    # An address with ?v= names one state of the file: a new one comes under a new address.
    is_named = "v" in request.query_params or _HASHED.match(path) is not None
    age = f"max-age={_YEAR}, immutable" if is_named else "no-cache" if _BUILT.match(path) else "max-age=600"
    headers = {"ETag": f'"{tag}"', "Cache-Control": f"public, {age}", "Content-Type": media_type}
    headers |= {"Vary": "Accept-Encoding"} | ({"Content-Encoding": form} if form else {})
    if media_type == _TYPES[".svg"]:
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers)


@cache
def _read(path: str, form: str) -> tuple[bytes, str] | None:
    """Return a file of ``viz`` in an encoding with its ETag, None where there is none or the path leads elsewhere."""
    if path == _JOINED:
        return _sent(stylesheet().encode(), form)
    viz = (content_root() / "viz").resolve()
    root = viz / "static" if _BUILT.match(path) else viz
    file = (root / path).resolve()
    if not file.is_relative_to(root) or not file.is_file() or _is_hidden(file.relative_to(root)):
        return None
    if root == viz and file.suffix not in _WRITTEN:
        return None
    return _sent(file.read_bytes(), form)


def _sent(content: bytes, form: str) -> tuple[bytes, str]:
    body = compressed(content, form)
    return body, hashlib.blake2b(body, digest_size=16).hexdigest()


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "node_modules" for part in path.parts)

"""Pages that are made here: Jinja templates of ``viz/pages``, and how such a page is sent."""

import hashlib
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from pobratim.content import content_root
from pobratim.messages import Language
from pobratim.serving.negotiation import content_type
from pobratim.serving.requests import public_url
from pobratim.serving.settings import ServerSettings

_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
"""Nothing of a page comes from elsewhere, and no script stands in its text."""


def rendered(template: str, lang: Language, **values: object) -> str:
    """Return a page of ``viz/pages``; what is put in is escaped. Raises UndefinedError for a value that is missing."""
    return _environment().get_template(template).render(lang=lang, **values)


@cache
def words(file: str) -> dict[str, dict[str, str]]:
    """Return the words of a page by language and key, from ``viz/pages``."""
    found: dict[str, dict[str, str]] = yaml.safe_load(
        (content_root() / "viz" / "pages" / file).read_text(encoding="utf-8")
    )
    return found


def root_path(request: Request, settings: ServerSettings) -> str:
    """Return what the addresses of a page's links begin with: the path under which the server is reached, "" for /."""
    return urlsplit(public_url(request, settings)).path.rstrip("/")


def sent(
    request: Request, body: str, media_type: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a page as an answer, or 304; its ETag is made of its text, and it is asked for again each time.

    What cannot be written in UTF-8 (half a character in somebody's file) becomes a question mark.
    """
    data = body.encode(errors="replace")
    tag = f'"{hashlib.blake2b(data, digest_size=16).hexdigest()}"'
    sending = {"Content-Type": content_type(media_type), "Vary": "Accept, Accept-Language", **(headers or {})}
    sending |= {"ETag": tag, "Cache-Control": "no-cache"} if status == 200 else {"Cache-Control": "no-store"}
    if media_type == "text/html":
        sending["Content-Security-Policy"] = _POLICY
    known = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if status == 200 and (tag in known or "*" in known):
        return Response(status_code=304, headers=sending)
    return Response(data, status, sending)


@cache
def _environment() -> Environment:
    folder = content_root() / "viz" / "pages"
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

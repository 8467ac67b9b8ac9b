"""Answers that are made here: as a page or as JSON, and such as may change with any request."""

import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from pobratim.serving.http.negotiation import choose, content_type, encoding
from pobratim.serving.http.requests import VARY, is_known
from pobratim.serving.workers.encodings import SMALLEST, compressed
from pobratim.serving.workers.refusal import RefusedError

_PAGES = ("json", "html")


def page_format(request: Request, first: str = "json") -> str:
    """Return "json" or "html", by ?format= or Accept; ``first`` where both are as welcome. Raises RefusedError."""
    wanted = request.query_params.get("format", "")
    if wanted in _PAGES:
        return wanted
    offered = (first, *(name for name in _PAGES if name != first))
    accept = ", ".join(request.headers.getlist("accept"))
    found = None if wanted else choose(accept, offered)
    if found is None:
        raise RefusedError(406, "not-acceptable", {"found": (wanted or accept)[:200], "known": "JSON, HTML"})
    return found[0]


def sent(
    request: Request, body: str, media_type: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a text as an answer, or 304; its ETag is made of the text, and caches ask again each time.

    What cannot be written in UTF-8 (half a character in somebody's file) becomes a question mark.
    """
    data = body.encode(errors="replace")
    form = encoding(request.headers.get("accept-encoding", "")) if len(data) >= SMALLEST else ""
    tag = hashlib.blake2b(data + form.encode(), digest_size=16).hexdigest()
    sending = {"Content-Type": content_type(media_type), "Vary": VARY, **(headers or {})}
    sending |= {"ETag": f'"{tag}"', "Cache-Control": "no-cache"} if status == 200 else {"Cache-Control": "no-store"}
    if status == 200 and is_known(request, tag):
        return Response(status_code=304, headers=sending)
    if form:
        sending["Content-Encoding"] = form
        data = compressed(data, form)
    return Response(data, status, sending)

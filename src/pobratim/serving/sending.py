"""Answers that are made here and may change with any request, since they tell what stands in files."""

import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from pobratim.serving.negotiation import content_type, encoding
from pobratim.serving.pages import VARY, is_known
from pobratim.serving.worker import COMPRESSORS

_SMALLEST_COMPRESSED = 500


def sent(
    request: Request, body: str, media_type: str, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a text as an answer, or 304; its ETag is made of the text, and caches ask again each time.

    What cannot be written in UTF-8 (half a character in somebody's file) becomes a question mark.
    """
    data = body.encode(errors="replace")
    form = encoding(request.headers.get("accept-encoding", "")) if len(data) >= _SMALLEST_COMPRESSED else ""
    tag = hashlib.blake2b(data + form.encode(), digest_size=16).hexdigest()
    sending = {"Content-Type": content_type(media_type), "Vary": VARY, **(headers or {})}
    sending |= {"ETag": f'"{tag}"', "Cache-Control": "no-cache"} if status == 200 else {"Cache-Control": "no-store"}
    if status == 200 and is_known(request, tag):
        return Response(status_code=304, headers=sending)
    if form:
        sending["Content-Encoding"] = form
        compressor = COMPRESSORS[form]()
        data = compressor.compress(data) + compressor.flush()
    return Response(data, status, sending)

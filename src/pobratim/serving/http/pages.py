"""Pages as answers: validators, compression, what is kept, the headers that all pages bear."""

import hashlib
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from pobratim.messages import Language
from pobratim.serving.http.addresses import addresses_of
from pobratim.serving.http.negotiation import encoding
from pobratim.serving.http.requests import VARY, is_known, language_of
from pobratim.serving.workers.cache import Kept
from pobratim.serving.workers.encodings import SMALLEST, compressed
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.site.page import Page, Visit
from pobratim.site.render import content_hash, render

POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
)
"""Content-Security-Policy of all pages: whatever a label may hold, no script of it runs."""


def visit_of(request: Request, engine: Engine) -> Visit:
    """Return who asks, in which language, at which addresses."""
    pairs = tuple(request.query_params.multi_items())
    addresses = addresses_of(request, engine)
    lang, is_chosen = language_of(request), "lang" in request.query_params
    served = engine.served
    return Visit(lang, addresses, request.url.path, pairs, is_chosen, served.number, served.modified)


async def answer_page(request: Request, engine: Engine, make: Callable[[Visit], Awaitable[Page | None]]) -> Response:
    """Return the page that ``make`` makes: 304 where the visitor has it, from memory where it was made before.

    Raises RefusedError as ``make`` does, and 404 where that gives no page.
    """
    visit = visit_of(request, engine)
    form = encoding(request.headers.get("accept-encoding", ""))
    tag = validator(engine, "page", content_hash(), visit, form)
    headers = lasting_headers(engine, tag)
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    kept = engine.cache.get(tag)
    if kept is not None:
        response = Response(kept.body)
        response.raw_headers = list(kept.headers)
        return response
    page = await make(visit)
    if page is None:
        raise RefusedError(404, "not-found", {"path": request.url.path})
    body, encoded = _compressed(render(page, visit).encode(), form)
    headers |= _page_headers(page, visit) | encoded
    response = Response(body, page.status, headers)
    if page.status == 200:
        engine.cache.put(tag, Kept(tuple(response.raw_headers), body))
    return response


def html_headers(lang: Language) -> dict[str, str]:
    """Return the headers of any HTML page."""
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Language": lang,
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }


def validator(engine: Engine, *parts: object) -> str:
    """Return the ETag, without quotation marks, of what the served generation and ``parts`` determine."""
    return hashlib.blake2b(repr((engine.served.tag, *parts)).encode(errors="replace"), digest_size=16).hexdigest()


def lasting_headers(engine: Engine, tag: str) -> dict[str, str]:
    """Return the headers of an answer that stays as it is while the generation does."""
    return {"ETag": f'"{tag}"', "Cache-Control": f"public, max-age={engine.settings.age}", "Vary": VARY}


def _page_headers(page: Page, visit: Visit) -> dict[str, str]:
    links = ", ".join(f'<{link}>; rel="alternate describedby"; type="{kind}"' for kind, link in page.forms)
    return html_headers(visit.lang) | ({"Link": links} if links else {})


def _compressed(body: bytes, form: str) -> tuple[bytes, dict[str, str]]:
    if not form or len(body) < SMALLEST:
        return body, {}
    return compressed(body, form), {"Content-Encoding": form}

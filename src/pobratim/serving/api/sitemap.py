"""What robots are told: robots.txt, and the list of all pages in parts of at most 50,000 (sitemaps.org, 0.9)."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim.serving.http.addresses import addresses_of
from pobratim.serving.http.pages import lasting_headers, validator
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import is_known
from pobratim.serving.workers.asker import asker_of
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.site import site_map

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def routes(engine: Engine) -> list[Route]:
    """Return the routes of robots.txt and the sitemaps."""

    async def robots(request: Request) -> Response:
        addresses = addresses_of(request, engine)
        text = (
            f"User-agent: *\nDisallow: {addresses.root}/sparql\nDisallow: {addresses.root}/search\n"
            f"Allow: /\n\nSitemap: {addresses.public}/sitemap.xml\n"
        )
        return _sent(request, engine, text, "text/plain; charset=utf-8")

    async def index(request: Request) -> Response:
        addresses, lastmod = addresses_of(request, engine), _lastmod(engine)
        links = (f"{addresses.public}/sitemap-{part.name}.xml" for part in await site_map.parts(asker_of(engine)))
        entries = (f"<sitemap><loc>{escape(link)}</loc>{lastmod}</sitemap>" for link in links)
        return _sent(request, engine, _document("sitemapindex", entries))

    async def part(request: Request) -> Response:
        known = await site_map.parts(asker_of(engine))
        wanted = next((part for part in known if part.name == request.path_params["part"]), None)
        if wanted is None:
            raise RefusedError(404, "not-found", {"path": request.url.path})
        addresses, lastmod = addresses_of(request, engine), _lastmod(engine)
        links = await site_map.links(asker_of(engine), addresses, wanted, wanted == known[0])
        entries = (f"<url><loc>{escape(link)}</loc>{lastmod}</url>" for link in links)
        return _sent(request, engine, _document("urlset", entries))

    return [
        *paths("/robots.txt", robots, READ)[:1],
        *paths("/sitemap.xml", index, READ)[:1],
        *paths("/sitemap-{part}.xml", part, READ)[:1],
    ]


def _lastmod(engine: Engine) -> str:
    when = engine.served.modified
    return f"<lastmod>{when.isoformat()}</lastmod>" if when else ""


def _document(root: str, entries: Iterable[str]) -> str:
    lines = ('<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_NAMESPACE}">', *entries, f"</{root}>")
    return "\n".join(lines) + "\n"


def _sent(request: Request, engine: Engine, text: str, media_type: str = "application/xml") -> Response:
    tag = validator(engine, text)
    headers = lasting_headers(engine, tag)
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(text, headers={**headers, "Content-Type": media_type})

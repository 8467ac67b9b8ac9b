"""Pages for editors as answers: no cache keeps them."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from pobratim.serving.http.pages import html_headers, visit_of
from pobratim.serving.workers.engine import Engine
from pobratim.site.page import Page, Visit
from pobratim.site.render import render
from pobratim.site.words import Words


def answer(request: Request, engine: Engine, page: Page, **headers: str) -> Response:
    """Return a page; ``headers`` are further ones, with _ for -."""
    visit = visit_of(request, engine)
    values = {"editor": "", "e": Words(visit.lang, "editing"), **page.values}
    body = render(Page(page.template, values, page.status), visit).encode()
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(body, page.status, {**html_headers(visit.lang), "Cache-Control": "no-store", **told})


def see_other(visit: Visit, path: str, **query: str) -> Response:
    """Return the answer that leads to another page of ours (303)."""
    address = path + ("?" + urlencode(query) if query else "")
    return Response(status_code=303, headers={"Location": visit.to(address), "Cache-Control": "no-store"})

"""What is refused, for people: a page where a browser asks, problem+json for everyone else."""

from starlette.requests import Request
from starlette.responses import Response

from pobratim.messages import text
from pobratim.serving.http.negotiation import weights
from pobratim.serving.http.pages import html_headers, visit_of
from pobratim.serving.http.requests import language_of
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.site.page import Page
from pobratim.site.render import render
from pobratim.site.words import word

_OF_THE_PAGE = ("time-over", "memory-over")
"""Limits that a page hit with questions of its own: who reads it has no query to make narrower."""
MAKING = "explorer-making"
"""What is not there yet, and comes without anybody doing anything: its page asks again by itself."""


def refused(request: Request, engine: Engine, error: RefusedError) -> Response:
    """Return the answer to a refused request."""
    problem = error.response(language_of(request))
    if not _is_browser(request):
        return problem
    visit = visit_of(request, engine)
    values = {
        "status": error.status,
        "title": text(f"serve-{error.status}", visit.lang),
        "detail": error.detail(visit.lang),
    }
    if error.code in _OF_THE_PAGE:
        values |= {"title": word("page-late", visit.lang), "detail": word("page-late-about", visit.lang)}
    if error.code == MAKING:
        values = {
            "status": "",
            "title": word("page-making", visit.lang),
            "detail": word("page-making-about", visit.lang),
        }
    body = render(Page("error.html", values, error.status), visit)
    headers = {**{name: value for name, value in problem.headers.items() if name != "content-length"}}
    headers = {name: value for name, value in headers.items() if name not in ("content-type", "content-language")}
    if error.code == MAKING:
        headers["Refresh"] = str(error.retry_after)
    return Response(body, error.status, {**headers, **html_headers(visit.lang)})


def _is_browser(request: Request) -> bool:
    """Tell whether HTML is what the client likes best; clients of the protocol never do."""
    if request.url.path.rstrip("/") == "/sparql":
        return False
    wanted = dict(weights(", ".join(request.headers.getlist("accept"))))
    html = wanted.get("text/html", 0.0)
    return html > 0 and html >= max(wanted.values())

"""``/sign-in`` and ``/sign-out``."""

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim.serving.editing.access import name_of
from pobratim.serving.editing.answers import answer, see_other
from pobratim.serving.editing.forms import Form, form_of
from pobratim.serving.editing.gate import COOKIE, Gate, Signed
from pobratim.serving.http.pages import visit_of
from pobratim.serving.http.paths import paths
from pobratim.serving.http.requests import client_of
from pobratim.serving.workers.refusal import RefusedError
from pobratim.site.page import Page

_HOME = "/review"


def routes(gate: Gate) -> list[Route]:
    """Return the routes of signing in and out."""

    async def sign_in(request: Request) -> Response:
        if request.method == "POST":
            return await _taken(gate, request)
        values = {"kept": "", "next": request.query_params.get("next", ""), "wrong": "", "ended": False, "name": ""}
        return answer(request, gate.engine, Page("sign-in.html", values))

    async def sign_out(signed: Signed, form: Form) -> Response:
        del form
        response = see_other(visit_of(signed.request, gate.engine), "/")
        response.delete_cookie(COOKIE, path=_cookie_path(gate, signed.request))
        return response

    return [*paths("/sign-in", sign_in, "GET, HEAD, POST, OPTIONS"), *gate.takes("/sign-out", sign_out)]


async def _taken(gate: Gate, request: Request) -> Response:
    gate.check_origin(request)
    client = client_of(request)
    wait = gate.attempts.wait(client)
    if wait:
        raise RefusedError(429, "sign-in-often", {"seconds": wait}, retry_after=wait)
    form = await form_of(request, gate.engine.settings)
    name, kept, path = name_of(form.one("editor")), form.one("kept"), _own(form.one("next"))
    wrong = "sign-in-no-name" if not name else ""
    if name and not gate.access.admits(name, form.one("token")):
        gate.attempts.fail(client)
        wrong = "sign-in-wrong"
    if wrong:
        values = {"kept": kept, "next": path, "wrong": wrong, "ended": False, "name": name}
        return answer(request, gate.engine, Page("sign-in.html", values, 403))
    gate.attempts.forget(client)
    session, cookie = gate.access.begin(name)
    if kept:
        response = gate.again(request, session, parse_qsl(kept, keep_blank_values=True), path, 200)
    else:
        response = see_other(visit_of(request, gate.engine), path)
    is_secure = visit_of(request, gate.engine).addresses.public.startswith("https:")
    response.set_cookie(
        COOKIE, cookie, max_age=int(gate.engine.settings.session_hours * 3600), path=_cookie_path(gate, request),
        secure=is_secure, httponly=True, samesite="strict",
    )  # fmt: skip
    return response


def _own(path: str) -> str:
    """Return a path of this server; the first page of editing for what is none: nobody is led to another site."""
    is_own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_own else _HOME


def _cookie_path(gate: Gate, request: Request) -> str:
    return visit_of(request, gate.engine).addresses.root + "/"

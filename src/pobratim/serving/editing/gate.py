"""Who a request comes from, and whether it may change anything: sessions, and forms of our own, which are kept."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim.serving.editing.access import Access, Attempts, Session, name_of
from pobratim.serving.editing.answers import answer, see_other
from pobratim.serving.editing.forms import MULTIPART, Form, Pairs, drained, form_of
from pobratim.serving.http.pages import visit_of
from pobratim.serving.http.paths import paths
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.site.page import Page

COOKIE = "pobratim-editor"
FORM_TOKEN = "form"
"""The field in which forms bear their token."""
READ, WRITE = "GET, HEAD, OPTIONS", "POST, OPTIONS"
_OURS = ("same-origin", "none")
_PLAIN = (FORM_TOKEN, "editor", "token", "next", "kept")
"""Fields of signing in, which are not part of the form that is kept."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A request of somebody who is signed in: his session, and the token that his forms bear."""

    request: Request
    session: Session
    form_token: str

    @property
    def name(self) -> str:
        """Return the editor's name."""
        return self.session.name


Shown = Callable[[Signed], Awaitable[Response]]
Written = Callable[[Signed, Form], Awaitable[Response]]


class Gate:
    """Lets editors through, to pages and to forms."""

    def __init__(self, engine: Engine) -> None:
        """Take who may edit from the settings of ``engine``."""
        self.engine = engine
        self.access, self.attempts = Access(engine.settings), Attempts()

    def shows(self, path: str, handler: Shown) -> list[Route]:
        """Return the routes of a page for editors: others are led to sign in."""

        async def endpoint(request: Request) -> Response:
            session = self.session(request)
            if session is None:
                visit = visit_of(request, self.engine)
                return see_other(visit, "/sign-in", next=path_of(request))
            return await handler(self.signed(request, session))

        return paths(path, endpoint, READ)

    def takes(self, path: str, handler: Written, shown: Shown | None = None) -> list[Route]:
        """Return the routes of a form for editors; ``shown`` is the page at the same address.

        Without a session the form is kept and sent again after signing in.
        """
        reading = self.shows(path, shown)[0].endpoint if shown else None

        async def endpoint(request: Request) -> Response:
            if request.method in ("GET", "HEAD"):
                assert reading is not None
                found: Response = await reading(request)
                return found
            self.check_origin(request)
            session = self.session(request)
            if session is None:
                return await self._kept(request)
            form = await form_of(request, self.engine.settings)
            if not self.access.is_form_token(session, form.one(FORM_TOKEN)):
                return self.again(request, session, form.pairs, request.url.path, 403)
            return await handler(self.signed(request, session), form)

        return paths(path, endpoint, f"GET, HEAD, {WRITE}" if shown else WRITE)

    def session(self, request: Request) -> Session | None:
        """Return who is signed in: by his cookie, else by the header of a trusted proxy."""
        session = self.access.read(request.cookies.get(COOKIE, ""))
        header = self.engine.settings.user_header
        if session is None and header:
            name = name_of(request.headers.get(header, ""))
            if name in self.engine.settings.editors:
                return Session(name, float("inf"), f"header {name}")
        return session

    def check_origin(self, request: Request) -> None:
        """Refuse what a browser sends for another site (Fetch Metadata, Origin). Raises RefusedError 403."""
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        if site is not None and site not in _OURS:
            raise RefusedError(403, "other-site")
        if origin is not None:
            ours = {request.headers.get("host", ""), urlsplit(self.engine.settings.public_url).netloc} - {""}
            if urlsplit(origin).netloc not in ours:
                raise RefusedError(403, "other-site")

    def again(self, request: Request, session: Session, pairs: Pairs, path: str, status: int) -> Response:
        """Return a page that sends a form once more, by a click of the editor, with the token of his session."""
        values = {
            "pairs": [pair for pair in pairs if pair[0] not in _PLAIN],
            "path": path,
            "form_token": self.access.form_token(session),
            "editor": session.name,
        }
        return answer(request, self.engine, Page("editing-again.html", values, status))

    async def _kept(self, request: Request) -> Response:
        """Return the page on which somebody signs in again without losing what he wrote."""
        if request.headers.get("content-type", "").lower().startswith(MULTIPART):
            await drained(request, self.engine.settings)
            kept, path = "", "/reports/new"
        else:
            form = await form_of(request, self.engine.settings)
            kept, path = urlencode([pair for pair in form.pairs if pair[0] not in _PLAIN]), request.url.path
        values = {"kept": kept, "next": path, "wrong": "", "ended": True, "name": ""}
        return answer(request, self.engine, Page("sign-in.html", values, 401))

    def signed(self, request: Request, session: Session) -> Signed:
        """Return a request as one of somebody who is signed in."""
        return Signed(request, session, self.access.form_token(session))


def path_of(request: Request) -> str:
    """Return path and query of a request."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")

"""``/agreements`` for editors: the register with a button on each plan, which writes that it is signed."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim.editing.ledger import seen_of
from pobratim.serving.editing.gate import Signed
from pobratim.serving.editing.office import Office
from pobratim.serving.http.pages import answer_page
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import client_of
from pobratim.serving.workers.asker import asker_of
from pobratim.site.asking import Asker
from pobratim.site.explorer.agreements import agreements_at
from pobratim.site.page import Page, Visit

_PATH = "/agreements"


def routes(office: Office) -> list[Route]:
    """Return the routes of the register: for others it is the page that caches keep."""

    async def shown(request: Request) -> Response:
        session = office.gate.session(request)
        if session is not None:
            return await _for_editor(office, office.gate.signed(request, session))
        asker = asker_of(office.engine, client_of(request))
        return await answer_page(request, office.engine, lambda visit: agreements_at(asker, visit, _PATH))

    return paths(_PATH, shown, READ)


async def _for_editor(office: Office, signed: Signed) -> Response:
    ledger = await office.ledger()

    async def make(asker: Asker, visit: Visit) -> Page:
        page = await agreements_at(asker, visit, _PATH)
        planned = [row["key"] for row in page.values.get("rows", ()) if row["is_planned"]]
        seen = {key: seen_of(ledger.lines, [("agreement", key)]) for key in planned}
        return Page(page.template, {**page.values, "signing": seen}, page.status)

    return await office.page(signed, make)

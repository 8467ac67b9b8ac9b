"""``/review``: what the data leave open, side by side; decisions with author and time, their preview and undoing."""

import asyncio
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim.editing.editor import Editor
from pobratim.editing.ledger import Step
from pobratim.editing.lines import ident_of
from pobratim.editing.review_pages import candidates_of, pair_page, review_list, thing_page
from pobratim.resolve import undecided
from pobratim.serving.editing.forms import Form
from pobratim.serving.editing.gate import Signed
from pobratim.serving.editing.office import Office
from pobratim.serving.editing.wishes import wished
from pobratim.site.asking import Asker
from pobratim.site.page import Page, Visit


def routes(office: Office) -> list[Route]:
    """Return the routes of review."""
    gate = office.gate

    async def listed(signed: Signed) -> Response:
        ledger, found = await office.ledger(), candidates_of(office.engine.served.manifest)
        return await office.page(signed, lambda asker, visit: review_list(asker, visit, found, ledger))

    async def pair(signed: Signed) -> Response:
        query = signed.request.query_params
        things = query.get("type", ""), query.get("left", ""), query.get("right", "")
        ledger, found = await office.ledger(), candidates_of(office.engine.served.manifest)
        return await office.page(signed, lambda asker, visit: pair_page(asker, visit, things, found, ledger))

    async def thing(signed: Signed) -> Response:
        query, ledger = signed.request.query_params, await office.ledger()

        async def make(asker: Asker, visit: Visit) -> Page | None:
            return await thing_page(asker, visit, query.get("type", ""), query.get("key", ""), ledger)

        return await office.page(signed, make)

    async def following(signed: Signed) -> Response:
        return office.to(signed.request, await _next(office, signed.request))

    async def decide(signed: Signed, form: Form) -> Response:
        return await _decided(office, signed, form)

    async def undo(signed: Signed, form: Form) -> Response:
        wanted = {*form.all("line")}
        lines = [one for one in (await office.ledger()).lines if ident_of(one) in wanted]
        things = tuple(thing for one in lines for thing in one.things)
        return await office.begin(signed, form, "decide", step=Step((), tuple(lines), things, "").to_json())

    return [
        *gate.shows("/review", listed),
        *gate.shows("/review/pair", pair),
        *gate.shows("/review/thing", thing),
        *gate.shows("/review/next", following),
        *gate.takes("/review/decide", decide),
        *gate.takes("/review/undo", undo),
    ]


async def _decided(office: Office, signed: Signed, form: Form) -> Response:
    """Set going what a form asks: to write, or with the button ``preview`` to tell what would change."""
    by = Editor(signed.name, datetime.now().astimezone())
    index = (await office.searching.index())[0]
    task = "preview" if form.one("preview") else "decide"
    form = _whole(form)
    step = await asyncio.to_thread(wished, form, by, index)
    return await office.begin(signed, form, task, step=step.to_json())


def _whole(form: Form) -> Form:
    """Return a form without its button of the preview, which names what is decided where no other button does."""
    pairs = [pair for pair in form.pairs if pair[0] != "preview"]
    return Form(pairs if form.one("act") else [*pairs, ("act", form.one("preview"))])


async def _next(office: Office, request: Request) -> str:
    """Return the address of the open question behind the one with the number ``?after=``, of the list where none is."""
    left = undecided(candidates_of(office.engine.served.manifest), (await office.ledger()).lines)
    after = request.query_params.get("after", "0")
    at = int(after) if after.isdecimal() else 0
    if not left:
        return "/review"
    one = left[at] if at < len(left) else left[0]
    return f"/review/pair?type={one.type}&left={one.left.key}&right={one.right.key}"

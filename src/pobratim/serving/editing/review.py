"""``/review``: what the data leave open, side by side; decisions with author and time, their preview and undoing."""

import asyncio
from datetime import datetime
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim.editing.editor import Editor
from pobratim.editing.ledger import Step
from pobratim.editing.lines import ident_of
from pobratim.editing.review_pages import candidates_of, pair_page, review_list, thing_page
from pobratim.editing.tie_page import TIE, tie_page
from pobratim.resolve import undecided
from pobratim.resolve.fields import FIELDS, signs
from pobratim.serving.editing.forms import Form
from pobratim.serving.editing.gate import Signed
from pobratim.serving.editing.offering import offered
from pobratim.serving.editing.office import Office
from pobratim.serving.editing.wishes import wished
from pobratim.serving.http.requests import client_of
from pobratim.serving.workers.asker import asker_of
from pobratim.serving.workers.refusal import RefusedError
from pobratim.site.asking import Asker
from pobratim.site.page import Page, Visit

_SIGNS = signs(FIELDS["entry"][TIE])
"""What answers to a doubtful tie do with it."""


def routes(office: Office) -> list[Route]:
    """Return the routes of review."""
    gate = office.gate

    async def listed(signed: Signed) -> Response:
        ledger, found = await office.ledger(), candidates_of(office.engine.served.manifest)

        async def make(asker: Asker, visit: Visit) -> Page:
            return await review_list(asker, visit, found, await office.doubts(asker, ledger), ledger)

        return await office.page(signed, make)

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
        *_ties(office),
        *gate.shows("/review/thing", thing),
        *gate.shows("/review/next", following),
        *_names(office),
        *gate.takes("/review/decide", decide),
        *gate.takes("/review/undo", undo),
    ]


def _ties(office: Office) -> list[Route]:
    async def tie(signed: Signed) -> Response:
        query, ledger = signed.request.query_params, await office.ledger()
        wanted = query.get("row", ""), query.get("number", "")

        async def make(asker: Asker, visit: Visit) -> Page | None:
            return await tie_page(asker, visit, await office.doubts(asker, ledger), wanted, ledger)

        return await office.page(signed, make)

    return office.gate.shows("/review/tie", tie)


def _names(office: Office) -> list[Route]:
    async def names(signed: Signed) -> Response:
        return await offered(office, signed.request)

    return office.gate.shows("/review/names", names)


async def _decided(office: Office, signed: Signed, form: Form) -> Response:
    """Set going what a form asks: to write, or with the button ``preview`` to tell what would change."""
    by = Editor(signed.name, datetime.now().astimezone())
    index = (await office.searching.index())[0]
    task = "preview" if form.one("preview") else "decide"
    form = _whole(form)
    try:
        step = await asyncio.to_thread(wished, form, by, index)
    except RefusedError as error:
        return office.unwritten(signed, form, error, _asked_at(form))
    return await office.begin(signed, form, task, step=step.to_json())


def _asked_at(form: Form) -> str:
    """Return the address of the page on which a form was filled in."""
    kind, left = form.one("type"), form.one("left")
    if form.one("field") == TIE and form.one("tie"):
        return f"/review/tie?{urlencode({'row': left, 'number': form.one('tie')})}"
    return f"/review/thing?{urlencode({'type': kind, 'key': left})}" if left else "/review"


def _whole(form: Form) -> Form:
    """Return a form without its button of the preview, which names what is decided, or its sign, where no other button
    does."""
    asked, pairs = form.one("preview"), [pair for pair in form.pairs if pair[0] != "preview"]
    named = "sign" if asked in _SIGNS else "act"
    return Form(pairs if form.one(named) else [*pairs, (named, asked)])


async def _next(office: Office, request: Request) -> str:
    """Return the address of the open question behind the one with the number ``?after=``, of the list where none is.

    With ``?type=tie`` it is a doubtful tie.
    """
    ledger, after = await office.ledger(), request.query_params.get("after", "0")
    at = int(after) if after.isdecimal() else 0
    if request.query_params.get("type") == TIE:
        doubts = await office.doubts(asker_of(office.engine, client_of(request)), ledger)
        addresses = [f"/review/tie?{urlencode({'row': one.row, 'number': one.number})}" for one in doubts]
    else:
        left = undecided(candidates_of(office.engine.served.manifest), ledger.lines)
        addresses = [f"/review/pair?type={one.type}&left={one.left.key}&right={one.right.key}" for one in left]
    return addresses[at if at < len(addresses) else 0] if addresses else "/review"

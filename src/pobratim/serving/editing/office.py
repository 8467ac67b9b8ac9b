"""What the pages of editing share: the gate, the work in hand, the data, the folder of drafts, the ledger."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from pobratim.editing.desk import Desk
from pobratim.editing.doubts import Doubt, doubts_of, left
from pobratim.editing.ledger import Ledger
from pobratim.errors import LedgerError, UsageError
from pobratim.messages import is_message, text
from pobratim.resolve import Decision, read_decisions
from pobratim.serving.editing.answers import answer, see_other
from pobratim.serving.editing.forms import Form
from pobratim.serving.editing.gate import FORM_TOKEN, Gate, Signed
from pobratim.serving.editing.works import Work, Works
from pobratim.serving.http.pages import visit_of
from pobratim.serving.http.requests import client_of
from pobratim.serving.workers.asker import asker_of
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.searching import Searching
from pobratim.site.asking import Asker
from pobratim.site.page import Page, Visit
from pobratim.site.words import word

_TYPED = ("row", "value", "value2", "why")
"""Fields of forms into which editors type."""
Make = Callable[[Asker, Visit], Awaitable[Page | None]]


@dataclass(frozen=True, slots=True)
class Office:
    """Everything that a page of editing needs."""

    engine: Engine
    store: Path
    gate: Gate
    works: Works
    searching: Searching
    _doubts: dict[str, Any] = field(default_factory=dict)
    """The doubtful ties of a generation, and its number: they stand in records, which take long to read."""

    @property
    def desk(self) -> Desk:
        """Return the folder of drafts and history."""
        return Desk(self.store)

    async def ledger(self) -> Ledger:
        """Return the decisions. Raises RefusedError 500 for a ledger that somebody wrote faultily by hand."""
        try:
            lines = await asyncio.to_thread(read_decisions, self.desk.ledger)
        except (LedgerError, UsageError) as error:
            raise RefusedError(500, "ledger-broken", {"cause": error}) from None
        return self.named(lines)

    def named(self, lines: Sequence[Decision]) -> Ledger:
        """Return decisions with what things were called when they were taken."""
        return Ledger(lines, self.desk.names())

    async def doubts(self, asker: Asker, ledger: Ledger) -> list[Doubt]:
        """Return the doubtful ties on which the ledger says nothing."""
        number = self.engine.served.number
        if self._doubts.get("number") != number:
            self._doubts.update(number=number, found=await asyncio.to_thread(doubts_of, self.store))
        return await left(asker, self._doubts["found"], ledger.lines)

    async def page(self, signed: Signed, make: Make) -> Response:
        """Return a page for an editor. Raises RefusedError 404 where ``make`` gives none."""
        visit = visit_of(signed.request, self.engine)
        page = await make(asker_of(self.engine, client_of(signed.request)), visit)
        if page is None:
            raise RefusedError(404, "not-found", {"path": signed.request.url.path})
        return self.shown(signed, page)

    def shown(self, signed: Signed, page: Page, **headers: str) -> Response:
        """Return a page that is made, with what the forms on it bear."""
        values = {"editor": signed.name, "form_token": signed.form_token, **page.values}
        return answer(signed.request, self.engine, Page(page.template, values, page.status), **headers)

    def unwritten(self, signed: Signed, form: Form, error: RefusedError, back: str) -> Response:
        """Return the page on which a form that was not understood is mended, with all that was typed into it.

        ``back`` leads to where it was filled in. Raises ``error`` where the form bears nothing that could be mended.
        """
        lang = visit_of(signed.request, self.engine).lang
        fact = f"fact-{form.one('field')}"
        named = text(fact, lang) if is_message(fact) else ""
        told = [
            (name, named if name == "value" and named else word(f"field-{name}", lang, "editing"), form.one(name))
            for name in _TYPED
            if form.one(name)
        ]
        if not told:
            raise error
        kept = [pair for pair in form.pairs if pair[0] not in (*_TYPED, FORM_TOKEN)]
        values = {"detail": error.detail(lang), "path": _path_of(signed.request), "kept": kept, "fields": told}
        return self.shown(signed, Page("editing-unwritten.html", {**values, "back": back}, error.status))

    async def begin(self, signed: Signed, form: Form, task: str, **asked: object) -> Response:
        """Set a piece of work going and lead to its page, which tells what came of it."""
        work = self.works.begin(task, signed.name, datetime.now().astimezone(), tuple(form.pairs), **asked)
        await self.works.attend(work)
        return self.to(signed.request, f"/editing/{work.id}")

    def to(self, request: Request, path: str) -> Response:
        """Return the answer that leads to another page."""
        return see_other(visit_of(request, self.engine), path)

    def work(self, request: Request) -> Work | None:
        """Return the piece of work that an address names."""
        return self.works.find(request.path_params["work"])


def _path_of(request: Request) -> str:
    """Return the address to which a form was sent, without its language."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return request.url.path + (f"?{urlencode(query)}" if query else "")

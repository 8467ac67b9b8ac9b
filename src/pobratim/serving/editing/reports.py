"""``/reports/new`` and what follows: documents handed in, looked at, corrected, accepted, thrown away; the history."""

import asyncio
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim.editing.desk import About
from pobratim.editing.draft_pages import draft_page, history_page, new_page
from pobratim.serving.editing.forms import Form
from pobratim.serving.editing.gate import Signed
from pobratim.serving.editing.office import Office
from pobratim.serving.editing.wishes import change_asked
from pobratim.serving.http.pages import visit_of
from pobratim.serving.workers.refusal import RefusedError

_WAIT = 5.0
"""Seconds for which the page of a draft waits for its reading."""
_AGAIN = "2"


def routes(office: Office) -> list[Route]:
    """Return the routes of reports."""
    gate = office.gate

    async def new(signed: Signed) -> Response:
        return await _new(office, signed)

    async def take(signed: Signed, form: Form) -> Response:
        return await _take(office, signed, form)

    async def draft(signed: Signed) -> Response:
        return await _draft(office, signed)

    async def history(signed: Signed) -> Response:
        entries = await asyncio.to_thread(office.desk.history)
        return office.shown(signed, history_page(visit_of(signed.request, office.engine), entries))

    async def undo(signed: Signed, form: Form) -> Response:
        return await office.begin(signed, form, "undo", load=form.one("load"), why=form.one("why"))

    return [
        *gate.takes("/reports/new", take, new),
        *gate.shows("/reports/history", history),
        *gate.takes("/reports/undo", undo),
        *gate.shows("/reports/drafts/{draft}", draft),
        *gate.takes("/reports/drafts/{draft}/told", lambda signed, form: _tell(office, signed, form)),
        *gate.takes("/reports/drafts/{draft}/fix", lambda signed, form: _fix(office, signed, form)),
        *gate.takes("/reports/drafts/{draft}/accept", lambda signed, form: _accept(office, signed, form)),
        *gate.takes("/reports/drafts/{draft}/reject", lambda signed, form: _reject(office, signed, form)),
    ]


async def _new(office: Office, signed: Signed, refused: Iterable[str] = (), status: int = 200) -> Response:
    drafts = await asyncio.to_thread(lambda: [(one, office.desk.read(one)) for one in office.desk.drafts()])
    works = {about.id: office.works.of_draft(about.id) for about, _ in drafts}
    states = {ident: work.state if work else "" for ident, work in works.items()}
    settings = office.engine.settings
    page = new_page(visit_of(signed.request, office.engine), drafts, states, settings.upload_mb, list(refused), status)
    is_reading = any(state in ("waiting", "running") for state in states.values())
    # Only where somebody waits: a page that comes anew forgets the files that were chosen on it.
    is_waiting = is_reading and "waiting" in signed.request.query_params
    return office.shown(signed, page, **({"Refresh": _AGAIN} if is_waiting else {}))


async def _take(office: Office, signed: Signed, form: Form) -> Response:
    """Make a draft of each file, let it be read, and lead to it; several wait in the list."""
    if not form.files:
        return await _new(office, signed, form.too_large or [""], 413 if form.too_large else 422)
    now = datetime.now().astimezone()
    drafts = [await asyncio.to_thread(_written, office, file, signed.name, now) for file in form.files]
    works = [office.works.begin("read", signed.name, now, draft=about.id) for about in drafts]
    if form.too_large:
        return await _new(office, signed, form.too_large, 413)
    if len(drafts) > 1:
        return office.to(signed.request, "/reports/new?waiting=1")
    await office.works.attend(works[0])
    return office.to(signed.request, f"/reports/drafts/{drafts[0].id}")


def _written(office: Office, file: UploadFile, author: str, now: datetime) -> About:
    about, path = office.desk.begin(file.filename or "", author, now)
    with path.open("wb") as out:
        shutil.copyfileobj(file.file, out)
    return about


async def _draft(office: Office, signed: Signed) -> Response:
    about = _about(office, signed.request)
    facts = await asyncio.to_thread(office.desk.read, about)
    work = office.works.of_draft(about.id)
    if facts is None and work is None:  # the server was started anew while it was read
        work = office.works.begin("read", about.author, datetime.now().astimezone(), draft=about.id)
    if facts is None and work is not None:
        await office.works.attend(work, _WAIT)
        facts = await asyncio.to_thread(office.desk.read, about)
    state = work.state if work else "done"
    visit = visit_of(signed.request, office.engine)
    said = work.answer.get("said", {}).get(visit.lang, "") if work else ""
    page = await asyncio.to_thread(draft_page, office.desk, about, facts, visit, state, said)
    is_reading = facts is None and state in ("waiting", "running")
    return office.shown(signed, page, **({"Refresh": _AGAIN} if is_reading else {}))


async def _tell(office: Office, signed: Signed, form: Form) -> Response:
    """Take what somebody tells of a report, and read it again so."""
    about = _about(office, signed.request)
    changed = replace(about, period=form.one("period"), home=form.one("home"), source=form.one("source"))
    await asyncio.to_thread(office.desk.keep, changed)
    work = office.works.begin("read", signed.name, datetime.now().astimezone(), draft=about.id)
    await office.works.attend(work)
    return office.to(signed.request, f"/reports/drafts/{about.id}")


async def _fix(office: Office, signed: Signed, form: Form) -> Response:
    """Take a correction of a row, to be written when the draft is accepted; an empty value takes one back."""
    about = _about(office, signed.request)
    report, row, field = form.one("report"), form.one("row"), form.one("field")
    try:
        number = _number(row)
        change = await _change(office, form) if form.one("value") else ""
    except RefusedError as error:
        return office.unwritten(signed, form, error, f"/reports/drafts/{about.id}")
    others = tuple(one for one in about.fixes if one[:2] != (report, number) or not _is_of(one[2], field))
    others += ((report, number, change),) if change else ()
    await asyncio.to_thread(office.desk.fix, about, others)
    return office.to(signed.request, f"/reports/drafts/{about.id}?{signed.request.query_params}#fixes")


async def _change(office: Office, form: Form) -> str:
    """Return the correction that a form asks for; names are looked up in the data and among towns."""
    index = (await office.searching.index())[0]
    return await asyncio.to_thread(change_asked, form, "entry", index)


def _number(row: str) -> int:
    if not row.isdecimal():
        raise RefusedError(400, "no-row", {"value": row[:100]})
    return int(row)


def _is_of(change: str, field: str) -> bool:
    return change.partition("=")[0].rstrip("+-") == field


async def _accept(office: Office, signed: Signed, form: Form) -> Response:
    about = _about(office, signed.request)
    return await office.begin(signed, form, "accept", draft=about.id)


async def _reject(office: Office, signed: Signed, form: Form) -> Response:
    del form
    await asyncio.to_thread(office.desk.remove, _about(office, signed.request))
    return office.to(signed.request, "/reports/new")


def _about(office: Office, request: Request) -> About:
    about = office.desk.draft(request.path_params["draft"])
    if about is None:
        raise RefusedError(404, "no-draft")
    return about

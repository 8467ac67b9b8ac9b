"""The library for people, as it is asked over HTTP: lists of questions, a form for each, answers page by page."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from pobratim.query.question import NamedQuery
from pobratim.serving.api import asking, understanding
from pobratim.serving.api.shelf import Broken, Shelf
from pobratim.serving.http.delivery import attended
from pobratim.serving.http.pages import html_headers, visit_of
from pobratim.serving.http.requests import client_of
from pobratim.serving.http.sending import sent
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.searching import Searching
from pobratim.site import questions
from pobratim.site.answer_table import answer_table
from pobratim.site.page import Page, Visit
from pobratim.site.question_links import address_of
from pobratim.site.questions import Filled
from pobratim.site.render import render

_ROWS = 50
"""Rows of an answer's page; the files hold all of them."""


def list_page(request: Request, engine: Engine, shelf: Shelf, group: str) -> Response:
    """Return the list of a group's questions, by tag."""
    visit, entries = visit_of(request, engine), shelf.entries()
    queries = [entry for entry in entries if isinstance(entry, NamedQuery)]
    broken = [(entry.name, entry.error) for entry in entries if isinstance(entry, Broken)]
    return _sent(request, visit, questions.list_page(queries, broken, visit, group))


def about_page(request: Request, engine: Engine, query: NamedQuery, group: str) -> Response:
    """Return the page of a question, before anything is asked."""
    return _page(request, engine, asking.read(request, query), group)


async def answer_page(
    request: Request, engine: Engine, asked: asking.Asked, group: str, searching: Searching
) -> Response:
    """Return the page of a question with its answer, or with what is wrong with the values that were filled in."""
    if not asked.values.keys() - {asking.LANGUAGE} and any(parameter.required for parameter in asked.query.parameters):
        return _page(request, engine, asked, group)
    try:
        asked = await understanding.understood(asked, searching)
        table = await _table(request, engine, asked, group)
    except RefusedError as refusal:
        if refusal.status not in (400, 404):
            raise
        return _page(request, engine, asked, group, refusal=refusal)
    return _page(request, engine, asked, group, table=table)


async def _table(request: Request, engine: Engine, asked: asking.Asked, group: str) -> dict[str, Any] | None:
    """Return the rows of a page and the addresses of others; None for an answer that is no rows."""
    if not asked.is_rows:
        await asking.task_of(asked, "ttl", engine)  # the values may be wrong all the same
        return None
    window = asking.window_of(asked, _ROWS)
    assert window is not None
    task = await asking.task_of(asked, "json", engine)
    total = await asking.total_of(request, engine, task, asked.is_lasting)
    answer = await attended(request, engine.run(asking.paged(task, window), client_of(request)))
    found = json.loads(b"".join(answer.pieces()))
    visit, rows = visit_of(request, engine), found["results"]["bindings"]
    links = asking.page_links(address_of(visit.addresses.root, group, asked.query.name), asked, window, total)
    return {
        **answer_table([name for name in found["head"]["vars"] if name not in task.hidden], rows, visit),
        "total": total,
        "first": window.offset + 1,
        "last": window.offset + len(rows),
        "pages": links if len(rows) < total else {},
    }


def _page(
    request: Request,
    engine: Engine,
    asked: asking.Asked,
    group: str,
    table: dict[str, Any] | None = None,
    refusal: RefusedError | None = None,
) -> Response:
    members: Any = refusal.members if refusal else {}
    near = members.get("suggestions", [])
    filled = Filled(
        asked.query,
        group,
        asked.values,
        asked.pairs,
        asked.controls.get(asking.LANGUAGE, ""),
        asked.references,
        table,
        refusal.detail(asked.lang) if refusal else "",
        members.get("parameter", {}).get("name", ""),
        near,
        refusal.status if refusal else 200,
    )
    visit = visit_of(request, engine)
    return _sent(request, visit, questions.question_page(filled, visit))


def _sent(request: Request, visit: Visit, page: Page) -> Response:
    return sent(request, render(page, visit), "text/html", page.status, html_headers(visit.lang))

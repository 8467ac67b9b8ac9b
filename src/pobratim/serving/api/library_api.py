"""``/queries``: the library of questions as an API. What a question takes and gives, its file alone decides.

``/queries`` lists them, ``/queries/NAME`` answers one (``.csv`` and other endings choose the format), ``/about`` tells
of it; the views and checks stand one step below. Files are looked at with each request: new ones need no restart.
"""

import json
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pobratim.errors import similar
from pobratim.query.question import NamedQuery
from pobratim.serving.api import asking, library_pages, openapi, understanding
from pobratim.serving.api.described import broken_of, entry_of
from pobratim.serving.api.shelf import Broken, Shelf, shelves
from pobratim.serving.http.delivery import Question, deliver
from pobratim.serving.http.negotiation import MEDIA_TYPES, disposition
from pobratim.serving.http.notes import note
from pobratim.serving.http.paths import READ, Handler, paths
from pobratim.serving.http.requests import language_of, public_url
from pobratim.serving.http.sending import page_format, sent
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.searching import Searching
from pobratim.site.question_links import address_of

_FAULTS_OF_FILES = {"query-syntax", "query-failed"}
"""Ways to fail that are the file's fault here, not the client's."""


def routes(engine: Engine, searching: Searching) -> list[Route]:
    """Return the routes of the library; ``searching`` knows what names mean.

    Raises UsageError where the settings name a folder that is none.
    """
    groups = shelves(engine.settings)
    found: list[Route] = paths("/openapi.json", openapi.handler(engine, groups), READ)
    for group, shelf in sorted(groups.items(), reverse=True):
        home = address_of("", group)
        found += paths(home, _list(engine, shelf, group), READ)
        found += paths(f"{home}/{{name}}", _ask(engine, searching, shelf, group), READ)
        found += paths(f"{home}/{{name}}/about", _about(engine, shelf, group), READ)
    return found


def _list(engine: Engine, shelf: Shelf, group: str) -> Handler:
    async def handler(request: Request) -> Response:
        if page_format(request) == "html":
            return library_pages.list_page(request, engine, shelf, group)
        root = public_url(request, engine.settings)
        entries = shelf.entries()
        body = {
            "queries": [entry_of(entry, root, group) for entry in entries if isinstance(entry, NamedQuery)],
            "broken": [broken_of(entry) for entry in entries if isinstance(entry, Broken)],
        }
        return sent(request, json.dumps(body, ensure_ascii=False), "application/json")

    return handler


def _ask(engine: Engine, searching: Searching, shelf: Shelf, group: str) -> Handler:
    async def handler(request: Request) -> Response:
        query, ending = _named(request, engine, shelf, group)
        if "describe" in request.query_params and not ending:
            return _told(request, engine, query, group)
        asked = asking.read(request, query)
        name, media_type = asking.format_of(request, asked, ending)
        note(request.scope, format=name)
        try:
            if name == "html":
                return await library_pages.answer_page(request, engine, asked, group, searching)
            asked = await understanding.understood(asked, searching)
            return await _answer(request, engine, asked, name, media_type, bool(ending), group)
        except RefusedError as refusal:
            raise _blamed(refusal) from None

    return handler


async def _answer(
    request: Request, engine: Engine, asked: asking.Asked, name: str, media_type: str, ending: bool, group: str
) -> Response:
    task = await asking.task_of(asked, name, engine)
    headers = understanding.headers(asked.references, asked.lang)
    if ending or asking.FORMAT in asked.controls or name in ("xlsx", "parquet"):
        headers["Content-Disposition"] = disposition(asked.query.name, name)
    window = asking.window_of(asked)
    if window is not None:
        total = await asking.total_of(request, engine, task, asked.is_lasting)
        address = address_of(public_url(request, engine.settings), group, asked.query.name)
        address += f".{name}" if ending else ""
        headers |= asking.page_headers(asking.page_links(address, asked, window, total), total)
        task = asking.paged(task, window)
    question = Question(task, media_type, asked.is_lasting, is_settled=False, headers=headers)
    return await deliver(request, engine, question)


def _about(engine: Engine, shelf: Shelf, group: str) -> Handler:
    async def handler(request: Request) -> Response:
        query, ending = _named(request, engine, shelf, group)
        if ending:
            raise RefusedError(404, "not-found", {"path": request.url.path})
        return _told(request, engine, query, group)

    return handler


def _told(request: Request, engine: Engine, query: NamedQuery, group: str) -> Response:
    """Return what is told of a question, for people or for programs."""
    if page_format(request, "html") == "html":
        return library_pages.about_page(request, engine, query, group)
    entry = entry_of(query, public_url(request, engine.settings), group)
    return sent(request, json.dumps(entry, ensure_ascii=False), "application/json")


def _named(request: Request, engine: Engine, shelf: Shelf, group: str) -> tuple[NamedQuery, str]:
    """Return the question that the address names and the format of its ending, "" for none. Raises RefusedError."""
    name = request.path_params["name"]
    stem, _, ending = name.rpartition(".")
    found, chosen = shelf.get(name), ""
    if found is None and ending in MEDIA_TYPES:
        found, chosen = shelf.get(stem), ending
    if found is None:
        near = similar(shelf.near(stem if ending in MEDIA_TYPES else name))
        everything = address_of(public_url(request, engine.settings), group)
        raise RefusedError(404, "query-unknown", {"name": name[:100], "near": near, "all": everything})
    if isinstance(found, Broken):
        raise RefusedError(500, "query-broken", {"cause": found.error[language_of(request)]})
    return found, chosen


def _blamed(refusal: RefusedError) -> RefusedError:
    """Return a failure of the query itself as the server's: the client sent nothing but values."""
    if refusal.code not in _FAULTS_OF_FILES:
        return refusal
    return replace(refusal, status=500, code="query-broken")

"""The library for people: the list of questions, a form for each, and answers as a table. Works without JavaScript."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from pobratim.messages import Language
from pobratim.query.question import THINGS, NamedQuery, Parameter
from pobratim.query.words import column_name, question_words
from pobratim.serving.api import asking, understanding
from pobratim.serving.api.described import address_of, links_of
from pobratim.serving.api.shelf import Broken, Shelf
from pobratim.serving.entity_page import Item
from pobratim.serving.http.delivery import attended
from pobratim.serving.http.negotiation import FORMATS_OF
from pobratim.serving.http.pages import Page, Visit, html_headers, render, visit_of
from pobratim.serving.http.requests import client_of
from pobratim.serving.http.sending import sent
from pobratim.serving.values import date_text
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.searching import Searching
from pobratim.sparql.text import outline

_ROWS = 100
"""Rows of an answer's page; the files hold all of them."""
_HEADER = re.compile(r"^#\+.*\n", re.MULTILINE)
"""The lines of a question's file that the page tells in words (query/header.py)."""
_TAGS = ("ties", "agreements", "events", "countries", "institutions", "people", "map", "view", "search", "sources")
"""The order of the groups, as in the workbench (gallery.ts); others follow by name."""
_XSD = "http://www.w3.org/2001/XMLSchema#"
_EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
_KINDS = {_XSD + name: "number" for name in ("integer", "decimal", "double")} | {_XSD + "date": "date", _EDTF: "date"}
_BOUNDS = ("first", "last", "seen", "since", "until", "precision")
"""Columns that are for comparing the dates of the column date."""
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "string": {"type": "text"},
    "iri": {"type": "url"},
    "integer": {"type": "number", "step": "1"},
    "date": {"type": "date"},
    "lang": {"type": "text", "pattern": "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"},
    **{thing: {"type": "text"} for thing in sorted(THINGS)},
}
"""Attributes of a form's field by the type of a parameter; patterns as query/question.py reads values."""


def list_page(request: Request, engine: Engine, shelf: Shelf, group: str) -> Response:
    """Return the list of a group's questions, by tag."""
    visit = visit_of(request, engine)
    lang, root = visit.lang, visit.addresses.root
    entries = shelf.entries()
    by_tag: dict[str, list[dict[str, Any]]] = {}
    for query in (entry for entry in entries if isinstance(entry, NamedQuery)):
        links = links_of(query, root, group, query.example)
        shown = {"name": query.name, "summary": query.summary[lang], "about": visit.link(links["about"])}
        shown["description"] = query.description.get(lang, "")
        by_tag.setdefault(query.tags[0] if query.tags else "", []).append(shown)
    known = _words(lang)
    values = {
        "groups": [
            (tag or "other", known.get(f"tag-{tag}", tag or known["tag-other"]), by_tag[tag])
            for tag in sorted(by_tag, key=lambda tag: (_TAGS.index(tag) if tag in _TAGS else len(_TAGS), tag))
        ],
        "broken": [(entry.name, entry.error[lang]) for entry in entries if isinstance(entry, Broken)],
        "title": known[f"title-{group}" if group else "title"],
        "others": [
            (known[f"title-{each}" if each else "title"], visit.link(address_of(root, each)))
            for each in ("", "views", "checks")
            if each != group
        ],
    }
    return _sent(request, visit, Page("queries.html", {"words": known, **values}))


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
    columns = _for_people([name for name in found["head"]["vars"] if name not in task.hidden])
    visit = visit_of(request, engine)
    rows = found["results"]["bindings"]
    links = asking.page_links(address_of(visit.addresses.root, group, asked.query.name), asked, window, total)
    return {
        "columns": [(name, column_name(name, columns, asked.lang)) for name in columns],
        "rows": [_row(row, columns, visit) for row in rows],
        "total": total,
        "first": window.offset + 1,
        "last": window.offset + len(rows),
        "pages": links if len(rows) < total else {},
    }


def _for_people(columns: list[str]) -> list[str]:
    """Return the columns without bounds of a date that is there in the source's own words; files have them."""
    bounds = set(_BOUNDS if "date" in columns else ())
    if "second" in columns:  # then the first is a party
        bounds -= {"first"}
    return [name for name in columns if name not in bounds]


def _row(found: Mapping[str, Mapping[str, str]], columns: Sequence[str], visit: Visit) -> list[dict[str, str]]:
    """Return the cells of a row. Where the row tells a name as well, things of ours need none: a link opens them."""
    is_named = any(term["type"] != "uri" for term in found.values())
    return [_cell(found.get(name), visit, is_named) for name in columns]


def _cell(term: Mapping[str, str] | None, visit: Visit, is_named: bool) -> dict[str, str]:
    """Return text, kind and IRI of a cell, and where it leads ("": nowhere); things of ours lead to this server."""
    if term is None or term["type"] != "uri":
        kind = _KINDS.get(term.get("datatype", ""), "") if term else ""
        shown = date_text(term["value"], visit.lang) if term and kind == "date" else term["value"] if term else ""
        return {"text": shown, "href": "", "kind": kind, "iri": ""}
    iri = term["value"]
    ours = visit.addresses.page(iri)
    if ours is not None:
        key = iri.removeprefix(visit.addresses.base).lstrip("/").removeprefix("id/")
        shown = _words(visit.lang)["open-page"] if is_named else key
        return {"text": shown, "href": visit.link(ours), "kind": "page" if is_named else "", "iri": key}
    return {"text": iri, "href": iri if urlsplit(iri).scheme in ("http", "https") else "", "kind": "", "iri": ""}


def _page(
    request: Request,
    engine: Engine,
    asked: asking.Asked,
    group: str,
    table: Mapping[str, Any] | None = None,
    refusal: RefusedError | None = None,
) -> Response:
    query, lang, visit = asked.query, asked.lang, visit_of(request, engine)
    root = visit.addresses.root
    links = links_of(query, root, group, asked.values or query.example)
    parameters = {parameter.name: parameter.label[lang] for parameter in query.parameters}
    values = {
        "name": query.name,
        "title": query.summary[lang],
        "description": query.description.get(lang, ""),
        # The language of labels is that of the page, unless the question has a default of its own.
        "fields": [
            _field(parameter, asked, lang)
            for parameter in query.parameters
            if (parameter.name, parameter.type, parameter.default) != (asking.LANGUAGE, "lang", None)
        ],
        "formats": FORMATS_OF[outline(query.text).form],
        "links": links,
        "home": visit.link(address_of(root, group)),
        "text": _HEADER.sub("", query.text),
        "chosen_lang": asked.controls.get(asking.LANGUAGE, ""),
        "table": table,
        "problem": refusal.detail(lang) if refusal else "",
        "near": _near(asked, refusal, links["self"]),
        "understood": [
            (parameters[each.parameter], each.given, Item(each.label, _link(each.iri, visit)))
            for each in asked.references
            if each.parameter in asked.values
        ],
        "empty": asked.said_of_nothing,
    }
    status = refusal.status if refusal else 200
    return _sent(request, visit, Page("query.html", {"words": _words(lang), **values}, status))


def _link(iri: str, visit: Visit) -> str:
    """Return where a thing is told of."""
    return visit.link(visit.addresses.page(iri) or visit.addresses.described(iri))


def _near(asked: asking.Asked, refusal: RefusedError | None, address: str) -> list[tuple[str, str]]:
    """Return what may have been meant by a name that means nothing: labels, and the question asked with each."""
    found = refusal.members.get("suggestions", []) if refusal else []
    name = refusal.members["parameter"]["name"] if refusal and found else ""  # type: ignore[index]
    others = [pair for pair in asked.pairs if pair[0] != name]
    return [
        (str(each["label"]), f"{address}?{urlencode([*others, (name, each['iri'])])}")
        for each in found  # type: ignore[attr-defined]
    ]


def _sent(request: Request, visit: Visit, page: Page) -> Response:
    return sent(request, render(page, visit), "text/html", page.status, html_headers(visit.lang))


def _words(lang: Language) -> dict[str, str]:
    found: dict[str, str] = question_words()[lang]
    return found


def _field(parameter: Parameter, asked: asking.Asked, lang: str) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "label": parameter.label[lang],
        "required": parameter.required,
        "value": asked.values.get(parameter.name, ""),
        "example": asked.query.example.get(parameter.name) or parameter.example,
        "attributes": _FIELDS[parameter.type],
    }

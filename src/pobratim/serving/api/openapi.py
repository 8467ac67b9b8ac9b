"""``/openapi.json``: the API described for programs (OpenAPI 3.1), out of the library and of ``viz/words/api.yml``."""

import json
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from pobratim import __version__
from pobratim.messages import LANGUAGES, Language, word_file
from pobratim.query.answers import FORMATS_OF
from pobratim.query.question import THINGS, NamedQuery, Parameter
from pobratim.serving.api.shelf import Shelf
from pobratim.serving.http.negotiation import MEDIA_TYPES
from pobratim.serving.http.paths import Handler
from pobratim.serving.http.requests import language_of, public_url
from pobratim.serving.http.sending import sent
from pobratim.serving.workers.engine import Engine
from pobratim.site.question_links import address_of
from pobratim.sparql.text import outline

_PROBLEM = {"$ref": "#/components/responses/Problem"}
_REFUSALS = ("400", "404", "406", "429", "503")
_SCHEMAS: Mapping[str, Mapping[str, str]] = {
    "string": {"type": "string"},
    "iri": {"type": "string", "format": "iri"},
    "integer": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "lang": {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
    **{thing: {"type": "string"} for thing in sorted(THINGS)},
}


def handler(engine: Engine, groups: Mapping[str, Shelf]) -> Handler:
    """Return the page of the document, in the language of the request."""

    async def openapi(request: Request) -> Response:
        queries = {group: shelf.queries() for group, shelf in groups.items()}
        found = document(queries, public_url(request, engine.settings), language_of(request))
        found["paths"] = {path: item for path, item in found["paths"].items() if _exists(request.app, path, item)}
        return sent(request, json.dumps(found, ensure_ascii=False, indent=1), "application/json")

    return openapi


def document(queries: Mapping[str, list[NamedQuery]], url: str, lang: Language) -> dict[str, Any]:
    """Return the document of a server at ``url`` with these questions by group."""
    fixed = _fixed(lang)
    paths = dict(fixed["paths"])
    for group, members in queries.items():
        for query in members:
            address = address_of("", group, query.name)
            paths[address] = {"get": _operation(query, group, fixed, lang)}
            paths[f"{address}/about"] = {"get": _about(query, group, fixed, lang)}
    return {
        "openapi": "3.1.0",
        "info": {**fixed["info"], "version": __version__},
        "servers": [{"url": url}],
        "tags": fixed["tags"],
        "paths": paths,
        "components": {"responses": fixed["responses"], "schemas": fixed["schemas"]},
    }


@cache
def _fixed(lang: Language) -> dict[str, Any]:
    """Return api.yml in one language; what it holds is not to be changed."""
    found: dict[str, Any] = _said(word_file("api"), lang)
    return found


def _operation(query: NamedQuery, group: str, fixed: Mapping[str, Any], lang: Language) -> dict[str, Any]:
    form = outline(query.text).form
    formats = (*FORMATS_OF[form], "html")
    own = [_parameter(parameter, query, lang) for parameter in query.parameters]
    taken = {parameter.name for parameter in query.parameters}
    shared = [*fixed["controls"], *(fixed["paging"] if form == "select" else [])]
    controls = [deepcopy(control) for control in shared if control["name"] not in taken]
    for control in controls:
        if control["name"] == "format":
            control["schema"]["enum"] = list(formats)
    answer = {"description": fixed["answer"], "content": {MEDIA_TYPES[name]: {} for name in formats}}
    return {
        "operationId": _identifier(group, query.name),
        "tags": ["library"],
        "summary": query.summary[lang],
        "description": query.description.get(lang, ""),
        "parameters": [*own, *controls],
        "responses": {"200": answer, **dict.fromkeys(_REFUSALS, _PROBLEM)},
    }


def _about(query: NamedQuery, group: str, fixed: Mapping[str, Any], lang: Language) -> dict[str, Any]:
    answer = {"description": fixed["about"], "content": {"application/json": {}, "text/html": {}}}
    return {
        "operationId": _identifier(group, query.name) + "-about",
        "tags": ["library"],
        "summary": f"{query.summary[lang]} — {fixed['about']}",
        "responses": {"200": answer, "404": _PROBLEM, "406": _PROBLEM},
    }


def _identifier(group: str, name: str) -> str:
    return f"ask-{group}-{name}" if group else f"ask-{name}"


def _parameter(parameter: Parameter, query: NamedQuery, lang: Language) -> dict[str, Any]:
    schema: dict[str, Any] = dict(_SCHEMAS[parameter.type])
    if parameter.default is not None:
        schema["default"] = _typed(parameter, parameter.default)
    found: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.label[lang],
        "schema": schema,
    }
    sample = query.example.get(parameter.name) or parameter.example
    return {**found, "example": _typed(parameter, sample)} if sample else found


def _typed(parameter: Parameter, value: str) -> str | int:
    return int(value) if parameter.type == "integer" else value


def _said(node: Any, lang: Language) -> Any:
    """Return a piece of api.yml in one language."""
    if isinstance(node, dict):
        if set(node) == set(LANGUAGES):
            return node[lang]
        return {key: _said(value, lang) for key, value in node.items()}
    return [_said(value, lang) for value in node] if isinstance(node, list) else node


def _exists(app: Starlette, path: str, item: Mapping[str, Any]) -> bool:
    """Tell whether the server has a page at a path."""
    for operation in item.values():
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "path":
                path = path.replace("{" + parameter["name"] + "}", str(parameter["example"]))
    scope = {"type": "http", "path": path, "root_path": "", "method": "GET"}
    return any(route.matches(scope)[0] == Match.FULL for route in app.routes)

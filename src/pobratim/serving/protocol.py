"""``/sparql``: the SPARQL 1.1 Protocol's query operation (GET, POST urlencoded, POST direct), and what goes with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from pobratim.serving.delivery import Question, deliver
from pobratim.serving.descriptions import service_description
from pobratim.serving.engine import Engine
from pobratim.serving.guard import admitted
from pobratim.serving.negotiation import FORMATS_OF, MEDIA_TYPES, choose
from pobratim.serving.refusal import RefusedError
from pobratim.serving.requests import body_of, form_pairs
from pobratim.serving.wire import Task

METHODS = "GET, HEAD, POST, OPTIONS"
_FORM, _DIRECT, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


@dataclass(frozen=True, slots=True)
class Operation:
    """A query with the dataset that the request names (None: it names none)."""

    query: str
    default_graphs: list[str] | None
    named_graphs: list[str] | None


async def answer(request: Request, engine: Engine) -> Response:
    """Answer a request that carries a query, or none at all and so asks what this is. Raises RefusedError."""
    if request.method in ("GET", "HEAD") and not request.scope["query_string"]:
        return await service_description(request, engine)
    operation = await read_operation(request, engine)
    outline = admitted(operation.query, engine.settings.limits, bool(engine.settings.services))
    is_lasting = not (outline.is_volatile or outline.has_service)
    name, media_type = negotiated(request, FORMATS_OF[outline.form])
    limits = engine.settings.limits
    query = await engine.federation.without_services(operation.query) if outline.has_service else operation.query
    task = Task(
        query,
        name,
        default_graphs=operation.default_graphs,
        named_graphs=operation.named_graphs,
        base=engine.served.base,  # the service's own base IRI (SPARQL 1.1 Query, 4.1.1.2; RFC 3986, 5.1.4)
        seconds=limits.seconds,
        answer_bytes=limits.answer_mb * 1_000_000,
    )
    return await deliver(request, engine, Question(task, media_type, is_lasting))


def negotiated(request: Request, offered: Sequence[str]) -> tuple[str, str]:
    """Return format and media type for the Accept header. Raises RefusedError 406."""
    accept = ", ".join(request.headers.getlist("accept"))
    found = choose(accept, tuple(offered))
    if found is None:
        known = ", ".join(MEDIA_TYPES[name] for name in offered)
        raise RefusedError(406, "not-acceptable", {"found": accept[:200], "known": known})
    return found


async def read_operation(request: Request, engine: Engine) -> Operation:
    """Return the query of a request (SPARQL 1.1 Protocol, 2.1). Raises RefusedError where it is none."""
    if request.method in ("GET", "HEAD"):
        return _operation(form_pairs(request.scope["query_string"]))
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == _UPDATE:
        raise RefusedError(403, "update-off")
    if media_type not in (_FORM, _DIRECT):
        raise RefusedError(415, "media-type", {"found": media_type, "known": f"{_FORM}, {_DIRECT}"})
    body = await body_of(request, engine.settings)
    pairs = form_pairs(request.scope["query_string"])
    if media_type == _FORM:
        return _operation([*pairs, *form_pairs(body)])
    try:
        query = body.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedError(400, "not-utf8") from None
    return replace(_operation([*pairs, ("query", query)]), query=query)


def _operation(pairs: Sequence[tuple[str, str]]) -> Operation:
    queries = [value for name, value in pairs if name == "query"]
    if any(name == "update" for name, _ in pairs):
        raise RefusedError(403, "update-off")
    if not queries:
        raise RefusedError(400, "query-missing")
    if len(queries) > 1:
        raise RefusedError(400, "query-twice", {"name": "query"})
    default = [value for name, value in pairs if name == "default-graph-uri"]
    named = [value for name, value in pairs if name == "named-graph-uri"]
    has_dataset = bool(default or named)
    return Operation(queries[0], default if has_dataset else None, named if has_dataset else None)

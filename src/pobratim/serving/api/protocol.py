"""``/sparql``: the SPARQL 1.1 Protocol's query operation (GET, POST urlencoded, POST direct), and what goes with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from pobratim.query.answers import FORMATS_OF
from pobratim.serving.api.descriptions import service_description
from pobratim.serving.api.guard import admitted
from pobratim.serving.http.delivery import Question, deliver
from pobratim.serving.http.negotiation import MEDIA_TYPES, SAVED, choose, disposition
from pobratim.serving.http.requests import VARY, body_of, form_pairs, one_of, operation_text, public_url, values_of
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.wire import Task

METHODS = "GET, HEAD, POST, OPTIONS"
_FILE = "answer"
"""The name of answers that are saved."""
_OTHER_NAMES = {
    "turtle": ("ttl",),
    "n3": ("ttl",),
    "ntriples": ("nt",),
    "n-triples": ("nt",),
    "json-ld": ("jsonld",),
    "rdf+xml": ("rdf",),
    "xml": ("rdf",),
    "json": ("jsonld",),
}
"""What SPARQLWrapper, Fuseki and Virtuoso call the formats where we do not; the last two of triples."""
_PAGE = ("html", "text/html")
_FORM, _DIRECT, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


@dataclass(frozen=True, slots=True)
class Operation:
    """A query with the dataset that the request names (None: it names none)."""

    query: str
    default_graphs: list[str] | None
    named_graphs: list[str] | None
    wanted: str = ""
    """The format that ``format`` or ``output`` names: a name of ours or a media type (Fuseki's and Virtuoso's way)."""


async def answer(request: Request, engine: Engine) -> Response:
    """Answer a request that carries a query, or none at all and so asks what this is. Raises RefusedError."""
    if request.method in ("GET", "HEAD") and not request.scope["query_string"]:
        return await service_description(request, engine)
    operation = await read_operation(request, engine)
    outline = admitted(operation.query, engine.settings.limits, bool(engine.settings.services))
    is_lasting = not (outline.is_volatile or outline.has_service)
    offered = FORMATS_OF[outline.form]
    if request.method == "GET" and (operation.wanted in _PAGE or (not operation.wanted and _is_browser(request))):
        return _workbench(request, engine, operation)
    name, media_type = named_format(operation.wanted, offered) if operation.wanted else negotiated(request, offered)
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
    headers = {"Content-Disposition": disposition(_FILE, name)} if operation.wanted or name in SAVED else {}
    return await deliver(request, engine, Question(task, media_type, is_lasting, headers=headers))


def named_format(wanted: str, offered: Sequence[str]) -> tuple[str, str]:
    """Return format and media type for a name or media type. Raises RefusedError 406 where it is not ``offered``."""
    names = [name for name in (wanted.lower(), *_OTHER_NAMES.get(wanted.lower(), ())) if name in offered]
    found = names[0] if names else (choose(wanted, tuple(offered)) or ("", ""))[0]
    if not found or "*" in wanted:
        raise RefusedError(406, "format", {"found": wanted[:50], "known": ", ".join(offered)})
    return found, MEDIA_TYPES[found]


def _is_browser(request: Request) -> bool:
    """Tell whether a page is wanted rather than data: a browser that follows a link names HTML before all else."""
    found = choose(", ".join(request.headers.getlist("accept")), ("json", "html"))
    return found is not None and found[0] == "html"


def _workbench(request: Request, engine: Engine, operation: Operation) -> Response:
    """Send a browser to the workbench, which runs the query and shows its answer."""
    if operation.default_graphs or operation.named_graphs:
        raise RefusedError(406, "not-acceptable", {"found": "text/html", "known": ", ".join(MEDIA_TYPES.values())})
    target = f"{public_url(request, engine.settings)}/workbench#{urlencode({'query': operation.query})}"
    return Response(status_code=303, headers={"Location": target, "Vary": VARY, "Cache-Control": "no-store"})


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
    return _operation([*pairs, ("query", operation_text(body))])


def _operation(pairs: Sequence[tuple[str, str]]) -> Operation:
    if any(name == "update" for name, _ in pairs):
        raise RefusedError(403, "update-off")
    query = one_of(pairs, "query")
    default, named = values_of(pairs, "default-graph-uri"), values_of(pairs, "named-graph-uri")
    wanted = [*values_of(pairs, "format"), *values_of(pairs, "output")]
    has_dataset = bool(default or named)
    return Operation(
        query, default if has_dataset else None, named if has_dataset else None, wanted[0] if wanted else ""
    )

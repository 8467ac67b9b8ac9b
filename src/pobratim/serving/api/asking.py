"""From a request for a question of the library to a task: values, formats, pages of rows, and what clients are told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.requests import Request

from pobratim.errors import UsageError
from pobratim.messages import Language
from pobratim.query.answers import FORMATS_OF
from pobratim.query.question import THINGS, NamedQuery
from pobratim.search.references import Reference, said_of_nothing
from pobratim.serving.http.delivery import attended
from pobratim.serving.http.negotiation import MEDIA_TYPES, choose
from pobratim.serving.http.requests import client_of, form_pairs, language_of
from pobratim.serving.workers.cache import Kept
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.serving.workers.wire import COUNT, Task
from pobratim.sparql.text import outline, rows_alone, windowed

FORMAT, LIMIT, OFFSET, LANGUAGE = "format", "limit", "offset", "lang"
CONTROLS = (FORMAT, LIMIT, OFFSET, LANGUAGE)
"""Parameters of every address; a question's own parameter of such a name goes before."""
_MOST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks of a question: the values that stand in it, the rest of the address, and the language.

    ``pairs`` is the whole query string; empty values, as forms send them for fields left blank, count as not given.
    ``terms`` are the values with IRIs for names, ``references`` what those were taken for; ``is_passing`` tells that
    names were looked up in what was served before (``understanding.py``).
    """

    query: NamedQuery
    values: Mapping[str, str]
    controls: Mapping[str, str]
    pairs: Sequence[tuple[str, str]]
    lang: Language
    terms: Mapping[str, str] | None = None
    references: tuple[Reference, ...] = ()
    is_passing: bool = False

    @property
    def has_names(self) -> bool:
        """Tell whether a value stands for a thing."""
        given = (p for p in self.query.parameters if self.values.get(p.name, p.default))
        return any(parameter.type in THINGS for parameter in given)

    @property
    def said_of_nothing(self) -> str:
        """Return the sentence on an answer without rows, "" where the question has none of its own."""
        return said_of_nothing(self.query, self.values, self.references, self.lang)

    @property
    def is_rows(self) -> bool:
        """Tell whether the answer is rows."""
        return outline(self.query.text).form == "select"

    @property
    def is_lasting(self) -> bool:
        """Tell whether the same generation gives the same answer again."""
        found = outline(self.query.text)
        return not (found.is_volatile or found.has_service or self.is_passing)

    @property
    def formats(self) -> tuple[str, ...]:
        """Return the formats of the answer, HTML last."""
        return (*FORMATS_OF[outline(self.query.text).form], "html")


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows: at most ``limit`` (None: all) from number ``offset`` on."""

    limit: int | None
    offset: int


def read(request: Request, query: NamedQuery) -> Asked:
    """Return what a request asks. Raises RefusedError 400 for a parameter given twice."""
    pairs = form_pairs(request.scope["query_string"])
    own = {parameter.name for parameter in query.parameters}
    values: dict[str, str] = {}
    controls: dict[str, str] = {}
    for name, value in pairs:
        target = controls if name in CONTROLS and name not in own else values
        if name in target:
            raise RefusedError(400, "parameter-twice", {"name": name}, members={"parameter": {"name": name}})
        if value:
            target[name] = value
    return Asked(query, values, controls, pairs, language_of(request))


def format_of(request: Request, asked: Asked, wanted: str) -> tuple[str, str]:
    """Return format and media type: those of ``wanted`` (the address's ending), ?format=, else of Accept.

    Raises RefusedError 406 where the answer does not come in that format.
    """
    wanted = wanted or asked.controls.get(FORMAT, "")
    if wanted:
        if wanted not in asked.formats:
            raise RefusedError(406, "format", {"found": wanted[:50], "known": ", ".join(asked.formats)})
        return wanted, MEDIA_TYPES[wanted]
    accept = ", ".join(request.headers.getlist("accept"))
    found = choose(accept, asked.formats)
    if found is None:
        known = ", ".join(MEDIA_TYPES[name] for name in asked.formats)
        raise RefusedError(406, "not-acceptable", {"found": accept[:200], "known": known})
    return found


async def task_of(asked: Asked, name: str, engine: Engine) -> Task:
    """Return the task that gives the whole answer in a format, what its SERVICE clauses bring put in.

    Raises RefusedError: 400 for wrong values.
    """
    settings, bindings, text = engine.settings, _bindings(asked), asked.query.text
    return Task(
        await engine.federation.without_services(text) if outline(text).has_service else text,
        name,
        bindings=bindings,
        lang=asked.lang,
        hidden=[parameter.name for parameter in asked.query.parameters],
        seconds=settings.limits.seconds,
        answer_bytes=settings.limits.answer_mb * 1_000_000,
    )


def _bindings(asked: Asked) -> dict[str, str]:
    try:
        terms = asked.query.bindings(asked.values if asked.terms is None else asked.terms, asked.lang)
    except UsageError as error:
        raise refusal_of(asked.query, error) from None
    return {name: str(term) for name, term in terms.items()}


def refusal_of(query: NamedQuery, error: UsageError) -> RefusedError:
    """Return the problem that says which parameter is wrong, of which type it is, and an example."""
    name = error.values["name"][:100]
    found = next((parameter for parameter in query.parameters if parameter.name == name), None)
    if found is None:
        known = [parameter.name for parameter in query.parameters] + [*CONTROLS]
        values = {"name": name, "known": ", ".join(known)}
        return RefusedError(400, "parameter-unknown", values, members={"parameter": {"name": name}})
    sample = query.example.get(name) or found.example
    told = {"name": name, "type": found.type, "example": sample}
    code = "parameter-missing" if error.code == "query-parameter-missing" else "parameter-type"
    shown = {**told, "value": error.values.get("value", "")[:100]}
    if code == "parameter-missing":
        shown["example"] = f"{name}={sample}"
    return RefusedError(400, code, shown, members={"parameter": told})


def window_of(asked: Asked, usual: int | None = None) -> Window | None:
    """Return the rows asked for, None for all; ``usual`` is the limit where none is given. Raises RefusedError 400."""
    if not asked.controls.keys() & {LIMIT, OFFSET} and usual is None:
        return None
    if not asked.is_rows:
        raise RefusedError(400, "rows-only")
    limit = _number(asked, LIMIT, "100") if LIMIT in asked.controls else usual
    return Window(limit, _number(asked, OFFSET, "0") if OFFSET in asked.controls else 0)


def _number(asked: Asked, name: str, sample: str) -> int:
    value = asked.controls[name]
    if value.isascii() and value.isdigit() and len(value) <= 10 and int(value) <= _MOST:
        return int(value)
    told = {"name": name, "type": "integer", "example": sample}
    raise RefusedError(400, "parameter-type", {**told, "value": value[:100]}, members={"parameter": told})


def paged(task: Task, window: Window) -> Task:
    """Return the task that gives these rows alone; the library's questions are in order, so pages never overlap."""
    return replace(task, sparql=windowed(task.sparql, window.limit, window.offset))


async def total_of(request: Request, engine: Engine, task: Task, is_lasting: bool) -> int:
    """Return how many rows the whole answer has: counted once a generation. Raises RefusedError."""
    key = repr(("total", engine.served.tag, task.sparql, sorted(task.bindings.items())))
    kept = engine.cache.get(key)
    if kept is not None:
        return int(kept.body)
    rows = rows_alone(task.sparql)
    named = {name: value for name, value in task.bindings.items() if f"${name}" in rows or f"?{name}" in rows}
    counting = replace(task, sparql=rows, bindings=named, format=COUNT, hidden=[])
    answer = await attended(request, engine.run(counting, client_of(request)))
    count = b"".join(answer.pieces())
    if is_lasting:
        engine.cache.put(key, Kept((), count))
    return int(count)


def page_links(address: str, asked: Asked, window: Window, total: int) -> dict[str, str]:
    """Return the addresses of other pages by relation (RFC 8288; IANA: first, prev, next, last)."""
    size = window.limit
    if not size:
        return {}
    offsets = {"first": 0, "last": max(0, (total - 1) // size * size)}
    if window.offset > 0:
        offsets["prev"] = max(0, min(window.offset, total) - size)
    if window.offset + size < total:
        offsets["next"] = window.offset + size
    others = [pair for pair in asked.pairs if pair[0] not in (LIMIT, OFFSET) or pair[0] in asked.values]
    return {
        relation: f"{address}?{urlencode([*others, (LIMIT, size), (OFFSET, offset)])}"
        for relation, offset in offsets.items()
    }


def page_headers(links: Mapping[str, str], total: int) -> dict[str, str]:
    """Return the headers that tell of other pages."""
    headers = {"X-Total-Count": str(total)}
    if links:
        headers["Link"] = ", ".join(f'<{links[relation]}>; rel="{relation}"' for relation in sorted(links))
    return headers

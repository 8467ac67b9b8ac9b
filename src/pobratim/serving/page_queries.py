"""Questions that pages ask: files of ``queries/pages``, their values bound, their answers as rows of terms."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from pyoxigraph import Literal, NamedNode

from pobratim.content import content_root
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.wire import Task

_COUNTING_SECONDS = 120.0
"""What the server asks of its own data once a generation may take longer than a visitor's query."""
_OWN_CLIENT = "pages"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of an answer: an IRI, or a literal with its language and datatype ("" where it has none)."""

    value: str
    is_iri: bool
    lang: str = ""
    datatype: str = ""


Row = dict[str, Term]


@cache
def page_query(name: str) -> str:
    """Return the text of ``queries/pages/NAME.rq``."""
    return (content_root() / "queries" / "pages" / f"{name}.rq").read_text(encoding="utf-8")


def iri_term(iri: str) -> str:
    """Return an IRI as a value to bind. Raises ValueError for what is none."""
    return str(NamedNode(iri))


def text_term(text: str, lang: str | None = None) -> str:
    """Return a text as a value to bind."""
    return str(Literal(text, language=lang))


async def ask(engine: Engine, name: str, client: str = _OWN_CLIENT, **bindings: str) -> list[Row]:
    """Return the rows of a page's question; ``bindings`` are terms in N-Triples. Raises RefusedError.

    Without a client the server asks for itself, and has more time.
    """
    limits = engine.settings.limits
    seconds = _COUNTING_SECONDS if client == _OWN_CLIENT else limits.seconds
    task = Task(page_query(name), "json", bindings=bindings, seconds=seconds)
    answer = await engine.run(task, client)
    try:
        found = json.loads(b"".join(answer.pieces()))
    finally:
        answer.close()
    return [{key: _term(value) for key, value in row.items()} for row in found["results"]["bindings"]]


def _term(value: dict[str, str]) -> Term:
    if value["type"] in ("uri", "bnode"):
        return Term(value["value"], True)
    return Term(value["value"], False, value.get("xml:lang", ""), value.get("datatype", ""))


T = TypeVar("T")


class OncePerGeneration(Generic[T]):
    """What is made of the data once and used until they change."""

    def __init__(self, make: Callable[[Engine], Awaitable[T]]) -> None:
        """Remember how it is made."""
        self._make = make
        self._held: tuple[str, T] | None = None
        self._making = asyncio.Lock()

    async def get(self, engine: Engine) -> T:
        """Return it for the generation that is served. Raises RefusedError as its queries do."""
        held = self._held
        if held is not None and held[0] == engine.served.tag:
            return held[1]
        async with self._making:  # visitors who come at once wait for one making
            tag = engine.served.tag
            if self._held is None or self._held[0] != tag:
                self._held = (tag, await self._make(engine))
            return self._held[1]

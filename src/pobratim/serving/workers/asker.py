"""What pages ask of the data, answered by the workers."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

from pobratim.explore import Index
from pobratim.serving.settings import ServerSettings
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.wire import Task
from pobratim.site.asking import Asker, DataSet, Row, T, Term, iri_term, many_query, page_query
from pobratim.site.uses import Uses
from pobratim.sparql.terms import Term as Bound

_COUNTING_SECONDS = 120.0
"""What the server asks of its own data once a generation may take longer than a visitor's query."""
_OWN_CLIENT = "pages"


class PoolAsker:
    """Asks for one client, whose queries count as such; what is made once is asked for the server itself."""

    def __init__(self, engine: Engine, client: str) -> None:
        """``client`` is the visitor, as limits know him."""
        self._engine, self._client = engine, client

    @property
    def data(self) -> DataSet:
        """Return what is known of the generation that is served."""
        served, settings = self._engine.served, self._engine.settings
        return DataSet(
            served.tag,
            served.base,
            served.number,
            served.modified,
            settings.licence,
            settings.contact,
            limits_of(settings),
            settings.has_editors,
        )

    async def rows(self, name: str, **bindings: Bound) -> list[Row]:
        """Return the rows of a page's question. Raises RefusedError."""
        return await self._answer(page_query(name), bindings)

    async def taken(self, name: str, take: Callable[[list[Row]], T], iri: str) -> T:
        """Return what is made of the rows of a question about a thing. Raises RefusedError."""
        return take(await self.rows(name, iri=iri_term(iri)))

    async def among(self, name: str, variable: str, iris: Sequence[str]) -> list[Row]:
        """Return the rows of a page's question about some things. Raises RefusedError."""
        return await self._answer(many_query(name, variable, iris), {})

    async def _answer(self, text: str, bindings: Mapping[str, Bound]) -> list[Row]:
        own = self._client == _OWN_CLIENT
        seconds = _COUNTING_SECONDS if own else self._engine.settings.limits.seconds
        terms = {variable: str(term) for variable, term in bindings.items()}
        answer = await self._engine.run(Task(text, "json", bindings=terms, seconds=seconds), self._client)
        try:
            found = json.loads(b"".join(answer.pieces()))
        finally:
            answer.close()
        return [{key: _term(value) for key, value in row.items()} for row in found["results"]["bindings"]]

    async def together(self, asked: Iterable[Awaitable[T]]) -> list[T]:
        """Return what several questions give, asked at once. Raises RefusedError."""
        return await asyncio.gather(*asked)

    async def once(self, make: Callable[[Asker], Awaitable[T]]) -> T:
        """Return what ``make`` makes of the generation that is served. Raises RefusedError as its queries do."""
        return await self._engine.once.get(make, asker_of(self._engine))

    async def explored(self, ask: Callable[[Index], T]) -> T:
        """Return what ``ask`` finds in the index of the generation served. Raises RefusedError, or as ``ask`` does."""
        return await self._engine.exploring.explored(ask)

    async def used(self) -> Uses | None:
        """Return how terms are used in the generation served, None where it is to be asked."""
        return await self._engine.using.used(self._engine.served)


def asker_of(engine: Engine, client: str = _OWN_CLIENT) -> PoolAsker:
    """Return who asks for a client. Without one the server asks for itself, and has more time."""
    return PoolAsker(engine, client)


def limits_of(settings: ServerSettings) -> dict[str, object]:
    """Return the promises of the endpoint as the slots of the sentence ``endpoint-limits``."""
    limits = settings.limits
    return {
        "seconds": f"{limits.seconds:g}",
        "memory": limits.memory_mb,
        "answer": limits.answer_mb,
        "query": limits.query_bytes // 1024,
        "url": limits.url_bytes // 1024,
        "client": limits.waiting_a_client,
        "long": limits.long_queries_a_client,
        "after": f"{limits.long_after:g}",
    }


def _term(value: dict[str, str]) -> Term:
    if value["type"] in ("uri", "bnode"):
        return Term(value["value"], True)
    return Term(value["value"], False, value.get("xml:lang", ""), value.get("datatype", ""))

"""An Asker over a store at hand: for whoever makes pages without a server."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions

from pobratim.explore import Index, index_of
from pobratim.rdf.terms import XSD
from pobratim.site.asking import Asker, DataSet, Once, Row, T, Term, iri_term, many_query, page_query
from pobratim.site.uses import Uses
from pobratim.sparql.terms import Term as Bound
from pobratim.store.backend import GraphReader


class ReaderAsker:
    """Asks one open store, always the same data."""

    def __init__(self, reader: GraphReader, data: DataSet, home: Sequence[str] = ()) -> None:
        """``data`` says what they are, ``home`` which parties are ours (``explore/home.py``)."""
        self._reader, self._data, self._once, self._home = reader, data, Once(), home
        self._index: Index | None = None

    @property
    def data(self) -> DataSet:
        """Return what is known of the data as a whole."""
        return self._data

    async def rows(self, name: str, **bindings: Bound) -> list[Row]:
        """Return the rows of a page's question. Raises StoreError."""
        return self._answer(page_query(name), bindings)

    async def taken(self, name: str, take: Callable[[list[Row]], T], iri: str) -> T:
        """Return what is made of the rows of a question about a thing. Raises StoreError."""
        return take(await self.rows(name, iri=iri_term(iri)))

    async def among(self, name: str, variable: str, iris: Sequence[str]) -> list[Row]:
        """Return the rows of a page's question about some things. Raises StoreError."""
        return self._answer(many_query(name, variable, iris), {})

    def _answer(self, text: str, bindings: Mapping[str, Bound]) -> list[Row]:
        found = self._reader.query(text, bindings)
        assert isinstance(found, QuerySolutions), text
        columns = [variable.value for variable in found.variables]
        return [
            {column: term_of(term) for column in columns if (term := solution[column]) is not None}
            for solution in found
        ]

    async def together(self, asked: Iterable[Awaitable[T]]) -> list[T]:
        """Return what several questions give, one after the other: nobody waits for an answer here."""
        return [await each for each in asked]

    async def once(self, make: Callable[[Asker], Awaitable[T]]) -> T:
        """Return what ``make`` makes of the data, made once."""
        return await self._once.get(make, self)

    async def explored(self, ask: Callable[[Index], T]) -> T:
        """Return what ``ask`` finds in the index of the store, made where it is not there."""
        if self._index is None:
            self._index = index_of(self._reader, self._home)
        return ask(self._index)

    async def used(self) -> Uses | None:
        """Return None: an engine is asked."""
        return None


def term_of(term: object) -> Term:
    """Return a term of the engine as pages have it."""
    if isinstance(term, Literal):
        datatype = "" if term.language or term.datatype == XSD.string else term.datatype.value
        return Term(term.value, False, term.language or "", datatype)
    assert isinstance(term, NamedNode | BlankNode)
    return Term(term.value, True)

"""Questions to a store behind a URL, and the few that the program itself has (``queries/store/``)."""

from collections.abc import Iterator, Mapping
from functools import cache

from pyoxigraph import QuerySolutions

from pobratim.content import content_root
from pobratim.sparql.terms import Term
from pobratim.sparql.text import tokens
from pobratim.store.backend import QueryResult
from pobratim.store.reader import MemoryReader
from pobratim.store.remote.results import MalformedAnswerError, Shape, read_answer, shape_of
from pobratim.store.remote.state import RemoteState, read_state
from pobratim.store.remote.wire import Form, Wire


@cache
def store_query(name: str) -> str:
    """Return the text of a query of ``queries/store/``."""
    return (content_root() / "queries" / "store" / f"{name}.rq").read_text(encoding="utf-8")


def ask(wire: Wire, url: str, sparql: str, dataset: Form) -> QueryResult:
    """Return the answer; ``dataset`` are the fields of the request that say over which graphs (``dataset.py``).

    Raises SyntaxError as Oxigraph does, and StoreError for what goes wrong on the way.
    """
    shape = tried(sparql)
    answer = wire.ask(url, {"query": sparql, **dataset}, shape.media_type)
    try:
        return read_answer(answer.body, shape)
    except MalformedAnswerError as error:
        raise wire.error("store-remote-unreadable", cause=error) from error


def tried(sparql: str, bindings: Mapping[str, Term] | None = None) -> Shape:
    """Return the shape of the answer, by asking over no data at all. Raises as Oxigraph does for a faulty query."""
    return shape_of(MemoryReader().query("".join(_without_service(sparql)), bindings))


def find_states(wire: Wire, url: str) -> list[RemoteState]:
    """Return the states of all collections in a store, by base."""
    found = ask(wire, url, store_query("states"), {})
    assert isinstance(found, QuerySolutions)
    states = [read_state(row["value"].value) for row in found]
    return sorted((state for state in states if state), key=lambda state: state.base)


def _without_service(sparql: str) -> Iterator[str]:
    """Yield the tokens of a query with each SERVICE a plain group: it would be asked from here, and of no use."""
    dropping = False
    for token in tokens(sparql, spaces=True):
        if token.kind == "word" and token.word == "SERVICE":
            dropping = True
        elif dropping and token.kind != "space":
            dropping = token.word == "SILENT"
        else:
            yield token.text

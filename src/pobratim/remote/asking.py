"""Questions to a store behind a URL, and the few that the program itself has (``queries/store/``)."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from pyoxigraph import QuerySolutions

from pobratim.content import content_root
from pobratim.remote.results import MalformedAnswerError, accepted, read_answer
from pobratim.remote.state import RemoteState, read_state
from pobratim.remote.tokens import tokenize
from pobratim.remote.wire import Form, Wire
from pobratim.store import MemoryReader
from pobratim.store_backend import QueryResult, Term

_NOTHING = MemoryReader()


@cache
def store_query(name: str) -> str:
    """Return the text of a query of ``queries/store/``."""
    return (content_root() / "queries" / "store" / f"{name}.rq").read_text(encoding="utf-8")


def dataset_form(sparql: str, graphs: Sequence[str]) -> Form:
    """Return the fields of a query over the union of ``graphs``; a query's own FROM gives way to it.

    SPARQL 1.1 Protocol, 2.1.4: a default graph of several graphs is their merge. Oxigraph, whose default graph is else
    empty, and Virtuoso, whose default graph is all that is stored by whomever, then mean the same.
    """
    return {"query": sparql, "default-graph-uri": graphs, "named-graph-uri": graphs}


def ask(wire: Wire, url: str, sparql: str, graphs: Sequence[str] | None) -> QueryResult:
    """Return the answer over the union of ``graphs``, over the store's own data set where that is None.

    Raises SyntaxError as Oxigraph does, and StoreError for what goes wrong on the way.
    """
    like = tried(sparql)
    form: Form = {"query": sparql} if graphs is None else dataset_form(sparql, graphs)
    answer = wire.ask(url, form, accepted(like))
    try:
        return read_answer(answer.body, like)
    except MalformedAnswerError as error:
        raise wire.error("store-remote-unreadable", cause=error) from error


def tried(sparql: str, bindings: Mapping[str, Term] | None = None) -> QueryResult:
    """Return the answer over no data at all: it shows of what kind the answer is, and Oxigraph's own errors."""
    return _NOTHING.query("".join(_without_service(sparql)), bindings)


def find_states(wire: Wire, url: str) -> list[RemoteState]:
    """Return the states of all collections in a store, by base."""
    found = ask(wire, url, store_query("states"), None)
    assert isinstance(found, QuerySolutions)
    states = [read_state(row["value"].value) for row in found]
    return sorted((state for state in states if state), key=lambda state: state.base)


def graph_sizes(wire: Wire, url: str) -> dict[str, int]:
    """Return how many triples each graph of a store holds, ours and others'."""
    found = ask(wire, url, store_query("graph-sizes"), None)
    assert isinstance(found, QuerySolutions)
    return {row["graph"].value: int(row["count"].value) for row in found}


def _without_service(sparql: str) -> Iterator[str]:
    """Yield the tokens of a query with each SERVICE a plain group: it would be asked from here, and of no use."""
    dropping = False
    for token in tokenize(sparql):
        if token.kind == "word" and token.word == "SERVICE":
            dropping = True
        elif dropping and token.kind != "space":
            dropping = token.word == "SILENT"
        else:
            yield token.text

"""A query put to an open store: values written into it, its dataset, its columns in order."""

from collections.abc import Mapping
from contextlib import suppress

from pyoxigraph import NamedNode, QuerySolutions, Store

from pobratim.errors import UsageError
from pobratim.sparql.binding import bind
from pobratim.sparql.terms import Term
from pobratim.sparql.text import names_dataset, star, with_columns
from pobratim.store.backend import Dataset, QueryResult


def ask(
    store: Store,
    sparql: str,
    bindings: Mapping[str, Term] | None = None,
    dataset: Dataset | None = None,
    base: str | None = None,
) -> QueryResult:
    """Return the answer to a query, as ``store.Reader.query`` says."""
    text = _in_order(sparql, base)
    if not bindings:
        return _evaluate(store, text, dataset, base)
    try:
        return _evaluate(store, bind(text, bindings), dataset, base)
    except SyntaxError as error:
        raise _blamed(store, text, bindings, base, error) from error


def _in_order(sparql: str, base: str | None) -> str:
    """Return a query whose "SELECT *" gives its columns in the order in which they stand in it, not by the alphabet.

    Which variables are visible, the engine says itself, asked over nothing (SPARQL 1.1, 18.2.1).
    """
    mark = star(sparql)
    if mark is None:
        return sparql
    asked = Store().query(sparql, base_iri=base)
    assert isinstance(asked, QuerySolutions)
    columns = [variable.value for variable in asked.variables]
    return with_columns(sparql, mark, columns) if columns else sparql


def _evaluate(store: Store, sparql: str, dataset: Dataset | None, base: str | None) -> QueryResult:
    if dataset is not None:
        return store.query(
            sparql,
            base_iri=base,
            default_graph=[NamedNode(graph) for graph in dataset.default],
            named_graphs=[NamedNode(graph) for graph in dataset.named],
        )
    # Asked for the union, the engine forgets the FROM of the query.
    return store.query(sparql, base_iri=base, use_default_graph_as_union=not names_dataset(sparql))


def _blamed(store: Store, sparql: str, bindings: Mapping[str, Term], base: str | None, error: SyntaxError) -> Exception:
    """Return the fault of a bound text that does not parse: the value without which it does, else ``error``."""
    for name, term in bindings.items():
        others = {other: value for other, value in bindings.items() if other != name}
        if _parses(store, bind(sparql, others), base):
            return UsageError("query-parameter-value", name=name, value=term)
    if _parses(store, sparql, base):
        values = ", ".join(map(str, bindings.values()))
        return UsageError("query-parameter-value", name=", ".join(bindings), value=values)
    return error


def _parses(store: Store, sparql: str, base: str | None) -> bool:
    # Asked of the store at hand: a worker could open no other.
    with suppress(SyntaxError):
        _evaluate(store, sparql, None, base)
        return True
    return False

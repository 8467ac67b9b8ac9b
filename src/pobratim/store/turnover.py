"""What a publish does to the quads of a store: graphs that differ, derived ones, and the one that is made last."""

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import BlankNode, NamedNode, Quad, QueryTriples, Store

from pobratim.errors import ContentError
from pobratim.sparql.mistakes import mistake_of
from pobratim.store.backend import Change, Closing, Derivation, Turnover
from pobratim.store.evaluation import ask

_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def in_memory(quads: Iterable[Quad]) -> Store:
    """Return a store in memory that holds the quads."""
    store = Store()
    store.bulk_extend(quads)
    return store


def canonical(graph: str, quads: Iterable[Quad]) -> set[Quad]:
    """Return the quads as Oxigraph will give them back ("1.0"^^xsd:decimal comes back as "1")."""
    name = NamedNode(graph)
    held = set(in_memory(quads))
    for quad in held:
        if quad.graph_name != name:
            raise ValueError(f"a quad of {quad.graph_name} among those of {graph}")
    _refuse_blank_nodes(held)
    return held


def apply(
    store: Store, fresh: Mapping[str, set[Quad]], derivations: Sequence[Derivation], closing: Closing | None
) -> dict[str, Change]:
    """Make each graph of ``fresh`` hold exactly its quads, then the derived ones, then the closing one.

    Returns what changed, by graph.
    """
    before = {graph: _graph(store, graph) for graph in {*fresh, *(item.graph for item in derivations)}}
    for graph in sorted(fresh):
        for quad in before[graph] - fresh[graph]:
            store.remove(quad)
    # Not in one transaction, which is slower by half: a draft that was cut short is thrown away whole.
    store.bulk_extend(quad for graph in sorted(fresh) for quad in fresh[graph] - before[graph])
    for graph in sorted({item.graph for item in derivations}):
        store.remove_graph(NamedNode(graph))
    for derivation in derivations:
        store.extend(_derived(store, derivation))
    after = {graph: _graph(store, graph) for graph in before}
    if closing is not None:
        former = _graph(store, closing.graph)
        removed = [quad for graph in before for quad in before[graph] - after[graph]]
        turnover = _turnover(store, removed, former, closing)
        last = canonical(closing.graph, closing.make(turnover))
        for quad in former - last:
            store.remove(quad)
        store.extend(last - former)
        before[closing.graph], after[closing.graph] = former, last
    for graph in [name for name, quads in after.items() if not quads]:
        store.remove_graph(NamedNode(graph))
    return {
        graph: Change(len(after[graph] - before[graph]), len(before[graph] - after[graph]))
        for graph in sorted(before)
        if after[graph] != before[graph]
    }


def _turnover(store: Store, removed: Sequence[Quad], former: Iterable[Quad], closing: Closing) -> Turnover:
    last = NamedNode(closing.graph)

    def lives(iri: str) -> bool:
        return any(quad.graph_name != last for quad in store.quads_for_pattern(NamedNode(iri), None, None, None))

    typed = {quad.subject.value for quad in removed if quad.predicate == _TYPE and isinstance(quad.subject, NamedNode)}
    return Turnover(
        removed,
        frozenset(typed),
        list(former),
        lives,
        lambda subject: store.quads_for_pattern(subject, None, None, None),
    )


def _derived(store: Store, derivation: Derivation) -> list[Quad]:
    graph = NamedNode(derivation.graph)
    try:
        result = ask(store, derivation.text)
    except SyntaxError as error:
        mistake = mistake_of(derivation.text, str(error))
        place = {"line": mistake.line, "column": mistake.column, "marked": mistake.marked(derivation.text)}
        raise ContentError("query-syntax", file=derivation.name, cause=mistake.told, **place) from error
    if not isinstance(result, QueryTriples):
        raise ContentError("query-not-construct", file=derivation.name)
    quads = [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in result]
    _refuse_blank_nodes(quads)
    return quads


def _refuse_blank_nodes(quads: Iterable[Quad]) -> None:
    for quad in quads:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
            raise ValueError(f"a blank node, which would differ on every load: {quad}")


def _graph(store: Store, graph: str) -> set[Quad]:
    return set(store.quads_for_pattern(None, None, None, NamedNode(graph)))

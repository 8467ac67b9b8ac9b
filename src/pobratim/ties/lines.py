"""Ties as lines of N-Quads, written as a sorted dump has them."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from pobratim.rdf.edtf import interval
from pobratim.rdf.iris import concept_iri, graph_iri, named_iri, tie_iri
from pobratim.rdf.terms import DCT, EDTF, POB, RDF, RDFS, XSD, day, ru
from pobratim.ties.counters import Tally
from pobratim.ties.levels import Pair
from pobratim.ties.summary import Party


class Writer:
    """Writes the quads of ties: ``head`` all of a tie but its bases, ``basis`` one of those."""

    def __init__(self, base: str) -> None:
        """Take how the IRIs of data begin."""
        self._base = base
        self._graph = NamedNode(graph_iri(base, "ties"))

    def tie(self, pair: Pair, left: Party, right: Party) -> NamedNode:
        """Return the node of a tie."""
        return NamedNode(tie_iri(self._base, pair.level, left.name, right.name))

    def basis(self, tie: NamedNode, name: str) -> str:
        """Return the line of one basis."""
        return self._line(tie, POB.basis, self._node(name))

    def head(self, tie: NamedNode, pair: Pair, left: Party, right: Party, tally: Tally) -> Iterator[str]:
        """Yield the lines of what a tie is and adds up to."""
        sides = self._node(pair.left), self._node(pair.right)
        yield self._line(tie, RDF.type, POB.Tie)
        yield self._line(tie, POB.level, NamedNode(concept_iri("tie-level", pair.level)))
        yield self._line(tie, RDFS.label, ru(f"{left.label} — {right.label}"))
        yield self._line(tie, DCT.type, NamedNode(concept_iri("tie-kind", tally.kind)))
        yield self._line(tie, POB.eventCount, _number(len(tally.events)))
        yield self._line(tie, POB.sides, _number(sum(side.country in tally.countries for side in (left, right))))
        for topic in tally.topics:
            yield self._line(tie, DCT.subject, NamedNode(concept_iri("topic", topic)))
        if tally.span is not None:
            first, last, begin, end = tally.span
            yield self._line(tie, POB.start, day(first))
            yield self._line(tie, POB.end, day(last))
            yield self._line(tie, POB.edtf, Literal(interval(begin, end), datatype=EDTF.EDTF))
        for one, other in (sides, sides[::-1]):
            yield self._line(tie, POB.party, one)
            yield self._line(one, POB.partner, other)

    def _node(self, name: str) -> NamedNode:
        return NamedNode(named_iri(self._base, name))

    def _line(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> str:
        return f"{subject} {predicate} {value} {self._graph} .\n"


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)

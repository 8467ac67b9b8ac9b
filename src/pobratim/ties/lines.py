"""Ties as lines of N-Quads, written as a sorted dump has them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from pobratim.rdf.edtf import interval
from pobratim.rdf.iris import concept_iri, graph_iri, named_iri, tie_iri
from pobratim.rdf.terms import DCT, EDTF, POB, RDF, RDFS, XSD, day, ru
from pobratim.ties.counters import Tally
from pobratim.ties.levels import Pair
from pobratim.ties.summary import Party
from pobratim.ties.tellings import Tellings

# As text, each made once: there are more lines than anything else.
_TIE = f"{RDF.type} {POB.Tie}"
_BASIS, _COUNT, _LABEL, _LEVEL, _PARTNER, _PARTY, _SIDES, _KIND, _TOPIC, _START, _END, _SPAN = map(
    str, (POB.basis, POB.eventCount, RDFS.label, POB.level, POB.partner, POB.party, POB.sides, DCT.type, DCT.subject,
          POB.start, POB.end, POB.edtf)
)  # fmt: skip


class Writer:
    """Writes the quads of ties: ``head`` all of a tie but its bases, ``basis`` one of those."""

    def __init__(self, base: str) -> None:
        """Take how the IRIs of data begin."""
        self._base = base
        self._end = f"{NamedNode(graph_iri(base, 'ties'))} .\n"

    def basis(self, pair: Pair, left: Party, right: Party, name: str) -> str:
        """Return the line of one basis of a tie."""
        return f"{self._tie(pair, left, right)} {_BASIS} {self._node(name)} {self._end}"

    def head(self, pair: Pair, left: Party, right: Party, tally: Tally) -> list[str]:
        """Return the lines of what a tie is and adds up to."""
        one, other, end = self._node(pair.left), self._node(pair.right), self._end
        tie = self._tie(pair, left, right)
        sides = sum(side.country in tally.countries for side in (left, right))
        lines = [
            f"{tie} {_TIE} {end}",
            f"{tie} {_LEVEL} {_concept('tie-level', pair.level)} {end}",
            f"{tie} {_LABEL} {ru(f'{left.label} — {right.label}')} {end}",
            f"{tie} {_KIND} {_concept('tie-kind', tally.kind)} {end}",
            f"{tie} {_COUNT} {_number(tally.event_count)} {end}",
            f"{tie} {_SIDES} {_number(sides)} {end}",
            f"{tie} {_PARTY} {one} {end}",
            f"{tie} {_PARTY} {other} {end}",
            f"{one} {_PARTNER} {other} {end}",
            f"{other} {_PARTNER} {one} {end}",
        ]
        lines += [f"{tie} {_TOPIC} {_concept('topic', topic)} {end}" for topic in tally.topics]
        if tally.span is not None:
            first, last, begin, finish = tally.span
            lines.append(f"{tie} {_START} {day(first)} {end}")
            lines.append(f"{tie} {_END} {day(last)} {end}")
            lines.append(f"{tie} {_SPAN} {Literal(interval(begin, finish), datatype=_EDTF)} {end}")
        return lines

    def _tie(self, pair: Pair, left: Party, right: Party) -> str:
        return f"<{tie_iri(self._base, pair.level, left.name, right.name)}>"

    def _node(self, name: str) -> str:
        return f"<{named_iri(self._base, name)}>"


def lines_of(
    base: str,
    tellings: Tellings,
    bases: Iterable[str],
    tallies: Mapping[Pair, Tally],
    beside: Mapping[str, Party] = MappingProxyType({}),
) -> Iterator[str]:
    """Yield the lines of the ties that are tallied, and those of some bases, in no set order.

    ``beside`` are parties of these ties of which the tellings have nothing.
    """
    writer, parties = Writer(base), {**beside, **tellings.parties}
    for pair, tally in tallies.items():
        if tally.bases:
            yield from writer.head(pair, parties[pair.left], parties[pair.right], tally)
    for name in bases:
        for pair in tellings.pairs_of(name):
            yield writer.basis(pair, parties[pair.left], parties[pair.right], name)


_EDTF, _INTEGER = EDTF.EDTF, XSD.integer


@lru_cache(maxsize=1024)
def _concept(scheme: str, local: str) -> str:
    return str(NamedNode(concept_iri(scheme, local)))


@lru_cache(maxsize=1024)
def _number(value: int) -> str:
    return str(Literal(str(value), datatype=_INTEGER))

"""The ties of all reports together, counted at once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Quad, RdfFormat, parse

from pobratim.ties.counters import Tally
from pobratim.ties.levels import Pair
from pobratim.ties.lines import lines_of
from pobratim.ties.summary import Summary
from pobratim.ties.tellings import Tellings


@dataclass(frozen=True, slots=True)
class Whole:
    """What some reports tell together, and the tally of each of the ties that they make."""

    summaries: Mapping[str, Summary]
    tellings: Tellings
    tallies: Mapping[Pair, Tally]

    @classmethod
    def of(cls, summaries: Mapping[str, Summary]) -> "Whole":
        """Count the ties of reports, all of one resolution."""
        tellings, tallies = Tellings(summaries), defaultdict[Pair, Tally](Tally)
        for name, stated in tellings.bases.items():
            for pair in tellings.pairs_of(name):
                tallies[pair].count(stated, tellings.events, 1)
        return cls(summaries, tellings, tallies)

    def lines(self, base: str) -> list[str]:
        """Return the graph of ties as sorted lines of N-Quads; ``base`` begins the IRIs of data."""
        return sorted(lines_of(base, self.tellings, self.tellings.bases, self.tallies))


def ties_graph(summaries: Mapping[str, Summary], base: str) -> list[str]:
    """Return the graph of ties of these reports as sorted lines of N-Quads."""
    return Whole.of(summaries).lines(base)


def ties_quads(summaries: Mapping[str, Summary], base: str) -> list[Quad]:
    """Return the graph of ties of these reports as quads, sorted."""
    return list(parse("".join(ties_graph(summaries, base)), RdfFormat.N_QUADS))

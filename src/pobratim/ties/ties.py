"""The ties of a set of reports, kept up to date: the cost of a change goes with what changed, not with what is held."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pyoxigraph import NamedNode

from pobratim.ties.counters import BasisFacts, Tally
from pobratim.ties.levels import Pair, pairs
from pobratim.ties.lines import Writer
from pobratim.ties.summary import Party, Summary
from pobratim.ties.tellings import Tellings


@dataclass(slots=True)
class Change:
    """The lines of the graph of ties that went away and those that are new."""

    gone: set[str] = field(default_factory=set)
    fresh: set[str] = field(default_factory=set)


class _Tie(NamedTuple):
    node: NamedNode
    pair: Pair
    left: Party
    right: Party
    tally: Tally


class _Entry(NamedTuple):
    """A basis as it is counted: in which ties, with which facts, and the things it has them from."""

    pairs: frozenset[Pair]
    facts: BasisFacts
    sources: frozenset[str]


def ties_graph(summaries: Mapping[str, Summary], base: str) -> list[str]:
    """Return the graph of ties of these reports as sorted lines of N-Quads."""
    return sorted(Ties(base).update(summaries).fresh)


class Ties:
    """The ties of the reports that ``update`` was given so far, none at first."""

    def __init__(self, base: str) -> None:
        """Begin without a report; ``base`` begins the IRIs."""
        self._writer = Writer(base)
        self._tellings = Tellings()
        self._ties: dict[Pair, _Tie] = {}
        self._entries: dict[str, _Entry] = {}
        self._users: dict[str, set[str]] = defaultdict(set)

    def update(self, summaries: Mapping[str, Summary | None]) -> Change:
        """Take the summaries of reports that are new or changed, None for one that went; return what that changes.

        All summaries held afterwards must be of one resolution (see ``summary.py``).
        """
        touched = self._touched(summaries)
        change, heads = Change(), dict[Pair, set[str]]()
        for name in touched & self._entries.keys():
            self._take(name, change, heads)
        for slug, summary in summaries.items():
            self._tellings.put(slug, summary)
        for name in touched:
            self._add(name, change, heads)
        for pair, head in heads.items():
            change.gone |= head
            if pair in self._ties:
                change.fresh |= self._head(self._ties[pair])
        both = change.gone & change.fresh
        return Change(change.gone - both, change.fresh - both)

    def _touched(self, summaries: Mapping[str, Summary | None]) -> set[str]:
        """Return the bases that are told otherwise, or that hang on something that is."""
        found: set[str] = set()
        for slug, summary in summaries.items():
            for table, name in self._tellings.differing(slug, summary):
                if table == "bases":
                    found.add(name)
                else:
                    found |= self._users.get(name, set())
        return found

    def _take(self, name: str, change: Change, heads: dict[Pair, set[str]]) -> None:
        """Take a basis out of its ties, and note the heads that they had before."""
        entry = self._entries.pop(name)
        for source in entry.sources:
            self._users[source].discard(name)
        for pair in entry.pairs:
            tie = self._ties[pair]
            if pair not in heads:
                heads[pair] = self._head(tie)
            change.gone.add(self._writer.basis(tie.node, name))
            tie.tally.count(name, entry.facts, self._tellings.event, -1)
            if not tie.tally.bases:
                del self._ties[pair]

    def _add(self, name: str, change: Change, heads: dict[Pair, set[str]]) -> None:
        """Count a basis in the ties that it makes, where a report still states it."""
        told = self._tellings.basis(name)
        if told is None:
            return
        basis, facts = told
        known = self._parties(basis.parties)
        entry = _Entry(frozenset(pairs(basis.parties, known)), facts, frozenset((*basis.parties, *known, *basis.events)))
        self._entries[name] = entry
        for source in entry.sources:
            self._users[source].add(name)
        for pair in entry.pairs:
            tie = self._ties.get(pair)
            if pair not in heads:
                heads[pair] = self._head(tie) if tie else set()
            if tie is None:
                left, right = known[pair.left], known[pair.right]
                tie = self._ties[pair] = _Tie(self._writer.tie(pair, left, right), pair, left, right, Tally())
            change.fresh.add(self._writer.basis(tie.node, name))
            tie.tally.count(name, facts, self._tellings.event, 1)

    def _parties(self, names: Iterable[str]) -> dict[str, Party]:
        """Return what is known of parties and of what they are rolled up to."""
        found: dict[str, Party] = {}
        for name in names:
            party = self._tellings.party(name)
            if party is not None:
                for each in (name, party.municipality, party.region, party.country):
                    above = self._tellings.party(each) if each and each not in found else None
                    if above is not None:
                        found[each] = above
        return found

    def _head(self, tie: _Tie) -> set[str]:
        return set(self._writer.head(tie.node, tie.pair, tie.left, tie.right, tie.tally))

"""The graph of IRIs that lead nowhere any more: since when, why, and what came in their place.

It says nothing of what they named. An IRI stands in it from the load on after which no graph describes it, or because
a person took it out; it leaves the graph when it comes back.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from pobratim.rdf.evidence import span_of
from pobratim.rdf.iris import graph_iri, is_lasting, kind_of, successor_of
from pobratim.rdf.terms import ADMS, ADMS_STATUS, DCT, OA, POB, PROV, SKOS, XSD, Graph
from pobratim.store.backend import WITHDRAWN, Turnover

_PROVED = (OA.hasBody, POB.value)
"""What a mention is of, and what it says of that: a phrase proves either."""
_MIDNIGHT = "T00:00:00Z"
"""PROV wants a moment; what is known is the day."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Tombstone:
    """``since`` is the day (YYYY-MM-DD) from which the IRI leads nowhere.

    ``is_withdrawn`` tells that a person took it out, for ``reason``; else the reports tell of it no more.
    ``replacement`` is the IRI that came in its place, "" for none.
    """

    since: str
    is_withdrawn: bool = False
    reason: str = ""
    replacement: str = ""


@dataclass(slots=True)
class Burial:
    """Makes the graph behind a load. ``withdrawn`` are the IRIs that people took out; a day of "" there is ``today``.

    ``buried`` are those of this load, once ``graph`` was asked.
    """

    base: str
    withdrawn: Mapping[str, Tombstone]
    today: str
    buried: dict[str, Tombstone] = field(default_factory=dict)

    def graph(self, turnover: Turnover) -> Graph:
        """Return the graph after a load that changed what ``turnover`` tells."""
        former = read_tombstones(turnover.former)
        # What leads on by its form needs no line, and a former IRI may hold a person's name.
        gone = {one for one in turnover.touched if is_lasting(self.base, one) and not successor_of(self.base, one)}
        heirs = _Heirs(turnover)
        found: dict[str, Tombstone] = {}
        for iri in sorted({*former, *gone, *self.withdrawn}):
            if not turnover.lives(iri):
                found[iri] = self._tombstone(iri, former.get(iri), heirs)
        self.buried = {iri: one for iri, one in found.items() if former.get(iri) != one}
        return tombstone_graph(found, self.base)

    def _tombstone(self, iri: str, before: Tombstone | None, heirs: "_Heirs") -> Tombstone:
        since = before.since if before else self.today
        given = self.withdrawn.get(iri) or self._of_party(iri)
        if given is not None:
            return Tombstone(given.since or since, True, given.reason)
        if before is not None and not before.is_withdrawn:
            return before
        return Tombstone(since, replacement=heirs.of(self.base, iri))

    def _of_party(self, iri: str) -> Tombstone | None:
        """Return the tombstone of a party of a tie, whose IRI names both: …/tie/LEVEL/TYPE-KEY--TYPE-KEY."""
        parties = iri.rpartition("/")[2].split("--") if kind_of(self.base, iri) == "tie" else []
        named = (f"{self.base}/id/{party.replace('-', '/', 1)}" for party in parties)
        return next((self.withdrawn[party] for party in named if party in self.withdrawn), None)


def tombstone_graph(stones: Mapping[str, Tombstone], base: str) -> Graph:
    """Return the graph of former IRIs."""
    graph = Graph(graph_iri(base, WITHDRAWN))
    for iri, one in stones.items():
        node = NamedNode(iri)
        graph.add(node, PROV.invalidatedAtTime, Literal(one.since + _MIDNIGHT, datatype=XSD.dateTime))
        graph.add(node, ADMS.status, ADMS_STATUS.Withdrawn if one.is_withdrawn else ADMS_STATUS.Deprecated)
        if one.reason:
            graph.add(node, SKOS.changeNote, Literal(one.reason))
        if one.replacement:
            graph.add(node, DCT.isReplacedBy, NamedNode(one.replacement))
    return graph


def read_tombstones(quads: Iterable[Quad]) -> dict[str, Tombstone]:
    """Read what ``tombstone_graph`` wrote; what says no day is passed over."""
    facts: dict[str, dict[str, str]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            facts.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    return {
        iri: Tombstone(
            said[PROV.invalidatedAtTime.value][:10],
            said.get(ADMS.status.value) == ADMS_STATUS.Withdrawn.value,
            said.get(SKOS.changeNote.value, ""),
            said.get(DCT.isReplacedBy.value, ""),
        )
        for iri, said in facts.items()
        if _DAY.match(said.get(PROV.invalidatedAtTime.value, ""))
    }


def this_day(given: str) -> str:
    """Return the day given, else today's."""
    return given or date.today().isoformat()


class _Heirs:
    """Finds what came in the place of things, by the phrases that proved them and prove something else now.

    So a thing whose key changed, because a date was put right or a rule became better, is known by its own words.
    """

    def __init__(self, turnover: Turnover) -> None:
        self._said = turnover.said
        self._mentions: dict[str, list[NamedNode]] = defaultdict(list)
        self._changed = set[str]()
        for quad in turnover.removed():
            if not isinstance(quad.subject, NamedNode):
                continue
            for proved in _proved(quad):
                self._mentions[proved].append(quad.subject)
            if quad.predicate == OA.exact:
                self._changed.add(quad.subject.value)

    def of(self, base: str, iri: str) -> str:
        """Return what more than half of the phrases of a thing prove now, "" where nothing does."""
        mentions = self._mentions.get(iri, [])
        kept = [one for one in mentions if span_of(one.value) not in self._changed]
        now = Counter(
            proved
            for mention in kept
            for proved in {proved for quad in self._said(mention) for proved in _proved(quad)}
            if kind_of(base, proved) == kind_of(base, iri)
        )
        heir, count = max(now.items(), key=lambda one: (one[1], one[0]), default=("", 0))
        return heir if 2 * count > len(mentions) else ""


def _proved(quad: Quad) -> list[str]:
    """Return the IRI of the thing that a quad of a mention proves something of, [] for other quads."""
    return [quad.object.value] if quad.predicate in _PROVED and isinstance(quad.object, NamedNode) else []

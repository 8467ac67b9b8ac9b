"""Join the organisations that people say are one, behind all that the names themselves tell."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from pobratim.resolve.clusters import Clusters
from pobratim.resolve.ledger import Verdicts
from pobratim.resolve.linking import Linker
from pobratim.resolve.namings import Naming

Node = TypeVar("Node", bound=Hashable)


@dataclass(slots=True)
class Merging:
    """``keys`` by the root of each set of namings; ``known`` maps every key that a decision may name to its set's.

    ``sides`` are the namings whose name and facts people chose, by the key of what they are part of.
    """

    keys: dict[Naming, str]
    known: dict[str, str] = field(default_factory=dict)
    sides: dict[str, list[Naming]] = field(default_factory=dict)


def decided_keys(linker: Linker, decided: Verdicts, before: Mapping[str, Naming]) -> Merging:
    """Join what is decided to be one and return the keys of all sets.

    A decision may name the key of a set, that of one naming on its own, or one of ``before``: what a naming was called
    when nothing was decided. Decisions come last, so that all others keep the keys that they have without them.
    """
    plain, root = linker.keys(), linker.clusters.root
    # Of sets of one key the last in order is meant, wherever it stands.
    last = {key: root for root, key in sorted(plain.items(), key=lambda item: item[0].sorting)}
    named = {key: root(name) for key, name in {**linker.own_keys(), **before, **last}.items()}
    sides = [(key, list(linker.clusters.members(named[key]))) for key in sorted(decided.sides) if key in named]
    joined, stays = together(decided, named.get)
    for group in joined.sets():
        for one in group[1:]:
            linker.clusters.join(group[0], one, force=True)
    keys = {one: stays.get(one, key) for one, key in plain.items()}
    known = {key: keys[root(one)] for key, one in named.items()}
    return Merging(keys, known, {known[key]: names for key, names in reversed(sides)})


def together(decided: Verdicts, named: Callable[[str], Node | None]) -> tuple[Clusters[Node], dict[Node, str]]:
    """Return the sets of what people say is one, of all that their decisions name, and the key that each keeps.

    ``named`` tells what a key names, None for nothing. The first of a set stands for it.
    """
    nodes = ((key, named(key)) for keys in decided.same for key in sorted(keys))
    found = {key: node for key, node in nodes if node is not None}
    joined = Clusters(found[key] for key in sorted(found))
    stays: dict[Node, str] = {}
    for keys in sorted(decided.same, key=sorted):
        present = [found[key] for key in sorted(keys) if key in found]
        for left, right in pairwise(present):
            joined.join(left, right, force=True)
        kept = decided.key(keys, found)
        if kept:
            stays[joined.root(found[kept])] = kept
    return joined, stays

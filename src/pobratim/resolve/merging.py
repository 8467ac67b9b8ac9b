"""Join the organisations that people say are one, behind all that the names themselves tell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from pobratim.resolve.ledger import Verdicts
from pobratim.resolve.linking import Linker
from pobratim.resolve.namings import Naming


@dataclass(slots=True)
class Merging:
    """``keys`` by the root of each set of namings; ``known`` maps every key that a decision may name to its set's."""

    keys: dict[Naming, str]
    known: dict[str, str] = field(default_factory=dict)


def decided_keys(linker: Linker, decided: Verdicts, before: Mapping[str, Naming]) -> Merging:
    """Join what is decided to be one and return the keys of all sets.

    A decision may name the key of a set, that of one naming on its own, or one of ``before``: what a naming was called
    when nothing was decided. Decisions come last, so that all others keep the keys that they have without them.
    """
    plain = linker.keys()
    named = {**linker.own_keys(), **before, **{key: root for root, key in plain.items()}}
    merging = Merging(dict(plain))
    for keys in sorted(decided.same, key=sorted):
        roots = [linker.clusters.root(named[key]) for key in sorted(keys) if key in named]
        for left, right in pairwise(roots):
            linker.clusters.join(left, right, force=True)
        stays = decided.key(keys, named)
        if stays:
            merging.keys[linker.clusters.root(named[stays])] = stays
    merging.known = {key: merging.keys[linker.clusters.root(name)] for key, name in named.items()}
    return merging

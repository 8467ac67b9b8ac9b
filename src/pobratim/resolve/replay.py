"""What a ledger's decisions changed: which keys gave way to others, and which keys nothing has."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pobratim.resolve.ledger import LEAVING, Decision

Keys = Mapping[str, Mapping[Any, str]]
"""By type: a key for every mention of a thing of that type."""


def replaced_keys(before: Keys, after: Keys) -> list[tuple[str, str, str]]:
    """Return (type, former key, key that stays) for every key that no mention has any more."""
    found = set()
    for kind, keys in before.items():
        left = set(after[kind].values())
        moved = {(old, after[kind][mention]) for mention, old in keys.items() if old not in left}
        found |= {(kind, old, min(new for former, new in moved if former == old)) for old, _ in moved}
    return sorted(found)


def unmatched_keys(ledger: Iterable[Decision], known: Mapping[str, Collection[str]]) -> list[tuple[str, str]]:
    """Return (type, key) of what decisions name and nothing is called; ``known`` are the keys of each type.

    What leaves the graph is matched behind all resolving (``withdrawal.py``).
    """
    spoken = {thing for one in ledger if one.verdict not in LEAVING for thing in one.things}
    return sorted((kind, key) for kind, key in spoken if kind in known and key not in known[kind])

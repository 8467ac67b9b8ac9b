"""What people decided about identity: replayed on every run, undone by leaving the line out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Decision:
    """Two keys of one ``type`` (organisation or activity) that are the same thing, or are different things.

    Keys are those that the two would have on their own.
    """

    verdict: Literal["same", "different"]
    type: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The decisions of one type as unordered pairs of keys."""

    same: frozenset[frozenset[str]]
    different: frozenset[frozenset[str]]


def verdicts(ledger: Iterable[Decision], thing: str) -> Verdicts:
    """Return the decisions about things of one type."""
    chosen = [decision for decision in ledger if decision.type == thing]
    same, different = (
        frozenset(frozenset((d.left, d.right)) for d in chosen if d.verdict == verdict)
        for verdict in ("same", "different")
    )
    return Verdicts(same, different)

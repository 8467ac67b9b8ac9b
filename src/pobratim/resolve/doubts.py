"""What stayed undecided of organisations: pairs of namings, asked about under the keys that they have in the end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pobratim.entities import Undecided
from pobratim.resolve.ledger import Verdicts
from pobratim.resolve.namings import Naming, order


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two namings that may be one organisation; ``own`` are their own keys, the rest as in Undecided."""

    left: Naming
    right: Naming
    own: frozenset[str]
    reason: str
    score: float
    shared: tuple[str, ...]
    why: str


def questions(doubts: Iterable[Doubt], key: Callable[[Naming], str], decided: Verdicts) -> list[Undecided]:
    """Return the questions under final keys, each pair once: the likeliest of its doubts, the first of equal ones."""
    found: dict[tuple[str, str], Doubt] = {}
    for doubt in sorted(doubts, key=lambda one: (-one.score, order(one.left), order(one.right))):
        a, b = sorted((key(doubt.left), key(doubt.right)))
        if a != b and not {frozenset((a, b)), doubt.own} & decided.different:
            found.setdefault((a, b), doubt)
    return [
        Undecided("organisation", a, b, one.score, one.reason, one.shared, one.why)
        for (a, b), one in sorted(found.items(), key=lambda item: item[0])
    ]

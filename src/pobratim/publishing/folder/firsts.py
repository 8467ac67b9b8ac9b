"""The first statements with each property, and the first thing of each class, kept while all lines are passed by once.

A page on the terms in use looks at so many statements of each property and at one thing of each class. An engine sorts
all of them for that, which costs more than all else of the page together.
"""

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, field

MOST = 2000
"""The LIMIT of property-use.rq, which counts a statement as often as there are graphs that have it."""
_KEPT = MOST + MOST // 2
"""Statements that are kept of a property: some may go before others are to be looked for."""
Stated = tuple[bytes, bytes]
"""A subject (its IRI) and an object (as N-Triples has it)."""


@dataclass(slots=True)
class Firsts:
    """By property (its IRI) the first statements in the order of subjects and objects, IRIs before literals.

    ``limits`` are subjects behind which no statement of a property is among these; ``examples`` are by class, and
    ``counts`` tell how often each property is said.
    """

    limits: dict[bytes, bytes] = field(default_factory=dict)
    examples: dict[bytes, bytes] = field(default_factory=dict)
    counts: dict[bytes, int] = field(default_factory=dict)
    held: dict[bytes, list[Stated]] = field(default_factory=dict)

    def take(self, prop: bytes, subject: bytes, value: bytes) -> None:
        """Take note of a statement whose subject is not behind the limit of its property."""
        held = self.held.setdefault(prop, [])
        held.append((subject, value))
        if len(held) >= 2 * _KEPT:
            held[:] = _first(held)
            self.limits[prop] = held[-1][0]

    def kind(self, subject: bytes, kind: bytes) -> None:
        """Take note that a thing is of a class."""
        known = self.examples.get(kind)
        if known is None or subject < known:
            self.examples[kind] = subject

    def join(self, later: "Firsts") -> None:
        """Take what is known of further lines."""
        for prop, held in later.held.items():
            self.held[prop] = _first([*self.held.get(prop, ()), *held])
        for prop, count in later.counts.items():
            self.counts[prop] = self.counts.get(prop, 0) + count
        for kind, thing in later.examples.items():
            self.kind(thing, kind)

    def close(self) -> None:
        """Take no more lines: what is held is in order, and all of it, or the first ones, are there."""
        for held in self.held.values():
            held[:] = _first(held)
        self.limits = {}

    def turn(self, lines: Iterable[tuple[bool, bytes, bytes, bytes]]) -> bool:
        """Take statements (is it new, property, subject, value) in and out of what was closed.

        Tell whether the first of each property are still known; else all lines must be passed by once more.
        """
        for is_new, prop, subject, value in lines:
            held, count = self.held.setdefault(prop, []), self.counts.get(prop, 0)
            is_whole = len(held) == count
            self.counts[prop] = count + (1 if is_new else -1)
            stated = (subject, value)
            if not is_whole and _in_order(stated) > _in_order(held[-1]):
                continue
            if is_new:
                insort(held, stated, key=_in_order)
            else:
                held.remove(stated)
                if not is_whole and len(held) < MOST:
                    return False
        self.held = {prop: held[:_KEPT] for prop, held in self.held.items() if held}
        self.counts = {prop: count for prop, count in self.counts.items() if count}
        return True

    def of(self, prop: str) -> list[Stated]:
        """Return the first statements with a property, each once, in order."""
        return list(dict.fromkeys(_first(self.held.get(prop.encode(), []))[:MOST]))


def _first(held: list[Stated]) -> list[Stated]:
    return sorted(held, key=_in_order)[:_KEPT]


def _in_order(stated: Stated) -> tuple[bytes, bool, bytes]:
    subject, value = stated
    return subject, not value.startswith(b"<"), value

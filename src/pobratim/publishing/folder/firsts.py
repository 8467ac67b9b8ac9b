"""The first statements with each property, and the first thing of each class, kept while all lines are passed by once.

A page on the terms in use looks at so many statements of each property and at one thing of each class. An engine sorts
all of them for that, which costs more than all else of the page together.
"""

from dataclasses import dataclass, field

MOST = 2000
"""The LIMIT of property-use.rq, which counts a statement as often as there are graphs that have it."""
Stated = tuple[bytes, bytes]
"""A subject (its IRI) and an object (as N-Triples has it)."""


@dataclass(slots=True)
class Firsts:
    """By property (its IRI) the first statements in the order of subjects and objects, IRIs before literals.

    ``limits`` are subjects behind which no statement of a property is among these; ``examples`` are by class.
    """

    limits: dict[bytes, bytes] = field(default_factory=dict)
    examples: dict[bytes, bytes] = field(default_factory=dict)
    _held: dict[bytes, list[Stated]] = field(default_factory=dict)

    def take(self, prop: bytes, subject: bytes, value: bytes) -> None:
        """Take note of a statement whose subject is not behind the limit of its property."""
        held = self._held.setdefault(prop, [])
        held.append((subject, value))
        if len(held) >= 2 * MOST:
            held[:] = _first(held)
            if len(held) == MOST:
                self.limits[prop] = held[-1][0]

    def kind(self, subject: bytes, kind: bytes) -> None:
        """Take note that a thing is of a class."""
        known = self.examples.get(kind)
        if known is None or subject < known:
            self.examples[kind] = subject

    def join(self, later: "Firsts") -> None:
        """Take what is known of further lines."""
        for prop, held in later._held.items():
            self._held[prop] = _first([*self._held.get(prop, ()), *held])
        for kind, thing in later.examples.items():
            self.kind(thing, kind)

    def of(self, prop: str) -> list[Stated]:
        """Return the first statements with a property, each once, in order."""
        return list(dict.fromkeys(_first(self._held.get(prop.encode(), []))))


def _first(held: list[Stated]) -> list[Stated]:
    return sorted(held, key=_in_order)[:MOST]


def _in_order(stated: Stated) -> tuple[bytes, bool, bytes]:
    subject, value = stated
    return subject, not value.startswith(b"<"), value

"""The first statements with each property, and the first thing of each class, kept while all lines are passed by once.

A page on the terms in use looks at so many statements of each property and at one thing of each class. An engine sorts
all of them for that, which costs more than all else of the page together.
"""

import re
from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pobratim.rdf.terms import RDF, XSD
from pobratim.site.asking import Term
from pobratim.store.graph_files import end_of

MOST = 2000
"""The LIMIT of property-use.rq, which counts a statement as often as there are graphs that have it."""
_KEPT = MOST + MOST // 2
"""Statements that are kept of a property: some may go before others are to be looked for."""
Stated = tuple[bytes, bytes]
"""A subject (its IRI) and an object (as N-Triples has it)."""
_TYPE = RDF.type.value.encode()
_STRING = f"^^<{XSD.string.value}>"
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SIGNS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(slots=True)
class Firsts:
    """By property (its IRI) the first statements in the order of subjects and objects, IRIs before literals.

    ``limits`` are subjects behind which no statement of a property is among these; ``examples`` are by class, and
    ``counts`` tell how often each property is said, where somebody counts.
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
        """Take no more lines: what is held is in order, and is all of it or the first ones."""
        self.held = {prop: _first(held) for prop, held in sorted(self.held.items())}
        self.examples = dict(sorted(self.examples.items()))
        self.limits = {}

    def turn(self, lines: Iterable[tuple[bool, bytes, bytes, bytes]]) -> bool:
        """Take statements (is it new, property, subject, value) in and out of what was closed and counted.

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
        self.held = {prop: held[:_KEPT] for prop, held in sorted(self.held.items()) if held}
        self.counts = {prop: count for prop, count in self.counts.items() if count}
        return True

    def properties(self) -> list[str]:
        """Return the properties that statements were taken of."""
        return [prop.decode() for prop in self.held]

    def of(self, prop: str) -> list[Stated]:
        """Return the first statements with a property, each once, in order."""
        return list(dict.fromkeys(_first(self.held.get(prop.encode(), []))[:MOST]))


def _first(held: list[Stated]) -> list[Stated]:
    return sorted(held, key=_in_order)[:_KEPT]


def _in_order(stated: Stated) -> tuple[bytes, bool, bytes]:
    subject, value = stated
    return subject, not value.startswith(b"<"), value


def firsts_in(files: Mapping[str, Path]) -> Firsts:
    """Return what files of sorted N-Quads tell, by the IRI of their graph ("" for none). Raises OSError."""
    found = Firsts()
    for subject, prop, value in _statements(files):
        limit = found.limits.get(prop)
        if limit is None or subject <= limit:
            found.take(prop, subject, value)
        if prop == _TYPE and value.startswith(b"<"):
            found.kind(subject, value[1:-1])
    return found


def kinds_in(files: Mapping[str, Path], things: frozenset[bytes]) -> dict[bytes, set[str]]:
    """Return the classes of some things (IRIs), as such files tell them. Raises OSError."""
    found: dict[bytes, set[str]] = {}
    for subject, _, value in _statements(files, b"> <%s> <" % _TYPE):
        if subject in things:
            found.setdefault(subject, set()).add(value[1:-1].decode())
    return found


def _statements(files: Mapping[str, Path], part: bytes = b"") -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield subject, property and object of the lines of which ``part`` is a part."""
    for graph, file in files.items():
        end = end_of(graph)
        with file.open("rb") as lines:
            for line in lines:
                if part in line:
                    head = line.index(b">")
                    start = line.index(b"> ", head + 2) + 2
                    yield line[1:head], line[head + 3 : start - 2], line[start:end]


def term_of(told: bytes) -> Term:
    """Return a term from its form in N-Triples."""
    if told[:1] == b"<":
        return Term(told[1:-1].decode(), True)
    text, _, rest = told[1:].decode().rpartition('"')
    if "\\" in text:
        text = _ESCAPED.sub(_sign, text)
    if rest.startswith("@"):
        return Term(text, False, rest[1:])
    return Term(text, False, "", rest[3:-1] if rest and rest != _STRING else "")


def _sign(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _SIGNS.get(found[3], found[3])

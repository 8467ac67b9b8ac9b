"""What is kept of the work of a gate: what it heard of a part of a store, and what it masked in a graph; both as JSON.

Names stand in it that nobody else shall see: it lies where the names do that were found, and goes nowhere.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any, NamedTuple

from pobratim.publishing.findings import Finding
from pobratim.publishing.people.found import Asked
from pobratim.publishing.people.rows import Name
from pobratim.record import PersonClass

_SIZE = 8
"""Bytes of the digest of a text: it tells whether a row's text is the one that was read."""


def text_digest(text: str) -> int:
    """Return a number for a text, the same in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest(), "big")


@dataclass(frozen=True, slots=True)
class RowTold:
    """What is kept of a row: its hidden names, the texts of the shown ones, the cells with something masked."""

    hidden: tuple[Name, ...]
    shown: frozenset[str]
    cells: Mapping[str, str]


NOTHING = RowTold((), frozenset(), {})


class Rows(NamedTuple):
    """What was read of some rows: what is kept of each by its key, digests of their cells and titles."""

    told: dict[str, RowTold]
    read: dict[str, int]

    @classmethod
    def none(cls) -> "Rows":
        """Return that of no rows."""
        return cls({}, {})

    def to_text(self) -> str:
        """Return it as JSON, the same for equal rows."""
        told = {key: [one.hidden, sorted(one.shown), one.cells] for key, one in sorted(self.told.items())}
        return _json([told, self.read])

    @classmethod
    def of_text(cls, text: str) -> "Rows":
        """Read what ``to_text`` wrote."""
        told, read = json.loads(text)
        return cls(
            {
                key: RowTold(tuple(Name(*one) for one in hidden), frozenset(shown), cells)
                for key, (hidden, shown, cells) in told.items()
            },
            read,
        )


class Parts(NamedTuple):
    """What some graphs tell: classes of parts and who takes them, keys that are struck, terms that are left out."""

    classes: dict[str, PersonClass]
    of: dict[str, str]
    struck: set[str]
    left_out: set[str]

    @classmethod
    def none(cls) -> "Parts":
        """Return that of no graphs."""
        return cls({}, {}, set(), set())


class Heard(NamedTuple):
    """What a gate takes of some graphs: ``things`` are names in phrases by thing, ``right`` graphs without fault.

    ``rows`` and ``parties`` are looked up where they are needed, all else a gate knows of all graphs; ``asked`` are
    the names that were asked for.
    """

    parts: Parts
    rows: Rows
    things: Mapping[str, set[str]]
    parties: Mapping[str, set[str]]
    findings: Sequence[Finding]
    right: frozenset[str]
    asked: Asked

    def to_text(self) -> str:
        """Return as JSON what a gate knows of all graphs."""
        parts = self.parts
        findings = [astuple(one) for one in self.findings]
        return _json(
            [
                [parts.classes, parts.of, sorted(parts.struck), sorted(parts.left_out)],
                texts_by_term(self.things),
                findings,
                sorted(self.right),
            ]
        )

    @classmethod
    def of_text(cls, text: str) -> "Heard":
        """Read what ``to_text`` wrote; rows and parties are none, and nothing was asked for."""
        (classes, of, struck, left_out), things, findings, right = json.loads(text)
        return cls(
            Parts(classes, of, set(struck), set(left_out)),
            Rows.none(),
            sets_by_term(things),
            {},
            [Finding(severity, where, code, tuple(map(tuple, values))) for severity, where, code, values in findings],
            frozenset(right),
            Asked({}, frozenset()),
        )


class Left(NamedTuple):
    """What a gate keeps of a graph that went through: labels and words that are masked, by term.

    ``latin`` are things of which spellings in Latin letters went out, ``steps`` what all that was looked up in this is
    told by; both as sorted numbers (``fates.number_of``).
    """

    masked: Mapping[str, set[str]]
    words: Mapping[str, set[str]]
    latin: Sequence[int]
    steps: Sequence[int]
    asked: Asked


def texts_by_term(told: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return sets as JSON has them, without empty ones."""
    return {term: sorted(texts) for term, texts in sorted(told.items()) if texts}


def sets_by_term(told: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """Return what ``texts_by_term`` made of sets."""
    found: dict[str, set[str]] = defaultdict(set)
    found.update((term, set(texts)) for term, texts in told.items())
    return found


def _json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

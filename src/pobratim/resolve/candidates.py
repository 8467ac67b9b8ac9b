"""What is left for people to decide, with what they need to see of both sides."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pobratim.entities import AgreementEntity, Resolution, Undecided
from pobratim.record import plain
from pobratim.resolve.ledger import Decision, linked

ROWS_SHOWN = 3
"""How many rows that name a thing are kept beside it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things: its key, preferred name, first rows ("report/row") and in how many rows it stands."""

    key: str
    name: str
    rows: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things of one type that may be one; ``left`` is the one that more rows name: its key would stay.

    ``score`` is 0..1; ``reason``, ``shared`` and ``why`` ("" where nothing further was found) are codes of messages.
    """

    type: str
    score: float
    reason: str
    shared: tuple[str, ...]
    left: Side
    right: Side
    why: str = ""

    @property
    def pair(self) -> frozenset[str]:
        """Return both keys."""
        return frozenset((self.left.key, self.right.key))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Candidate":
        """Read what ``to_json`` wrote."""
        sides = {side: Side(**{**data[side], "rows": tuple(data[side]["rows"])}) for side in ("left", "right")}
        return cls(**{**data, "shared": tuple(data["shared"]), **sides})

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {**plain(self), "left": plain(self.left), "right": plain(self.right)}


def candidates(resolution: Resolution) -> list[Candidate]:
    """Return what is undecided, the likeliest first."""
    names, rows = _names(resolution), _rows(resolution)

    def side(kind: str, key: str) -> Side:
        found = sorted(rows[kind, key])
        shown = tuple(f"{report}/{row}" for report, row in found[:ROWS_SHOWN])
        return Side(key, names.get((kind, key), key), shown, len(found))

    return candidates_of(resolution.undecided, side)


def candidates_of(questions: Iterable[Undecided], side: Callable[[str, str], Side]) -> list[Candidate]:
    """Return questions with both their sides, the likeliest first; ``side`` tells that of a type and key."""

    def candidate(one: Undecided) -> Candidate:
        sides = sorted((side(one.kind, key) for key in (one.left, one.right)), key=lambda s: (-s.count, s.key))
        return Candidate(one.kind, one.score, one.reason, one.shared, sides[0], sides[1], one.why)

    found = map(candidate, questions)
    return sorted(found, key=lambda one: (-one.score, one.type, one.left.key, one.right.key))


def undecided(found: Iterable[Candidate], ledger: Iterable[Decision]) -> list[Candidate]:
    """Return the candidates on which the ledger says nothing, directly or through others."""
    lines = list(ledger)
    together = {
        kind: linked(one.pair for one in lines if one.type == kind and one.verdict == "same")
        for kind in {one.type for one in lines}
    }
    apart = {(one.type, one.pair) for one in lines if one.verdict == "not-same"}
    return [
        one
        for one in found
        if (one.type, one.pair) not in apart and not any(one.pair <= keys for keys in together.get(one.type, ()))
    ]


def _names(resolution: Resolution) -> dict[tuple[str, str], str]:
    names = {("organisation", one.key): one.names[0] for one in resolution.organisations}
    names |= {("place", one.key): one.names[0] for one in resolution.places}
    # An activity is asked about by the key that an account's event would have alone.
    names |= {("activity", one.own_activity): one.record.title for one in resolution.accounts}
    told = {(kind, key): name for (kind, key), name in names.items()}
    names |= {
        ("agreement", one.key): agreement_name(one, lambda kind, key: told.get((kind, key), key))
        for one in resolution.agreements
    }
    return names


def agreement_name(one: AgreementEntity, name: Callable[[str, str], str]) -> str:
    """Return how an agreement is shown; ``name`` tells the name of a party by type and key."""
    parties = " – ".join(name(*party) for party in one.parties)
    return ", ".join(part for part in (one.kind, one.date, parties) if part)


def _rows(resolution: Resolution) -> dict[tuple[str, str], set[tuple[str, int]]]:
    rows: dict[tuple[str, str], set[tuple[str, int]]] = defaultdict(set)
    for account in resolution.accounts:
        told = {("organisation", one.id) for one in account.record.institutions}
        told |= {("place", key) for key in (*account.places, account.reporter)}
        told |= {("agreement", key) for key in account.agreements} | {("activity", account.own_activity)}
        for thing in told:
            rows[thing].add((account.record.report, account.record.row))
    return rows

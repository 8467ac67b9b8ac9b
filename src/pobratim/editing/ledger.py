"""Decisions of editors: what the ledger says of some things now, and lines that go in or out as one step."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pobratim.errors import PobratimError
from pobratim.resolve import Decision, add_decisions, read_decisions
from pobratim.resolve.decisions import strike

Thing = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Decisions, and what things were called by "type:key" when somebody decided on them."""

    lines: Sequence[Decision]
    names: Mapping[str, str]


class OvertakenError(PobratimError):
    """Somebody else decided on the same things meanwhile; ``lines`` is what he wrote."""

    def __init__(self, lines: Sequence[Decision]) -> None:
        """Keep what the other wrote."""
        super().__init__("editing-overtaken")
        self.lines = list(lines)


@dataclass(frozen=True, slots=True)
class Step:
    """Lines that go in and lines that are taken back; ``seen`` is what ``seen_of`` gave when the editor looked."""

    add: tuple[Decision, ...] = ()
    take_back: tuple[Decision, ...] = ()
    things: tuple[Thing, ...] = ()
    seen: str = ""

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "Step":
        """Read what ``to_json`` wrote."""
        return cls(
            tuple(Decision(**one) for one in told["add"]),
            tuple(Decision(**one) for one in told["take_back"]),
            tuple((kind, key) for kind, key in told["things"]),
            told["seen"],
        )

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return asdict(self)


def about(lines: Iterable[Decision], things: Iterable[Thing]) -> list[Decision]:
    """Return the lines that speak of any of some things."""
    wanted = {*things}
    return [one for one in lines if wanted.intersection(one.things)]


def seen_of(lines: Iterable[Decision], things: Iterable[Thing]) -> str:
    """Return a name for all that the ledger says of some things: it changes when anybody decides on them."""
    told = sorted(repr((one.verdict, one.type, one.left, one.right, one.keep)) for one in about(lines, things))
    return hashlib.blake2b("\n".join(told).encode(), digest_size=12).hexdigest()


def carry_out(ledger: Path, step: Step, note: str) -> None:
    """Write a step; ``note`` stands in front of the lines that are taken back.

    Raises OvertakenError where others decided on its things since the editor looked, LedgerError where the lines do
    not go together; nothing is written then.
    """
    now = read_decisions(ledger)
    if step.seen and step.seen != seen_of(now, step.things):
        raise OvertakenError(about(now, step.things))
    if step.take_back:
        strike(ledger, step.take_back, note)
    if step.add:
        add_decisions(ledger, step.add)

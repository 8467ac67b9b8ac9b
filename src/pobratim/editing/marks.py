"""A cell of a report in pieces: which of its words were read as what, and which were read as nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pobratim.record import Record

KINDS = {
    "institutions": "org", "places": "place", "countries": "place", "parties": "place", "reporter": "place",
    "start": "date", "end": "date", "people": "who", "agreements": "agr",
}  # fmt: skip
"""The first part of a value's pointer → what the words are marked as; what is not here is not marked."""
_ORDER = ("bad", "agr", "org", "who", "place", "date")
"""Where marks begin at one place and are of one length, the first of these is shown."""
Piece = tuple[str, str]
"""Words and their mark, "" for none."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a cell (code points) and what they are marked as: a value of KINDS, or "bad" for what was not read."""

    column: str
    start: int
    end: int
    kind: str


def marked(record: Record, column: str, more: Iterable[Mark] = ()) -> list[Piece]:
    """Return the words of a cell in pieces: of marks that overlap the longer one is shown."""
    text = record.cells[column]
    told = [_mark(one.column, one.start, one.end, one.value) for one in record.evidence if one.column == column]
    marks = [mark for mark in told if mark.kind] + [mark for mark in more if mark.column == column]
    shown = [""] * len(text)
    for mark in sorted(marks, key=lambda one: (one.end - one.start, -_ORDER.index(one.kind))):
        shown[mark.start : mark.end] = [mark.kind] * (mark.end - mark.start)
    return _pieces(text, shown)


def _mark(column: str, start: int, end: int, value: str) -> Mark:
    return Mark(column, start, end, KINDS.get(value.split("/")[1], ""))


def _pieces(text: str, shown: Sequence[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for letter, kind in zip(text, shown, strict=True):
        if pieces and pieces[-1][1] == kind:
            pieces[-1] = (pieces[-1][0] + letter, kind)
        else:
            pieces.append((letter, kind))
    return pieces

"""The words of a row that tell status, date and parties of an agreement: what its page shows under each of them."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pobratim.extract.agreement_parties import Partners, Said
from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.record import Agreement

INFERRED = 0.8
"""How sure a value is that words tell of something else: the day of the event, a party that the row names elsewhere."""
OF_EVENT, STATUS_WORD = "date-of-event", "status-word"
_NAMED, _OF_ROW, _REPORTER = "party-named", "party-of-row", "party-reporter"


class Phrase(NamedTuple):
    """Words of a cell by their offsets, the rule that took them, and how sure it is."""

    column: str
    start: int
    end: int
    rule: str
    confidence: float = 1.0


class Told(NamedTuple):
    """A value of an agreement's field and the words that tell it, None where none do."""

    value: str
    phrase: Phrase | None = None


UNTOLD = Told("")
IN_FORCE = "in-force"
Fields = Mapping[str, Told]
"""What was read of an agreement by the names of its fields."""


def of_tokens(cell: CellText, first: int, last: int, rule: str, confidence: float = 1.0) -> Phrase:
    """Return ``tokens[first:last]`` of a cell, of which there is one at least."""
    return Phrase(cell.column, cell.tokens[first].start, cell.tokens[last - 1].end, rule, confidence)


def of_field(view: RowView, pointer: str, rule: str) -> Phrase | None:
    """Return the words from which another field of the row was read, None where it has none: a value taken over."""
    known = next((one for one in view.record.evidence if one.value == pointer), None)
    if known is None:
        return None
    return Phrase(known.column, known.start, known.end, rule, min(INFERRED, known.confidence))


def held_since(date: Told) -> Told:
    """Return that an agreement is in force, as a date before the event tells."""
    rule = f"status-dated-before-{date.phrase.rule.partition('-')[2]}" if date.phrase else ""
    return Told(IN_FORCE, date.phrase and date.phrase._replace(rule=rule))


def note_fields(view: RowView, number: int, told: Fields) -> None:
    """Add evidence for the fields of an agreement that still have the value that the words told."""
    agreement, pointer = view.record.agreements[number], f"/agreements/{number}"
    noted = {one.value for one in view.record.evidence if one.value.startswith(pointer)}
    for name, one in told.items():
        if one.phrase is not None and one.value == getattr(agreement, name) and f"{pointer}/{name}" not in noted:
            view.note_text(f"{pointer}/{name}", *one.phrase)


def note_parties(view: RowView, partners: Partners, number: int, said: Said | None) -> None:
    """Add evidence for each party of an agreement: its name in the words that ``said`` is about, else in the row.

    The reporter that no cell of the row names has the heading above it.
    """
    pointer = f"/agreements/{number}/parties/"
    noted = {one.value for one in view.record.evidence if one.value.startswith(pointer)}
    for position, phrase in _of_parties(view, partners, view.record.agreements[number], said):
        if f"{pointer}{position}" not in noted:
            view.note_text(f"{pointer}{position}", *phrase)


def _of_parties(
    view: RowView, partners: Partners, agreement: Agreement, said: Said | None
) -> Iterator[tuple[int, Phrase]]:
    for position, name in enumerate(agreement.parties):
        mention = partners.mention(name, said)
        if mention is not None:
            cell = view.cells[mention.column]
            is_own = said is not None and mention.column == said.column and said.start <= mention.first < said.last
            rule, sure = (_NAMED, 1.0) if is_own else (_OF_ROW, INFERRED)
            yield position, of_tokens(cell, mention.first, mention.last, rule, sure)
        elif name == view.record.home.name and (heading := of_field(view, "/reporter", _REPORTER)) is not None:
            yield position, heading

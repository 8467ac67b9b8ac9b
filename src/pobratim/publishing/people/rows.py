"""What of a row's cells goes out: whose names are masked, and by which rule."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.name_class import class_of_name, one_name
from pobratim.lexicon.matcher import Match
from pobratim.publishing.people.capitals import labels_of
from pobratim.publishing.people.runs import Known, runs_of, sole_traders
from pobratim.record import PersonClass, Record

_PLACES = {"places", "countries", "reporter", "parties"}
_KINDS = {"organisation-kind", "legal-form"}
_SAYING_NOTHING = {"title", "cells"}
"""Values that are a whole cell."""


class Name(NamedTuple):
    """A name at ``cells[column][start:end]`` with its class and the rule that told it; ``strong``: by its shape."""

    column: str
    start: int
    end: int
    text: str
    person_class: PersonClass
    rule: str
    strong: bool


@dataclass(frozen=True)
class Row:
    """A record with the names of its cells."""

    record: Record
    names: tuple[Name, ...]


def named(record: Record) -> Row:
    """Return a row with all that may be a name in it."""
    return Row(record, tuple(name for column in sorted(record.cells) for name in _names(record, column)))


def _names(record: Record, column: str) -> Iterator[Name]:
    text = record.cells[column]
    cell = CellText(column, text)
    for run in runs_of(cell, _known(record, cell)):
        start, end = cell.tokens[run.first].start, cell.tokens[run.last - 1].end
        found = class_of_name(record, column, start, end)
        yield Name(column, start, end, text[start:end], found.person_class, found.rule, run.strong)


def _known(record: Record, cell: CellText) -> Known:
    labels = labels_of(cell)
    told, kinds = _tokens(labels), _tokens(one for one in labels if one.concept.scheme in _KINDS)
    claimed, people, bodies = set[int](), set[int](), set[int]()
    for one in record.evidence:
        if one.column != cell.column:
            continue
        _, field, number, *_ = (*one.value.split("/"), "", "")
        tokens = range(cell.index_at(one.start), cell.index_at(one.end - 1) + 1)
        if field in _PLACES:
            told.update(tokens)
        elif field == "people":
            people.update(_of_person(record, cell, number, tokens))
        elif field not in _SAYING_NOTHING:
            claimed.update(tokens)
        if field == "institutions" and number.isdecimal() and record.institutions[int(number)].kind:
            bodies.update(tokens)
    return Known(
        frozenset(told - people),
        frozenset(claimed),
        frozenset(people),
        frozenset(bodies),
        frozenset(kinds),
        sole_traders(cell, labels),
    )


def _tokens(labels: Iterable[Match]) -> set[int]:
    return {index for match in labels for index in range(match.first, match.last)}


def _of_person(record: Record, cell: CellText, number: str, tokens: range) -> Iterator[int]:
    """Yield the tokens of a person's phrase that are words of the name."""
    name = record.people[int(number)].name if number.isdecimal() else ""
    words = [token.low for token in CellText("", name).tokens if token.kind == "word"]
    for index in tokens:
        token = cell.tokens[index]
        if token.kind == "word" and token.word.title and any(_same(token.low, word) for word in words):
            yield index


def _same(spelt: str, word: str) -> bool:
    return spelt == word or (len(spelt) > 1 and len(word) > 1 and one_name([spelt], [word]))

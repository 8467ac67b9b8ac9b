"""Resolve and emit all reports, with a fence round every row: what the rules cannot cope with is set aside."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from pobratim.entities import Resolution
from pobratim.fence import Fault, attempt
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.load.loaded import Loaded
from pobratim.problems import Problem
from pobratim.rdf.emit import emit
from pobratim.record import Record
from pobratim.resolve import Decision, Plain, resolve

Made = TypeVar("Made")
Owner = tuple[str, int]
"""A row: the slug of its report and its number."""


def resolved(
    reports: Mapping[str, Loaded],
    gazetteer: Gazetteer,
    decisions: Sequence[Decision] = (),
    note: Callable[[Plain], object] | None = None,
) -> Resolution:
    """Return what all records say together; see ``made_of``."""
    return made_of(reports, gazetteer, decisions, lambda resolution: resolution, "", note)


def made_of(
    reports: Mapping[str, Loaded],
    gazetteer: Gazetteer,
    decisions: Sequence[Decision],
    make: Callable[[Resolution], Made],
    base: str,
    note: Callable[[Plain], object] | None = None,
) -> Made:
    """Return what ``make`` makes of what all records say together.

    Rows that a rule cannot cope with, each by itself, are set aside first: what a ``base`` is given for is tried with
    its graphs. A fault that no single row causes is raised. ``note`` is told what ``resolve`` tells it.
    """
    entities = [item.entity for item in reports.values()]

    def trial(records: Sequence[Record]) -> object:
        resolution = resolve(records, entities, gazetteer, ())
        return emit(resolution, base) if base else resolution

    def whole() -> Made:
        return make(resolve(_records(reports), entities, gazetteer, decisions, note=note))

    made = attempt(whole)
    if not isinstance(made, Fault):
        return made
    faults = {(record.report, record.row): fault.values for record, fault in _culprits(_records(reports), trial)}
    if not set_aside(reports, "row-fault", faults):
        raise made.error
    return whole()


def set_aside(reports: Mapping[str, Loaded], code: str, faults: Mapping[Owner, tuple[tuple[str, str], ...]]) -> bool:
    """Take the rows with faults out of their reports, each with an error ``code``; tell whether there were any."""
    found = False
    for (name, row), values in sorted(faults.items()):
        item = reports[name]
        kept = [record for record in item.records if record.row != row]
        if len(kept) < len(item.records):
            found = True
            item.aside += [record for record in item.records if record.row == row]
            item.records = kept
            item.file.left_out[row] = Problem("error", code, item.file.file, row, values=values)
            item.file.stored = len(kept)
    return found


def _records(reports: Mapping[str, Loaded]) -> list[Record]:
    return [record for item in reports.values() for record in item.records]


def _culprits(records: Sequence[Record], make: Callable[[Sequence[Record]], object]) -> Iterator[tuple[Record, Fault]]:
    """Yield the records that fail alone, each with its fault, by halving what fails."""
    fault = attempt(lambda: make(records)) if records else None
    if not isinstance(fault, Fault):
        return
    if len(records) == 1:
        yield records[0], fault
        return
    middle = len(records) // 2
    yield from _culprits(records[:middle], make)
    yield from _culprits(records[middle:], make)

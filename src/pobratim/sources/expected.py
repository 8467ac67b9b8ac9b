"""Hold what was read against what its source lets expect."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from pobratim.problems import Problem
from pobratim.record import Record
from pobratim.sources.source import Expected

HAS: Mapping[str, Callable[[Record], bool]] = MappingProxyType(
    {
        "dates": lambda record: bool(record.start) or any(one.date for one in record.agreements),
        "places": lambda record: bool(record.places),
        "participants": lambda record: bool(record.institutions or record.groups or record.people),
        "countries": lambda record: bool(record.countries),
        "agreements": lambda record: bool(record.agreements),
    }
)
"""A field of ``Expected.shares`` → whether a record has it."""


def expectation_faults(expected: Expected, rows: int, records: Sequence[Record], file: str) -> list[Problem]:
    """Return a warning for every expectation that a document of ``rows`` rows and these records does not meet."""
    faults = []
    if expected.rows_min is not None and rows < expected.rows_min:
        faults.append(_problem("expected-more-rows", file, rows=rows, bound=expected.rows_min))
    if expected.rows_max is not None and rows > expected.rows_max:
        faults.append(_problem("expected-fewer-rows", file, rows=rows, bound=expected.rows_max))
    for name, least in sorted(expected.shares.items()):
        have = sum(map(HAS[name], records))
        if rows and have < least * rows:
            faults.append(_problem(f"expected-{name}", file, have=have, rows=rows, share=f"{least:.0%}"))
    return faults


def _problem(code: str, file: str, **values: object) -> Problem:
    return Problem("warning", code, file, values=tuple((name, str(value)) for name, value in values.items()))

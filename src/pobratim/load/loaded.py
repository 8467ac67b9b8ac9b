"""The type between reading and building: a report that is or will be in the store."""

from dataclasses import dataclass, field
from pathlib import Path

from pobratim.entities import ReportEntity
from pobratim.load.report import FileReport
from pobratim.record import Record


@dataclass(slots=True)
class Loaded:
    """A report that is or will be in the store.

    ``records`` are those of the graph, ``aside`` those that a shape or a person's decision keeps out of it: with other
    reports beside it, or without the decision, they may come back. ``home`` and ``period`` are what the reader was told
    ("" for nothing), ``shipped`` tells that the source came with the program, ``kept`` that the document may stay in
    the store. ``lost`` tells that the stored records are of a form that is not understood any more. ``written``
    is a file that holds all of them, where there is one already.
    """

    entity: ReportEntity
    records: list[Record]
    file: FileReport
    home: str = ""
    shipped: bool = True
    kept: bool = True
    aside: list[Record] = field(default_factory=list)
    lost: bool = False
    period: str = ""
    written: Path | None = None

    @property
    def all_records(self) -> list[Record]:
        """Return the records of all rows that could be read, by row."""
        return sorted([*self.records, *self.aside], key=lambda record: record.row)

"""What resolving finds of rows while nothing is decided: what a state that begins with these rows need not find again.

Everything here follows of the rows alone; so whoever has the very same ones at hand may take it over.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pobratim.entities import OrganisationEntity, ReportEntity
from pobratim.record import Institution, Record
from pobratim.resolve.activities import Telling
from pobratim.resolve.linking import Linker
from pobratim.resolve.namings import Naming

Row = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Plain:
    """The reports and records that were resolved together, and what was found of them.

    ``namings`` are those of the institutions by identity (``id``): the records hold them. ``tellings`` are the accounts
    of events by row, ``linker`` has put the namings together, ``organisations`` are what that made, by key.
    """

    reports: Sequence[ReportEntity]
    records: Sequence[Record]
    namings: Mapping[int, Naming]
    tellings: Mapping[Row, Telling]
    linker: Linker
    organisations: Mapping[str, OrganisationEntity]

    def is_of(self, reports: Iterable[ReportEntity], records: Iterable[Record]) -> bool:
        """Tell whether it was found of these very records (not of equal ones) and reports, and of no others."""
        by_slug = {one.slug: one for one in self.reports}
        return by_slug == {one.slug: one for one in reports} and {*map(id, self.records)} == {*map(id, records)}

    def naming(self, one: Institution) -> Naming:
        """Return the naming of an institution of one of the records. Raises KeyError for another one."""
        return self.namings[id(one)]

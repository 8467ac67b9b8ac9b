"""A place name in a cell: the value that all rules about places share."""

from dataclasses import dataclass

from pobratim.lexicon.gazetteer import Settlement
from pobratim.record import Place


@dataclass(frozen=True, slots=True, eq=False)
class Geo:
    """A place name at ``tokens[first:last]`` (its type word included).

    ``kind`` is country, region, district or settlement; ``marked`` tells that a type word («г.») stood before it.
    ``country`` is a notation, "" if unknown; ``settlement`` the gazetteer entry where there is one.
    """

    first: int
    last: int
    kind: str
    name: str
    country: str = ""
    region: str = ""
    marked: bool = True
    settlement: Settlement | None = None

    def place(self) -> Place:
        """Return the place as a record's value."""
        return Place(self.name, self.country, self.region, self.kind)

    def covers(self, inner: "Geo") -> bool:
        """Tell whether another name stands within this longer one («Внутренняя Монголия»), or repeats it."""
        within = self.first <= inner.first and inner.last <= self.last
        longer = self.last - self.first > inner.last - inner.first
        return within and (longer or (self.kind == "region" and inner.kind == "district"))

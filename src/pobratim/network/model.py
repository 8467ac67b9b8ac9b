"""What a network view holds: parties and ties, and the report rows behind every tie."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pobratim.query.library import NamedQuery
from pobratim.search.references import Reference

PartyType = Literal["organisation", "municipality", "region", "country", "other"]


@dataclass(frozen=True, slots=True)
class View:
    """One network that can be drawn: ``query`` answers which ties it shows, as rows of ?tie ?a ?b."""

    name: str
    query: NamedQuery

    @property
    def title(self) -> Mapping[str, str]:
        """Return the view's title by language."""
        return self.query.summary


@dataclass(frozen=True, slots=True)
class Concept:
    """A SKOS concept: labels by language, its notation ("BY") or "", abbreviations («ДШИ») shortest first."""

    labels: Mapping[str, str]
    notation: str = ""
    abbreviations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a tie.

    ``names`` are the labels by language, ``others`` further spellings; ``short`` fits under a node.
    ``kind`` is the IRI of the organisation kind, ``country`` that of the country, ``seat`` that of the place called
    ``place``; "" if unknown.
    """

    id: str
    names: Mapping[str, str]
    others: tuple[str, ...]
    short: str
    type: PartyType
    kind: str
    place: str
    country: str
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a report row; ``marks`` are (start, end, IRI of what is named there), in code points."""

    column: str
    text: str
    marks: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One report row as a telling of one activity; dates are EDTF and ISO 8601 days, "" if not given.

    ``home`` is the IRI of the reporting country.
    """

    id: str
    number: int
    title: str
    edtf: str
    start: str
    end: str
    report: str
    reporter: str
    home: str
    activity: str
    kind: str
    topics: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement that a tie rests on; ``kind`` and ``status`` are concept IRIs, ``edtf`` the day or ""."""

    id: str
    label: str
    kind: str
    status: str
    edtf: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A derived link between the parties ``a`` and ``b``; ``entries`` are IRIs of the rows that tell of it.

    ``edtf`` is its time as precise as the reports tell it; ``start`` and ``end`` are the bounds of that as ISO 8601
    days; each "" if unknown. ``sides`` is how many of the two countries have a reporter among the accounts.
    ``bases`` are the IRIs of the activities and agreements that it rests on, each with the rows that tell of it.
    """

    id: str
    a: str
    b: str
    level: str
    kind: str
    edtf: str
    start: str
    end: str
    events: int
    sides: int
    topics: tuple[str, ...]
    agreements: tuple[Agreement, ...]
    entries: tuple[str, ...]
    bases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Network:
    """The answer to one view: everything by IRI, sorted; ``values`` are the view's parameters as used, things by label.

    ``references`` are what names were taken for, ``nothing`` what is said where there are no ties; ``seats`` the places
    in which parties lie, where they are no parties themselves.
    """

    view: View
    values: Mapping[str, str]
    parties: Mapping[str, Party]
    ties: Mapping[str, Tie]
    entries: Mapping[str, Entry]
    concepts: Mapping[str, Concept]
    references: tuple[Reference, ...] = ()
    nothing: Mapping[str, str] = field(default_factory=dict)
    seats: Mapping[str, Party] = field(default_factory=dict)

    def word(self, concept: str, lang: str) -> str:
        """Return the label of a concept in ``lang``, else in Russian, else its local name, "" for ""."""
        found = self.concepts.get(concept)
        labels = found.labels if found else {}
        return labels.get(lang) or labels.get("ru") or concept.rstrip("/").rpartition("/")[2]

    def code(self, country: str) -> str:
        """Return the notation of a country ("BY", "Q23334"), "" if unknown."""
        found = self.concepts.get(country)
        return found.notation if found else ""

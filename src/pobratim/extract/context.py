"""What the row rules share: the row's cells with their places, the tools, the evidence that they collect."""

from dataclasses import dataclass, field

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.geography import Geographer
from pobratim.lexicon.lexicon import LEX, Lexicon
from pobratim.lexicon.matcher import Match
from pobratim.record import Evidence, Institution, Place, Record


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a report before its rows are read.

    Home country and region are notations, ``year`` completes dates (0: none), ``reporter`` is the municipality that the
    report's title names, for rows without a heading (None: none). ``named`` tells that the participants' cell is known
    to be an organisation's name.
    """

    home_country: str = "RU"
    home_region: str = ""
    year: int = 0
    reporter: Place | None = None
    named: bool = False


@dataclass(slots=True, eq=False)
class RowView:
    """One row while it is read: ``cells`` and ``geos`` by column, ``record`` the result that grows.

    ``spans`` are the institutions' (first, last, number) by column, ``posted`` those named only within persons' posts,
    ``offices`` by column those that a person speaks for by office (the consulate of a consul); ``led`` tells that the
    title names the head of the reporting municipality, ``ruled`` are the token ranges of persons' posts by column,
    ``unplaced`` the institutions of which nothing tells where they sit, so that home is only assumed; ``guests`` tells
    that the column of participants is one of guests from abroad.
    """

    record: Record
    cells: dict[str, CellText]
    geos: dict[str, list[Geo]]
    lexicon: Lexicon
    geographer: Geographer
    context: Context
    spans: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)
    posted: set[int] = field(default_factory=set)
    offices: dict[str, list[int]] = field(default_factory=dict)
    led: bool = False
    ruled: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    unplaced: set[int] = field(default_factory=set)
    guests: bool = False
    _cues: dict[tuple[str, int, int], list[Match]] = field(default_factory=dict)

    def note(self, value: str, column: str, first: int, last: int, rule: str, confidence: float = 1.0) -> None:
        """Add evidence for ``value`` from ``tokens[first:last]`` of a column."""
        cell = self.cells.get(column)
        if cell is not None and first < last <= len(cell.tokens):
            self.note_text(value, column, cell.tokens[first].start, cell.tokens[last - 1].end, rule, confidence)

    def note_text(self, value: str, column: str, start: int, end: int, rule: str, confidence: float = 1.0) -> None:
        """Add evidence for ``value`` from ``raw[start:end]`` of a column."""
        exact = self.cells[column].raw[start:end]
        self.record.evidence.append(Evidence(value, column, start, end, exact, rule, confidence))

    def cues_in(self, column: str, first: int, last: int) -> list[Match]:
        """Return the words for a role in a sentence, outside of quotations, in order; found once a sentence."""
        found = self._cues.get((column, first, last))
        if found is None:
            cell = self.cells[column]
            said = self.lexicon.matcher("role").find(cell.tokens, first, last)
            found = self._cues[column, first, last] = [m for m in said if cell.quote_of[m.first] is None]
        return found

    def foreign(self, country: str) -> bool:
        """Tell whether a country is known and not the home country."""
        return bool(country) and country != self.context.home_country

    def countries_of_places(self) -> set[str]:
        """Return the foreign countries of the places that the row names."""
        return {geo.country for geos in self.geos.values() for geo in geos if self.foreign(geo.country)}

    def institution_at(self, column: str, index: int) -> int:
        """Return the number of the institution whose name covers a token, -1 if none."""
        return next((n for first, last, n in self.spans.get(column, []) if first <= index < last), -1)

    def side(self, institution: Institution) -> str:
        """Return "home", "foreign" or "" (unknown) for an institution; a Latin name is foreign."""
        if not institution.country:
            letters = [c for c in institution.name if c.isalpha()]
            return "foreign" if letters and not any("а" <= c.lower() <= "я" for c in letters) else ""
        return "foreign" if self.foreign(institution.country) else "home"

    def party(self, geo: Geo) -> str:
        """Register a municipality as a named party and return its name."""
        self.record.parties.setdefault(geo.name, geo.place())
        return geo.name

    def reporter(self) -> str:
        """Register the reporting municipality as a party and return its name ("" if unknown)."""
        home: Place = self.record.home
        if home.name:
            self.record.parties.setdefault(home.name, home)
        return home.name

    def marked(self, kind: str, mark: str) -> bool:
        """Tell whether an organisation's kind, or a wider one, carries ``lex:mark "true"``; "" is no kind."""
        if not kind:
            return False
        chain = self.lexicon.broader(self.lexicon.concept("organisation-kind", kind))
        return any("true" in concept.extra.get(LEX + mark, ()) for concept in chain)

    def is_a(self, kind: str, wider: str) -> bool:
        """Tell whether an organisation's kind is another one or narrower than it; "" is no kind."""
        if not kind:
            return False
        return any(c.local == wider for c in self.lexicon.broader(self.lexicon.concept("organisation-kind", kind)))

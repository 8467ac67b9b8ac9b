"""The parties of a row, once for ties and agreements: on which side, of which level, where and how they are named."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.geo import Geo
from pobratim.lexicon.words import WORDS
from pobratim.record import Institution

_REGIONAL = WORDS.of("great-area", "region-type") | frozenset(WORDS.pairs("regional"))
_WHERE = WORDS.of("preposition-where")
_FROM = WORDS.of("preposition-from")
_JOINS = WORDS.of("list-join") | WORDS.of("settlement-abbreviation") | frozenset(",()–-—.«»\"")
_TYPES = WORDS.of("settlement-type", "several-towns", "tie-delegation")
_MUNICIPAL = {"settlement", "district"}
_FARTHEST_JOIN = 8


class Named(NamedTuple):
    """Where a row names a party: ``tokens[first:last]`` of a column, under which name, and how.

    ``how`` is named, seat (a town within a body's name or in the bracket behind it), post (a body named by the post of
    its head), place (in the column of places), in (a town behind «в»), from (behind «из»), heading (above the row) or
    reporter (nowhere: the reporting municipality).
    """

    column: str
    first: int
    last: int
    how: str
    name: str


@dataclass(slots=True, eq=False)
class Party:
    """One side of a possible tie: a municipality with its own authorities, a region abroad, or a body.

    ``key`` is the municipality's name or the institution's id, ``level`` town, district, region or body, ``side`` home
    or foreign. ``numbers`` are the institutions that it is (several authorities of one town), ``guessed`` tells that
    its country was taken from the row. ``group`` is equal for parties that a list names as one.
    """

    key: str
    level: str
    side: str
    country: str
    kind: str = ""
    guessed: bool = False
    numbers: list[int] = field(default_factory=list)
    mentions: list[Named] = field(default_factory=list)
    group: int = 0

    @property
    def municipal(self) -> bool:
        """Tell whether it is a unit rather than a body."""
        return self.level != "body"


@dataclass(frozen=True, slots=True, eq=False)
class Parties:
    """The parties of a row by side, in order of their first mention; the reporter is the first of its own."""

    home: tuple[Party, ...]
    foreign: tuple[Party, ...]

    @property
    def all(self) -> tuple[Party, ...]:
        """Return both sides."""
        return (*self.home, *self.foreign)

    def named_in(self, column: str, first: int, last: int) -> list[tuple[Named, Party]]:
        """Return the mentions in ``tokens[first:last]`` of a column with their parties, in order."""
        found = [(m, p) for p in self.all for m in p.mentions if m.column == column and first <= m.first < last]
        return sorted(found, key=lambda pair: (pair[0].first, pair[0].last))


def read_parties(view: RowView) -> Parties:
    """Return the parties of a row whose institutions, places and people are read."""
    found = _Found(view)
    found.reporter()
    found.municipalities()
    found.bodies()
    parties = [party for party in found.parties.values() if party.side]
    foreign = tuple(party for party in parties if party.side == "foreign")
    _group(view, foreign)
    return Parties(tuple(party for party in parties if party.side == "home"), foreign)


class _Found:
    """Collects the parties of one row."""

    def __init__(self, view: RowView) -> None:
        self.view = view
        self.parties: dict[str, Party] = {}
        self._only = self._only_country()

    def reporter(self) -> None:
        """Add the reporting municipality, named or not."""
        home = self.view.record.home
        if home.name:
            level = {"settlement": "town"}.get(home.kind, home.kind)
            self.parties[home.name] = Party(home.name, level, "home", home.country)

    def municipalities(self) -> None:
        """Add towns and districts, and regions abroad, by their mentions outside of bodies' names."""
        for column, geos in self.view.geos.items():
            for geo in geos:
                if geo.kind == "country" or self._spoken_of(column, geo):
                    continue
                how = self._how(column, geo)
                if geo.kind == "region" and (how != "named" or self._side(geo) != "foreign" or self._locates(column, geo)):
                    continue
                if geo.kind in _MUNICIPAL and geo.settlement is None and not geo.marked and geo.kind == "settlement":
                    continue
                self._municipality(geo, Named(column, geo.first, geo.last, how, geo.name))

    def bodies(self) -> None:
        """Add the institutions; a municipality's own authority joins it."""
        for number, institution in enumerate(self.view.record.institutions):
            party = self._of_authority(number, institution) or self._body(institution)
            if institution.id not in {m.name for m in party.mentions}:
                party.numbers.append(number)
            for column, spans in self.view.spans.items():
                for first, last, index in spans:
                    if index == number:
                        how = "post" if self._in_post(column, first) else "named"
                        party.mentions.append(Named(column, first, last, how, institution.id))
        for column, numbers in self.view.offices.items():
            for number in numbers:
                party = next((p for p in self.parties.values() if number in p.numbers), None)
                if party is not None and not any(m.column == column for m in party.mentions):
                    party.mentions.append(Named(column, 0, 1, "post", self.view.record.institutions[number].id))

    def _municipality(self, geo: Geo, mention: Named) -> None:
        side = self._side(geo)
        party = self.parties.get(geo.name)
        if party is None:
            level = {"settlement": "town"}.get(geo.kind, geo.kind)
            country = geo.country or (self._only if side == "foreign" else "")
            party = self.parties[geo.name] = Party(geo.name, level, side, country, guessed=not geo.country)
        party.mentions.append(mention)

    def _side(self, geo: Geo) -> str:
        if geo.country:
            return "foreign" if self.view.foreign(geo.country) else "home"
        known = self.parties.get(geo.name)
        if known is not None:
            return known.side
        return "foreign" if self._only and geo.kind != "district" else ""

    def _only_country(self) -> str:
        """Return the one foreign country of the row, "" if it names none or several."""
        record = self.view.record
        named = {g.country for geos in self.view.geos.values() for g in geos if self.view.foreign(g.country)}
        named |= set(record.countries)
        return next(iter(named)) if len(named) == 1 else ""

    def _how(self, column: str, geo: Geo) -> str:
        view = self.view
        if column == "section":
            return "heading"
        cell = view.cells[column]
        if view.institution_at(column, geo.first) >= 0:
            return "seat"
        before = cell.low(geo.first - 1)
        if before == "(" and view.institution_at(column, geo.first - 2) >= 0:
            return "seat"
        if column == "place":
            return "place"
        return "in" if before in _WHERE else "from" if before in _FROM else "named"

    def _spoken_of(self, column: str, geo: Geo) -> bool:
        """Tell whether a place stands in a quotation that is no body's name («выставка «Виды Парижа»»)."""
        cell = self.view.cells.get(column)
        return cell is not None and cell.quote_of[geo.first] is not None and (
            self.view.institution_at(column, geo.first) < 0
        )

    def _locates(self, column: str, region: Geo) -> bool:
        """Tell whether a region says only where the town or district before it lies."""
        return any(0 <= region.first - g.last <= 1 for g in self.view.geos[column] if g is not region) or (
            self.view.institution_at(column, region.first - 1) >= 0
            or self.view.institution_at(column, region.first - 2) >= 0
        )

    def _body(self, institution: Institution) -> Party:
        party = self.parties.get(institution.id)
        if party is None:
            side = self.view.side(institution)
            party = Party(institution.id, "body", side, institution.country, institution.kind)
            self.parties[institution.id] = party
        return party

    def _of_authority(self, number: int, institution: Institution) -> Party | None:
        """Return the municipality of which an institution is the own authority, made where only that names it."""
        view = self.view
        if not _governs(view, institution) or not view.side(institution):
            return None
        places = [
            (column, geo)
            for column, spans in view.spans.items()
            for first, last, index in spans
            if index == number
            for geo in view.geos[column]
            if first <= geo.first < last and geo.kind in {"district", "region"}
        ]
        if any(geo.kind == "region" for _, geo in places) or _of_region(view, number):
            return None
        if places:
            name = places[0][1].name
            party = self.parties.get(name)
            return party if party is not None and party.side == view.side(institution) else None
        party = self.parties.get(institution.place)
        if not institution.place or _of_district(institution):
            return None
        if party is None:
            party = Party(institution.place, "town", view.side(institution), institution.country)
            self.parties[institution.place] = party
        return party if party.side == view.side(institution) else None

    def _in_post(self, column: str, index: int) -> bool:
        return any(a <= index < b for a, b in self.view.ruled.get(column, ()))


def _governs(view: RowView, institution: Institution) -> bool:
    """Tell whether an institution is an administration or a council of deputies."""
    return view.marked(institution.kind, "authority") or view.is_a(institution.kind, "council-of-deputies")


def _of_region(view: RowView, number: int) -> bool:
    spans = [(c, a, b) for c, found in view.spans.items() for a, b, n in found if n == number]
    return any(view.cells[c].tokens[i].word.lemmas & _REGIONAL for c, a, b in spans for i in range(a, b))


def _of_district(institution: Institution) -> bool:
    return institution.kind == "district-executive-committee" or bool(set(institution.name.split()) & _DISTRICT_WORDS)


_DISTRICT_WORDS = frozenset(WORDS.pairs("district-level"))


def _group(view: RowView, parties: tuple[Party, ...]) -> None:
    """Number the groups: parties that stand in one list, or are one body and its town, count as one."""
    for number, party in enumerate(parties):
        party.group = number
    for column, cell in view.cells.items():
        found = sorted(
            ((m, p) for p in parties for m in p.mentions if m.column == column and m.how != "seat"),
            key=lambda pair: pair[0].first,
        )
        for (left, one), (right, other) in zip(found, found[1:], strict=False):
            if one.group != other.group and one.level == other.level and _listed(view, cell, left.last, right.first):
                joined, kept = other.group, one.group
                for party in parties:
                    if party.group == joined:
                        party.group = kept


def _listed(view: RowView, cell: CellText, start: int, stop: int) -> bool:
    """Tell whether nothing but a join, type words and the countries of both stands between two names."""
    if not 0 < stop - start <= _FARTHEST_JOIN:
        return False
    placed = {i for g in view.geos.get(cell.column, ()) for i in range(g.first, g.last)}
    between = [cell.tokens[i] for i in range(start, stop) if i not in placed]
    return bool(between) and all(t.low in _JOINS or t.word.lemmas & _TYPES for t in between)


def spans_of(party: Party) -> Iterator[Named]:
    """Yield the mentions of a party other than as the seat of a body."""
    return (mention for mention in party.mentions if mention.how != "seat")

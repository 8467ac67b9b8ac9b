"""The parties of a row, once for ties and agreements: on which side, of which level, where and how they are named."""

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.geo import Geo
from pobratim.extract.guests import countries_abroad
from pobratim.extract.routes import on_routes
from pobratim.extract.units_told import as_told, of_town, within
from pobratim.lexicon.words import WORDS
from pobratim.names.authority import Municipality, governed, municipality, town_of, unnamed
from pobratim.record import Institution, Place

_RULED = {
    "in": WORDS.of("preposition-where"),
    "from": WORDS.of("preposition-from"),
    "about": WORDS.of("preposition-about", "preposition-as-far-as"),
}
_JOINS = WORDS.of("list-join") | WORDS.of("settlement-abbreviation") | frozenset(',()–-—.«»"')
_TYPES = WORDS.of("settlement-type", "several-towns", "tie-delegation")
_TOWNS = WORDS.of("several-towns", "municipal-adjective", "municipality")
_ABROAD, _CENTRES = WORDS.of("unit-abroad"), WORDS.of("centre-of-an-area")
_CITY, _WITH = WORDS.of("town-word"), WORDS.of("preposition-with", "preposition-between")
_FARTHEST_JOIN = 8
_BACK = 2
_LEVELS = {"settlement": "town", "district": "district", "region": "region"}


class Named(NamedTuple):
    """Where a row names a party: ``tokens[first:last]`` of a column, under which name, and how.

    ``how`` is named, head (a municipality named by the post of its head), post (a body likewise), seat (a town within a
    body's name or in the bracket behind it), person (a town in the bracket behind a person's name), place (in the
    column of places), in (a town behind «в»), from (behind «из»), about (behind «о») or heading (above the row).
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
    its country was taken from the row. ``places`` are a municipality's names in the row,
    ``town`` is that of which it is a district. ``group`` is equal for parties
    that a list names as one.
    """

    key: str
    level: str
    side: str
    country: str
    kind: str = ""
    guessed: bool = False
    places: dict[str, Place] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    mentions: list[Named] = field(default_factory=list)
    group: int = 0
    town: str = ""
    municipal: bool = field(init=False)
    """Whether it is a unit rather than a body."""

    def __post_init__(self) -> None:
        """Tell units by their level, once: the features of ties ask again and again."""
        self.municipal = self.level != "body"

    @property
    def place(self) -> Place | None:
        """Return the municipality under its first name, None for a body and an authority alone."""
        return next(iter(self.places.values()), None)


@dataclass(frozen=True, slots=True, eq=False)
class Parties:
    """The parties of a row by side, in order of their first mention; the reporter is the first of its own.

    ``open`` are bodies of the home side that may as well be guests: nothing tells where they sit, and the row names a
    country abroad.
    """

    home: tuple[Party, ...]
    foreign: tuple[Party, ...]
    open: tuple[Party, ...] = ()

    @property
    def all(self) -> tuple[Party, ...]:
        """Return both sides."""
        return (*self.home, *self.foreign)

    def abroad(self, body: Party, country: str) -> "Parties":
        """Return the parties if an open body is a guest of a country ("" for one that is not known)."""
        guest = replace(body, side="foreign", country=country, guessed=True, group=len(self.foreign))
        home = tuple(one for one in self.home if one is not body)
        return Parties(home, (*self.foreign, guest), tuple(one for one in self.open if one is not body))

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
    # What is only spoken of («лекция о Париже») is no party.
    foreign = tuple(p for p in parties if p.side == "foreign" and any(m.how != "about" for m in p.mentions))
    _group(view, foreign)
    home = tuple(party for party in parties if party.side == "home")
    unplaced = tuple(p for p in home if p.numbers and not p.municipal and view.unplaced.issuperset(p.numbers))
    return Parties(home, foreign, unplaced if countries_abroad(view) else ())


class _Found:
    """Collects the parties of one row."""

    def __init__(self, view: RowView) -> None:
        self.view = view
        self.parties: dict[str, Party] = {}
        self._units: dict[Municipality, Party] = {}
        self._ways: dict[str, frozenset[int]] = {}
        named = [g for geos in view.geos.values() for g in geos if g.country]
        abroad = {g.country for g in named if view.foreign(g.country)} | set(view.record.countries)
        self._only = next(iter(abroad)) if len(abroad) == 1 else ""
        self._told = {g.name: g.country for g in named}

    def reporter(self) -> None:
        """Add the reporting municipality, named or not."""
        home = self.view.record.home
        if home.name:
            self._made(home.name, _LEVELS.get(home.kind, "district"), "home", home.country).places[home.name] = home

    def municipalities(self) -> None:
        """Add towns and districts, and regions abroad, by their mentions outside of bodies' names."""
        for column, geos in self.view.geos.items():
            for position, geo in enumerate(geos):
                around = (geos[position - 1] if position else None, *geos[position + 1 : position + 2])
                aside = self._spoken_of(column, geo) or self._alias(column, geo, around[0])
                if geo.kind != "country" and not aside:
                    self._municipality(column, geo, *around)

    def _municipality(self, column: str, geo: Geo, before: Geo | None, behind: Geo | None = None) -> None:
        cell = self.view.cells.get(column)
        whole = behind if geo.kind == "district" and behind is not None and within(cell, geo, behind) else None
        how = self._how(column, geo, before)
        country = self._country(column, geo, whole)
        name = as_told(cell, geo) if geo.kind == "region" else of_town(cell, geo, whole)
        side = "" if not country else "foreign" if self.view.foreign(country) else "home"
        unlisted = geo.kind == "settlement" and (
            self._among_foreign(column, geo, before, behind) or self._with_a_city(column, geo)
        )
        abroad = geo.kind == "region" and cell is not None and cell.tokens[geo.first].word.lemmas & _ABROAD
        side = side or ("foreign" if unlisted or abroad else "")
        known = self._known(geo, name) or self._city_district(name, side, whole)
        if geo.kind == "region" and (how not in {"named", "head"} or side != "foreign" or self._locates(column, geo)):
            return
        unsure = geo.kind == "settlement" and geo.settlement is None and self._common_word(column, geo)
        if unsure or (not side and known is None):
            return
        party = known or self._made(name, _LEVELS[geo.kind], side, country)
        party.guessed = party.guessed or not (geo.country or geo.name in self._told or whole)
        party.mentions.append(Named(column, geo.first, geo.last, how, name))
        party.town = party.town or (whole.name if whole is not None else "")
        if name not in party.places:
            party.places[name] = replace(geo.place(), name=name, country=party.country)

    def bodies(self) -> None:
        """Add the institutions; a municipality's own authority joins it."""
        for number, institution in enumerate(self.view.record.institutions):
            party = self._of_authority(institution) or self._body(institution)
            party.numbers.append(number)
            for column, spans in self.view.spans.items():
                for first, last, index in spans:
                    if index == number:
                        how = "post" if self._in_post(column, first) else self._ruled_by(column, first)
                        party.mentions.append(Named(column, first, last, how, institution.id))
        for column, numbers in self.view.offices.items():
            for number in numbers:
                party = next(p for p in self.parties.values() if number in p.numbers)
                if not any(m.column == column for m in party.mentions):
                    party.mentions.append(Named(column, 0, 1, "post", self.view.record.institutions[number].id))

    def _ruled_by(self, column: str, first: int) -> str:
        """Return how a body is named: in (behind «в») or just named."""
        return "in" if self.view.cells[column].low(first - 1) in _RULED["in"] else "named"

    def _made(self, key: str, level: str, side: str, country: str) -> Party:
        party = self.parties[key] = Party(key, level, side, country)
        if level in {"district", "region"}:
            self._units.setdefault(municipality(key), party)
        return party

    def _known(self, geo: Geo, name: str) -> Party | None:
        """Return the party that a place is: of its name, or the district of that adjective («муниципальный район»)."""
        known = self.parties.get(name)
        if known is None and geo.kind == "district" and name == geo.name:
            known = self._units.get(municipality(name))
        return known

    def _city_district(self, name: str, side: str, city: Geo | None) -> Party | None:
        """Return the district that was named before without its city, or with it («Октябрьский район г. Орска»)."""
        known = self._units.get(municipality(name)) if city is not None else None
        alike = known is not None and known.side == side and known.town in {"", city.name if city is not None else ""}
        return known if alike else None

    def _country(self, column: str, geo: Geo, whole: Geo | None) -> str:
        """Return a place's country: its own, as told elsewhere in the row, that of the town of which it is a district,
        or the one foreign country of the row; not for a district, which may be the reporter's own in other words, nor
        for a place of the event."""
        told = (whole.country if whole is not None else "") or geo.country or self._told.get(geo.name, "")
        if geo.kind == "district":
            return told or self._of_named_town(column, geo)
        return told or (self._only if geo.kind == "settlement" and column != "place" else "")

    def _among_foreign(self, column: str, geo: Geo, before: Geo | None, behind: Geo | None) -> bool:
        """Tell whether a list names a town of unknown country beside one abroad («города Шеки, Ардебиль и Ош»)."""
        cell = self.view.cells.get(column)
        if cell is None:
            return False
        pairs = [(g, geo) for g in (before,) if g is not None] + [(geo, g) for g in (behind,) if g is not None]
        return any(
            _listed(self.view, cell, left.last, right.first)
            for left, right in pairs
            if self.view.foreign((right if left is geo else left).country)
        )

    def _with_a_city(self, column: str, geo: Geo) -> bool:
        """Tell whether «с» rules a city that no list has («соглашение с г. Юйхуань»): those at home are all listed."""
        cell = self.view.cells.get(column)
        if cell is None or geo.settlement is not None or not geo.marked or column == "place":
            return False
        city = cell.low(geo.first) in _CITY or not cell.tokens[geo.first].word.lemmas.isdisjoint(_CITY)
        return city and cell.low(geo.first - 1) in _WITH

    def _of_named_town(self, column: str, district: Geo) -> str:
        """Return the country of the town that the row names, and of whose name a district's adjective is made."""
        cell = self.view.cells.get(column)
        if cell is None:
            return ""
        towns = self.view.geographer.gazetteer.of_adjective(cell.tokens[district.first].word)
        return next((self._told[t.name] for t in towns if t.name in self._told), "")

    def _how(self, column: str, geo: Geo, before: Geo | None) -> str:
        view = self.view
        if column == "section":
            return "heading"
        cell = view.cells[column]
        if view.institution_at(column, geo.first) >= 0:
            return "seat"
        ruling = cell.low(self._list_begins(column, geo) - 1)
        opened = self._list_begins(column, geo) - 2
        if ruling == "(" and view.institution_at(column, opened) >= 0:
            return "seat"
        if ruling == "(" and self._person_at(column, opened):
            return "person"
        if before is not None and before.kind == "district" and within(cell, before, geo):
            return "seat"
        if geo.kind == "district" and before is not None and before.kind == "settlement" and before.last == geo.first:
            return "seat"
        if column == "place":
            return "place"
        if self._in_post(column, geo.first):
            return "head"
        if geo.first in self._routes(column):
            return "about"
        return next((how for how, words in _RULED.items() if ruling in words), "named")

    def _routes(self, column: str) -> frozenset[int]:
        """Return where the places of a column stand that a way leads through, told once."""
        if column not in self._ways:
            self._ways[column] = on_routes(self.view.cells[column], self.view.geos[column])
        return self._ways[column]

    def _person_at(self, column: str, index: int) -> bool:
        """Tell whether a token ends a person's name: a capital behind another one or initials, and no place."""
        cell = self.view.cells[column]
        if index < 1 or any(g.first <= index < g.last for g in self.view.geos[column]):
            return False
        last, before = cell.tokens[index], cell.tokens[index - 1]
        return last.word.title and not last.word.upper and (before.word.title or before.text == ".")

    def _alias(self, column: str, geo: Geo, before: Geo | None) -> bool:
        """Tell whether a bracket gives the town before it another name («г. Вагаршапат (Эчмиадзин)»)."""
        cell = self.view.cells.get(column)
        if cell is None or before is None or not before.kind == geo.kind == "settlement":
            return False
        named = cell.tokens[geo.first].word.title and not (before.country and geo.country not in {"", before.country})
        return named and before.last == geo.first - 1 and cell.low(before.last) == "(" and cell.low(geo.last) == ")"

    def _list_begins(self, column: str, geo: Geo) -> int:
        """Return the first token of the list of places that a place stands in, its type words taken with it."""
        cell, begin = self.view.cells[column], geo.first
        for before in reversed([g for g in self.view.geos[column] if g.last <= geo.first]):
            if not _listed(self.view, cell, before.last, begin):
                break
            begin = before.first
        while begin > 0 and not cell.tokens[begin - 1].word.lemmas.isdisjoint(_TOWNS):
            begin -= 1
        return begin

    def _spoken_of(self, column: str, geo: Geo) -> bool:
        """Tell whether a place stands in a quotation that is no body's name («выставка «Виды Парижа»»).

        A district that is all of a quotation is meant: «глава МО «Закаменский район»».
        """
        cell = self.view.cells.get(column)
        quote = cell.quote_of[geo.first] if cell is not None else None
        if cell is None or quote is None or self.view.institution_at(column, geo.first) >= 0:
            return False
        whole = geo.first == cell.first_in(quote) and geo.last == cell.index_at(quote.end - 1)
        return not whole or geo.kind != "district"

    def _common_word(self, column: str, geo: Geo) -> bool:
        """Tell whether a name that no list has is a word of the dictionary, no name («Сторонами подписано …»).

        Behind the word for a town, written out, it is a name («города Ханам»).
        """
        cell = self.view.cells.get(column)
        if cell is None or (cell.tokens[geo.first].word.lemmas & _CITY and cell.low(geo.first + 1) != "."):
            return False
        word = cell.tokens[geo.last - 1].word
        return word.known and not word.has("Geox") and not word.has("Surn")

    def _locates(self, column: str, region: Geo) -> bool:
        """Tell whether a region says only where the town, district or body before it lies («центр Увс аймака»)."""
        if region.first and self.view.cells[column].tokens[region.first - 1].word.lemmas & _CENTRES:
            return True
        if any(0 <= region.first - g.last <= 1 for g in self.view.geos[column] if g is not region):
            return True
        return any(self.view.institution_at(column, region.first - back) >= 0 for back in (1, _BACK))

    def _body(self, institution: Institution) -> Party:
        side = self.view.side(institution)
        party = Party(institution.id, "body", side, institution.country, institution.kind)
        if not side and not self.view.marked(institution.kind, "supranational"):
            party.side, party.country, party.guessed = "foreign", self._only, True
        self.parties[institution.id] = party
        return party

    def _of_authority(self, institution: Institution) -> Party | None:
        """Return the municipality of which an institution is the own authority, made where only that names it."""
        own = governed(institution.name, institution.place)
        side = self.view.side(institution)
        if own is None:
            reporter = self.parties.get(self.view.record.home.name)
            return reporter if side == "home" and unnamed(institution.name) else None
        town = town_of(institution.name, institution.place)
        known = self._units.get(own) if own.level == "district" else self.parties.get(town)
        if known is not None and side in {"", known.side}:
            return known
        if known is not None or not side:
            return None
        if own.level == "district":
            return self._made(institution.id, own.level, side, institution.country)
        party = self._made(town, own.level, side, institution.country)
        party.places[party.key] = Place(party.key, party.country, institution.region)
        return party

    def _in_post(self, column: str, index: int) -> bool:
        return any(a <= index < b for a, b in self.view.ruled.get(column, ()))


def _group(view: RowView, parties: tuple[Party, ...]) -> None:
    """Number the groups: parties that stand in one list, or are one body and its town, count as one."""
    for number, party in enumerate(parties):
        party.group = number
    for column, cell in view.cells.items():
        found = sorted(
            ((m, p) for p in parties for m in p.mentions if m.column == column and m.how != "seat"),
            key=lambda pair: pair[0].first,
        )
        for (left, one), (right, other) in pairwise(found):
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

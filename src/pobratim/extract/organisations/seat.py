"""Where an organisation sits: a settlement in its name, in the bracket behind, in a toponymic adjective."""

from collections.abc import Collection
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.geography import Geographer
from pobratim.extract.organisations.anchors import flag, toponymic
from pobratim.extract.organisations.called import own_town
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.organisations.seat_words import (
    called,
    linked,
    named_after_person,
    of_town,
    once_called,
    toponyms,
    unit_abroad,
)
from pobratim.extract.regions import of_region, region_called, regions_of
from pobratim.lexicon.gazetteer import Settlement
from pobratim.lexicon.lexicon import LEX
from pobratim.lexicon.words import WORDS
from pobratim.record import Place
from pobratim.text.agreement import agree
from pobratim.text.contracted import place_told
from pobratim.text.words import Word, fold

_NONE, UNRESOLVED, REGIONAL = -1, -2, -3


class Seat(NamedTuple):
    """Settlement name, country and region notations ("" if unknown).

    ``adjective`` is the token that told, -1 where none did, UNRESOLVED where the name holds one of an unknown
    place or a unit abroad that nothing places, REGIONAL where it holds a region's, so that no town is told.
    """

    place: str
    country: str
    region: str
    adjective: int = -1


class _Stated(NamedTuple):
    """What a name and its brackets state; ``default`` is the country of such legal forms where none is stated."""

    settlement: Geo | None
    country: str
    default: str
    region: str


_SMALL, _LARGE = 5_000, 100_000
"""Least population of a town abroad that an adjective alone tells; where it may be of a region or person, too."""
_SIDES = WORDS.of("side-of-land")
_WHERE = WORDS.of("preposition-where")
_WHOLES = WORDS.of("whole-body")
_DASHES = {"-", "–", "—"}
_LEVELS = WORDS.pairs("regional")
_NOUN_ENDINGS = {"область": "ая", "край": "ий"}


class Seats:
    """Finds seats; knows the adjectives of countries and regions."""

    def __init__(self, geographer: Geographer, told: Collection[Geo] = (), home: Place | None = None) -> None:
        """Take the geographer, whose lexicon and gazetteer say what an adjective is derived from, and the row's places.

        ``told`` are those of all cells, ``home`` the municipality that reports.
        """
        self._geographer = geographer
        self._geos: list[Geo] = []
        self._row = told
        self._home = home.name if home is not None and home.kind == "settlement" else ""
        self._countries = geographer.lexicon.country_adjectives

    def seat(self, cell: CellText, mention: Mention, places: list[Geo]) -> Seat:
        """Return what the mention and the brackets around it say; ``places`` are those of the cell."""
        self._geos = places
        paired = self._paired(cell, mention)
        if paired is not None:
            return paired
        mention.geos[:] = [g for g in mention.geos if not self._namesake(cell, mention, g)]
        stated = self._stated(cell, mention)
        place = stated.settlement
        if place is None and (named := own_town(cell, mention)):
            return self._called(named, stated.country)
        if place is None:
            return self._unplaced(cell, mention, stated, places)
        country = stated.country or place.country or stated.default
        return Seat(place.name, country, stated.region or place.region)

    def _called(self, name: str, country: str) -> Seat:
        """Return the seat of an authority that has the name of a town: its country where there is one such town."""
        known = [town for town in self._geographer.gazetteer.find(name) if country in {"", town.country}]
        return Seat(name, country or (known[0].country if len(known) == 1 else ""), "")

    def _stated(self, cell: CellText, mention: Mention) -> _Stated:
        """Return what the name and the brackets around it state."""
        geos = [*mention.geos, *mention.beside]
        settlement = next((g for g in geos if g.kind == "settlement"), None) or self._opened(cell, mention)
        settlement = settlement or self._lying(cell, mention)
        country = self._country(mention)
        region = next((g.region for g in geos if g.kind == "region"), "")
        return _Stated(settlement, country, "" if country else self._default(mention), region)

    def _unplaced(self, cell: CellText, mention: Mention, stated: _Stated, places: list[Geo]) -> Seat:
        """Return the seat of what names no settlement: by its adjective, the body it is a part of, its country."""
        _, country, default, region = stated
        adjective, name, of_country = self._adjective(cell, mention, country or default, region)
        if name:
            friends = bool(of_country) and not mention.beside and not self._represents_a_land(mention)
            # «Костромское общество дружбы с Болгарией» sits where its adjective says.
            return Seat(name, of_country if friends else country or of_country, region, adjective)
        if of_country and flag(mention.kind, "guests"):
            return Seat("", country or default, region)
        if any((g.kind == "region" and not g.country) or unit_abroad(cell, g) for g in mention.geos):
            adjective = UNRESOLVED
        anywhere = not (country or region or of_country)
        if anywhere and adjective == _NONE:
            place, of_country = self._contracted(cell, mention)
            if of_country:
                return Seat(place, of_country, "")
        body = mention.owner or self._whole(cell, mention) if anywhere else None
        if body is not None:
            told = self.seat(cell, body, places)
            return told if told.adjective == UNRESOLVED else told._replace(adjective=-1)
        of_region = country or of_country or self._geographer.country_of_region(region) or default
        return Seat("", of_region, region, adjective)

    def _namesake(self, cell: CellText, mention: Mention, geo: Geo) -> bool:
        """Tell whether a quoted word is only called as a place abroad («Красная Талка», МАУ «Лапландия»).

        Nothing else names its country then, or the legal form is one of the home country. An adjective before it
        makes it another name at home, too («Святое Белогорье»).
        """
        first, last = mention.quote or (0, 0)
        if geo.kind not in {"settlement", "region"} or not first <= geo.first < last or not geo.country:
            return False
        before = cell.tokens[geo.first - 1].word if first < geo.first else None
        if before is not None and before.title and before.adjectival() and agree(before, cell.tokens[geo.first].word):
            return True
        if (geo.marked and geo.kind == "settlement") or geo.country == self._geographer.home_country:
            return False
        alone = not any(g.country == geo.country and not first <= g.first < last for g in self._geos)
        return (alone or bool(self._default(mention))) and not first <= mention.head < last

    def _whole(self, cell: CellText, mention: Mention) -> Mention | None:
        """Return the body that a complement names («Русский центр Худжандского государственного университета»)."""
        first, last = mention.complement or (0, 0)
        at = next((i for i in range(first, last) if cell.tokens[i].word.lemmas & _WHOLES), -1)
        if at <= mention.head or not any(map(toponymic, cell.tokens[first:at])):
            return None
        return Mention(first, at + 1, "whole", head=at, label_first=at, label_last=at + 1)

    def _paired(self, cell: CellText, mention: Mention) -> Seat | None:
        """Return the seat of a society of two sides («Общество дружбы «Находка – Майдзуру»»): the side named first."""
        if mention.quote is None or not flag(mention.kind, "paired"):
            return None
        first, last = mention.quote
        if mention.beside:
            return self._paired_in(mention, first, last)
        dash = next((i for i in range(first, last) if cell.tokens[i].text in _DASHES), -1)
        if dash <= first or any(g.first >= last for g in mention.geos):
            return None
        named = next((g for g in mention.geos if first <= g.first < dash), None)
        if named is not None:
            return Seat(named.name if named.kind == "settlement" else "", named.country, named.region)
        towns = [
            t
            for at in (dash - 2, dash - 1)
            if at >= first
            for t in self._geographer.gazetteer.find(cell.flat(at, dash))
        ]
        town = self._geographer.gazetteer.choose(towns, home_country=self._geographer.home_country)
        return Seat(town.name, town.country, "") if town is not None else None

    def _paired_in(self, mention: Mention, first: int, last: int) -> Seat | None:
        """Return the seat of such a society behind which stands only its country: the side that lies there, if any
        does («Общество «Майдзуру – Находка» (Япония)»)."""
        lands = {g.country for g in mention.beside if g.kind == "country"}
        if len(lands) != 1 or any(g.kind != "country" for g in mention.beside):
            return None
        country = next(iter(lands))
        sides = [g for g in (*mention.geos, *self._geos) if first <= g.first < last and g.kind == "settlement"]
        there = next((g.name for g in sides if g.country == country), "")
        return Seat(there, country, "")

    def _opened(self, cell: CellText, mention: Mention) -> Geo | None:
        """Return the settlement before the bracket that holds the name: «г. Суража (СШ «Триумф»)»."""
        if cell.low(mention.first - 1) != "(":
            return None
        return next((g for g in self._geos if g.kind == "settlement" and g.last == mention.first - 1), None)

    def _lying(self, cell: CellText, mention: Mention) -> Geo | None:
        """Return the town abroad in which what is called after a person lies («Университет имени А. Б. в Конакри»)."""
        if mention.honorific is None or cell.low(mention.last) not in _WHERE:
            return None
        home = self._geographer.home_country
        towns = (g for g in self._geos if g.kind == "settlement" and g.first == mention.last + 1)
        return next((g for g in towns if g.country not in {"", home}), None)

    def _country(self, mention: Mention) -> str:
        """Return the country that the name or the bracket states; an embassy is its sender's."""
        inside = [g for g in mention.geos if g.kind == "country"]
        beside = [g.country for g in mention.beside if g.country]
        if beside and flag(mention.kind, "paired"):
            return beside[-1]  # «Ассоциация «Бургундия – Россия» (г. Дижон, Франция)»
        if inside and (len(inside) == 1 or self._represents(mention)):
            return inside[0].country
        if beside:
            return beside[-1]
        order = ("settlement", "region", "district")
        return next((g.country for kind in order for g in mention.geos if g.kind == kind and g.country), "")

    def _default(self, mention: Mention) -> str:
        """Return the country where such legal forms or kinds are, unless the name says otherwise; "" if any."""
        told = [
            c for concept in (mention.form, mention.kind) if concept for c in concept.extra.get(LEX + "country", [])
        ]
        return next(iter(told), "")

    def _represents(self, mention: Mention) -> bool:
        return self._represents_a_land(mention) or mention.complement is not None

    def _represents_a_land(self, mention: Mention) -> bool:
        """Tell whether a body is of such a kind that it is the country's that its name holds."""
        kinds = self._geographer.lexicon.broader(mention.kind) if mention.kind is not None else []
        return any(flag(kind, "represents") for kind in kinds)

    def _adjective(self, cell: CellText, mention: Mention, country: str, region: str) -> tuple[int, str, str]:
        """Return (token, settlement, country) of a toponymic adjective at the name's beginning."""
        found, told = -1, ""
        for index in self._named_by_town(cell, mention) or toponyms(cell, mention):
            word = cell.tokens[index].word
            area = self._area(cell, index)
            of_area = self._geographer.country_of_region(area)
            if self._of_no_town(word):
                found, told = (REGIONAL, of_area) if area else (found, told)
                continue
            if area:
                region, country = area, of_area
            elif country in {"", self._geographer.home_country} and self._home and of_town(word, self._home):
                return index, self._home, self._geographer.home_country
            seated = self._derived(word, country, region, area)
            if seated is not None:
                return index, *seated
            if area or self._regional(word):
                found, told = REGIONAL, of_area or self._of_regions_abroad(word)
            elif not word.known and not any(map(named_after_person, word.lemmas)):
                found = UNRESOLVED
        return found, "", told

    def _contracted(self, cell: CellText, mention: Mention) -> tuple[str, str]:
        """Return (settlement, country) told by the beginning of a contracted word («Мингорисполком», «Белгосархив»)."""
        adjective, of_area = place_told(cell.low(mention.head))
        if not of_area:
            return "", self._countries.get(adjective, "")
        towns = [] if adjective in self._countries else list(self._geographer.gazetteer.by_adjective(adjective))
        town = self._geographer.gazetteer.choose(
            towns, home_country=self._geographer.home_country, home_region=self._geographer.home_region
        )
        return (town.name, town.country) if town is not None else ("", "")

    def _of_no_town(self, word: Word) -> bool:
        """Tell whether an adjective only looks like a town's («Свято-Троицкий», «октябрьский»)."""
        return word.low.startswith("свято") or any(map(self._geographer.gazetteer.of_no_town, word.lemmas))

    def _derived(self, word: Word, country: str, region: str, area: str) -> tuple[str, str] | None:
        """Return (settlement, country) of which an adjective is, None if of none; ``area``: it must lie there."""
        gazetteer = self._geographer.gazetteer
        for lemma in sorted(word.lemmas):
            if (told := self._of_country(lemma)) and not self._regional(word):
                return "", told
            if "-" in word.low and "-" not in lemma:
                continue  # «Южно-Уральский» is no adjective of Южноуральск
            chosen = gazetteer.choose(
                list(gazetteer.by_adjective(lemma)), country=country, region=region,
                home_country=self._geographer.home_country, home_region=self._geographer.home_region,
            )  # fmt: skip
            if chosen is not None and self._regional(word) and once_called(chosen, lemma):
                continue  # «Ленинградская АЭС» is of the region, which kept the name that its town has lost
            if chosen is not None and (not area or gazetteer.region_of(chosen) == area):
                if country in {"", self._geographer.home_country} and self._doubtful(word, lemma, chosen):
                    continue
                return called(chosen, lemma), chosen.country
        return None

    def _doubtful(self, word: Word, lemma: str, town: Settlement) -> bool:
        """Tell whether a town abroad, of whose country nothing stands there, is not what an adjective is of.

        That is a small one, or one whose adjective is a region's or a person's as well («Марийский», «Державинский»).
        """
        told = {geo.country for geo in self._geos}
        if town.country == self._geographer.home_country:
            near = self._geographer.gazetteer.region_of(town) == (self._geographer.home_region or None)
            shared = named_after_person(lemma) or self._regional(word)
            if near:  # «Адыгейский институт» is of Адыгея, not of Адыгейск
                return self._regional(word) and town.population < _LARGE and not self._centre(town)
            return shared and town.population < _LARGE
        if town.country in told:
            return False
        shared = self._regional(word) or named_after_person(lemma) or linked(lemma, town.name)
        if any(geo.country == town.country for geo in self._row):
            return shared and town.population < _SMALL
        return town.population < (_LARGE if shared else _SMALL)

    def _centre(self, town: Settlement) -> bool:
        """Tell whether a region is governed from a town."""
        region = self._geographer.gazetteer.region_of(town)
        return region in self._geographer.lexicon.bearers("centre", "region").get(town.name, ())

    def _of_country(self, lemma: str) -> str:
        """Return the country of an adjective, of a part of it also («Северо-Казахстанский»), "" if it is of none."""
        side, _, whole = lemma.rpartition("-")
        return self._countries.get(lemma, "") or (self._countries.get(whole, "") if side in _SIDES else "")

    def _of_regions_abroad(self, word: Word) -> str:
        """Return the country abroad of whose regions an adjective may be («Хэйлунцзянский»), "" if of home also."""
        regions = {one for lemma in word.lemmas for one in regions_of(self._geographer.lexicon, lemma)}
        countries = set(map(self._geographer.country_of_region, regions))
        return next(iter(countries)) if len(countries) == 1 and self._geographer.home_country not in countries else ""

    def _named_by_town(self, cell: CellText, mention: Mention) -> list[int]:
        """Return the adjective that begins a quotation, of a town of the row («ГП «Минский метрополитен»»)."""
        first, last = mention.quote or (0, 0)
        if not first < last or mention.head >= first or not toponymic(cell.tokens[first]):
            return []
        towns = (geo.name for geo in (*self._geos, *self._row) if geo.kind == "settlement")
        return [first] if any(of_town(cell.tokens[first].word, name) for name in towns) else []

    def _regional(self, word: Word) -> bool:
        """Tell whether an adjective is a region's («дагестанский»): a word of a region's name begins as it does."""
        return any(of_region(self._geographer.lexicon, lemma) for lemma in word.lemmas)

    def _area(self, cell: CellText, index: int) -> str:
        """Return the region of «Амурская областная …»: such a body is the region's, not that of a town of like name."""
        behind = cell.tokens[index + 1].word.lemmas if index + 1 < len(cell.tokens) else frozenset()
        noun = next((noun for level, noun in _LEVELS.items() if level in behind), "")
        if not noun:
            return ""
        named = {f"{lemma[:-2]}{_NOUN_ENDINGS[noun]} {noun}" for lemma in cell.tokens[index].word.lemmas}
        return region_called(self._geographer.lexicon, named)


def same_place(left: str, right: str) -> bool:
    """Tell whether two settlement names are equal, or one is unknown."""
    return not left or not right or fold(left) == fold(right)


def per_town(mention: Mention) -> bool:
    """Tell whether such an organisation sits where the event or its reporter is, when nothing else is said."""
    return flag(mention.kind, "perTown")

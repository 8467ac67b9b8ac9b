"""Countries, regions, districts and settlements named in a cell, each with its span."""

from functools import lru_cache
from itertools import zip_longest

from pobratim.extract.admin_units import country_of_unit, districts, units
from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.person_ahead import family_first, led_person, person_at, surname_at
from pobratim.extract.place_names import (
    SIDES,
    candidates,
    countries_of_regions,
    list_item,
    name_ends,
    of_its_town,
    part_of_land,
    side_of,
    spelling,
    town_of_that_name,
)
from pobratim.extract.town_markers import (
    ABBREVIATED,
    MARKER_LEMMAS,
    MARKERS,
    behind_district_word,
    behind_type_word,
    may_be_town,
)
from pobratim.extract.unmarked import UNMARKED, Unmarked
from pobratim.lexicon.gazetteer import Gazetteer, Settlement
from pobratim.lexicon.lexicon import Lexicon
from pobratim.lexicon.matcher import Match, Matcher
from pobratim.lexicon.skos import Concept
from pobratim.lexicon.words import WORDS
from pobratim.text.agreement import agree
from pobratim.text.contracted import VOWELS
from pobratim.text.tokens import Telling, Token
from pobratim.text.words import Word, word

_AREAS = frozenset(WORDS.pairs("area-abbreviation"))
_PLURAL_MARKERS = WORDS.of("several-towns")
_HONOUR = WORDS.of("honour")
_ENDINGS = WORDS.endings("unknown-name-in-a-case")
_OBLIQUE = ("gent", "datv", "accs", "ablt", "loct")
_SMALLEST_SEAT = 1_500
"""So large a town may have given a district its name."""
_REPEATED = 80
"""Cells of so many characters at most are often met again in a report: a town, a heading, a day."""
_MOST = 1_000
_TWO = 2
_BEHIND_COUNTRY = {"", ",", ";", "(", "."}


_WORTH = Telling(may_be_town)


class Geographer:
    """Finds place names; ``home`` decides between namesakes of which nothing nearby says the country."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer, home_country: str, home_region: str) -> None:
        """Keep the lexicon, the gazetteer and the home country and region (notations)."""
        self.lexicon, self.gazetteer = lexicon, gazetteer
        self.home_country, self.home_region = home_country, home_region
        self._found: dict[tuple[str, str, frozenset[str]], tuple[Geo, ...]] = {}
        self._countries = lexicon.matcher("country", "territory")
        self._regions = lexicon.matcher("region")
        self._posts = lexicon.matcher("post")
        self._region_country = countries_of_regions(lexicon)
        self._everyday = lexicon.bearers("everyday", "country").keys()
        self._initials = lexicon.bearers("initials", "region")
        self._with_districts = lexicon.marked("townDistricts", "country", "territory")
        self._landscapes = gazetteer.landscapes

    def at(self, region: str) -> "Geographer":
        """Return the geographer of a region of the home country: it knows the region's own namesakes best."""
        if not region or region == self.home_region or self.country_of_region(region) != self.home_country:
            return self
        return geographer_of(self.lexicon, self.gazetteer, self.home_country, region)

    def country_of_region(self, notation: str) -> str:
        """Return the country notation of a region notation, "" if unknown."""
        return self._region_country.get(notation, "")

    def find(self, cell: CellText, certain: frozenset[str] = frozenset()) -> list[Geo]:
        """Return all place names of the cell, by position, without overlaps.

        ``certain`` are towns abroad that the row names for certain, so that no type word need tell them here.
        """
        if len(cell.raw) > _REPEATED:
            return self._find(cell, certain)
        key = (cell.column, cell.raw, certain)
        if key not in self._found:
            if len(self._found) >= _MOST:
                self._found.clear()
            self._found[key] = tuple(self._find(cell, certain))
        return list(self._found[key])

    def _find(self, cell: CellText, certain: frozenset[str]) -> list[Geo]:
        found = [*self._named(cell, self._countries, "country"), *self._named(cell, self._regions, "region")]
        found.extend(units(cell, found))
        found.extend(districts(cell))
        found = [geo for geo in found if not any(other.covers(geo) for other in found)]
        taken = [False] * (len(cell.tokens) + 1)
        for geo in found:
            taken[geo.first : geo.last] = [True] * (geo.last - geo.first)
        found.sort(key=lambda geo: geo.first)
        found = self._located(cell, found)
        found.extend(self._settlements(cell, found, taken, certain))
        found.sort(key=lambda geo: geo.first)
        return [of_its_town(cell, geo, behind) for geo, behind in zip_longest(found, found[1:])]

    def _abbreviates_region(self, cell: CellText, index: int) -> bool:
        """Tell whether «РБ» is a home republic rather than Belarus: behind a town of Bashkortostan or Buryatia."""
        regions = self._initials.get(cell.tokens[index].text, frozenset())
        if self.home_region in regions:
            return True
        towns = candidates(self.gazetteer, (cell.tokens[index - 1].text,))[1] if index else []
        return any(self.gazetteer.region_of(town) in regions for town in towns[:1])

    def _named(self, cell: CellText, matcher: Matcher, kind: str) -> list[Geo]:
        geos: list[Geo] = []
        for match in matcher.find(cell.tokens):
            token = cell.tokens[match.first]
            if not token.word.title and not (match.last - match.first > 1 and cell.tokens[match.last - 1].word.title):
                continue
            if token.low in self._everyday and _may_be_a_word(cell, match):
                continue
            if kind == "country" and self._abbreviates_region(cell, match.first):
                continue
            if kind == "country" and (part := part_of_land(cell, match)) is not None:
                geos.append(part)
                continue
            if town_of_that_name(self.gazetteer, cell, match):
                continue
            concept: Concept = match.concept
            country = concept.notation if kind == "country" else self.country_of_region(concept.notation)
            region = concept.notation if kind == "region" else ""
            if not any(g.first == match.first for g in geos):
                geos.append(Geo(match.first, match.last, kind, concept.label, country, region))
        return geos

    def _located(self, cell: CellText, geos: list[Geo]) -> list[Geo]:
        """Give districts and unknown units the region and country that stand beside them."""
        placed = []
        for position, geo in enumerate(geos):
            if geo.kind == "district" or not (geo.country or geo.region):
                region = country = ""
                for later in geos[position + 1 : position + 3]:
                    if not _only_joins(cell, geo.last, later.first) and later.kind != "district":
                        break
                    region = region or later.region
                    country = country or (later.country if later.kind in {"country", "region"} else "")
                country = country or country_of_unit(cell, geo)
                if not country and geo.kind == "district":
                    country, region = self._of_adjective(cell.tokens[geo.first], region)
                geo = Geo(geo.first, geo.last, geo.kind, geo.name, country, region)
            placed.append(geo)
        return placed

    def _of_adjective(self, token: Token, region: str) -> tuple[str, str]:
        """Return country and region of the town from which a district has its name («Россонский»: Россоны)."""
        for lemma in sorted(token.word.lemmas):
            towns = [
                t
                for t in self.gazetteer.by_adjective(lemma)
                if t.country in self._with_districts and t.population >= _SMALLEST_SEAT
            ]
            chosen = self.gazetteer.choose(
                towns, region=region, home_country=self.home_country, home_region=self.home_region
            )
            if chosen is not None:
                return chosen.country, region or self.gazetteer.region_of(chosen)
        return "", region

    def _settlements(self, cell: CellText, known: list[Geo], taken: list[bool], certain: frozenset[str]) -> list[Geo]:
        geos: list[Geo] = []
        lead = word("")
        starts = {geo.first: geo for geo in known}
        index, plural = 0, False
        worth = {at for at, _ in _WORTH.among(cell.tokens)}
        while index < len(cell.tokens):
            if not plural and index not in worth:
                index += 1
                continue
            token = cell.tokens[index]
            if token.kind != "word" or taken[index]:
                plural = plural and (token.text in ",()" or token.low == "и" or taken[index])
                index += 1
                continue
            marker = behind_type_word(cell, index) or behind_district_word(cell, index, self.gazetteer)
            if marker and token.low not in ABBREVIATED and cell.new_line(marker):
                marker = 0  # «Управление образования города», and the next item of the list
            if marker:
                plural = token.low in _PLURAL_MARKERS or (token.word.has("plur") and not token.word.has("sing"))
                lead = token.word
            at = marker or index
            geo = None
            if cell.tokens[at].word.title:
                told = bool(marker) or plural
                geo = self._settlement(cell, index, at, known, starts, taken, certain, marked=told, lead=lead)
            if geo is None:
                plural = plural and token.low == "и"
                index += 1
            else:
                geos.append(geo)
                taken[geo.first : geo.last] = [True] * (geo.last - geo.first)
                index = geo.last
                plural = plural and cell.low(index) in {",", "и", "("}
        return geos

    def _settlement(
        self,
        cell: CellText,
        first: int,
        at: int,
        known: list[Geo],
        starts: dict[int, Geo],
        taken: list[bool],
        certain: frozenset[str],
        *,
        marked: bool,
        lead: Word,
    ) -> Geo | None:
        if taken[at] or (len(cell.tokens[at].text) == 1 and cell.low(at + 1) == "."):
            return None
        told = marked and lead.low not in ABBREVIATED
        person = person_at(cell, at) or led_person(cell, at) or surname_at(cell, at) if told else 0
        for last in name_ends(cell, at, taken):
            if last == at + 1 and first != at and (self._two_words(cell, at, known) or _described(cell, at)):
                break
            if last == at + 1 and person and not self._behind_a_town(cell, at, person):
                return None
            geo = self._town(cell, first, (at, last), known, starts, certain, marked=marked)
            if geo is not None:
                return geo
        listed = marked and (self._beside(cell, first, at + 1, known)[2] or list_item(cell, at))
        return self._unknown(cell, first, at, known, lead) if (marked and first != at) or listed else None

    def _behind_a_town(self, cell: CellText, at: int, end: int) -> bool:
        """Tell whether a town begins what looks like a person's name, who is named behind it («г. Владимир Анна …»)."""
        if family_first(cell.tokens[at].word):
            return False
        return (
            end - at > _TWO
            and person_at(cell, at + 1) == end
            and bool(candidates(self.gazetteer, (cell.tokens[at].text,))[1])
        )

    def _town(
        self,
        cell: CellText,
        first: int,
        span: tuple[int, int],
        known: list[Geo],
        starts: dict[int, Geo],
        certain: frozenset[str],
        *,
        marked: bool,
    ) -> Geo | None:
        """Return the town of the gazetteer that the tokens of ``span`` mean, None where they mean none, or no town."""
        at, last = span
        tokens = cell.tokens[at:last]
        names, found = candidates(self.gazetteer, tuple(token.text for token in tokens))
        side = ""
        if not found and len(tokens) == _TWO and not tokens[0].word.lemmas.isdisjoint(SIDES):
            names, found = candidates(self.gazetteer, (tokens[1].text,))
            side = side_of(tokens[0], tokens[1])
        alone = len(tokens) == 1 and not marked and not tokens[0].word.known
        if not found or (alone and self._landscapes & set(names)):
            return None
        country, region, adjacent = self._beside(cell, first, last, known)
        chosen = self.gazetteer.choose(
            [town for town in found if town.name in certain] or found,
            country=country if adjacent else "",
            region=region if adjacent else "",
            home_country=self.home_country,
            home_region=self.home_region,
        )
        if chosen is None or (adjacent and country and chosen.country != country):
            return None
        sure = bool(country or region) or chosen.name in certain
        alone = sure and cell.low(at - 1) == "(" and cell.low(last) in {")", ","}
        if not marked and not alone and not self._plain(cell, at, last, chosen, starts, told=sure):
            return None
        name = f"{side} {spelling(chosen, names)}".strip()
        return Geo(first, last, "settlement", name, chosen.country, region, marked, None if side else chosen)

    def _plain(
        self, cell: CellText, first: int, last: int, chosen: Settlement, starts: dict[int, Geo], *, told: bool
    ) -> bool:
        """Tell whether a word without a type word is the settlement ``chosen``; ``told``: its country is beside it."""
        landscape = bool(cell.tokens[first].word.lemmas & self._landscapes)
        at_home = chosen.country == self.home_country
        return UNMARKED.verdict(Unmarked(cell, first, last, chosen, told, at_home, landscape, starts, self._posts))

    def _unknown(self, cell: CellText, first: int, at: int, known: list[Geo], lead: Word) -> Geo | None:
        """A marked name that the gazetteer lacks: the text's own, in the nominative as the type word ``lead`` tells."""
        token = cell.tokens[at]
        if first == at and token.word.upper:  # «АНО», «МАОУ» in a list of towns
            return None
        if token.kind != "word" or (
            token.word.adjectival()
            and not token.word.has("NOUN")
            and at + 1 < len(cell.tokens)
            and cell.tokens[at + 1].word.title is False
            and token.low.endswith(("ого", "ому", "ой"))
        ):
            return None
        country, region, _ = self._beside(cell, first, at + 1, known)
        cases = {c for c in _OBLIQUE if lead.has(c)} if not lead.has("nomn") else set()
        if first != at and (self._two_words(cell, at, known) or _described(cell, at)):
            return Geo(
                first, at + _TWO, "settlement", cell.flat(at, at + _TWO), *self._beside(cell, first, at + 2, known)[:2]
            )
        if cell.column == "place" and lead.low in ABBREVIATED:
            return Geo(first, at + 1, "settlement", token.text, country, region)
        if not token.word.known and token.low[-1] not in VOWELS and not token.low.endswith(_ENDINGS):
            return Geo(first, at + 1, "settlement", token.text, country, region)  # «мэр города Пакш»
        oblique = [r.lemma for r in token.word.readings if r.pos == "NOUN" and r.grammemes & cases]
        unsure = [r.lemma for r in token.word.readings if r.pos == "NOUN" and "gent" in r.grammemes]
        name = next(iter(oblique or (unsure if not token.word.has("nomn") else [])), token.text)
        return Geo(first, at + 1, "settlement", name[:1].upper() + name[1:], country, region)

    def _two_words(self, cell: CellText, index: int, known: list[Geo]) -> bool:
        """Tell whether two capitalised words stand before the bracket of a country: «г. Кирьят Моцкин (Израиль)»."""
        ended = cell.low(index + _TWO) == "(" and cell.tokens[index + 1].word.title
        return ended and any(geo.first == index + _TWO + 1 and geo.kind == "country" for geo in known)

    def _beside(self, cell: CellText, first: int, last: int, known: list[Geo]) -> tuple[str, str, bool]:
        """Return country and region that stand with a settlement, and whether they belong to it alone."""
        country = region = ""
        end = last
        for geo in known:
            if geo.first >= end and geo.kind in {"region", "country", "district"} and _only_joins(cell, end, geo.first):
                region = region or geo.region
                country = country or geo.country
                end = geo.last
                if geo.kind == "country":
                    break
        if country:
            return country, region, True
        for geo in reversed(known):
            end = geo.last + (cell.low(geo.last - 1) in _AREAS and cell.low(geo.last) == ".")
            if end <= first and geo.kind in {"country", "region"} and _only_joins(cell, end, first, "(,"):
                return geo.country, geo.region, True
        following = [
            geo for geo in known if geo.first >= last and geo.kind == "country" and cell.low(geo.first - 1) == "("
        ]
        if following and _only_names(cell, last, following[0].first):
            return following[0].country, "", False
        return "", "", False


def _described(cell: CellText, index: int) -> bool:
    """Tell whether a nominative adjective begins a name of two words («д. Большая Кибья», «г. Новый Йичин»)."""
    pair = [token.word for token in cell.tokens[index : index + _TWO]]
    if len(pair) < _TWO or not (pair[0].has("ADJF", "nomn", "sing") and pair[0].known) or pair[0].has("NOUN"):
        return False
    whole = pair[1].title and not pair[1].upper and len(pair[1].text) > 1 and not pair[1].has("Name")
    known = not pair[1].has("ADJF") and agree(pair[0], pair[1])
    return whole and (known or not (pair[1].known or pair[1].has("Surn")))


def _may_be_a_word(cell: CellText, match: Match) -> bool:
    """Tell whether an everyday word has its capital for where it stands; where a place is told it is a country."""
    if match.first == 0:
        return not (cell.column == "place" and cell.low(match.last) in _BEHIND_COUNTRY)
    return cell.low(match.first - 1) in {".", "«"}


@lru_cache(maxsize=128)
def geographer_of(lexicon: Lexicon, gazetteer: Gazetteer, country: str, region: str) -> Geographer:
    """Return the geographer of a home country and region (notations), the same one each time."""
    return Geographer(lexicon, gazetteer, country, region)


def _only_joins(cell: CellText, start: int, stop: int, marks: str = "(,") -> bool:
    """Tell whether nothing but an opening bracket or comma stands between two names (at most two tokens)."""
    return (
        0 <= stop - start <= 2
        and all(cell.tokens[i].text in marks for i in range(start, stop))
        and (stop > start or marks == "(,")
    )


def _only_names(cell: CellText, start: int, stop: int) -> bool:
    """Tell whether only names, joins and type words stand between a name and the bracket behind the list."""
    return all(
        t.text in {",", "(", "и", "г", "."} or t.word.title or t.low in MARKERS or t.word.lemmas & MARKER_LEMMAS
        for t in cell.tokens[start:stop]
    )

"""Where an organisation sits: a settlement in its name, in the bracket behind, in a toponymic adjective."""

from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.geography import Geographer
from pobratim.extract.organisations.anchors import flag, toponymic
from pobratim.extract.organisations.mention import Mention
from pobratim.lexicon.lexicon import LEX
from pobratim.text.words import fold


class Seat(NamedTuple):
    """Settlement name, country and region notations ("" if unknown); ``adjective`` is the token that told, or -1."""

    place: str
    country: str
    region: str
    adjective: int = -1


class Seats:
    """Finds seats; knows the adjectives of countries and regions."""

    def __init__(self, geographer: Geographer) -> None:
        """Take the geographer, whose lexicon and gazetteer say what an adjective is derived from."""
        self._geographer = geographer
        self._geos: list[Geo] = []
        self._countries = geographer.lexicon.country_adjectives

    def seat(self, cell: CellText, mention: Mention, places: list[Geo]) -> Seat:
        """Return what the mention and the brackets around it say; ``places`` are those of the cell."""
        self._geos = places
        geos = [*mention.geos, *mention.beside]
        settlement = next((g for g in geos if g.kind == "settlement"), None)
        if settlement is None:
            settlement = self._opened(cell, mention)
        country = self._country(mention)
        region = next((g.region for g in geos if g.kind == "region"), "")
        if settlement is not None:
            return Seat(settlement.name, country or settlement.country, region or settlement.region)
        adjective, name, of_country = self._adjective(cell, mention, country, region)
        if name:
            return Seat(name, country or of_country, region, adjective)
        return Seat("", country or of_country or self._geographer.country_of_region(region), region)

    def _opened(self, cell: CellText, mention: Mention) -> Geo | None:
        """Return the settlement before the bracket that holds the name: «г. Суража (СШ «Триумф»)»."""
        if cell.low(mention.first - 1) != "(":
            return None
        return next((g for g in self._geos if g.kind == "settlement" and g.last == mention.first - 1), None)

    def _country(self, mention: Mention) -> str:
        """Return the country that the name or the bracket states; an embassy is its sender's."""
        inside = [g for g in mention.geos if g.kind == "country"]
        beside = [g.country for g in mention.beside if g.country]
        if inside and (len(inside) == 1 or self._represents(mention)):
            return inside[0].country
        if beside:
            return beside[-1]
        order = ("settlement", "region", "district")
        settled = next((g.country for kind in order for g in mention.geos if g.kind == kind and g.country), "")
        if settled:
            return settled
        told = [
            c for concept in (mention.form, mention.kind) if concept for c in concept.extra.get(LEX + "country", [])
        ]
        return next(iter(told), "")

    def _represents(self, mention: Mention) -> bool:
        kinds = self._geographer.lexicon.broader(mention.kind) if mention.kind is not None else []
        return any(flag(kind, "represents") for kind in kinds) or mention.complement is not None

    def _adjective(self, cell: CellText, mention: Mention, country: str, region: str) -> tuple[int, str, str]:
        """Return (token, settlement, country) of a toponymic adjective at the name's beginning."""
        first = mention.legal[1] if mention.legal is not None else mention.first
        stop = mention.head if mention.head >= 0 else first
        if mention.quote is not None and (mention.head < 0 or mention.head >= mention.quote[0]):
            first = mention.quote[0]
            stop = mention.head if mention.head >= 0 else mention.quote[1]
        within = {i for geo in mention.geos for i in range(geo.first, geo.last)}
        for index in range(first, stop):
            word = cell.tokens[index].word
            if index in within or not toponymic(cell.tokens[index]):
                continue
            for lemma in sorted(word.lemmas):
                if lemma in self._countries:
                    return index, "", self._countries[lemma]
                towns = self._geographer.gazetteer.by_adjective(lemma)
                chosen = self._geographer.gazetteer.choose(
                    list(towns), country=country, region=region,
                    home_country=self._geographer.home_country, home_region=self._geographer.home_region,
                )  # fmt: skip
                if chosen is not None:
                    return index, chosen.name, chosen.country
        return -1, "", ""


def same_place(left: str, right: str) -> bool:
    """Tell whether two settlement names are equal, or one is unknown."""
    return not left or not right or fold(left) == fold(right)


def per_town(mention: Mention) -> bool:
    """Tell whether such an organisation sits where the event or its reporter is, when nothing else is said."""
    return flag(mention.kind, "perTown")

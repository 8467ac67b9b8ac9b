"""Settlements and districts: which names mean one place, and its key."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from pobratim.entities import PlaceEntity, Undecided
from pobratim.lexicon.words import WORDS
from pobratim.names.normalisation import folded, lemmas
from pobratim.record import Place
from pobratim.resolve.amending import of_side, set_fields
from pobratim.resolve.keys import place_key
from pobratim.resolve.ledger import Verdicts

_DISTRICT_WORDS = WORDS.of("district", "district-of-adjective")
_RENAMED = 0.7
_NONE = Verdicts()


class Town(Protocol):
    """A settlement of the gazetteer: WGS 84 degrees, GeoNames id, ISO country."""

    @property
    def geonames(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


AnyTown = TypeVar("AnyTown", bound=Town)


class TownIndex(Protocol[AnyTown]):
    """What the resolver asks of a gazetteer."""

    def find(self, name: str) -> Sequence[AnyTown]:
        """Return the settlements of that name, most populous first."""

    def choose(
        self, candidates: Sequence[AnyTown], *, country: str, region: str, home_country: str, home_region: str
    ) -> AnyTown | None:
        """Return the one that country, region, else home make likeliest."""

    def is_principal(self, settlement: AnyTown) -> bool:
        """Tell whether no settlement of the same name and country is larger."""

    def by_adjective(self, lemma: str) -> Sequence[AnyTown]:
        """Return the settlements from whose name an adjective may be derived, most populous first."""

    def by_english(self, name: str) -> Sequence[AnyTown]:
        """Return the settlements of a name in Latin letters."""

    def keyed(self, names: Collection[str]) -> Sequence[AnyTown]:
        """Return the settlements whose name is written in keys as one of some (``slug``)."""

    def countries_of(self, settlement: AnyTown) -> Sequence[str]:
        """Return the notations under which sources name the settlement's country."""

    def region_of(self, settlement: AnyTown) -> str:
        """Return the notation of its region, "" if unknown."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as one record names it, with the home country and region that help to tell namesakes apart.

    ``wikidata`` is the id that the source gives, "" if none; a source without a name has it as ``name`` too.
    """

    name: str
    kind: str
    country: str
    region: str
    home_country: str
    home_region: str
    wikidata: str = ""


def spot(place: Place, home: Place) -> Spot:
    """Return the spot of a record's place; a name that ends in «район» or the like is a district's."""
    kind = place.kind
    if kind == "settlement" and _DISTRICT_WORDS & set(lemmas(place.name)[-1:]):
        kind = "district"
    country = place.country or place.region.partition("-")[0]
    return Spot(place.name, kind, country, place.region, home.country, home.region, place.wikidata)


class PlaceBook:
    """All places of a set of records under their keys; built once from all mentions."""

    def __init__(
        self,
        towns: TownIndex[Any],
        mentions: Iterable[Spot],
        decided: Verdicts = _NONE,
        told: Iterable[Spot] = (),
    ) -> None:
        """Take every mention of a place, or how often each is met; people decide what is one place.

        ``told`` are places that only people name: they are known, and met nowhere.
        """
        self._towns = towns
        self._counts = Counter({mention: n for mention, n in Counter(mentions).items() if mention.name})
        for mention in told:
            self._counts.setdefault(mention, 0)
        self._town: dict[str, Town] = {}
        self._known: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        self._decided, self.questions = decided, list[Undecided]()
        self._keys: dict[Spot, str] = {}
        self._items: dict[str, str] = {}
        nameless = [mention for mention in self._counts if mention.name == mention.wikidata]
        for mention in sorted(self._counts.keys() - set(nameless), key=spot_order):
            key, town = explicit_key(towns, mention)
            if town is not None:
                self._town[key] = town
            if key:
                self._keys[mention] = key
                self._known[mention.kind, folded(mention.name)].add((mention.country, key))
                if mention.wikidata:
                    self._items.setdefault(mention.wikidata, key)
        for mention in sorted(self._counts, key=spot_order):
            if mention not in self._keys:
                self._keys[mention] = self._items.get(mention.wikidata) or self._bare(mention)
        self.known = frozenset(self._keys.values())
        self.aliases = decided.aliases(self.known)

    def key(self, mention: Spot) -> str:
        """Return the place's key, "" for a mention without a name. Raises KeyError for an unknown one."""
        own = self.own_key(mention)
        return self.aliases.get(own, own)

    def own_key(self, mention: Spot) -> str:
        """Return the key that the place would have if nobody had decided that it is another one."""
        return self._keys[mention] if mention.name else ""

    @property
    def keys(self) -> dict[Spot, str]:
        """Return the keys of all mentions."""
        return {mention: self.aliases.get(own, own) for mention, own in self._keys.items()}

    def region(self, key: str) -> str:
        """Return the region (notation) in which a settlement lies, "" for what is none or in none known."""
        town = self._town.get(key)
        return self._towns.region_of(town) if town is not None else ""

    def _bare(self, mention: Spot) -> str:
        """Key a district without region or an unknown town without country as elsewhere, if one is there."""
        own = place_key(mention.name, mention.country)
        options = sorted(
            {
                key
                for country, key in self._known[mention.kind, folded(mention.name)]
                if not mention.country or country == mention.country
            }
        )
        if len(options) == 1:
            return options[0]
        self.questions.extend(
            Undecided("place", own, key, 0.5, "undecided-several", (), "why-namesakes") for key in options
        )
        return own

    def entities(self) -> list[PlaceEntity]:
        """Return every place once, sorted by key."""
        spots: dict[str, dict[Spot, int]] = defaultdict(dict)
        for mention, key in self.keys.items():
            spots[key][mention] = self._counts[mention]
        former: dict[str, list[str]] = defaultdict(list)
        for old, stays in sorted(self.aliases.items()):
            former[stays].append(old)
        found = []
        for key, counts in sorted(spots.items()):
            side = self._decided.side([key, *former[key]])
            told = {mention: n for mention, n in counts.items() if side and self._keys[mention] == side}
            chosen = place_entity(side, told, self._town.get(side)) if told else None
            whole = of_side(place_entity(key, counts, self._town.get(key)), chosen)
            found.append(corrected(whole, former[key], self._decided))
        return found

    def undecided(self) -> list[Undecided]:
        """Return what may be one place: what several places fit, and districts that may have been renamed."""
        found = []
        for one in (*self.questions, *renamed(self.entities())):
            left, right = (self.aliases.get(key, key) for key in (one.left, one.right))
            if left != right and not self._decided.apart(one.left, one.right):
                found.append(replace(one, left=left, right=right))
        return found


def explicit_key(towns: TownIndex[Any], mention: Spot) -> tuple[str, Town | None]:
    """Return the key that a mention tells by itself, "" for none, and the gazetteer's settlement that it means."""
    if mention.kind == "region":
        return place_key("" if mention.region else mention.name, mention.country, mention.region), None
    if mention.kind == "district":
        return (place_key(mention.name, mention.country, mention.region) if mention.region else ""), None
    town = _chosen(towns, mention)
    if town is None:
        return (place_key(mention.name, mention.country) if mention.country else ""), None
    return place_key(town.name, town.country, geonames=0 if towns.is_principal(town) else town.geonames), town


def _chosen(towns: TownIndex[Any], mention: Spot) -> Town | None:
    candidates = towns.find(mention.name)
    if not candidates:
        return None
    town: Town | None = towns.choose(
        candidates,
        country=mention.country,
        region=mention.region,
        home_country=mention.home_country,
        home_region=mention.home_region,
    )
    return None if town is None or (mention.country and town.country != mention.country) else town


def corrected(place: PlaceEntity, former: Iterable[str], decided: Verdicts) -> PlaceEntity:
    """Return the place with the name and fields that people gave it, be it under one of its ``former`` keys."""
    given = decided.of(place.key, *former)
    fields = set_fields(given)
    names = [fields["name"]] if "name" in fields else []
    return replace(
        place,
        names=tuple(dict.fromkeys([*names, *place.names])),
        kind=fields.get("kind", place.kind),
        country=fields.get("country", place.country),
        corrections=given,
    )


def place_entity(key: str, counts: Mapping[Spot, int], town: Town | None) -> PlaceEntity:
    """Return what all mentions of a place tell of it, each with how often it is met; those met nowhere if all are."""
    counts = {mention: met for mention, met in counts.items() if met} or counts
    spellings: Counter[str] = Counter()
    for mention, met in counts.items():
        spellings[mention.name] += met
    items = {mention.wikidata for mention in counts if mention.wikidata}
    names = sorted(spellings.keys() - items, key=lambda name: (-spellings[name], name)) or sorted(items)
    regions = sorted({mention.region for mention in counts if mention.region})
    countries = sorted({mention.country for mention in counts if mention.country})
    return PlaceEntity(
        key,
        tuple(dict.fromkeys([*names, *([town.name] if town else [])])),
        min(mention.kind for mention in counts),
        town.country if town else next(iter(countries), ""),
        regions[0] if len(regions) == 1 else "",
        geonames=town.geonames if town else 0,
        lat=town.lat if town else None,
        lon=town.lon if town else None,
        wikidata=next(iter(items)) if len(items) == 1 else "",
    )


def adjective(district: PlaceEntity) -> tuple[str, str]:
    """Return by what a district is looked for under another name: its country and the first word of its name."""
    return (district.country, lemmas(district.names[0])[0])


def spot_order(mention: Spot) -> tuple[str, ...]:
    """Return what mentions of places are sorted by."""
    return (
        mention.name,
        mention.kind,
        mention.country,
        mention.region,
        mention.home_country,
        mention.home_region,
        mention.wikidata,
    )


def renamed(places: Iterable[PlaceEntity]) -> Iterable[Undecided]:
    """Yield questions about districts of one adjective and different type, which may be one that was renamed.

    «Район», «муниципальный округ». ``places`` are sorted by key.
    """
    districts: dict[tuple[str, str], list[PlaceEntity]] = defaultdict(list)
    for place in places:
        if place.kind == "district":
            districts[adjective(place)].append(place)
    for alike in districts.values():
        for index, left in enumerate(alike):
            for right in alike[index + 1 :]:
                near = not left.region or not right.region or left.region == right.region
                if near and folded(left.names[0]) != folded(right.names[0]):
                    shared = ("shared-name",)
                    yield Undecided(
                        "place", left.key, right.key, _RENAMED, "undecided-renamed", shared, "why-one-adjective"
                    )

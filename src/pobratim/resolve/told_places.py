"""Places that no report names but the ledger does: towns of the gazetteer where, as people say, something was."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from pobratim.resolve.fields import things_in
from pobratim.resolve.ledger import Decision
from pobratim.resolve.places import Spot, TownIndex, explicit_key, spot_order

_NUMBER = re.compile(r"-[0-9]+$")


def named_places(ledger: Iterable[Decision]) -> set[str]:
    """Return the keys of the places that corrections name as values."""
    corrections = (one for one in ledger if one.verdict == "correct")
    return {key for one in corrections for kind, key in things_in(one.type, one.right) if kind == "place"}


def spots_of(keys: Collection[str], towns: TownIndex[Any]) -> list[Spot]:
    """Return a mention for each of some keys that is a gazetteer's settlement, in order; nothing for others.

    Of namesakes in one region only the one that a name with its region means has such a mention.
    """
    if not keys:
        return []
    names = {key.partition("-")[2] for key in keys}
    found: dict[str, Spot] = {}
    for town in towns.keyed(names | {_NUMBER.sub("", name) for name in names}):
        for spot in spots_of_town(town, towns):
            key, _ = explicit_key(towns, spot)
            if key in keys:
                found.setdefault(key, spot)
    return sorted(found.values(), key=spot_order)


def spots_of_town(town: Any, towns: TownIndex[Any]) -> list[Spot]:
    """Return a settlement as a report would name it with its region, by each country that sources place it in."""
    region = towns.region_of(town)
    return [Spot(town.name, "settlement", country, region, "", "") for country in towns.countries_of(town)]


def key_of_town(town: Any, towns: TownIndex[Any]) -> str:
    """Return the key under which a settlement of the gazetteer is a place, "" for one that its name does not tell."""
    for spot in spots_of_town(town, towns):
        key, meant = explicit_key(towns, spot)
        if meant is not None and (meant.geonames, meant.name) == (town.geonames, town.name):
            return key
    return ""

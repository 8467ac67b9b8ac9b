"""Towns of the gazetteer by what editors write: «Велиж», «Красный, Смоленская область», «Мстиславль (Беларусь)»."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pobratim.lexicon.gazetteer import Gazetteer, Settlement
from pobratim.lexicon.lexicon import lexicon
from pobratim.messages import Language
from pobratim.resolve.told_places import key_of_town, spots_of
from pobratim.text.words import fold

_WRITTEN = re.compile(r"\s*([^,(]+?)\s*(?:[,(]\s*([^)]*?)\s*\)?)?\s*")


@dataclass(frozen=True, slots=True)
class Town:
    """A town that may be named: its key as a place, its name, and the region or country it is in, "" if unknown."""

    key: str
    name: str
    where: str

    @property
    def written(self) -> str:
        """Return what is written to mean this town and no other one of its name."""
        return f"{self.name}, {self.where}" if self.where else self.name


def towns_named(given: str, lang: Language) -> list[Town]:
    """Return the towns that some words mean: of that name and, where it is told, in that region or country."""
    match = _WRITTEN.fullmatch(given)
    if match is None:
        return []
    found = _towns(Gazetteer.load().find(match[1]), lang)
    where = fold(match[2] or "")
    return [one for one in found if not where or where in _places_of(one.key, lang)]


def is_exact(given: str) -> bool:
    """Tell whether words name a town with the region or country it is in."""
    match = _WRITTEN.fullmatch(given)
    return match is not None and bool(match[2])


def towns_begun(given: str, lang: Language, most: int) -> list[Town]:
    """Return the towns whose name begins so, the largest first."""
    return _towns(Gazetteer.load().begun(given, most), lang)


@lru_cache(maxsize=1000)
def name_of(key: str) -> str:
    """Return what a town of the gazetteer is called that has a key as a place, "" for what is none."""
    return next((spot.name for spot in spots_of({key}, Gazetteer.load())), "")


def _towns(found: Iterable[Settlement], lang: Language) -> list[Town]:
    towns = Gazetteer.load()
    keyed = {key: town for town in found if (key := key_of_town(town, towns))}
    return [Town(key, town.name, next(iter(_where(town, lang)), "")) for key, town in keyed.items()]


@lru_cache(maxsize=1000)
def _places_of(key: str, lang: Language) -> frozenset[str]:
    """Return the names, folded, of the region and the countries in which a town is, in the reader's words and ours."""
    towns = Gazetteer.load()
    found = [town for spot in spots_of({key}, towns) for town in towns.find(spot.name)]
    return frozenset(
        fold(name)
        for town in found
        if key_of_town(town, towns) == key
        for code in (lang, "ru")
        for name in _where(town, "en" if code == "en" else "ru")
    )


def _where(town: Settlement, lang: Language) -> list[str]:
    """Return the names of a town's region and of the countries that sources place it in."""
    towns, known = Gazetteer.load(), lexicon()
    region = towns.region_of(town)
    told = [one for one in known.concepts("region") if one.notation == region] if region else []
    told += [known.countries[code] for code in towns.countries_of(town) if code in known.countries]
    return [(one.english if lang == "en" else "") or one.label for one in told]

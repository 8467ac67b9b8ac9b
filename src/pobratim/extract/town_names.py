"""Places and countries of cells that hold nothing else: names in the nominative, in Russian or in Latin letters."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.geography import Geographer
from pobratim.lexicon.lexicon import lexicon
from pobratim.record import Place
from pobratim.text.words import fold

_PARTS = re.compile(r"[^\n;]+")
_TYPE_WORD = re.compile(r"(?:г\.|гор\.|город(?:-побратим)?\s)\s*(?=\w)", re.IGNORECASE)
_ADDED = re.compile(r"\s*(?:\([^()]*\)|,.*)$")
_CODE = re.compile(r"[A-Z]{2}|Q[1-9][0-9]*")
_PLACES = {"settlement", "district"}
_GUESSED = 0.8
"""Confidence of a name of which a part was taken away before it was known."""


class Named(NamedTuple):
    """A place or a country and the stretch of the cell's text that names it."""

    place: Place
    start: int
    end: int
    rule: str
    confidence: float = 1.0


class TownReader:
    """Reads the places that a cell names.

    ``drop`` are words that are no part of a name (Municipality); ``meant`` maps folded spellings to names.
    """

    def __init__(
        self, geographer: Geographer, drop: Sequence[str] = (), meant: Mapping[str, str] | None = None
    ) -> None:
        """Keep the tools."""
        self._geographer, self._meant = geographer, meant or {}
        words = "|".join(re.escape(word) for word in sorted(drop, key=len, reverse=True))
        self._drop = re.compile(rf"\s*\b(?:{words})\b\s*", re.IGNORECASE) if words else None

    def read(self, raw: str, country: str, region: str = "") -> list[Named]:
        """Return the places of a cell, one a line or between semicolons; one that nobody knows keeps its own name."""
        found: list[Named] = []
        for part in _PARTS.finditer(raw):
            text = part[0].strip()
            if any(char.isalpha() for char in text):
                start = part.start() + part[0].index(text)
                found.extend(self._part(text, start, country, region))
        return found

    def _part(self, text: str, start: int, country: str, region: str) -> list[Named]:
        name = " ".join(text.split())
        meant = self._meant.get(fold(name))
        plain = self._known(meant or name, country, region)
        if plain or meant:
            rule = "listed-spelling" if meant else "town-cell"
            return [Named(plain or Place(meant or name, country), start, start + len(text), rule)]
        geos = self._geos(text, country)
        if geos:
            return [Named(place, start + first, start + last, "town-in-cell") for place, first, last in geos]
        kept = " ".join(self._drop.sub(" ", name).split()) if self._drop else name
        for shorter in (kept, _ADDED.sub("", kept)):
            known = self._known(shorter, country, region) if shorter not in ("", name) else None
            if known:
                return [Named(known, start, start + len(text), "town-cell-shortened", _GUESSED)]
        own = _TYPE_WORD.sub("", kept, count=1) or name
        return [Named(Place(own, country), start, start + len(text), "unknown-town")]

    def _known(self, name: str, country: str, region: str) -> Place | None:
        """Return the settlement of a name in the nominative or in Latin letters, None if the country has none."""
        gazetteer = self._geographer.gazetteer
        found = gazetteer.find(name)
        latin = (not found and name.isascii()) or not any("а" <= char <= "я" for char in name.lower())
        if not found and latin:
            found = gazetteer.by_english(name)
        chosen = gazetteer.choose(
            [one for one in found if not country or country in gazetteer.countries_of(one)],
            country=country,
            region=region,
            home_country=self._geographer.home_country,
            home_region=self._geographer.home_region,
        )
        return Place(chosen.name if latin else name, chosen.country) if chosen else None

    def _geos(self, text: str, country: str) -> list[tuple[Place, int, int]]:
        """Return the towns, districts, else regions in a text that holds nothing but names of places."""
        cell = CellText("place", text)
        geos = self._geographer.find(cell)
        named = {index for geo in geos for index in range(geo.first, geo.last)}
        if any(t.kind == "word" and t.low != "и" for index, t in enumerate(cell.tokens) if index not in named):
            return []
        kept = [geo for geo in geos if geo.kind in _PLACES] or [geo for geo in geos if geo.kind == "region"]
        if any(country and geo.country not in ("", country) for geo in kept):
            return []
        return [(_placed(geo, country), cell.tokens[geo.first].start, cell.tokens[geo.last - 1].end) for geo in kept]


def _placed(geo: Geo, country: str) -> Place:
    return Place(geo.name, geo.country or country, geo.region, geo.kind)


def read_country(raw: str, geographer: Geographer, meant: Mapping[str, str]) -> Named | None:
    """Return the country of a cell as a Place without a name: by a listed spelling, label, code, or in a phrase."""
    text = raw.strip()
    if not text:
        return None
    start = raw.index(text)
    key = fold(" ".join(text.split()))
    known = meant.get(key) or country_labels().get(key)
    if not known and _CODE.fullmatch(text) and text in lexicon().countries:
        known = text
    if known:
        return Named(Place("", known), start, start + len(text), "listed-spelling" if key in meant else "country-cell")
    cell = CellText("country", raw)
    geo = next((geo for geo in geographer.find(cell) if geo.kind == "country"), None)
    if geo is None:
        return None
    return Named(Place("", geo.country), cell.tokens[geo.first].start, cell.tokens[geo.last - 1].end, "country-in-cell")


@cache
def country_labels() -> dict[str, str]:
    """Return notations by every folded label of a country or territory, Russian and English."""
    countries = lexicon().countries.items()
    return {fold(text): n for n, c in countries for text in (*c.literal, *c.inflected, c.english) if text}

"""What a mention means beyond its letters: a foreign name in Russian, a place that an adjective or a title tells."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, Protocol

from pobratim.record import Institution, Place
from pobratim.resolve.foreign import Piece, is_foreign, render
from pobratim.resolve.vocabulary import Vocabulary
from pobratim.resolve.words import adjective_of, folded, lemmas
from pobratim.text.contracted import contracted
from pobratim.text.sounding import plain_latin, sounds_like
from pobratim.text.transliterate import cyrillic

_ADJECTIVE = ("ский", "цкий", "ской")
_TOWNS_OWN = {"sports-club", "broadcaster", "newspaper"}
"""Kinds whose title, where it is a town's name, is that of their own town («ФК «Гомель»», «ГТРК «Смоленск»»)."""
_LEAST_TOWN = 20_000
"""Inhabitants of a town whose bare name tells where a club is: smaller places share their names with everything."""
_QUOTED = re.compile(r"[«\"„“]([^«»\"„“”]+)[»\"”“]")
_DISTRICT = {"район", "районный", "округ", "окружной", "окружный"}
_LONGEST_NAME = 3


class Towns(Protocol):
    """What is asked of a gazetteer beside its settlements by name."""

    def find(self, name: str) -> Sequence[Any]:
        """Return the settlements of a nominative name."""

    def by_adjective(self, lemma: str) -> Sequence[Any]:
        """Return the settlements from whose name an adjective may be derived."""

    def by_english(self, name: str) -> Sequence[Any]:
        """Return the settlements of a name in Latin letters."""

    def countries_of(self, settlement: Any) -> Sequence[str]:
        """Return the notations under which sources name a settlement's country."""


class Near(NamedTuple):
    """Where a row is told: the reporter's name, country and region (notations, "" if unknown)."""

    town: str
    country: str
    region: str


class Readings:
    """Reads institutions as their names mean, with the gazetteer and the ontology's words."""

    def __init__(self, towns: Towns, vocabulary: Vocabulary) -> None:
        """Keep the tools."""
        self._towns, self._vocabulary = towns, vocabulary

    def read(self, one: Institution, near: Near) -> Institution:
        """Return an institution in Russian, with its place or region where its name tells them and nothing else does."""
        if is_foreign(one.name):
            one = self._translated(one, near)
        if one.place or one.region:
            return one
        return self._by_adjective(one, near) or self._by_title(one, near) or one

    # Foreign names

    def _translated(self, one: Institution, near: Near) -> Institution:
        made = render(one.name)
        if not made.kind:
            return one
        place, taken = self._place(made.pieces, one, near)
        words = [
            cyrillic(piece.text) if piece.russian is None else piece.russian
            for index, piece in enumerate(made.pieces)
            if index not in taken
        ]
        name = " ".join(word for word in words if word) or one.name
        told = place or Place(one.place, one.country, one.region)
        kind = one.kind or made.kind
        return replace(one, name=name, kind=kind, place=told.name, country=told.country, region="", aliases=[])

    def _place(self, pieces: Sequence[Piece], one: Institution, near: Near) -> tuple[Place | None, set[int]]:
        """Return the place that a name's proper words tell and their indices: the reporter's, else a town of theirs."""
        proper = [index for index, piece in enumerate(pieces) if piece.russian is None]
        for named in (near.town, one.place):
            spellings = {named, *(text for town in self._towns.find(named) for text in (*town.names, town.english))}
            for run in _runs(proper):
                said = [pieces[index].text for index in run]
                if any(named and _spells(said, spelling) for spelling in spellings):
                    country = near.country if named == near.town else one.country
                    return Place(named, country), set(run)
        for run in _runs(proper):
            towns = self._abroad([pieces[index].text for index in run], one.country or "")
            if towns:
                best = max(towns, key=lambda town: town.population)
                return Place(best.name, best.country), set(run)
        return None, set()

    def _abroad(self, said: list[str], country: str) -> list[Any]:
        """Return the settlements that words in the nominative or an adjective name in another language."""
        text = " ".join(said)
        found = list(self._towns.by_english(plain_latin(text))) or list(self._towns.find(text))
        if not found and len(said) == 1:
            adjective = cyrillic(text).casefold().removesuffix("й").removesuffix("а").removesuffix("е")
            adjective = adjective if adjective.endswith("и") else adjective + "и"
            found = list(self._towns.by_adjective(adjective + "й"))
            found = found or [town for cut in (text[:-1], text) if len(cut) > 2 for town in self._towns.find(cut)]
        return [town for town in found if not country or country in self._towns.countries_of(town)]

    # Places that are not named in so many words

    def _by_adjective(self, one: Institution, near: Near) -> Institution | None:
        """Return the town's or region's body («Амурская ТПП», «исполком Добрушского района»), None if none is told."""
        country = one.country or near.country
        adjectives = list(_adjectives(one.name))
        own = self._vocabulary.adjectives.get(country, frozenset())
        for lemma in adjectives:
            if lemma in own or not self._told(one, lemma):
                continue
            if near.region and _of_region(lemma, self._vocabulary.words.get(near.region, ())):
                return replace(one, region=near.region, country=country)
            towns = {
                town.name: town
                for town in self._towns.by_adjective(lemma)
                if country in self._towns.countries_of(town)
            }
            if near.town and (adjective_of(lemma, near.town) or lemma in lemmas(near.town)):
                return None
            if len(towns) == 1:
                return replace(one, place=next(iter(towns)), country=country)
            regions = [
                notation
                for notation, words in self._vocabulary.words.items()
                if notation.startswith(f"{country}-") and _of_region(lemma, words)
            ]
            if len(regions) == 1 and not towns:
                return replace(one, region=regions[0], country=country)
        return None

    def _told(self, one: Institution, lemma: str) -> bool:
        """Tell whether an adjective in a name gives its place: in a local body's name, or with the word «район»."""
        following = [b for a, b in zip(lemmas(one.name), lemmas(one.name)[1:], strict=False) if a == lemma]
        local = one.kind in self._vocabulary.seated | self._vocabulary.local
        return local or any(word in _DISTRICT for word in following)

    def _by_title(self, one: Institution, near: Near) -> Institution | None:
        if one.kind not in _TOWNS_OWN:
            return None
        country = one.country or near.country
        for quoted in _QUOTED.finditer(one.name):
            for text in (quoted[1].strip(), quoted[1].rpartition("-")[2].strip()):
                towns = [town for town in self._towns.find(text) if country in self._towns.countries_of(town)]
                if any(town.population >= _LEAST_TOWN for town in towns):
                    return replace(one, place=text, country=country)
        return None


def _adjectives(name: str) -> Iterator[str]:
    """Yield the lemmas of a name that may be adjectives of places, those of contracted words too («Миноблисполком»)."""
    yield from (lemma for lemma in lemmas(name) if lemma.endswith(_ADJECTIVE))
    for surface in folded(name).split():
        yield from (meaning for meaning in contracted(surface)[0] if meaning.endswith(_ADJECTIVE))


def _of_region(lemma: str, words: Iterable[str]) -> bool:
    return any(lemma == word or (len(word) > len("край") and adjective_of(lemma, word)) for word in words)


def _runs(indices: list[int]) -> Iterator[list[int]]:
    """Yield the runs of indices that follow each other, the longest first."""
    for length in range(min(_LONGEST_NAME, len(indices)), 0, -1):
        for start in range(len(indices) - length + 1):
            run = indices[start : start + length]
            if run[-1] - run[0] == length - 1:
                yield run


def _spells(said: list[str], name: str) -> bool:
    words = name.replace("-", " ").split()
    said = [part for text in said for part in text.split("-")]
    return len(words) == len(said) > 0 and all(map(sounds_like, said, words))

"""What a mention means beyond its letters: a foreign name in Russian, a place that an adjective or a title tells."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any, NamedTuple, Protocol

from pobratim.lexicon.words import WORDS
from pobratim.names.foreign import Piece, is_foreign, render
from pobratim.names.normalisation import folded, lemmas
from pobratim.names.parts import cut, innermost, parse, parts_of
from pobratim.names.similarity import adjective_of
from pobratim.record import Institution
from pobratim.resolve.vocabulary import Vocabulary
from pobratim.text.contracted import contracted
from pobratim.text.sounding import plain_latin, sounds_like
from pobratim.text.transliterate import cyrillic
from pobratim.text.words import TOPONYMIC, fold

_LEAST_TOWN = 20_000
"""Inhabitants of a town whose bare name tells where a club is: smaller places share their names with everything."""
_DISTRICT_LEVELS = WORDS.pairs("district-level")
_DISTRICT = {*_DISTRICT_LEVELS, *_DISTRICT_LEVELS.values()}
_BETWEEN = 2
"""Words behind an adjective among which its «район» or «муниципальный округ» stands."""
_AREAS, _OF_AREA = {*WORDS.pairs("regional").values()}, {*WORDS.pairs("regional")}
_LONGEST_NAME = 3
_SHORTEST_STEM = 4
"""Letters that the adjective of a place keeps of its name, and that a region's short name has more of."""
_SHORTEST_NAME = 3
Beginning = tuple[str, str]
"""A country (notation) and the letters with which names of settlements begin there, folded."""


class Towns(Protocol):
    """What is asked of a gazetteer beside its settlements by name."""

    def find(self, name: str) -> Sequence[Any]:
        """Return the settlements of a nominative name."""

    def by_adjective(self, lemma: str) -> Sequence[Any]:
        """Return the settlements from whose name an adjective may be derived."""

    def by_english(self, name: str) -> Sequence[Any]:
        """Return the settlements of a name in Latin letters."""

    def region_of(self, settlement: Any) -> str:
        """Return the notation of a settlement's region, "" if unknown."""

    def countries_of(self, settlement: Any) -> Sequence[str]:
        """Return the notations under which sources name a settlement's country."""


class Near(NamedTuple):
    """Where a row is told: the reporter's name, country and region (notations, "" if unknown)."""

    town: str
    country: str
    region: str


class _Seat(NamedTuple):
    """A place's name or else a region's notation, with the country."""

    place: str
    region: str
    country: str


_Asked = tuple[str, str, bool, str, str, str, Near]


class Readings:
    """Reads institutions as their names mean, with the gazetteer and the ontology's words."""

    def __init__(
        self, towns: Towns, vocabulary: Vocabulary, named: Callable[[Beginning], AbstractSet[str]] | None = None
    ) -> None:
        """Keep the tools; ``named`` tells the settlements of the reports by their beginning, else ``know`` does."""
        self._towns, self._vocabulary = towns, vocabulary
        self._umbrellas, self._town_titled = vocabulary.having("umbrella"), vocabulary.having("townTitled")
        self._known = known = defaultdict[Beginning, set[str]](set)
        # Not of this object: what was read would outlive it, being a circle.
        self._named = named or (lambda beginning: known.get(beginning, set()))
        self.looked: set[Beginning] = set()
        self._regions: dict[str, list[str]] = defaultdict(list)
        for notation in vocabulary.words:
            self._regions[notation.partition("-")[0]].append(notation)
        self._full = {kind: words for kind in vocabulary.seated if len(words := vocabulary.called(kind)) > 1}
        self._memory: dict[_Asked, tuple[_Seat | None, AbstractSet[Beginning]]] = {}
        self._looking: set[Beginning] = set()

    def know(self, named: Iterable[tuple[str, str]]) -> None:
        """Take (name, country) of settlements of the reports, which no gazetteer may have."""
        for name, country in named:
            self._known[beginning(name, country)].add(name)

    def read(self, one: Institution, near: Near) -> Institution:
        """Return an institution in Russian, with the place or region that its name tells where nothing else does.

        ``looked`` gathers the beginnings of settlements' names on which what was read rests.
        """
        if is_foreign(one.name):
            one = self._translated(one, near)
        kind = self._kind_inside(one)
        one = one if kind == one.kind else replace(one, kind=kind)
        if one.place:
            return one
        parts = parts_of(one)
        quoted, initialled = innermost(parts), bool(parts.initials)
        asked = (one.name, quoted, initialled, one.kind, one.country, one.region, near)
        if asked not in self._memory:
            self._looking = set()
            self._memory[asked] = self._by_adjective(one, near) or self._by_title(one, near), self._looking
        seat, looked = self._memory[asked]
        self.looked |= looked
        return one if seat is None else replace(one, place=seat.place, region=seat.region, country=seat.country)

    def _kind_inside(self, one: Institution) -> str:
        """Return the kind that the title of a society or union tells («Союз «Амурская ТПП»»), else its own.

        Without quotation marks only another society's initials do («областная организация БРСМ»).
        """
        if one.kind not in self._umbrellas:
            return one.kind
        initials = self._vocabulary.initials
        parts = parts_of(one)
        inner = innermost(parts)
        said = set(lemmas(inner))
        found = [initials[surface] for surface in folded(inner).split() if surface in initials]
        found += sorted(kind for kind, words in self._full.items() if words <= said)
        if found:
            return found[0]
        plain = (initials[short] for part in parts.initials if (short := part.text.lower()) in initials)
        return next(
            (kind for kind in plain if self._umbrellas & set(self._vocabulary.broader.get(kind, ()))),
            one.kind,
        )

    # Foreign names

    def _translated(self, one: Institution, near: Near) -> Institution:
        made = render(one.name)
        if not made.kind:
            return one
        seat, taken = self._seat(made.pieces, one, near)
        words = [
            cyrillic(piece.text) if piece.russian is None else piece.russian
            for index, piece in enumerate(made.pieces)
            if index not in taken
        ]
        name = " ".join(word for word in words if word) or one.name
        told = seat or _Seat(one.place, one.region, one.country)
        kind = one.kind or made.kind
        return replace(
            one,
            name=name,
            kind=kind,
            place=told.place,
            country=told.country,
            region=told.region,
            aliases=[],
            parts=parse(name),
        )

    def _seat(self, pieces: Sequence[Piece], one: Institution, near: Near) -> tuple[_Seat | None, set[int]]:
        """Return the seat that a name's proper words tell and their indices: the reporter's, else a town of theirs."""
        proper = [index for index, piece in enumerate(pieces) if piece.russian is None]
        for named, country in ((near.town, near.country), (one.place, one.country)):
            spellings = {named, *(text for town in self._towns.find(named) for text in (*town.names, town.english))}
            for run in _runs(proper):
                if any(_spells([pieces[index].text for index in run], spelling) for spelling in spellings - {""}):
                    return _Seat(named, "", country), set(run)
        for run in _runs(proper):
            towns = self._abroad([pieces[index].text for index in run], one.country)
            if towns:
                best = max(towns, key=lambda town: (town.population, town.name))
                return _Seat(best.name, "", best.country), set(run)
        return None, set()

    def _abroad(self, said: list[str], country: str) -> list[Any]:
        """Return the settlements that words name in another language, in the nominative or as an adjective."""
        text = " ".join(said)
        found = list(self._towns.by_english(plain_latin(text))) or list(self._towns.find(text))
        if not found and len(said) == 1:
            adjective = cyrillic(text).casefold().rstrip("айеи") + "ий"
            cut = text[:-1] if len(text) > _SHORTEST_NAME else text
            found = list(self._towns.by_adjective(adjective)) or list(self._towns.find(cut))
        return [town for town in found if not country or country in self._towns.countries_of(town)]

    # Places that are not named in so many words

    def _by_adjective(self, one: Institution, near: Near) -> _Seat | None:
        """Return the seat of a town's or region's body («Амурская ТПП», «исполком Добрушского района»)."""
        country = one.country or near.country
        own = self._vocabulary.adjectives.get(country, frozenset())
        said = lemmas(self._outside(one))
        for lemma in said:
            if lemma in own or not lemma.endswith(TOPONYMIC):
                continue
            if self._nearby(one, near, lemma):
                regional = not one.region and self._in_region(lemma, near.region, said)
                return _Seat("", near.region, country) if regional else None
            seat = self._elsewhere(one, country, lemma, said)
            if seat is not None:
                return seat
        return self._contracted(one, country)

    def _outside(self, one: Institution) -> str:
        """Return a name without the titles that tell neither kind nor district («Музей «Витебские ковры»»)."""
        inner = innermost(parts_of(one))
        telling = (self._vocabulary.explained(one.kind) | _DISTRICT) & {*lemmas(inner), *folded(inner).split()}
        return one.name if telling or not one.kind else cut(one.name, inner)

    def _nearby(self, one: Institution, near: Near, lemma: str) -> bool:
        """Tell whether an adjective is that of the reporter or of its region."""
        if not self._told(one, lemma):
            return False
        if self._in_region(lemma, near.region, lemmas(one.name)):
            return True
        told_by = lemmas(near.town)
        return bool(told_by) and (adjective_of(lemma, near.town) or (lemma in told_by and not _AREAS & set(told_by)))

    def _elsewhere(self, one: Institution, country: str, lemma: str, said: Sequence[str]) -> _Seat | None:
        """Return the only town of an adjective in a country, else the only region."""
        towns = set[str]() if _OF_AREA & set(said) else self._towns_by(lemma, country, one.region)
        if len(towns) == 1 and self._told(one, lemma):
            return _Seat(min(towns), "", country)
        if one.region or towns:
            return None
        regions = [notation for notation in self._regions[country] if self._in_region(lemma, notation, said)]
        return _Seat("", regions[0], country) if len(regions) == 1 else None

    def _in_region(self, lemma: str, notation: str, said: Sequence[str]) -> bool:
        """Tell whether an adjective is a region's; where an oblast or krai is spoken of, no city is meant."""
        words = self._vocabulary.words.get(notation, frozenset())
        if _OF_AREA & set(said) and not _AREAS & words:
            return False
        return any(lemma == word or (len(word) > _SHORTEST_STEM and adjective_of(lemma, word)) for word in words)

    def _towns_by(self, lemma: str, country: str, region: str) -> set[str]:
        found = (town for town in self._towns.by_adjective(lemma) if country in self._towns.countries_of(town))
        towns = {town.name for town in found if not region or self._towns.region_of(town) == region}
        if towns or region:
            return towns
        begins = (country, lemma[:_SHORTEST_STEM])
        self._looking.add(begins)
        return {name for name in self._named(begins) if adjective_of(lemma, name)}

    def _told(self, one: Institution, lemma: str) -> bool:
        """Tell whether an adjective in a name gives its place: in a local body's name, or with the word «район»."""
        said = lemmas(one.name)
        district = any(a == lemma and _DISTRICT & set(said[at + 1 : at + 1 + _BETWEEN]) for at, a in enumerate(said))
        if one.region:
            return district and one.kind in self._vocabulary.seated
        unknown = not one.kind and bool(parts_of(one).initials)
        return unknown or district or one.kind in self._vocabulary.seated or one.kind in self._vocabulary.local

    def _contracted(self, one: Institution, country: str) -> _Seat | None:
        """Return the centre that a contracted word tells («Миноблисполком»)."""
        if one.region or one.kind not in self._vocabulary.seated:
            return None
        for surface in folded(one.name).split():
            for meaning in contracted(surface)[0]:
                towns = self._towns_by(meaning, country, "") if meaning.endswith(TOPONYMIC) else set[str]()
                if len(towns) == 1:
                    return _Seat(min(towns), "", country)
        return None

    def _by_title(self, one: Institution, near: Near) -> _Seat | None:
        """Return the town after which a club or broadcaster is called."""
        country = one.country or near.country
        inner = innermost(parts_of(one)) if one.kind in self._town_titled and not one.region else ""
        for text in filter(None, (inner.strip(), inner.rpartition("-")[2].strip())):
            towns = [town for town in self._towns.find(text) if country in self._towns.countries_of(town)]
            if any(town.population >= _LEAST_TOWN for town in towns):
                return _Seat(text, "", country)
        return None


def beginning(name: str, country: str) -> Beginning:
    """Return under what the name of a settlement is looked for: its country and first letters."""
    return (country, fold(name)[:_SHORTEST_STEM])


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

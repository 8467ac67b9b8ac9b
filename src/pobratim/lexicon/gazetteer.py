"""Settlements by Russian name and by adjective: GeoNames as packed by tools/build_gazetteer.py, and what we add to it.

GeoNames data is licensed CC BY 4.0 (geonames.org).
"""

import gzip
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pobratim.content import content_root
from pobratim.ground.lasting import lasting
from pobratim.lexicon.lexicon import LEX, lexicon
from pobratim.text.sounding import plain_latin
from pobratim.text.transliterate import slug
from pobratim.text.words import TOPONYMIC, Word, fold

_SAME_REGION, _SAME_COUNTRY, _FAMOUS = 100, 8, 20
_FORMER = "*"
"""Stands before a former name in settlements-extra.tsv."""
_PART_OF = "http://purl.org/dc/terms/isPartOf"


@dataclass(frozen=True, slots=True)
class Settlement:
    """A settlement: ``names`` are Russian, the preferred one first and again in ``name``; degrees are WGS 84.

    ``admin1`` is GeoNames' code of the first-level area with its country ("RU.69"), which may differ from ``country``
    where sources name another one. ``geonames`` is 0 and coordinates are None for what GeoNames does not have;
    ``country`` is alpha-2. ``former`` are those of the names that it bore once.
    """

    geonames: int
    name: str
    names: tuple[str, ...]
    country: str
    admin1: str
    lat: float | None
    lon: float | None
    population: int
    english: str
    former: tuple[str, ...] = ()


@lru_cache(maxsize=100_000)
def spelling_key(name: str) -> str:
    """Return a name folded for comparing: lower case, ё as е, hyphens as spaces."""
    return " ".join(fold(name).replace("-", " ").split())


class Gazetteer:
    """Finds settlements. ``Gazetteer.load()`` gives the one of ontology/; ``lines`` are those of the packed file."""

    def __init__(
        self, lines: Sequence[str], extra: Iterable[str] = (), areas: Mapping[str, "Area"] | None = None
    ) -> None:
        """Take the packed file's lines (by GeoNames id), those of settlements-extra.tsv, and areas by GeoNames code."""
        self.lines = lines
        self._lines: dict[str, list[str]] = {}
        self._made: dict[str, Settlement] = {}
        self._added: dict[str, list[str]] = {}
        self._former: set[str] = set()
        self._territory: dict[str, str] = {}
        self._adjectives: dict[str, list[tuple[str, str]]] = {}
        self.landscapes: frozenset[str] = frozenset()
        """Lands, mountains and rivers whose names are towns' as well, folded."""
        self._adjective_memory: dict[str, tuple[Settlement, ...]] = {}
        self._claims: dict[tuple[int, str, str, str], tuple[str, ...]] = {}
        self._english: dict[str, list[int]] = {}
        self._areas = areas or {}
        once = spelling_key.__wrapped__  # a hundred thousand names of which few are asked for again
        for line in lines:
            for name in line[line.rindex("\t") + 1 :].split("|"):
                self._lines.setdefault(once(name), []).append(line)
        for line in extra:
            self._add(line)

    @staticmethod
    @cache
    def load() -> "Gazetteer":
        """Return the gazetteer of ontology/, read once."""
        folder = content_root() / "ontology"
        packed = gzip.decompress((folder / "settlements.tsv.gz").read_bytes()).decode()
        extra = (folder / "settlements-extra.tsv").read_text(encoding="utf-8")
        with lasting():
            return Gazetteer(_content(packed), _content(extra), _areas_by_code())

    def _add(self, line: str) -> None:
        """Take one line of settlements-extra.tsv; the file's head says what its columns mean."""
        name, places, others, adjectives, number = [*line.split("\t"), "", "", ""][:5]
        if name == "-":
            self._adjectives.update((fold(adjective), []) for adjective in _listed(adjectives))
            self.landscapes |= {fold(landscape) for landscape in _listed(others)}
            return
        country, _, territory = places.partition("/")
        listed = _listed(others)
        names = [name, *(one.removeprefix(_FORMER) for one in listed)]
        self._former.update(one.removeprefix(_FORMER) for one in listed if one.startswith(_FORMER))
        chosen = self._packed_line(names, country, number) or f"0\t{country}\t\t\t\t0\t\t{name}"
        self._added.setdefault(chosen, []).extend(names)
        if territory:
            self._territory[chosen] = territory
        for spelling in names:
            at = self._lines.setdefault(spelling_key(spelling), [])
            if chosen not in at:
                at.append(chosen)
        for adjective in _listed(adjectives):
            self._adjectives.setdefault(fold(adjective), []).append((name, country))

    def _packed_line(self, names: list[str], country: str, number: str) -> str:
        """Return the line of a GeoNames id, else of the largest settlement with the first name known in the country."""
        if number:
            return self._numbered(int(number))
        for name in names:
            known = [line for line in self._lines.get(spelling_key(name), []) if line.split("\t")[1] == country]
            if known:
                return max(known, key=_population)
        return ""

    def _numbered(self, geonames: int) -> str:
        at = bisect_left(self.lines, geonames, key=_number)
        return self.lines[at] if at < len(self.lines) and _number(self.lines[at]) == geonames else ""

    def by_number(self, geonames: int) -> Settlement | None:
        """Return the settlement of a GeoNames id, None for an id that the packed file lacks."""
        line = self._numbered(geonames)
        return self._settlement(line) if line else None

    def find(self, name: str) -> tuple[Settlement, ...]:
        """Return the settlements of a nominative name in any spelling, the most populous first.

        A town known by another name is left out where a town of its country bears this one (Ставрополь is not
        Тольятти), unless it is more than twenty times larger (Новгород is Великий Новгород).
        """
        key = spelling_key(name)
        lines = self._lines.get(key)
        if not lines:  # so it is of most words that might be a name
            return ()
        found = sorted(map(self._settlement, lines), key=lambda s: (-s.population, s.country, s.geonames))
        bearers = {s.country: s.population for s in reversed(found) if spelling_key(s.name) == key}
        return tuple(
            s for s in found if spelling_key(s.name) == key or s.population > _FAMOUS * bearers.get(s.country, -1)
        )

    def keyed(self, names: Collection[str]) -> list[Settlement]:
        """Return the settlements whose name is written in keys as one of some («velizh»), by GeoNames id."""
        letters, begins = {name[:1] for name in names}, dict[str, str]()
        found = []
        for line in dict.fromkeys((*self.lines, *self._added)):
            name = next(iter(self._added.get(line, ())), "") or line[line.rindex("\t") + 1 :].partition("|")[0]
            first = name[:1]
            if first not in begins:
                begins[first] = slug(first)[:1]
            if begins[first] in letters and slug(name) in names:
                found.append(self._settlement(line))
        return found

    def begun(self, name: str, most: int) -> list[Settlement]:
        """Return so many settlements at most that have a name which begins so, the most populous first."""
        begin = spelling_key(name)
        lines = {line for key, found in self._lines.items() if key.startswith(begin) for line in found} if begin else ()
        return [self._settlement(line) for line in sorted(lines, key=lambda line: (-_population(line), line))[:most]]

    def _settlement(self, line: str) -> Settlement:
        made = self._made.get(line)
        if made is None:
            number, country, admin1, lat, lon, population, english, names = line.split("\t")
            spellings = tuple(dict.fromkeys([*self._added.get(line, ()), *names.split("|")]))
            made = self._made[line] = Settlement(
                int(number), spellings[0], spellings, country, f"{country}.{admin1}" if admin1 else "",
                float(lat) if lat else None, float(lon) if lon else None, int(population), english,
                tuple(name for name in self._added.get(line, ()) if name in self._former),
            )  # fmt: skip
        return made

    def by_english(self, name: str) -> tuple[Settlement, ...]:
        """Return the settlements of a name in Latin letters, whatever its marks."""
        if not self._english:
            for line in self.lines:
                number, _, _, _, _, _, english, _ = line.split("\t")
                if english:
                    self._english.setdefault(_latin_key(english), []).append(int(number))
        return tuple(s for number in self._english.get(_latin_key(name), ()) if (s := self.by_number(number)))

    def by_adjective(self, lemma: str) -> tuple[Settlement, ...]:
        """Return the settlements from whose name a masculine adjective («витебский») may be derived."""
        lemma = fold(lemma)
        found = self._adjective_memory.get(lemma)
        if found is None:
            listed = self._adjectives.get(lemma)
            if listed is None:
                plain, stripped = _origins(lemma)
                towns = [s for name in plain for s in self.find(name)] or [
                    s for name in stripped for s in self.find(name)
                ]
            else:
                towns = [s for name, country in listed for s in self.find(name) if s.country == country]
            unique = {(s.geonames, s.name, s.country): s for s in towns}
            found = self._adjective_memory[lemma] = tuple(sorted(unique.values(), key=lambda s: -s.population))
        return found

    def of_adjective(self, adjective: Word) -> Iterator[Settlement]:
        """Yield the settlements of which an adjective may be made, by each of its lemmas in alphabetical order."""
        for lemma in sorted(adjective.lemmas):
            yield from self.by_adjective(lemma)

    def of_no_town(self, lemma: str) -> bool:
        """Tell whether an adjective is listed as one of a region, sea, feast or person («донской»)."""
        return self._adjectives.get(fold(lemma)) == []

    def choose(
        self,
        candidates: Sequence[Settlement],
        *,
        country: str = "",
        region: str = "",
        home_country: str = "",
        home_region: str = "",
    ) -> Settlement | None:
        """Return the likeliest of namesakes, None if there are none.

        The country and region named beside decide. Then the larger town is meant, where one of the home country counts
        as eight times larger than it is, one of the home region as a hundred times. The answer's ``country`` is one
        that the lexicon lets claim the place: the one named beside, else home, else a territory outside ISO 3166,
        else GeoNames'.
        """

        def rank(settlement: Settlement) -> tuple[bool, bool, int]:
            own, claims = self.region_of(settlement), self.countries_of(settlement)
            nearness = _SAME_REGION if home_region and own == home_region else 1
            if nearness == 1 and home_country in claims:
                nearness = _SAME_COUNTRY
            return (
                country in claims if country else True,
                own == region if region else True,
                (settlement.population + 1) * nearness,
            )

        best = max(candidates, key=rank, default=None)
        if best is None:
            return None
        claims = self.countries_of(best)
        named = next((one for one in (country, home_country) if one in claims), claims[-1])
        return best if named == best.country else replace(best, country=named)

    def countries_of(self, settlement: Settlement) -> tuple[str, ...]:
        """Return the notations under which sources name the settlement's country: those that claim it, then GeoNames'.

        A territory outside ISO 3166 comes last: it is what a source means that names no country.
        """
        key = (settlement.geonames, settlement.name, settlement.country, settlement.admin1)
        found = self._claims.get(key)
        if found is None:
            own = settlement.country if settlement.country[:1] != "Q" else ""
            area = self._area(settlement)
            listed = next((self._territory[line] for line in self._lines_of(settlement) if line in self._territory), "")
            claims = (area.country, own, area.territory, listed)
            found = self._claims[key] = tuple(dict.fromkeys(one for one in claims if one)) or (settlement.country,)
        return found

    def region_of(self, settlement: Settlement) -> str:
        """Return the region notation (ISO 3166-2) of a settlement, "" if unknown."""
        return self._area(settlement).region

    def is_principal(self, settlement: Settlement) -> bool:
        """Tell whether the settlement is the most populous bearer of its name in its country."""
        known = self.find(settlement.name)
        own = next((s for s in known if s.geonames and s.geonames == settlement.geonames), settlement)
        return next((s for s in known if s.country == own.country), own) == own

    def _area(self, settlement: Settlement) -> "Area":
        return self._areas.get(settlement.admin1, _NOWHERE)

    def _lines_of(self, settlement: Settlement) -> list[str]:
        start = f"{settlement.geonames}\t"
        return [line for line in self._lines.get(spelling_key(settlement.name), ()) if line.startswith(start)]


@dataclass(frozen=True, slots=True)
class Area:
    """What the lexicon says of a GeoNames area: region, its country, territory outside ISO 3166 (notations)."""

    region: str = ""
    country: str = ""
    territory: str = ""


_NOWHERE = Area()


def _latin_key(name: str) -> str:
    """Return Latin letters folded: lower case, without accents, hyphens as spaces."""
    return " ".join(plain_latin(name).replace("-", " ").split())


def _content(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _listed(column: str) -> list[str]:
    return [part.strip() for part in column.split(",") if part.strip()]


def _population(line: str) -> int:
    return int(line.split("\t")[5])


def _number(line: str) -> int:
    return int(line[: line.index("\t")])


@cache
def _areas_by_code() -> dict[str, Area]:
    known = lexicon()
    countries = {concept.iri: concept.notation for concept in known.concepts("country")}
    areas = {
        code: Area(territory=concept.notation)
        for concept in known.concepts("territory")
        for code in concept.extra.get(LEX + "admin1", [])
    }
    for concept in known.concepts("region"):
        country = next((countries[iri] for iri in concept.extra.get(_PART_OF, []) if iri in countries), "")
        for code in concept.extra.get(LEX + "admin1", []):
            areas[code] = Area(concept.notation, country)
    return areas


_ENDINGS = ("", "ь", "о", "а", "ы", "и", "е", "я", "ск", "ль", "ка", "ки")
# Consonants that soften before -ский: Калуга – калужский, Елабуга – елабужский.
_SOFTENED = {"ж": "г", "ш": "х", "ч": "к"}
_FLEETING = 5
_LINKS = ("ов", "ев", "ин", "ен", "ан", "ян", "ей", "он")


def _origins(lemma: str) -> tuple[list[str], list[str]]:
    """Return names that an adjective in -ский may come from: витебский ← Витебск, минский ← Минск, бобруйский …

    First those that keep the whole stem, then those that lose a linking -ов-, -ин-, -ан- (оршанский ← Орша).
    """
    suffix = next((s for s in TOPONYMIC if lemma.endswith(s)), "")
    base = lemma[: len(lemma) - len(suffix)]
    if not suffix or len(base) < 2:
        return [], []
    shorter = [base[:-2] for link in _LINKS if base.endswith(link) and len(base) >= 4]
    whole = [base + ("цк" if suffix[0] == "ц" else "ск"), *_with_endings(_stems(base, suffix))]
    return [name for name in whole if len(name) > 2], [name for name in _with_endings(shorter) if len(name) > 2]


def _stems(base: str, suffix: str) -> list[str]:
    """Return what may have stood before -ский or -цкий: минск-, коломен-/коломн-, калуж-/калуг-, бобруй-/бобру-."""
    stems = [base + "ц", base + "к", base + "т"] if suffix[0] == "ц" else [base]
    if base.endswith(("ь", "й")):
        stems.append(base[:-1])
    if base[-1] in _SOFTENED:
        stems.append(base[:-1] + _SOFTENED[base[-1]])
    if base.endswith("ен") and len(base) >= _FLEETING:
        # A fleeting vowel: коломенский ← Коломна.
        stems.append(f"{base[:-2]}н")
    return stems


def _with_endings(stems: list[str]) -> list[str]:
    return [stem + ending for stem in stems for ending in _ENDINGS]

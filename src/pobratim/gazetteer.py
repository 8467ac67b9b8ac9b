"""Settlements by Russian name and by adjective: GeoNames as packed by tools/build_gazetteer.py, and what we add to it.

GeoNames data is licensed CC BY 4.0 (geonames.org).
"""

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pobratim.content import content_root
from pobratim.lexicon.lexicon import LEX, lexicon
from pobratim.text.words import fold

_SAME_REGION, _SAME_COUNTRY = 100, 8


@dataclass(frozen=True, slots=True)
class Settlement:
    """A settlement: ``names`` are Russian, the preferred one first and again in ``name``; degrees are WGS 84.

    ``geonames`` is 0 and coordinates are None for what GeoNames does not have; ``country`` is alpha-2.
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


def spelling_key(name: str) -> str:
    """Return a name folded for comparing: lower case, ё as е, hyphens as spaces."""
    return " ".join(fold(name).replace("-", " ").split())


class Gazetteer:
    """Finds settlements. ``Gazetteer.load()`` gives the one of ontology/."""

    def __init__(self, lines: Iterable[str], extra: Iterable[str] = (), regions: dict[str, str] | None = None) -> None:
        """Take the lines of the packed file, those of settlements-extra.tsv, and region notations by GeoNames code."""
        self._lines: dict[str, list[str]] = {}
        self._made: dict[str, Settlement] = {}
        self._adjectives: dict[str, list[tuple[str, str]]] = {}
        self._adjective_memory: dict[str, tuple[Settlement, ...]] = {}
        self._regions = regions or {}
        for line in lines:
            for name in line[line.rindex("\t") + 1 :].split("|"):
                self._lines.setdefault(spelling_key(name), []).append(line)
        for line in extra:
            self._add(line)

    @staticmethod
    @cache
    def load() -> "Gazetteer":
        """Return the gazetteer of ontology/, read once."""
        folder = content_root() / "ontology"
        packed = gzip.decompress((folder / "settlements.tsv.gz").read_bytes()).decode()
        extra = (folder / "settlements-extra.tsv").read_text(encoding="utf-8")
        return Gazetteer(_content(packed), _content(extra), _regions_by_code())

    def _add(self, line: str) -> None:
        name, country, names, adjectives = (line.split("\t") + ["", ""])[:4]
        spellings = [part.strip() for part in names.split(",") if part.strip()]
        known = [old for old in self._lines.get(spelling_key(name), []) if old.split("\t")[1] == country]
        chosen = max(known, key=_population, default=f"0\t{country}\t\t\t\t0\t\t{name}")
        for spelling in (name, *spellings):
            at = self._lines.setdefault(spelling_key(spelling), [])
            if chosen not in at:
                at.append(chosen)
        for adjective in adjectives.split(","):
            if adjective.strip():
                self._adjectives.setdefault(fold(adjective.strip()), []).append((name, country))

    def find(self, name: str) -> tuple[Settlement, ...]:
        """Return the settlements of a nominative name in any spelling, the most populous first."""
        lines = self._lines.get(spelling_key(name), ())
        return tuple(sorted(map(self._settlement, lines), key=lambda s: (-s.population, s.country, s.geonames)))

    def _settlement(self, line: str) -> Settlement:
        made = self._made.get(line)
        if made is None:
            number, country, admin1, lat, lon, population, english, names = line.split("\t")
            spellings = tuple(names.split("|"))
            made = self._made[line] = Settlement(
                int(number), spellings[0], spellings, country, admin1,
                float(lat) if lat else None, float(lon) if lon else None, int(population), english,
            )  # fmt: skip
        return made

    def by_adjective(self, lemma: str) -> tuple[Settlement, ...]:
        """Return the settlements from whose name a masculine adjective («витебский») may be derived."""
        lemma = fold(lemma)
        found = self._adjective_memory.get(lemma)
        if found is None:
            listed = [s for name, country in self._adjectives.get(lemma, []) for s in self.find(name) if s.country == country]
            plain, stripped = _origins(lemma)
            derived = [s for name in plain for s in self.find(name)] or [s for name in stripped for s in self.find(name)]
            unique = {(s.geonames, s.name, s.country): s for s in (listed or derived)}
            found = self._adjective_memory[lemma] = tuple(sorted(unique.values(), key=lambda s: -s.population))
        return found

    def choose(
        self, candidates: Sequence[Settlement], *, country: str = "", region: str = "", home_country: str = "", home_region: str = ""
    ) -> Settlement | None:
        """Return the likeliest of namesakes, None if there are none.

        The country and region named beside decide. Then the larger town is meant, where one of the home country counts
        as eight times larger than it is, one of the home region as a hundred times.
        """

        def rank(settlement: Settlement) -> tuple[bool, bool, int]:
            own = self.region_of(settlement)
            nearness = _SAME_REGION if home_region and own == home_region else 1
            if nearness == 1 and settlement.country == home_country:
                nearness = _SAME_COUNTRY
            return (
                settlement.country == country if country else True,
                own == region if region else True,
                (settlement.population + 1) * nearness,
            )

        return max(candidates, key=rank, default=None)

    def region_of(self, settlement: Settlement) -> str:
        """Return the region notation (ISO 3166-2) of a settlement, "" if unknown."""
        return self._regions.get(f"{settlement.country}.{settlement.admin1}", "")

    def is_principal(self, settlement: Settlement) -> bool:
        """Tell whether the settlement is the most populous bearer of its name in its country."""
        return next((s for s in self.find(settlement.name) if s.country == settlement.country), settlement) == settlement


def _content(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _population(line: str) -> int:
    return int(line.split("\t")[5])


@cache
def _regions_by_code() -> dict[str, str]:
    return {code: c.notation for c in lexicon().concepts("region") for code in c.extra.get(LEX + "admin1", [])}


_ENDINGS = ("", "ь", "о", "а", "ы", "и", "е", "я", "ск")
_LINKS = ("ов", "ев", "ин", "ен", "ан", "ян", "ей", "он")


def _origins(lemma: str) -> tuple[list[str], list[str]]:
    """Return names that an adjective in -ский may come from: витебский ← Витебск, минский ← Минск, бобруйский …

    First those that keep the whole stem, then those that lose a linking -ов-, -ин-, -ан- (оршанский ← Орша).
    """
    suffix = next((s for s in ("ской", "ский", "цкий", "цкой") if lemma.endswith(s)), "")
    base = lemma[: len(lemma) - len(suffix)]
    if not suffix or len(base) < 2:
        return [], []
    stems = [base + "ц", base + "к", base + "т"] if suffix[0] == "ц" else [base]
    whole = [base + ("цк" if suffix[0] == "ц" else "ск"), *(stem + ending for stem in stems for ending in _ENDINGS)]
    shorter = [base[:-2] for link in _LINKS if base.endswith(link) and len(base) >= 4]
    return [n for n in whole if len(n) > 2], [stem + ending for stem in shorter for ending in _ENDINGS if len(stem + ending) > 2]

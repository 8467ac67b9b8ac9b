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
            derived = [s for name in _origins(lemma) for s in self.find(name)]
            unique = {(s.geonames, s.name, s.country): s for s in (listed or derived)}
            found = self._adjective_memory[lemma] = tuple(sorted(unique.values(), key=lambda s: -s.population))
        return found

    def choose(
        self, candidates: Sequence[Settlement], *, country: str = "", region: str = "", home_country: str = "", home_region: str = ""
    ) -> Settlement | None:
        """Return the likeliest of namesakes, None if there are none.

        The country and region named beside decide; then a town large enough to be meant without a country, then the
        home region, then the home country, then population.
        """
        def rank(settlement: Settlement) -> tuple[bool, bool, bool, bool, int]:
            own = self.region_of(settlement)
            return (
                settlement.country == country if country else True,
                own == region if region else True,
                bool(home_region) and own == home_region,
                settlement.country == home_country and not country,
                settlement.population,
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


def _origins(lemma: str) -> list[str]:
    """Return the names that «-ский» may come from: витебский ← Витебск, вяземский ← Вяземск, минский ← Минск, Мин(а, о, ы…)."""
    for suffix in ("ской", "ский", "цкий", "цкой"):
        if lemma.endswith(suffix) and len(lemma) > len(suffix) + 1:
            base = lemma[: -len(suffix)]
            stems = [base]
            if suffix[0] == "ц":
                stems = [base + "ц", base + "к", base + "т"]
                direct = [base + "цк"]
            else:
                direct = [base + "ск"]
            for ending in ("ов", "ев", "ин", "ен", "ан", "ян", "ей", "он"):
                if base.endswith(ending) and len(base) - len(ending) >= 2:
                    stems.append(base[: -len(ending)])
            endings = ("", "ь", "о", "а", "ы", "и", "е", "я", "ск")
            return [*direct, *(stem + ending for stem in stems for ending in endings if len(stem + ending) > 2)]
    return []

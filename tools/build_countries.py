"""Make ontology/countries.ttl from CLDR (babel), ISO 3166-1 (pycountry) and the hand-written tools/countries.tsv.

The concepts are those of the EU Publications Office country table, whose codes are ISO 3166-1 alpha-3.
``--check`` fails where the committed file differs.
"""

import gettext
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pycountry
from babel import Locale

ROOT = Path(__file__).parents[1]
_COLUMNS = 5
TARGET = ROOT / "ontology" / "countries.ttl"
HEAD = """\
# Countries with their Russian and English names. Made by tools/build_countries.py: edit tools/countries.tsv instead.
# Names: Unicode CLDR and ISO 3166-1. Concepts: EU Publications Office, country table.
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix lex: <https://w3id.org/pobratim/lexicon#> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .

<https://w3id.org/pobratim/def/country> a skos:ConceptScheme ;
    skos:prefLabel "Страны"@ru, "Countries"@en ;
    dct:title "Страны"@ru, "Countries"@en ;
    dct:description "Страны по таблице Бюро публикаций ЕС, с названиями и прилагательными русских отчётов."@ru,
        "Countries of the EU Publications Office's table, with the names and adjectives of Russian reports."@en .
"""


def main() -> int:
    """Write the file, or compare with it."""
    text = "\n".join([HEAD, *concepts()])
    if "--check" in sys.argv:
        return 0 if TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


def concepts() -> Iterator[str]:
    """Yield the Turtle of each country, by alpha-3 code."""
    own = by_hand()
    official = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["ru"])
    russian, english = Locale("ru").territories, Locale("en").territories
    shorts = Counter(short_name(russian[country.alpha_2]) for country in pycountry.countries)
    for country in sorted(pycountry.countries, key=lambda item: item.alpha_3):
        adjectives, names, literals, everyday, districts = own.get(country.alpha_2, ([], [], [], [], []))
        short = short_name(russian[country.alpha_2])
        long = official.gettext(country.official_name) if hasattr(country, "official_name") else ""
        cyrillic = long if long and not long.isascii() and "," not in long else ""
        if shorts[short] > 1:  # two have it: «Виргинские острова»
            names, short = [*names, short], cyrillic
        others = [name for name in dict.fromkeys([*names, cyrillic]) if name and name != short]
        marks = {"lex:adjective": adjectives, "lex:everyday": everyday, "lex:townDistricts": ["true"] * bool(districts)}
        yield concept(country.alpha_3, country.alpha_2, short, english[country.alpha_2], others, literals, marks)


def short_name(name: str) -> str:
    """Return a CLDR name without what stands in brackets («Гонконг (САР)»), its «о-ва» and «о-в» written out."""
    return name.split(" (")[0].replace("о-ва", "острова").replace("о-в ", "остров ")


def by_hand() -> dict[str, list[list[str]]]:
    """Return adjectives, names, literal names, everyday words and whether towns name districts, by alpha-2 code."""
    table = {}
    for line in (ROOT / "tools" / "countries.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, *columns = line.split("\t")
            columns += [""] * (_COLUMNS - len(columns))
            table[code] = [[x.strip() for x in c.split(",") if x.strip()] for c in columns]
    return table


def concept(
    alpha3: str,
    alpha2: str,
    short: str,
    english: str,
    others: list[str],
    literals: list[str],
    marks: Mapping[str, list[str]],
) -> str:
    """Return one concept in Turtle; ``marks`` are further predicates with their values."""
    lines = [
        f"country:{alpha3} a skos:Concept, dct:Location ;",
        "    skos:inScheme <https://w3id.org/pobratim/def/country> ;",
        f'    skos:notation "{alpha2}" ;',
        f'    skos:prefLabel "{short}"@ru, "{english}"@en ;',
    ]
    for predicate, values, tag in (
        ("skos:altLabel", others, "@ru"),
        ("skos:hiddenLabel", literals, "@ru"),
        *((predicate, values, "") for predicate, values in marks.items()),
    ):
        if values:
            lines.append(f"    {predicate} " + ", ".join(f'"{value}"{tag}' for value in values) + " ;")
    lines[-1] = lines[-1][:-2] + " ."
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())

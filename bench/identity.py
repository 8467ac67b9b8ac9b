"""How the time that identity takes grows with the number of mentions, up to those of a whole country.

``python -m bench.identity`` prints a row a size; ``--write`` puts the table into README.md. The mentions are made up:
towns of the gazetteer, in each the same kinds of institutions, each named in several wordings by many reports, some
without place. Equal arguments make equal mentions.
"""

import argparse
import time
from collections.abc import Iterator
from itertools import islice

from bench.readme import put
from pobratim.lexicon.gazetteer import Gazetteer, Settlement
from pobratim.lexicon.lexicon import lexicon
from pobratim.record import Institution
from pobratim.resolve.keys import place_key
from pobratim.resolve.ledger import Verdicts
from pobratim.resolve.namings import Mention
from pobratim.resolve.organisations import resolve_organisations
from pobratim.resolve.vocabulary import from_lexicon

SIZES = (12_500, 25_000, 50_000, 100_000)
ROWS_OF_A_REPORT = 40

# kind, number of them in a town, wordings; {n} is a number, {t} the town, {p} a namesake, {w} a title.
_KINDS = (
    ("secondary-school", 6, ("МБОУ «СШ № {n}»", "Средняя школа № {n} г. {t}", "СОШ №{n}", "МБОУ СОШ № {n} имени {p}")),
    ("gymnasium", 2, ("Гимназия № {n}", "ГУО «Гимназия № {n} г. {t}»", "МАОУ «Гимназия № {n} имени {p}»")),
    ("kindergarten", 4, ("Детский сад № {n}", "МБДОУ «Детский сад № {n}»", "МБДОУ детский сад № {n} «{w}»")),
    ("art-school", 2, ("ДШИ № {n}", "МБУДО «Детская школа искусств № {n} имени {p}»", "Детская школа искусств № {n}")),
    ("library", 2, ("Библиотека имени {p}", "Центральная городская библиотека имени {p}", "МБУК «Библиотека им. {p}»")),
    ("museum", 3, ("Музей «{w}»", "МБУК «Музей «{w}»», г. {t}", "Краеведческий музей «{w}»")),
    ("club", 4, ("Клуб «{w}»", "Молодёжный клуб «{w}»", "клуб «{w}» г. {t}")),
    ("company", 4, ("ООО «{w}»", "Общество с ограниченной ответственностью «{w}»", "«{w}»")),
    ("administration", 1, ("Администрация г. {t}", "Администрация города {t}", "администрация городского округа")),
    ("ministry", 1, ("Министерство культуры России", "Министерство культуры РФ", "Минкультуры России")),
)  # fmt: skip
_PLACELESS = {"ministry"}
_PEOPLE = ("Пушкина", "Гоголя", "Гагарина", "Чехова", "Толстого", "Горького", "Глинки", "Тургенева", "Есенина")
_FIRST = ("Новый", "Старый", "Белый", "Красный", "Тихий", "Светлый", "Дальний", "Речной", "Лесной", "Северный")
_SECOND = ("берег", "мост", "город", "дом", "причал", "родник", "колос", "парус", "маяк", "рассвет", "компас")
_TITLES = tuple(f"{first} {second}" for first in _FIRST for second in _SECOND)
_WITHOUT_PLACE = 5
"""Every fifth mention says nothing of its place, as rows often do."""


def mentions(count: int) -> Iterator[Mention]:
    """Yield made-up mentions, town after town; each town has as many as its institutions have wordings, twice."""
    return islice(_all(), count)


def _all() -> Iterator[Mention]:
    gazetteer = Gazetteer.load()
    number = 0
    for index, town in enumerate(towns()):
        key, region = place_key(town.name, town.country, geonames=town.geonames), gazetteer.region_of(town)
        for kind, name, school in _names(index, town):
            number += 1
            placed = number % _WITHOUT_PLACE > 0 and kind not in _PLACELESS
            one = Institution(
                "i0", name, place=town.name if placed else "", country=town.country, kind=kind, number=school
            )
            report, row = divmod(number, ROWS_OF_A_REPORT)
            yield Mention(f"r{report}", row, one, key if placed else "", key, region, town.name)


def towns() -> list[Settlement]:
    """Return the towns of three countries, the largest first."""
    gazetteer = Gazetteer.load()
    known = [gazetteer.by_number(int(line.split("\t", 1)[0])) for line in gazetteer.lines]
    towns = [town for town in known if town is not None and town.country in ("RU", "BY", "KZ")]
    return sorted(towns, key=lambda town: (-town.population, town.geonames))


def _names(index: int, town: Settlement) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, name, number) of a town's institutions, each in all its wordings and twice."""
    for kind, names, number in wordings(index, town):
        for name in names * 2:
            yield kind, name, number


def wordings(index: int, town: Settlement) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield kind, names and number ("" if none) of the institutions of the town at ``index``."""
    for kind, each, said_as in _KINDS:
        for which in range(each):
            number = str(which + 1) if "{n}" in said_as[0] else ""
            said = {
                "n": number,
                "t": town.name,
                "p": _PEOPLE[(index + which) % len(_PEOPLE)],
                "w": _TITLES[(index * 7 + which * 13) % len(_TITLES)],
            }
            yield kind, tuple(wording.format(**said) for wording in said_as), number


def measure(count: int) -> tuple[float, int, int]:
    """Return CPU-seconds, organisations found and questions left of ``count`` mentions."""
    given, vocabulary = list(mentions(count)), from_lexicon(lexicon())
    start = time.process_time()
    found = resolve_organisations(given, vocabulary, Verdicts())
    return time.process_time() - start, len(found.entities), len(found.undecided)


def main() -> None:
    """Print the table, and with ``--write`` put it into the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    lines = ["| mentions | CPU-seconds | mentions per second | organisations | questions |", "|---|---|---|---|---|"]
    for size in SIZES:
        seconds, organisations, questions = measure(size)
        lines.append(f"| {size:,} | {seconds:.1f} | {size / seconds:,.0f} | {organisations:,} | {questions:,} |")
        print(lines[-1], flush=True)
    if options.write:
        put("identity", lines)


if __name__ == "__main__":
    main()

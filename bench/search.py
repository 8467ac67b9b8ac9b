"""Search over 100,000 labels: time and size of building, and per kind of query the time and what is found.

``python -m bench.search`` prints the tables; ``--write`` puts them into README.md. The labels are made up: towns of the
gazetteer, institutions of each in several wordings, events, agreements, series and people. Equal arguments make equal
labels and queries. A query counts as answered where the thing it was made from is among the first ten hits.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

import iuliia

from bench.identity import towns, wordings
from bench.readme import put
from pobratim.lexicon.gazetteer import Settlement
from pobratim.lexicon.lexicon import lexicon
from pobratim.search import SearchDocument, SearchIndex, build_index
from pobratim.text.folding import folded_words, is_cyrillic
from pobratim.text.transliterate import latin
from pobratim.text.words import inflect

LABELS = 100_000
QUERIES = 300
FIRST = 10
SEED = 2023

_SHORT = {
    "secondary-school": "СШ № {n}", "gymnasium": "гимн. № {n}", "kindergarten": "д/с № {n}", "art-school": "ДШИ № {n}",
}  # fmt: skip
_EVENTS = ("Международный фестиваль «{w}» в городе {t}", "Онлайн-встреча учащихся «{w}», {t}", "Выставка «{w}»")
_FIRST_NAMES = ("Иван", "Анна", "Пётр", "Мария", "Сергей", "Ольга", "Алексей", "Елена")
_SURNAMES = ("Иванов", "Кузнецов", "Смирнов", "Петров", "Соколов", "Орлов", "Волков", "Зайцев", "Белов")
_SCHEMES = (
    iuliia.BGN_PCGN,
    iuliia.GOST_779,
    iuliia.ICAO_DOC_9303,
    iuliia.MOSMETRO,
    iuliia.WIKIPEDIA,
    iuliia.YANDEX_MAPS,
)

Made = tuple[SearchDocument, Settlement, str, str]
"""A document with its town, its kind and its number or title."""


def documents(labels: int) -> list[Made]:
    """Return documents with so many names of all kinds together, or a few more."""
    found: list[Made] = []
    count = 0
    for made in _all():
        if count >= labels:
            break
        found.append(made)
        count += len(made[0].names)
    return found


def _all() -> Iterator[Made]:
    chance = random.Random(SEED)
    country = {key: (concept.label, concept.english) for key, concept in lexicon().countries.items()}
    for index, town in enumerate(towns()):
        place = {"ru": town.name, "en": town.english or latin(town.name)}
        state = dict(zip(("ru", "en"), country[town.country], strict=True))

        def made(
            type_: str,
            key: str,
            *names: str,
            about: tuple[str, ...] = (),
            town: Settlement = town,
            place: dict[str, str] = place,
            state: dict[str, str] = state,
        ) -> SearchDocument:
            return SearchDocument(
                f"https://data.example/id/{type_}/{town.geonames}-{key}", type_, {"ru": names[0]}, names, place, state,
                (*place.values(), *state.values()), about, chance.randrange(20),
            )  # fmt: skip

        yield made("place", "0", *dict.fromkeys((town.name, *place.values()))), town, "place", ""
        for number, (kind, names, which) in enumerate(wordings(index, town)):
            words = _kind_words(kind)
            yield made("institution", f"{number}", *names, latin(names[0]), about=words), town, kind, which
            if number % 4 == 0:
                title = chance.choice(_EVENTS).format(w=f"{chance.choice(_SURNAMES)}ские чтения {number}", t=town.name)
                yield made("event", f"{number}", title, about=("фестиваль",)), town, "event", ""
            if number % 8 == 0:
                person = f"{chance.choice(_FIRST_NAMES)} {chance.choice(_SURNAMES)}"
                yield made("person", f"{number}", person, about=("директор", *names)), town, "person", ""
                parties = f"Соглашение: {names[0]} — {chance.choice(('Смоленск', 'Витебск', 'Брест'))}, 20{number:02}"
                yield made("agreement", f"{number}", parties, about=names), town, "agreement", ""


def _kind_words(kind: str) -> tuple[str, ...]:
    concepts = [concept for concept in lexicon().concepts("organisation-kind") if concept.local == kind]
    return tuple(word for concept in concepts for word in (*concept.inflected, *concept.literal, concept.english))


def _exact(made: Made, chance: random.Random) -> str:
    del chance
    document, town, _, _ = made
    label = document.labels["ru"]
    return label if town.name in label else f"{label} {town.name}"


def _inflected(made: Made, chance: random.Random) -> str:
    words = folded_words(_exact(made, chance))
    return " ".join(_genitive(word) for word in words)


def _genitive(word: str) -> str:
    return next((form for pos in ("NOUN", "ADJF") if (form := inflect(word, pos, "gent", "sing"))), word)


def _abbreviation(made: Made, chance: random.Random) -> str:
    del chance
    _, town, kind, number = made
    return f"{_SHORT[kind].format(n=number)} {town.name}" if kind in _SHORT and kind != "gymnasium" else ""


def _typo(made: Made, chance: random.Random) -> str:
    words = _exact(made, chance).split()
    long = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return ""
    at = chance.choice(long)
    word, place = words[at], chance.randrange(1, len(words[at]) - 1)
    words[at] = chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + chance.choice("аеиорст") + word[place:],
        )
    )
    return " ".join(words)


def _prefix(made: Made, chance: random.Random) -> str:
    *before, last = _exact(made, chance).split()
    return " ".join([*before, last[: max(3, len(last) - chance.randrange(1, 4))]])


def _latin(made: Made, chance: random.Random) -> str:
    return str(chance.choice(_SCHEMES).translate(_exact(made, chance).replace("№", "")))


def _layout(made: Made, chance: random.Random) -> str:
    keys = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,.")
    words = [word for word in folded_words(_exact(made, chance)) if is_cyrillic(word) or word.isdigit()]
    return " ".join(words).translate(keys)


KINDS: dict[str, Callable[[Made, random.Random], str]] = {
    "exact": _exact, "inflected": _inflected, "abbreviation": _abbreviation, "typo": _typo, "prefix": _prefix,
    "Latin": _latin, "other keyboard layout": _layout,
}  # fmt: skip


def _queries(made: list[Made], make: Callable[[Made, random.Random], str], count: int) -> list[tuple[str, str]]:
    """Return queries with the IRI each was made from, of institutions, events and places alike."""
    chance = random.Random(SEED)
    # Ministries are called alike in every town of the made-up world, so that none of them is the right one.
    wanted = [item for item in made if item[0].type in ("institution", "event", "place") and item[2] != "ministry"]
    chance.shuffle(wanted)
    asked = ((make(item, chance), item[0].iri) for item in wanted)
    return list(islice(((text, iri) for text, iri in asked if text), count))


def measure(labels: int, count: int) -> Iterator[str]:
    """Yield the lines of both tables."""
    made = documents(labels)
    given = [item[0] for item in made]
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        build_index(given, Path(folder) / "index")
        seconds = time.process_time() - start
        size = sum(file.stat().st_size for file in (Path(folder) / "index").iterdir()) / 1e6
        names = sum(len(item.names) for item in given)
        yield "| labels | things | build, CPU-s | size, MB |\n|---|---|---|---|"
        yield f"| {names:,} | {len(given):,} | {seconds:.1f} | {size:.0f} |\n"
        index = SearchIndex.open(Path(folder) / "index")
        yield f"| query | CPU-ms, median | CPU-ms, 95 % | found in the first {FIRST} | example |\n|---|---|---|---|---|"
        for kind, make in KINDS.items():
            yield _line(kind, index, _queries(made, make, count))


def _line(kind: str, index: SearchIndex, queries: list[tuple[str, str]]) -> str:
    taken, found = [], 0
    for text, iri in queries:
        start = time.process_time()
        hits = index.find(text, limit=FIRST)
        taken.append((time.process_time() - start) * 1_000)
        found += iri in {hit.iri for hit in hits}
    last = quantiles(taken, n=20)[-1]
    return f"| {kind} | {median(taken):.1f} | {last:.1f} | {found / len(queries):.0%} | {queries[0][0]} |"


def main() -> None:
    """Print the tables, and with ``--write`` put them into the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into README.md")
    parser.add_argument("--labels", type=int, default=LABELS)
    parser.add_argument("--queries", type=int, default=QUERIES)
    options = parser.parse_args()
    lines = []
    for line in measure(options.labels, options.queries):
        lines.append(line)
        print(line, flush=True)
    if options.write:
        put("search", lines)


if __name__ == "__main__":
    main()

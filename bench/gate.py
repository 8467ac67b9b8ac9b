"""What the gate lets out of the reports with labelled persons, and what it masks for nothing.

``python -m bench.gate`` (``make persons``) loads the reports with gold and the report of invented persons, makes of the
store what may go out under each setting, and looks for the labelled names in the cells, and for private ones in every
byte: the words of their names that no other labelled person has, in any case, and their spelling in Latin letters.
``--errors`` lists what was cut or masked wrongly. The labelled names are no part of the project (``bench/persons.py``).
"""

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from bench.gold_reports import gold_files
from bench.persons import CLASSES, Labelled, asked, labelled, read
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.publishing.people.gated import gated_store
from pobratim.publishing.people.hidden import Hidden
from pobratim.publishing.people.rows import named
from pobratim.publishing.people.shown import SHOWN
from pobratim.publishing.settings import People
from pobratim.record import Record
from pobratim.store.directory import GenerationStore
from pobratim.text.transliterate import slug

SETTINGS: tuple[People, ...] = ("none", "office", "heads")
INVENTED = "invented"
_WORD = re.compile(r"[^\W\d_]{4,}")
_SHORTEST = 4


class Measured(NamedTuple):
    """Labelled names of a class that go out, and those that do not, under one setting; ``wrong`` lists the faults."""

    people: People
    out: Counter[str]
    masked: Counter[str]
    wrong: list[str]


def cells_of(record: Record, people: People) -> str:
    """Return the cells of a row as they go out, white space folded."""
    hidden = Hidden(people)
    hidden.read([record])
    key = f"{record.report}/{record.row}"
    return " | ".join(" ".join(hidden.cell(key, name, text).split()) for name, text in record.cells.items())


def measure(gold: Iterable[Labelled], reports: Mapping[str, list[Record]], people: People) -> Measured:
    """Return what becomes of labelled names under one setting."""
    rows = {(name, record.row): record for name, records in reports.items() for record in records}
    told = Measured(people, Counter(), Counter(), [])
    for one in gold:
        words = r"\s+".join(map(re.escape, one.name.split()))
        stands = re.compile(rf"(?<![\w-]){words}(?![\w-])")
        record = rows[one.report, one.row]
        if not any(stands.search(text) for text in record.cells.values()):
            continue
        is_out = stands.search(cells_of(record, people)) is not None
        (told.out if is_out else told.masked)[one.person_class] += 1
        if is_out != (one.person_class in SHOWN[people]):
            told.wrong.append(f"{people}: {one.report} {one.row}: {one.name} ({one.person_class}), out: {is_out}")
    return told


def false_stops(gold: Iterable[Labelled], reports: Mapping[str, list[Record]]) -> list[str]:
    """Return what is masked under "heads" although no labelled person of the row has a word of it."""
    known: dict[tuple[str, int], set[str]] = defaultdict(set)
    for one in gold:
        known[one.report, one.row].update(re.findall(r"[^\W\d_]{2,}", one.name.lower()))
    found = []
    for name, records in reports.items():
        for record in records:
            for stretch in named(record).names:
                words = set(re.findall(r"[^\W\d_]{2,}", stretch.text.lower()))
                if stretch.person_class not in SHOWN["heads"] and not words & known[name, record.row]:
                    found.append(f"{name} {record.row}: {stretch.text}")
    return found


def private_words(gold: Iterable[Labelled]) -> set[str]:
    """Return the words of private names that no other labelled name has, in lower case."""
    words: dict[bool, set[str]] = {True: set(), False: set()}
    for one in gold:
        words[one.person_class == "private"].update(word.lower() for word in _WORD.findall(one.name))
    return words[True] - words[False]


def leaks(folder: Path, words: Iterable[str]) -> Iterator[str]:
    """Yield words that stand in a byte of a folder of graphs, in Cyrillic or in Latin letters."""
    wanted = {spelt for word in words for spelt in (word, slug(word)) if len(spelt) >= _SHORTEST}
    for file in sorted(folder.rglob("*.nq")):
        if not file.name.startswith("ontology-"):
            found = set(re.findall(r"[^\W\d_]+", file.read_text(encoding="utf-8").lower()))
            yield from (f"{file.name}: {word}" for word in sorted(found & wanted))


def main() -> None:
    """Print the figures of each setting."""
    options = asked("The gate for persons against labelled names.")
    invented = options.gold / "private-freetext.tsv"
    gold = [*labelled(options.gold / "persons-shared.tsv"), *labelled(invented, INVENTED)]
    files = {name: gold_files()[name][0] for name in sorted({one.report for one in gold} - {INVENTED})}
    files[INVENTED] = invented.with_suffix(".txt")
    reports = {name: read(file) for name, file in files.items()}
    stops = false_stops(gold, reports)
    rows = sum(map(len, reports.values()))
    with tempfile.TemporaryDirectory() as place:
        store = GenerationStore(Path(place) / "store")
        load(list(files.values()), store, Settings())
        for people in SETTINGS:
            told = measure(gold, reports, people)
            gated = gated_store(store, people)
            words = sorted(set(leaks(gated.directory, sorted(private_words(gold)))))
            line = ", ".join(f"{name} {told.out[name]} of {told.out[name] + told.masked[name]}" for name in CLASSES)
            print(f"{people}: out: {line}; words of private names in the graphs: {len(words)}")
            if options.errors:
                print(*told.wrong, *words, sep="\n")
    print(f"masked for nothing: {len(stops)} in {rows} rows ({len(stops) / rows:.2f} a row)")
    if options.errors:
        print(*stops, sep="\n")


if __name__ == "__main__":
    main()

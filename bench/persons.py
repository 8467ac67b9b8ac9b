"""How well the classes of persons are told, against labelled names of reports with gold.

``python -m bench.persons`` (``--errors`` for the names told wrongly, ``--gold FOLDER`` for another folder) prints the
share that is right, in all and by class, what was taken for what, and the leaks: private persons taken for office,
head or honoured. The labelled names are no part of the project: a folder ``persons`` with ``persons-shared.tsv`` beside
the reports, and a report of invented persons; without it nothing is measured. ``HELD_OUT`` are reports by which no rule
was made before they were first measured; the figures of that time stand in ``first-contact.json``.
"""

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bench.gold_reports import ROOT, gold_files
from bench.quality import FIRST_CONTACT
from pobratim.extract.name_class import class_of_name
from pobratim.extract.person_class import Classed
from pobratim.load.pipeline import extract
from pobratim.load.settings import Settings
from pobratim.record import Record

FOLDER = ROOT.parent / "shared" / "data" / "persons"
CLASSES = ("office", "head", "private", "honoured")
HELD_OUT = ("far-east", "far-east-2024", "volga-ural-2024")


class Labelled(NamedTuple):
    """A name as it is written in a row of a report, and its class."""

    report: str
    row: int
    name: str
    person_class: str


class Told(NamedTuple):
    """A labelled name and what was told of it; "missing" where the row does not hold the name."""

    gold: Labelled
    person_class: str
    rule: str


def labelled(path: Path, report: str = "") -> list[Labelled]:
    """Return the labelled names of a table; ``report`` is that of a table without a column for it."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Labelled(row.get("report", report), int(row["row"]), row["name"], row["class"]) for row in rows]


def told(record: Record, name: str) -> Classed | None:
    """Return the class of a name in a row: where it is told to be several, the most public; None where it is not."""
    words = r"\s+".join(map(re.escape, name.split()))
    found = [
        class_of_name(record, column, match.start(), match.end())
        for column, text in record.cells.items()
        for match in re.finditer(rf"(?<![\w-]){words}(?![\w-])", text)
    ]
    return min(found, key=lambda one: CLASSES.index(one.person_class), default=None)


def judge(gold: Iterable[Labelled], reports: dict[str, list[Record]]) -> Iterator[Told]:
    """Yield what is told of labelled names of some reports."""
    rows = {(name, record.row): record for name, records in reports.items() for record in records}
    for one in gold:
        found = told(rows[one.report, one.row], one.name)
        yield Told(one, *(found or Classed("private", "missing")))


def read(path: Path) -> list[Record]:
    """Return the records of a report."""
    return extract([path], Settings())[0]


def table(found: list[Told]) -> list[str]:
    """Return the lines of a Markdown table: a row a class of the gold, how many are told to be what."""
    counts = Counter((one.gold.person_class, one.person_class) for one in found)
    lines = ["| gold | " + " | ".join(CLASSES) + " | right |", "|---" * (len(CLASSES) + 2) + "|"]
    for gold in CLASSES:
        figures = [counts[gold, name] for name in CLASSES]
        whole = sum(figures)
        share = f"{counts[gold, gold] / whole:.3f}" if whole else "–"
        lines.append("| " + " | ".join([gold, *map(str, figures), share]) + " |")
    right = sum(counts[name, name] for name in CLASSES)
    leaks = {name: counts["private", name] for name in CLASSES if name != "private"}
    told_leaks = ", ".join(f"{name} {count}" for name, count in leaks.items())
    return [*lines, f"right: {right} of {len(found)} ({right / len(found):.3f}); private taken for {told_leaks}"]


def asked(description: str) -> argparse.Namespace:
    """Return the options of a measure against labelled names. Ends the program where there are none."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--errors", action="store_true", help="list what was told wrongly")
    parser.add_argument("--gold", type=Path, default=FOLDER, help="folder of the labelled names")
    options = parser.parse_args()
    if not options.gold.is_dir():
        raise SystemExit(f"no labelled names in {options.gold}")
    return options


def main() -> None:
    """Print the tables of all reports, of those held out, and of the invented report."""
    options = asked("Classes of persons against labelled names.")
    gold = labelled(options.gold / "persons-shared.tsv")
    files = gold_files()
    found = list(judge(gold, {name: read(files[name][0]) for name in sorted({one.report for one in gold})}))
    invented = options.gold / "private-freetext.tsv"
    own = list(judge(labelled(invented, "invented"), {"invented": read(invented.with_suffix(".txt"))}))
    held = [one for one in found if one.gold.report in HELD_OUT]
    for title, part in (("all reports", found), ("held out", held), ("invented persons", own)):
        print(f"\n{title}\n", *table(part), sep="\n")
    first = json.loads(FIRST_CONTACT.read_text(encoding="utf-8"))["persons-held-out"]
    print(f"\nheld out at first contact: right {first['right']:.3f}, private taken for others {first['private_taken']}")
    if options.errors:
        for one in (*found, *own):
            if one.gold.person_class != one.person_class:
                print(*one.gold, one.person_class, one.rule, sep=" | ")


if __name__ == "__main__":
    main()

"""Precision and recall of identity on labelled pairs of institution names (tests/gold/institution-pairs.tsv).

``python -m bench.pairs`` prints a row a kind; ``--errors`` the pairs judged wrongly, ``--write`` puts the table into
both READMEs. The last lines are of the second and the third set, held out once and in view since, of names that say
little more than a kind which puts several sorts together («ковровая фабрика», «обувная фабрика»), and of institution-
pairs-heldout.tsv: pairs of which rules are not made, so that their errors are never printed. The two names of a pair
are read as two rows of two reports, told by the municipalities given, and resolved like any others: same means one key.
All that is known beside is that the participants' cell is a name, nothing else.
"""

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bench.readme import put
from pobratim.entities import ReportEntity
from pobratim.extract.cells import CellText
from pobratim.extract.geography import Geographer
from pobratim.extract.names import read_name
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.resolve import name_records, resolve

ROOT = Path(__file__).parent.parent
READMES = (ROOT / "README.md", ROOT / "README.ru.md")
FIRST_CONTACT = Path(__file__).with_name("first-contact.json")
PAIRS = ROOT / "tests" / "gold" / "institution-pairs.tsv"
LATER = {f"{name} set": PAIRS.with_name(f"institution-pairs-{name}.tsv") for name in ("second", "third")}
LATER["pairs of one kind and town"] = PAIRS.with_name("institution-pairs-sorts.tsv")
HELD_OUT = PAIRS.with_name("institution-pairs-heldout.tsv")


class Pair(NamedTuple):
    """A labelled pair; places are nominative names of municipalities, "" where the row would not tell."""

    kind: str
    name_a: str
    place_a: str
    name_b: str
    place_b: str
    same: str
    why: str


def pairs(path: Path = PAIRS) -> Iterator[Pair]:
    """Yield the pairs of a file with a heading row; quotation marks are text."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        yield from (Pair(*row) for row in rows)


@cache
def _geographer(country: str) -> Geographer:
    return Geographer(lexicon(), Gazetteer.load(), country, "")


@cache
def _country(place: str) -> str:
    """Return the country of a municipality, "" if unknown."""
    geos = _geographer("RU").find(CellText("place", f"г. {place}" if " " not in place else place)) if place else []
    return next((geo.country for geo in geos if geo.country), "")


def judged_same(pair: Pair) -> bool:
    """Tell whether the two names end under one key."""
    home = _country(pair.place_a) or _country(pair.place_b) or "RU"
    homes = (home, _country(pair.place_b) or home)
    sides = zip("ab", (pair.name_a, pair.name_b), (pair.place_a, pair.place_b), homes, strict=True)
    records = [read_name(name, place, slug, _geographer(at)) for slug, name, place, at in sides]
    reports = [ReportEntity(slug, slug, slug, slug, at, "", "") for slug, at in zip("ab", homes, strict=True)]
    left, right = name_records(resolve(records, reports, Gazetteer.load()))
    return bool({one.id for one in left.institutions} & {one.id for one in right.institutions})


def main() -> None:
    """Print the table, and the pairs judged wrongly if asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print the pairs judged wrongly")
    parser.add_argument("--write", action="store_true", help="put the table into README.md and README.ru.md")
    options = parser.parse_args()
    counts, wrong = judge(pairs())
    first = json.loads(FIRST_CONTACT.read_text(encoding="utf-8"))
    lines = table(counts, first[PAIRS.stem])
    for name, path in LATER.items():
        later, wrong_later = judge(pairs(path))
        lines += summary(name, later, first[path.stem])
        wrong += wrong_later
    lines += summary("held out", judge(pairs(HELD_OUT))[0], first[HELD_OUT.stem])
    print("\n".join(lines))
    for verdict, pair in wrong if options.errors else ():
        print(verdict, *pair, sep="\t")
    for path in READMES if options.write else ():
        put("pairs", lines, path)


Counts = dict[str, Counter[tuple[bool, bool]]]
"""By kind: how many pairs are (same, judged the same)."""


def judge(labelled: Iterable[Pair]) -> tuple[Counts, list[tuple[str, Pair]]]:
    """Return the counts, and the pairs judged wrongly as "missed" or "joined"."""
    counts: Counts = defaultdict(Counter)
    wrong: list[tuple[str, Pair]] = []
    for pair in labelled:
        same, got = pair.same == "yes", judged_same(pair)
        counts[pair.kind][same, got] += 1
        if same != got:
            wrong.append(("missed" if same else "joined", pair))
    return counts, wrong


def table(counts: Counts, first: dict[str, float]) -> list[str]:
    """Return the lines of a Markdown table: a row a kind, then all of them, now and at first contact."""
    lines = ["| kind | pairs | precision | recall |", "|---|---|---|---|"]
    lines += [_line(kind, found) for kind, found in sorted(counts.items())]
    return lines + summary("all", counts, first)


def summary(name: str, counts: Counts, first: dict[str, float]) -> list[str]:
    """Return the lines of a table that tell of all kinds together, now and at first contact."""
    whole = sum(counts.values(), Counter[tuple[bool, bool]]())
    met = f"| {name} at first contact | {whole.total()} | {first['precision']:.3f} | {first['recall']:.3f} |"
    return [_line(name, whole), met]


def _line(name: str, found: Counter[tuple[bool, bool]]) -> str:
    return f"| {name} | {found.total()} | {_share(found, True, False)} | {_share(found, False, True)} |"


def _share(found: Counter[tuple[bool, bool]], of_joined: bool, of_same: bool) -> str:
    """Return the share of right joins among all joins, or among all pairs that are the same; "–" of none."""
    right = found[True, True]
    whole = right + (found[False, True] if of_joined else 0) + (found[True, False] if of_same else 0)
    return f"{right / whole:.3f}" if whole else "–"


if __name__ == "__main__":
    main()

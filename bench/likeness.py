"""Whether a model's likeness of two bodies' names tells ties that the rules of ``tie_pairs.py`` do not.

``python -m bench.likeness`` adds to the model of ties what a likeness says of each pair of bodies (very alike, alike, a
little alike, the most alike of the row) and prints how ties are told of reports that were left out of the fit, with and
without it. Likenesses: *letters*, no model at all (rapidfuzz), and *navec*, the mean of word vectors that natasha's
wheel holds. ``--write`` puts the table into bench/README.md. The report held back is not looked at.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from bench.gold_reports import fitting_files
from bench.readme import put
from bench.tie_gold import Asked, Gold, all_gold, rows_of
from bench.weights import Told, left_out, table_of
from pobratim.extract.verdicts import Choice, Weight
from pobratim.text.tokens import tokenize

VECTORS = "data/emb/navec_news_v1_1B_250K_300d_100q.tar"
_STEPS = {"very-alike": 0.2, "alike": 0.4, "little-alike": 0.6}
"""Share of the pairs of bodies that are at least so alike: each likeness has a scale of its own."""
_MOST = "most-alike"
NEW = (*_STEPS, _MOST)

Likeness = Callable[[str, str], float]


def letters(one: str, other: str) -> float:
    """Return how alike two names are by their letters, 0 to 1."""
    return fuzz.token_set_ratio(one.lower(), other.lower()) / 100


def navec() -> Likeness:
    """Return the likeness of names by the mean of their words' vectors. Needs natasha and navec."""
    from navec import Navec

    found = find_spec("natasha")
    if found is None or found.origin is None:
        raise SystemExit("natasha is not installed: pip install 'pobratim[ner]'")
    vectors = Navec.load(str(Path(found.origin).with_name("data") / Path(VECTORS).relative_to("data")))

    @cache
    def mean(name: str) -> NDArray[np.float32]:
        words = [token.word for token in tokenize(name) if token.kind == "word"]
        known = [
            vectors[text] for each in words for text in [next((t for t in _forms(each) if t in vectors), "")] if text
        ]
        whole = np.mean(known, axis=0) if known else np.zeros(300, dtype=np.float32)
        unit: NDArray[np.float32] = whole / (np.linalg.norm(whole) or 1.0)
        return unit

    return lambda one, other: float(mean(one) @ mean(other))


def _forms(each: object) -> Iterator[str]:
    """Yield the forms of a word under which vectors may know it."""
    yield from sorted(getattr(each, "lemmas", ()))
    yield getattr(each, "low", "")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a likeness gives: ties of reports left out, microseconds a pair, seconds to load."""

    name: str
    told: Told
    by_report: Mapping[str, Told]
    pair: float
    load: float


Names = Mapping[tuple[str, int], Mapping[str, str]]
"""Report and row → key of a body → its name; a key holds within its row."""


def names_of(files: Mapping[str, tuple[Path, Path]]) -> Names:
    """Return the names of all bodies of reports."""
    return {
        (name, row): {item["id"]: item["name"] for item in record["institutions"]}
        for name, (report, _) in files.items()
        for row, _, record in rows_of(report)
    }


def with_likeness(gold: Sequence[Gold], names: Names, like: Likeness) -> tuple[list[Gold], float]:
    """Return the gold with what a likeness says among the features, and the microseconds that it took a pair."""
    pairs = [
        (one, n) for report in gold for one in report.asked for n in range(len(one.choice.homes)) if _bodies(one, n)
    ]
    began = time.process_time()
    values = {(id(one), n): like(*_named(names[one.report, one.row], one, n)) for one, n in pairs}
    taken = 1e6 * (time.process_time() - began) / max(len(pairs), 1)
    ordered = sorted(values.values(), reverse=True)
    bounds = {name: ordered[int(share * (len(ordered) - 1))] for name, share in _STEPS.items()}
    made = [replace(report, asked=tuple(_told(one, values, bounds) for one in report.asked)) for report in gold]
    return made, taken


def _bodies(one: Asked, number: int) -> bool:
    return not one.choice.foreign.municipal and not one.choice.homes[number].municipal


def _named(names: Mapping[str, str], one: Asked, number: int) -> tuple[str, str]:
    keys = (one.choice.homes[number].key, one.choice.foreign.key)
    home, foreign = (names.get(key, key) for key in keys)
    return home, foreign


def _told(one: Asked, values: Mapping[tuple[int, int], float], bounds: Mapping[str, float]) -> Asked:
    own = [values.get((id(one), n)) for n in range(len(one.choice.homes))]
    best = max((value for value in own if value is not None), default=None)
    features = []
    for found, value in zip(one.choice.features, own, strict=True):
        new = [name for name, bound in bounds.items() if value is not None and value >= bound]
        features.append((*found, *new, *([_MOST] if value is not None and value == best else [])))
    choice = Choice(one.choice.foreign, one.choice.homes, tuple(features))
    return replace(one, choice=choice)


def weigh(gold: Sequence[Gold], names: Names) -> list[Weighed]:
    """Return what is told without a likeness and with each."""
    table = table_of()
    wider = [*table, *(Weight(name, 1, 0.0, "", "") for name in NEW)]
    found = [_weighed("none", left_out(gold, table))]
    for name, make in (("letters", lambda: letters), ("navec", navec)):
        began = time.process_time()
        like = make()
        loaded = time.process_time() - began
        told, taken = with_likeness(gold, names, like)
        found.append(_weighed(name, left_out(told, wider), taken, loaded))
    return found


def _weighed(name: str, by_report: Mapping[str, Told], pair: float = 0.0, load: float = 0.0) -> Weighed:
    return Weighed(name, sum(by_report.values(), Told(0, 0, 0)), by_report, pair, load)


def table(found: Sequence[Weighed]) -> list[str]:
    """Return the lines of a Markdown table: a row a likeness."""
    lines = [
        "| likeness | right | wrong | missed | F1 left out | better : worse reports | µs a pair | s to load |",
        "|---" * 8 + "|",
    ]
    for one in found:
        better = sum(told.f1 > found[0].by_report[name].f1 + 1e-9 for name, told in one.by_report.items())
        worse = sum(told.f1 < found[0].by_report[name].f1 - 1e-9 for name, told in one.by_report.items())
        lines.append(
            f"| {one.name} | {one.told.right} | {one.told.wrong} | {one.told.missed} | {one.told.f1:.3f} "
            f"| {better} : {worse} | {one.pair:.0f} | {one.load:.1f} |"
        )
    return lines


def main() -> None:
    """Measure, print, and with ``--write`` keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    options = parser.parse_args()
    files = fitting_files()
    lines = table(weigh(all_gold(files), names_of(files)))
    print("\n".join(lines))
    if options.write:
        put("likeness", lines)


if __name__ == "__main__":
    main()

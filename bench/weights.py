"""The weights by which ties are told (``ontology/tie-weights.tsv``), fitted to all reports with hand-made gold.

``python -m bench.weights`` prints how well ties are told of each report by weights that were fitted without it;
``--missed`` names the required ties that are no candidates, and what of them is no party of the row. ``--write`` fits
to all reports and writes the table. The same gold gives the same bytes: plain projected gradients in a fixed order,
rounded to two decimals.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.gold_reports import ROOT, fitting_files
from bench.tie_gold import Asked, Gold, all_gold
from pobratim.extract.verdicts import FILE, SIGNS, Weight, read_weights, weigh

TABLE = ROOT / "ontology" / FILE
PENALTY = 2.0
"""Of the sum of squared weights: chosen on the reports left out, level between 2 and 6."""
STEPS = 3000
_DIGITS = 2

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Told:
    """Ties told of reports: right, wrong and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0

    def __add__(self, other: "Told") -> "Told":
        return Told(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


def fit(asked: Sequence[Asked], table: Sequence[Weight], penalty: float = PENALTY) -> dict[str, float]:
    """Return the weights that explain the answers best, each of its own sign, with a penalty on their squares.

    A party with an accepted answer but no required one tells nothing; of several right answers each counts its share.
    """
    names = [one.feature for one in table]
    index = {name: n for n, name in enumerate(names)}
    cases = [one for one in asked if True in one.right or None not in one.right]
    rows = sum(len(one.right) for one in cases)
    features, group, target = np.zeros((rows, len(names))), np.zeros(rows, dtype=np.intp), np.zeros(rows)
    at = 0
    for number, one in enumerate(cases):
        shares = one.right.count(True)
        for found, right in zip(one.choice.features, one.right, strict=True):
            features[at, [index["always"], *(index[name] for name in found)]] = 1.0
            group[at], target[at] = number, (1.0 / shares if right else 0.0)
            at += 1
    low = np.array([one.weight if one.sign is None else 0.0 if one.sign > 0 else -np.inf for one in table])
    high = np.array([one.weight if one.sign is None else 0.0 if one.sign < 0 else np.inf for one in table])
    return dict(
        zip(names, map(float, _descend(features, group, len(cases), target, (low, high), penalty)), strict=True)
    )


def _descend(
    features: Array, group: NDArray[np.intp], cases: int, target: Array, bounds: tuple[Array, Array], penalty: float
) -> Array:
    """Minimise the penalised loss within bounds: projected gradients with momentum, steps by the curvature's bound."""
    step = 1.0 / (0.5 * float(np.linalg.norm(features, 2)) ** 2 + penalty)
    shrunk = np.ones(features.shape[1])
    shrunk[0] = 0.0
    weights = ahead = np.clip(np.zeros(features.shape[1]), *bounds)
    for count in range(STEPS):
        scores = np.exp(np.clip(features @ ahead, -30.0, 30.0))
        chances = scores / (1.0 + np.bincount(group, scores, cases))[group]
        gradient = features.T @ (chances - target) + penalty * shrunk * ahead
        new = np.clip(ahead - step * gradient, *bounds)
        ahead = new + count / (count + 3.0) * (new - weights)
        weights = new
    return np.round(weights, _DIGITS) + 0.0


def told(gold: Gold, weights: Mapping[str, float]) -> Told:
    """Return how the ties of a report are told by weights."""
    right: set[object] = set()
    wrong = 0
    for one in gold.asked:
        choice = weigh(one.choice, weights)
        for number in choice.chosen():
            if one.right[number]:
                right.add((one.row, one.pairs[number]))
            elif one.right[number] is False:
                wrong += 1
    return Told(len(right), wrong, gold.required - len(right))


def left_out(gold: Sequence[Gold], table: Sequence[Weight], penalty: float = PENALTY) -> dict[str, Told]:
    """Return how the ties of each report are told by weights that were fitted to all others."""
    return {
        one.name: told(one, fit([a for other in gold if other is not one for a in other.asked], table, penalty))
        for one in gold
    }


def table_of(path: Path = TABLE) -> list[Weight]:
    """Return the table's lines."""
    return read_weights(path.read_text(encoding="utf-8"))


def written(table: Sequence[Weight], weights: Mapping[str, float], head: str) -> str:
    """Return the text of the table with other weights."""
    lines = [replace(one, weight=weights[one.feature]) for one in table]
    signs = {sign: mark for mark, sign in SIGNS.items()}
    return head + "".join(
        f"{one.feature}\t{signs[one.sign]}\t{one.weight:.{_DIGITS}f}\t{one.russian}\t{one.english}\n" for one in lines
    )


def head_of(path: Path = TABLE) -> str:
    """Return the table's remarks."""
    return "".join(line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("#"))


def main() -> None:
    """Print what is told of each report left out; with ``--write`` fit to all and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write ontology/{FILE}")
    parser.add_argument("--missed", action="store_true", help="name the required ties that are no candidates")
    options = parser.parse_args()
    gold, table = all_gold(fitting_files()), table_of()
    for name, found in left_out(gold, table).items():
        one = next(each for each in gold if each.name == name)
        print(f"{name:24} candidates {one.reached} of {one.required}, ties left out F1 {found.f1:.3f} {found}")
        for row, missed in one.missed if options.missed else ():
            print(f"    row {row}: {missed}")
    if options.write:
        weights = fit([a for one in gold for a in one.asked], table)
        TABLE.write_text(written(table, weights, head_of()), encoding="utf-8")


if __name__ == "__main__":
    main()

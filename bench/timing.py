"""Timing that stands noise: the median of interleaved runs, in CPU seconds of this process."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds (user and system, all threads) that one call takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


def side_by_side(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Return the median CPU seconds of each work; the works take turns, so that noise meets all of them alike."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for number, work in enumerate(works):
            taken[number].append(cpu_seconds(work))
    return [median(values) for values in taken]


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table: two figures with their units, and the ratio of the rates."""

    what: str
    ours: str
    yardstick: str
    ratio: str

"""Which ties two parties make: one at each level at which both stand, in different countries."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from pobratim.ties.summary import Party


class Pair(NamedTuple):
    """A tie as what tells it apart: its level and its sides, in the order of their IRIs."""

    level: str
    left: str
    right: str


def pairs(names: Iterable[str], known: Mapping[str, Party]) -> Iterator[Pair]:
    """Yield the ties that parties make, each once for every two that make it."""
    parties = [(name, known[name]) for name in names if name in known]
    for (one, first), (other, second) in combinations(parties, 2):
        if first.is_organisation or second.is_organisation:
            yield from _pair("institution", one, other, known)
        yield from _pair("municipality", first.municipality, second.municipality, known)
        yield from _pair("region", first.region, second.region, known)
        yield from _pair("country", first.country, second.country, known)


def _pair(level: str, one: str, other: str, known: Mapping[str, Party]) -> Iterator[Pair]:
    if not one or not other:
        return
    countries = known[one].country, known[other].country
    if all(countries) and countries[0] != countries[1]:
        yield Pair(level, one, other) if one < other else Pair(level, other, one)

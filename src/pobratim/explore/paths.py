"""How two parties hang together: the shortest paths from one to the other, over partners and over what belongs to whom.

Countries and regions are no step, since they join everybody; nor is a hub, who has more than ``HUB`` neighbours, unless
it is one of the two.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from pobratim.explore.index import Index
from pobratim.explore.neighbours import neighbours
from pobratim.explore.parties import Party, parties_of
from pobratim.explore.ties import Tie, ties_at

HUB = 40
LONGEST = 6
"""Steps that a path may have: who is further away has nothing to do with the other."""
MOST_SEEN = 20_000
"""Parties that are looked at before it is given up."""
_PATHS = 3
Graph = dict[int, dict[int, int]]
"""Neighbours of each, with the number of the tie, 0 where one belongs to the other."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one party to the next: by a tie, or, without one, since one belongs to the other."""

    left: Party
    right: Party
    tie: Tie | None


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one party to another."""

    steps: tuple[Step, ...]


def paths_between(index: Index, one: Party, other: Party, most: int = _PATHS) -> tuple[Path, ...]:
    """Return up to ``most`` shortest paths, none of them twice through one party; of equal ones, by strong ties."""
    if one.number == other.number:
        return ()
    graph = _between(index, one.number, other.number)
    found = _shortest(graph, one.number, other.number, most)
    parties = parties_of(index, {number for path in found for number in path})
    numbers = {graph[left][right] for path in found for left, right in _pairs(path)} - {0}
    ties = {tie.number: tie for tie in ties_at(index, sorted(numbers))}
    return tuple(
        Path(tuple(Step(parties[a], parties[b], ties.get(graph[a][b])) for a, b in _pairs(path))) for path in found
    )


def _between(index: Index, one: int, other: int) -> Graph:
    """Return what lies around the first party until the other is reached, and one step more for longer paths."""
    graph: Graph = {}
    front, is_reached = {one}, False
    for _ in range(LONGEST):
        if not front or len(graph) > MOST_SEEN:
            break
        around = neighbours(index, front)
        for number, each in around.items():
            is_hub = len(each) > HUB and number not in (one, other)
            graph[number] = {} if is_hub else {next_.party: next_.tie for next_ in each}
        if is_reached:
            break
        front = {number for each in front for number in graph[each]} - graph.keys()
        is_reached = other in front
    return graph


def _shortest(graph: Graph, one: int, other: int, most: int) -> list[tuple[int, ...]]:
    """Return the shortest simple paths (Yen 1971): each next one leaves an earlier one somewhere."""
    first = _shortest_one(graph, one, other, frozenset(), frozenset())
    found, waiting = ([first] if first else []), set[tuple[int, ...]]()
    while found and len(found) < most:
        waiting |= set(_deviations(graph, found, other)) - set(found)
        if not waiting:
            break
        best = min(waiting, key=lambda path: _cost(graph, path))
        waiting.discard(best)
        found.append(best)
    return found


def _deviations(graph: Graph, found: list[tuple[int, ...]], other: int) -> Iterator[tuple[int, ...]]:
    last = found[-1]
    for place in range(len(last) - 1):
        root = last[: place + 1]
        taken = frozenset((path[place], path[place + 1]) for path in found if path[: place + 1] == root)
        rest = _shortest_one(graph, last[place], other, frozenset(root[:-1]), taken)
        if rest and len(root) + len(rest) - 2 <= LONGEST:
            yield (*root[:-1], *rest)


def _shortest_one(
    graph: Graph, one: int, other: int, without: frozenset[int], taken: frozenset[tuple[int, int]]
) -> tuple[int, ...] | None:
    """Return a path of fewest steps; those tried first go by strong ties."""
    before: dict[int, int] = {one: 0}
    front = [one]
    while front and other not in before:
        ahead = []
        for number in front:
            for next_ in sorted(graph.get(number, ()), key=lambda each: (graph[number][each] or 1 << 40, each)):
                if next_ not in before and next_ not in without and (number, next_) not in taken:
                    before[next_] = number
                    ahead.append(next_)
        front = ahead
    if other not in before:
        return None
    path = [other]
    while path[-1] != one:
        path.append(before[path[-1]])
    return tuple(reversed(path))


def _cost(graph: Mapping[int, Mapping[int, int]], path: tuple[int, ...]) -> tuple[object, ...]:
    return len(path), sorted(graph[a][b] for a, b in _pairs(path)), path


def _pairs(path: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    return pairwise(path)

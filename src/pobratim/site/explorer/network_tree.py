"""A picture as nested lists: countries, in them towns, in these institutions, as ``viz/app/network/tree.ts`` has it."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pobratim.explore.picture import Edge, Ego, Node


@dataclass(frozen=True, slots=True)
class Branch:
    """Who is next to the seed, with all who hang on it."""

    node: Node
    edge: Edge
    leaves: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Sector:
    """A country with its branches; of one that only took part, ``events`` says how often."""

    name: str
    country: str
    branches: tuple[Branch, ...]
    events: int = 0


def tree_of(ego: Ego) -> tuple[Sector, ...]:
    """Return the sectors of a picture around a seed: those with ties first, by how many they hold, less what is out."""
    nodes = {node.id: node for node in ego.nodes if not node.out}
    under = _under(ego, nodes)
    branches = [
        Branch(nodes[id_], edge, tuple(_leaves(id_, under, nodes))) for id_, edge in under.get(ego.seed, {}).items()
    ]
    lands = {land.code: land.name for land in ego.countries}
    groups: dict[str, list[Branch]] = {}
    for branch in branches:
        groups.setdefault(branch.node.country or branch.node.id, []).append(branch)
    return tuple(_sector(found, lands) for found in sorted(groups.values(), key=_rank))


def _under(ego: Ego, nodes: Mapping[str, Node]) -> dict[str, dict[str, Edge]]:
    """Return whom each has under it: everybody is reached once, by the shortest way."""
    at: dict[str, list[Edge]] = {}
    for edge in sorted(ego.edges, key=lambda edge: edge.kind == "participation"):
        for end in (edge.a, edge.b):
            at.setdefault(end, []).append(edge)
    found: dict[str, dict[str, Edge]] = {}
    reached, front = {ego.seed}, deque([ego.seed])
    while front:
        id_ = front.popleft()
        for edge in at.get(id_, ()):
            other = edge.b if edge.a == id_ else edge.a
            if other in nodes and other not in reached:
                reached.add(other)
                found.setdefault(id_, {})[other] = edge
                front.append(other)
    return found


def _leaves(id_: str, under: Mapping[str, Mapping[str, Edge]], nodes: Mapping[str, Node]) -> Iterable[Node]:
    for other in under.get(id_, ()):
        yield nodes[other]
        yield from _leaves(other, under, nodes)


def _sector(branches: list[Branch], lands: Mapping[str, str]) -> Sector:
    [first, *_] = branches
    ordered = tuple(sorted(branches, key=lambda branch: (-branch.edge.events, branch.node.short)))
    name = lands.get(first.node.country, first.node.short)
    if first.edge.kind == "participation":
        return Sector(name, first.node.country, (), first.edge.events)
    return Sector(name, first.node.country, ordered)


def _rank(branches: list[Branch]) -> tuple[object, ...]:
    first = branches[0]
    kind = 2 if first.node.level == "more" else int(first.edge.kind == "participation")
    return kind, -sum(max(1, len(branch.leaves)) for branch in branches), -first.edge.events, first.node.id

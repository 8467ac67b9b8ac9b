"""Put together what is one thing: a union-find that respects what must stay apart."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


class Clusters(Generic[Node]):
    """Disjoint sets of nodes. ``allowed`` is asked for every pair of members before two sets are joined.

    Members of one ``shape`` are alike to ``allowed``: it is asked for one of them, however many reports say the same.
    """

    def __init__(
        self,
        nodes: Iterable[Node],
        allowed: Callable[[Node, Node], bool] = lambda _a, _b: True,
        shape: Callable[[Node], Hashable] = lambda node: node,
    ) -> None:
        """Start with every node on its own."""
        self._members: dict[Node, list[Node]] = {node: [node] for node in nodes}
        self._shapes: dict[Node, dict[Hashable, Node]] = {node: {shape(node): node} for node in self._members}
        self._root: dict[Node, Node] = {node: node for node in self._members}
        self._allowed = allowed

    def root(self, node: Node) -> Node:
        """Return the node that stands for the set of ``node``: the first one given."""
        return self._root[node]

    def members(self, node: Node) -> list[Node]:
        """Return all nodes of the set of ``node``."""
        return self._members[self._root[node]]

    def join(self, left: Node, right: Node, *, force: bool = False) -> bool:
        """Make two sets one and return True, or return False where some pair of members must stay apart.

        ``force`` joins them whatever contradicts: a person has decided.
        """
        a, b = self._root[left], self._root[right]
        if a == b:
            return True
        if not force and not self.joinable(a, b):
            return False
        for node in self._members.pop(b):
            self._root[node] = a
            self._members[a].append(node)
        for form, node in self._shapes.pop(b).items():
            self._shapes[a].setdefault(form, node)
        return True

    def joinable(self, left: Node, right: Node) -> bool:
        """Tell whether no pair of members of the two sets must stay apart."""
        ours, theirs = self._shapes[self._root[left]], self._shapes[self._root[right]]
        return all(self._allowed(x, y) for x in ours.values() for y in theirs.values())

    def sets(self) -> list[list[Node]]:
        """Return all sets, in the order of their first nodes."""
        return list(self._members.values())


def blocks(nodes: Iterable[Node], keys: Callable[[Node], Iterable[Hashable]]) -> dict[Hashable, list[Node]]:
    """Return the nodes by each of their blocking keys, in order."""
    found: dict[Hashable, list[Node]] = defaultdict(list)
    for node in nodes:
        for key in keys(node):
            found[key].append(node)
    return dict(found)


def text_of(key: Hashable) -> str:
    """Return a blocking key as text: equal keys give equal texts, other keys other ones."""
    if isinstance(key, str):
        return repr(key)
    if isinstance(key, tuple):
        return "(" + ",".join(map(text_of, key)) + ")"
    if isinstance(key, frozenset):
        return "{" + ",".join(sorted(map(text_of, key))) + "}"
    return repr(key)

"""Quads in memory for the shapes: values by subject and predicate, and classes with their superclasses."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from pobratim.rdf.shapes import Step

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"

Term = NamedNode | Literal


class Index:
    """What the quads of all graphs say together: each triple once. Blank nodes are passed over, as data has none."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        """Index the quads."""
        self._values: dict[tuple[str, str], list[Term]] = defaultdict(list)
        self._subjects: dict[tuple[str, str], list[Term]] = defaultdict(list)
        self._types: dict[str, set[str]] = defaultdict(set)
        self._above: dict[str, set[str]] = defaultdict(set)
        seen: set[tuple[str, str, Term]] = set()
        for quad in quads:
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if not isinstance(subject, NamedNode) or not isinstance(value, (NamedNode, Literal)):
                continue
            key = (subject.value, predicate, value)
            if key not in seen:
                seen.add(key)
                self._add(subject, predicate, value)

    def _add(self, subject: NamedNode, predicate: str, value: Term) -> None:
        self._values[subject.value, predicate].append(value)
        if isinstance(value, NamedNode):
            self._subjects[value.value, predicate].append(subject)
            if predicate == _TYPE:
                self._types[subject.value].add(value.value)
            elif predicate == _SUBCLASS:
                self._above[subject.value].add(value.value)

    def values(self, node: str, predicate: str) -> Sequence[Term]:
        """Return the objects of a node's predicate."""
        return self._values.get((node, predicate), ())

    def subjects(self, node: str, predicate: str) -> Sequence[Term]:
        """Return the subjects whose predicate has the node as object."""
        return self._subjects.get((node, predicate), ())

    def follow(self, node: str, steps: Sequence[Step]) -> Sequence[Term]:
        """Return the value nodes of a path, each once; a literal ends the path unless it is its last value."""
        found = self._step(node, steps[0])
        for step in steps[1:]:
            onward = (term.value for term in found if isinstance(term, NamedNode))
            found = list(dict.fromkeys(value for name in onward for value in self._step(name, step)))
        return found

    def _step(self, node: str, step: Step) -> Sequence[Term]:
        found = (self.subjects if step.inverse else self.values)(node, step.predicate)
        if not step.others:
            return found
        return list(dict.fromkeys([*found, *(value for other in step.others for value in self.follow(node, other))]))

    def is_a(self, node: str, wanted: str) -> bool:
        """Tell whether a node is an instance of a class or of one of its subclasses."""
        return any(self._below(cls, wanted) for cls in self._types.get(node, ()))

    def instances(self, wanted: str) -> list[str]:
        """Return the instances of a class and its subclasses, sorted."""
        verdicts: dict[frozenset[str], bool] = {}
        found = []
        for node, classes in self._types.items():
            key = frozenset(classes)
            if key not in verdicts:
                verdicts[key] = any(self._below(cls, wanted) for cls in classes)
            if verdicts[key]:
                found.append(node)
        return sorted(found)

    def having(self, predicate: str) -> list[str]:
        """Return the subjects of a predicate, sorted."""
        return sorted(subject for subject, known in self._values if known == predicate)

    def _below(self, cls: str, wanted: str) -> bool:
        pending, seen = [cls], {cls}
        while pending:
            current = pending.pop()
            if current == wanted:
                return True
            fresh = self._above.get(current, set()) - seen
            seen |= fresh
            pending.extend(fresh)
        return False

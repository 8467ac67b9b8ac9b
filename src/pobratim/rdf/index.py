"""Triples in memory for the shapes: values by subject and predicate, and classes with their superclasses."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial

from pyoxigraph import Literal, NamedNode

from pobratim.rdf.shapes import Step

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
OF_CLASSES = (_TYPE, _SUBCLASS)
"""What tells of which classes things are, and which classes are below which."""
_FEW = 8
"""So many values are looked through one by one to see whether one is among them."""

Term = NamedNode | Literal
Triples = Iterable[tuple[object, NamedNode, object]]


class Classes:
    """Which classes things are of, and which classes are below which: all that shapes ask of what lies elsewhere."""

    def __init__(self, triples: Triples = ()) -> None:
        """Take what triples say of classes."""
        self.types: dict[str, set[str]] = defaultdict(set)
        self._above: dict[str, set[str]] = defaultdict(set)
        self._below: dict[tuple[str, str], bool] = {}
        self.add(triples)

    def add(self, triples: Triples) -> None:
        """Take what triples say of classes."""
        for subject, predicate, value in triples:
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode):
                self.note(subject.value, predicate.value, value.value)

    def note(self, subject: str, predicate: str, value: str) -> None:
        """Take a triple, if it is about classes."""
        if predicate == _TYPE:
            self.types[subject].add(value)
        elif predicate == _SUBCLASS:
            self._above[subject].add(value)
            self._below.clear()

    def below(self, cls: str, wanted: str) -> bool:
        """Tell whether a class is another or a subclass of it."""
        found = self._below.get((cls, wanted))
        if found is None:
            found = self._below[cls, wanted] = self._leads(cls, wanted)
        return found

    def _leads(self, cls: str, wanted: str) -> bool:
        pending, seen = [cls], {cls}
        while pending:
            current = pending.pop()
            if current == wanted:
                return True
            fresh = self._above.get(current, set()) - seen
            seen |= fresh
            pending.extend(fresh)
        return False


class Index:
    """What graphs say together: each triple once. Blank nodes are passed over, as data has none."""

    def __init__(self, triples: Triples, elsewhere: Classes | None = None, around: Triples = ()) -> None:
        """Index the triples. ``elsewhere`` tells the classes of what other graphs describe, and all subclasses.

        What lies ``around`` is indexed too, but of what it alone tells neither ``instances`` nor ``having`` speak.
        """
        self._values: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._links: dict[str, list[tuple[NamedNode, NamedNode]]] = defaultdict(list)
        self._subjects: dict[str, dict[str, list[Term]]] = {}
        self._classes = Classes()
        self._is_a: dict[tuple[str, str], bool] = {}
        self._elsewhere = elsewhere or self._classes
        self._seen: dict[tuple[str, str], set[Term]] = {}
        self._told: frozenset[str] | None = None
        self._take(triples)
        if around:
            self._told = frozenset(name for found in self._values.values() for name in found)
            self._take(around)

    def _take(self, triples: Triples) -> None:
        seen = self._seen
        for subject, property_, value in triples:
            if not isinstance(subject, NamedNode) or not isinstance(value, (NamedNode, Literal)):
                continue
            # Written out: this is done for every triple of a load.
            name, predicate = subject.value, property_.value
            held = self._values[predicate][name]
            if len(held) < _FEW:
                if value in held:
                    continue
            else:
                known = seen.get((name, predicate)) or seen.setdefault((name, predicate), set(held))
                if value in known:
                    continue
                known.add(value)
            held.append(value)
            if isinstance(value, NamedNode):
                self._links[predicate].append((subject, value))
                if predicate in OF_CLASSES:
                    self._classes.note(name, predicate, value.value)

    def values(self, node: str, predicate: str) -> Sequence[Term]:
        """Return the objects of a node's predicate."""
        found = self._values.get(predicate)
        return found.get(node, ()) if found else ()

    def subjects(self, node: str, predicate: str) -> Sequence[Term]:
        """Return the subjects whose predicate has the node as object."""
        if predicate not in self._subjects:  # of few predicates anybody asks
            reached = self._subjects[predicate] = defaultdict(list)
            for subject, value in self._links.get(predicate, ()):
                reached[value.value].append(subject)
        return self._subjects[predicate].get(node, ())

    def found_by(self, steps: Sequence[Step]) -> Callable[[str], Sequence[Term] | None]:
        """Return what gives the value nodes of a path, as ``follow`` does; None or nothing where there are none."""
        if len(steps) == 1 and not steps[0].inverse and not steps[0].others:
            return self._values.get(steps[0].predicate, {}).get
        return partial(self.follow, steps=steps)

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
        found = self._is_a.get((node, wanted))
        if found is None:
            found = self._is_a[node, wanted] = self._falls_under(node, wanted)
        return found

    def _falls_under(self, node: str, wanted: str) -> bool:
        for classes in (self._classes.types.get(node, ()), self._elsewhere.types.get(node, ())):
            for cls in classes:
                if self._elsewhere.below(cls, wanted):
                    return True
        return False

    def instances(self, wanted: str) -> list[str]:
        """Return what these triples say to be instances of a class and its subclasses, sorted."""
        kinds = [kind for kind in self._kinds if any(self._elsewhere.below(cls, wanted) for cls in kind)]
        return sorted(node for kind in kinds for node in self._kinds[kind])

    @cached_property
    def _kinds(self) -> dict[frozenset[str], list[str]]:
        """Return the things by their classes: of these there are few."""
        found: dict[frozenset[str], list[str]] = defaultdict(list)
        for node, classes in self._classes.types.items():
            if self._told is None or node in self._told:
                found[frozenset(classes)].append(node)
        return found

    def having(self, predicate: str) -> list[str]:
        """Return the subjects of a predicate, sorted."""
        found = self._values.get(predicate, ())
        return sorted(found if self._told is None else self._told.intersection(found))

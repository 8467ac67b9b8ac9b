"""Check quads against the shapes, fast enough for every load: the shapes compiled to plain checks over an index."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad

from pobratim.content import content_root
from pobratim.errors import ContentError
from pobratim.rdf.shapes import NodeShape, PropertyShape, read_shapes

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_ENTRY = re.compile(r"/id/(?:entry|cell|mention|group)/([^/]+)/(\d+)(?:/|$)")
_REPORTS = "https://w3id.org/pobratim/def#reports"
_STATES = "https://w3id.org/pobratim/def#states"

Term = NamedNode | Literal
Check = Callable[["_Index", str, list[Term]], bool]


@dataclass(frozen=True, slots=True)
class Violation:
    """A fault: the focus node and path, the message in both languages, and the rows (report, number) that it came from.

    ``owners`` is empty where no single row is to blame (an organisation, a place).
    """

    focus: str
    path: str
    shape: str
    messages: tuple[tuple[str, str], ...]
    owners: tuple[tuple[str, int], ...] = ()

    @property
    def message(self) -> str:
        """Return the message in both languages, Russian first."""
        return " / ".join(text for _, text in sorted(self.messages, reverse=True))


class _Index:
    """Values by subject and predicate, subjects by object, classes with their superclasses."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.values: dict[tuple[str, str], list[Term]] = defaultdict(list)
        self.subjects: dict[tuple[str, str], list[Term]] = defaultdict(list)
        self.types: dict[str, set[str]] = defaultdict(set)
        above: dict[str, set[str]] = defaultdict(set)
        seen: set[tuple[str, str, Term]] = set()
        for quad in quads:
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if not isinstance(subject, NamedNode) or not isinstance(value, (NamedNode, Literal)):
                continue
            if (subject.value, predicate, value) in seen:
                continue
            seen.add((subject.value, predicate, value))
            self.values[subject.value, predicate].append(value)
            if isinstance(value, NamedNode):
                self.subjects[value.value, predicate].append(subject)
                if predicate == _RDF_TYPE:
                    self.types[subject.value].add(value.value)
                elif predicate == _RDFS + "subClassOf":
                    above[subject.value].add(value.value)
        self._above = above

    def is_a(self, node: str, wanted: str) -> bool:
        """Tell whether a node is an instance of a class or of one of its subclasses."""
        return any(self._below(cls, wanted) for cls in self.types.get(node, ()))

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

    def instances(self, wanted: str) -> list[str]:
        """Return the instances of a class and its subclasses, sorted."""
        verdicts: dict[frozenset[str], bool] = {}
        found = []
        for node, classes in self.types.items():
            key = frozenset(classes)
            if key not in verdicts:
                verdicts[key] = any(self._below(cls, wanted) for cls in classes)
            if verdicts[key]:
                found.append(node)
        return sorted(found)


def _text(term: Term) -> str:
    return term.value


_CHECKS: dict[str, Callable[[str], Check]] = {
    "minCount": lambda n: lambda _i, _f, values: len(values) >= int(n),
    "maxCount": lambda n: lambda _i, _f, values: len(values) <= int(n),
    "datatype": lambda iri: lambda _i, _f, values: all(
        isinstance(v, Literal) and v.datatype.value == iri for v in values
    ),
    "class": lambda iri: lambda index, _f, values: all(
        isinstance(v, NamedNode) and index.is_a(v.value, iri) for v in values
    ),
    "nodeKind": lambda iri: lambda _i, _f, values: all(
        isinstance(v, NamedNode if iri.endswith("#IRI") else Literal) for v in values
    ),
    "pattern": lambda text: lambda _i, _f, values: all(re.search(text, _text(v)) for v in values),
    "minLength": lambda n: lambda _i, _f, values: all(len(_text(v)) >= int(n) for v in values),
    "lessThanOrEquals": lambda iri: lambda index, focus, values: all(
        v.value <= other.value for v in values for other in index.values.get((focus, iri), [])
    ),
}


@cache
def _compiled() -> list[tuple[NodeShape, list[tuple[PropertyShape, list[Check]]]]]:
    path = content_root() / "ontology" / "shapes.ttl"
    compiled = []
    for shape in read_shapes(path):
        properties = []
        for item in shape.properties:
            if {"ru", "en"} - item.messages.keys():
                raise ContentError("shapes-message", file=path.name, shape=item.iri)
            properties.append((item, [_CHECKS[name](value) for name, value in item.constraints.items()]))
        compiled.append((shape, properties))
    return compiled


def validate(quads: Sequence[Quad]) -> list[Violation]:
    """Return every fault of the quads (data with the ontology), sorted by focus node and path.

    xsd:date values are compared as text, which orders them rightly for years 0000 to 9999.
    """
    index = _Index(quads)
    found = [
        Violation(focus, item.path, item.iri, tuple(sorted(item.messages.items())), _owners(index, focus))
        for shape, properties in _compiled()
        for focus in index.instances(shape.target)
        for item, checks in properties
        if not all(check(index, focus, _values(index, focus, item)) for check in checks)
    ]
    return sorted(found, key=lambda v: (v.focus, v.path, v.shape))


def _values(index: _Index, focus: str, item: PropertyShape) -> list[Term]:
    return (index.subjects if item.inverse else index.values).get((focus, item.path), [])


def _owners(index: _Index, focus: str) -> tuple[tuple[str, int], ...]:
    """Return the rows that a node of a report's graph came from: by its IRI, or by the entries that lead to it."""
    direct = _ENTRY.search(focus)
    if direct:
        return ((direct[1], int(direct[2])),)
    entries = [*index.subjects.get((focus, _REPORTS), []), *index.subjects.get((focus, _STATES), [])]
    rows = [match for entry in entries if (match := _ENTRY.search(entry.value))]
    return tuple(sorted({(match[1], int(match[2])) for match in rows}))

"""Read ontology/shapes.ttl: the part of SHACL Core that our shapes use; anything else in the file is an error."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from pobratim.errors import ContentError

_SH = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SINGLE = {"minCount", "maxCount", "datatype", "class", "nodeKind", "pattern", "minLength", "lessThanOrEquals"}
_TEXTS = {"name", "description", "message"}
_NIL = _RDF + "nil"

Term = NamedNode | BlankNode | Literal
Facts = dict[str, list[tuple[str, Term]]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: a predicate IRI, followed from object to subject where ``inverse``.

    ``others`` are paths that do as well.
    """

    predicate: str
    inverse: bool = False
    others: tuple[tuple["Step", ...], ...] = ()

    def __str__(self) -> str:
        """Return the step as SPARQL writes it, without angle brackets."""
        own = f"^{self.predicate}" if self.inverse else self.predicate
        return "|".join([own, *("/".join(map(str, other)) for other in self.others)])


@dataclass(slots=True)
class PropertyShape:
    """One property shape: the steps of its path, its constraints by SHACL name (several values for sh:in only)."""

    iri: str
    steps: tuple[Step, ...] = ()
    constraints: dict[str, list[str]] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Return the path as text, steps joined by ``/``."""
        return "/".join(str(step) for step in self.steps)


@dataclass(slots=True)
class NodeShape:
    """A node shape: all instances of ``target`` must fit every one of ``properties``.

    Where ``by_predicate``, ``target`` is a predicate, and all of its subjects must.
    """

    iri: str
    target: str = ""
    by_predicate: bool = False
    properties: list[PropertyShape] = field(default_factory=list)


def read_shapes(path: Path) -> list[NodeShape]:
    """Return the node shapes of a Turtle file, by IRI. Raises ContentError for what is not supported or malformed."""
    facts: Facts = {}
    try:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            if not isinstance(quad.object, (NamedNode, BlankNode, Literal)):
                raise ContentError("shapes-unsupported", file=path.name, term=quad.object)
            facts.setdefault(_key(quad.subject), []).append((quad.predicate.value, quad.object))
    except SyntaxError as error:
        raise ContentError("content-turtle", file=path.name, cause=error) from error
    return _Reader(facts, path.name).shapes()


def _key(term: object) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(getattr(term, "value", term))


class _Reader:
    """Reads the shapes of one file; ``used`` notes the property shapes that a node shape names."""

    def __init__(self, facts: Facts, file: str) -> None:
        self._facts = facts
        self._file = file
        self._used: set[str] = set()

    def shapes(self) -> list[NodeShape]:
        kinds = {key: {_key(v) for p, v in items if p == _RDF + "type"} for key, items in self._facts.items()}
        found = [self._node_shape(key) for key in sorted(kinds) if _SH + "NodeShape" in kinds[key]]
        for key in sorted(kinds):
            if _SH + "PropertyShape" in kinds[key] and key not in self._used:
                raise self._unsupported(f"{key} (no node shape has it)")
        return found

    def _unsupported(self, what: str) -> ContentError:
        return ContentError("shapes-unsupported", file=self._file, term=what)

    def _terms(self, key: str) -> Iterator[tuple[str, Term]]:
        """Yield what is said of a shape, by SHACL name; raises for terms of other vocabularies."""
        for predicate, value in self._facts.get(key, []):
            if predicate == _RDF + "type":
                continue
            if not predicate.startswith(_SH):
                raise self._unsupported(predicate)
            yield predicate.removeprefix(_SH), value

    def _node_shape(self, key: str) -> NodeShape:
        shape = NodeShape(key)
        for name, value in self._terms(key):
            if name in ("targetClass", "targetSubjectsOf") and not shape.target:
                shape.target, shape.by_predicate = _key(value), name == "targetSubjectsOf"
            elif name == "property":
                shape.properties.append(self._property_shape(_key(value)))
            else:
                raise self._unsupported(f"{key} sh:{name}")
        if not shape.target:
            raise self._unsupported(f"{key} (no sh:targetClass)")
        shape.properties.sort(key=lambda item: item.iri)
        return shape

    def _property_shape(self, key: str) -> PropertyShape:
        self._used.add(key)
        shape = PropertyShape(key)
        for name, value in self._terms(key):
            if name == "path" and not shape.steps:
                shape.steps = tuple(self._steps(value))
            elif name in _SINGLE and name not in shape.constraints:
                shape.constraints[name] = [_key(value)]
            elif name == "in" and name not in shape.constraints:
                shape.constraints[name] = [_key(item) for item in self._list(value)]
            elif name in _TEXTS and isinstance(value, Literal):
                if name == "message":
                    shape.messages[value.language or ""] = value.value
            else:
                raise self._unsupported(f"{key} sh:{name}")
        if not shape.steps:
            raise self._unsupported(f"{key} (no sh:path)")
        return shape

    def _steps(self, value: Term) -> Iterator[Step]:
        """Yield the steps of a predicate, an inverse predicate, a sequence, or alternatives of which the first is one.

        That first alternative must be a single step.
        """
        facts = dict(self._facts.get(_key(value), []))
        if isinstance(value, NamedNode):
            yield Step(value.value)
        elif facts.keys() == {_SH + "inversePath"} and isinstance(facts[_SH + "inversePath"], NamedNode):
            yield Step(_key(facts[_SH + "inversePath"]), inverse=True)
        elif facts.keys() == {_SH + "alternativePath"}:
            first, *others = (tuple(self._steps(item)) for item in self._list(facts[_SH + "alternativePath"]))
            if len(first) != 1 or first[0].others:
                raise self._unsupported("sh:alternativePath")
            yield replace(first[0], others=tuple(others))
        elif _RDF + "first" in facts:
            for item in self._list(value):
                yield from self._steps(item)
        else:
            raise self._unsupported(", ".join(sorted(facts)) or str(value))

    def _list(self, value: Term) -> Iterator[Term]:
        """Yield the members of an RDF list."""
        while _key(value) != _NIL:
            facts = dict(self._facts.get(_key(value), []))
            if facts.keys() != {_RDF + "first", _RDF + "rest"}:
                raise self._unsupported(str(value))
            yield facts[_RDF + "first"]
            value = facts[_RDF + "rest"]

"""Read ontology/shapes.ttl: the part of SHACL Core that our shapes use; anything else in the file is an error."""

from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from pobratim.errors import ContentError

_SH = "http://www.w3.org/ns/shacl#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SINGLE = {"minCount", "maxCount", "datatype", "class", "nodeKind", "pattern", "minLength", "lessThanOrEquals"}
_TEXTS = {"name", "description", "message"}

Term = NamedNode | BlankNode | Literal


@dataclass(slots=True)
class PropertyShape:
    """One property shape: ``path`` is a predicate IRI, followed backwards where ``inverse``; constraints by SHACL name."""

    iri: str
    path: str = ""
    inverse: bool = False
    constraints: dict[str, str] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class NodeShape:
    """A node shape: all instances of ``target`` must fit every one of ``properties``."""

    iri: str
    target: str = ""
    properties: list[PropertyShape] = field(default_factory=list)


def read_shapes(path: Path) -> list[NodeShape]:
    """Return the node shapes of a Turtle file, by IRI. Raises ContentError for what is not supported or malformed."""
    facts: dict[str, list[tuple[str, Term]]] = {}
    try:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            if not isinstance(quad.object, (NamedNode, BlankNode, Literal)):
                raise _unsupported(path, str(quad.object))
            facts.setdefault(_key(quad.subject), []).append((quad.predicate.value, quad.object))
    except SyntaxError as error:
        raise ContentError("content-turtle", file=path.name, cause=error) from error
    kinds = {key: {_key(v) for p, v in items if p == _TYPE} for key, items in facts.items()}
    return [_node_shape(key, facts, path) for key in sorted(facts) if _SH + "NodeShape" in kinds[key]]


def _key(term: object) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(getattr(term, "value", term))


def _unsupported(path: Path, what: str) -> ContentError:
    return ContentError("shapes-unsupported", file=path.name, term=what)


def _node_shape(key: str, facts: dict[str, list[tuple[str, Term]]], path: Path) -> NodeShape:
    shape = NodeShape(key)
    for predicate, value in facts[key]:
        name = predicate.removeprefix(_SH)
        if predicate == _TYPE:
            continue
        if name == "targetClass":
            shape.target = _key(value)
        elif name == "property":
            shape.properties.append(_property_shape(_key(value), facts, path))
        else:
            raise _unsupported(path, predicate)
    shape.properties.sort(key=lambda item: item.iri)
    return shape


def _property_shape(key: str, facts: dict[str, list[tuple[str, Term]]], path: Path) -> PropertyShape:
    shape = PropertyShape(key)
    for predicate, value in facts.get(key, []):
        name = predicate.removeprefix(_SH)
        if predicate == _TYPE:
            continue
        if name == "path":
            inverse = [v for p, v in facts.get(_key(value), []) if p == _SH + "inversePath"]
            shape.inverse = bool(inverse)
            shape.path = _key(inverse[0] if inverse else value)
        elif name in _SINGLE:
            shape.constraints[name] = _key(value)
        elif name in _TEXTS and isinstance(value, Literal):
            if name == "message":
                shape.messages[value.language or ""] = value.value
        else:
            raise _unsupported(path, predicate)
    if not shape.path:
        raise _unsupported(path, key)
    return shape

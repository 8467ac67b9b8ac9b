"""Triples as compact JSON-LD (JSON-LD 1.1, W3C, 2020), in the terms of ``ontology/context.jsonld``.

Only what that context uses is known: terms that coerce to IRIs or to one datatype, language maps, prefixes. What no
term fits is written under a compact or whole IRI with its value spelt out: nothing is lost or changes its type.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from pobratim.content import content_root

FILE = "context.jsonld"
"""The name of the context, in ``ontology/`` as well as where data are published."""
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_IRI, _BY_LANGUAGE = "@id", "@language"
Value = Any
"""A value of JSON: a string, or an object with an IRI or a literal."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a context says, turned round: names by IRI and by what values they hold.

    ``terms`` are by (IRI of the property, what its values are): ``@id``, ``@language``, a datatype, "" for plain
    strings and for values that are spelt out. ``names`` are terms for classes, ``prefixes`` pairs of a namespace and
    its prefix.
    """

    terms: Mapping[tuple[str, str], str]
    names: Mapping[str, str]
    prefixes: tuple[tuple[str, str], ...]

    def short(self, iri: str) -> str:
        """Return an IRI under its prefix, whole where none fits."""
        for space, prefix in self.prefixes:
            if iri.startswith(space) and not iri.startswith("//", len(space)):
                return f"{prefix}:{iri[len(space) :]}"
        return iri

    def name(self, iri: str) -> str:
        """Return what a class or datatype is called."""
        return self.names.get(iri) or self.short(iri)


@cache
def context_text() -> str:
    """Return the context as it is published."""
    return (content_root() / "ontology" / FILE).read_text(encoding="utf-8")


@cache
def context() -> Context:
    """Return what the context says."""
    told: Mapping[str, Any] = json.loads(context_text())["@context"]
    simple = {name: value for name, value in told.items() if isinstance(value, str) and not value.startswith("@")}
    spaces = {name: iri for name, iri in simple.items() if iri.endswith(("#", "/"))}

    def whole(short: str) -> str:
        prefix, mark, local = short.partition(":")
        return spaces[prefix] + local if mark and prefix in spaces else short

    terms: dict[tuple[str, str], str] = {}
    names: dict[str, str] = {}
    for name, value in told.items():
        if name in simple and name not in spaces:
            terms.setdefault((whole(value), ""), name)
            names.setdefault(whole(value), name)
        elif isinstance(value, dict):
            held = _BY_LANGUAGE if value.get("@container") == _BY_LANGUAGE else whole(str(value.get("@type", "")))
            terms.setdefault((whole(value["@id"]), held), name)
    longest = sorted(((iri, name) for name, iri in spaces.items()), key=lambda one: (-len(one[0]), one[1]))
    return Context(terms, names, tuple(longest))


def compacted(triples: Iterable[Triple], address: str) -> bytes:
    """Return triples as a document whose context is at ``address``: subjects in their order, a line each."""
    told = context()
    nodes: dict[str, dict[str, Value]] = {}
    for triple in triples:
        subject = _iri(triple.subject)
        node = nodes.get(subject)
        if node is None:
            node = nodes[subject] = {"id": subject}
        _say(node, triple.predicate.value, triple.object, told)
    lines = ",\n".join(json.dumps(_ordered(node), ensure_ascii=False, separators=(",", ":")) for node in nodes.values())
    return f'{{"@context":{json.dumps(address)},"@graph":[\n{lines}\n]}}\n'.encode()


def _say(node: dict[str, Value], predicate: str, value: object, told: Context) -> None:
    if predicate == _TYPE and isinstance(value, NamedNode):
        node.setdefault("type", []).append(told.name(value.value))
        return
    if isinstance(value, Literal) and value.language:
        name = told.terms.get((predicate, _BY_LANGUAGE))
        if name:
            node.setdefault(name, {}).setdefault(value.language, []).append(value.value)
            return
    name, said = _term(predicate, value, told)
    node.setdefault(name, []).append(said)


def _term(predicate: str, value: object, told: Context) -> tuple[str, Value]:
    """Return the key that a value stands under, and what stands there."""
    if isinstance(value, NamedNode | BlankNode):
        name = told.terms.get((predicate, _IRI))
        if name:
            return name, _iri(value)
        return told.terms.get((predicate, "")) or told.short(predicate), {"id": _iri(value)}
    assert isinstance(value, Literal)
    datatype = value.datatype.value
    name = told.terms.get((predicate, datatype))
    if name:
        return name, value.value
    name = told.terms.get((predicate, "")) or told.short(predicate)
    if value.language:
        return name, {"@value": value.value, "@language": value.language}
    if datatype == _STRING:
        return name, value.value
    return name, {"@value": value.value, "@type": told.name(datatype)}


def _iri(term: object) -> str:
    assert isinstance(term, NamedNode | BlankNode)
    return term.value if isinstance(term, NamedNode) else f"_:{term.value}"


def _ordered(node: Mapping[str, Value]) -> dict[str, Value]:
    """Return a node with its id and classes first, single values without brackets, several in order."""
    keys = sorted(node, key=lambda key: (key != "id", key != "type", key))
    return {key: _plain(node[key]) for key in keys}


def _plain(value: Value) -> Value:
    if isinstance(value, dict):
        return {language: _plain(texts) for language, texts in sorted(value.items())}
    if not isinstance(value, list):
        return value
    return value[0] if len(value) == 1 else sorted(value, key=str)

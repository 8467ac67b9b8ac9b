"""Mentions as JSON of the Web Annotation standard: its context, its keys, and ours with a prefix.

What is made is made of the whole form (``queries/store/annotations.rq``); read with the context it gives those triples.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from pobratim.rdf.iris import VOCABULARY
from pobratim.rdf.terms import DCT, OA, POB, RDF, XSD

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_Said = Mapping[str, list[NamedNode | Literal]]
_SELECTORS = (OA.FragmentSelector, OA.TextQuoteSelector, OA.TextPositionSelector)
_KEYS = {
    RDF.value: "value", DCT.conformsTo: "conformsTo", OA.exact: "exact", OA.prefix: "prefix", OA.suffix: "suffix",
    OA.start: "start", OA.end: "end",
}  # fmt: skip


def document(triples: Iterable[Triple]) -> dict[str, Any]:
    """Return the annotations among ``triples`` (their whole form) as one document of JSON-LD, by IRI."""
    said: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            said[triple.subject.value][triple.predicate.value].append(triple.object)
    found = [iri for iri, facts in said.items() if OA.Annotation in facts[RDF.type.value]]
    return {
        "@context": [CONTEXT, {"pob": VOCABULARY}],
        "@graph": [_annotation(iri, said) for iri in sorted(found)],
    }


def _annotation(iri: str, said: Mapping[str, _Said]) -> dict[str, Any]:
    facts = said[iri]

    def one(name: NamedNode) -> NamedNode | Literal:
        return facts[name.value][0]

    return {
        "id": iri,
        "type": ["Annotation", "pob:Mention"],
        "motivation": "identifying",
        "body": one(OA.hasBody).value,
        "target": _target(one(OA.hasTarget).value, said),
        "pob:property": {"id": one(POB.property).value},
        "pob:value": _value(one(POB.value)),
        "pob:rule": one(POB.rule).value,
        "pob:confidence": _value(one(POB.confidence)),
    }


def _target(iri: str, said: Mapping[str, _Said]) -> dict[str, Any]:
    facts = said[iri]
    selectors = sorted(term.value for term in facts[OA.hasSelector.value])
    return {
        "id": iri,
        "type": "SpecificResource",
        "source": facts[OA.hasSource.value][0].value,
        "exact": facts[OA.exact.value][0].value,
        "selector": [_selector(each, said[each]) for each in selectors],
    }


def _selector(iri: str, facts: _Said) -> dict[str, Any]:
    kind = next(kind for kind in _SELECTORS if kind in facts[RDF.type.value])
    told = {key: facts[name.value][0] for name, key in _KEYS.items() if name.value in facts}
    plain = {
        key: int(term.value) if isinstance(term, Literal) and term.datatype == XSD.integer else term.value
        for key, term in told.items()
    }
    return {"id": iri, "type": kind.value.removeprefix(OA[""].value), **plain}


def _value(term: NamedNode | Literal) -> Any:
    if isinstance(term, NamedNode):
        return {"id": term.value}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    return {"@value": term.value, "@type": term.datatype.value}

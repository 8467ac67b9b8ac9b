"""JSON-LD in the terms of the context: shorter, and the same triples for three libraries' readers."""

import json

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize
from rdflib import Graph
from rdflib.compare import to_isomorphic

from pobratim.rdf.compact import compacted, context_text
from tests.support.json_ld import triples_of, with_context
from tests.support.sample_graph import POB, TYPE, data, examples, ontology, ties

ADDRESS = "https://ties.town.ru/context.jsonld"
XSD = "http://www.w3.org/2001/XMLSchema#"
THING = NamedNode("https://ties.town.ru/id/x")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def _all() -> list[Triple]:
    quads = {quad.triple for quad in (*data(), *ties(), *examples(), *ontology())}
    return sorted(quads, key=str)


def test_all_that_is_in_data_comes_back_as_it_was_and_shorter() -> None:
    triples = _all()
    made = compacted(triples, ADDRESS)
    assert json.loads(made)["@context"] == ADDRESS
    assert triples_of(made, RdfFormat.JSON_LD) == set(triples)
    assert len(made) < len(serialize(triples, format=RdfFormat.JSON_LD) or b"") * 0.6


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_another_library_reads_the_same() -> None:
    triples = sorted({quad.triple for quad in (*data(), *examples())}, key=str)
    lines = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    read = Graph().parse(data=with_context(compacted(triples, ADDRESS)), format="json-ld")
    assert to_isomorphic(read) == to_isomorphic(Graph().parse(data=lines, format="nt"))


ODD = [
    Literal("без языка"), Literal("x", language="be"), Literal("2", datatype=NamedNode(XSD + "integer")),
    Literal("02", datatype=NamedNode(XSD + "integer")), NamedNode("mailto:a@town.ru"), NamedNode("urn:x:y"),
    NamedNode(POB + "label"), NamedNode("http://www.w3.org/ns/org#"), BlankNode("b1"), Literal(""),
    Literal("pob:label"), Literal("@type"), Literal("a\n\"b\"\u2028"),
    Literal("true", datatype=NamedNode(XSD + "boolean")),
]  # fmt: skip
PROPERTIES = [
    LABEL.value, POB + "start", POB + "value", POB + "party", POB + "nothing", TYPE, "https://other.org/p",
    "http://purl.org/dc/terms/description", "http://www.w3.org/2004/02/skos/core#notation", "https://other.org/a:b//c",
]  # fmt: skip


@pytest.mark.parametrize("value", ODD, ids=str)
@pytest.mark.parametrize("name", PROPERTIES)
def test_a_value_that_no_term_is_made_for_is_spelt_out(name: str, value: Literal | NamedNode | BlankNode) -> None:
    triples = {Triple(THING, NamedNode(name), value), Triple(THING, NamedNode(name), Literal("да", language="ru"))}
    found = triples_of(compacted(sorted(triples, key=str), ADDRESS), RdfFormat.JSON_LD)
    if isinstance(value, BlankNode):
        assert len(found) == 2 and any(isinstance(one.object, BlankNode) for one in found)
    else:
        assert found == triples


def test_the_context_says_each_name_once() -> None:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        assert len(names) == len(set(names)), names
        return dict(pairs)

    json.loads(context_text(), object_pairs_hook=once)

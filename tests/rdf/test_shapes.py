"""The shapes: strictly read, each with a bad example that it catches, and of one mind with pySHACL."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from pyshacl import validate as pyshacl_validate
from rdflib import Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.namespace import RDF, SH

from pobratim.errors import ContentError
from pobratim.rdf.constraints import typed_value
from pobratim.rdf.index import Index
from pobratim.rdf.shapes import NodeShape, PropertyShape, Step, read_shapes
from pobratim.rdf.validate import Violation, compile_shapes, validate
from pobratim.store.tombstones import Tombstone, tombstone_graph
from tests.support.helpers_resolution import GROUP, HELD, PLANNED, READINGS, REPORT, ROUND_TABLE, SIGNED, SIGNING
from tests.support.sample_graph import (
    BASE,
    IN_SCHEME,
    LABEL,
    ONTOLOGY,
    POB,
    TYPE,
    background,
    data,
    rdflib_graph,
    text,
    ties,
)

SHAPES = ONTOLOGY / "shapes.ttl"
XSD = "http://www.w3.org/2001/XMLSchema#"
CV = "http://data.europa.eu/m8g/"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
NOWHERE = NamedNode("https://w3id.org/pobratim/id/place/nowhere")
PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e.example/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
MESSAGE = 'sh:message "ru"@ru, "en"@en'


@cache
def good() -> tuple[Quad, ...]:
    """Return sample, ties and a former IRI with the part of the ontology that shapes look at."""
    gone = tombstone_graph({f"{BASE}/id/place/gone": Tombstone("2024-01-01", True, "why")}, BASE)
    return (*data(), *ties(), *gone, *background())


@cache
def good_index() -> Index:
    return Index((q.subject, q.predicate, q.object) for q in good())


@cache
def shapes() -> tuple[NodeShape, ...]:
    return tuple(read_shapes(SHAPES))


@cache
def shacl_graph() -> Graph:
    return Graph().parse(SHAPES)


def ours(quads: Iterable[Quad]) -> set[tuple[str, str]]:
    """Return the focus node and shape of each fault."""
    return {(violation.focus, violation.shape) for violation in validate(quads)}


def theirs(quads: Iterable[Quad]) -> set[tuple[str, str]]:
    """Return the same of pySHACL's report."""
    _, report, _ = pyshacl_validate(rdflib_graph(quads), shacl_graph=shacl_graph())
    assert isinstance(report, Graph)
    return {
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.sourceShape)))
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


@dataclass(frozen=True)
class Case:
    """A constraint of a property shape; ``ill_typed`` breaks a datatype by its lexical form."""

    shape: PropertyShape
    node: NodeShape
    constraint: str
    ill_typed: bool = False

    def __str__(self) -> str:
        name = self.shape.iri.rpartition("/")[2]
        return f"{name}-{self.constraint}{'-ill-typed' if self.ill_typed else ''}"


def cases() -> Iterator[Case]:
    for node in shapes():
        for shape in node.properties:
            for constraint, values in shape.constraints.items():
                yield Case(shape, node, constraint)
                if constraint == "datatype" and values[0] in (XSD + "date", XSD + "integer", XSD + "decimal"):
                    yield Case(shape, node, constraint, ill_typed=True)


def focus_nodes(node: NodeShape) -> list[str]:
    return good_index().having(node.target) if node.by_predicate else good_index().instances(node.target)


class Mutation:
    """Breaks one constraint at one focus node that has a value, and nothing else of the same shape where possible.

    Nodes known by a predicate differ from shape to shape: what lost one property must be looked at for the others.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        able = [
            (focus, list(found))
            for focus in focus_nodes(case.node)
            if (found := good_index().follow(focus, case.shape.steps[:1]))
        ]
        by_predicate = [node for node in shapes() if node.by_predicate]
        at = by_predicate.index(case.node) + case.node.properties.index(case.shape) if case.node.by_predicate else 0
        self.focus, self.values = able[at % len(able)]

    def quads(self) -> list[Quad]:
        step, kept = self.case.shape.steps[0], list(good())
        if self.case.constraint == "maxCount":
            return [*kept, self._link(step, self._second())]
        if self.case.constraint == "lessThanOrEquals":
            return self._end_before_start(kept)
        kept = [quad for quad in kept if not self._is_link(quad, step)]
        return kept if self.case.constraint == "minCount" else [*kept, *self._bad_links(step)]

    def _is_link(self, quad: Quad, step: Step) -> bool:
        end = quad.object if step.inverse else quad.subject
        return quad.predicate.value == step.predicate and end == NamedNode(self.focus)

    def _link(self, step: Step, value: NamedNode | Literal) -> Quad:
        here, path = NamedNode(self.focus), NamedNode(step.predicate)
        if step.inverse:
            assert isinstance(value, NamedNode)
            return Quad(value, path, here)
        return Quad(here, path, value)

    def _bad_links(self, step: Step) -> list[Quad]:
        """Return as many links as there were, each with a wrong value."""
        wrong = self._wrong()
        others = [value for value in self.values if value != self.values[0]]
        return [self._link(step, value) for value in (wrong, *others)]

    def _wrong(self) -> NamedNode | Literal:
        first, constraint = self.values[0], self.case.constraint
        if constraint == "class":
            return NOWHERE
        if constraint == "in":
            return self._concept_of_another_scheme()
        if constraint == "nodeKind":
            return Literal("text")
        if constraint == "minLength":
            return Literal("", language="ru") if isinstance(first, Literal) and first.language else Literal("")
        if constraint == "pattern":
            return Literal("?\r", datatype=first.datatype) if isinstance(first, Literal) else NOWHERE
        assert constraint == "datatype"
        [datatype] = self.case.shape.constraints["datatype"]
        if self.case.ill_typed:
            return Literal("2023-02-30", datatype=NamedNode(datatype))
        return Literal("text") if datatype == LANG_STRING else Literal("text", language="ru")

    def _concept_of_another_scheme(self) -> NamedNode:
        allowed = self.case.shape.constraints["in"]
        found = [q.subject for q in background() if q.predicate.value == IN_SCHEME and text(q.object) not in allowed]
        assert isinstance(found[0], NamedNode)
        return found[0]

    def _second(self) -> NamedNode | Literal:
        """Return another value that breaks nothing but the count."""
        first = self.values[0]
        if isinstance(first, Literal):
            if first.language:
                return Literal(first.value + "!", language=first.language)
            other = {XSD + "date": "2023-01-26", XSD + "integer": "7", XSD + "decimal": "0.25"}
            other[XSD + "dateTime"] = "2023-01-26T00:00:00Z"
            return Literal(other.get(first.datatype.value, "text"), datatype=first.datatype)
        wanted = self.case.shape.constraints.get("class", [TYPE])[0]
        known = good_index().instances(wanted)
        return next(NamedNode(iri) for iri in (*known, NOWHERE.value) if NamedNode(iri) not in self.values)

    def _end_before_start(self, kept: list[Quad]) -> list[Quad]:
        [later] = self.case.shape.constraints["lessThanOrEquals"]
        assert isinstance(self.values[0], Literal)
        early = "1999-12-31" if self.values[0].datatype.value == XSD + "date" else "-1"
        kept = [q for q in kept if not self._is_link(q, Step(later))]
        return [*kept, self._link(Step(later), Literal(early, datatype=self.values[0].datatype))]


# The shapes as content


def test_the_good_data_conform_and_every_shape_has_something_to_check() -> None:
    assert validate(good()) == []
    assert not [shape.iri for shape in shapes() if not focus_nodes(shape)]


def test_every_shape_has_a_readable_iri_and_texts_in_both_languages() -> None:
    graph = shacl_graph()
    properties = list(graph.subjects(RDF.type, SH.PropertyShape))
    assert len(properties) > 70 and all(isinstance(shape, URIRef) for shape in properties)
    for shape in properties:
        assert re.fullmatch(r"https://w3id\.org/pobratim/shapes/[A-Z][A-Za-z]+-[a-z-]+", str(shape))
        for predicate in (SH.name, SH.description, SH.message):
            languages = [getattr(text, "language", "") for text in graph.objects(shape, predicate)]
            assert sorted(languages) == ["en", "ru"], f"{shape} {predicate}"


@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_every_constraint_catches_a_bad_example(case: Case) -> None:
    mutation = Mutation(case)
    assert (mutation.focus, case.shape.iri) in ours(mutation.quads())


# pySHACL as the judge


def test_pyshacl_finds_no_fault_in_the_good_data() -> None:
    assert theirs(good()) == set()


@pytest.mark.parametrize("constraint", sorted({case.constraint for case in cases()}))
def test_pyshacl_and_the_compiled_checks_agree(constraint: str) -> None:
    """All bad examples of one constraint at once: the lines that the mutations take away and put in."""
    found = [Mutation(case).quads() for case in cases() if case.constraint == constraint]
    whole = set(good())
    removed = {quad for quads in found for quad in whole - set(quads)}
    added = {quad for quads in found for quad in set(quads) - whole}
    mutated = [*(whole - removed), *added]
    faults = theirs(mutated)
    assert len(faults) >= len({case.shape.iri for case in cases() if case.constraint == constraint})
    assert ours(mutated) == faults


def test_dates_that_cannot_be_compared_are_out_of_order() -> None:
    entry = f"{BASE}/id/entry/{REPORT}/9"
    end, year = NamedNode(POB + "end"), NamedNode(XSD + "gYear")
    kept = [q for q in good() if (text(q.subject), q.predicate) != (entry, end)]
    for value in (Literal("2023-01-27"), NOWHERE, Literal("2023", datatype=year)):
        mutated = [*kept, Quad(NamedNode(entry), end, value)]
        assert (entry, "https://w3id.org/pobratim/shapes/ReportEntry-start") in ours(mutated)
        # rdflib holds a year for its first day; SPARQL, by which SHACL orders values, does not.
        assert (isinstance(value, Literal) and value.datatype == year) or ours(mutated) == theirs(mutated)


# Reading strictly


def _shapes_file(folder: Path, text: str) -> Path:
    path = folder / "shapes.ttl"
    path.write_text(PREFIXES + text, encoding="utf-8")
    return path


NODE = "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property e:P"
PATH = f"{NODE} . e:P sh:path e:p ; {MESSAGE}"


@pytest.mark.parametrize(
    "shape",
    [
        f"{PATH} ; sh:uniqueLang true",
        f'{PATH} ; rdfs:comment "x"',
        f"{PATH} ; sh:class e:A, e:B",
        f"{PATH} ; sh:nodeKind sh:BlankNode",
        f'{PATH} ; sh:minCount "a"',
        f'{PATH} ; sh:pattern "("',
        f"{PATH} ; sh:in e:notAList",
        f"{NODE} ; sh:closed true . e:P sh:path e:p ; {MESSAGE}",
        f"{NODE} . e:P sh:minCount 1 ; {MESSAGE}",
        f"{NODE} . e:P sh:path [ sh:oneOrMorePath e:p ] ; {MESSAGE}",
        f"{NODE} . e:P sh:path [ sh:alternativePath ( ( e:p e:q ) e:r ) ] ; {MESSAGE}",
        f"e:S a sh:NodeShape ; sh:property e:P . e:P sh:path e:p ; {MESSAGE}",
        f"{NODE} ; sh:targetClass e:D . e:P sh:path e:p ; {MESSAGE}",
        f"e:P a sh:PropertyShape ; sh:path e:p ; sh:minCount 1 ; {MESSAGE}",
        "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property e:Misspelt",
    ],
)
def test_shacl_that_is_not_checked_is_refused(tmp_path: Path, shape: str) -> None:
    with pytest.raises(ContentError, match="shapes-unsupported"):
        compile_shapes(_shapes_file(tmp_path, f"{shape} ."))


def test_a_message_in_one_language_is_refused(tmp_path: Path) -> None:
    text = 'e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property e:P . e:P sh:path e:p ; sh:message "ru"@ru .'
    with pytest.raises(ContentError, match="shapes-message"):
        compile_shapes(_shapes_file(tmp_path, text))


def test_broken_turtle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="content-turtle"):
        compile_shapes(_shapes_file(tmp_path, "e:S a sh:NodeShape"))


def test_paths_of_several_steps_are_followed(tmp_path: Path) -> None:
    text = f"""e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property e:P .
    e:P a sh:PropertyShape ; sh:path ( e:p [ sh:inversePath e:q ] ) ; sh:in ( e:x ) ; {MESSAGE} ."""
    compiled = compile_shapes(_shapes_file(tmp_path, text))
    e = {name: NamedNode(f"http://e.example/{name}") for name in "acCdpqxy"}
    kept = [Quad(e["a"], NamedNode(TYPE), e["C"]), Quad(e["a"], e["p"], e["d"]), Quad(e["x"], e["q"], e["d"])]
    assert validate(kept, compiled) == []
    [violation] = validate([*kept, Quad(e["y"], e["q"], e["d"])], compiled)
    assert violation.path == "http://e.example/p/^http://e.example/q"
    assert violation.message == "ru / en" and violation.focus == "http://e.example/a"


def test_one_of_several_paths_is_enough(tmp_path: Path) -> None:
    text = f"""e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property e:P .
    e:P a sh:PropertyShape ; sh:path [ sh:alternativePath ( e:p ( e:q e:r ) ) ] ; sh:minCount 1 ; {MESSAGE} ."""
    compiled = compile_shapes(_shapes_file(tmp_path, text))
    e = {name: NamedNode(f"http://e.example/{name}") for name in "aCpqrxy"}
    instance = Quad(e["a"], NamedNode(TYPE), e["C"])
    half, whole = Quad(e["a"], e["q"], e["x"]), Quad(e["x"], e["r"], e["y"])
    assert validate([instance, Quad(e["a"], e["p"], e["x"])], compiled) == []
    assert validate([instance, half, whole], compiled) == []
    [violation] = validate([instance, half], compiled)
    assert violation.path == "http://e.example/p|http://e.example/q/http://e.example/r"


@pytest.mark.parametrize(
    ("text", "datatype", "valid"),
    [
        ("2023-01-27", "date", True),
        ("2023-02-30", "date", False),
        ("20230127", "date", False),
        ("2023-W01-1", "date", False),
        ("-12", "integer", True),
        ("1.5", "integer", False),
        (".5", "decimal", True),
        ("1e3", "decimal", False),
        ("anything", "string", True),
    ],
)
def test_a_literal_whose_text_and_type_disagree_has_no_value(text: str, datatype: str, valid: bool) -> None:
    assert (typed_value(Literal(text, datatype=NamedNode(XSD + datatype))) is not None) == valid


# Whose fault


def _owners(focus: str, predicate: str) -> tuple[tuple[str, int], ...]:
    """Return the rows to blame where a node loses a property."""
    kept = [q for q in (*data(), *background()) if (text(q.subject), q.predicate.value) != (focus, predicate)]
    violations = [violation for violation in validate(kept) if violation.focus == focus]
    assert violations
    return violations[0].owners


@pytest.mark.parametrize(
    ("kind", "key", "predicate", "rows"),
    [
        ("entry", f"{REPORT}/9", POB + "entryNumber", [9]),
        ("cell", f"{REPORT}/8/dates", "http://purl.org/dc/terms/type", [8]),
        ("activity", READINGS, "http://purl.org/dc/terms/type", [19, 28]),
        ("contact", f"{SIGNING}-art-school-8-art-school-3", POB + "basis", [9]),
        ("agreement", SIGNED, POB + "status", [9]),
        ("agreement", HELD, POB + "status", [8]),
        ("agreement", PLANNED, POB + "status", [40]),
        ("group", GROUP, LABEL, [19]),
        (
            "participation",
            f"{ROUND_TABLE}/organisation/by-grodno-gymnasium-7/party",
            "http://data.europa.eu/m8g/role",
            [8],
        ),
        ("mention", f"{REPORT}/9/purpose/27-54/agreements-0", POB + "rule", [9]),
        ("organisation", "by-grodno-gymnasium-7", "http://www.w3.org/2004/02/skos/core#prefLabel", []),
        ("place", "by-vitebsk", LABEL, []),
    ],
)
def test_a_fault_names_the_rows_it_came_from(kind: str, key: str, predicate: str, rows: list[int]) -> None:
    assert _owners(f"{BASE}/id/{kind}/{key}", predicate) == tuple((REPORT, row) for row in rows)


def test_violations_are_sorted_and_equal_on_every_run() -> None:
    kept = [q for q in good() if q.predicate.value != LABEL]
    first = validate(kept)
    assert first and first == validate(reversed(kept))
    assert first == sorted(first, key=lambda v: (v.focus, v.path, v.shape))
    assert all(isinstance(violation, Violation) and violation.message for violation in first)


# The official shapes


def _official(shared: Path, name: str) -> Graph:
    return Graph().parse(shared / "conformance" / "shacl" / "semic-core" / name)


OFFICIAL = {
    "cpev-1.1.1-SHACL.ttl": (f"{CV}PublicEvent", "http://purl.org/dc/terms/title"),
    "cpov-2.1.1-SHACL.ttl": (f"{CV}PublicOrganisation", "http://www.w3.org/2004/02/skos/core#prefLabel"),
    "core-location-2.1.0-SHACL.ttl": (f"{CV}AdminUnit", LABEL),
}


@pytest.mark.shared
@pytest.mark.parametrize(("file", "target"), OFFICIAL.items(), ids=OFFICIAL)
def test_data_conform_to_the_official_shapes(shared: Path, file: str, target: tuple[str, str]) -> None:
    """And do not once a text of the class that the vocabulary is about has lost its language."""
    official, graph = _official(shared, file), rdflib_graph([*data(), *background()])
    cls, path = map(URIRef, target)
    nodes = sorted(graph.subjects(RDF.type, cls), key=str)
    assert len(nodes) >= 3 and (None, SH.targetClass, cls) in official
    conforms, _, report = pyshacl_validate(graph, shacl_graph=official)
    assert conforms, report
    value = next(graph.objects(nodes[0], path))
    graph.remove((nodes[0], path, value))
    graph.add((nodes[0], path, RdflibLiteral(str(value))))
    conforms, _, _ = pyshacl_validate(graph, shacl_graph=official)
    assert not conforms

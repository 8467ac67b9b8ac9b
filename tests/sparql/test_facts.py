"""Which queries are of facts alone: by hand for each turn of the syntax, and by asking both stores at random."""

import random
from collections.abc import Iterator
from itertools import product

import pytest
from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, parse

from pobratim.sparql.evidence import APART, PROPERTIES
from pobratim.sparql.facts import is_of_facts
from pobratim.store.reader import MemoryReader

PREFIXES = """PREFIX ex: <http://example.org/> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX pob: <https://w3id.org/pobratim/def#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
OF_FACTS = [
    "SELECT * { ?s ex:p ?o }",
    "select?s where{?s<http://example.org/p>?o}",
    "SELECT ?s WHERE { ?s a ex:C . }",
    "SELECT ?s WHERE { ?s a?c }",
    "SELECT DISTINCT ?s { ?s ex:p ?o ; ex:q ?a , ?b ; a ex:C ; . ?o ex:p 5.?b ex:q .5e3 , -1 , +1.5E-2 , true }",
    "SELECT ?s { ?s ex:p 'a'@ru , \"b\"^^xsd:date , '''it's ?x oa:exact \" ?y''' , \"\"\"} { oa:hasBody\"\"\" }",
    "SELECT ?s { ?s ex:p ?o # ?s oa:exact ?o }\n}",
    "SELECT ?s { ?s ex:p '# not a comment' . ?s ex:q ?o }",
    "ASK { ?s ex:p ?o }",
    "ASK { }",
    "SELECT (COUNT(*) AS ?n) { ?s ex:p ?o }",
    "SELECT (COUNT(DISTINCT ?s) AS ?n) (GROUP_CONCAT(?o; separator=' | ') AS ?all) { ?s ex:p ?o } GROUP BY ?s",
    "SELECT ?s { ?s ex:p/ex:q ?o }",
    "SELECT ?s { ?s ^ex:p|ex:q/(ex:r|a) ?o }",
    "SELECT ?s { ?s (ex:p/ex:q)+ ?o }",
    "SELECT ?s { ?s ex:p+5 }",
    "SELECT ?s { ?s a ex:C ; ex:p* ?o }",
    "SELECT ?s { ?s ex:p?/ex:q ?o }",
    "SELECT ?s { ?s ex:p? ?o . ?o ex:q 1 }",
    "SELECT ?s { ?s ex:q ?o OPTIONAL { ?o ex:p* ?far } }",
    "SELECT ?s { ?s ex:q ?o { ?o ex:p* ?far } UNION { ?o ex:r ?far } }",
    "SELECT ?s { ?s ex:q ?o MINUS { ?o ex:p* ex:end } }",
    "SELECT ?s { ?s ex:q ?o FILTER EXISTS { ?o ex:p* ?far } }",
    "SELECT ?s { [ ex:p ?s ; ex:q [] , [ a ex:C ] ] }",
    "SELECT ?s { [ ex:p ?s ] ex:q ?o . [] ex:r ?o . _:x ex:p _:y . }",
    "SELECT ?s { ?s ex:p ?o OPTIONAL { ?o ex:q ?x } FILTER(BOUND(?x) && ?x < 5 && ?o > ?x) }",
    "SELECT ?s { ?s ex:p ?o FILTER(?o < 3&&?o>1) }",
    "SELECT ?s { ?s ex:p ?o FILTER regex(?o, '^a{2}(b)', \"i\") }",
    "SELECT ?s { ?s ex:p ?o FILTER xsd:boolean(?o) . ?o ex:q ?x }",
    "SELECT ?s { ?s ex:p ?o FILTER NOT EXISTS { ?s ex:q ?o } }",
    "SELECT ?s { ?s ex:p ?o FILTER(!EXISTS { ?s ex:q ?x FILTER EXISTS { ?x a ex:C } } || ?o IN (1, 2)) }",
    "SELECT ?s { ?s ex:p ?o MINUS { ?s ex:q ?o } }",
    "SELECT ?s { { ?s ex:p ?o } UNION { ?s ex:q ?o } UNION { } }",
    "SELECT ?s { { SELECT ?s (MAX(?o) AS ?m) { ?s ex:p ?o } GROUP BY ?s HAVING (MAX(?o) > 1) ORDER BY ?s LIMIT 3 } }",
    "SELECT ?s { BIND(IF(1 < 2, 'a', 'b') AS ?x) ?s ex:p ?x }",
    "SELECT ?s { VALUES ?o { 1 'a'@ru ex:c <http://example.org/d> UNDEF true } ?s ex:p ?o }",
    "SELECT ?s { VALUES (?s ?o) { (1 2) (UNDEF ex:x) } ?s ex:p ?o }",
    "SELECT ?s { ?s ex:p ?o } VALUES ?o { 1 2 }",
    "SELECT ?s { ?s ex:p ?o } ORDER BY DESC(?o) ASC(STR(?s)) ?o LIMIT 10 OFFSET 5",
    "SELECT ?s { ?s ex:p ?o } GROUP BY ?s (STR(?o) AS ?t) HAVING (COUNT(*) > 1)",
    "SELECT (EXISTS { ?s ex:q ?o } AS ?is) { ?s ex:p ?o }",
    "CONSTRUCT { ?s oa:hasBody ?o . ?s ?p [ oa:exact 'x' ] } WHERE { ?s ex:p ?o }",
    "CONSTRUCT WHERE { ?s ex:p ?o }",
    "CONSTRUCT { } { ?s ex:p ?o }",
    "SELECT ?s FROM ex:g FROM NAMED <http://example.org/h> { ?s ex:p ?o GRAPH ex:h { ?s ex:q ?o } }",
    "SELECT ?s { GRAPH <http://example.org/graph/report/evidence> { ?s ex:p ?o } }",
    "BASE <http://example.org/> SELECT ?s { ?s ex:p ?o }",
    "PREFIX : <http://example.org/> PREFIX ex: <http://example.org/> SELECT * { ?s : ?o ; :p ex: }",
    "PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?s { ?s ex:p ?o }",
    "SELECT ?s { ?s ex:p ?oa, ?exact ; ex:q 'oa:exact' }",
]
"""Questions that a store without evidence answers as well."""
NOT_OF_FACTS = [
    "SELECT * { ?s ?p ?o }",
    "SELECT * { ?s $p ?o }",
    "SELECT * { ?s oa:hasBody ?o }",
    "SELECT * { ?s <http://www.w3.org/ns/oa#exact> ?o }",
    "SELECT * { ?s pob:value ?o }",
    "SELECT * { ?s <http://purl.org/dc/terms/hasPart> ?o }",
    "SELECT * { ?s ex:p/<http://www.w3.org/1999/02/22-rdf-syntax-ns#value> ?o }",
    "SELECT * { ?s pob:property ex:p }",
    "SELECT * { ?s ex:p ?o ; pob:rule ?r }",
    "SELECT * { ?s ex:p ?o . ?s pob:confidence 0.5 }",
    "PREFIX x: <http://www.w3.org/ns/oa#> SELECT * { ?s x:exact ?o }",
    "PREFIX x: <http://www.w3.org/ns/> SELECT * { ?s x:oa\\#exact ?o }",
    "PREFIX x: <http://www.w3.org/ns/oa> SELECT * { ?s ex:p ?o . ?s x:%23exact ?o . ?s ?x ?y }",
    "PREFIX x: <http://www.w3.org/ns/o> PREFIX x: <http://www.w3.org/ns/oa#> SELECT * { ?s x:exact ?o }",
    "PREFIX : <http://www.w3.org/ns/oa#> SELECT * { ?s :exact ?o }",
    "SELECT * { ?s <http://www.w3.org/ns/oa#\\u0065xact> ?o }",
    "SELECT * { ?s <http://www.w3.org/ns/\\U0000006Fa#exact> ?o }",
    "SELECT * { ?s ex:p '\\u0022' }",
    "BASE <http://www.w3.org/ns/> SELECT * { ?s <oa#exact> ?o }",
    "BASE <http://www.w3.org/ns/oa> SELECT * { ?s <#exact> ?o }",
    "BASE <http://www.w3.org/> SELECT * { ?s <http://www.w3.org/x/../ns/oa#exact> ?o }",
    "BASE <http://www.w3.org/ns/> PREFIX o: <oa#> SELECT * { ?s o:exact ?o }",
    "SELECT * { ?s <//www.w3.org/ns/oa#exact> ?o }",
    "SELECT * { ?s a oa:Annotation }",
    "SELECT * { ?s a pob:Mention }",
    "SELECT * { ?s ex:p/oa:exact ?o }",
    "SELECT * { ?s (ex:p|^pob:value)+ ?o }",
    "SELECT * { ?s !ex:p ?o }",
    "SELECT * { ?s !(ex:p|^ex:q) ?o }",
    "SELECT * { ?s ex:p/!a ?o }",
    "SELECT * { ?s ex:p* ?o }",
    "SELECT * { ?s ex:p? ?o }",
    "SELECT * { ?s (ex:p?|ex:q) ?o }",
    "SELECT * { ?s ex:p*/ex:q? ?o }",
    "SELECT * { ?s (ex:p*)+ ?o }",
    "SELECT * { ex:s ex:p* ?o }",
    "SELECT * { ?s ex:p* 'what a phrase says' }",
    "SELECT * { VALUES ?s { ex:s } ?s ex:p* ?o }",
    "SELECT * { ?s ex:p* ?o . OPTIONAL { ?s a ex:C } }",
    "SELECT * { OPTIONAL { ?s ex:p* ?o } ?s a ex:C }",
    "SELECT * { ?s a ex:C { SELECT (COUNT(*) AS ?n) { ?s ex:p* ?o } } }",
    "SELECT * { ?s a ex:C OPTIONAL { VALUES ?w { ex:s } MINUS { ?s ex:p* ?w } } }",
    "SELECT * { ?s a ex:C OPTIONAL { VALUES ?w { ex:s } FILTER EXISTS { ?s ex:p* ?w } } }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?p { VALUES ?p { ex:p } ?s ?p ?o }",
    "SELECT * { GRAPH ?g { ?s ex:p ?o } }",
    "SELECT ?g { GRAPH ?g { } }",
    "ASK { GRAPH <http://example.org/graph/evidence/r> { } }",
    "SELECT * FROM <http://example.org/graph/evidence/r> { ?s ex:p ?o }",
    "SELECT * FROM NAMED <http://example.org/graph/evidence/r> { ?s ex:p ?o }",
    "SELECT * FROM <r> { ?s ex:p ?o }",
    "DESCRIBE ex:s",
    "DESCRIBE ?s { ?s ex:p ?o }",
    "SELECT * { <http://example.org/id/mention/m> ex:p ?o }",
    "SELECT * { ?s ex:p <http://example.org/id/cell/c#char=0,5> }",
    "SELECT * { ?s ex:p ?o FILTER(?o = <http://example.org/id/mention/m>) }",
    "SELECT * { ?s ex:p ?o FILTER EXISTS { ?s ?p ?o } }",
    "SELECT * { ?s ex:p ?o FILTER NOT EXISTS { ?s oa:hasBody ?o } }",
    "SELECT * { ?s ex:p ?o FILTER(?o > 1 || EXISTS { ?s pob:value ?o }) }",
    "SELECT * { ?s ex:p ?o BIND(EXISTS { ?m pob:value ?o } AS ?is) }",
    "SELECT (EXISTS { ?m pob:value ?o } AS ?is) { ?s ex:p ?o }",
    "SELECT ?s { ?s ex:p ?o } GROUP BY ?s HAVING (EXISTS { ?s ?p ?o })",
    "SELECT ?s { ?s ex:p ?o } ORDER BY (EXISTS { ?s ?p ?o })",
    "SELECT * { ?s ex:p ?o MINUS { ?s ?p ?o } }",
    "SELECT * { ?s ex:p ?o OPTIONAL { ?s oa:hasTarget ?t } }",
    "SELECT * { { ?s ex:p ?o } UNION { ?s ?p ?o } }",
    "SELECT * { { SELECT * { ?s ?p ?o } } }",
    "SELECT * { ?s ex:p [ ?p ?o ] }",
    "SELECT * { [ oa:exact ?o ] ex:p ?x }",
    "SELECT * { ?s ex:p '}' , ?x . ?s oa:exact ?o }",
    "SELECT * { ?s ex:p ?o # }\n . ?s oa:exact ?o }",
    "CONSTRUCT WHERE { ?s oa:hasBody ?o }",
    "CONSTRUCT { ?s ex:p ?o } WHERE { ?s ?p ?o }",
    "PREFIX filter: <http://example.org/> SELECT * { ?s filter:p ?o }",
    "SELECT * { ?s unknown:p ?o }",
    "SELECT * { ?s ex:p (1 2) }",
    "SELECT * { << ?s ex:p ?o >> ex:q ?x }",
    "SELECT * { ?s ex:p ?o {| ?p ?x |} }",
    "SELECT * { ?s ex:p ?o ~ ?r }",
    "SELECT * { ?s ex:p ?o LATERAL { ?s ex:q ?x } }",
    "SELECT * { SERVICE <http://example.org/sparql> { ?s ex:p ?o } }",
    "SELECT * { ?s ex:p ?o FILTER(?a<?b&&(?c>?d)) }",
    "SELECT * { ?s ex:p ?o FILTER(?o<3&&?o>1) }",
    "SELECT * { ?s A ex:C }",
    "SELECT * { ?s ex:p ?o",
    "SELECT * { ?s ex:p ?o } }",
    "SELECT * { ?s ex:p ?o } ; SELECT * { ?s ?p ?o }",
    "INSERT DATA { ex:s ex:p ex:o }",
    "DELETE WHERE { ?s ex:p ?o }",
    "SELECT * " + "{" * 500 + "}" * 500,
    "",
]
"""Questions that evidence may have a part in, that no engine takes, or that are read by another grammar than ours."""


@pytest.mark.parametrize("text", OF_FACTS)
def test_a_question_of_facts_is_told(text: str) -> None:
    assert is_of_facts(PREFIXES + text)


@pytest.mark.parametrize("text", NOT_OF_FACTS)
def test_what_may_see_evidence_is_not_of_facts(text: str) -> None:
    assert not is_of_facts(PREFIXES + text)


@pytest.mark.parametrize(("values", "is_read"), [(1_000, True), (10_000, False)])
def test_a_text_longer_than_any_of_ours_is_put_to_the_whole(values: int, is_read: bool) -> None:
    text = f"{PREFIXES} SELECT * {{ ?s ex:p ?o VALUES ?o {{ {'1 ' * values} }} }}"
    assert is_of_facts(text) is is_read


def test_graphs_that_a_request_names_count() -> None:
    text = f"{PREFIXES} SELECT * {{ ?s ex:p ?o }}"
    assert is_of_facts(text, ("http://example.org/graph/report/r",))
    assert not is_of_facts(text, ("http://example.org/graph/report/r", "http://example.org/graph/evidence/r"))


ID = "http://example.org/"
FACTS = [
    f"<{ID}{s}> <{ID}{p}> <{ID}{o}> <{ID}graph/{g}> ."
    for s, p, o, g in ("apbf", "bpcf", "cqdf", "aqcg", "drag", "bqeg", "epeg", "arbf")
]
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
FACTS += [f"<{ID}{s}> {_TYPE} <{ID}C> <{ID}graph/f> ." for s in "abe"]
_OA, _POB = "http://www.w3.org/ns/oa#", "https://w3id.org/pobratim/def#"
EVIDENCE = [
    f"<{ID}id/mention/{n}> <{p}> {o} <{ID}graph/evidence/f> ."
    for n in (1, 2)
    for p, o in (
        (f"{_OA}hasBody", f"<{ID}{'ab'[n - 1]}>"),
        (f"{_POB}property", f"<{ID}only>"),
        (f"{_POB}value", f"<{ID}c>"),
        (f"{_OA}hasTarget", f"<{ID}id/cell/x#char=0,{n}>"),
        (f"{_POB}rule", '"rule"'),
    )
]
_VALUE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#value>"
EVIDENCE += [f'<{ID}{s}> {_VALUE} "phrase" <{ID}graph/f> .' for s in ("a", "cell")]
EVIDENCE.append(f"<{ID}b> <http://purl.org/dc/terms/hasPart> <{ID}cell> <{ID}graph/f> .")
EVIDENCE += [f'<{ID}id/cell/x#char=0,1> <{_OA}exact> "phrase" <{ID}graph/evidence/f> .']


def _held(lines: list[str]) -> MemoryReader:
    return MemoryReader(
        Quad(q.subject, q.predicate, q.object, q.graph_name) for q in parse("\n".join(lines), format=RdfFormat.N_QUADS)
    )


class _Maker:
    """Makes small questions at random."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def _one(self, *of: str) -> str:
        return self._random.choice(of)

    def _often(self, share: float) -> bool:
        return self._random.random() < share

    def _verb(self) -> str:
        if self._often(0.06):
            return self._one("?p", "oa:hasBody", _VALUE, "pob:value", "oa:exact", "!ex:p", "pob:property")
        one = self._one("ex:p", "ex:q", "ex:r", "^ex:p", "a")
        if self._often(0.2):
            return f"({one}|{self._one('ex:p', 'ex:q')})" + self._one("", "+", "*", "?")
        return one + self._one("", "", "", "", "/ex:q", "+", "*", "?", "?/ex:p*", "*/ex:r")

    def _term(self) -> str:
        named = self._one("ex:a", "ex:b", "ex:c", "ex:only", "ex:C", "'phrase'", "<http://example.org/id/mention/1>")
        return named if self._often(0.2) else self._one("?x", "?y", "?z")

    def _triple(self) -> str:
        subject = self._term()
        return f"{'ex:a' if subject.startswith(chr(39)) else subject} {self._verb()} {self._term()} . "

    def _group(self, depth: int) -> str:
        made = "".join(self._member(depth) for _ in range(self._random.randint(1, 3)))
        return f"{{ {made} }}"

    def _member(self, depth: int) -> str:
        if not depth or self._often(0.55):
            return self._triple()
        inner = self._group(depth - 1)
        return self._one(
            f"OPTIONAL {inner} ",
            f"MINUS {inner} ",
            f"FILTER {self._one('', 'NOT ')}EXISTS {inner} ",
            f"{inner} UNION {self._group(depth - 1)} ",
            f"{inner} ",
            f"GRAPH {self._one('ex:graph/f'.replace('/', chr(92) + '/'), f'<{ID}graph/f>', f'<{ID}graph/g>')} {inner} ",
            f"{{ SELECT ?x (COUNT(*) AS ?n) {inner} GROUP BY ?x }} ",
            "VALUES ?y { ex:c ex:only <http://example.org/id/mention/1> 'phrase' } ",
            "VALUES ?y { ex:c ex:only } ",
            "BIND(ex:only AS ?w) ",
        )

    def text(self) -> str:
        head = self._one("SELECT *", "SELECT DISTINCT ?x ?y", "ASK", "CONSTRUCT { ?x ex:made ?y }")
        named = self._one("", "", "", f" FROM <{ID}graph/f>", f" FROM <{ID}graph/evidence/f>")
        return f"{PREFIXES}{head}{named} WHERE {self._group(2)}"


def _answer(reader: MemoryReader, text: str) -> list[str]:
    try:
        result = reader.query(text)
    except SyntaxError:
        return ["a syntax error"]
    if isinstance(result, QueryBoolean):
        return [str(bool(result))]
    assert isinstance(result, QuerySolutions | QueryTriples)
    return sorted(map(str, result))


def _asked(seeds: Iterator[int]) -> Iterator[tuple[str, bool, bool]]:
    facts, whole = _held(FACTS), _held(FACTS + EVIDENCE)
    for seed in seeds:
        text = _Maker(seed).text()
        yield text, is_of_facts(text), _answer(facts, text) == _answer(whole, text)


def test_what_is_told_to_be_of_facts_has_the_same_answer_without_evidence() -> None:
    found = list(_asked(iter(range(3_000))))
    assert [text for text, told, same in found if told and not same] == []
    counted = [sum(1 for _, told, same in found if (told, same) == each) for each in product((True, False), repeat=2)]
    assert counted[0] > 500, "questions of facts were asked"
    assert counted[3] > 100, "questions that see evidence were asked"


def test_the_properties_of_this_sample_are_those_of_evidence() -> None:
    evidence = NamedNode(f"{ID}graph/evidence/f")
    beside = {quad.predicate.value for quad in _held(EVIDENCE).quads() if quad.graph_name != evidence}
    assert beside == APART - PROPERTIES

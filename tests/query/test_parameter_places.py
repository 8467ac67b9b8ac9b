"""Places where a constant cannot stand are refused before they answer otherwise; values that do not fit are told."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from pobratim.errors import ContentError, UsageError
from pobratim.query.library import library, parse_query, queries_root
from pobratim.query.parameter_places import misplaced
from pobratim.query.question import NamedQuery
from pobratim.store.reader import MemoryReader

HEADER = '#+ summary: {ru: "а", en: "a"}\n#+ parameters: {x: {label: {ru: "х", en: "x"}}}\n'
FORBIDDEN = [
    ("SELECT $x ?s { ?s ?p ?o FILTER(!BOUND ( $x ) || ?o = $x) }", "BOUND $x"),
    ("SELECT $x ?s { ?s ?p ?o BIND(?o AS ?x) }", "AS $x"),
    ('SELECT $x ?s { ?s ?p ?o VALUES $x { "a" } }', "VALUES $x"),
    ('SELECT $x ?s { ?s ?p ?o VALUES (?s $x) { (UNDEF "a") } }', "VALUES $x"),
    ("SELECT $x ?s { ?s ?p ?o MINUS { ?other ?q $x } }", "MINUS { $x }"),
    ("SELECT $x ?s { ?s ?p ?o MINUS { ?other ?q ?v FILTER(?v = $x && ?s != ?other) } }", "MINUS { $x }"),
    ("SELECT $x ?s { { ?s ?p ?o } UNION { ?t ?p $x MINUS { ?s ?q $x } } }", "MINUS { $x }"),
]
ALLOWED = [
    "SELECT $x ?s { ?s ?p ?o FILTER(COALESCE(?o = $x, true)) }",
    "SELECT $x (STR($x) AS ?y) { ?s ?p $x }",
    "SELECT $x ?s { ?s ?p ?o MINUS { ?s ?q $x } }",
    "SELECT $x ?s { ?s ?p ?o FILTER NOT EXISTS { ?other ?q $x } }",
    'SELECT $x ?s { VALUES ?o { "a" } ?s $x ?o }',
    "SELECT $x ?s { ?s ?p 'BOUND($x)' } # VALUES $x",
]
KNOWN = [
    query
    for group in ("", "views", "views/details", "pages", "checks", "search", "search/support")
    for query in library(queries_root(), group).values()
]


@pytest.mark.parametrize(("text", "place"), FORBIDDEN)
def test_a_parameter_where_no_constant_can_stand_is_refused_with_the_files_name(text: str, place: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_query(HEADER + text, "q", "q.rq")
    assert (caught.value.code, caught.value.values) == ("query-parameter-place", {"place": place, "file": "q.rq"})
    with pytest.raises(UsageError, match="query-parameter-place"):
        parse_query(text, "q", "SPARQL").bindings({"x": "a"}, "ru")


@pytest.mark.parametrize("text", ALLOWED)
def test_a_parameter_where_a_constant_can_stand_is_taken(text: str) -> None:
    assert parse_query(HEADER + text, "q", "q.rq").parameters[0].name == "x"


@pytest.mark.parametrize("query", KNOWN, ids=lambda query: query.name)
def test_no_query_of_ours_has_a_parameter_in_such_a_place(query: NamedQuery) -> None:
    names = [parameter.name for parameter in query.parameters]
    assert [place for name in names if (place := misplaced(query.text, name, names))] == []


def test_a_constant_in_a_minus_takes_away_what_the_value_of_a_variable_does() -> None:
    query = parse_query(HEADER + "SELECT $x ?s { ?s ?p ?o MINUS { ?s ?q $x } }", "q", "q.rq")
    found = query.run(_reader(), {"x": "a"}, "ru")
    assert isinstance(found, QuerySolutions)
    assert [row["s"].value for row in found] == ["http://e.example/2"]


@pytest.mark.parametrize(
    ("text", "terms", "names"),
    [
        ("SELECT $x ?s { ?s $x ?o }", {"x": Literal("a")}, "x"),
        ("SELECT $x $y { ?s ?p $x GRAPH $y { ?a ?b ?c } }", {"x": Literal("a"), "y": Literal("b")}, "y"),
        ("SELECT $x $y { ?s $x ?o GRAPH $y { ?a ?b ?c } }", {"x": Literal("a"), "y": Literal("b")}, "x, y"),
    ],
)
def test_a_value_that_cannot_stand_where_it_is_put_is_told_by_its_parameter(
    text: str, terms: dict[str, Literal], names: str
) -> None:
    with pytest.raises(UsageError) as caught:
        _reader().query(text, terms)
    assert (caught.value.code, caught.value.values["name"]) == ("query-parameter-value", names)


def test_a_query_that_is_no_sparql_without_values_either_is_told_as_such() -> None:
    with pytest.raises(SyntaxError):
        _reader().query("SELECT $x { ?s $x ", {"x": NamedNode("http://e.example/p")})


def _reader() -> MemoryReader:
    graph, prop = NamedNode("http://e.example/g"), NamedNode("http://e.example/p")
    values = {"http://e.example/1": "a", "http://e.example/2": "b"}
    return MemoryReader(Quad(NamedNode(iri), prop, Literal(value), graph) for iri, value in values.items())

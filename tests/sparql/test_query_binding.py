"""Values bound into the text of a query: the answers of substitution, and no value that could say anything itself."""

from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Variable

from pobratim.query.library import NamedQuery, library, queries_root
from pobratim.query.question import THINGS
from pobratim.sparql.binding import bind
from pobratim.sparql.terms import Term
from pobratim.sparql.text import tokens
from pobratim.store.backend import QueryResult
from pobratim.store.reader import MemoryReader, Reader
from pobratim.store.remote.asking import tried
from tests.support.asking import terms
from tests.support.model_sample import model

GROUPS = ("", "views", "views/details", "checks", "pages", "search", "search/support")
LIBRARY = {
    f"{group}/{name}": query
    for group in GROUPS
    for name, query in library(queries_root(), group).items()
    if query.parameters
}
SAID = {
    "lang": "ru",
    "after": "",
    "space": "https://w3id.org/pobratim/id/",
    "definitions": "https://w3id.org/pobratim/def/",
    "part": "",
}
"""Values for parameters of pages that are no things."""
PROPERTIES = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "https://w3id.org/pobratim/def#party",
    "http://purl.org/dc/terms/isPartOf",
)
EMPTY = {"views/details/marks", "pages/linksets"}
"""Questions to which the sample has no answer."""
XSD = "http://www.w3.org/2001/XMLSchema#"
WORDS = st.text(st.characters(exclude_categories=["Cs"]))
HOSTILE = [
    '"',
    "\\",
    '" } #',
    "\\u0022",
    "\\\\u0022 }",
    "\n",
    "'''",
    '"""',
    "$x",
    "?x }",
    "<a>",
    "}",
    "\x00",
    "\u2028",
    "𝔘",
]
TERMS = st.one_of(
    WORDS.map(Literal),
    st.sampled_from(HOSTILE).map(Literal),
    WORDS.map(lambda text: Literal(text, language="ru")),
    st.integers().map(lambda number: Literal(str(number), datatype=NamedNode(XSD + "integer"))),
    st.text("abc/?=&;,$()'", min_size=1).map(lambda path: NamedNode(f"http://e.example/{path}")),
)


@given(st.text())
def test_tokens_are_the_text_they_came_from(text: str) -> None:
    assert "".join(token.text for token in tokens(text, spaces=True)) == text


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("?a<?b", ["a", "b"]),
        ("?s <http://x/?y> ?o", ["s", "o"]),
        ("'?a' \"$b\" ?c", ["c"]),
        ('"""?a " ?b""" ?c', ["c"]),
        ("# ?a\n?b", ["b"]),
        ("<http://x/#a> ?b", ["b"]),
        ("?a dct:spatial? ?b", ["a", "b"]),
        ("ex:a\\$b $c", ["c"]),
        ("ex:?a", ["a"]),
        (r'"\\" ?a "\"" ?b', ["a", "b"]),
        ("?имя $é", ["имя", "é"]),
    ],
)
def test_variables_are_found_where_they_are_and_nowhere_else(text: str, variables: list[str]) -> None:
    assert [token.variable for token in tokens(text, spaces=True) if token.variable] == variables


SHAPES = [
    "SELECT $x ?s WHERE { ?s ?p $x FILTER(STR($x) != '$x') } # $x",
    "SELECT * WHERE { ?s ?p $x }",
    "SELECT $x (COUNT(?s) AS ?n) WHERE { ?s ?p ?o FILTER(?o = $x) } GROUP BY $x ?p HAVING(COUNT(?s) > 0) ORDER BY $x",
    "SELECT $x WHERE { ?s ?p ?o } GROUP BY $x",
    "SELECT $x WHERE { { SELECT $x WHERE { ?s ?p $x } } }",
    "SELECT $x WHERE { { SELECT ?s (1 AS ?one) WHERE { ?s ?p ?x } } OPTIONAL { ?s ?q ?o FILTER(?o = $x) } }",
    'SELECT $x WHERE { VALUES ?v { "a" } BIND(COALESCE($x, ?v) AS ?w) } ORDER BY DESC($x)',
    "ASK { ?s ?p $x }",
    "CONSTRUCT { ?s ?p $x } WHERE { ?s ?p $x }",
]


def _answers(result: QueryResult) -> object:
    if isinstance(result, QueryBoolean):
        return bool(result)
    if isinstance(result, QueryTriples):
        return sorted(map(str, result))
    return {variable.value for variable in result.variables}, sorted(
        sorted((variable.value, str(row[variable.value])) for variable in result.variables) for row in result
    )


@pytest.mark.parametrize("shape", SHAPES)
@given(term=TERMS)
def test_a_bound_query_answers_as_with_the_engines_own_substitution(shape: str, term: Term) -> None:
    reader = MemoryReader(_facts(term))
    assert _answers(reader.query(bind(shape, {"x": term}))) == _answers(_substituted(reader, shape, {"x": term}))


def _substituted(reader: Reader, sparql: str, terms: Mapping[str, Term]) -> QueryResult:
    """Return what the engine answers where it gives the values itself."""
    values = {Variable(name): term for name, term in terms.items()}
    return reader._store.query(sparql, use_default_graph_as_union=True, substitutions=values)  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", SHAPES)
@given(term=TERMS)
def test_no_value_changes_the_structure_of_a_query(shape: str, term: Term) -> None:
    plain = Literal("plain") if isinstance(term, Literal) else NamedNode("http://e.example/plain")
    wanted, found = (_skeleton(bind(shape, {"x": value})) for value in (plain, term))
    assert found == wanted


def _skeleton(sparql: str) -> list[str]:
    """Return the tokens of a query with each term as one mark: its language or datatype too, and STR around it."""
    kept: list[str] = []
    for token in (token for token in tokens(sparql, spaces=True) if token.kind != "space"):
        if token.kind in ("string", "iri"):
            kept = kept[:-2] if kept[-2:] == ["^", "^"] else [*kept, "TERM"]
        elif not (token.text == "@ru" and kept[-1:] == ["TERM"]):
            kept.append(token.text)
    return " ".join(kept).replace("STR ( TERM )", "TERM").split()


def _facts(term: Term) -> list[Quad]:
    graph = NamedNode("http://e.example/g")
    return [
        Quad(NamedNode("http://e.example/s"), NamedNode("http://e.example/p"), value, graph)
        for value in (term, Literal("other"))
    ]


@given(WORDS)
def test_a_value_is_what_the_query_gets(text: str) -> None:
    found = MemoryReader().query(bind("SELECT (CONCAT($x, '') AS ?y) $x WHERE { }", {"x": Literal(text)}))
    assert isinstance(found, QuerySolutions)
    assert [row["y"].value for row in found] == [text]


def _is_of_names(query: NamedQuery) -> bool:
    """Tell whether a question is tried with its own examples, on the example report."""
    return bool(query.example) or any(parameter.type in THINGS for parameter in query.parameters)


@cache
def _things() -> tuple[str, ...]:
    """Return a thing of each class of the sample, a graph, and what only the ontology has."""
    reader, found = model("sample"), dict[str, str]()
    for quad in sorted(reader.quads(), key=str):
        if quad.predicate.value.endswith("#type") and isinstance(quad.object, NamedNode):
            found.setdefault(quad.object.value, str(quad.subject)[1:-1])
    return (*sorted(set(found.values())), *reader.graphs()[:1], "https://w3id.org/pobratim/def#party")


def _given(query: NamedQuery) -> Iterator[dict[str, str]]:
    """Yield values for the parameters of a query: its example, else each thing of the sample in turn."""
    if _is_of_names(query):
        yield dict(query.example or {parameter.name: parameter.example for parameter in query.parameters})
        return
    named = [parameter.name for parameter in query.parameters if parameter.type == "iri"]
    for thing in _things():
        iris = dict.fromkeys(named, thing)
        for prop in PROPERTIES if "property" in named else [""]:
            given = {**iris, "property": prop, "class": "https://w3id.org/pobratim/def#Tie"}
            yield {p.name: (given | SAID).get(p.name) or p.example for p in query.parameters}


@pytest.mark.parametrize("name", LIBRARY)
def test_every_query_of_ours_answers_alike_either_way(example_store: Reader, name: str) -> None:
    query, sizes = LIBRARY[name], []
    reader = example_store if _is_of_names(query) else model("sample")
    for values in _given(query):
        found = terms(query, reader, values) if _is_of_names(query) else query.bindings(values, "ru")
        bound = bind(query.text, found)
        answer = _answers(reader.query(query.text, found))
        assert answer == _answers(_substituted(reader, query.text, found)), values
        sizes.append(len(answer[1]) if isinstance(answer, tuple) else 1)
        assert not {token.variable for token in tokens(bound.split("WHERE", 1)[-1])} & set(found)
    assert any(sizes) != (name in EMPTY), "what gives no row proves nothing"


def test_a_service_is_not_asked_to_learn_the_shape_of_an_answer() -> None:
    asked = tried("SELECT ?a WHERE { SERVICE SILENT <http://127.0.0.1:9/never> { ?a ?b ?c } SERVICE ?d { ?a ?b ?c } }")
    assert (asked.kind, asked.variables) == ("rows", ("a",))
    with pytest.raises(SyntaxError):
        tried("SELECT ?a WHERE {")
    assert tried("ASK { SERVICE <http://127.0.0.1:9/never> { ?a ?b ?c } }").kind == "boolean"

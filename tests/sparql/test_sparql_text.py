"""What is told of a query by its tokens: nothing is lost, nothing looks shallower than it is, no SERVICE is missed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from pobratim.sparql.text import outline, tokens

_ENDPOINT = "http://127.0.0.1:1/x"
"""A port that nobody listens on: the engine's attempt to ask it is an OSError."""
_STORE = Store()
_STORE.add(Quad(NamedNode("http://x/a"), NamedNode("http://x/b"), Literal("x")))
_SERVICES = st.sampled_from([f"SERVICE <{_ENDPOINT}>{{?a ?b ?c}}", "SERVICE:x{?a ?b ?c}", "service :x#c\n{?a ?b ?c}"])
_PIECES = [
    *("FILTER(1<2)", "FILTER(1<'>')", "FILTER('<'>'#')", "FILTER(?s IN (<#a>,'x'))", "FILTER(?a<?b&&?c>?d)"),
    *("OPTIONAL{?s ?p ?o}", "MINUS{?q ?w 'e'}", "{}", "FILTER NOT EXISTS{?s ?p 'z'}", "BIND(1 AS ?z)"),
    *("VALUES ?x {1 'a'}", 'VALUES ?x { """a" }', "VALUES (?x ?y) {(<#a> <#b>)}", "GRAPH ?g{}"),
    *("?s ?p ?o.", "?s ?p 'a'.", '?s ?p """a""".', "?s ?p 'a'@en.", "?s ?p e:.", "?s ?p e:a\\#.", "?s e:a/e:b* ?o."),
    *("?s <http://x/\\u0041#> ?o.", "?s ?p <<(?a ?b '#')>>.", "<<?a?b'>'>> ?p ?o.", "?s ?p (1 'a' <#>).", "?s ?p []."),
    *("#", "#c\n", "\n", "\r", " ", "'", '"', '"""', "'''", "<", ">", "1<", "1<#>", "\\q", "\\'", "{", "}", "(", ")"),
    *("e:", "e:.", ".", ":", "_:a", "^^", "@en", "<<", ">>", "SILENT", "GRAPH", "\u00b7", "\u0301", "\u2028", "\u00a0"),
]
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=4).map("".join)


@given(st.text() | st.lists(st.sampled_from(_PIECES)).map(" ".join))
def test_tokens_stand_where_they_say_and_leave_out_only_space_and_comments(sparql: str) -> None:
    end = 0
    for token in tokens(sparql):
        _assert_only_space(sparql[end : token.start])
        assert sparql[token.start : token.end] == token.text
        end = token.end
    _assert_only_space(sparql[end:])


def _assert_only_space(text: str) -> None:
    for line in text.replace("\r", "\n").split("\n"):
        assert line.partition("#")[0].strip() == ""


@st.composite
def _nested(draw: st.DrawFn) -> tuple[str, int]:
    """A group graph pattern and how deep its brackets nest."""
    if draw(st.integers(0, 3)) == 0:
        return "{ ?s ?p ?o }", 1
    inner, depth = draw(_NESTED)
    around, more = draw(
        st.sampled_from(
            [
                ("{{ {} }}", 1),
                ("{{ ?s ?p '}}}}}}' OPTIONAL {} }}", 1),
                ("{{ # }}}} )\n MINUS {} }}", 1),
                ('{{ ?s <http://x/#)> """}}""" FILTER(1 < 2 && EXISTS {}) }}', 2),
                ("{{ FILTER(1<#>)}}}}}}\n2 && EXISTS {}) }}", 2),
                ("{{ FILTER(1<'>}}}}') FILTER NOT EXISTS {} }}", 1),
                ('{{ VALUES ?x {{ """a" \'}}\' }} #\\q """\n {} }}', 1),
                ("{{ ?s ?p <<(?a ?b '>}}')>> . {} }}", 1),
                ("{{ SELECT * {} }}", 1),
                ("{{ ?s ?p (1 [ ?p ({{}}) ]) . {} }}".replace("({{}})", "()"), 1),
            ]
        )
    )
    return around.format(inner), depth + more


_NESTED: st.SearchStrategy[tuple[str, int]] = st.deferred(_nested)


@given(_nested())
def test_no_query_looks_shallower_than_it_is(query: tuple[str, int]) -> None:
    pattern, depth = query
    assert outline(f"SELECT * {pattern}").depth >= depth


@given(_TEXTS, _SERVICES, _TEXTS)
@example('FILTER(1<#>"""\n2) ', "SERVICE:x{?a ?b ?c}", ' #"""\n')
@example("FILTER(1<'>') ", "SERVICE:x{?a ?b ?c}", " FILTER('a'='a')")
@example('VALUES ?x { """a" } ', "SERVICE:x{?a ?b ?c}", ' #\\q """\n')
@example("OPTIONAL{?s <http://x/\\u0041#> ?o} ", "SERVICE:x{?a ?b ?c}", "")
@example("OPTIONAL{?s ?p <<?s?p'>'>>} ", "SERVICE:x{?a ?b ?c}", " OPTIONAL{?s ?p 'b'}")
@example("{} ", "SERVICE:x{?a ?b ?c}", " OPTIONAL{?s ?p e:.SERVICE:x{?a ?b ?c}}")
def test_what_the_engine_takes_for_a_service_is_never_overlooked(before: str, service: str, after: str) -> None:
    query = f"PREFIX e: <http://x/> PREFIX : <http://127.0.0.1:1/> ASK {{ {before}{service}{after} }}"
    try:
        bool(_STORE.query(query, base_iri="http://b/"))
    except (SyntaxError, RuntimeError):
        return
    except OSError:
        assert outline(query).has_service


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'SERVICE <http://x/> {')) }",
        "PREFIX service: <http://x/service#> SELECT ?SERVICE { ?SERVICE service:service ?o }",
        "SELECT * { ?s <http://x/y#service> ?o . # SERVICE <http://x/> {}\n }",
        "SELECT * { VALUES (?a ?b) { (<http://x/#a> <http://x/#b>) } ?a ?b 'SERVICE' }",
        "SELECT * { ?s ?p ?o FILTER(?o = <http://x/#service>) }",
        "SELECT * { ?s ?p ?o FILTER(?o IN (<http://x/#service>, <http://x/#b>)) }",
    ],
)
def test_harmless_queries_stay_harmless(query: str) -> None:
    found = outline(query)
    assert not found.has_service
    assert not found.is_doubtful
    assert found.form == "select"
    _STORE.query(query)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("PREFIX select: <http://x/> ASK {}", "ask"),
        ("BASE <http://x/select> # SELECT\n construct { ?s ?p ?o } where { ?s ?p ?o }", "construct"),
        ("Describe <http://x/ask>", "describe"),
        ("SELECT (1<'>' AS ?x) {}", "select"),
        ("INSERT DATA { <http://x/a> <http://x/b> 1 }", "unknown"),
        ("{ SELECT * {} }", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_form_is_the_first_keyword_outside_braces(query: str, form: str) -> None:
    assert outline(query).form == form


@pytest.mark.parametrize(
    "query", ["SELECT (NOW() AS ?n) {}", "ASK { BIND(rand() AS ?x) }", "ASK { FILTER(?a<RAND()&&?b>1) }"]
)
def test_answers_that_change_are_known(query: str) -> None:
    assert outline(query).is_volatile


def test_datasets_and_unions_are_counted_outside_strings_only() -> None:
    plain = outline("SELECT * { {} UNION {} ?s ?p 'UNION FROM' }")
    assert (plain.unions, plain.has_dataset, plain.is_volatile) == (1, False, False)
    assert outline("SELECT * FROM <http://x/> { {} union {} UNION {} }") == outline(
        "SELECT * FROM <http://y/> { {} UNION {} UNION {} }"
    )


@pytest.mark.parametrize(
    "unit", ["a.", "a-", "a", "<a", "<", '"', "'''a", "@a-", "ex:a..", "ex:.", "{", "1<#>", "\\", "я."]
)
def test_the_longest_text_is_told_of_in_steps_that_grow_with_its_length(unit: str) -> None:
    """A pattern whose time grows with the square would take minutes here, and this test would not end."""
    text = unit * (300_000 // len(unit))
    assert outline.__wrapped__(text).form == "unknown"

"""Rows of a query by number: LIMIT and OFFSET put where the grammar wants them, whatever the query has of its own."""

import itertools

import pytest
from pyoxigraph import QuerySolutions

from pobratim.sparql.text import rows_alone, windowed
from pobratim.store.reader import MemoryReader

VALUES = "VALUES ?n { 3 1 2 5 4 7 6 }"
QUERIES = [
    f"SELECT ?n WHERE {{ {VALUES} }} ORDER BY ?n",
    f"SELECT ?n WHERE {{ {VALUES} }} ORDER BY ?n # LIMIT 2",
    f"SELECT ?n {{ {VALUES} }} ORDER BY ?n LIMIT 5",
    f"SELECT ?n {{ {VALUES} }} ORDER BY ?n OFFSET 2 LIMIT 4",
    f"select ?n {{ {VALUES} }} order by ?n limit 4offset 2",
    f"SELECT ?n {{ {VALUES} }} ORDER BY ?n OFFSET 3",
    f"SELECT ?n {{ {{ SELECT ?n {{ {VALUES} }} ORDER BY ?n LIMIT 4 }} }} ORDER BY ?n",
    f"SELECT ?n (COUNT(*) AS ?limit) {{ {VALUES} }} GROUP BY ?n HAVING(COUNT(*) < 2) ORDER BY ?n",
    f'SELECT ?n {{ {VALUES} BIND(" LIMIT 1 }} " AS ?text) }} ORDER BY ?n',
    f"PREFIX limit: <urn:limit:> SELECT ?n {{ {VALUES} FILTER(?n != limit:a) }} ORDER BY ?n",
    f"SELECT ?n {{ {VALUES} }} ORDER BY ?n LIMIT 6 {VALUES}",
    f"SELECT ?n {{ {VALUES} }} ORDER BY ?n\n# the end\n{VALUES} # of it",
]


def _rows(sparql: str) -> list[str]:
    result = MemoryReader().query(sparql)
    assert isinstance(result, QuerySolutions)
    return [row["n"].value for row in result]


@pytest.mark.parametrize("sparql", QUERIES)
def test_a_window_gives_the_rows_that_the_whole_answer_has_there(sparql: str) -> None:
    whole = _rows(sparql)
    assert len(whole) > 2
    for limit, offset in itertools.product((None, 0, 1, 3, 100), (0, 1, 2, 6, 100)):
        end = None if limit is None else offset + limit
        assert _rows(windowed(sparql, limit, offset)) == whole[offset:end]


_WITHIN = """
PREFIX x: <urn:x:>
SELECT ?n (GROUP_CONCAT(STR(?o); separator=" ") AS ?all)
WHERE {
  { SELECT ?n
    WHERE { VALUES ?n { "c" "a" "b" "d" } }
    ORDER BY ?n
    # window
  }
  VALUES ?o { "1" "2" }
}
GROUP BY ?n
ORDER BY ?n
"""


def test_a_window_stands_where_the_query_has_marked_what_makes_its_rows() -> None:
    whole = _rows(_WITHIN)
    assert len(whole) == 4
    assert _rows(windowed(_WITHIN, 2, 1)) == whole[1:3] and _rows(windowed(_WITHIN, None, 3)) == whole[3:]
    assert len(_rows(rows_alone(_WITHIN))) == 4 and "GROUP_CONCAT" not in rows_alone(_WITHIN)
    assert "ORDER BY" not in rows_alone(_WITHIN)
    assert rows_alone("SELECT * { ?s ?p ?o }") == "SELECT * { ?s ?p ?o }"

"""A question whose rows are made by a SELECT within (``# window``): its pages in their order are the whole answer.

Reports told twice make the same triple stand in two graphs, where a row might come twice and a page end too soon.
"""

import pytest
from pyoxigraph import NamedNode, Quad, QuerySolutions

from pobratim.query.library import library, queries_root
from pobratim.sparql.text import rows_alone, windowed
from pobratim.store.reader import MemoryReader, Reader
from tests.support.model_sample import model

MARKED = {name: query for name, query in library(queries_root(), "").items() if "# window" in query.text}
ROWS = 7


def _rows(sparql: str, reader: Reader) -> list[tuple[str, ...]]:
    """Return the rows of a question that is asked without values: all of them may be left out."""
    result = reader.query(sparql)
    assert isinstance(result, QuerySolutions)
    return [tuple(map(str, row)) for row in result]


@pytest.fixture(scope="module", params=["example", "ties", "sample"])
def quads(request: pytest.FixtureRequest, example_store: Reader) -> list[Quad]:
    return list((example_store if request.param == "example" else model(request.param)).quads())


@pytest.fixture(scope="module")
def data(quads: list[Quad]) -> Reader:
    return MemoryReader(quads)


@pytest.fixture(scope="module")
def doubled(quads: list[Quad]) -> Reader:
    """The same, each triple in one more graph: to the engine all graphs together have it twice."""
    again = NamedNode("urn:x-test:again")
    return MemoryReader([*quads, *(Quad(quad.subject, quad.predicate, quad.object, again) for quad in quads)])


def test_some_questions_mark_what_makes_their_rows() -> None:
    assert len(MARKED) >= 5


@pytest.mark.parametrize("name", MARKED)
def test_pages_of_a_question_are_its_whole_answer(data: Reader, doubled: Reader, name: str) -> None:
    sparql = MARKED[name].text
    whole = _rows(sparql, data)
    assert _rows(sparql, doubled) == whole
    firsts = range(0, len(whole) + 1, ROWS)
    pages = [_rows(windowed(sparql, ROWS, first), doubled) for first in firsts]
    assert pages == [whole[first : first + ROWS] for first in firsts]
    assert len(_rows(rows_alone(sparql), doubled)) == len(whole)

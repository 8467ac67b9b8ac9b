"""What each report's graph tells again (of a period, its ends) is one fact: no question multiplies by who tells it."""

import time
from collections.abc import Iterator, Mapping

import pytest
from pyoxigraph import NamedNode, Quad, QuerySolutions

from pobratim.query.library import NamedQuery, library, queries_root
from pobratim.store.reader import MemoryReader
from tests.support.periods_world import Reported, Told, world

ENDS = ("http://www.w3.org/ns/dcat#startDate", "http://www.w3.org/ns/dcat#endDate")
GRAPHS = 1_500
"""Reports of one period. Multiplied they are two million rows a report, seconds instead of milliseconds."""
MOST, NOISE = 10.0, 0.02
"""Growth of CPU-seconds, and what nothing is told apart below."""
VALUES = {"from_a": "2023-01-01", "to_a": "2023-12-31", "from_b": "2024-01-01", "to_b": "2024-12-31"}
QUESTIONS = {
    f"{group}/{name}".removeprefix("/"): query
    for group in ("", "pages", "tables", "views", "checks")
    for name, query in library(queries_root(), group).items()
    if "dcat:startDate" in query.text or "dcat:endDate" in query.text
}


@pytest.fixture(scope="module")
def once() -> MemoryReader:
    """Reports of two years, the period of each told by one graph."""
    return world(
        Reported("r23", "SMO", "2023", [Told("A", "A", "quiet", "2023-04-01"), Told("A", "A", "on", "2023-04-02")]),
        Reported("r24", "SMO", "2024", [Told("A", "A", "new", "2024-05-01"), Told("A", "A", "on", "2024-05-02")]),
    )


@pytest.fixture(scope="module")
def often(once: MemoryReader) -> MemoryReader:
    """The same, the ends of both periods told by many graphs more."""
    told = list(once.quads())
    ends = [quad for quad in told if quad.predicate.value in ENDS]
    assert len(ends) == 2 * len(ENDS)
    more: Iterator[Quad] = (
        Quad(end.subject, end.predicate, end.object, NamedNode(f"urn:graph:{number}"))
        for number in range(GRAPHS)
        for end in ends
    )
    return MemoryReader([*told, *more])


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_period_that_many_reports_tell_multiplies_no_question(
    name: str, once: MemoryReader, often: MemoryReader
) -> None:
    query = QUESTIONS[name]
    given = {each.name: VALUES[each.name] for each in query.parameters if each.required}
    rows, alone = _asked(query, once, given)
    again, among_many = _asked(query, often, given)
    assert rows and again == rows
    assert among_many <= MOST * max(alone, NOISE)


def test_all_questions_of_periods_are_among_them() -> None:
    assert {"compare-periods", "pages/reports-list", "tables/reports"} <= QUESTIONS.keys()


def _asked(query: NamedQuery, reader: MemoryReader, given: Mapping[str, str]) -> tuple[list[tuple[object, ...]], float]:
    """Return the rows of a question, and its CPU-seconds."""
    before = time.process_time()
    found = query.run(reader, given, "ru")
    assert isinstance(found, QuerySolutions)
    rows = [tuple(row) for row in found]
    return rows, time.process_time() - before

"""Counted ties against the queries that say what ties are (tests/fixtures/derive), whole and after changes."""

import json
import random
from pathlib import Path

import pytest

from bench.made_reports import write_reports
from pobratim.entities import Resolution
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.load.intake import read_all
from pobratim.load.resolving import resolved
from pobratim.load.settings import Settings
from pobratim.progress import silent
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.sources import find_source
from pobratim.store.reader import Reader
from pobratim.ties.book import Book
from pobratim.ties.summarise import summaries
from pobratim.ties.summary import Summary
from pobratim.ties.whole import Whole, ties_graph
from tests.support.model_sample import TIES, derive
from tests.support.places import EXAMPLE, FIXTURES, SHARED, TESTS
from tests.support.tie_worlds import World, asked

TURNS = 8
SOURCES = FIXTURES / "sources"


def play(seed: int) -> int:
    """Change a world at random; the ties must be those of the queries each time. Return how many lines there were."""
    world, held, lines, seen = World(random.Random(seed)), dict[str, Summary](), set[str](), 0
    book = Book(":memory:")
    for _ in range(TURNS):
        world.turn()
        resolution = world.resolution()
        new = summaries(resolution)
        changed: dict[str, Summary | None] = dict.fromkeys(held.keys() - new.keys())
        changed |= {slug: one for slug, one in new.items() if held.get(slug) != one}
        change = book.update(changed, DEFAULT_BASE)
        assert change.gone <= lines and not change.fresh & lines
        lines = (lines - change.gone) | change.fresh
        assert sorted(lines) == ties_graph(new, DEFAULT_BASE) == asked(resolution)
        held = book.summaries()
        assert held == new
        assert _rows(book) == _rows(_begun(new))
        seen += len(lines)
    return seen


def _begun(summaries: dict[str, Summary]) -> Book:
    book = Book(":memory:")
    book.begin(Whole.of(summaries))
    return book


def _rows(book: Book) -> list[set[tuple[object, ...]]]:
    """Return all that a book holds, with ties by name and counts in no set order."""
    tied = "level || ' ' || one || ' ' || other"
    tallies = {(*pair, *map(_counts, json.loads(body))) for *pair, body in book.rows(f"SELECT {tied}, body FROM tally")}
    marks = book.rows(f"SELECT {tied}, meets, event, n FROM mark JOIN tally ON id = tally")
    return [tallies, {*marks}, *({*book.rows(f"SELECT * FROM {table}")} for table in ("report", "told", "rests"))]


def _counts(told: object) -> object:
    return frozenset(told.items()) if isinstance(told, dict) else told


@pytest.mark.parametrize("seed", range(30))
def test_ties_after_any_change_are_those_of_the_queries(seed: int) -> None:
    assert play(seed)


def _resolution(paths: list[Path], settings: Settings) -> Resolution:
    read, _ = read_all(paths, {}, settings, silent)
    return resolved({item.entity.slug: item for item in read}, Gazetteer.load())


def test_a_load_stores_the_ties_of_the_queries(example_store: Reader) -> None:
    others = [quad for quad in example_store.quads() if quad.graph_name != TIES]
    ties = set(example_store.quads(TIES.value))
    assert ties == derive(others) and len(ties) > 300


@pytest.mark.parametrize("file", sorted((TESTS / "gold").glob("*.txt")), ids=lambda file: file.stem)
def test_ties_of_a_gold_report_are_those_of_the_queries(file: Path) -> None:
    resolution = _resolution([file], Settings())
    assert ties_graph(summaries(resolution), DEFAULT_BASE) == asked(resolution) != []


@pytest.mark.parametrize(
    ("file", "source"),
    [("agreements.csv", "agreements-register"), ("finland.tsv", "finnish-twin-towns"), ("events.csv", "events-csv")],
)
def test_ties_of_a_register_are_those_of_the_queries(file: str, source: str) -> None:
    resolution = _resolution([SOURCES / file], Settings("RU-SMO", source=find_source(source)))
    assert ties_graph(summaries(resolution), DEFAULT_BASE) == asked(resolution) != []


@pytest.mark.slow
def test_ties_of_many_reports_are_those_of_the_queries_and_grow_report_by_report(tmp_path: Path) -> None:
    resolution = _resolution(write_reports(tmp_path, 1_000), Settings())
    new = summaries(resolution)
    whole = ties_graph(new, DEFAULT_BASE)
    assert whole == asked(resolution)
    for slug in list(new)[::5]:
        rest = {name: one for name, one in new.items() if name != slug}
        change = _begun(rest).update({slug: new[slug]}, DEFAULT_BASE)
        back = _begun(new).update({slug: None}, DEFAULT_BASE)
        assert (change.gone, change.fresh) == (back.fresh, back.gone)
        assert sorted((set(ties_graph(rest, DEFAULT_BASE)) - change.gone) | change.fresh) == whole


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the reports lie outside of the project")
def test_ties_of_all_reports_together_are_those_of_the_queries() -> None:
    files = [EXAMPLE, *sorted((TESTS / "gold").glob("*.txt")), *sorted((SHARED / "data").glob("*.txt"))]
    resolution = _resolution(files, Settings())
    assert ties_graph(summaries(resolution), DEFAULT_BASE) == asked(resolution)

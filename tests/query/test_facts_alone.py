"""Every question of the product, put to a store of facts where it is of facts, has the answer of the whole."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QueryBoolean

from pobratim.query.library import library, queries_root
from pobratim.rdf.iris import DEFAULT_BASE, graph_iri
from pobratim.sparql.facts import is_of_facts
from pobratim.store.directory import GenerationStore
from pobratim.store.parted import PartedReader, in_memory, of_facts, shelf_of
from pobratim.store.reader import Reader
from tests.support.every_question import FILES, in_order, texts

NEED_THE_WHOLE = {
    "agreement-without-phrase", "annotations", "claim-not-in-graph", "description", "evidence", "evidence-count",
    "evidence-some",
    "facts-of", "facts-with-source", "marks", "mentions", "phrase-not-in-cell",
    "accounts", "cells", "row", "source-row",
}  # fmt: skip
"""The questions that have evidence or the texts of cells in them (ARCHITECTURE.md lists them)."""
ORDERED = library(queries_root(), "").keys()
"""The questions whose order is told to the last row."""


@pytest.fixture(scope="module")
def folder(example_directory: Path) -> Path:
    """The generation of the example."""
    return example_directory / "generations" / f"{GenerationStore(example_directory).generation():06}"


@pytest.fixture(scope="module")
def facts(folder: Path) -> Reader:
    """The facts of the example in memory, without the phrases behind them and the texts of cells."""
    shelf = shelf_of(folder)
    assert shelf is not None
    return in_memory(of_facts(shelf), facts_alone=True)


def _answer(reader: Reader | PartedReader, text: str) -> list[str]:
    result = reader.query(text)
    if isinstance(result, QueryBoolean):
        return [str(bool(result))]
    return [str(row) for row in result]


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_question_of_facts_has_the_answer_of_the_whole(file: Path, example_store: Reader, facts: Reader) -> None:
    for text in texts(file, example_store):
        if is_of_facts(text):
            found, wanted = _answer(facts, text), _answer(example_store, text)
            assert in_order(found) == in_order(wanted), text
            assert found == wanted or file.stem not in ORDERED, text


def test_what_asks_for_evidence_is_put_to_the_whole() -> None:
    whole = {file.stem for file in FILES if not is_of_facts(file.read_text(encoding="utf-8"))}
    assert whole >= NEED_THE_WHOLE
    assert whole & ORDERED == NEED_THE_WHOLE & ORDERED, "all else of the library is fast"
    assert whole & {path.stem for path in (queries_root() / "tables").glob("*.rq")} == {"accounts"}


def test_a_parted_reader_puts_each_question_to_the_store_that_knows(facts: Reader, example_store: Reader) -> None:
    parted = PartedReader(facts, example_store)
    for text, differ in (
        ("PREFIX oa: <http://www.w3.org/ns/oa#> SELECT (COUNT(*) AS ?n) { ?s oa:exact ?o }", True),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", True),
        ("SELECT (COUNT(*) AS ?n) { ?s a ?o }", False),
    ):
        assert _answer(parted, text) == _answer(example_store, text)
        assert (_answer(facts, text) != _answer(example_store, text)) is differ
    value = {"s": next(iter(example_store.quads(graph_iri(DEFAULT_BASE, "evidence/smolensk-2023-q1")))).subject}
    assert isinstance(value["s"], NamedNode)
    assert len(list(parted.query("SELECT ?s ?o { ?s a ?o }", {"s": value["s"]}))) == 0  # type: ignore[arg-type]
    assert len(list(parted.query("SELECT ?s ?p ?o { ?s ?p ?o }", {"s": value["s"]}))) > 0  # type: ignore[arg-type]

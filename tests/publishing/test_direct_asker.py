"""What is looked up for pages of files is what the questions of pages answer, for things of every kind."""

import asyncio
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from pobratim.publishing.folder.asking import DirectAsker
from pobratim.publishing.folder.documents import Documents
from pobratim.publishing.folder.shards import parted
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.site.asking import DataSet, Row
from pobratim.site.reading import ReaderAsker
from pobratim.store.reader import Reader

pytestmark = pytest.mark.slow

_A_KIND = 4
"""Things of each kind that are asked about."""


def _things(reader: Reader) -> list[str]:
    by_kind: dict[str, list[str]] = {}
    for iri in sorted({quad.subject.value for quad in reader.quads() if isinstance(quad.subject, NamedNode)}):
        kind = "/".join(iri.split("/")[3:6])
        by_kind.setdefault(kind if "/id/" in iri else iri.rpartition("/")[0], []).append(iri)
    return [iri for things in by_kind.values() for iri in things[:: max(1, len(things) // _A_KIND)][:_A_KIND]]


def _said(rows: list[Row]) -> set[frozenset[tuple[str, str, str]]]:
    bound = {"iri", "lang", "after"}
    return {
        frozenset((name, term.value, term.lang) for name, term in row.items() if name not in bound and term.value)
        for row in rows
    }


def test_looking_up_answers_what_the_queries_answer(example_store: Reader, tmp_path: Path) -> None:
    data = DataSet("one")
    graphs = {graph: file.path for graph, file in example_store.files().items()}
    facts = parted(graphs, Documents(DEFAULT_BASE), tmp_path, 1).facts
    asked, looked = ReaderAsker(example_store, data), DirectAsker(example_store, facts, data)
    things = _things(example_store)
    assert len(things) > 100
    for iri in things:
        for name in ("state", "types", "out", "in", "evidence", "evidence-count", "row"):
            bindings: dict[str, NamedNode | Literal] = {"iri": NamedNode(iri)}
            if name in ("evidence", "row"):
                bindings["lang"] = Literal("ru")
            if name == "evidence":
                bindings["after"] = Literal("")
            one = asyncio.run(asked.rows(name, **bindings))
            other = asyncio.run(looked.rows(name, **bindings))
            assert _said(one) == _said(other), (name, iri)

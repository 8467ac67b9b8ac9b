"""What is looked up for pages of files is what the questions of pages answer, for things of every kind."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from pobratim.publishing.folder.affected import kind_of
from pobratim.publishing.folder.asking import DirectAsker
from pobratim.publishing.folder.documents import Documents
from pobratim.publishing.folder.html import Pages, fixed_pages
from pobratim.publishing.folder.links import Links
from pobratim.publishing.folder.parting import parted
from pobratim.publishing.folder.site import Site
from pobratim.publishing.folder.source import Source
from pobratim.publishing.folder.tree import Tree
from pobratim.publishing.settings import Publication
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.site.asking import DataSet, Row
from pobratim.site.firsts import MOST
from pobratim.site.reading import ReaderAsker
from pobratim.site.usage import usage
from pobratim.site.uses import uses_from, uses_in
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
    facts = parted(graphs, Documents(DEFAULT_BASE), tmp_path).facts
    asked, looked = ReaderAsker(example_store, data), DirectAsker(example_store, facts, data)
    things = _things(example_store)
    assert len(things) > 100
    for iri in things:
        for name in (
            "state",
            "types",
            "out",
            "out-of-party",
            "in",
            "evidence",
            "evidence-some",
            "evidence-count",
            "row",
        ):
            bindings: dict[str, NamedNode | Literal] = {"iri": NamedNode(iri)}
            if name in ("evidence", "evidence-some", "row"):
                bindings["lang"] = Literal("ru")
            if name == "evidence":
                bindings["after"] = Literal("")
            one = asyncio.run(asked.rows(name, **bindings))
            other = asyncio.run(looked.rows(name, **bindings))
            assert _said(one) == _said(other), (name, iri)


def test_what_properties_join_and_examples_are_what_the_queries_find(example_store: Reader, tmp_path: Path) -> None:
    graphs = {graph: file.path for graph, file in example_store.files().items()}
    facts = parted(graphs, Documents(DEFAULT_BASE), tmp_path).facts
    data = DataSet("one")
    asked, looked = (
        asyncio.run(usage(one)) for one in (ReaderAsker(example_store, data), DirectAsker(example_store, facts, data))
    )
    assert max(asked.properties.values()) > MOST
    assert looked == asked
    told = uses_from(uses_in(example_store))
    assert {iri: told.uses[iri] for iri in asked.uses} == asked.uses and told.examples == asked.examples


def test_however_many_processes_part_a_source_it_says_the_same(example_store: Reader, tmp_path: Path) -> None:
    graphs = {graph: file.path for graph, file in example_store.files().items()}
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    one, other = (
        parted(graphs, Documents(DEFAULT_BASE, "packs"), tmp_path / name, jobs)
        for name, jobs in (("one", 1), ("other", 3))
    )
    assert (one.topics, one.dates) == (other.topics, other.dates)
    assert len(one.topics) > 100
    for document in one.topics:
        assert one.triples(document) == other.triples(document)
    for iri in _things(example_store):
        assert one.facts.said(iri) == other.facts.said(iri)
        assert one.facts.pointing(iri) == other.facts.pointing(iri)
        assert one.label(iri.encode()) == other.label(iri.encode()) == one.facts.labels(iri.encode())


ONCE = {"vocabulary-terms", "report-titles"}
"""Questions about all data, asked once for all pages."""


def test_pages_are_those_that_the_engine_makes_and_none_about_a_thing_asks_it(
    example_store: Reader, publication: Publication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Source(DEFAULT_BASE, example_store.files(), lambda: example_store, tmp_path)
    settings = replace(publication, base=DEFAULT_BASE)
    site = Site(source, settings, tmp_path / "none")
    routes = [each for each in site.routes_of(list(site.parted.topics)) if kind_of(each.folder) not in ("def", "entry")]
    asked = list[str]()
    answer = ReaderAsker.rows

    async def noted(self: ReaderAsker, name: str, **bindings: NamedNode | Literal) -> list[Row]:
        asked.append(name)
        return await answer(self, name, **bindings)

    monkeypatch.setattr(ReaderAsker, "rows", noted)
    trees = list[Tree]()
    for name in ("looked", "asked"):
        links = Links(
            base=DEFAULT_BASE, public=settings.public_url, languages=settings.languages, documents=site.documents,
            pages={route.folder for route in routes}, data=(), fixed=fixed_pages(), is_whole=False,
        )  # fmt: skip
        pages = Pages(source, site.parted.facts, settings, links, tmp_path / name)
        if name == "asked":
            assert set(asked) <= ONCE and len(asked) == len(set(asked))
            vars(pages)["_asker"] = ReaderAsker(
                example_store,
                DataSet("folder", DEFAULT_BASE, licence=settings.licence.iri, contact=settings.contact.email),
            )
        trees.append(Tree(tmp_path / name))
        asyncio.run(pages.make(routes, trees[-1], {}))
    looked, engine = trees
    assert len(looked.files) > 250 and len(asked) > 1000
    assert [path for path, told in engine.files.items() if looked.files.get(path) != told] == []
    assert looked.files.keys() == engine.files.keys()

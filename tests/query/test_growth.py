"""What is asked about one thing costs what is told of it, not what the store holds.

Asked is what the library and the pages ask themselves: each question and view that takes a thing, and the page, lists
and RDF of a thing of each class. Counted are the rows that pass through the engine's plans over a store and over one
with copies of all that it tells. What a plan does not show, a walk through what points at a concept, is CPU.
"""

import asyncio
import json
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from pobratim.query.library import NamedQuery, library, queries_root
from pobratim.rdf.iris import COUNTRY, DEFAULT_BASE, VOCABULARY
from pobratim.site.addresses import Addresses
from pobratim.site.asking import Asker, DataSet, Row, T, page_query
from pobratim.site.page import Visit
from pobratim.site.reading import ReaderAsker
from pobratim.site.things import thing_page
from pobratim.sparql.binding import bind
from pobratim.sparql.terms import Term
from pobratim.store.reader import MemoryReader, Reader
from tests.support.network_sample import ID
from tests.support.store_servers import missing, oxigraph_command

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing("oxigraph")), reason=missing("oxigraph")),
]

COPIES = 8
"""Copies of all that is told, each of other towns in other countries."""
OF_A_THING = {"place", "institution", "party", "country", "report"}
"""Types of parameters that name a thing."""
TOWN, FAR, PARTNER_COUNTRY = f"{ID}place/ru-smolensk", f"{ID}place/by-vitebsk", COUNTRY + "BLR"
VALUES = {
    "city": TOWN, "partner": FAR, "country": PARTNER_COUNTRY, "report": f"{ID}report/smolensk-2023-q1", "row": "9",
    "lang": "ru",
}  # fmt: skip
OF_TYPE = {"institution": f"{ID}organisation/ru-smolensk-school-8", "party": FAR}
LISTS = (
    "?way=in&of=oa:hasBody", "?way=out&of=rdf:type", "?way=in&of=pob:party", "?way=in&of=pob:party&class=pob:Tie",
    "?way=in&of=cv:hasParticipant",
)  # fmt: skip
RDF: Mapping[str, Term] = {
    "doc": NamedNode(f"{DEFAULT_BASE}/doc/x"), "dataset": NamedNode(f"{DEFAULT_BASE}/x"),
    "licence": NamedNode(f"{DEFAULT_BASE}/y"), "note_ru": Literal("т", language="ru"),
    "note_en": Literal("t", language="en"),
}  # fmt: skip
MANY = 20_000
"""Things that point at a concept, and participations, of a store in which going through them shows."""
MOST, NOISE = 3.0, 0.001
"""Growth of CPU-seconds, and what nothing is told apart below; going through all makes it ten and more."""


def _about_one(query: NamedQuery) -> bool:
    """Tell whether a question is about a thing: has to be given one, or is a view that takes one."""
    return any(each.type in OF_A_THING and (each.required or "view" in query.tags) for each in query.parameters)


QUESTIONS = {
    f"{group}/{name}".removeprefix("/"): query
    for group in ("", "views")
    for name, query in library(queries_root(), group).items()
    if _about_one(query)
}


class Recording(ReaderAsker):
    """Keeps what a page asks, but for what is asked once for all pages."""

    def __init__(self, reader: MemoryReader) -> None:
        super().__init__(reader, DataSet("one"))
        self.asked: dict[str, str] = {}

    async def rows(self, name: str, **bindings: Term) -> list[Row]:
        self.asked[bind(page_query(name), bindings)] = name
        return await super().rows(name, **bindings)

    async def once(self, make: Callable[[Asker], Awaitable[T]]) -> T:
        kept = dict(self.asked)
        made = await super().once(make)
        self.asked = kept
        return made


@pytest.fixture(scope="module")
def told(example_store: Reader) -> list[Quad]:
    return list(example_store.quads())


@pytest.fixture(scope="module")
def memory(told: list[Quad]) -> MemoryReader:
    return MemoryReader(told)


@pytest.fixture(scope="module")
def stores(told: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    small, large = (_stored(told, tmp_path_factory.mktemp("growth") / str(copies), copies) for copies in (1, COPIES))
    return small, large


@pytest.fixture(scope="module")
def things(memory: MemoryReader) -> dict[str, str]:
    """A thing of each class of which reports tell something, and the country of a partner."""
    found = memory.query(
        "SELECT ?class (MIN(STR(?thing)) AS ?first) WHERE "
        f'{{ ?thing a ?class FILTER(STRSTARTS(STR(?thing), "{ID}")) }} GROUP BY ?class'
    )
    assert isinstance(found, QuerySolutions)
    firsts = {row["class"].value: row["first"].value for row in found}
    assert {VOCABULARY + "Tie", VOCABULARY + "ReportEntry", VOCABULARY + "Agreement"} <= firsts.keys()
    return firsts | {"town": TOWN, "country": PARTNER_COUNTRY}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_about_one_thing_handles_as_many_rows_in_a_larger_store(
    name: str, memory: MemoryReader, stores: tuple[Path, Path], tmp_path: Path
) -> None:
    query = QUESTIONS[name]
    given = {each.name: OF_TYPE.get(each.type) or VALUES[each.name] for each in query.parameters}
    text = bind(query.text, query.bindings(given, "ru"))
    answer = memory.query(text)
    assert isinstance(answer, QuerySolutions) and list(answer), "an empty answer shows nothing"
    small, large = (_rows(store, text, tmp_path) for store in stores)
    assert 0 < large <= small, (small, large)


def test_the_page_lists_and_rdf_of_a_thing_of_each_class_handle_as_many_rows_in_a_larger_store(
    memory: MemoryReader, things: dict[str, str], stores: tuple[Path, Path], tmp_path: Path
) -> None:
    asked = {text: f"{name} of {kind}" for kind, iri in things.items() for text, name in _asked(memory, iri)}
    assert len(asked) > 5 * len(things)
    grown = {}
    for text, name in asked.items():
        small, large = (_rows(store, text, tmp_path) for store in stores)
        if large > small:
            grown[name] = (small, large)
    assert not grown


def test_every_question_of_the_pages_that_takes_an_iri_is_asked(memory: MemoryReader, things: dict[str, str]) -> None:
    asked = {name for iri in things.values() for _, name in _asked(memory, iri)}
    group = library(queries_root(), "pages")
    takes = {name for name, query in group.items() if "iri" in {each.name for each in query.parameters}}
    of_vocabularies_and_graphs = {"concepts", "vocabulary", "graph", "graph-classes", "graph-known"}
    of_editors = {"review-facts", "review-moves", "review-name", "review-row"}
    of_hubs = {"evidence-some"}  # of a thing with thousands of phrases a hundred are asked for
    assert takes - asked == (of_vocabularies_and_graphs | of_editors | of_hubs) & takes


def test_in_memory_a_page_does_not_go_through_what_points_at_the_concepts_around_a_thing(
    told: list[Quad], memory: MemoryReader, things: dict[str, str]
) -> None:
    def iri(name: str) -> NamedNode:
        return NamedNode(f"urn:{name}")

    around = {VOCABULARY + "Tie", VOCABULARY + "ReportEntry", VOCABULARY + "Activity"}
    wanted = {text: f"{name} of {kind}" for kind in sorted(around) for text, name in _asked(memory, things[kind])}
    subjects = {things[kind] for kind in around}
    hubs = {
        quad.object
        for quad in told
        if isinstance(quad.subject, NamedNode) and quad.subject.value in subjects
        if isinstance(quad.object, NamedNode) and not quad.object.value.startswith(ID)
    }
    parts = NamedNode("http://data.europa.eu/m8g/hasParticipation")
    more = [Quad(iri(f"e{n}"), parts, iri(f"p{n}")) for n in range(MANY)]
    more += [Quad(iri(f"p{n}"), iri("is"), hub) for hub in hubs for n in range(MANY)]
    large = MemoryReader([*told, *more])
    grown = {}
    for text, name in wanted.items():
        before, after = _cpu(memory, text), _cpu(large, text)
        if after > MOST * max(before, NOISE):
            grown[name] = (before, after)
    assert not grown


def test_the_measure_tells_what_scans_the_store(stores: tuple[Path, Path], tmp_path: Path) -> None:
    text = "SELECT ?row WHERE { ?row <https://w3id.org/pobratim/def#entryNumber> ?number FILTER(?number = 9) }"
    small, large = (_rows(store, text, tmp_path) for store in stores)
    assert large > 2 * small


def _asked(reader: MemoryReader, iri: str) -> Iterator[tuple[str, str]]:
    """Yield what the page, the lists and the RDF of a thing ask, with the names of the questions."""
    addresses = Addresses(DEFAULT_BASE, "http://127.0.0.1")
    page = addresses.page(iri)
    assert page is not None
    asker = Recording(reader)
    for address in (page, *(page + query for query in LISTS)):
        path, query = urlsplit(address).path, urlsplit(address).query
        pairs = tuple((key, value) for key, _, value in (pair.partition("=") for pair in query.split("&") if pair))
        visit = Visit("ru", addresses, path, pairs, is_chosen=False)
        assert asyncio.run(thing_page(asker, visit, path.removeprefix("/doc/"))) is not None, address
    for name in ("out-counts", "in-counts", "evidence-count"):  # asked of hubs alone
        asyncio.run(asker.rows(name, iri=NamedNode(iri)))
    yield from asker.asked.items()
    yield bind(page_query("description"), {"iri": NamedNode(iri), **RDF}), "description"


def _cpu(reader: MemoryReader, text: str) -> float:
    """Return the CPU-seconds that a question takes, the least of some times."""

    def once() -> float:
        before = time.process_time()
        list(reader.query(text))  # type: ignore[arg-type]
        return time.process_time() - before

    return min(once() for _ in range(5))


def _stored(told: Iterable[Quad], folder: Path, copies: int) -> Path:
    store = Store(str(folder))
    for number in range(copies):
        store.bulk_extend(_copied(told, f"copy-{number}/" if number else ""))
    store.flush()
    del store
    return folder


def _copied(quads: Iterable[Quad], mark: str) -> Iterator[Quad]:
    def renamed(term: Any) -> Any:
        for start in (ID, COUNTRY):
            if isinstance(term, NamedNode) and term.value.startswith(start):
                return NamedNode(f"{start}{mark}{term.value.removeprefix(start)}")
        return term

    for quad in quads:
        yield Quad(renamed(quad.subject), quad.predicate, renamed(quad.object), quad.graph_name)


def _rows(store: Path, text: str, folder: Path) -> int:
    """Return how many rows the parts of the plan gave in all."""
    query, plan = folder / "query.rq", folder / "plan.json"
    query.write_text(text, encoding="utf-8")
    command = [
        str(oxigraph_command()),
        "query",
        "--location",
        str(store),
        "--union-default-graph",
        "--query-file",
        str(query),
    ]
    form = "nt" if "CONSTRUCT" in text else "tsv"
    command += ["--results-format", form, "--explain-file", str(plan), "--stats"]
    subprocess.run(command, check=True, capture_output=True)
    return _counted(json.loads(plan.read_text(encoding="utf-8"))["plan"])


def _counted(node: Mapping[str, Any]) -> int:
    return int(node.get("number of results", 0)) + sum(_counted(child) for child in node.get("children", ()))

"""A generation whose facts lie in memory: what is taken for evidence, and what nameless nodes become."""

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from pobratim.rdf.evidence import annotate
from pobratim.rdf.iris import DEFAULT_BASE, entity_iri, graph_iri, span_iri
from pobratim.rdf.terms import POB, RDF, Graph
from pobratim.record import Evidence
from pobratim.sparql.evidence import PROPERTIES, names_evidence
from pobratim.sparql.facts import is_of_facts
from pobratim.store.backend import Dataset
from pobratim.store.directory import GenerationStore
from pobratim.store.parted import PartedReader, in_memory, of_facts, shelf_of
from pobratim.store.reader import Reader

PHRASES, REPORT, OTHER = (graph_iri(DEFAULT_BASE, name) for name in ("evidence/r", "report/r", "report/s"))
TOLD = NamedNode("urn:told")
CELL = entity_iri(DEFAULT_BASE, "cell", "r/1/title")


def _phrases() -> Graph:
    graph = Graph(PHRASES)
    thing = NamedNode(entity_iri(DEFAULT_BASE, "entry", "r/1"))
    evidence = Evidence("/title", "title", 0, 5, "Visit", "title-cell", 0.5)
    annotate(graph, DEFAULT_BASE, "r/1", evidence, (thing, NamedNode("http://purl.org/dc/terms/title"), thing), "Visit")
    return graph


def _published(folder: Path) -> GenerationStore:
    store = GenerationStore(folder / "store")
    report = Quad(NamedNode(CELL), TOLD, Literal("x"), NamedNode(REPORT))
    store.publish({PHRASES: list(_phrases()), REPORT: [report]}, {}, {"base": DEFAULT_BASE})
    return store


def _parted(store: GenerationStore) -> tuple[PartedReader, Reader]:
    folder = store.directory / "generations" / f"{store.generation():06}"
    shelf = shelf_of(folder)
    assert shelf is not None
    facts = in_memory(of_facts(shelf), facts_alone=True)
    return PartedReader(facts, store.open()), facts


def _count(reader: PartedReader | Reader, text: str, dataset: Dataset | None = None) -> int:
    found = reader.query(text, dataset=dataset)
    assert isinstance(found, QuerySolutions)
    return sum(1 for _ in found)


def test_all_that_is_written_of_a_phrase_is_known_as_evidence() -> None:
    quads = list(_phrases())
    assert {quad.predicate.value for quad in quads} == PROPERTIES
    assert all(names_evidence(str(quad.subject).strip("<>")) for quad in quads)
    assert names_evidence(PHRASES) and names_evidence(span_iri(CELL, 0, 5)) and names_evidence(POB.Mention.value)
    assert not names_evidence(REPORT) and not names_evidence(CELL)


def test_memory_holds_what_is_not_evidence(tmp_path: Path) -> None:
    parted, facts = _parted(_published(tmp_path))
    assert len(facts) == 1
    assert _count(parted, "SELECT * { ?s ?p ?o }") == 1 + len(list(_phrases()))


def test_memory_holds_no_text_of_a_cell(tmp_path: Path) -> None:
    store = _published(tmp_path)
    store.update(f"INSERT DATA {{ GRAPH <{REPORT}> {{ <{CELL}> <{RDF.value.value}> 'text' }} }}", DEFAULT_BASE)
    parted, facts = _parted(store)
    text = f"SELECT * {{ ?cell <{RDF.value.value}> ?text }}"
    assert not is_of_facts(text)
    assert (_count(parted, text), _count(facts, text)) == (1, 0)


def test_what_is_put_among_the_phrases_by_hand_is_found(tmp_path: Path) -> None:
    store = _published(tmp_path)
    store.update(f"INSERT DATA {{ GRAPH <{PHRASES}> {{ <urn:s> <urn:p> <urn:o> }} }}", DEFAULT_BASE)
    parted, facts = _parted(store)
    text = "SELECT * { ?s <urn:p> ?o }"
    assert is_of_facts(text)
    assert _count(parted, text) == 1
    assert _count(facts, text) == 1


def test_a_nameless_node_stays_one_node_in_all_graphs(tmp_path: Path) -> None:
    store = _published(tmp_path)
    graphs = f"GRAPH <{REPORT}> {{ _:n <urn:p> 1 }} GRAPH <{OTHER}> {{ _:n <urn:q> 2 }}"
    store.update(f"INSERT {{ {graphs} }} WHERE {{ }}", DEFAULT_BASE)
    text = "SELECT * { ?s <urn:p> ?x . ?s <urn:q> ?y }"
    parted, facts = _parted(store)
    assert is_of_facts(text)
    assert _count(facts, text) == _count(parted, text) == _count(store.open(), text) == 1


def test_graphs_of_the_request_are_those_of_either_store(tmp_path: Path) -> None:
    parted, facts = _parted(_published(tmp_path))
    text = f"SELECT * {{ ?s <{TOLD.value}> ?o }}"
    assert _count(parted, text, Dataset((REPORT,), ())) == 1
    text = "SELECT * { GRAPH ?g { ?s ?p ?o } }"
    wanted = 1 + len(list(_phrases()))
    assert _count(parted, text, Dataset((), (REPORT, PHRASES))) == wanted > _count(facts, text)

"""W3C's own tests of the SPARQL 1.1 Protocol and of service descriptions, against a running server."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import RDF, Graph, Namespace, URIRef

from pobratim.store.directory import GenerationStore
from tests.support.places import SHARED
from tests.support.server import Server, running_server
from tests.support.sparql_protocol import ProtocolTest, faults, read_manifest

_W3C = SHARED / "conformance" / "w3c"
_MANIFEST = _W3C / "sparql11-protocol" / "manifest.ttl"
_TESTS = read_manifest(_MANIFEST) if _MANIFEST.is_file() else []
_DATA = {
    f"http://kasei.us/2009/09/sparql/data/data{number}.rdf": _MANIFEST.with_name(f"data{number}.nt")
    for number in (1, 2, 3)
}
_TOKEN = "a token of the tests"
_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_READING = [test for test in _TESTS if not test.name.startswith("update_")]
_WRITING = [test for test in _TESTS if test.name.startswith("update_")]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.shared,
    pytest.mark.skipif(not _TESTS, reason="../shared is absent"),
]


def _names(test: ProtocolTest) -> str:
    return test.name


def _make_store(directory: Path) -> Path:
    graphs = {
        graph: [
            Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph))
            for triple in parse(path=str(file), format=RdfFormat.N_TRIPLES)
        ]
        for graph, file in _DATA.items()
    }
    GenerationStore(directory).publish(graphs, {}, {})
    return directory


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server as it stands on the Internet: no token, so no updates."""
    folder = tmp_path_factory.mktemp("public")
    with running_server(_make_store(folder / "store"), folder) as server, server.client() as client:
        yield client


@pytest.fixture(scope="module")
def writable_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that takes updates from who has the token."""
    folder = tmp_path_factory.mktemp("writable")
    with running_server(_make_store(folder / "store"), folder, env={"POBRATIM_UPDATE_TOKEN": _TOKEN}) as server:
        yield server


@pytest.fixture
def writable(writable_server: Server) -> Iterator[httpx.Client]:
    """A client of the server that takes updates."""
    with writable_server.client() as client:
        assert client.options("/update").status_code == 204
        yield client


def test_the_manifest_is_read_whole() -> None:
    assert len(_TESTS) == 34
    assert len(_WRITING) == 7
    assert sum(len(test.steps) for test in _TESTS) == 39
    assert {graph for test in _TESTS for graph in test.data} == set(_DATA)
    assert all(file == _DATA[graph] for test in _TESTS for graph, file in test.data.items())


@pytest.mark.parametrize("test", _READING, ids=_names)
def test_the_public_endpoint_passes(test: ProtocolTest, public: httpx.Client) -> None:
    assert faults(test, public, "/sparql/", "/sparql/") == []


@pytest.mark.parametrize("test", _WRITING, ids=_names)
def test_the_public_endpoint_refuses_updates(test: ProtocolTest, public: httpx.Client) -> None:
    before = _graphs(public)
    for path in ("/sparql/", "/update"):
        step = test.steps[0]
        address = step.path.replace("/sparql/", path, 1)
        answer = public.request(step.method, address, headers=dict(step.headers), content=step.body)
        assert 400 <= answer.status_code < 500, path
        assert answer.headers["content-type"] == "application/problem+json"
    assert _graphs(public) == before == dict.fromkeys(_DATA, "1")


@pytest.mark.parametrize("test", _TESTS, ids=_names)
def test_the_writable_endpoint_passes(test: ProtocolTest, writable: httpx.Client) -> None:
    for graph, file in test.data.items():
        _insert(writable, graph, file)
    assert faults(test, writable, "/sparql/", "/update", _TOKEN) == []


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer wrong", f"Basic {_TOKEN}", _TOKEN])
def test_updates_need_the_token(authorization: str, writable: httpx.Client) -> None:
    before = _graphs(writable)
    headers = {"authorization": authorization} if authorization else {}
    answer = writable.post("/update", data={"update": "CLEAR ALL"}, headers=headers)
    assert answer.status_code in (401, 403)
    assert _graphs(writable) == before


@pytest.fixture
def description(public: httpx.Client) -> httpx.Response:
    """What GET on the endpoint gives; skips in a version that describes nothing."""
    answer = public.get("/sparql", headers={"accept": "text/turtle"})
    if answer.status_code in (400, 404):
        pytest.skip("no service description in this version")
    return answer


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/n-triples", "*/*", ""])
@pytest.mark.usefixtures("description")
def test_get_on_the_endpoint_returns_rdf(accept: str, public: httpx.Client) -> None:
    answer = public.get("/sparql", headers={"accept": accept})
    assert answer.status_code == 200
    assert len(_parsed(answer)) > 0


def test_the_description_names_the_endpoint(description: httpx.Response, public: httpx.Client) -> None:
    graph = _parsed(description)
    services = set(graph.subjects(RDF.type, _SD.Service))
    endpoints = {endpoint for service in services for endpoint in graph.objects(service, _SD.endpoint)}
    assert URIRef(str(public.base_url).rstrip("/") + "/sparql") in endpoints


def test_the_description_conforms_to_the_schema(description: httpx.Response) -> None:
    """SPARQL 1.1 Service Description, section 3: what each property may point at."""
    graph = _parsed(description)
    assert set(graph.predicates()) & set(_INSTANCES)
    for predicate, known in _INSTANCES.items():
        for value in graph.objects(None, predicate):
            assert isinstance(value, URIRef)
            assert str(value) in {str(_SD[name]) for name in known} or not known
    for service in graph.subjects(RDF.type, _SD.Service):
        assert len(list(graph.objects(service, _SD.endpoint))) == 1
        for dataset in graph.objects(service, _SD.defaultDataset):
            assert (dataset, RDF.type, _SD.Dataset) in graph
            for default in graph.objects(dataset, _SD.defaultGraph):
                assert (default, RDF.type, _SD.Graph) in graph
            for named in graph.objects(dataset, _SD.namedGraph):
                assert len(list(graph.objects(named, _SD.name))) == 1


_INSTANCES: dict[URIRef, set[str]] = {
    _SD.feature: {"DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"},
    _SD.supportedLanguage: {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
    _SD.resultFormat: set(),
    _SD.inputFormat: set(),
    _SD.endpoint: set(),
}


def _parsed(answer: httpx.Response) -> Graph:
    media_type = answer.headers["content-type"].partition(";")[0]
    return Graph().parse(data=answer.text, format=media_type)


def _graphs(client: httpx.Client) -> dict[str, str]:
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    answer = client.post("/sparql", data={"query": query}).raise_for_status()
    return {row["g"]["value"]: row["n"]["value"] for row in answer.json()["results"]["bindings"]}


def _insert(client: httpx.Client, graph: str, file: Path) -> None:
    update = f"INSERT DATA {{ GRAPH <{graph}> {{ {file.read_text(encoding='utf-8')} }} }}"
    answer = client.post("/update", data={"update": update}, headers={"authorization": f"Bearer {_TOKEN}"})
    assert answer.status_code < 300, answer.text

"""Runs W3C's tests of the SPARQL 1.1 Protocol over HTTP: a manifest in RDF (HTTP-in-RDF), judged by its own terms.

``mf:expectedStatus`` is a class of status codes, ``mf:expectedFormat`` boolean, tabular or RDF, ``mf:expectedBoolean``
the answer of ASK. Paths begin with ``/sparql/`` and are replaced by those of the endpoint, as the manifest says.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import httpx
from rdflib import RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

_MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
_UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
_HT = Namespace("http://www.w3.org/2011/http#")
_CNT = Namespace("http://www.w3.org/2011/content#")

_ROWS = {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"}
_FORMATS: Mapping[str, set[str]] = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": _ROWS,
    "RDF": {"application/rdf+xml", "text/turtle", "application/n-triples", "text/html"},
}
"""What the names of the tests call appropriate ("expect one of: XML, JSON", "RDF/XML, Turtle, N-Triples, RDFa")."""


@dataclass(frozen=True)
class Expected:
    """What an answer must be; empty parts are left open."""

    statuses: frozenset[str]
    format: str
    boolean: bool | None


@dataclass(frozen=True)
class Step:
    """One request of a test and its expected answer; ``path`` has the query string."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    expected: Expected

    @property
    def is_query(self) -> bool:
        """Whether the request says that it carries a query."""
        return self.headers.get("content-type") == "application/sparql-query"


@dataclass(frozen=True)
class ProtocolTest:
    """A test: ``data`` are files by the IRI of the graph that holds them."""

    name: str
    steps: tuple[Step, ...]
    data: Mapping[str, Path]

    @property
    def is_update(self) -> bool:
        """Whether it is about updates; its direct queries look at what became of them."""
        return "update" in self.name


def read_manifest(file: Path) -> list[ProtocolTest]:
    """Return the tests of a manifest in its order."""
    graph = Graph().parse(file, format="turtle")
    manifest = graph.value(None, RDF.type, _MF.Manifest)
    assert manifest is not None
    return [_test(graph, entry) for entry in _list(graph, graph.value(manifest, _MF.entries))]


def faults(test: ProtocolTest, client: httpx.Client, query_path: str, update_path: str, token: str = "") -> list[str]:
    """Perform a test's requests; return what was not as expected. ``token`` goes with what is sent to updates."""
    found = []
    for step in test.steps:
        is_update = test.is_update and not step.is_query
        path = step.path.replace("/sparql/", update_path if is_update else query_path, 1)
        headers = dict(step.headers)
        if is_update and token:
            headers["authorization"] = f"Bearer {token}"
        answer = client.request(step.method, path, headers=headers, content=step.body or None)
        found += [f"{step.method} {path}: {fault}" for fault in _judge(answer, step.expected)]
    return found


def _judge(answer: httpx.Response, expected: Expected) -> Iterator[str]:
    if f"{answer.status_code // 100}xx" not in expected.statuses:
        yield f"status {answer.status_code}, expected {sorted(expected.statuses)}: {answer.text[:200]}"
        return
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip()
    if expected.format and media_type not in _FORMATS[expected.format]:
        yield f"{media_type} is not {expected.format}"
    elif expected.boolean is not None and _boolean(answer, media_type) != expected.boolean:
        yield f"the answer is not {expected.boolean}"


def _boolean(answer: httpx.Response, media_type: str) -> bool:
    if media_type.endswith("json"):
        return bool(json.loads(answer.content)["boolean"])
    text = ElementTree.fromstring(answer.content).findtext("{http://www.w3.org/2005/sparql-results#}boolean")
    return text == "true"


def _test(graph: Graph, entry: Node) -> ProtocolTest:
    requests = graph.value(graph.value(entry, _MF.action), _HT.requests)
    data = {
        str(graph.value(item, RDFS.label)): Path(str(graph.value(item, _UT.graph)).removeprefix("file://"))
        for item in graph.objects(entry, _UT.graphData)
    }
    name = str(entry).rpartition("#")[2]
    return ProtocolTest(name, tuple(_step(graph, request) for request in _list(graph, requests)), data)


def _step(graph: Graph, request: Node) -> Step:
    headers = {
        _text(graph, header, _HT.fieldName).lower(): _text(graph, header, _HT.fieldValue)
        for header in _list(graph, graph.value(request, _HT.headers))
    }
    body = graph.value(request, _HT.body)
    content = b"" if body is None else _text(graph, body, _CNT.chars).encode(_text(graph, body, _CNT.characterEncoding))
    response = graph.value(request, _HT.resp)
    assert isinstance(response, BNode)
    return Step(
        _text(graph, request, _HT.methodName),
        _text(graph, request, _HT.absolutePath),
        headers,
        content,
        _expected(graph, response),
    )


def _expected(graph: Graph, response: Node) -> Expected:
    boolean = graph.value(response, _MF.expectedBoolean)
    assert boolean is None or isinstance(boolean, Literal)
    return Expected(
        frozenset(str(status).rpartition("StatusCode")[2] for status in graph.objects(response, _MF.expectedStatus)),
        str(graph.value(response, _MF.expectedFormat) or ""),
        None if boolean is None else bool(boolean.toPython()),
    )


def _list(graph: Graph, head: Node | None) -> list[Node]:
    return [] if head is None else list(Collection(graph, head))


def _text(graph: Graph, subject: Node, predicate: URIRef) -> str:
    value = graph.value(subject, predicate)
    assert value is not None, (subject, predicate)
    return str(value)

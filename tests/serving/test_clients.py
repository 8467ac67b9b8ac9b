"""The endpoint as real clients use it: curl, SPARQLWrapper, rdflib's SPARQLStore, Comunica."""

import json
import os
import shutil
import subprocess
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, POST, POSTDIRECTLY, RDFXML, TURTLE, URLENCODED, XML, SPARQLWrapper

from tests.support.places import TESTS
from tests.support.server import Server

_CLIENTS = TESTS / "clients"
_LABELS = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?s ?label { ?s skos:prefLabel ?label FILTER(LANG(?label) = "ru") } ORDER BY ?s ?label LIMIT 25"""
_LABELLED = """SELECT ?s ?l { ?s a ?t ; <http://www.w3.org/2000/01/rdf-schema#label> ?l } ORDER BY ?s ?l LIMIT 1"""
_TRIPLES = "CONSTRUCT { ?s a ?type } WHERE { SELECT DISTINCT ?s ?type { ?s a ?type } ORDER BY ?s ?type LIMIT 25 }"
_ROWS = ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]
_TYPES = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}


def _needed(program: str) -> str:
    """The path of a program; skips the test where it is absent, fails it where CI=true."""
    found = shutil.which(program)
    return found or _missing(f"no {program}")


def _missing(what: str) -> str:
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


def _curl(*arguments: str) -> str:
    command = [_needed("curl"), "--silent", "--show-error", "--noproxy", "*", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout


def _posted(server: Server, query: str) -> list[str]:
    """Arguments of curl that send a query as a form does."""
    return ["--data-urlencode", f"query={query}", server.url + "/sparql"]


def _head(text: str) -> tuple[int, dict[str, str]]:
    """Status and headers as curl shows them."""
    first, *lines = text.strip().splitlines()
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return int(first.split()[1]), headers


@pytest.mark.parametrize("method", ["get", "form", "direct"])
@pytest.mark.parametrize("media_type", _ROWS)
def test_curl_gets_rows_in_every_format_by_every_way(media_type: str, method: str, served: Server) -> None:
    ways = {
        "get": ["--get", "--data-urlencode", f"query={_LABELS}"],
        "form": ["--data-urlencode", f"query={_LABELS}"],
        "direct": ["--header", "content-type: application/sparql-query", "--data-binary", _LABELS],
    }
    answer = _curl("--header", f"accept: {media_type}", "--include", *ways[method], served.url + "/sparql")
    head, body = answer.split("\n\n", 1)
    status, headers = _head(head)
    assert status == 200
    assert headers["content-type"].partition(";")[0] == media_type
    rows = json.loads(_curl(*_posted(served, _LABELS)))["results"]["bindings"]
    expected = [row["label"]["value"] for row in rows]
    assert len(expected) == 25
    assert all(label in body for label in expected)


@pytest.mark.parametrize("media_type", list(_TYPES))
def test_curl_gets_triples_in_every_format(media_type: str, served: Server) -> None:
    answer = _curl("--header", f"accept: {media_type}", *_posted(served, _TRIPLES))
    found = {(quad.subject, quad.predicate, quad.object) for quad in parse(answer.encode(), format=_TYPES[media_type])}
    assert len(found) == 25


@pytest.mark.parametrize(("accept", "signature"), [("xlsx", b"PK"), ("parquet", b"PAR1")])
def test_curl_downloads_workbooks_and_columns(accept: str, signature: bytes, served: Server, tmp_path: Path) -> None:
    media_types = {
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "parquet": "application/vnd.apache.parquet",
    }
    file = tmp_path / f"rows.{accept}"
    _curl("--header", f"accept: {media_types[accept]}", "--output", str(file), *_posted(served, _LABELS))
    assert file.read_bytes().startswith(signature)


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_curl_unpacks_what_it_is_sent(encoding: str, served: Server) -> None:
    if encoding == "br" and "brotli" not in _curl("--version"):
        _missing("curl without brotli")
    plain = _curl(*_posted(served, _LABELS))
    wanted = ["--compressed", "--header", f"accept-encoding: {encoding}", "--include"]
    packed = _curl(*wanted, *_posted(served, _LABELS))
    head, body = packed.split("\n\n", 1)
    assert _head(head)[1]["content-encoding"] == encoding
    assert body == plain


def test_curl_asks_for_the_head_only(served: Server) -> None:
    wanted = ["--get", "--data-urlencode", "query=ASK {}", served.url + "/sparql"]
    status, headers = _head(_curl("--head", *wanted))
    assert status == 200
    assert int(headers["content-length"]) == len(_curl(*wanted))
    assert headers["access-control-allow-origin"] == "*"


def test_curl_keeps_what_has_not_changed(served: Server, tmp_path: Path) -> None:
    etag = tmp_path / "etag"
    wanted = ["--get", "--data-urlencode", "query=ASK {}", served.url + "/sparql"]
    _curl("--etag-save", str(etag), *wanted)
    assert etag.read_text(encoding="ascii").strip()
    answer = _curl("--etag-compare", str(etag), "--include", *wanted)
    status, headers = _head(answer)
    assert status == 304
    assert headers["etag"] == etag.read_text(encoding="ascii").strip()
    assert "max-age" in headers["cache-control"]


def test_curl_is_told_what_is_wrong(served: Server) -> None:
    answer = _curl("--header", "accept-language: en", *_posted(served, "SELECT"))
    problem = json.loads(answer)
    assert problem["status"] == 400
    assert "SPARQL" in problem["detail"]


def _wrapper(server: Server, query: str, method: str, request_method: str, format_name: str) -> Any:
    wrapper = SPARQLWrapper(server.url + "/sparql")
    wrapper.setQuery(query)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(request_method)
    wrapper.setReturnFormat(format_name)
    with warnings.catch_warnings(action="ignore"):  # it warns of its own use of urllib
        return wrapper.query().convert()


_WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]


@pytest.mark.parametrize(("method", "request_method"), _WAYS)
def test_sparqlwrapper_gets_rows(method: str, request_method: str, served: Server) -> None:
    rows = _wrapper(served, _LABELS, method, request_method, JSON)["results"]["bindings"]
    assert len(rows) == 25
    document = _wrapper(served, _LABELS, method, request_method, XML)
    labels = [node.firstChild.data for node in document.getElementsByTagName("literal")]
    assert labels == [row["label"]["value"] for row in rows]
    lines = _wrapper(served, _LABELS, method, request_method, CSV).decode().splitlines()
    assert lines[0] == "s,label"
    assert len(lines) == 26


@pytest.mark.parametrize(("method", "request_method"), _WAYS)
def test_sparqlwrapper_asks(method: str, request_method: str, served: Server) -> None:
    assert _wrapper(served, "ASK { ?s ?p ?o }", method, request_method, JSON)["boolean"] is True


@pytest.mark.parametrize(("method", "request_method"), _WAYS)
@pytest.mark.parametrize("format_name", [TURTLE, RDFXML, JSONLD])
def test_sparqlwrapper_constructs(method: str, request_method: str, format_name: str, served: Server) -> None:
    found = _wrapper(served, _TRIPLES, method, request_method, format_name)
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert len(graph) == 25


def _labelled(server: Server) -> tuple[SPARQLStore, URIRef, str]:
    store = SPARQLStore(server.url + "/sparql", returnFormat="json")
    rows = _wrapper(server, _LABELLED, GET, URLENCODED, JSON)
    row = rows["results"]["bindings"][0]
    return store, URIRef(row["s"]["value"]), row["l"]["value"]


def test_rdflib_queries_the_endpoint_as_a_graph(served: Server) -> None:
    store, subject, label = _labelled(served)
    graph = Graph(store)
    rows = list(graph.query("SELECT ?l { ?s rdfs:label ?l }", initNs={"rdfs": RDFS}, initBindings={"s": subject}))
    assert label in {str(row[0]) for row in rows}  # type: ignore[index]
    assert bool(graph.query("ASK { ?s ?p ?o }").askAnswer)


def test_rdflib_matches_triples_of_the_endpoint(served: Server) -> None:
    store, subject, label = _labelled(served)
    graph = Graph(store)
    assert label in {str(value) for value in graph.objects(subject, RDFS.label)}
    assert list(graph.triples((subject, RDF.type, None)))
    assert (subject, RDFS.label, Literal("no such label")) not in graph
    assert len(graph) > 1000


def test_rdflib_lists_the_graphs_of_the_endpoint(served: Server) -> None:
    store, subject, _ = _labelled(served)
    everywhere = {str(context) for context in store.contexts()}
    holding = {str(context) for context in store.contexts((subject, RDF.type, None))}  # type: ignore[arg-type]
    assert len(everywhere) > 1
    assert holding
    assert holding <= everywhere


@cache
def _comunica() -> str:
    """The path of node, after what the lock file names was installed."""
    node, npm = _needed("node"), _needed("npm")
    if not (_CLIENTS / "node_modules" / "@comunica" / "query-sparql").is_dir():
        done = subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=_CLIENTS, check=False)
        if done.returncode:
            _missing("npm could not install the clients")
    return node


def _by_comunica(server: Server, query: str) -> str:
    command = [_comunica(), "comunica.mjs", server.url + "/sparql", query]
    variables = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    done = subprocess.run(
        command, cwd=_CLIENTS, env=variables, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_comunica_selects(served: Server) -> None:
    rows = json.loads(_by_comunica(served, _LABELS))["results"]["bindings"]
    expected = _wrapper(served, _LABELS, POST, URLENCODED, JSON)["results"]["bindings"]
    assert [(row["s"]["value"], row["label"]["value"]) for row in rows] == [
        (row["s"]["value"], row["label"]["value"]) for row in expected
    ]


def test_comunica_asks(served: Server) -> None:
    assert json.loads(_by_comunica(served, "ASK { ?s ?p ?o }"))["boolean"] is True


def test_comunica_constructs(served: Server) -> None:
    quads = list(parse(_by_comunica(served, _TRIPLES).encode(), format=RdfFormat.N_QUADS))
    assert len(quads) == 25

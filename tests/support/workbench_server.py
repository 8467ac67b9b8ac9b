"""A stand-in for the server that the workbench needs: its page, its built files, queries, terms and an endpoint."""

import asyncio
import io
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast
from urllib.parse import parse_qs

import rdflib
import uvicorn
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route

from pobratim.content import content_root
from pobratim.messages import Language, explain
from pobratim.query.answers import write_result
from pobratim.query.library import library, queries_root
from pobratim.query.question import ThingType
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.search import index_of
from pobratim.search.references import UnknownNameError, look_up
from pobratim.serving.api.described import entry_of
from pobratim.serving.api.workbench import workbench_html
from pobratim.serving.http import static_files
from pobratim.site.addresses import Addresses
from pobratim.site.page import Visit
from pobratim.store.reader import Reader
from tests.support.background import background

POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'"
)
TYPES = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.apache.parquet": "parquet",
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
}
SLOW, LIMITED = "# slow", "# limited"
"""Comments that make the endpoint wait for a client that leaves, or answer with the limit that it hit."""


LABELS = "# labels"
"""How those queries begin."""


@dataclass
class Served:
    """``url`` is the page's; ``asked`` are the queries that came, ``languages`` the page's languages with them."""

    url: str
    asked: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    """The queries in which the page asks for the labels of things that it shows."""
    languages: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    """Paths that fail until they are taken out."""


@contextmanager
def serving(reader: Reader, prefix: str = "") -> Iterator[Served]:
    """Yield a running server on 127.0.0.1 whose every path begins with ``prefix``; it is stopped at the end."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        served = Served(f"http://127.0.0.1:{listener.getsockname()[1]}{prefix}/workbench")
        config = uvicorn.Config(
            _application(reader, served, prefix),
            log_level="error",
            ws="none",
            lifespan="off",
            timeout_graceful_shutdown=5,
        )
        server = uvicorn.Server(config)
        thread = background(server.run, sockets=[listener])
        while not server.started:
            time.sleep(0.01)
        try:
            yield served
        finally:
            # Not by force: answers that nobody waits for end too, else their sockets stay open behind the loop.
            server.should_exit = True
            thread.join(timeout=60)
        assert not thread.is_alive()


def _application(reader: Reader, served: Served, prefix: str) -> Starlette:
    async def page(request: Request) -> Response:
        lang: Language = "en" if request.query_params.get("lang") == "en" else "ru"
        return HTMLResponse(page_html(lang, prefix), headers={"Content-Security-Policy": POLICY})

    async def queries(request: Request) -> Response:
        group = "views" if request.url.path.endswith("/views") else ""
        return _broken(served, "queries") or JSONResponse({"queries": described(group)})

    async def lookup(request: Request) -> Response:
        asked = request.query_params
        lang: Language = "en" if request.headers["accept-language"] == "en" else "ru"
        try:
            found = look_up(cast(ThingType, asked["type"]), asked["q"], index_of(reader), lang)
        except UnknownNameError as error:
            return _problem(404, "Такого здесь нет", explain(error, lang))
        return _broken(served, "lookup") or JSONResponse({"iri": found.iri, "label": found.label})

    async def terms(request: Request) -> Response:
        del request
        return _broken(served, "terms") or JSONResponse(vocabulary())

    async def sparql(request: Request) -> Response:
        query = parse_qs((await request.body()).decode())["query"][0]
        (served.labels if query.startswith(LABELS) else served.asked).append(query)
        served.languages.add(request.headers["accept-language"])
        if SLOW in query:
            await _until_left(request)
        return await _answer(reader, query, request.headers["accept"])

    routes = [
        Route("/workbench", page),
        Route("/queries", queries),
        Route("/queries/views", queries),
        Route("/lookup", lookup),
        Route("/workbench/terms.json", terms),
        Route("/sparql", sparql, methods=["POST"]),
        *static_files.routes(),
    ]
    return Starlette(routes=[Mount(prefix, routes=routes)] if prefix else routes)


def page_html(lang: Language, base_path: str, built: bool = True) -> str:
    """Return the page as the server makes it."""
    addresses = Addresses(DEFAULT_BASE, "http://127.0.0.1" + base_path)
    return workbench_html(Visit(lang, addresses, "/workbench", (), is_chosen=False), built)


@cache
def described(group: str) -> list[dict[str, Any]]:
    """Return the questions of a group as ``GET /queries`` tells of them."""
    return [entry_of(query, "", group) for query in library(queries_root(), group).values()]


@cache
def vocabulary() -> dict[str, Any]:
    """Return the terms of our ontology, and its prefixes."""
    graph = rdflib.Graph(bind_namespaces="none")
    for name in ("pobratim", "tie-levels", "organisation-kinds"):
        graph.parse(content_root() / "ontology" / f"{name}.ttl")
    kinds = {
        OWL.Class: "class",
        OWL.ObjectProperty: "property",
        OWL.DatatypeProperty: "property",
        SKOS.Concept: "concept",
    }
    terms = [_term(graph, node, kind) for type_, kind in kinds.items() for node in graph.subjects(RDF.type, type_)]
    prefixes = {prefix: str(iri) for prefix, iri in graph.namespaces() if prefix}
    return {"terms": sorted(terms, key=lambda term: term["curie"]), "prefixes": prefixes}


def _term(graph: rdflib.Graph, node: rdflib.term.Node, kind: str) -> dict[str, Any]:
    def words(*predicates: rdflib.URIRef) -> dict[str, str]:
        found = [text for predicate in predicates for text in graph.objects(node, predicate)]
        return {str(text.language): str(text) for text in found if isinstance(text, rdflib.Literal)}

    return {
        "iri": str(node),
        "curie": graph.namespace_manager.normalizeUri(str(node)),
        "kind": kind,
        "label": words(RDFS.label, SKOS.prefLabel),
        "definition": words(SKOS.definition),
        "count": 0,
    }


async def _until_left(request: Request) -> None:
    while not await request.is_disconnected():
        await asyncio.sleep(0.05)


async def _answer(reader: Reader, query: str, accept: str) -> Response:
    if LIMITED in query:
        return _problem(503, "Превышено время", "Запрос остановлен через 30 с.", limit="30 с")
    wanted = accept.split(",")[0].strip()
    body = io.BytesIO()
    try:
        write_result(reader.query(query), TYPES[wanted], body, "ru")
    except SyntaxError as error:
        place = re.search(r"(\d+):(\d+)", str(error))
        where = {"line": int(place[1]), "column": int(place[2])} if place else {}
        return _problem(400, "Это не SPARQL", str(error), **where)
    return Response(body.getvalue(), media_type=wanted)


def _broken(served: Served, name: str) -> Response | None:
    return _problem(503, "Позже", "Позже") if name in served.broken else None


def _problem(status: int, title: str, detail: str, **more: str | int) -> Response:
    body = {"type": "about:blank", "status": status, "title": title, "detail": detail, **more}
    return JSONResponse(body, status, media_type="application/problem+json")

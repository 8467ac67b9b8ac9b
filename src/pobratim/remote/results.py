"""Answers of a store as pyoxigraph gives its own, so that whoever reads them does not see where they came from.

What stores answer differently, and what is made of it here:

* Virtuoso answers ASK in JSON as a table of one cell, ``__ASK_RETVAL``, 1 or 0: a boolean.
* Virtuoso keeps points as single-precision numbers under a datatype of its own, ``virtrdf#Geometry``: a
  ``geo:wktLiteral`` again, each number as the shortest decimal of the same single-precision value, which is what was
  stored as long as that had at most seven digits (four places after the point, as the gazetteer has).
* ``SELECT *`` leaves the order of columns open: as the embedded store would order them.

``typed-literal``, its datatype for literals in JSON, pyoxigraph reads as it is.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

import numpy
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    parse,
    parse_query_results,
)

from pobratim.store import MemoryReader
from pobratim.store_backend import QueryResult

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"

_GEOMETRY = "http://www.openlinksw.com/schemas/virtrdf#Geometry"
_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class MalformedAnswerError(ValueError):
    """A body that is not what was asked for, or breaks off."""


def accepted(result: QueryResult) -> str:
    """Return the media type in which to ask for an answer of the same kind as ``result``."""
    return TRIPLES if isinstance(result, QueryTriples) else ROWS


def read_answer(body: bytes, like: QueryResult) -> QueryResult:
    """Return the answer in ``body``; ``like`` is what the embedded store gives for the same query, of any data.

    The whole body is read once before, so that nothing breaks off while rows are used. Raises MalformedAnswerError.
    """
    if isinstance(like, QueryTriples):
        return MemoryReader(read_triples(body)).query(_ALL)
    try:
        if isinstance(like, QueryBoolean):
            return _boolean(json.loads(body))
        return _solutions(body, [variable.value for variable in like.variables])
    except (ValueError, SyntaxError, LookupError, TypeError, AttributeError) as error:
        raise MalformedAnswerError(_first_line(error)) from error


def read_triples(body: bytes, graph: str | None = None) -> Iterator[Quad]:
    """Yield the triples of N-Triples, in ``graph`` if one is named. Raises MalformedAnswerError."""
    # Where a graph is so large that a server breaks off, it does so within a line more often than at its end.
    if body and not body.endswith(b"\n"):
        raise MalformedAnswerError("…" + body[-60:].decode("utf-8", "replace"))
    name = NamedNode(graph) if graph else None
    try:
        for quad in parse(body, format=RdfFormat.N_TRIPLES):
            value = _plain(quad.object) if isinstance(quad.object, Literal) else quad.object
            yield Quad(quad.subject, quad.predicate, value, name)
    except (ValueError, SyntaxError) as error:
        raise MalformedAnswerError(_first_line(error)) from error


def _boolean(answer: Any) -> QueryBoolean:
    value = answer["boolean"] if "boolean" in answer else _only_cell(answer["results"]["bindings"]) in {"1", "true"}
    made = parse_query_results(json.dumps({"head": {}, "boolean": value}).encode(), QueryResultsFormat.JSON)
    assert isinstance(made, QueryBoolean)
    return made


def _only_cell(bindings: Sequence[dict[str, dict[str, str]]]) -> str:
    (row,) = bindings
    (cell,) = row.values()
    return cell["value"]


def _solutions(body: bytes, variables: list[str]) -> QuerySolutions:
    found = parse_query_results(body, QueryResultsFormat.JSON)
    if not isinstance(found, QuerySolutions):
        raise MalformedAnswerError("boolean")
    if [variable.value for variable in found.variables] != variables or _GEOMETRY.encode() in body:
        body = _rewritten(json.loads(body), variables)
    checked = parse_query_results(body, QueryResultsFormat.JSON)
    assert isinstance(checked, QuerySolutions)
    checked.serialize(_Nowhere(), QueryResultsFormat.TSV)
    again = parse_query_results(body, QueryResultsFormat.JSON)
    assert isinstance(again, QuerySolutions)
    return again


def _rewritten(answer: Any, variables: list[str]) -> bytes:
    bindings = answer["results"]["bindings"]
    for cell in (cell for row in bindings for cell in row.values() if cell.get("datatype") == _GEOMETRY):
        cell["datatype"], cell["value"] = _WKT, _short_numbers(cell["value"])
    return json.dumps({"head": {"vars": variables}, "results": {"bindings": bindings}}, ensure_ascii=False).encode()


def _plain(literal: Literal) -> Literal:
    if literal.datatype.value != _GEOMETRY:
        return literal
    return Literal(_short_numbers(literal.value), datatype=NamedNode(_WKT))


def _short_numbers(wkt: str) -> str:
    return _NUMBER.sub(lambda found: numpy.format_float_positional(numpy.float32(found[0]), trim="-"), wkt)


def _first_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


class _Nowhere(BytesIO):
    """Takes what is written and keeps nothing."""

    def write(self, data: Iterable[int]) -> int:  # type: ignore[override]
        return len(bytes(data))

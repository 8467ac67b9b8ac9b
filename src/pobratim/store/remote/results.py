"""Answers of a store as pyoxigraph gives its own, so that whoever reads them does not see where they came from.

What stores answer differently, and what is made of it here:

* Virtuoso answers ASK in JSON as a table of one cell, ``__ASK_RETVAL``, 1, or of none: a boolean.
* Virtuoso keeps points as single-precision numbers under a datatype of its own, ``virtrdf#Geometry``: a
  ``geo:wktLiteral`` again, each number as the shortest decimal of the same single-precision value, which is what was
  stored as long as that had at most seven digits (four places after the point, as the gazetteer has).
* ``SELECT *`` leaves the order of columns open: as the embedded store would order them.

``typed-literal``, its datatype for literals in JSON, pyoxigraph reads as it is.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

import numpy
from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import (
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

from pobratim.store.backend import QueryResult
from pobratim.store.reader import MemoryReader

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"

_GEOMETRY = "http://www.openlinksw.com/schemas/virtrdf#Geometry"
_WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class MalformedAnswerError(ValueError):
    """A body that is not what was asked for, or breaks off."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Of what kind the answer to a query is, and its columns where it is rows.

    Not the answer itself of the embedded store: pyoxigraph lets no other thread drop one, which an error on its way
    through a server's threads may do that holds a frame that holds one.
    """

    kind: Literal["rows", "boolean", "triples"]
    variables: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        """Return in what to ask for such an answer."""
        return TRIPLES if self.kind == "triples" else ROWS


def shape_of(result: QueryResult) -> Shape:
    """Return the shape of an answer of the embedded store."""
    if isinstance(result, QueryTriples):
        return Shape("triples")
    if isinstance(result, QueryBoolean):
        return Shape("boolean")
    return Shape("rows", tuple(variable.value for variable in result.variables))


def read_answer(body: bytes, shape: Shape) -> QueryResult:
    """Return the answer of that shape in ``body``.

    The whole body is read once before, so that nothing breaks off while rows are used. Raises MalformedAnswerError.
    """
    if shape.kind == "triples":
        return MemoryReader(read_triples(body)).query(_ALL)
    try:
        made = _boolean(json.loads(body)) if shape.kind == "boolean" else _rows(body, shape.variables)
    except (ValueError, SyntaxError, LookupError, TypeError, AttributeError) as error:
        raise MalformedAnswerError(_first_line(error)) from error
    fault = _fault(made)
    if fault:
        raise MalformedAnswerError(fault)
    return parse_query_results(made, QueryResultsFormat.JSON)


def read_triples(body: bytes, graph: str | None = None) -> Iterator[Quad]:
    """Yield the triples of N-Triples, in ``graph`` if one is named. Raises MalformedAnswerError."""
    # Where a graph is so large that a server breaks off, it does so within a line more often than at its end.
    if body and not body.endswith(b"\n"):
        raise MalformedAnswerError("…" + body[-60:].decode("utf-8", "replace"))
    name = NamedNode(graph) if graph else None
    try:
        for quad in parse(body, format=RdfFormat.N_TRIPLES):
            value = _plain(quad.object) if isinstance(quad.object, RdfLiteral) else quad.object
            yield Quad(quad.subject, quad.predicate, value, name)
    except (ValueError, SyntaxError) as error:
        raise MalformedAnswerError(_first_line(error)) from error


def _boolean(answer: Any) -> bytes:
    value = answer["boolean"] if "boolean" in answer else _has_one(answer["results"]["bindings"])
    return json.dumps({"head": {}, "boolean": bool(value)}).encode()


def _has_one(bindings: Sequence[dict[str, dict[str, str]]]) -> bool:
    return any(cell["value"] == "1" for row in bindings for cell in row.values())


def _rows(body: bytes, variables: Sequence[str]) -> bytes:
    if _columns(body) == list(variables) and _GEOMETRY.encode() not in body:
        return body
    return _rewritten(json.loads(body), variables)


def _columns(body: bytes) -> list[str]:
    found = parse_query_results(body, QueryResultsFormat.JSON)
    return [variable.value for variable in found.variables] if isinstance(found, QuerySolutions) else []


def _fault(body: bytes) -> str:
    """Return what is wrong with results in JSON, "" for nothing."""
    try:
        parse_query_results(body, QueryResultsFormat.JSON).serialize(_Nowhere(), QueryResultsFormat.JSON)
    except (ValueError, SyntaxError) as error:
        return _first_line(error)
    return ""


def _rewritten(answer: Any, variables: Sequence[str]) -> bytes:
    bindings = answer["results"]["bindings"]
    for cell in (cell for row in bindings for cell in row.values() if cell.get("datatype") == _GEOMETRY):
        cell["datatype"], cell["value"] = _WKT, _short_numbers(cell["value"])
    return json.dumps(
        {"head": {"vars": list(variables)}, "results": {"bindings": bindings}}, ensure_ascii=False
    ).encode()


def _plain(literal: RdfLiteral) -> RdfLiteral:
    if literal.datatype.value != _GEOMETRY:
        return literal
    return RdfLiteral(_short_numbers(literal.value), datatype=NamedNode(_WKT))


def _short_numbers(wkt: str) -> str:
    return _NUMBER.sub(lambda found: numpy.format_float_positional(numpy.float32(found[0]), trim="-"), wkt)


def _first_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


class _Nowhere(BytesIO):
    """Takes what is written and keeps nothing."""

    def write(self, data: Iterable[int]) -> int:  # type: ignore[override]
        return len(bytes(data))

"""Answers of queries as files: table, CSV, TSV, JSON, XML, Excel, Parquet, and RDF for CONSTRUCT. Always whole.

Text formats of the SPARQL protocol are written by Oxigraph itself, without making Python objects of the rows.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from itertools import chain, islice
from pathlib import PurePath
from typing import IO

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from pobratim.errors import UsageError
from pobratim.messages import Language, text
from pobratim.query.tables import ROW_FORMATS, write_rows
from pobratim.query.text_rows import Value
from pobratim.rdf.compact import compacted
from pobratim.sparql.prefixes import prefixes
from pobratim.sparql.text import Form
from pobratim.store.backend import QueryResult
from pobratim.text.xml_text import is_element_name, unable_character

PROTOCOL = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
RDF = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}
FORMATS = ("table", "lines", *PROTOCOL, "csv-excel", "xlsx", "parquet", *RDF)
"""Every format's name, which is also the extension of its files (but for table: .txt)."""
_ROWS = ("json", "xml", "csv", "csv-excel", "tsv", "xlsx", "parquet")
FORMATS_OF: Mapping[Form, Sequence[str]] = {
    "select": _ROWS,
    "ask": ("json", "xml", "csv", "tsv"),
    "construct": tuple(RDF),
    "describe": tuple(RDF),
    "unknown": _ROWS,
}
"""The formats in which programs get an answer, by the form of the query; the first is for who accepts anything."""

__all__ = [
    "BINARY",
    "FORMATS",
    "FORMATS_OF",
    "ROW_FORMATS",
    "choose_format",
    "python_value",
    "write_result",
    "write_rows",
]

BINARY = {"xlsx", "parquet"}
_WITH_PREFIXES = {"ttl", "trig", "rdf"}
_IN_ORDER = 20_000
"""Triples up to which the answer is put in order: subjects together, the same bytes each time."""
_ROOT = re.compile(rb"(<rdf:RDF)((?: xmlns:[\w.-]+=\"[^\"]*\")+)>")
_NAMESPACE = re.compile(rb" xmlns:[\w.-]+=\"[^\"]*\"")
_A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

_CSV_PIECE = 65_536
_XSD = "http://www.w3.org/2001/XMLSchema#"


def choose_format(wanted: str | None, output: str | None, result: QueryResult) -> str:
    """Return the format asked for, else that of the file's extension, else Turtle for triples and a table.

    Raises UsageError where the answer cannot be written so: rows as Turtle, triples as a table of Excel.
    """
    extension = PurePath(output).suffix.removeprefix(".").lower() if output else ""
    known = {name: name for name in FORMATS} | {"txt": "table", "srj": "json", "srx": "xml"}
    default = "ttl" if isinstance(result, QueryTriples) else "table"
    chosen = wanted or (known.get(extension, extension) if extension else default)
    fitting = _fitting(result)
    if chosen not in fitting:
        raise UsageError("format-unknown", format=chosen, known=", ".join(fitting))
    return chosen


def write_result(
    result: QueryResult,
    name: str,
    out: IO[bytes],
    lang: Language,
    terminal_width: int | None = None,
    given: Collection[str] = (),
    nothing: str = "",
    context: str = "",
) -> int | None:
    """Write the whole answer to ``out`` in the format ``name`` (see ``choose_format``).

    ``terminal_width`` wraps a table to so many columns; None keeps each row on one line. ``given`` are columns
    that only repeat what was asked (parameters): all but JSON, XML and TSV leave them out. ``nothing`` is what a table
    without rows says instead of its usual sentence. With ``context``, the address of our context, JSON-LD is compact.
    Returns the number of rows,
    None where the engine writes them itself, which does not count. Raises UsageError
    where a format needs a library that is not there or cannot hold so many rows.
    """
    if isinstance(result, QueryTriples):
        _write_triples(result, name, out, context)
    elif name == "csv" and given and isinstance(result, QuerySolutions):
        _write_csv(result, given, out)
    elif name in PROTOCOL:
        result.serialize(_XmlFile(out) if name == "xml" else out, PROTOCOL[name])
    elif isinstance(result, QueryBoolean):
        out.write(f"{text('answer-yes' if result else 'answer-no', lang)}\n".encode())
    else:
        columns, kept = _columns(result, given)
        rows = ([python_value(solution[index]) for index in kept] for solution in result)
        return write_rows(columns, rows, name, out, lang, terminal_width, nothing)
    return None


def _write_triples(result: QueryTriples, name: str, out: IO[bytes], context: str) -> None:
    """Write triples; in the formats that people read with prefixes and in order, where they are not too many."""
    triples = map(_as_xml, result) if name == "rdf" else result
    is_compact = name == "jsonld" and bool(context)
    if name not in _WITH_PREFIXES and not is_compact:
        serialize(triples, out, RDF[name])
        return
    first = list(islice(triples, _IN_ORDER + 1))
    if len(first) > _IN_ORDER:
        serialize(chain(first, triples), out, RDF[name])
        return
    first.sort(key=_place)
    if is_compact:
        out.write(compacted(first, context))
        return
    buffer = BytesIO()
    serialize(first, buffer, RDF[name], prefixes=_used(first))
    # The engine declares prefixes in another order each time.
    lines = buffer.getvalue().split(b"\n")
    count = next((index for index, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    body = b"\n".join([*sorted(lines[:count]), *lines[count:]])
    out.write(_ROOT.sub(lambda root: root[1] + b"".join(sorted(_NAMESPACE.findall(root[2]))) + b">", body, count=1))


def _as_xml(triple: Triple) -> Triple:
    """Return a triple that RDF/XML can hold. Raises UsageError for any other (RDF 1.1 XML Syntax, 5.1 and 6.1)."""
    if not is_element_name(triple.predicate.value):
        raise UsageError("format-predicate", iri=triple.predicate.value)
    if isinstance(triple.object, Literal):
        _check_xml(triple.object.value)
    return triple


def _check_xml(text: str) -> None:
    found = unable_character(text)
    if found:
        raise UsageError("format-character", character=f"U+{ord(found):04X}")


class _XmlFile(BytesIO):
    """A file that takes only what XML can hold: the engine writes any character."""

    def __init__(self, out: IO[bytes]) -> None:
        super().__init__()
        self._out = out
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def write(self, data: bytes) -> int:  # type: ignore[override]
        _check_xml(self._decoder.decode(bytes(data)))
        self._out.write(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: who opened the file flushes it."""


def _place(triple: Triple) -> tuple[str, bool, str, str]:
    """Return where a triple stands: by subject, its classes first."""
    predicate = str(triple.predicate)
    return str(triple.subject), predicate != _A, predicate, str(triple.object)


def _used(triples: Iterable[Triple]) -> dict[str, str]:
    """Return the prefixes of namespaces that the triples name."""
    terms = (term for t in triples for term in (t.subject, t.predicate, t.object, _type(t.object)))
    named = {term.value for term in terms if isinstance(term, NamedNode)}
    spaces = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in named}
    return {prefix: iri for prefix, iri in prefixes().items() if iri in spaces}


def _type(term: object) -> NamedNode | None:
    return term.datatype if isinstance(term, Literal) else None


def python_value(term: NamedNode | BlankNode | Literal | Triple | None) -> Value:
    """Return a term as Python has it: numbers, booleans and whole dates typed, everything else as its
    text."""
    if term is None or isinstance(term, NamedNode | BlankNode):
        return None if term is None else term.value
    if not isinstance(term, Literal):
        return str(term)
    convert = _CONVERTERS.get(term.datatype.value.removeprefix(_XSD))
    try:
        return convert(term.value) if convert else term.value
    except ValueError:
        return term.value


def _columns(result: QuerySolutions, given: Collection[str]) -> tuple[list[str], list[int]]:
    """Return the names of the columns that are not in ``given``, and their places."""
    names = [variable.value for variable in result.variables]
    kept = [index for index, column in enumerate(names) if column not in given]
    return [names[index] for index in kept], kept


def _write_csv(result: QuerySolutions, given: Collection[str], out: IO[bytes]) -> None:
    """Write rows as the engine does (SPARQL 1.1 Query Results CSV, section 3), without the columns ``given``."""
    columns, kept = _columns(result, given)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for solution in result:
        writer.writerow([_csv_cell(solution[index]) for index in kept])
        if buffer.tell() > _CSV_PIECE:
            out.write(buffer.getvalue().encode())
            buffer.seek(0)
            buffer.truncate()
    out.write(buffer.getvalue().encode())


def _csv_cell(term: NamedNode | BlankNode | Literal | Triple | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _fitting(result: QueryResult) -> Sequence[str]:
    if isinstance(result, QueryTriples):
        return tuple(RDF)
    if isinstance(result, QueryBoolean):
        return ("table", "lines", "json", "xml", "csv", "tsv")
    return ("table", "lines", *PROTOCOL, "csv-excel", "xlsx", "parquet")


_CONVERTERS: Mapping[str, Callable[[str], Value]] = {
    **dict.fromkeys(("integer", "int", "long", "nonNegativeInteger", "positiveInteger"), int),
    **dict.fromkeys(("decimal", "double", "float"), float),
    "boolean": lambda lexical: lexical in {"true", "1"},
    "date": date.fromisoformat,
}

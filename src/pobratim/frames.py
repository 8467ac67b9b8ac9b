"""Answers as pandas DataFrames, for notebooks and scripts that have the store on disk.

    reader = open_store("pobratim-data")
    frame(reader, "partners-of-city", city="Смоленск")
    frame(reader, "SELECT ?class (COUNT(*) AS ?things) WHERE { ?thing a ?class } GROUP BY ?class")

pandas is an extra: ``pip install ".[pandas]"`` in the folder of the sources. Errors carry as a note the sentence that
the command line would print, in the language of POBRATIM_LANG, else of the locale.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple

from pobratim.errors import PobratimError, UsageError
from pobratim.messages import default_language, explain
from pobratim.query.answers import python_value
from pobratim.query.library import NamedQuery, find_query, parse_query, queries_root
from pobratim.search import index_of
from pobratim.search.references import said_of_nothing, understand
from pobratim.sparql.terms import Term
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import Reader
from pobratim.tables.table import GROUP, table_named

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

__all__ = ["frame", "open_store"]

Cell = NamedNode | BlankNode | Literal | Triple | None
"""One value of an answer, None where the query left it unbound."""

_NAME = re.compile(rf"(?:{GROUP}/)?[\w.-]+")
"""What a question of the library is called; SPARQL has a brace at least."""
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = np.iinfo(np.int64)


def open_store(directory: str | Path = "pobratim-data") -> Reader:
    """Return a reader of what is in a store directory now; loads that come later do not change it.

    Raises StoreError where there is no store or nothing in it.
    """
    with _told():
        return GenerationStore(Path(directory)).open()


def frame(reader: Reader, question: str | Path, /, **parameters: str | int | date) -> "DataFrame":
    """Return the whole answer to a question as a DataFrame, a column for each variable, rows in the query's order.

    ``question`` is the name of one of the library ("partners-of-city", "find"), a table ("tables/events"), the path
    of a ``.rq`` file, or SPARQL.
    ``parameters`` give values to its variables, never by pasting text; columns that only repeat parameters of the
    library's questions are left out. Things may be named in any way that search understands: ``.attrs["understood"]``
    has the labels of what names were taken for, ``.attrs["nothing"]`` what is to be said of an answer without rows. In
    SPARQL of your own parameters must be among the variables that SELECT names, and a text in angle brackets is an IRI.
    Labels are Russian unless the question has a parameter ``lang`` and it is "en".

    A column is Int64, float64, boolean or datetime64 (xsd:date; xsd:dateTime, in UTC where all have a time zone) where
    every value in it is, else string; IRIs are strings, unbound is missing. A column without any value is string.

    Raises UsageError: an unknown question or parameter, a wrong value, a name that means nothing or several things,
    SPARQL that does not parse or is no SELECT, pandas not installed; ContentError where a file of the library is
    malformed.
    """
    with _told():
        pandas = _pandas()
        query = _query(question)
        texts = {
            name: value.isoformat() if isinstance(value, date) else str(value) for name, value in parameters.items()
        }
        understood = understand(query, texts, lambda: index_of(reader), "ru")
        named = {each.parameter: each.iri for each in understood.references}
        columns = _columns(query, reader, {**parameters, **named})
    hidden = {parameter.name for parameter in query.parameters}
    typed = {name: _typed(cells) for name, cells in columns.items() if name not in hidden}
    made: DataFrame = pandas.DataFrame(
        {name: pandas.Series(cells, dtype=kind) for name, (cells, kind) in typed.items()}
    )
    made.attrs["understood"] = {each.parameter: each.label for each in understood.references}
    made.attrs["nothing"] = "" if len(made) else said_of_nothing(query, texts, understood.references, "ru")
    return made


def _columns(query: NamedQuery, reader: Reader, parameters: Mapping[str, str | int | date]) -> dict[str, list[Cell]]:
    with query.faults_told():
        result = reader.query(query.text, _bindings(query, parameters))
        if not isinstance(result, QuerySolutions):
            raise UsageError("frame-not-select", file=query.file)
        columns: dict[str, list[Cell]] = {variable.value: [] for variable in result.variables}
        for solution in result:
            for column, cell in zip(columns.values(), solution, strict=True):
                column.append(cell)
    return columns


def _pandas() -> Any:
    if find_spec("pandas") is None:
        raise UsageError("frame-needs-pandas")
    return import_module("pandas")


@contextmanager
def _told() -> Iterator[None]:
    """Add to an error what the command line would say."""
    try:
        yield
    except PobratimError as error:
        error.add_note(explain(error, default_language()))
        raise


def _query(question: str | Path) -> NamedQuery:
    if isinstance(question, Path):
        try:
            return parse_query(question.read_text(encoding="utf-8-sig"), question.stem, str(question))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError("query-unreadable", file=question, cause=error) from error
    if question.startswith(f"{GROUP}/") and _NAME.fullmatch(question):
        return table_named(question.removeprefix(f"{GROUP}/"))
    if _NAME.fullmatch(question):
        return find_query(question, queries_root())
    return parse_query(question, "query", "SPARQL")


def _bindings(query: NamedQuery, parameters: Mapping[str, str | int | date]) -> dict[str, Term]:
    texts = {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in parameters.items()}
    terms = query.bindings(texts, "ru")
    if query.free:
        # Without a header nothing tells the type but the value itself.
        terms |= {name: _term(value) for name, value in parameters.items() if not isinstance(value, str)}
    return terms


def _term(value: int | date) -> Literal:
    if isinstance(value, int):
        return Literal(value)
    kind = "dateTime" if isinstance(value, datetime) else "date"
    return Literal(value.isoformat(), datatype=NamedNode(_XSD + kind))


def _typed(cells: Sequence[Cell]) -> tuple[Any, str]:
    """Return a column's values and its dtype."""
    values = [_value(cell) for cell in cells]
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return values, "boolean"
    if kinds == {int} and all(_INTEGERS.min <= value <= _INTEGERS.max for value in values if isinstance(value, int)):
        return values, "Int64"
    if kinds and kinds <= {int, float}:
        return values, "float64"
    if kinds == {date}:
        # Seconds reach over all years that Python knows, pandas' usual nanoseconds only from 1677 to 2262.
        return np.array(values, dtype="datetime64[s]"), "datetime64[s]"
    zones = {value.tzinfo is not None for value in values if isinstance(value, datetime)}
    if kinds == {datetime} and len(zones) == 1:
        return values, "datetime64[us, UTC]" if True in zones else "datetime64[us]"
    return [_text(cell) for cell in cells], "string"


def _value(cell: Cell) -> str | int | float | date | None:
    if isinstance(cell, Literal) and cell.datatype.value == _XSD + "dateTime":
        try:
            return datetime.fromisoformat(cell.value)
        except ValueError:  # a year before 1 or after 9999
            return cell.value
    return python_value(cell)


def _text(cell: Cell) -> str | None:
    if cell is None:
        return None
    return str(cell) if isinstance(cell, Triple) else cell.value

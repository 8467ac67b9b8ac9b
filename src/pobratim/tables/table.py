"""What a table is: a query of queries/tables whose header declares the columns, and its rows as Python values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from pyoxigraph import QuerySolutions

from pobratim.errors import ContentError, UsageError, similar
from pobratim.messages import Language
from pobratim.query.answers import python_value
from pobratim.query.library import library, queries_root
from pobratim.query.question import ColumnType, NamedQuery
from pobratim.query.text_rows import Value
from pobratim.store.backend import GraphReader

GROUP = "tables"
TYPES: dict[ColumnType, type] = {
    "iri": str, "text": str, "list": str, "integer": int, "number": float, "date": date, "flag": bool,
}  # fmt: skip
"""The Python type of what a column holds; where the query binds nothing there is None."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``rows`` have a value of ``TYPES`` or None for each column of ``query``."""

    query: NamedQuery
    rows: Sequence[Sequence[Value]]

    @property
    def name(self) -> str:
        """Return the lasting name ("events")."""
        return self.query.name

    @property
    def columns(self) -> list[str]:
        """Return the lasting names of the columns."""
        return [column.name for column in self.query.columns]

    @property
    def types(self) -> list[type]:
        """Return the Python type of each column."""
        return [TYPES[column.type] for column in self.query.columns]

    def heads(self, lang: Language) -> list[str]:
        """Return what people read above the columns."""
        return [column.label[lang] for column in self.query.columns]


def table_names() -> list[str]:
    """Return the names of all tables, sorted."""
    return list(library(queries_root(), GROUP))


def table_named(name: str) -> NamedQuery:
    """Return the query of a table. Raises UsageError with the nearest names."""
    tables = library(queries_root(), GROUP)
    if name not in tables:
        near = get_close_matches(name, tables, n=3, cutoff=0.4)
        raise UsageError("table-unknown", name=name, known=", ".join(tables), near=similar(near))
    return tables[name]


def made_from(reader: GraphReader, query: NamedQuery, narrow: Callable[[str], str] = str) -> Table:
    """Ask for the rows of a table, or those that a query narrowed by ``narrow`` gives.

    Raises ContentError where the query gives other columns than its header declares.
    """
    with query.faults_told():
        result = reader.query(narrow(query.text))
        named = [one.value for one in result.variables] if isinstance(result, QuerySolutions) else []
        table = Table(query, [])
        if not isinstance(result, QuerySolutions) or named != table.columns:
            raise ContentError("query-header", file=query.file, cause=f"columns: {', '.join(named)}")
        rows = [
            tuple(_value(python_value(term), kind) for term, kind in zip(solution, table.types, strict=True))
            for solution in result
        ]
    return Table(query, rows)


def _value(value: Value, kind: type) -> Value:
    """Return a value as its column's type has it; a text that is none of that type stays away from typed columns."""
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind is str:
        return str(value) if value not in (None, "") else None
    return value if type(value) is kind else None

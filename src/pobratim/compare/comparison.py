"""What a comparison gives: rows of plain values under lasting names, and how they read for people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pobratim.messages import Language, text
from pobratim.query.text_rows import Value
from pobratim.store.backend import GraphReader
from pobratim.tables import Table, table_of

TableOf = Callable[[str], Table]
"""Gives a flat table by its name, as ``table_of`` does for one reader."""
Line = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of a comparison: ``columns`` by their lasting names, ``rows`` in order."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]

    def heads(self, lang: Language) -> list[str]:
        """Return what people read above the columns."""
        return [text(f"compare-column-{name.replace('_', '-')}", lang) for name in self.columns]


def table_source(reader: GraphReader) -> TableOf:
    """Return what gives the tables of what is read, each made once."""
    return cache(lambda name: table_of(reader, name))


def lines(table: Table) -> list[Line]:
    """Return the rows of a table by the names of its columns."""
    names = table.columns
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def listed(value: Value) -> frozenset[str]:
    """Return what a column of the type "list" holds."""
    return frozenset(str(value).split(" | ")) if value else frozenset()


def parties(line: Mapping[str, Value]) -> str:
    """Return both parties of a row of the table of ties."""
    return f"{line['a_name'] or line['a']} — {line['b_name'] or line['b']}"

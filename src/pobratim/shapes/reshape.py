"""Give every table of a document that has a known other shape the shape of a report."""

from dataclasses import replace

from pobratim.layout.columns import ColumnNamer
from pobratim.problems import Problem
from pobratim.shapes.cards import read_cards
from pobratim.shapes.delegations import read_delegations
from pobratim.shapes.partners import read_partners
from pobratim.table import Document, Table

_UNTOLD = ""
_SHAPES = (("shape-cards", read_cards), ("shape-delegations", read_delegations))


def reshape(document: Document, namer: ColumnNamer) -> Document:
    """Return the document with such tables as tables of a report, and a note on each; the others as they are."""
    tables, problems = [], list(document.problems)
    for table in document.tables:
        code, made = _reshaped(table, namer)
        tables.append(made)
        if code != _UNTOLD:
            problems.append(Problem("warning", code, document.name, values=(("table", str(table.index)),)))
    return replace(document, tables=tuple(tables), problems=tuple(problems))


def _reshaped(table: Table, namer: ColumnNamer) -> tuple[str, Table]:
    for code, read in _SHAPES:
        made = read(table, namer)
        if made is not None:
            return code, made
    return _UNTOLD, read_partners(table, namer) or table

"""What every reader returns, how it reports that it cannot, and which characters are no text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pobratim.errors import UnreadableDocumentError
from pobratim.ground.characters import whole
from pobratim.problems import Problem
from pobratim.table import Cell, Document, Table

_NO_TEXT = {ord(mark): None for mark in "\u00ad\u200b\ufeff"}
_WORD_MARKS = {0x0B: "\n", 0x1E: "\u2011", 0x1F: None}
_CHARACTERS = _NO_TEXT | _WORD_MARKS
_SOFT_DASH = re.compile(r"(?<=[\d\s])\u00ad(?=[\d\s])")
"""Between figures a soft hyphen cuts no word: it was typed as a dash, and Word shows it as one."""
_MARKED = re.compile(f"[{''.join(map(chr, _CHARACTERS))}]")
"""Most texts have none of these marks, and a search tells so sooner than a look at each character."""
LOST = "\ufffd"
"""What stands for a character that could not be read."""
_DAMAGED = "reader-damaged-characters"


@dataclass(frozen=True, slots=True)
class Grid:
    """The tables of one document, its text outside tables in reading order, and what was odd."""

    preamble: str
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...] = ()


def clean(text: str) -> str:
    """Return ``text`` whole (``characters.whole``), every line break ``\\n``, no soft hyphens or zero-width marks.

    These carry no text and cut words in two. Word's own control characters become what they stand for:
    U+000B a line break, U+001E a no-break hyphen, U+001F a soft hyphen (MS-DOC 2.4.1 and Word's text export).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _MARKED.search(text):
        text = _SOFT_DASH.sub("-", text).translate(_CHARACTERS)
    return whole(text)


def document(name: str, sha256: str, grid: Grid) -> Document:
    """Return what a reader has read as a Document: every reader's text passes here and is ``whole``.

    What could not be made so is counted in one warning, unless the reader has given its own.
    """
    tables = tuple(map(_whole_table, grid.tables))
    preamble = whole(grid.preamble)
    problems = grid.problems
    lost = preamble.count(LOST) + sum(text.count(LOST) for table in tables for text in _own_texts(table))
    if lost and all(problem.code != _DAMAGED for problem in problems):
        problems = (*problems, Problem("warning", _DAMAGED, name, values=(("count", str(lost)),)))
    return Document(name, sha256, preamble, tables, problems)


def _whole_table(table: Table) -> Table:
    rows = tuple(replace(row, cells=tuple(map(_whole_cell, row.cells))) for row in table.rows)
    return replace(table, rows=rows, caption=whole(table.caption), name=whole(table.name))


def _whole_cell(cell: Cell) -> Cell:
    text = whole(cell.text)
    return cell if text == cell.text else replace(cell, text=text)


def _own_texts(table: Table) -> Iterator[str]:
    """Yield the texts of a table, that of joined cells once."""
    yield table.caption
    yield from (cell.text for row in table.rows for cell in row.cells if not cell.merged)


def unreadable(code: str, file: str, **values: object) -> UnreadableDocumentError:
    """Return the exception that says why ``file`` cannot be read."""
    filled = tuple((name, value if isinstance(value, str) else str(value)) for name, value in values.items())
    return UnreadableDocumentError(Problem("error", code, file, values=filled))

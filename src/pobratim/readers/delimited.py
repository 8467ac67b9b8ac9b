"""Read tables of delimited text (RFC 4180, with the delimiters that offices use), and those of Markdown."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO

from pobratim.problems import Problem
from pobratim.readers.encoding import decode
from pobratim.readers.grid import Grid, clean, unreadable
from pobratim.table import Cell, Row, Table

DELIMITERS = ";,\t|"
_FIELD_LIMIT = 10_000_000
_LONGEST_RECORD = 200
"""Lines that one record may go over where quotes are damaged: beyond that a quote was never meant to open a field."""
_LEAST_WIDTH, _LEAST_ROWS = 3, 2
"""A text that is not named as a table is one from so many columns and rows of that width on."""
_MARKDOWN_RULE = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?")
_MARKDOWN_BREAK = re.compile(r"<br\s*/?>", re.I)
_BAR = re.compile(r"(?<!\\)\|")


def read(data: bytes, file: str) -> Grid:
    """Return the one table of a .csv or .tsv file.

    The delimiter is the one that cuts most lines into the same number of cells; short rows keep their number of cells.
    A quotation mark that opens no field («"Дружба" фестиваль») is a character like others, with a warning. Raises
    UnreadableDocumentError for what is no text or has a quote that never ends.
    """
    text, problems = decode(data, file)
    return _grid(clean(text), file, problems)


def table_of(text: str, file: str, problems: Sequence[Problem]) -> Grid | None:
    """Return the table of a text that nobody named one: of tabs, semicolons or Markdown; None where it has none."""
    lines = [line for line in text.split("\n") if line.strip()]
    if sum(1 for line in lines if _MARKDOWN_RULE.fullmatch(line.strip()) and "|" in line) == 1:
        return _markdown(text, tuple(problems))
    for delimiter in "\t;":
        widths = Counter(_widths(text, delimiter))
        width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        if width >= _LEAST_WIDTH and rows >= _LEAST_ROWS:
            return _grid(text, file, tuple(problems), delimiter)
    return None


def _grid(text: str, file: str, problems: tuple[Problem, ...], delimiter: str = "") -> Grid:
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == len("sep=") + 1:  # Excel's own way to tell it
        delimiter, text = first[-1], rest
    delimiter = delimiter or max(DELIMITERS, key=lambda each: _fitting(text, each))
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        rows = list(csv.reader(StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        rows, bare = _with_bare_quotes(text, delimiter)
        if not bare:
            raise unreadable("reader-damaged-csv", file, cause=str(error)) from error
        values = (("lines", ", ".join(map(str, bare[:10]))),)
        problems = (*problems, Problem("warning", "reader-bare-quotes", file, values=values))
    if max(map(len, rows), default=0) < 2:
        return Grid(text, (), problems)
    return Grid("", (_table(rows),), problems)


def _table(rows: Sequence[Sequence[str]]) -> Table:
    cells = (tuple(Cell(value, column) for column, value in enumerate(row)) for row in rows)
    return Table(1, tuple(Row(index, row) for index, row in enumerate(cells, 1) if row))


def _fitting(text: str, delimiter: str) -> tuple[int, int]:
    """Return how many records a delimiter cuts alike, into more than one cell, and into how many."""
    widths = Counter(width for width in _widths(text, delimiter) if width > 1)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return count, width


def _widths(text: str, delimiter: str) -> Iterator[int]:
    reader = csv.reader(StringIO(text), delimiter=delimiter)
    try:
        yield from (len(row) for row in reader if row)
    except csv.Error:
        return


def _with_bare_quotes(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Return the records of a text with stray quotation marks, and the numbers of the lines that hold such."""
    lines = text.split("\n")
    rows, bare, start = [], [], 0
    while start < len(lines):
        row, taken = _record(lines, start, delimiter)
        if row is None:
            row = next(csv.reader([lines[start]], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
            bare.append(start + 1)
        rows.append(row)
        start += taken
    return rows, bare


def _record(lines: Sequence[str], start: int, delimiter: str) -> tuple[list[str] | None, int]:
    """Return the record that begins at a line and how many lines it takes; None where its quotes are damaged."""
    for end in range(start + 1, min(len(lines), start + _LONGEST_RECORD) + 1):
        try:
            found = list(csv.reader(StringIO("\n".join(lines[start:end])), delimiter=delimiter, strict=True))
        except csv.Error as error:
            if "unexpected end" in str(error):
                continue
            return None, 1
        return (found[0] if found else []), end - start
    return None, 1


def _markdown(text: str, problems: tuple[Problem, ...]) -> Grid:
    """Return the table of Markdown with bars (GitHub Flavored Markdown, 4.10); ``<br>`` in a cell is a line break."""
    outside, rows = [], []
    for line in text.split("\n"):
        if "|" not in line:
            outside.append(line)
        elif not _MARKDOWN_RULE.fullmatch(line.strip()):
            cells = _BAR.split(line.strip().removeprefix("|").removesuffix("|"))
            rows.append([_MARKDOWN_BREAK.sub("\n", cell).replace("\\|", "|").strip() for cell in cells])
    return Grid("\n".join(outside).strip("\n"), (_table(rows),), problems)

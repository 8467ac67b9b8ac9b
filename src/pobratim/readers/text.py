"""Read the text dump of a Word table: every cell begins on a line of its own with a tab.

A row's last cell is closed by one more line break. That alone does not cut the dump into rows, since a cell
may end with a blank line of its own: a row ends where a line break closes it *and* it is full, or the next
number follows.
"""

import re
from collections import Counter
from itertools import pairwise

from pobratim.problems import Problem
from pobratim.readers.delimited import table_of
from pobratim.readers.encoding import decode
from pobratim.readers.grid import Grid, clean
from pobratim.readers.paragraphs import paragraphs
from pobratim.table import Cell, Row, Table

_BOOKMARK = re.compile(r"\[bookmark: ?[^\]\n]*\]")
_INNER_TAB = re.compile(r"[^\t\n]\t")
_LEAST_NUMBERS = 3
_NUMBER = re.compile(r"\s*(\d{1,6})([.)]?)\s*")


def read(data: bytes, file: str) -> Grid:
    """Return the one table of a text dump, or of a text with a row a line and tabs between the cells, or Markdown.

    Word and Excel write the second kind ("plain text", "Unicode text"). Without any cell the grid has no table, and
    each line of its text is a paragraph; where it must have had some (numbers alone on their lines, lines set in), an
    error among its problems says so.
    Bookmark marks that the dumping program wrote into the text are left out. Text that follows the last cell
    behind a blank line goes to the preamble, with a warning.
    """
    text, problems = decode(data, file)
    text = clean(text)
    if len(_INNER_TAB.findall(text)) >= text.count("\n\t"):
        found = table_of(text, file, problems)
        if found is not None:
            return found
    before, *cells = ("\n" + _BOOKMARK.sub("", text)).split("\n\t")
    preamble = before.strip("\n")
    if not cells:
        lost = [Problem("error", "reader-tabs-lost", file)] if _has_lost_tabs(text) else []
        return Grid(paragraphs(preamble), (), (*problems, *lost))
    cells[-1], _, after = cells[-1].partition("\n\n")
    cells[-1] = cells[-1].removesuffix("\n") + "\n"
    caption = preamble
    if after.strip():
        preamble = f"{preamble}\n\n{after.strip(chr(10))}"
        problems = (
            *problems,
            Problem("warning", "reader-text-behind-table", file, values=(("text", _start(after)),)),
        )
    rows = tuple(
        Row(index, tuple(Cell(text, column) for column, text in enumerate(_opened(row))))
        for index, row in enumerate(_rows(cells), 1)
    )
    return Grid(preamble, (Table(1, rows, caption),), problems)


def _has_lost_tabs(text: str) -> bool:
    """Tell whether a text without tabs looks like a dump: cells that are a number alone, or lines that are set in."""
    lines = [line for line in text.split("\n") if line.strip()]
    alone = sum(1 for line in lines if _NUMBER.fullmatch(line))
    set_in = sum(1 for line in lines if line.startswith("  "))
    return alone >= _LEAST_NUMBERS or set_in > len(lines) / 2


def _start(text: str) -> str:
    return " ".join(text.split())[:60]


def _opened(row: list[str]) -> list[str]:
    """Take the line break that closes the row off its last cell."""
    return [*row[:-1], row[-1].removesuffix("\n")]


def _rows(cells: list[str]) -> list[list[str]]:
    closed = any(cell.endswith("\n") for cell in cells[:-1])
    width = _width(cells)
    rows = [[cells[0]]]
    number = _number(cells[0])[0]
    for cell in cells[1:]:
        if _row_ends(rows[-1], cell, number, width, closed):
            rows.append([cell])
            number = _number(cell)[0] or number
        else:
            rows[-1].append(cell)
    return rows


def _row_ends(row: list[str], following: str, number: int, width: int, closed: bool) -> bool:
    """Say whether ``following`` begins a row; ``closed`` says that this dump marks row ends."""
    value, dotted = _number(following)
    next_number = value == number + 1
    if closed and not row[-1].endswith("\n"):
        return dotted and next_number
    full = len(row) >= width
    if value and (dotted or next_number or full):
        return True
    lone = len(row) == 1 and row[0].strip() and not _number(row[0])[0]
    return bool(full or (closed and lone))


def _number(cell: str) -> tuple[int, bool]:
    """Return (the number that is all of the cell's text or 0, whether a full stop or bracket follows it)."""
    match = _NUMBER.fullmatch(cell)
    return (int(match[1]), bool(match[2])) if match else (0, False)


def _width(cells: list[str]) -> int:
    """Return how many cells a row has: as many as the first long row, unless no numbered row agrees."""
    starts = [index for index, cell in enumerate(cells) if _number(cell)[1]]
    segments = list(pairwise([*starts, len(cells)]))
    ends = [-1, *(index for index, cell in enumerate(cells) if cell.endswith("\n"))]
    first = next((end - start for start, end in pairwise(ends) if end - start > 1), 0)
    agreeing = (end - start >= first and cells[start + first - 1].endswith("\n") for start, end in segments)
    if first and (not segments or any(agreeing)):
        return first
    lengths = Counter(end - start for start, end in segments)
    return min(lengths, key=lambda length: (-lengths[length], length), default=len(cells))

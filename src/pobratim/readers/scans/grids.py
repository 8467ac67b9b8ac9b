"""Whether the grid of each page holds. Sure letters do not tell it: a wrong grid has clear letters too."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pobratim.readers.scans.page import Ruled

_LEAST_EDGES = 4
"""Vertical lines of a table that is held against others; a report has more (columns.ttl)."""
_SAME = 4.0
"""Points by which one column may lie elsewhere, as from page to page of a PDF."""
_ALIKE = 0.6
"""Share of common edges from which on two grids are meant to be one; other tables share none but the outer."""
_OPEN, _CLOSED = 0.5, 0.8
"""Shares of rows in which two columns are apart: on a page that lost the line between them, and as usual."""
_NUMBER = re.compile(r"\s*(\d{1,4})\s*[.)]?\s*")
_MOST_FALLS = 1 / 3
"""Share of row numbers that may not ascend on a page: one of three may be misread."""


def broken(pages: Mapping[int, Sequence[Ruled]]) -> list[int]:
    """Return the numbers of the pages whose grid does not hold.

    A page is meant to hold the table of the others but has other columns, a line between two columns is missing in most
    of its rows, or its rows are not numbered upwards.
    """
    every = [table for tables in pages.values() for table in tables]
    main = _main(every)
    alike = [table for table in every if main and _same(table, main)]
    return [
        number
        for number, tables in pages.items()
        if any((main and _differs(table, main)) or _falls(table) for table in tables) or _is_open(tables, alike)
    ]


def _main(tables: Sequence[Ruled]) -> Ruled | None:
    """Return the table whose columns most pages have."""
    grids = [table for table in tables if len(table.edges) >= _LEAST_EDGES]
    return max(grids, key=lambda one: sum(len(other.rows) for other in grids if _same(one, other)), default=None)


def _same(one: Ruled, other: Ruled) -> bool:
    return len(one.edges) == len(other.edges) == _common(one, other)


def _differs(table: Ruled, main: Ruled) -> bool:
    most = max(len(table.edges), len(main.edges))
    return not _same(table, main) and _common(table, main) >= _ALIKE * most and len(table.edges) >= _LEAST_EDGES


def _common(one: Ruled, other: Ruled) -> int:
    """Return how many vertical lines of two tables lie at the same place, seen from the right or the left edge."""

    def count(end: int) -> int:
        mine, theirs = ([edge - table.edges[end] for edge in table.edges] for table in (one, other))
        return sum(any(abs(edge - found) <= _SAME for found in theirs) for edge in mine)

    return max(count(0), count(-1))


def _is_open(tables: Sequence[Ruled], alike: Sequence[Ruled]) -> bool:
    """Tell whether columns run together in the rows of a page that are apart elsewhere."""
    here = [table for table in tables if table in alike]
    usual, own = _apart(alike), _apart(here)
    return any(share < _OPEN and usual[column] > _CLOSED for column, share in own.items())


def _apart(tables: Sequence[Ruled]) -> dict[int, float]:
    """Return in which share of the rows that are no heading a cell ends at each inner line, by its number."""
    counts: Counter[int] = Counter()
    rows = 0
    for table in tables:
        above: dict[
            int, tuple[int, int]
        ] = {}  # by the column where it begins: how many it covers, in how many more rows
        for row in table.rows:
            begun, column = dict(above), 0
            for box in row:
                while column in above:
                    column += above[column][0]
                begun[column] = (box.columns, box.rows)
                column += box.columns
            above = {at: (width, left - 1) for at, (width, left) in begun.items() if left > 1}
            if len(begun) > 1:
                rows += 1
                counts.update(begun.keys())
    width = max((len(table.edges) for table in tables), default=2) - 1
    return {column: counts[column] / rows for column in range(1, width)} if rows else {}


def _falls(table: Ruled) -> bool:
    numbers = list(_numbers(table))
    falls = sum(after <= before and after != 1 for before, after in pairwise(numbers))
    return falls > 1 and falls > _MOST_FALLS * len(numbers)


def _numbers(table: Ruled) -> Iterator[int]:
    for row in table.rows:
        text = " ".join(said.text for line in row[0].lines for said in line) if len(row) > 1 else ""
        if match := _NUMBER.fullmatch(text):
            yield int(match[1])

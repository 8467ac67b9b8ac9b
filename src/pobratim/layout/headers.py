"""Find the heading rows of a report table and what each cell of a row below them holds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pobratim.layout.columns import ColumnNamer, fold
from pobratim.layout.numbering import is_part, parse_number
from pobratim.layout.titles import with_titles
from pobratim.lexicon.words import WORDS
from pobratim.table import Cell, Row, Table

_MAX_HEADING = 300
_MAX_LEVELS = 4
"""So many rows may make one heading; the reports seen have three."""
_MOST_JOINED = 3
"""A cell over more columns is a remark on the row, not the text of each of them."""
_CARD_ROWS = 6
_FEW_WORDS = 3
_BRACKETED = re.compile(r"\(([^()]*)\)")
_WHEN_AND_WHERE = frozenset({"dates", "place"})
_PLACE_BEHIND_A_DAY = re.compile(rf"\d[^,;]*[,;]\s*(?:{WORDS.pattern('settlement-abbreviation')})\.\s*[^\W\d_]")
_LETTERS = "абвгде"
_ACCOUNTS = ("purpose", "result")
"""What a column of sentences holds, where no other column does."""
_SENTENCE, _REMARK = 8, 4
"""So many words has a cell of such a column in the mean, and one of remarks."""
Names = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: the physical columns from ``start`` on that it covers, what it holds, its heading.

    ``guessed`` tells that its cells say so, not its heading.
    """

    start: int
    span: int
    names: tuple[str, ...]
    heading: str
    guessed: bool = False

    @property
    def end(self) -> int:
        """Return the physical column behind it."""
        return self.start + self.span


@dataclass(frozen=True, slots=True)
class Place:
    """A row on the columns: the ``names`` of each cell, headings that one cell ``joined``, and those ``missing``."""

    names: Names
    joined: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """The heading rows ``first`` to ``end`` (exclusive) of a table, counted from 0; ``keys`` are these rows as keys.

    ``guests`` tells that by the headings all participants are from abroad.
    """

    first: int
    end: int
    columns: tuple[Column, ...]
    keys: frozenset[str]
    guests: bool

    @property
    def width(self) -> int:
        """Return how many cells a row should have."""
        return len(self.columns)

    def holds(self, name: str) -> bool:
        """Tell whether any column holds this."""
        return any(name in column.names for column in self.columns)

    def names(self, row: Row) -> Names:
        """Return what each cell of a row holds, () where the row does not fit the columns."""
        place = self.place(row)
        return place.names if place else ()

    def place(self, row: Row) -> Place | None:
        """Put a row on the columns, None where it does not fit.

        With the right number of cells they are taken in order, not by physical column: columns that were moved by
        hand leave spans all over a table. With another number only the grid tells, if it is certain.
        """
        if len(row.cells) == self.width:
            return Place(tuple(column.names for column in self.columns))
        if len(row.cells) == sum(column.span for column in self.columns):
            return Place(tuple(column.names for column in self.columns for _ in range(column.span)))
        return self._on_grid(row)

    def _on_grid(self, row: Row) -> Place | None:
        """Put a row on the columns by the physical ones: every cell must begin and end where columns do."""
        over = [self._over(cell) for cell in row.cells]
        if not self._fits_grid(row) or any(len(columns) > _MOST_JOINED for columns in over):
            return None
        held = {column.start for columns in over for column in columns}
        return Place(
            tuple(tuple(dict.fromkeys(name for column in columns for name in column.names)) for columns in over),
            tuple(column.heading for columns in over if len(columns) > 1 for column in columns),
            tuple(column.heading for column in self.columns if column.start not in held),
        )

    def _fits_grid(self, row: Row) -> bool:
        """Tell whether a row of two cells or more reaches to the last column, and its cells begin and end with some."""
        starts, ends = ({getattr(column, side) for column in self.columns} for side in ("start", "end"))
        cells = row.cells
        whole = cells[-1].column + cells[-1].span + row.after == self.columns[-1].end
        if len(cells) < 2 or not whole or cells[0].column < self.columns[0].start:
            return False
        return all(cell.column in starts and cell.column + cell.span in ends for cell in cells)

    def _over(self, cell: Cell) -> list[Column]:
        return [column for column in self.columns if cell.column <= column.start < cell.column + cell.span]

    def unnumbered(self) -> "Header":
        """Return the heading of a table that lacks the column of numbers."""
        columns = [column for column in self.columns if "number" not in column.names]
        return replace(self, columns=tuple(columns))


def key(row: Row) -> str:
    """Return a row's text without white space: how a repeated heading is known again."""
    return "|".join(_key(cell.text) for cell in row.cells)


def _key(text: str) -> str:
    return "".join(fold(text).split())


def find_header(table: Table, namer: ColumnNamer) -> Header | None:
    """Return the first heading of a table, None if the table is no report (see ``ColumnNamer.is_report``)."""
    found = (header_at(table, namer, position) for position in range(len(table.rows)))
    return next((header for header in found if header), None)


def header_at(table: Table, namer: ColumnNamer, position: int, strict: bool = False) -> Header | None:
    """Return the heading that begins at a row, None if that row is data.

    Half of its columns must be known, all of them if ``strict``: a row of data can have «Участники» in it. So must
    nearly all where its first cell is blank, as over numbers. Rows below refine it.
    """
    row = table.rows[position]
    first = row.cells[0].text
    if _filled(row) < 2 or parse_number(first) is not None or not _may_head(table, namer, position, strict):
        return None
    columns, end = _levels(table, namer, position)
    if not strict:
        columns = with_titles(columns, table.rows[end:], namer)
    filled = [column for column in columns if column.heading]
    known = sum(1 for column in filled if column.names or namer.ignores(column.heading))
    if not namer.is_report({name for column in columns for name in column.names}):
        return None
    guessed = any(column.guessed for column in columns)
    if not guessed and not namer.is_of_events([column.heading for column in filled], _line_above(table, position)):
        return None
    wanted = len(filled) if strict else len(filled) / 2 if first.strip() else max(2, len(filled) - 1)
    if known < wanted:
        return None
    keys = frozenset(key(one) for one in table.rows[position:end])
    below = table.rows[end:]
    told = _with_bracketed(_with_account(_with_numbers(columns, below), below, namer), namer)
    told = _with_places(told, below)
    return Header(position, end, told, keys, namer.are_guests(column.heading for column in told))


def _line_above(table: Table, position: int) -> str:
    """Return the last text above a row: of the rows before it, else of the lines above the table."""
    lines = [*table.caption.split("\n"), *(cell.text for row in table.rows[:position] for cell in row.cells)]
    return next((line for line in reversed(lines) if line.strip()), "")


def is_column_numbers(row: Row) -> bool:
    """Say whether a row only numbers the columns: 1, 2, 3, …; the first may be letters (А, Б, 1, 2)."""
    texts = [fold(cell.text).strip(" .") for cell in row.cells]
    letters = 0
    while letters < min(len(texts), len(_LETTERS)) and texts[letters] == _LETTERS[letters]:
        letters += 1
    numbers = texts[letters:]
    return len(texts) > 1 and bool(numbers) and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _may_head(table: Table, namer: ColumnNamer, position: int, strict: bool) -> bool:
    """Tell whether a row can stand above others: none above it is as full, and it is no field of a card."""
    row = table.rows[position]
    if strict:
        return bool(namer.names(row.cells[0].text[:_MAX_HEADING])) or not row.cells[0].text.strip()
    above = (_filled(other) for other in table.rows[:position])
    return max(above, default=1) < max(2, _filled(row)) and not _is_field(table, namer, position)


def _filled(row: Row) -> int:
    return sum(1 for cell in row.cells if cell.text.strip())


def _is_field(table: Table, namer: ColumnNamer, position: int) -> bool:
    """Tell whether a row is a field of a card («Дата | 3 мая»): below it stand further names of columns."""
    if len(table.rows[position].cells) != 2:
        return False
    below = [row for row in table.rows[position + 1 : position + 1 + _CARD_ROWS] if len(row.cells) == 2]
    fields = sum(1 for row in below if _names(row.cells[0].text, namer))
    return fields > 0 and 2 * fields >= len(below)


def _names(text: str, namer: ColumnNamer) -> tuple[str, ...]:
    return namer.names(text) if len(text) <= _MAX_HEADING else ()


def _levels(table: Table, namer: ColumnNamer, position: int) -> tuple[tuple[Column, ...], int]:
    """Return the columns that the heading rows from ``position`` on make, and the first row below them."""
    cells = table.rows[position].cells
    columns = tuple(
        Column(cell.column, cell.span, _names(cell.text, namer), " ".join(cell.text.split())) for cell in cells
    )
    end = position + 1
    while end < min(len(table.rows), position + _MAX_LEVELS):
        finer = _refined(columns, table.rows[end], namer)
        if not finer:
            break
        columns, end = finer, end + 1
    return columns, end


def _refined(columns: Sequence[Column], row: Row, namer: ColumnNamer) -> tuple[Column, ...]:
    """Return the columns with the headings of one more row, () if that row is none of the heading.

    Its cells are joined with those above or repeat them where it adds nothing; where a format knows no joining they
    are blank, some of them below names of columns, and the others must be such names.
    """
    above = _above(columns, row)
    if not above:
        return ()
    same = [cell.merged or _key(cell.text) == _key(over.heading) for cell, over in zip(row.cells, above, strict=True)]
    if any(cell.merged for cell in row.cells) or (any(same) and _all_named(row, same, namer)):
        same = [one or not cell.text.strip() for one, cell in zip(same, row.cells, strict=True)]
    else:
        same = [not cell.text.strip() for cell in row.cells]
        known = any(over.names for over, one in zip(above, same, strict=True) if one)
        if not known or not _all_named(row, same, namer):
            return ()
    if all(same):
        return ()
    return tuple(_finer(over, cell, kept, namer) for over, cell, kept in zip(above, row.cells, same, strict=True))


def _finer(over: Column, cell: Cell, kept: bool, namer: ColumnNamer) -> Column:
    if kept:
        return replace(over, start=cell.column, span=cell.span)
    own = " ".join(cell.text.split())
    return Column(cell.column, cell.span, _names(own, namer) or over.names, f"{over.heading} {own}".strip())


def _all_named(row: Row, kept: Sequence[bool], namer: ColumnNamer) -> bool:
    """Tell whether at least two cells of a row add something, all of them names of columns or halves of one."""
    added = [cell.text for cell, one in zip(row.cells, kept, strict=True) if not one]
    return 1 < len(added) < len(kept) and all(_names(text, namer) or _is_half(text, namer) for text in added)


def _is_half(text: str, namer: ColumnNamer) -> bool:
    """Tell whether a text only divides the heading above it: «начала» and «окончания» of «Дата»."""
    return text.islower() and not namer.tells_time(text) and len(text.split()) <= _FEW_WORDS


def _above(columns: Sequence[Column], row: Row) -> list[Column]:
    """Return the column above each cell of a row, [] where that cannot be told."""
    if len(row.cells) < len(columns):
        return []
    if columns[-1].end == row.cells[-1].column + row.cells[-1].span:
        found = [next((c for c in columns if c.start <= cell.column < c.end), None) for cell in row.cells]
        return [column for column in found if column] if all(found) else []
    return _above_by_blanks(columns, row)


def _above_by_blanks(columns: Sequence[Column], row: Row) -> list[Column]:
    """Return the column above each cell where no spans are known: a blank is below one, a run of texts below one."""
    runs: list[int] = []
    for blank, group in groupby(row.cells, key=lambda cell: not cell.text.strip()):
        size = len(list(group))
        runs += [1] * size if blank else [size]
    if len(runs) != len(columns):
        return []
    return [column for column, size in zip(columns, runs, strict=True) for _ in range(size)]


def _with_numbers(columns: tuple[Column, ...], below: Sequence[Row]) -> tuple[Column, ...]:
    """Take the column without a heading in words whose cells are numbers for the column of numbers."""
    if any("number" in column.names for column in columns):
        return columns
    rows = [row for row in below if len(row.cells) == len(columns) and not is_column_numbers(row)]
    found = next(_numeric(columns, rows), -1)
    return tuple(
        replace(column, names=("number",)) if index == found else column for index, column in enumerate(columns)
    )


def _with_account(columns: tuple[Column, ...], below: Sequence[Row], namer: ColumnNamer) -> tuple[Column, ...]:
    """Take the column of sentences under a heading that nothing is known of («Как это было») for the account.

    Of several the one that tells most is taken; what has an account already may have one more, of results.
    """
    held = {name for column in columns for name in column.names}
    free = next((name for name in _ACCOUNTS if name not in held), "")
    rows = [row for row in below if len(row.cells) == len(columns) and not is_column_numbers(row)]
    told = {
        index: sum(len(row.cells[index].text.split()) for row in rows) / len(rows)
        for index, column in enumerate(columns)
        if rows and column.heading and _may_tell(column, held) and not namer.ignores(column.heading)
    }
    longest = max(told, key=lambda index: told[index], default=-1)
    if not free or longest < 0 or told[longest] < (_REMARK if columns[longest].names else _SENTENCE):
        return columns
    return tuple(replace(column, names=(free,)) if n == longest else column for n, column in enumerate(columns))


def _may_tell(column: Column, held: set[str]) -> bool:
    """Tell whether a column may be the account: an unknown one, or the remarks of a table that has no account."""
    return not column.names or (column.names == ("note",) and held.isdisjoint(_ACCOUNTS))


def _with_places(columns: tuple[Column, ...], below: Sequence[Row]) -> tuple[Column, ...]:
    """Let the column of dates hold places where no other does and they stand behind days («16.06.2025, д. Кибья»)."""
    if any("place" in column.names for column in columns):
        return columns
    dates = next((index for index, column in enumerate(columns) if column.names == ("dates",)), -1)
    rows = [row for row in below if len(row.cells) == len(columns)]
    if dates < 0 or not any(_PLACE_BEHIND_A_DAY.search(row.cells[dates].text) for row in rows):
        return columns
    both = ("dates", "place")
    return tuple(replace(column, names=both) if index == dates else column for index, column in enumerate(columns))


def _with_bracketed(columns: tuple[Column, ...], namer: ColumnNamer) -> tuple[Column, ...]:
    """Let a column of events hold what its brackets ask for, where no other does: «Мероприятия (дата, место)»."""
    held = {name for column in columns for name in column.names}
    return tuple(
        replace(column, names=("name", *sorted(told)))
        if column.names == ("name",) and (told := _asked(column.heading, namer) - held)
        else column
        for column in columns
    )


def _asked(heading: str, namer: ColumnNamer) -> set[str]:
    """Return dates and place where the brackets of a heading name nothing else."""
    named = {name for match in _BRACKETED.finditer(heading) for name in namer.names(match[1]) or ("",)}
    return named if named <= _WHEN_AND_WHERE else set()


def _numeric(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[int]:
    for index, column in enumerate(columns):
        texts = [row.cells[index].text for row in rows if row.cells[index].text.strip()]
        numbers = sum(1 for text in texts if parse_number(text) is not None or is_part(text))
        worded = re.search(r"[^\W\d_]", column.heading)
        if not column.names and not worded and texts and 2 * numbers >= len(texts):
            yield index

"""Read ruled tables of PDF pages: cells are the boxes that the drawn lines enclose (ISO 32000-1, 8.5)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium

from pobratim.problems import Problem
from pobratim.readers.flow import Flow
from pobratim.readers.grid import Grid, unreadable
from pobratim.readers.lines import join_lines
from pobratim.readers.pdf_page import Glyph, glyphs, text_of, turn_of
from pobratim.readers.pdf_prose import Line, paragraphs_of
from pobratim.readers.pdf_ruling import ruled_tables, rules
from pobratim.readers.spans import Spanned, spanned_rows

MAX_PAGES = 2_000
_STRIP = 2
"""Columns of a part of a table that a printer cut lengthwise; a report has more (columns.ttl)."""
_LEAST_LEVELS = 5
"""Horizontal lines from which on two tables do not agree by chance."""
_SAME_COLUMN = 4.0
"""Points by which the columns of one table may differ from page to page."""
_TALLEST = 500
"""Rows that one cell may cover over pages; the time for a table's pages would grow with their square."""
_ROW_NUMBER = re.compile(r"\s*\d{1,6}\s*[.)]?\s*")
_WITHIN = re.compile(r"\s*(?:[^\W\dA-ZА-ЯЁ_]|[)\]»,;:–—-])")
"""What begins in lower case, or with a mark that closes or goes on."""


@dataclass(slots=True)
class _Part:
    """A table on one page: the left edges of its columns in points, and its rows of cells."""

    edges: tuple[float, ...]
    rows: list[list[Spanned]]
    levels: tuple[int, ...] = ()
    """Its horizontal lines from the top, in whole points."""

    @property
    def is_strip(self) -> bool:
        """Tell whether it is no more than a column or two."""
        return len(self.edges) - 1 <= _STRIP


def read(data: bytes, file: str) -> Grid:
    """Return every ruled table and the text outside tables; a cell's lines are those of the page.

    A table that goes on over pages is one: heading rows repeated on each page are dropped, a row cut by the
    page's end is joined again. Words cut at a line's end are joined (``join_lines``). Of text without ruled tables the
    paragraphs are the lines of the preamble, and an error among the problems tells of it. Raises
    UnreadableDocumentError for a damaged or protected file and a scan.
    """
    try:
        with pdfium.PdfDocument(data) as document:
            if len(document) > MAX_PAGES:
                raise unreadable("reader-too-many-pages", file, pages=len(document), limit=MAX_PAGES)
            return _grid(document, file)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise unreadable("reader-password", file, kind="PDF") from error
        raise unreadable("reader-damaged-archive", file) from error


def _grid(document: pdfium.PdfDocument, file: str) -> Grid:
    parts = [part for page in document for part in _parts(page)]
    flow = _flow(parts)
    if _is_cut_lengthwise([part for part in parts if isinstance(part, _Part)]):
        raise unreadable("reader-columns-spread", file)
    grid = flow.grid()
    if not parts:
        raise unreadable("reader-pdf-scan", file)
    if not grid.tables:
        lines = [part for part in parts if isinstance(part, Line)]
        return Grid(paragraphs_of(lines), (), (Problem("error", "reader-pdf-without-table", file),))
    return grid


def _flow(parts: list[Line | _Part]) -> Flow:
    """Return the lines and tables of all pages in order; a table that goes on with the next page is one."""
    flow = Flow()
    open_part: _Part | None = None
    for part in parts:
        if open_part and isinstance(part, _Part) and _goes_on(open_part, part):
            _append(open_part, part)
            continue
        if open_part:
            _end(flow, open_part)
        open_part = part if isinstance(part, _Part) else None
        if isinstance(part, Line):
            flow.text(part.text)
    if open_part:
        _end(flow, open_part)
    return flow


def _parts(page: pdfium.PdfPage) -> Iterator[Line | _Part]:
    """Yield the page's tables and the lines between them, from top to bottom; page numbers are left out."""
    text = page.get_textpage()
    try:
        turn = turn_of(text)
        marks = glyphs(text, turn)
    finally:
        text.close()
    tables = ruled_tables(rules(page, turn))
    inside: list[list[list[list[Glyph]]]] = [[[[] for _ in row] for row in table.rows] for table in tables]
    outside: list[Glyph] = []
    for mark in marks:
        spot = next(
            ((number, *found) for number, table in enumerate(tables) if (found := table.locate(mark.x, mark.y))), None
        )
        if spot:
            inside[spot[0]][spot[1]][spot[2]].append(mark)
        else:
            outside.append(mark)
    lines: list[tuple[float, Line | _Part]] = [
        (line[0].y, Line.of(text, line))
        for line in _lines(outside)
        if not (text := text_of(line).strip()).isdecimal() and text
    ]
    for table, cells in zip(tables, inside, strict=True):
        rows = [
            [
                Spanned(text_of(cell, table.right(box)), box.columns, box.rows)
                for box, cell in zip(boxes, row, strict=True)
            ]
            for boxes, row in zip(table.rows, cells, strict=True)
        ]
        lines.append((table.top, _Part(table.edges, rows, tuple(map(round, table.levels)))))
    lines.sort(key=lambda item: -item[0])
    for _, part in lines:
        yield part


def _is_cut_lengthwise(parts: Sequence[_Part]) -> bool:
    """Tell whether columns of one table stand on several pages: strips whose rows lie at the same heights.

    So prints Excel what is wider than the paper.
    """
    if not all(part.is_strip for part in parts):
        return False
    beside: dict[tuple[int, ...], list[tuple[float, ...]]] = {}
    for part in parts:
        if len(part.levels) >= _LEAST_LEVELS:
            beside.setdefault(part.levels, []).append(part.edges)
    # Two columns of the same width on each page may be a card an event, "field and value".
    return any(len(group) > 1 and (len(group[0]) == 2 or len(set(group)) > 1) for group in beside.values())


def _lines(marks: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    line: list[Glyph] = []
    for mark in marks:
        if line and abs(mark.y - line[-1].y) >= min(mark.size, line[-1].size) / 2:
            yield line
            line = []
        line.append(mark)
    if line:
        yield line


def _goes_on(part: _Part, following: _Part) -> bool:
    return len(part.edges) == len(following.edges) and all(
        abs(mine - other) <= _SAME_COLUMN for mine, other in zip(part.edges, following.edges, strict=True)
    )


def _append(part: _Part, following: _Part) -> None:
    """Add the rows of the next page: without the headings repeated there, its first row joined to one cut in two."""
    repeated = 0
    while repeated < min(len(part.rows), len(following.rows)) and _key(part.rows[repeated]) == _key(
        following.rows[repeated]
    ):
        repeated += 1
    rows = following.rows[repeated:]
    if rows:
        rests, whole = _rests(part.rows, rows[0])
        for (row, index), cell in rests.items():
            above = part.rows[row][index]
            height = above.rows + cell.rows - (1 if whole else 0)
            part.rows[row][index] = replace(above, text=f"{above.text}\n{cell.text}".strip("\n"), rows=height)
        left = [cell for cell in rows[0] if not any(cell is rest for rest in rests.values())]
        rows = rows[1:] if whole else [left, *rows[1:]]
    part.rows += rows


def _rests(rows: Sequence[Sequence[Spanned]], first: Sequence[Spanned]) -> tuple[dict[tuple[int, int], Spanned], bool]:
    """Return which cells of a page's first row are the rest of which cell before, and whether the whole row is.

    A row goes on with one cut by the page's end if it is not numbered, and either its first cell is empty or all that
    it holds begins in the middle of a sentence. A tall cell may be cut alone.
    """
    owners, column = _last_cells(rows), 0
    below: dict[tuple[int, int], Spanned] = {}
    numbered = False
    for cell in first:
        owner = owners.get(column)
        column += cell.columns
        if owner is None:
            return {}, False
        below[owner] = cell
        above = rows[owner[0]][owner[1]].text
        numbered = numbered or bool(_ROW_NUMBER.fullmatch(cell.text) and _ROW_NUMBER.fullmatch(above))
    told = {owner: cell for owner, cell in below.items() if cell.text.strip()}
    within = {
        owner: cell
        for owner, cell in told.items()
        if _WITHIN.match(cell.text) and rows[owner[0]][owner[1]].text.strip()
    }
    alike = len(rows[-1]) == len(first) > 1 and not first[0].text.strip() and bool(rows[-1][0].text.strip())
    if not numbered and told and (alike or (len(within) == len(told) < len(first))):
        return below, True
    return {owner: cell for owner, cell in within.items() if rows[owner[0]][owner[1]].rows > 1}, False


def _last_cells(rows: Sequence[Sequence[Spanned]]) -> dict[int, tuple[int, int]]:
    """Return, by the column where it begins, which cell (row, index) stands in the last row, tall ones too."""
    widths = [sum(cell.columns for cell in row) for row in reversed(rows[-_TALLEST:])]
    whole = len(rows) - 1 - widths.index(max(widths))  # nothing from above stands in the last row that is whole
    left: dict[int, tuple[int, int, int, int]] = {}
    for number, row in enumerate(rows[whole:], whole):
        left = {column: (*cell[:3], cell[3] - 1) for column, cell in left.items() if cell[3] > 1}
        column = 0
        for index, cell in enumerate(row):
            while column in left:
                column += left[column][2]
            left[column] = (number, index, cell.columns, cell.rows)
            column += cell.columns
    return {column: cell[:2] for column, cell in left.items()}


def _key(row: Sequence[Spanned]) -> str:
    return "|".join("".join(join_lines(cell.text).split()) for cell in row)


def _end(flow: Flow, part: _Part) -> None:
    flow.begin()
    flow.end(spanned_rows([[replace(cell, text=join_lines(cell.text)) for cell in row] for row in part.rows]))

"""Read ruled tables of PDF pages: cells are the boxes that the drawn lines enclose (ISO 32000-1, 8.5)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2 as pdfium

from pobratim.errors import UnreadableDocumentError
from pobratim.problems import Problem
from pobratim.readers.grid import Grid, unreadable
from pobratim.readers.paged import Part, flow_of
from pobratim.readers.pdf_cells import cell_text
from pobratim.readers.pdf_page import Glyph, glyphs, lines_of, text_of, turn_of
from pobratim.readers.pdf_prose import Line, paragraphs_of
from pobratim.readers.pdf_ruling import ruled_tables, rules
from pobratim.readers.scans import PDF, picture_share, recognised
from pobratim.readers.spans import Spanned

MAX_PAGES = 2_000
_LEAST_LEVELS = 5
"""Horizontal lines from which on two tables do not agree by chance."""
_SCANNED, _PICTURED = 0.8, 0.2
"""Share of a page that pictures cover from which on it is a scan, with a text layer under it or without any text."""


def read(data: bytes, file: str) -> Grid:
    """Return every ruled table and the text outside tables; a cell's lines are those that its width did not make.

    A table that goes on over pages is one: heading rows repeated on each page are dropped, a row cut by the
    page's end is joined again. Words cut at a line's end are joined (``join_lines``). Of text without ruled tables the
    paragraphs are the lines of the preamble, and an error among the problems tells of it. Pages that are pictures are
    recognised (``scans``), in place of a text layer that has no lines. Raises UnreadableDocumentError for a damaged or
    protected file and a scan that cannot be recognised or has no table.
    """
    try:
        with pdfium.PdfDocument(data) as document:
            if len(document) > MAX_PAGES:
                raise unreadable("reader-too-many-pages", file, pages=len(document), limit=MAX_PAGES)
            return _grid(document, data, file)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise unreadable("reader-password", file, kind="PDF") from error
        raise unreadable("reader-damaged-archive", file) from error


def _grid(document: pdfium.PdfDocument, data: bytes, file: str) -> Grid:
    found, problems = _pages(document, data, file)
    parts = [part for page in found for part in page]
    flow = flow_of(parts)
    if _is_cut_lengthwise([part for part in parts if isinstance(part, Part)]):
        raise unreadable("reader-columns-spread", file)
    grid = flow.grid()
    if not parts:
        raise unreadable("reader-pdf-scan", file)
    if not grid.tables:
        lines = [part for part in parts if isinstance(part, Line)]
        return Grid(paragraphs_of(lines), (), (*problems, Problem("error", "reader-pdf-without-table", file)))
    return replace(grid, problems=problems)


def _pages(document: pdfium.PdfDocument, data: bytes, file: str) -> tuple[list[list[Line | Part]], tuple[Problem, ...]]:
    """Return the parts of each page, and what is to be said of those that are pictures.

    Where most pages are text, or others have tables, a picture that gives no table may be a photograph: it is passed
    over, and told. Of a scan with a text layer the text is left, with an error that says why it gave no table. Raises
    UnreadableDocumentError for a scan without text that cannot be recognised or has no table.
    """
    pages = [list(_parts(page)) for page in document]
    pictured = [number for number, parts in enumerate(pages) if _is_picture(document[number], parts)]
    if not pictured:
        return pages, ()
    try:
        found = recognised(data, file, PDF, pictured)
        if not any(map(_has_table, found.pages.values())):
            raise unreadable("reader-picture-without-table", file)
    except UnreadableDocumentError as error:
        if 2 * len(pictured) < len(pages) or any(map(_has_table, pages)):
            values = (("pages", ", ".join(str(number + 1) for number in pictured)),)
            return pages, (Problem("warning", "reader-pictures-passed-over", file, values=values),)
        if not any(pages[number] for number in pictured):
            raise
        return pages, (error.problem,)
    for number, parts in found.pages.items():
        if not pages[number] or _has_table(parts):
            pages[number] = parts
    return pages, found.problems


def _has_table(parts: Sequence[Line | Part]) -> bool:
    return any(isinstance(part, Part) for part in parts)


def _is_picture(page: pdfium.PdfPage, parts: Sequence[Line | Part]) -> bool:
    if _has_table(parts):
        return False
    return picture_share(page) >= (_SCANNED if parts else _PICTURED)


def _parts(page: pdfium.PdfPage) -> Iterator[Line | Part]:
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
    lines: list[tuple[float, Line | Part]] = [
        (line[0].y, Line.of(text, line))
        for line in lines_of(outside)
        if not (text := text_of(line).strip()).isdecimal() and text
    ]
    for table, cells in zip(tables, inside, strict=True):
        rows = [
            [
                Spanned(cell_text(cell, *table.sides(box)), box.columns, box.rows)
                for box, cell in zip(boxes, row, strict=True)
            ]
            for boxes, row in zip(table.rows, cells, strict=True)
        ]
        lines.append((table.top, Part(table.edges, rows, tuple(map(round, table.levels)))))
    lines.sort(key=lambda item: -item[0])
    for _, part in lines:
        yield part


def _is_cut_lengthwise(parts: Sequence[Part]) -> bool:
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

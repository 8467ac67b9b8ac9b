"""The child process: ``python -m pobratim.readers.scans KIND FILE FOLDER PAGE...`` recognises pages of a file.

KIND is one of ``page.py``, pages count from 0 (of a picture none: all). Of each page FOLDER gets PAGE.json, and at the
end done.json: which pages there are, or why one is not taken.
"""

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from threading import Lock

import numpy as np

from pobratim.readers.pdf_ruling import RuledTable, ruled_tables
from pobratim.readers.scans import paper, tesseract
from pobratim.readers.scans.latin import with_latin
from pobratim.readers.scans.page import PICTURE, Box, Lines, Page, Ruled
from pobratim.readers.scans.ruling import Strokes, strokes
from pobratim.readers.scans.sheets import Grey, Sheet, SheetError, pdf_sheets, picture_sheets

_POINTS = 72.0
_INSET = 0.012
"""Inches of a cell's edge in which no letters stand: a line drawn there may have left grain."""
_MARGIN = 0.08
"""Inches of white that tesseract wants around a text."""
_INK, _SPECKS = 100, 0.0002
"""Brightness below which a dot is ink, and square inches of it without which a cell is empty."""
_UNREAD = 60.0
"""Mean confidence below which a page is likely to lie otherwise."""
_AT_ONCE = 2
_LEAST_COLUMNS = 3
"""Columns of a table that is worth asking in another way; a report has more (columns.ttl)."""


def main(words: Sequence[str]) -> None:
    """Recognise what the words of the command name."""
    kind, file, folder, *numbers = words
    out = Path(folder)
    try:
        count, sheet = (picture_sheets if kind == PICTURE else pdf_sheets)(Path(file))
        pages = [int(number) for number in numbers] or list(range(count))
        lock = Lock()

        def one(number: int) -> None:
            with lock:
                page = sheet(number)
            _put(out, number, recognise(page).to_json())

        with ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1)) as pool:
            list(pool.map(one, pages))
        told: dict[str, object] = {"pages": pages}
    except SheetError as error:
        told = {"code": error.code, "values": error.values}
    (out / "done.json").write_text(json.dumps(told), encoding="utf-8")


def _put(out: Path, number: int, page: object) -> None:
    (out / f"{number}.json").write_text(json.dumps(page), encoding="utf-8")


def recognise(sheet: Sheet) -> Page:
    """Return what a page says; one that lies on its side or its head is turned."""
    page = paper.whitened(sheet.grey, sheet.dpi)
    found = _read(page, sheet.dpi)
    if _confidence(found) < _UNREAD and (turns := tesseract.quarters(page, sheet.dpi)):
        return _read(paper.quarter_turned(page, turns), sheet.dpi)
    return found


def _confidence(page: Page) -> float:
    lines = [line for part in page.parts for lines in _texts(part) for line in lines]
    values = [said.confidence for line in lines for said in line]
    return sum(values) / len(values) if values else 0.0


def _texts(part: Ruled | Lines) -> list[Lines]:
    return [box.lines for row in part.rows for box in row] if isinstance(part, Ruled) else [part]


def _read(white: Grey, dpi: float) -> Page:
    """Return what a whitened sheet says; of two pages beside each other the left one first."""
    page = paper.straightened(white)
    found, tables = _grid(page, dpi)
    border = _border(tables)
    if border is None:
        return Page(dpi, _parts(page, found, tables, dpi))
    cut = round(border * dpi / _POINTS)
    halves = [np.ascontiguousarray(half) for half in (page[:, :cut], page[:, cut:])]
    return Page(dpi, tuple(part for half in halves for part in _parts(half, *_grid(half, dpi), dpi)))


def _grid(page: Grey, dpi: float) -> tuple[Strokes, list[RuledTable]]:
    """Return the lines of a straight page and the tables that they enclose."""
    for anchored in (True, False):
        found = strokes(page, dpi, anchored)
        tables = ruled_tables(found.rules(page.shape[0], dpi))
        if any(len(table.edges) > _LEAST_COLUMNS for table in tables):
            break
    return found, tables


def _border(tables: Sequence[RuledTable]) -> float | None:
    """Return where one page ends and the other begins, in points from the left, if tables stand side by side."""
    wide = sorted((table for table in tables if len(table.edges) > _LEAST_COLUMNS), key=lambda table: table.edges[0])
    for left, right in pairwise(wide):
        beside = left.levels[0] > right.levels[-1] and right.levels[0] > left.levels[-1]
        if beside and left.edges[-1] < right.edges[0]:
            return (left.edges[-1] + right.edges[0]) / 2
    return None


def _parts(page: Grey, found: Strokes, tables: Sequence[RuledTable], dpi: float) -> tuple[Ruled | Lines, ...]:
    """Return the tables of a page, cell by cell, and the lines between them."""
    clean = found.erased(page)
    pictures = [*_cells(clean, tables, dpi), *_strips(clean, tables, dpi)]
    inked = [number for number, picture in enumerate(pictures) if _has_ink(picture, dpi)]
    framed = [_framed(pictures[n], dpi) for n in inked]
    read = dict(zip(inked, with_latin(framed, tesseract.words(framed, dpi), dpi), strict=True))
    texts = iter([read.get(number, ()) for number in range(len(pictures))])
    made = [_table(table, texts) for table in tables]
    between = list(texts)
    parts: list[Ruled | Lines] = []
    for number, lines in enumerate(between):
        parts += [lines] if lines else []
        parts += [made[number]] if number < len(made) else []
    return tuple(parts)


def _table(table: RuledTable, texts: Iterator[Lines]) -> Ruled:
    rows = tuple(tuple(Box(box.columns, box.rows, next(texts)) for box in row) for row in table.rows)
    return Ruled(table.edges, rows)


def _cells(page: Grey, tables: Sequence[RuledTable], dpi: float) -> list[Grey]:
    """Return the picture of each cell, in the order of the tables and their rows."""
    scale, height, inset = dpi / _POINTS, page.shape[0], round(_INSET * dpi)
    found = []
    for table in tables:
        for row in table.rows:
            for box in row:
                left, right = (table.edges[n] * scale for n in (box.column, box.column + box.columns))
                top, bottom = (height - table.levels[n] * scale for n in (box.row, box.row + box.rows))
                rows = slice(max(0, round(top) + inset), max(0, round(bottom) - inset))
                found.append(page[rows, max(0, round(left) + inset) : max(0, round(right) - inset)])
    return found


def _strips(page: Grey, tables: Sequence[RuledTable], dpi: float) -> list[Grey]:
    """Return what stands above, between and below the tables."""
    scale, height = dpi / _POINTS, page.shape[0]
    inset = round(_INSET * dpi) + 2
    ends = [(height - table.levels[0] * scale, height - table.levels[-1] * scale) for table in tables]
    starts = [0, *(round(bottom) + inset for _, bottom in ends)]
    stops = [*(round(top) - inset for top, _ in ends), height]
    return [page[start : max(start, stop)] for start, stop in zip(starts, stops, strict=True)]


def _has_ink(picture: Grey, dpi: float) -> bool:
    return bool(picture.size) and int((picture < _INK).sum()) > _SPECKS * dpi * dpi


def _framed(picture: Grey, dpi: float) -> Grey:
    return np.pad(picture, round(_MARGIN * dpi), constant_values=255)

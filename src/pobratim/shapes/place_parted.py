"""Name and place in one cell («Мероприятие, место проведения»): the cell is parted, its evidence stays exact.

The place begins behind a line end, a comma, a dash, a full stop or a bracket where a settlement's name begins, the last
such place of the cell; what follows it there (a venue, a street) is of the place, and so is a country or region before.
Where none does, the place is the town of «в г. Бресте», and without that no place is told.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.geography import Geographer, geographer_of
from pobratim.layout.walk import Layout, ReportRow
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.lexicon.words import WORDS
from pobratim.shapes.items import Origin

_BORDER = re.compile(r"[,;\n(]|\s[–—-]\s|\.\s+(?=\S)")
_SPACE = " \t\n,;.()–—-"
_TYPES = WORDS.of("settlement-abbreviation", "settlement-initials", "settlement-type")
_IN = WORDS.of("in-a-place")
_LONGEST = 220
"""Characters that a place with its venue has at most."""

Origins = dict[int, dict[str, Origin]]


def part_places(layout: Layout, origins: Mapping[int, Mapping[str, Origin]], home: str) -> tuple[Layout, Origins]:
    """Return the layout with such cells parted, and where the cells of all rows that are parts come from.

    ``origins`` tell it of rows that were parted before; ``home`` (a notation) decides between towns of one name.
    """
    geographer = geographer_of(lexicon(), Gazetteer.load(), home.partition("-")[0], home if "-" in home else "")
    found: Origins = {row: dict(parts) for row, parts in origins.items()}
    rows = []
    for row in layout.rows:
        if row.cells.get("place") and row.cells.get("place") == row.cells.get("name"):
            row = _parted(row, found, geographer)
        rows.append(row)
    return replace(layout, rows=tuple(rows)), found


def _parted(row: ReportRow, origins: Origins, geographer: Geographer) -> ReportRow:
    """Return a row with name and place apart, and note where both come from."""
    text = row.cells["name"]
    told = origins.setdefault(row.row, {})
    whole = told.get("name", Origin(text, 0))
    border, place = _border(text, geographer)
    cells = dict(row.cells)
    del cells["place"]
    told.pop("place", None)
    if place is not None:
        first, last = place
        cells["place"] = text[first:last]
        told["place"] = Origin(whole.raw, whole.start + first)
    if border:
        cells["name"] = text[:border].rstrip(_SPACE)
        told["name"] = whole
    return replace(row, cells=cells)


def _border(text: str, geographer: Geographer) -> tuple[int, tuple[int, int] | None]:
    """Return where the name ends (0: it is the whole text) and the stretch of the place, None where none is told."""
    cell = CellText("place", text)
    geos = geographer.find(cell)
    starts = [0, *(m.end() for m in _BORDER.finditer(text))]
    places = {cell.tokens[geo.first].start: geo for geo in geos if cell.quote_of[geo.first] is None}
    begun = [(start, places.get(_skipped(text, start))) for start in starts]
    towns = [n for n, (_, geo) in enumerate(begun) if n and geo is not None and _is_place(cell, geo)]
    if towns:
        at = towns[-1]
        while at > 1 and (before := begun[at - 1][1]) is not None and _fills(cell, text, before, begun[at][0]):
            at -= 1
        first, last = _skipped(text, begun[at][0]), len(text.rstrip(" \n.,;)"))
        if 0 < last - first <= _LONGEST:
            closed = text[first:last].count("(") > text[first:last].count(")")
            return first, (first, last + closed)
    named = next((geo for geo in geos if geo.kind == "settlement" and cell.low(geo.first - 1) in _IN), None)
    if named is None:
        return 0, None
    return 0, (cell.tokens[named.first].start, cell.tokens[named.last - 1].end)


def _skipped(text: str, start: int) -> int:
    """Return where the first word behind a border begins."""
    return start + len(text[start:]) - len(text[start:].lstrip(_SPACE))


def _is_place(cell: CellText, geo: Geo) -> bool:
    """Tell whether a settlement's name is a place of its own: with a type word, or with nothing but marks behind it."""
    if geo.kind != "settlement":
        return False
    if cell.tokens[geo.first].low in _TYPES or cell.tokens[geo.first].word.lemmas & _TYPES:
        return True
    behind = cell.tokens[geo.last] if geo.last < len(cell.tokens) else None
    return (behind is None or behind.kind == "mark") and cell.tokens[geo.last - 1].word.has("nomn")


def _fills(cell: CellText, text: str, geo: Geo, stop: int) -> bool:
    """Tell whether a country, region or town is all that stands before the next border («Беларусь, г. …»)."""
    return not text[cell.tokens[geo.last - 1].end : stop].strip(_SPACE)

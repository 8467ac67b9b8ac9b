"""Name and place in one cell («Мероприятие, место проведения»): the cell is parted, its evidence stays exact.

The place is what a label announces («Место проведения: …»), else the last line that names a place, else what stands
behind the last comma, dash, full stop or bracket where a settlement, a venue or a way of attending begins. A country,
region or town that is all there is before that border is of the place, too. Where none begins, the place is the town of
«в г. Бресте», and without that no place is told.
"""

from collections.abc import Mapping
from dataclasses import replace

from pobratim.extract.cells import CellText
from pobratim.extract.context import Context
from pobratim.extract.geography import Geographer, geographer_of
from pobratim.layout.columns import ColumnNamer
from pobratim.layout.walk import Layout, ReportRow
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.lexicon.words import WORDS
from pobratim.shapes.items import Origin
from pobratim.shapes.place_pieces import Piece, Pieces
from pobratim.shapes.sentences import Span, event_date, without

_IN = WORDS.of("in-a-place")
_TRAILING = " \t\n,;–—-"
_LONGEST = 220
"""Characters that a place with its venue has at most."""

Origins = dict[int, dict[str, Origin]]


def part_places(
    layout: Layout, origins: Mapping[int, Mapping[str, Origin]], context: Context, namer: ColumnNamer
) -> tuple[Layout, Origins]:
    """Return the layout with such cells parted, and where the cells of all rows that are parts come from.

    ``origins`` tell it of rows that were parted before; the home of ``context`` decides between towns of one name, its
    year completes days; ``namer`` knows the labels of a place.
    """
    geographer = geographer_of(lexicon(), Gazetteer.load(), context.home_country, context.home_region)
    found: Origins = {row: dict(parts) for row, parts in origins.items()}
    rows = []
    for row in layout.rows:
        name = row.cells.get("name", "")
        if name and row.cells.get("place") == name:
            row = _parted(row, found, Pieces(name, geographer, namer), geographer)
        if name and row.cells.get("dates") == name:
            row = _dated(row, found, context.year)
        rows.append(row)
    return replace(layout, rows=tuple(rows)), found


def _parted(row: ReportRow, origins: Origins, pieces: Pieces, geographer: Geographer) -> ReportRow:
    """Return a row with name and place apart, and note where both come from."""
    text = row.cells["name"]
    told = origins.setdefault(row.row, {})
    whole = told.get("name", Origin(text, 0))
    end, place = border(pieces)
    place = place or _named(text, geographer)
    cells = dict(row.cells)
    del cells["place"]
    told.pop("place", None)
    if place is not None:
        first, last = place
        cells["place"] = text[first:last]
        told["place"] = Origin(whole.raw, whole.start + first)
    if end:
        cells["name"] = text[:end].rstrip(_TRAILING)
        told["name"] = whole
    return replace(row, cells=cells)


def _dated(row: ReportRow, origins: Origins, year: int) -> ReportRow:
    """Return a row whose name cell holds the day as well with both apart; as it is where no day is told."""
    text = row.cells["name"]
    day = event_date(text, Span(0, len(text)), year)
    if day is None:
        return row
    told = origins.setdefault(row.row, {})
    whole = told.get("name", Origin(text, 0))
    name = without(text, Span(0, len(text)), day, asked=True)
    told["dates"] = Origin(whole.raw, whole.start + day.start)
    cells = {**row.cells, "dates": text[slice(*day)]}
    if any(map(str.isalpha, text[slice(*name)])):
        cells["name"] = text[slice(*name)]
        told["name"] = Origin(whole.raw, whole.start + name.start)
    return replace(row, cells=cells)


def border(pieces: Pieces) -> tuple[int, tuple[int, int] | None]:
    """Return where the name ends (0: it is the whole text) and the stretch of the place, None where none begins."""
    text = pieces.text
    at = _labelled(pieces) or _line(pieces) or _town(pieces) or _venue(pieces)
    if not at:
        return 0, None
    while at > 1 and pieces.all[at].mark != "\n" and pieces.belongs(pieces.all[at - 1]):
        at -= 1
    piece = pieces.all[at]
    first, last = piece.start, len(text.rstrip(" \n.,;)"))
    if not 0 < last - first <= _LONGEST:
        return 0, None
    closed = text[first:last].count("(") > text[first:last].count(")")
    return piece.behind, (first, last + closed)


def _labelled(pieces: Pieces) -> int:
    """Return the number of the piece that a label announces, 0 for none."""
    return next((n for n, piece in enumerate(pieces.all) if n and piece.labelled), 0)


def _line(pieces: Pieces) -> int:
    """Return the number of the piece that begins the last lines, all of which name places; 0 for none."""
    begun = [n for n, piece in enumerate(pieces.all) if n and piece.mark == "\n"]
    found = 0
    for n in reversed(begun):
        if not pieces.is_place_line(pieces.all[n]):
            break
        found = n
    return found


def _town(pieces: Pieces) -> int:
    found = (n for n in range(len(pieces.all) - 1, 0, -1) if pieces.begins_with_a_town(pieces.all[n]))
    return next(found, 0)


def _venue(pieces: Pieces) -> int:
    """Return the number of the last piece where it is a venue or a way of attending and none before it is; else 0."""
    last = len(pieces.all) - 1
    if not last:
        return 0
    tells: tuple[Piece, Piece] = pieces.all[last - 1], pieces.all[last]
    if pieces.is_way(tells[1]):
        return last
    return last if pieces.is_venue(tells[1]) and not pieces.is_venue(tells[0]) else 0


def _named(text: str, geographer: Geographer) -> tuple[int, int] | None:
    """Return the town of «в г. Бресте»."""
    cell = CellText("place", text)
    geos = geographer.find(cell)
    named = next((geo for geo in geos if geo.kind == "settlement" and cell.low(geo.first - 1) in _IN), None)
    return None if named is None else (cell.tokens[named.first].start, cell.tokens[named.last - 1].end)

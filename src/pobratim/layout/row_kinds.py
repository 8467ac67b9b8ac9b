"""What each physical row below the headings is, told once: a kind with what belongs to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from pobratim.layout.columns import ColumnNamer
from pobratim.layout.headers import Header, header_at, is_column_numbers, key
from pobratim.layout.numbering import is_heading_number, is_part, parse_number
from pobratim.layout.rows import Fault, filled, find_fault, flat, is_none_held, number_text, only_text, told
from pobratim.layout.sections import MAX_HEADING, is_municipality
from pobratim.table import Row, Table

_FEW = 2
_SIGNED = re.compile(r"(?:[А-ЯЁ]\.\s*){1,2}[А-ЯЁ][а-яё-]+|[А-ЯЁ][а-яё-]+\s+(?:[А-ЯЁ]\.\s*){2}")


class Kind(Enum):
    """What a row can be."""

    NOTHING = auto()
    """Blank, the headings repeated, or the numbers of the columns."""
    NONE_HELD = auto()
    """A row that says that there was no event."""
    HEADINGS = auto()
    """Other headings, which hold for the rows below."""
    SECTION = auto()
    """A heading above rows."""
    TOTAL = auto()
    """A sum of rows."""
    NO_EVENT = auto()
    """Words where the number should be, or a signature."""
    CONTINUED = auto()
    """The rest of the row above."""
    DATA = auto()
    FAULTY = auto()
    """A row that cannot be read, for the fault that stands with it."""


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row's kind. ``text`` is that of a heading, total or signature, ``header`` the headings in force below it."""

    kind: Kind
    header: Header
    text: str = ""
    fault: Fault | None = None


@dataclass(slots=True)
class Surroundings:
    """What the kind of a row depends on besides its cells.

    ``numbered`` says that the table's rows have printed numbers, ``first`` that no row stands right above; ``indented``
    are the cells other than the first two in which headings have stood.
    """

    numbered: bool
    first: bool
    indented: set[int]


def is_numbered(table: Table, header: Header) -> bool:
    """Say whether at least half of a table's rows have a printed number; Word's lists have none."""
    rows = [row for row in table.rows[header.end :] if header.names(row) and not _is_nothing(row, header)]
    texts = [number_text(row, header.names(row)) for row in rows]
    printed = [text for text in texts if parse_number(text) is not None or is_part(text)]
    return bool(printed) and 2 * len(printed) >= len(rows)


def classify(table: Table, position: int, header: Header, namer: ColumnNamer, around: Surroundings) -> RowRead:
    """Return what a row below the headings is; the first kind that fits, in the order of certainty."""
    row = table.rows[position]
    if _is_nothing(row, header):
        return RowRead(Kind.NOTHING, header)
    if namer.title_column == "name" and is_none_held(row, header):
        return RowRead(Kind.NONE_HELD, header, told(row))
    if other := header_at(table, namer, position, strict=True):
        return RowRead(Kind.HEADINGS, other)
    if text := section_text(table, position, header, namer, around):
        return RowRead(Kind.SECTION, header, text)
    for kind, fits in _REMARKS.items():
        if fits(table, position, header, namer, around):
            return RowRead(kind, header, told(row))
    if fault := find_fault(row, header):
        return RowRead(Kind.FAULTY, header, fault=fault)
    if not around.first and _continues(row, header, around.numbered):
        return RowRead(Kind.CONTINUED, header)
    return RowRead(Kind.DATA, header)


def section_text(table: Table, position: int, header: Header, namer: ColumnNamer, around: Surroundings) -> str:
    """Return the text of a row that heads those below it, "" for other rows.

    A heading has one text, over all columns, in each of them, or in the first or second cell; a number may stand
    before it if it is none of a row, or if rows below are its parts. What a register needs for a row is no heading.
    """
    row = table.rows[position]
    text, index, alone = only_text(row, header)
    if not text or _titled(row, header, namer) or _is_total(table, position, header, namer, around):
        return ""
    fault = find_fault(row, header)
    if fault and fault[0] not in ("layout-cell-count", "layout-empty-row"):
        return ""
    number = row.cells[0].text if index and row.cells[0].text.strip() else ""
    if not number:
        return text if alone or index < _FEW or _indented(text, index, namer, around) else ""
    numbered = is_heading_number(number) or _heads_below(table, position, header, number, text, namer)
    return text if len(text) <= MAX_HEADING and (alone or numbered) else ""


def _indented(text: str, index: int, namer: ColumnNamer, around: Surroundings) -> bool:
    """Tell whether a lone text further right is a municipality's heading rather than the rest of a cell above."""
    if not namer.names_municipality(text) or not (around.first or index in around.indented):
        return False
    around.indented.add(index)
    return True


def _heads_below(table: Table, position: int, header: Header, number: str, text: str, namer: ColumnNamer) -> bool:
    """Tell whether a number with one text heads the next row: «1. | Культура», then «1.1. | Концерт» or «1. | …»."""
    value, below = parse_number(number), table.rows[position + 1 : position + 2]
    if value is None or not below or not header.names(below[0]):
        return False
    under = number_text(below[0], header.names(below[0])).strip()
    if is_part(under):
        return under.startswith(tuple(f"{value}{mark}" for mark in ".,-/"))
    return is_municipality(text, namer) and parse_number(under) not in (None, value + 1)


def _is_nothing(row: Row, header: Header) -> bool:
    return not filled(row) or key(row) in header.keys or is_column_numbers(row)


def _titled(row: Row, header: Header, namer: ColumnNamer) -> bool:
    """Tell whether a row's only text is what makes a row of a register; in a report it would be a heading."""
    cells = zip(row.cells, header.names(row), strict=False)
    return namer.title_column != "name" and any(cell.text.strip() and namer.title_column in own for cell, own in cells)


def _is_total(table: Table, position: int, header: Header, namer: ColumnNamer, around: Surroundings) -> bool:
    del header, around
    return namer.line(filled(table.rows[position])[0].text) == "total-line"


def _is_no_event(table: Table, position: int, header: Header, namer: ColumnNamer, around: Surroundings) -> bool:
    """Tell whether a row is none of a report: words where its number should be, little beside; or a signature."""
    del namer
    row = table.rows[position]
    names = header.names(row)
    number = number_text(row, names) if names else ""
    few = len(filled(row)) <= _FEW
    if around.numbered and any(map(str.isalpha, number)) and not is_part(number) and few:
        return True
    return all(_is_signature(one, header) for one in table.rows[position:] if filled(one))


def _is_signature(row: Row, header: Header) -> bool:
    """Tell whether a row has only an office and a name with initials («Начальник отдела | | И.И. Петров»)."""
    cells = filled(row)
    if (
        not 1 < len(cells) <= min(_FEW + 1, header.width - 1)
        or parse_number(number_text(row, header.names(row))) is not None
    ):
        return False
    dated = {"dates", "place", "purpose"}
    held = zip(row.cells, header.names(row), strict=False)
    if len(cells) > _FEW and any(cell.text.strip() and dated & {*own} for cell, own in held):
        return False
    first = row.cells.index(cells[0])
    return first < _FEW and any(_SIGNED.fullmatch(flat(cell.text)) for cell in cells[1:])


def _continues(row: Row, header: Header, numbered: bool) -> bool:
    """Say whether a row goes on with the row above.

    Its number cell (its name cell, where rows have no number column) is joined with the one above; or the
    table's rows are numbered and this one is not, with other cells empty too. A row that lacks nothing but
    its number is a row.
    """
    names = header.names(row)
    anchor = "number" if any("number" in own for own in names) else "name"
    cells = list(zip(row.cells, names, strict=True))
    if any(cell.merged for cell, own in cells if anchor in own):
        return True
    if not numbered or anchor != "number" or number_text(row, names).strip():
        return False
    return not all(cell.text.strip() for cell, own in cells if "number" not in own)


_REMARKS: dict[Kind, Callable[[Table, int, Header, ColumnNamer, Surroundings], bool]] = {
    Kind.TOTAL: _is_total,
    Kind.NO_EVENT: _is_no_event,
}

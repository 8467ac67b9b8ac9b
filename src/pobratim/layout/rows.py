"""The cells of one physical row: what is filled, what numbers it, and what keeps it out of a report."""

import re

from pobratim.layout.emptiness import says_nothing, tells_none
from pobratim.layout.headers import Header, Names
from pobratim.layout.numbering import is_heading_number, is_part, parse_number
from pobratim.table import Cell, Row

MAX_CELL = 100_000
"""Characters; the longest cell of the reports seen has 700."""
Fault = tuple[str, str, tuple[tuple[str, str], ...]]
"""Message code, heading of the column concerned ("" if the whole row is), values of the message."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
"""What XML 1.0 forbids (§2.2, Char), and DEL: such a text could not be published."""
_YEAR = re.compile(r"\s*(?:19|20)\d\d\s*")


def flat(text: str) -> str:
    """Return ``text`` with white space folded."""
    return " ".join(text.split())


def filled(row: Row) -> list[Cell]:
    """Return the cells that hold any text."""
    return [cell for cell in row.cells if cell.text.strip()]


def told(row: Row) -> str:
    """Return the row's texts in one line."""
    return flat(" | ".join(cell.text for cell in filled(row)))


def number_text(row: Row, names: Names) -> str:
    """Return the text of a row's number cell: the first cell where ``names`` do not fit the row."""
    if not names:
        return row.cells[0].text
    return next((cell.text for cell, own in zip(row.cells, names, strict=True) if "number" in own), "")


def numbers(text: str) -> bool:
    """Tell whether a cell does nothing but number a row or a heading."""
    return parse_number(text) is not None or is_part(text) or is_heading_number(text)


def only_text(row: Row, header: Header) -> tuple[str, int, bool]:
    """Return the one text that a row has besides its number, the index of its cell, and whether it stands alone.

    It stands alone over the columns: one cell over all that the number leaves, or the same text in each of them.
    ("", -1, False) for rows with several texts, or none in letters but a year over all columns.
    """
    cells = list(enumerate(row.cells))
    if len(cells) > 1 and numbers(row.cells[0].text):
        cells = cells[1:]
    texts = [(index, cell) for index, cell in cells if cell.text.strip()]
    repeated = len(texts) > 1 and len(texts) >= len(cells) - 1
    if not texts or len({flat(cell.text) for _, cell in texts}) > 1 or (len(texts) > 1 and not repeated):
        return "", -1, False
    index, cell = texts[0]
    wide = cell.column + cell.span >= header.columns[-1].end and cell.span > 1
    alone = wide or repeated or (len(cells) == 1 and header.width > len(row.cells))
    worded = any(map(str.isalpha, cell.text)) or (alone and _YEAR.fullmatch(cell.text))
    return (cell.text, index, alone) if worded else ("", -1, False)


def is_none_held(row: Row, header: Header) -> bool:
    """Say whether a row only tells that there was no event: «Мероприятия не проводились», or dashes in all its cells.

    A row whose cells are joined tells it by its only text; one that has an agreement tells of that.
    """
    names = header.names(row)
    text, _, alone = only_text(row, header)
    if alone or not names:
        return bool(text) and tells_none(text, ())
    pairs = list(zip(row.cells, names, strict=True))
    if any("agreement" in own and not says_nothing(cell.text) for cell, own in pairs):
        return False
    name = next((cell.text for cell, own in pairs if "name" in own), "")
    return tells_none(name, [cell.text for cell, own in pairs if not {"name", "number", "section"} & {*own}])


def find_fault(row: Row, header: Header) -> Fault | None:
    """Return what keeps a row out, None if nothing."""
    names = header.names(row)
    for index, cell in enumerate(row.cells):
        column = header.columns[index].heading if len(row.cells) == header.width else ""
        if control := _CONTROL.search(cell.text):
            return "layout-control-character", column, (("character", f"U+{ord(control[0]):04X}"),)
        if len(cell.text) > MAX_CELL:
            return "layout-cell-too-long", column, (("limit", str(MAX_CELL)), ("found", str(len(cell.text))))
    if not names:
        return "layout-cell-count", "", (("expected", str(header.width)), ("found", str(len(row.cells))))
    texts = (cell.text.strip() for cell, own in zip(row.cells, names, strict=True) if "number" not in own)
    return None if any(texts) else ("layout-empty-row", "", ())

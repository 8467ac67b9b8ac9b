"""What one physical row below the headings is: a heading, a row, the rest of the row above, or faulty."""

import re

from pobratim.emptiness import says_nothing, tells_none
from pobratim.headers import Header, is_column_numbers, key
from pobratim.table import Row, Table

MAX_CELL = 100_000
"""Characters; the longest cell of the reports seen has 700."""
_FEW = 2
Names = tuple[tuple[str, ...], ...]
Fault = tuple[str, str, tuple[tuple[str, str], ...]]
"""Message code, heading of the column concerned ("" if the whole row is), values of the message."""

_NUMBER = re.compile(r"\s*(?:№\s*)?(\d{1,6})\s*[.)]*\s*")
_PART = re.compile(r"\s*(?:№\s*)?\d{1,4}(?:[.,\-/]\d{1,3})+[.)]*\s*|\s*[а-яё]\)\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
"""What XML 1.0 forbids (§2.2, Char), and DEL: such a text could not be published."""


def flat(text: str) -> str:
    """Return ``text`` with white space folded."""
    return " ".join(text.split())


def parse_number(text: str) -> int | None:
    """Return the row number that a cell holds («12. » → 12), None for anything else."""
    match = _NUMBER.fullmatch(text)
    return int(match[1]) if match else None


def is_part(text: str) -> bool:
    """Say whether a number cell numbers a part of another row: «1.1.», «2-3», «а)»."""
    return bool(_PART.fullmatch(text))


def number_text(row: Row, names: Names) -> str:
    """Return the text of a row's number cell: the first cell where ``names`` do not fit the row."""
    if not names:
        return row.cells[0].text
    return next((cell.text for cell, own in zip(row.cells, names, strict=True) if "number" in own), "")


def is_numbered(table: Table, header: Header) -> bool:
    """Say whether at least half of a table's rows have a printed number; Word's lists have none."""
    rows = [row for row in table.rows[header.end :] if header.names(row) and not is_no_data(row, header)]
    texts = [number_text(row, header.names(row)) for row in rows]
    printed = [text for text in texts if parse_number(text) is not None or is_part(text)]
    return bool(printed) and 2 * len(printed) >= len(rows)


def is_no_data(row: Row, header: Header) -> bool:
    """Say whether a row is blank, the heading repeated, or the numbers of the columns."""
    blank = not any(cell.text.strip() for cell in row.cells)
    return blank or key(row) in header.keys or is_column_numbers(row)


def is_none_held(row: Row, names: Names) -> bool:
    """Say whether a row only tells that there was no event: «Мероприятия не проводились», or dashes in all its cells.

    A row whose cells are joined (``names`` is ()) tells it by its only text; one that has an agreement tells of that.
    """
    told = [cell.text for cell in row.cells if cell.text.strip()]
    if len(told) == 1 and not names:
        return tells_none(told[0], ())
    pairs = list(zip(row.cells, names, strict=False))
    if any("agreement" in own and not says_nothing(cell.text) for cell, own in pairs):
        return False
    name = next((cell.text for cell, own in pairs if "name" in own), "")
    return tells_none(name, [cell.text for cell, own in pairs if not {"name", "number", "section"} & {*own}])


def is_heading(row: Row) -> bool:
    """Say whether a row is a section heading: one text, over all columns or in the first or second cell."""
    filled = [index for index, cell in enumerate(row.cells) if cell.text.strip()]
    return len(filled) == 1 and filled[0] < 2 and parse_number(row.cells[filled[0]].text) is None


def heads_parts(table: Table, position: int, header: Header) -> bool:
    """Say whether a numbered row with one text more heads the rows below it: «1. | Культура», then «1.1. | Концерт»."""
    row = table.rows[position]
    names, below = header.names(row), table.rows[position + 1 : position + 2]
    number = parse_number(number_text(row, names)) if names else None
    filled = [cell for cell, own in zip(row.cells, names, strict=False) if "number" not in own and cell.text.strip()]
    if number is None or len(filled) != 1 or not below or not header.names(below[0]):
        return False
    under = number_text(below[0], header.names(below[0])).strip()
    return is_part(under) and under.startswith(tuple(f"{number}{mark}" for mark in ".,-/"))


def is_foreign(row: Row, names: Names, numbered: bool) -> bool:
    """Say whether a row of a numbered table is none of a report: words where its number should be, little beside.

    So stand signatures below a table («Начальник отдела | И.И. Петров»).
    """
    number = number_text(row, names) if names else ""
    filled = sum(1 for cell in row.cells if cell.text.strip())
    return numbered and any(map(str.isalpha, number)) and not is_part(number) and filled <= _FEW


def find_fault(row: Row, names: Names, header: Header) -> Fault | None:
    """Return what keeps a row out, None if nothing; ``names`` is () if its number of cells is wrong."""
    for index, cell in enumerate(row.cells):
        column = header.headings[index] if len(row.cells) == len(header.headings) else ""
        if control := _CONTROL.search(cell.text):
            return "layout-control-character", column, (("character", f"U+{ord(control[0]):04X}"),)
        if len(cell.text) > MAX_CELL:
            return "layout-cell-too-long", column, (("limit", str(MAX_CELL)), ("found", str(len(cell.text))))
    if is_heading(row):
        return None
    if not names:
        return "layout-cell-count", "", (("expected", str(header.width)), ("found", str(len(row.cells))))
    told = (cell.text.strip() for cell, own in zip(row.cells, names, strict=True) if "number" not in own)
    return None if any(told) else ("layout-empty-row", "", ())


def continues(row: Row, names: Names, numbered: bool) -> bool:
    """Say whether a row goes on with the row above.

    Its number cell (its name cell, where rows have no number column) is joined with the one above; or the
    table's rows are numbered and this one is not, with other cells empty too. A row that lacks nothing but
    its number is a row.
    """
    anchor = "number" if any("number" in own for own in names) else "name"
    cells = list(zip(row.cells, names, strict=True))
    if any(cell.merged for cell, own in cells if anchor in own):
        return True
    if not numbered or anchor != "number" or number_text(row, names).strip():
        return False
    return not all(cell.text.strip() for cell, own in cells if "number" not in own)

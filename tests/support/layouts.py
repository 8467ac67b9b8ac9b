"""Tables as clerks of many regions lay them out, as data; and how each is written as Word, Excel and HTML.

A layout is a list of paragraphs (text) and tables (lists of rows). A cell is its text, or ``Wide`` or ``Tall`` where it
is joined over columns or rows; the cells that a joined one covers are left out, as in HTML.
"""

from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from xlsxwriter import Workbook

from tests.support.report_documents import tbl, tc, write_docx


class Wide(NamedTuple):
    """A cell joined over ``columns``."""

    text: str
    columns: int


class Tall(NamedTuple):
    """A cell joined over ``rows``."""

    text: str
    rows: int


Cell = str | Wide | Tall
Row = Sequence[Cell]
Block = str | Sequence[Row]


class Placed(NamedTuple):
    """A cell at its grid position; ``below`` counts the rows it is continued for, 0 in its last one."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


def placed(table: Sequence[Row]) -> Iterator[Placed]:
    """Yield the cells of a table at their places in the grid."""
    taken: set[tuple[int, int]] = set()
    for index, row in enumerate(table):
        column = 0
        for cell in row:
            while (index, column) in taken:
                column += 1
            rows = cell.rows if isinstance(cell, Tall) else 1
            columns = cell.columns if isinstance(cell, Wide) else 1
            taken |= {(index + down, column + right) for down in range(rows) for right in range(columns)}
            yield Placed(cell if isinstance(cell, str) else cell.text, index, column, rows, columns)
            column += columns


def docx(folder: Path, blocks: Sequence[Block]) -> Path:
    """Write the blocks as a Word document."""
    parts = [_paragraph(block) if isinstance(block, str) else _word_table(block) for block in blocks]
    return write_docx(folder / "report.docx", "<w:p/>".join(parts))


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def _word_table(table: Sequence[Row]) -> str:
    lines: list[dict[int, str]] = [{} for _ in table]
    for cell in placed(table):
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        for down in range(cell.rows):
            joined = "" if cell.rows == 1 else "<w:vMerge/>" if down else '<w:vMerge w:val="restart"/>'
            paragraphs = "".join(_paragraph(line) for line in ("" if down else cell.text).split("\n"))
            lines[cell.row + down][cell.column] = tc(properties=span + joined, content=paragraphs)
    return tbl(*("".join(line[column] for column in sorted(line)) for line in lines))


def html(folder: Path, blocks: Sequence[Block]) -> Path:
    """Write the blocks as a web page."""
    path = folder / "report.html"
    body = "".join(f"<p>{escape(b)}</p>" if isinstance(b, str) else _html_table(b) for b in blocks)
    path.write_text(f'<!doctype html><meta charset="utf-8">{body}', encoding="utf-8")
    return path


def _html_table(table: Sequence[Row]) -> str:
    lines: list[list[str]] = [[] for _ in table]
    for cell in placed(table):
        spans = f' colspan="{cell.columns}" rowspan="{cell.rows}"'
        lines[cell.row].append(f"<td{spans}>{escape(cell.text).replace(chr(10), '<br>')}</td>")
    return "<table>" + "".join(f"<tr>{''.join(line)}</tr>" for line in lines) + "</table>"


def xlsx(folder: Path, blocks: Sequence[Block]) -> Path:
    """Write the blocks on one sheet, paragraphs in rows of their own above and below the tables."""
    data = BytesIO()
    book = Workbook(data, {"in_memory": True})
    sheet = book.add_worksheet("Отчёт")
    top = 0
    for block in blocks:
        if isinstance(block, str):
            sheet.write_string(top, 0, block)
            top += 1
            continue
        for cell in placed(block):
            first = (top + cell.row, cell.column)
            if cell.rows * cell.columns > 1:
                sheet.merge_range(*first, first[0] + cell.rows - 1, first[1] + cell.columns - 1, cell.text)
            else:
                sheet.write_string(*first, cell.text)
        top += len(block)
    book.close()
    path = folder / "report.xlsx"
    path.write_bytes(data.getvalue())
    return path


FORMATS = {"docx": docx, "html": html, "xlsx": xlsx}

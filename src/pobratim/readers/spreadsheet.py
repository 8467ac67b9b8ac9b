"""Read the sheets of Excel and OpenDocument workbooks (.xlsx, .xls, .ods): a table each."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pobratim.errors import UnreadableDocumentError
from pobratim.fence import quiet
from pobratim.problems import Problem
from pobratim.readers.flow import Flow
from pobratim.readers.grid import Grid, clean, unreadable
from pobratim.readers.looks import NONE, Looks, address
from pobratim.readers.macro_sheets import without_macro_sheets
from pobratim.readers.number_formats import shown
from pobratim.readers.ods_formats import ods_looks
from pobratim.readers.package import check_sizes, is_archive, opened
from pobratim.readers.spans import Spanned, spanned_rows
from pobratim.readers.xls_formats import xls_looks
from pobratim.readers.xlsx_formats import xlsx_looks

MAX_CELLS = 5_000_000
"""What a sheet may hold; a report of ten thousand rows has a hundredth of it."""

Value = int | float | str | bool | time | date | datetime | timedelta
_Range = tuple[tuple[int, int], tuple[int, int]]


def read(data: bytes, file: str) -> Grid:
    """Return every visible sheet that has any text as a table named like it; dates are DD.MM.YYYY, as in Russian Excel.

    Merged cells are cells that span; columns and rows that are empty in the whole sheet are left out at its
    end. Raises UnreadableDocumentError for a workbook that is damaged, oversized or behind a password.
    """
    if is_archive(data):
        check_sizes(data, file)
        data = without_macro_sheets(data, file) or data
    flow = Flow()
    looks = _looks(data, file)
    problems: list[Problem] = []
    try:
        with quiet():
            workbook = CalamineWorkbook.from_filelike(BytesIO(data))
            for meta in workbook.sheets_metadata:
                if meta.visible == SheetVisibleEnum.Visible and meta.typ == SheetTypeEnum.WorkSheet:
                    sheet = workbook.get_sheet_by_name(meta.name)
                    seen = looks.get(meta.name, NONE).within(sheet.height, sheet.width)
                    _sheet(sheet, file, flow, seen)
                    problems.extend(_noted(seen, meta.name, file))
    except PasswordError as error:
        raise unreadable("reader-password", file, kind="Excel") from error
    except CalamineError as error:
        raise unreadable("reader-damaged-archive", file) from error
    except BaseException as error:
        # A panic of the library's Rust code: its class cannot be imported and is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise unreadable("reader-damaged-archive", file) from error
    return replace(flow.grid(), problems=tuple(problems))


def _looks(data: bytes, file: str) -> dict[str, Looks]:
    """Return what the cells of each sheet show.

    Only for looks is a package opened a second time: one that calamine reads although this fails has none.
    """
    try:
        if not is_archive(data):
            return xls_looks(data)
        with opened(data, file) as package:
            return ods_looks(package) if "content.xml" in package.names else xlsx_looks(package)
    except (UnreadableDocumentError, OSError, ValueError, LookupError, struct.error):
        return {}


def _noted(looks: Looks, sheet: str, file: str) -> Iterator[Problem]:
    """Yield a warning for cells that hold an error, which are read as empty, and one for what is hidden."""
    if looks.errors:
        row, column, text = looks.errors[0]
        values = {"sheet": sheet, "count": len(looks.errors), "cell": address(row, column), "text": text}
        yield Problem("warning", "reader-error-cells", file, values=tuple((k, str(v)) for k, v in values.items()))
    if looks.hidden_rows or looks.hidden_columns:
        values = {"sheet": sheet, "rows": len(looks.hidden_rows), "columns": len(looks.hidden_columns)}
        yield Problem("warning", "reader-hidden-cells", file, values=tuple((k, str(v)) for k, v in values.items()))


def _sheet(sheet: CalamineSheet, file: str, flow: Flow, looks: Looks) -> None:
    if sheet.height * sheet.width > MAX_CELLS:
        raise unreadable("reader-sheet-too-large", file, sheet=sheet.name, limit=MAX_CELLS // 1_000_000)
    rows = [
        [
            _shown(value, (number, column), looks)
            for column, value in enumerate(row)
            if column not in looks.hidden_columns
        ]
        for number, row in enumerate(sheet.to_python(skip_empty_area=False))
        if number not in looks.hidden_rows
    ]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((index for row in rows for index, text in enumerate(row, 1) if text), default=0)
    if not width:
        return
    flow.begin()
    ranges = [_seen(one, looks) for one in sheet.merged_cell_ranges or []]
    flow.end(spanned_rows(_spanned([row[:width] for row in rows], ranges)), clean(sheet.name))


def _seen(joined: _Range, looks: Looks) -> _Range:
    """Return a range of joined cells as it is where hidden rows and columns are left out."""
    (top, left), (bottom, right) = joined

    def rows(end: int) -> int:
        return end - sum(1 for row in looks.hidden_rows if row < end)

    def columns(end: int) -> int:
        return end - sum(1 for column in looks.hidden_columns if column < end)

    return (rows(top), columns(left)), (rows(bottom + 1) - 1, columns(right + 1) - 1)


def _spanned(rows: Sequence[Sequence[str]], ranges: Sequence[_Range]) -> Iterator[list[Spanned]]:
    starts = {}
    covered: set[tuple[int, int]] = set()
    height, width = len(rows), len(rows[0])
    for (top, left), (bottom, right) in ranges:
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        if top > bottom or left > right:
            continue
        starts[top, left] = (right - left + 1, bottom - top + 1)
        covered.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    for number, row in enumerate(rows):
        yield [
            Spanned(text, *starts.get((number, column), (1, 1)))
            for column, text in enumerate(row)
            if (number, column) in starts or (number, column) not in covered
        ]


def _shown(value: Value, place: tuple[int, int], looks: Looks) -> str:
    """Return the text of a value; of a date no more than the cell shows: a month of «янв.23», a year of «2023»."""
    if isinstance(value, date):
        if text := looks.texts.get(place):
            return clean(text)
        if code := looks.codes.get(place):
            return shown(value, code)
    return _text(value)


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y" if value.time() == time() else "%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return clean(str(value))

"""Read the sheets of Excel and OpenDocument workbooks (.xlsx, .xls, .ods): a table each."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from pobratim.fence import quiet
from pobratim.readers.flow import Flow
from pobratim.readers.grid import Grid, clean, unreadable
from pobratim.readers.package import check_sizes
from pobratim.readers.spans import Spanned, spanned_rows

MAX_CELLS = 5_000_000
"""What a sheet may hold; a report of ten thousand rows has a hundredth of it."""

Value = int | float | str | bool | time | date | datetime | timedelta
_Range = tuple[tuple[int, int], tuple[int, int]]


def read(data: bytes, file: str) -> Grid:
    """Return every visible sheet that has any text as a table; dates are DD.MM.YYYY, as Russian Excel shows them.

    Merged cells are cells that span; columns and rows that are empty in the whole sheet are left out at its
    end. Raises UnreadableDocumentError for a workbook that is damaged, oversized or behind a password.
    """
    if data.startswith(b"PK"):
        check_sizes(data, file)
    flow = Flow()
    try:
        with quiet():
            workbook = CalamineWorkbook.from_filelike(BytesIO(data))
            for meta in workbook.sheets_metadata:
                if meta.visible == SheetVisibleEnum.Visible:
                    _sheet(workbook.get_sheet_by_name(meta.name), file, flow)
    except PasswordError as error:
        raise unreadable("reader-unsupported", file, kind="Excel, password-protected") from error
    except CalamineError as error:
        raise unreadable("reader-damaged-archive", file) from error
    except BaseException as error:
        # A panic of the library's Rust code: its class cannot be imported and is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise unreadable("reader-damaged-archive", file) from error
    return flow.grid()


def _sheet(sheet: CalamineSheet, file: str, flow: Flow) -> None:
    if sheet.height * sheet.width > MAX_CELLS:
        raise unreadable("reader-sheet-too-large", file, sheet=sheet.name, limit=MAX_CELLS // 1_000_000)
    rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((index for row in rows for index, text in enumerate(row, 1) if text), default=0)
    if not width:
        return
    flow.begin()
    flow.end(spanned_rows(_spanned([row[:width] for row in rows], sheet.merged_cell_ranges or [])))


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

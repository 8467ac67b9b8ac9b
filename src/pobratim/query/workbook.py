"""A workbook of Excel, written row by row (SpreadsheetML, ECMA-376): the same rows give the same bytes.

A library that holds each cell as an object takes three times as long, and memory that grows with the cells.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from math import isfinite
from typing import IO
from xml.sax.saxutils import escape

from xlsxwriter.utility import cell_autofit_width, xl_col_to_name

from pobratim.errors import UsageError
from pobratim.query.text_rows import Value

_ROWS = 1_048_576
"""Rows of a sheet, the header included: Excel specifications and limits, Microsoft Support."""
_DIGITS = 15
"""Digits that a number in Excel keeps (the same page); longer integers are written as text."""
_TEXT = 32_767
"""Characters of one cell (the same page)."""
_NAME = re.compile(r"[^\[\]:*?/\\]{1,31}")
"""The name of a sheet (the same page)."""
_FIRST_YEAR = 1900
"""Excel counts days from 1900 and has none before; earlier dates are written as text."""
_DAYS = date(1899, 12, 30).toordinal()
"""The day that Excel has as none, by which each of 1901 and later has its number."""
_PIXELS = 480
_LINE = 200
"""More characters of a line than the widest column shows."""
_ARROW = 16
"""Pixels of the arrow by which a column is filtered."""
_PIXELS_OF_DIGIT = 7
"""Widths are in digits of the usual letter, Calibri 11."""
_MANY = 2_000
"""Rows that are compressed at a time."""
_UNSAID = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
"""What XML cannot say, and what would be taken for a sign of it that is spelt out (ST_Xstring)."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""Cells without a style, with bold letters (1), with a day (2)."""
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Value]]]


def write_sheets(sheets: Iterable[Sheet], out: IO[bytes]) -> None:
    """Write a workbook with a sheet for each name, heads and rows; "" for Excel's own name of a sheet.

    Raises UsageError where a sheet or a cell cannot hold so much, ValueError for a name that no sheet can have.
    """
    buffer, texts, made = io.BytesIO(), dict[str, int](), list[tuple[str, str]]()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, columns, rows) in enumerate(sheets, 1):
            named = name or f"Sheet{number}"
            if not _NAME.fullmatch(named) or named.lower() in {other.lower() for other, _ in made}:
                raise ValueError(f"no name of a sheet: {named!r}")
            held = list(rows)
            if len(held) >= _ROWS:
                raise UsageError("format-too-long", limit=_ROWS - 1)
            _put(archive, f"xl/worksheets/sheet{number}.xml", _sheet(columns, held, texts))
            made.append((named, _range(columns, held, "$")))
        for path, content in _parts(made):
            _put(archive, path, [content])
        _put(archive, "xl/sharedStrings.xml", _strings(texts))
    out.write(buffer.getvalue())


def _put(archive: zipfile.ZipFile, path: str, pieces: Iterable[str]) -> None:
    """Write a part without the time of its making: the file would differ on every run."""
    info = zipfile.ZipInfo(path)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as part:
        for piece in pieces:
            part.write(piece.encode())


def _range(columns: Sequence[str], rows: Sequence[object], mark: str = "") -> str:
    last = xl_col_to_name(max(0, len(columns) - 1))
    return f"{mark}A{mark}1:{mark}{last}{mark}{len(rows) + 1}"


def _sheet(columns: Sequence[str], rows: Sequence[Sequence[Value]], texts: dict[str, int]) -> Iterator[str]:
    """Yield a sheet with its first row in sight, a filter and columns as wide as what is in them; note its texts."""
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{pixels / _PIXELS_OF_DIGIT:.4f}" customWidth="1"/>'
        for number, pixels in enumerate(_widths(columns, rows), 1)
    )
    widths = f"<cols>{widths}</cols>" if widths else ""
    yield (
        f'{_XML}<worksheet xmlns="{_MAIN}"><dimension ref="{_range(columns, rows)}"/><sheetViews>'
        '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>{widths}<sheetData>'
    )
    letters = [xl_col_to_name(number) for number in range(len(columns))]
    heads = (
        f'<c r="{letter}1" s="1" t="s"><v>{_number(texts, head)}</v></c>'
        for letter, head in zip(letters, columns, strict=True)
    )
    yield f'<row r="1">{"".join(heads)}</row>'
    for begin in range(0, len(rows), _MANY):
        some = rows[begin : begin + _MANY]
        yield "".join(_row(number, row, letters, texts) for number, row in enumerate(some, begin + 2))
    yield f'</sheetData><autoFilter ref="{_range(columns, rows)}"/></worksheet>'


def _widths(columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> Iterator[int]:
    """Yield the pixels of columns, by their heads, beside which is an arrow, and the longest of their texts."""
    for number, head in enumerate(columns):
        told = max((str(row[number]) for row in rows if row[number] is not None), key=len, default="")
        lines = max((cell_autofit_width(line[:_LINE]) for line in told.split("\n")), default=0)
        yield min(max(cell_autofit_width(head) + _ARROW, lines), _PIXELS)


def _number(texts: dict[str, int], text: str) -> int:
    return texts.setdefault(text, len(texts))


def _row(number: int, row: Sequence[Value], letters: Sequence[str], texts: dict[str, int]) -> str:
    cells = [
        f'<c r="{letter}{number}"{_cell(value, number, texts)}</v></c>'
        for letter, value in zip(letters, row, strict=True)
        if value is not None
    ]
    return f'<row r="{number}">{"".join(cells)}</row>' if cells else ""


def _cell(value: Value, row: int, texts: dict[str, int]) -> str:
    """Return style, kind and value of a cell; a text that begins with "=" stays a text."""
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}'
    if isinstance(value, int | float) and isfinite(value) and len(str(value).lstrip("-")) <= _DIGITS:
        return f"><v>{value}"
    if isinstance(value, date) and value.year > _FIRST_YEAR:
        return f' s="2"><v>{value.toordinal() - _DAYS}'
    text = str(value)
    if len(text) > _TEXT:
        raise UsageError("format-cell-too-long", row=row - 1, limit=_TEXT)
    return f' t="s"><v>{_number(texts, text)}'


def _strings(texts: Iterable[str]) -> Iterator[str]:
    yield f'{_XML}<sst xmlns="{_MAIN}">'
    held = list[str]()
    for text in texts:
        kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
        held.append(f"<si><t{kept}>{escape(_UNSAID.sub(_spelt, text))}</t></si>")
        if len(held) == _MANY:
            yield "".join(held)
            held = []
    yield f"{''.join(held)}</sst>"


def _spelt(found: "re.Match[str]") -> str:
    sign = found[0]
    return f"_x{ord(sign):04X}_" if len(sign) == 1 else f"_x005F{sign}"


def _parts(sheets: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield what holds the sheets together, given the name and range of each."""
    numbers = range(1, len(sheets) + 1)
    kinds = [f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for n in numbers]
    kinds += [
        f'<Override PartName="/xl/{file}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for file, kind in (("workbook", "sheet.main"), ("styles", "styles"), ("sharedStrings", "sharedStrings"))
    ]
    yield (
        "[Content_Types].xml",
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{''.join(kinds)}</Types>",
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    inner = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations([*inner, ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]),
    )
    told = "".join(
        f'<sheet name="{_said(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in enumerate(sheets, 1)
    )
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'
        f"'{_said(name.replace(chr(39), chr(39) * 2))}'!{where}</definedName>"
        for place, (name, where) in enumerate(sheets)
    )
    names = f"<definedNames>{filters}</definedNames>" if filters else ""
    yield (
        "xl/workbook.xml",
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{told}</sheets>{names}</workbook>',
    )
    yield "xl/styles.xml", _STYLES


def _relations(told: Iterable[tuple[str, str]]) -> str:
    number: Callable[[], int] = count(1).__next__
    each = (f'<Relationship Id="rId{number()}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for kind, target in told)
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _said(text: str) -> str:
    return escape(text, {'"': "&quot;"})

"""Which cells of an .ods workbook show a date without its day, and what they show: what calamine does not tell."""

from collections.abc import Iterator

from lxml import etree

from pobratim.readers.looks import Looks
from pobratim.readers.package import opened

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_FILL = 1_000
"""A cell or row repeated more often only fills the sheet."""


def ods_looks(data: bytes, file: str) -> dict[str, Looks]:
    """Return the looks of every sheet by its name. Raises UnreadableDocumentError as ``opened`` does."""
    with opened(data, file) as package:
        content = package.tree("content.xml")
    if content is None:
        return {}
    partial = set(_partial_styles(content))
    return {sheet.get(f"{_TABLE}name", ""): _looks(sheet, partial) for sheet in content.iter(f"{_TABLE}table")}


def _partial_styles(content: etree._Element) -> Iterator[str]:
    """Yield the names of cell styles whose date style has no day, or no year."""
    dates = {}
    for style in content.iter(f"{_NUMBER}date-style"):
        marks = {etree.QName(part).localname for part in style}
        dates[style.get(f"{_STYLE}name", "")] = not {"day", "year"} <= marks and not marks & {"hours", "minutes"}
    for style in content.iter(f"{_STYLE}style"):
        if dates.get(style.get(f"{_STYLE}data-style-name", "")):
            yield style.get(f"{_STYLE}name", "")


def _looks(sheet: etree._Element, partial: set[str]) -> Looks:
    looks = Looks({}, [])
    defaults = [
        column.get(f"{_TABLE}default-cell-style-name", "")
        for column in sheet.iter(f"{_TABLE}table-column")
        for _ in range(min(int(column.get(f"{_TABLE}number-columns-repeated", "1")), _FILL))
    ]
    number = 0
    for row in sheet.iter(f"{_TABLE}table-row"):
        for column, cell in _cells(row):
            text = "\n".join("".join(one.itertext()) for one in cell.iterchildren(f"{_TEXT}p"))
            default = defaults[column] if column < len(defaults) else ""
            if cell.get(f"{_CALC}value-type") == "error":
                looks.errors.append((number, column, text))
            elif cell.get(f"{_OFFICE}value-type") == "date" and cell.get(f"{_TABLE}style-name", default) in partial:
                looks.texts[number, column] = text
        number += int(row.get(f"{_TABLE}number-rows-repeated", "1"))
    return looks


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    column = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        for shift in range(times if times <= _FILL and len(cell) else 0):
            yield column + shift, cell
        column += times

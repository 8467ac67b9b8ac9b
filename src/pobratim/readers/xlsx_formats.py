"""Which cells of an .xlsx workbook show a date without its day, hold an error or are hidden: calamine does not tell."""

from collections.abc import Iterator, Mapping

from lxml import etree

from pobratim.readers.looks import Looks
from pobratim.readers.number_formats import BUILT_IN, shows_no_day
from pobratim.readers.package import Package, parse

_MAIN = "xl/workbook.xml"
_ERROR = "e"
_YES = {"1", "true"}
_LAST_COLUMN = 16_384
"""Columns of a sheet (Excel specifications and limits)."""


def xlsx_looks(package: Package) -> dict[str, Looks]:
    """Return the looks of every sheet by its name; a part that is absent tells of nothing.

    Raises UnreadableDocumentError for XML that is unsafe or broken.
    """
    styles = package.tree("xl/styles.xml")
    codes = {} if styles is None else _codes(styles)
    found = {}
    for title, path in _sheets(package):
        xml = package.read(path) or b""
        if _is_worth_parsing(xml, codes):
            found[title] = _looks(parse(xml, package.file), codes)
    return found


def _is_worth_parsing(xml: bytes, codes: Mapping[str, str]) -> bool:
    """Tell whether a sheet has errors, hidden parts or cells of these formats: most have none, and large ones cost."""
    return b't="e"' in xml or b"hidden=" in xml or any(f's="{index}"'.encode() in xml for index in codes)


def _codes(styles: etree._Element) -> dict[str, str]:
    """Return the format codes that show no day, by the number of the cell format that uses them."""
    written = {one.get("numFmtId", ""): one.get("formatCode", "") for one in styles.iter("{*}numFmt")}
    written = {str(number): code for number, code in BUILT_IN.items()} | written
    formats = styles.iterfind("{*}cellXfs/{*}xf")
    used = {str(index): written.get(one.get("numFmtId", ""), "") for index, one in enumerate(formats)}
    return {index: code for index, code in used.items() if shows_no_day(code)}


def _sheets(package: Package) -> Iterator[tuple[str, str]]:
    """Yield (name, path) of the sheets, as the workbook's relations tell them."""
    book = package.tree(_MAIN)
    relations = package.relations(_MAIN)
    for sheet in book.iter("{*}sheet") if book is not None else ():
        relation = next((str(value) for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        if relation in relations:
            yield sheet.get("name", ""), relations[relation].target


def _looks(sheet: etree._Element, codes: Mapping[str, str]) -> Looks:
    looks = Looks({}, [])
    for span in sheet.iterfind("{*}cols/{*}col"):
        if span.get("hidden") in _YES:
            last = min(int(span.get("max", "1")), _LAST_COLUMN)
            looks.hidden_columns.update(range(int(span.get("min", "1")) - 1, last))
    for row_index, row in enumerate(sheet.iter("{*}row")):
        number = int(row.get("r", row_index + 1)) - 1
        if row.get("hidden") in _YES:
            looks.hidden_rows.add(number)
        for column_index, cell in enumerate(row.iterchildren("{*}c")):
            reference = cell.get("r", "")
            column = _column(reference) if reference else column_index
            if cell.get("t") == _ERROR:
                looks.errors.append((number, column, cell.findtext("{*}v", "")))
            elif code := codes.get(cell.get("s", "")):
                looks.codes[number, column] = code
    return looks


def _column(reference: str) -> int:
    """Return the number, from 0, of the column that a reference names («B7»: 1)."""
    number = 0
    for letter in reference:
        if not letter.isalpha():
            break
        number = 26 * number + ord(letter.upper()) - ord("A") + 1
    return number - 1

"""Which cells of an .xlsx workbook show a date without its day or hold an error: calamine does not tell."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from posixpath import join, normpath
from zipfile import ZipFile

from lxml import etree

from pobratim.readers.looks import Looks
from pobratim.readers.number_formats import BUILT_IN, shows_no_day
from pobratim.readers.package import parse, part_bytes

_MAIN = "xl/workbook.xml"
_ERROR = "e"


def xlsx_looks(data: bytes, file: str) -> dict[str, Looks]:
    """Return the looks of every sheet by its name; a part that is absent tells of nothing.

    Raises UnreadableDocumentError for XML that is unsafe or broken.
    """
    with ZipFile(BytesIO(data)) as archive:
        names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        styles = _part(archive, names, "xl/styles.xml", file)
        codes = {} if styles is None else _codes(styles)
        found = {}
        for title, path in _sheets(archive, names, file):
            xml = _bytes(archive, names, path, file)
            if _is_worth_parsing(xml, codes):
                found[title] = _looks(parse(xml, file), codes)
        return found


def _bytes(archive: ZipFile, names: Mapping[str, str], path: str, file: str) -> bytes:
    name = names.get(path.lower())
    return part_bytes(archive, name, file) if name else b""


def _part(archive: ZipFile, names: Mapping[str, str], path: str, file: str) -> etree._Element | None:
    xml = _bytes(archive, names, path, file)
    return parse(xml, file) if xml else None


def _is_worth_parsing(xml: bytes, codes: Mapping[str, str]) -> bool:
    """Tell whether a sheet has errors or cells of these formats: most have neither, and large ones cost memory."""
    return b't="e"' in xml or any(f's="{index}"'.encode() in xml for index in codes)


def _codes(styles: etree._Element) -> dict[str, str]:
    """Return the format codes that show no day, by the number of the cell format that uses them."""
    written = {one.get("numFmtId", ""): one.get("formatCode", "") for one in styles.iter("{*}numFmt")}
    written = {str(number): code for number, code in BUILT_IN.items()} | written
    formats = styles.iterfind("{*}cellXfs/{*}xf")
    used = {str(index): written.get(one.get("numFmtId", ""), "") for index, one in enumerate(formats)}
    return {index: code for index, code in used.items() if shows_no_day(code)}


def _sheets(archive: ZipFile, names: Mapping[str, str], file: str) -> Iterator[tuple[str, str]]:
    """Yield (name, path) of the sheets, as the workbook's relations tell them."""
    book = _part(archive, names, _MAIN, file)
    relations = _part(archive, names, "xl/_rels/workbook.xml.rels", file)
    if book is None or relations is None:
        return
    paths = {one.get("Id", ""): one.get("Target", "") for one in relations}
    for sheet in book.iter("{*}sheet"):
        relation = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        target = paths.get(str(relation), "").replace("\\", "/")
        path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        yield sheet.get("name", ""), path


def _looks(sheet: etree._Element, codes: Mapping[str, str]) -> Looks:
    looks = Looks({}, [])
    for row_index, row in enumerate(sheet.iter("{*}row")):
        number = int(row.get("r", row_index + 1)) - 1
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

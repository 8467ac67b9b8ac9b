"""Read the tables of a Word document (ECMA-376 part 1, chapter 17) as it looks with all changes accepted.

Elements are told by local name, so that the transitional and the strict namespace read alike.
"""

import re
from collections.abc import Iterator

from lxml import etree

from pobratim.readers.flow import Flow
from pobratim.readers.grid import Grid, clean
from pobratim.readers.package import main_part
from pobratim.table import Cell, Row

_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"}
_UNSEEN = {"pPr", "rPr", "del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "rt", "sdtPr"}
_HEXADECIMAL = re.compile("[0-9A-Fa-f]{4}")
_MAX_COLUMNS = 63
"""What Word allows in one table; a larger span is damage, or meant to exhaust the memory."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def read(data: bytes, file: str) -> Grid:
    """Return every table and the text outside tables.

    A break is ``\\n``, whether a line break or a new paragraph. Numbers of an automatic list are not in the
    file, their cells are empty. A table in a cell is part of that cell's text, unless the row has no other
    cell: then the outer table is only a frame, and the inner one stands for itself. Text boxes follow the
    paragraph that anchors them; footnotes, page headers, field codes and deleted text are left out. Raises
    UnreadableDocumentError as ``main_part``.
    """
    flow = Flow()
    for body in _children(main_part(data, file), "body"):
        for block in _blocks(body):
            if isinstance(block, str):
                flow.text(block)
            else:
                _table(block, flow)
    return flow.grid()


def _take(container: etree._Element, flow: Flow) -> str:
    """Take a part of the document that is not inside a table; return its text."""
    lines = []
    for block in _blocks(container):
        if isinstance(block, str):
            lines.append(block)
        else:
            _table(block, flow)
    return "\n".join(lines)


def _table(element: etree._Element, flow: Flow) -> None:
    flow.begin()
    above: dict[int, str] = {}
    flow.end(tuple(_row(number, row, above, flow) for number, row in enumerate(_rows(element), 1)))


def _row(index: int, row: etree._Element, above: dict[int, str], flow: Flow) -> Row:
    parts = [cell for cell in _children(row, "tc") if _setting(cell, "tcPr", "hMerge") != "continue"]
    column = _columns(row, "trPr", "gridBefore", 0)
    cells = []
    for part in parts:
        span = _columns(part, "tcPr", "gridSpan", 1)
        merged = _setting(part, "tcPr", "vMerge") == "continue" and column in above
        # A row's only cell is a frame: tables inside it become tables of their own.
        text = above[column] if merged else _take(part, flow) if len(parts) == 1 else _text(part)
        above[column] = text
        cells.append(Cell(text, column, span, merged))
        column += span
    return Row(index, tuple(cells), _columns(row, "trPr", "gridAfter", 0))


def _text(cell: etree._Element) -> str:
    lines = []
    for block in _blocks(cell):
        if isinstance(block, str):
            lines.append(block)
        else:
            lines += ["\t".join(_text(inner) for inner in _children(row, "tc")) for row in _rows(block)]
    return "\n".join(lines)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _children(table, "tr"):
        properties = next(_children(row, "trPr"), None)
        if properties is None or next(_children(properties, "del"), None) is None:
            yield row


def _blocks(container: etree._Element) -> Iterator[str | etree._Element]:
    """Yield paragraphs as text and tables as elements; one whose mark is deleted runs on into the next."""
    open_text = ""
    for block in _children(container, "p", "tbl"):
        if _name(block) == "tbl":
            yield block
            continue
        boxes: list[etree._Element] = []
        open_text += clean("".join(_runs(block, boxes)))
        if not _mark_is_deleted(block):
            yield open_text
            open_text = ""
        for box in boxes:
            yield from _blocks(box)
    if open_text:
        yield open_text


def _mark_is_deleted(paragraph: etree._Element) -> bool:
    for properties in _children(paragraph, "pPr"):
        for run in _children(properties, "rPr"):
            return next(_children(run, "del"), None) is not None
    return False


def _runs(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """Yield the pieces of a paragraph's text; text boxes met on the way are put into ``boxes``."""
    for child in element.iterchildren(etree.Element):
        name = _name(child)
        if name == "t":
            text = (child.text or "").replace("\n", " ")
            yield text if child.get(_SPACE) == "preserve" else text.strip(" ")
        elif name in _MARKS:
            yield _MARKS[name]
        elif name == "sym":
            yield _symbol(_attribute(child, "char"))
        elif name == "txbxContent":
            boxes.append(child)
        elif name not in _UNSEEN:
            yield from _runs(child, boxes)


def _children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children of these names, also inside content controls, accepted insertions and the like."""
    for child in element.iterchildren(etree.Element):
        name = _name(child)
        if name in names:
            yield child
        elif name in _WRAPPERS:
            yield from _children(child, *names)


def _symbol(code: str) -> str:
    """Return a character given by its hexadecimal code; without a valid one, the replacement character."""
    return chr(int(code, 16)) if _HEXADECIMAL.fullmatch(code) else "\ufffd"


def _setting(element: etree._Element, group: str, name: str) -> str:
    """Return a property's value, "" if it is not set; vMerge and hMerge without a value mean "continue"."""
    for properties in _children(element, group):
        for setting in _children(properties, name):
            return _attribute(setting, "val") or "continue"
    return ""


def _columns(element: etree._Element, group: str, name: str, default: int) -> int:
    """Return a property that counts columns, at most as many as a table can have."""
    value = _setting(element, group, name)
    return min(int(value), _MAX_COLUMNS) if value.isdecimal() else default


def _attribute(element: etree._Element, name: str) -> str:
    namespace = element.tag[: element.tag.index("}") + 1]
    return str(element.get(namespace + name, ""))


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]

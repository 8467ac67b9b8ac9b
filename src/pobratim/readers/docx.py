"""Read the tables of a Word document (ECMA-376 part 1, chapter 17) as it looks with all changes accepted.

Elements are told by local name, so that the transitional and the strict namespace read alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from pobratim.readers.flow import Flow
from pobratim.readers.grid import Grid, clean
from pobratim.readers.symbols import from_private, is_private, symbol
from pobratim.readers.word_markup import marks_end_hidden
from pobratim.readers.word_parts import word_document
from pobratim.table import Cell, Row

_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_WRAPPERS = {
    "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice", "Fallback",
    "annotation", "content", "sect", "sub-section",
}  # fmt: skip
"""What stands round paragraphs, rows and cells; the last four in Word 2003 XML."""
_UNSEEN = {"pPr", "rPr", "del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "sdtPr", "binData"}
_MAX_COLUMNS = 63
"""What Word allows in one table; a larger span is damage, or meant to exhaust the memory."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def read(data: bytes, file: str) -> Grid:
    """Return every table and the text outside tables.

    A break is ``\\n``, whether a line break or a new paragraph. Numbers of an automatic list are not in the
    file, their cells are empty. A table in a cell is part of that cell's text, unless the row has no other
    cell: then the outer table is only a frame, and the inner one stands for itself. Text boxes follow the
    paragraph that anchors them; footnotes, page headers, field codes, deleted and hidden text are left out, other
    documents that this one takes in stand in their place. Raises UnreadableDocumentError as ``word_document``.
    """
    root, problems = word_document(data, file)
    flow = Flow()
    for body in _children(root, "body"):
        for block in _blocks(body):
            if isinstance(block, str):
                flow.text(block)
            else:
                _table(block, flow)
    grid = flow.grid()
    return Grid(grid.preamble, grid.tables, problems)


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
    above: dict[int, _Above] = {}
    flow.end(tuple(_row(number, row, above, flow) for number, row in enumerate(_rows(element), 1)))


@dataclass(frozen=True, slots=True)
class _Above:
    """The cell above that others may go on with, and how many columns it covers."""

    text: str
    span: int


def _row(index: int, row: etree._Element, above: dict[int, _Above], flow: Flow) -> Row:
    kept = [cell for cell in _children(row, "tc") if cell.find("{*}tcPr/{*}cellDel") is None]
    parts = [cell for cell in kept if _setting(cell, "tcPr", "hMerge") != "continue"]
    column = _columns(row, "trPr", "gridBefore", 0)
    cells = []
    going_on: dict[int, _Above] = {}
    for part in parts:
        span = _columns(part, "tcPr", "gridSpan", 1)
        joined = _joined(part)
        # A row's only cell is a frame: tables inside it become tables of their own.
        text = _take(part, flow) if len(parts) == 1 and joined != "continue" else _text(part)
        over = above.get(column) if joined == "continue" else None
        merged = over is not None and (over.span == span or not text.strip())
        text = over.text if over is not None and merged else text
        if joined:  # a "continue" below no other begins a cell of its own, as in Word
            going_on[column] = _Above(text, span)
        cells.append(Cell(text, column, span, merged))
        column += span
    above.clear()
    above.update(going_on)
    return Row(index, tuple(cells), _columns(row, "trPr", "gridAfter", 0))


def _joined(cell: etree._Element) -> str:
    """Return "restart" or "continue" for a cell that is joined with those below or above, "" for any other."""
    change = cell.find("{*}tcPr/{*}cellMerge")
    if change is not None:
        return {"cont": "continue", "rest": "restart"}.get(_attribute(change, "vMerge"), "")
    return _setting(cell, "tcPr", "vMerge")


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
        if not marks_end_hidden(block):
            yield open_text
            open_text = ""
        for box in boxes:
            yield from _blocks(box)
    if open_text:
        yield open_text


def _runs(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """Yield the pieces of a paragraph's text; text boxes met on the way are put into ``boxes``."""
    for child in element.iterchildren(etree.Element):
        name = _name(child)
        if name == "t":
            text = _plain((child.text or "").replace("\n", " "), element)
            yield text if child.get(_SPACE) == "preserve" else text.strip(" ")
        elif name in _MARKS:
            yield _MARKS[name]
        elif name == "sym":
            yield symbol(_attribute(child, "char"), _attribute(child, "font"))
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


def _plain(text: str, run: etree._Element) -> str:
    """Return a run's text with what its font shows in place of characters of the private area."""
    if not is_private(text):
        return text
    fonts = (font for properties in _children(run, "rPr") for font in _children(properties, "rFonts"))
    return from_private(text, next((_attribute(font, "ascii") for font in fonts), ""))


def _setting(element: etree._Element, group: str, name: str) -> str:
    """Return a property's value, "" if it is not set; vMerge and hMerge without a value mean "continue".

    Word 2003 XML writes the names in small letters.
    """
    for properties in _children(element, group):
        for setting in _children(properties, name, name.lower()):
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
    return _local(str(element.tag))


@lru_cache(maxsize=1_024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]

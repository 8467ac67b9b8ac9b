"""Read the tables of an OpenDocument text (ODF 1.3 part 3, chapters 5, 6 and 9) with all changes accepted."""

from collections.abc import Iterator

from lxml import etree

from pobratim.problems import Problem
from pobratim.readers.flow import Flow
from pobratim.readers.grid import Grid, clean, unreadable
from pobratim.readers.odt_hidden import remove_hidden
from pobratim.readers.package import is_archive, opened, parse
from pobratim.readers.sniff import document_bytes
from pobratim.readers.spans import MAX_COLUMNS, Spanned, spanned_rows

_UNSEEN = {
    "tracked-changes",
    "note",
    "annotation",
    "annotation-end",
    "ruby-text",
    "forms",
    "sequence-decls",
    "title",
    "desc",
    "placeholder",
}
_ROW_GROUPS = {"table-header-rows", "table-rows", "table-row-group"}
_MAX_ROWS = 100_000


def read(data: bytes, file: str) -> Grid:
    """Return every table and the text outside tables; breaks are ``\\n``, a cell's paragraphs lines.

    A table in a cell is part of that cell's text, unless the row has no other cell: then the outer table is
    only a frame, and the inner one stands for itself. Text boxes follow the paragraph that anchors them.
    Hidden text is left out and counted. Raises UnreadableDocumentError for a damaged, encrypted, oversized or foreign
    package and for unsafe or broken XML.
    """
    content, styles = _parts(data, file)
    hidden = remove_hidden(content, styles)
    flow = Flow()
    for body in content.iterfind(".//{*}body/{*}text"):
        for block in _blocks(body):
            if isinstance(block, str):
                flow.text(block)
            else:
                _table(block, flow)
    grid = flow.grid()
    problem = Problem("warning", "reader-hidden-text", file, values=(("count", str(hidden)),))
    return Grid(grid.preamble, grid.tables, (problem,) if hidden else ())


def _parts(data: bytes, file: str) -> tuple[etree._Element, etree._Element | None]:
    """Return the root of the content, and of the styles where they are a part of their own."""
    body = document_bytes(data)
    if not is_archive(body):
        return parse(body.strip(), file), None
    with opened(body, file) as package:
        if b"manifest:algorithm-name" in (package.read("META-INF/manifest.xml") or b""):
            raise unreadable("reader-password", file, kind="OpenDocument")
        content = package.tree("content.xml")
        if content is None:
            raise unreadable("reader-no-main-part", file)
        return content, package.tree("styles.xml")


def _table(element: etree._Element, flow: Flow) -> None:
    flow.begin()
    flow.end(spanned_rows([_row(row, flow) for row in _rows(element)]))


def _row(row: etree._Element, flow: Flow) -> list[Spanned]:
    cells: list[tuple[etree._Element, int]] = []
    for child in row.iterchildren(etree.Element):
        if _name(child) == "table-cell":
            cells.append((child, min(_count(child, "number-columns-repeated"), MAX_COLUMNS)))
    alone = len(cells) == 1 and cells[0][1] == 1
    result = []
    for cell, repeated in cells:
        text = _frame(cell, flow) if alone else _text(cell)
        spanned = Spanned(text, _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned"))
        result += [spanned] * repeated
    return result


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    taken = 0
    for child in table.iterchildren(etree.Element):
        name = _name(child)
        if name == "table-row":
            for _ in range(_count(child, "number-rows-repeated")):
                taken += 1
                if taken > _MAX_ROWS:
                    return
                yield child
        elif name in _ROW_GROUPS:
            yield from _rows(child)


def _frame(cell: etree._Element, flow: Flow) -> str:
    """Return the text of a row's only cell; tables inside it become tables of their own."""
    lines = []
    for block in _blocks(cell):
        if isinstance(block, str):
            lines.append(block)
        else:
            _table(block, flow)
    return "\n".join(lines)


def _text(cell: etree._Element) -> str:
    lines: list[str] = []
    for block in _blocks(cell):
        if isinstance(block, str):
            lines.append(block)
        else:
            for row in _rows(block):
                cells = (child for child in row.iterchildren(etree.Element) if _name(child) == "table-cell")
                lines.append("\t".join(map(_text, cells)))
    return "\n".join(lines)


def _blocks(container: etree._Element) -> Iterator[str | etree._Element]:
    """Yield paragraphs as text and tables as elements, those of sections, lists and text boxes as well."""
    for block in container.iterchildren(etree.Element):
        name = _name(block)
        if name in {"p", "h"}:
            boxes: list[etree._Element] = []
            yield clean("".join(_runs(block, boxes)))
            for box in boxes:
                yield from _blocks(box)
        elif name == "table":
            yield block
        elif name not in _UNSEEN:
            yield from _blocks(block)


def _runs(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    yield _folded(element.text)
    for child in element.iterchildren(etree.Element):
        name = _name(child)
        if name == "s":
            yield " " * min(_count(child, "c"), MAX_COLUMNS)
        elif name == "tab":
            yield "\t"
        elif name == "line-break":
            yield "\n"
        elif name == "text-box":
            boxes.append(child)
        elif name not in _UNSEEN:
            yield from _runs(child, boxes)
        yield _folded(child.tail)


def _folded(text: str | None) -> str:
    """Return text with runs of white space as one space (ODF 1.3 part 3, 6.1.2); no-break spaces stay."""
    if not text:
        return ""
    for mark in "\t\r\n":
        text = text.replace(mark, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _count(element: etree._Element, name: str) -> int:
    value = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "1")
    return max(1, int(value)) if value.isdecimal() else 1


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]

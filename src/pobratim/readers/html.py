"""Read the tables of an HTML page, as browsers lay them out (HTML standard, 4.9 and 15.3)."""

import re
from codecs import lookup
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pobratim.problems import Problem
from pobratim.readers.encoding import decode
from pobratim.readers.flow import Flow
from pobratim.readers.grid import Grid, clean
from pobratim.readers.spans import Spanned, ragged, spanned_rows

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.I)
_HEAD = 4096
_SPACE = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAK = re.compile(r" *\n *")
_UNSEEN = {
    "script",
    "style",
    "head",
    "template",
    "noscript",
    "del",
    "title",
    "colgroup",
    "rt",
    "select",
    "button",
    "input",
}
_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "section", "article", "header",
    "footer", "main", "nav", "aside", "blockquote", "pre", "center", "figure", "figcaption", "address", "form", "hr",
    "fieldset", "caption",
}  # fmt: skip
_BREAK = "\x00"
"""Stands for <br> until white space is folded; the text itself has none (they are damage, replaced by U+FFFD)."""


def read(data: bytes, file: str) -> Grid:
    """Return every table and the text outside tables; a block or <br> is a line, white space is folded.

    A table in a cell is part of that cell's text, unless the row has no other cell: then the outer table is
    only a frame, and the inner one stands for itself. Raises UnreadableDocumentError for what is no text.
    """
    text, problems = _decode(data, file)
    flow = Flow()
    root = LexborHTMLParser(text).body
    if root is not None:
        _take(root, flow)
    grid = flow.grid()
    return Grid(grid.preamble, grid.tables, problems)


def _decode(data: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    declared = _CHARSET.search(data[:_HEAD])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            name = lookup(declared[1].decode()).name
            return data.decode("cp1252" if name == "iso8859-1" else name), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, file)


def _take(container: LexborNode, flow: Flow) -> None:
    for block in _blocks(container):
        if isinstance(block, str):
            flow.text(block)
        else:
            _table(block, flow)


def _table(element: LexborNode, flow: Flow) -> None:
    flow.begin()
    flow.end(ragged(spanned_rows([_row(row, flow) for row in _rows(element)])))


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from _rows(child)


def _row(row: LexborNode, flow: Flow) -> list[Spanned]:
    cells = [child for child in row.iter() if child.tag in {"td", "th"}]
    result = []
    for cell in cells:
        lines = []
        for block in _blocks(cell):
            if isinstance(block, str):
                lines.append(block)
            elif len(cells) == 1:
                _table(block, flow)
            else:
                lines += [_inner(inner) for inner in _rows(block)]
        result.append(Spanned("\n".join(lines), _span(cell, "colspan"), _span(cell, "rowspan")))
    return result


def _inner(row: LexborNode) -> str:
    cells = [child for child in row.iter() if child.tag in {"td", "th"}]
    return "\t".join("\n".join(block for block in _blocks(cell) if isinstance(block, str)) for cell in cells)


def _blocks(container: LexborNode) -> Iterator[str | LexborNode]:
    """Yield lines of text and tables as elements, in order."""
    line: list[str] = []
    for piece in _pieces(container):
        if isinstance(piece, str):
            line.append(piece)
            continue
        if (text := _folded(line)).strip("\n "):
            yield text
        line = []
        if piece is not None:
            yield piece
    if (text := _folded(line)).strip("\n "):
        yield text


def _pieces(element: LexborNode) -> Iterator[str | LexborNode | None]:
    """Yield text, tables as elements, and None where a block begins or ends."""
    for child in element.iter(include_text=True):
        tag = child.tag
        if tag == "-text":
            yield child.text_content or ""
        elif tag == "br":
            yield _BREAK
        elif tag == "table":
            yield child
        elif tag in _BLOCKS:
            yield None
            yield from _pieces(child)
            yield None
        elif tag not in _UNSEEN and not (tag or "").startswith("-"):
            yield from _pieces(child)


def _folded(line: list[str]) -> str:
    text = _SPACE.sub(" ", "".join(line)).replace(_BREAK, "\n")
    return clean(_AROUND_BREAK.sub("\n", text).strip(" "))


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "").strip()
    return max(1, int(value)) if value.isdecimal() and len(value) < 6 else 1

"""Read the tables of an HTML page, as browsers lay them out (HTML standard, 4.9 and 15.3)."""

import re
from codecs import lookup
from collections.abc import Iterator
from pathlib import PurePosixPath

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pobratim.problems import Problem
from pobratim.readers.encoding import decode
from pobratim.readers.flow import Flow
from pobratim.readers.grid import Grid, clean, unreadable
from pobratim.readers.html_hidden import remove_hidden
from pobratim.readers.spans import Spanned, ragged, spanned_rows

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.I)
_HEAD = 4096
_FRAME = re.compile(r"""<frame\b[^>]*\bsrc\s*=\s*["']?([^"'\s>]+)""", re.I)
_FRAMED = 3
"""Rows, and columns, that a table in a cell has at least if it is what a page shows rather than a list in a cell."""
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SHOWN_INPUTS = {"text", "date", "month", "number", "email", "tel", "url", "search", "time", "week"}
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
    "button",
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

    A table in a cell is part of that cell's text, unless the outer table is only a frame: where the row has no other
    cell, or where it lays out a page (menu, content). Then the inner one stands for itself. Raises
    UnreadableDocumentError for what is no text and for a page that only names others to show.
    """
    flow = Flow()
    problems = pour(data, file, flow)
    grid = flow.grid()
    frame = None if grid.tables else _FRAME.search(_decode(data, file, "")[0])
    if frame:
        raise unreadable("reader-frameset", file, folder=PurePosixPath(frame[1]).parent)
    return Grid(grid.preamble, grid.tables, problems)


def pour(data: bytes, file: str, flow: Flow, charset: str = "") -> tuple[Problem, ...]:
    """Put what a page shows into ``flow``; return what was odd. ``charset`` is what came beside the page, if any."""
    text, problems = _decode(data, file, charset)
    parser = LexborHTMLParser(text)
    hidden = remove_hidden(parser)
    if parser.body is not None:
        _take(parser.body, flow)
    if hidden:
        problems = (*problems, Problem("warning", "reader-hidden-text", file, values=(("count", str(hidden)),)))
    return problems


def _decode(data: bytes, file: str, charset: str) -> tuple[str, tuple[Problem, ...]]:
    if charset:
        try:
            return data.decode(charset), ()
        except (LookupError, UnicodeDecodeError):
            pass
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
    if _lays_out(element):
        for row in _rows(element):
            for cell in _cells(row):
                _take(cell, flow)
        return
    flow.begin()
    flow.end(ragged(spanned_rows([_row(row, flow) for row in _rows(element)])))


def _lays_out(table: LexborNode) -> bool:
    """Tell whether a table only places other tables: one of them has more rows than it, and it has no row of a report.

    Old sites put menu, heading and content of a page side by side in such a table.
    """
    rows = list(_rows(table))
    inner = [other for row in rows for cell in _cells(row) for other in cell.css("table")]
    if any(sum(1 for cell in _cells(row) if _is_plain(cell)) >= _FRAMED for row in rows):
        return False
    return any(
        len(found := list(_rows(other))) >= max(_FRAMED, len(rows))
        and max(len(_cells(row)) for row in found) >= _FRAMED
        for other in inner
    )


def _is_plain(cell: LexborNode) -> bool:
    return cell.css_first("table") is None and bool((cell.text() or "").strip())


def _cells(row: LexborNode) -> list[LexborNode]:
    return [child for child in row.iter() if child.tag in {"td", "th"}]


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from _rows(child)


def _row(row: LexborNode, flow: Flow) -> list[Spanned]:
    cells = _cells(row)
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
    return "\t".join("\n".join(block for block in _blocks(cell) if isinstance(block, str)) for cell in _cells(row))


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
        elif tag in {"select", "input"}:
            yield _chosen(child)
        elif tag in _BLOCKS:
            yield None
            yield from _pieces(child)
            yield None
        elif tag not in _UNSEEN and not (tag or "").startswith("-"):
            yield from _pieces(child)


def _chosen(control: LexborNode) -> str:
    """Return what a form's control shows: the chosen line of a list, a text, a box."""
    told = control.attributes
    if control.tag == "select":
        options = control.css("option[selected]") or control.css("option")[:1]
        return ", ".join((option.text() or "").strip() for option in options)
    kind = (told.get("type") or "text").lower()
    if kind in {"checkbox", "radio"}:
        return "☒" if "checked" in told else "☐"
    return told.get("value") or "" if kind in _SHOWN_INPUTS else ""


def _folded(line: list[str]) -> str:
    text = _SPACE.sub(" ", "".join(line)).replace(_BREAK, "\n")
    return clean(_AROUND_BREAK.sub("\n", text).strip(" "))


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "").strip()
    return max(1, int(value)) if value.isdecimal() and len(value) < 6 else 1

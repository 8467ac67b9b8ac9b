"""Read Word 97–2003 documents by the system tools antiword and LibreOffice, each held to limits."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from pobratim.errors import UnreadableDocumentError
from pobratim.readers import odt, office
from pobratim.readers.flow import Flow
from pobratim.readers.grid import Grid, clean, unreadable
from pobratim.readers.processes import StuckError, run
from pobratim.readers.sniff import sniff
from pobratim.table import Cell, Row

ANTIWORD_SECONDS = 20
_MEMORY = 1_000_000_000
"""Bytes of address space for antiword; LibreOffice reserves many times what it uses and is only held by time."""
_TOLERANCE = 3.0
"""Points by which edges of one column differ from row to row; antiword rounds widths row by row."""
_NARROWEST = 6.0
_TABLES = {"informaltable", "table"}
_CONTAINERS = _TABLES | {
    "chapter", "sect1", "sect2", "sect3", "sect4", "sect5", "para", "title", "itemizedlist", "orderedlist", "listitem",
}  # fmt: skip
_UNSEEN = {"bookinfo", "footnote"}


def read(data: bytes, file: str) -> Grid:
    """Return every table and the text outside tables of a .doc.

    antiword reads in milliseconds but gives up on some documents; those go through LibreOffice. Raises
    UnreadableDocumentError where neither is installed, or neither finds a document in the file.
    """
    if not (_antiword() or office.office()):
        raise unreadable("reader-needs-tool", file, kind=".doc", tools="antiword, libreoffice-writer")
    grid = _by_antiword(data, file) if _antiword() else None
    if grid is None or not grid.tables:
        grid = _by_office(data, file)
    if grid is None:
        raise unreadable("reader-damaged-archive", file)
    return grid


def needs_office(data: bytes) -> bool:
    """Tell whether a file is a .doc of which only LibreOffice could read a table, and is there to do it."""
    if not office.office() or sniff(data) != "doc":
        return False
    try:
        grid = _by_antiword(data, "") if _antiword() else None
    except UnreadableDocumentError:
        return False
    return grid is None or not grid.tables


def _antiword() -> str | None:
    return shutil.which("antiword")


def _by_antiword(data: bytes, file: str) -> Grid | None:
    """Return what antiword's DocBook output holds, None where it fails."""
    with TemporaryDirectory(prefix="pobratim-doc-") as folder:
        source = Path(folder, "report.doc")
        source.write_bytes(data)
        words = [_antiword() or "", "-m", "UTF-8.txt", "-x", "db", str(source)]
        try:
            ended = run(words, ANTIWORD_SECONDS, source.parent, _MEMORY)
        except StuckError as error:
            raise unreadable("reader-tool-timeout", file, tool="antiword", seconds=ANTIWORD_SECONDS) from error
    if ended.code or not ended.output:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(ended.output, parser)
    return None if root is None else _docbook(root)


def _by_office(data: bytes, file: str) -> Grid | None:
    """Return what LibreOffice reads, None if that is nothing. Raises UnreadableDocumentError where it is absent."""
    if not office.office():
        raise unreadable("reader-doc-without-table", file)
    made = office.converted(data, file)
    return odt.read(made, file) if made else None


def _docbook(root: etree._Element) -> Grid:
    """Return the tables and text of antiword's DocBook.

    antiword begins a new table wherever the number of columns changes: tables with no text between them are
    one, as in Word.
    """
    flow = Flow()
    rows: list[_Line] = []
    for part in _parts(root):
        if not isinstance(part, str):
            rows += [line for group in part.iter("tgroup") for line in _lines_of(group)]
        elif part.strip():
            _end_table(flow, rows)
            # antiword sets lines of nothing but spaces between the lines of one paragraph.
            flow.text("\n".join(line.rstrip() for line in part.split("\n") if line.strip()))
    _end_table(flow, rows)
    return flow.grid()


@dataclass(frozen=True, slots=True)
class _Line:
    """A row as antiword has it: its cells' texts, and where each ends (points from the left)."""

    texts: tuple[str, ...]
    ends: tuple[float, ...]


def _end_table(flow: Flow, rows: list[_Line]) -> None:
    if not rows:
        return
    flow.begin()
    flow.end(_placed(rows))
    rows.clear()


def _placed(rows: list[_Line]) -> tuple[Row, ...]:
    """Return rows with their cells in the columns that all edges of the table make.

    antiword tells no joined cells. A row of one cell is joined over all columns. Below a cell that the next row
    divides, the blank cells of that row are the lower halves of those above: so stand headings of two rows.
    """
    columns: list[float] = []
    for end in sorted(end for row in rows for end in row.ends):
        if not columns or end - columns[-1] > _TOLERANCE:
            columns.append(end)
    result: list[Row] = []
    for index, row in enumerate(rows, start=1):
        stops = [_stop(end, columns) for end in row.ends]
        stops = [len(columns)] if len(stops) == 1 else stops
        cells = [Cell(text, left, stop - left) for text, left, stop in zip(row.texts, [0, *stops], stops, strict=False)]
        result.append(Row(index, tuple(_halves(cells, result[-1].cells if result else ()))))
    return tuple(result)


def _stop(end: float, columns: list[float]) -> int:
    return next(place for place, column in enumerate(columns, start=1) if end - column <= _TOLERANCE)


def _halves(cells: list[Cell], above: tuple[Cell, ...]) -> Iterator[Cell]:
    same = {(cell.column, cell.span): cell.text for cell in above}
    alike = [(cell.column, cell.span) in same for cell in cells]
    divided = any(not one for one in alike) and len(above) > 1
    halves = divided and all(bool(cell.text.strip()) is not one for cell, one in zip(cells, alike, strict=True))
    for cell, one in zip(cells, alike, strict=True):
        yield replace(cell, text=same[cell.column, cell.span], merged=True) if halves and one else cell


def _lines_of(group: etree._Element) -> Iterator[_Line]:
    widths = [_points(column.get("colwidth", "")) for column in group.iterchildren("colspec")]
    for row in group.iter("row"):
        entries = list(row.iter("entry"))
        spans = [_columns(entry) for entry in entries]
        own = widths if len(widths) >= sum(spans) else [_NARROWEST] * sum(spans)
        ends = [sum(own[: sum(spans[: number + 1])]) for number in range(len(spans))]
        if entries:
            yield _Line(tuple("\n".join(_lines(entry)) for entry in entries), tuple(ends))


def _points(width: str) -> float:
    try:
        return max(float(width.removesuffix("pt")), _NARROWEST)
    except ValueError:
        return _NARROWEST


def _parts(element: etree._Element) -> Iterator[str | etree._Element]:
    """Yield paragraphs as text and tables as elements; a table stands inside a paragraph."""
    text = [element.text or ""]
    for child in element.iterchildren(etree.Element):
        if child.tag in _CONTAINERS:
            yield clean("".join(text))
            text = []
            if child.tag in _TABLES:
                yield child
            else:
                yield from _parts(child)
        elif child.tag not in _UNSEEN:
            text.append("".join(child.itertext()))
        text.append(child.tail or "")
    yield clean("".join(text)).strip("\n")


def _lines(entry: etree._Element) -> Iterator[str]:
    paragraphs = list(entry.iter("para", "title"))
    for element in paragraphs or [entry]:
        yield _line(element)


def _line(element: etree._Element) -> str:
    return clean("".join(element.itertext())).strip("\n")


def _columns(entry: etree._Element) -> int:
    first, last = (entry.get(name, "").removeprefix("col") for name in ("namest", "nameend"))
    return int(last) - int(first) + 1 if first.isdecimal() and last.isdecimal() else 1

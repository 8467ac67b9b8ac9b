"""Turn the raw tables of a document into the rows of a report: columns named, sections and numbers assigned.

Nothing is dropped in silence: every row below a heading row is kept, joined to the row above, or left out
with an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pobratim.columns import ColumnNamer
from pobratim.errors import UnreadableDocumentError
from pobratim.fence import Fault, attempt
from pobratim.headers import Header, find_header, header_at
from pobratim.numbering import Numbered, number_rows
from pobratim.problems import Problem
from pobratim.rows import (
    Names,
    continues,
    find_fault,
    flat,
    heads_parts,
    is_foreign,
    is_heading,
    is_no_data,
    is_numbered,
    is_part,
    number_text,
    parse_number,
)
from pobratim.table import Document, Row, Table

_MAX_CAPTION = 200
_Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of a report. ``row`` is its number, unlike any other of the document; ``table`` counts from 1.

    ``section`` is the heading above, white space folded ("" if none). ``cells`` maps local names of
    ontology/columns.ttl to raw cell text; the row's number is not among them, the raw heading is ``section``.
    ``index`` is the physical row in the table, from 1; formats repeat heading rows differently, so it is not
    compared.
    """

    row: int
    table: int
    section: str
    cells: Mapping[str, str]
    index: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of a report, its title (white space folded), and all problems, those of the reading first.

    ``seen`` rows are ``len(rows)`` kept, ``joined`` to the row above, and ``left_out`` with an error each.
    """

    rows: tuple[ReportRow, ...]
    title: str
    problems: tuple[Problem, ...]
    seen: int
    joined: int
    left_out: int


def lay_out(document: Document, columns: ColumnNamer) -> Layout:
    """Return the report that a document holds.

    Raises UnreadableDocumentError, naming the headings found, where no table is a report.
    """
    headers = {table.index: header for table in document.tables if (header := find_header(table, columns))}
    if not headers:
        headings = "; ".join(filter(None, map(_first_row, document.tables))) or "–"
        raise UnreadableDocumentError(
            Problem("error", "layout-no-report", document.name, values=(("headings", headings),))
        )
    walk = _Walk(document, columns, captioned=len(headers) > 1)
    for table in document.tables:
        walk.table(table, headers.get(table.index))
    return walk.layout()


@dataclass(slots=True)
class _Draft:
    """A row on its way. ``number`` is the number cell's text, ``first`` says that it follows a heading.

    ``fault`` is the code of what keeps the row out; ``continuations`` are (table, index) of the rows joined
    to it. A ``part`` needs no number of its own: it is «1.1» of a row, or its table numbers no rows.
    """

    table: int
    index: int
    number: str
    section: str
    first: bool
    cells: dict[str, str]
    fault: str = ""
    column: str = ""
    values: _Values = ()
    continuations: list[tuple[int, int]] = field(default_factory=list)
    part: bool = False

    @property
    def printed(self) -> int | None:
        return parse_number(self.number)

    def take(self, row: Row, names: Names, joined: bool = False) -> None:
        """Add a row's text; what two columns of one name hold, or a joined row adds, begins on a new line."""
        for cell, own in zip(row.cells, names, strict=True):
            for name in own:
                before = self.cells.get(name, "")
                if name == "number" or (joined and cell.merged):
                    continue
                if not before:
                    self.cells[name] = cell.text
                elif cell.text.strip():
                    self.cells[name] = f"{before}\n{cell.text}"


class _Walk:
    """The state of one laying out: the heading in force, and the rows so far."""

    def __init__(self, document: Document, namer: ColumnNamer, captioned: bool) -> None:
        self._file = document.name
        self._namer = namer
        self._captioned = captioned
        self._title = _title(document, namer)
        self._problems = list(document.problems)
        self._drafts: list[_Draft] = []
        self._header: Header | None = None
        self._section = ""
        self._first = True
        self._in_title = False  # the row above was the title, which may go on
        self._unused: tuple[str, int] | None = None  # a heading without rows so far, and its table

    def table(self, table: Table, header: Header | None) -> None:
        """Take one table; one without headings may go on where the last report table ended."""
        header = header or self._continued(table)
        if header is None:
            if text := _first_row(table):
                self._warn("layout-other-table", table=table.index, headings=text)
            return
        numbered = is_numbered(table, header)
        if self._captioned:
            self._caption(table)
        for row in table.rows[: header.first]:
            self._before_header(table, row)
        if header.end:
            self._begin(table, header)
        for position in range(header.end, len(table.rows)):
            header = self._fenced(table, position, header, numbered)
        self._header = header

    def layout(self) -> Layout:
        """Number the rows and report what was wrong with each."""
        self._close_heading()
        drafts = self._drafts
        numbers = number_rows(
            [draft.printed for draft in drafts],
            [draft.first for draft in drafts],
            [draft.part for draft in drafts],
        )
        done = [self._finish(draft, number) for draft, number in zip(drafts, numbers, strict=True)]
        rows = tuple(row for row in done if row)
        joined = sum(len(draft.continuations) for draft in drafts)
        counts = (len(drafts) + joined, joined, len(drafts) - len(rows))
        return Layout(rows, self._title, tuple(self._problems), *counts)

    def _finish(self, draft: _Draft, number: Numbered) -> ReportRow | None:
        if number.code:
            self._warn(number.code, number.row, **dict(number.values))
        for table, index in draft.continuations:
            self._warn("layout-continued", number.row, table=table, index=index)
        if draft.fault:
            problem = Problem("error", draft.fault, self._file, number.row, draft.column, draft.values)
            self._problems.append(problem)
            return None
        return ReportRow(number.row, draft.table, flat(draft.section), draft.cells, draft.index)

    def _warn(self, code: str, row: int | None = None, /, **values: object) -> None:
        filled = tuple((name, str(value)) for name, value in values.items())
        self._problems.append(Problem("warning", code, self._file, row, values=filled))

    def _continued(self, table: Table) -> Header | None:
        """Return the last report table's heading if this table's rows fit it and its number is the next."""
        if self._header is None or not self._drafts or not table.rows:
            return None
        row, last = table.rows[0], self._drafts[-1].printed
        names = self._header.names(row)
        goes_on = bool(names) and last is not None and parse_number(number_text(row, names)) == last + 1
        return replace(self._header, first=0, end=0) if goes_on else None

    def _begin(self, table: Table, header: Header) -> None:
        self._first = True
        for names, heading in zip(header.columns, header.headings, strict=True):
            if heading and not names and not self._namer.ignores(heading):
                self._warn("layout-unknown-column", heading=heading, table=table.index)

    def _caption(self, table: Table) -> None:
        """Take the line above a table as its heading, unless it is a title, a caption or running text."""
        line = next((line for line in reversed(table.caption.split("\n")) if line.strip()), "")
        known = flat(line) in self._title or self._namer.line(line)
        if line and len(line) <= _MAX_CAPTION and not known:
            self._heading(table, line)

    def _before_header(self, table: Table, row: Row) -> None:
        told = [cell.text for cell in row.cells if cell.text.strip()]
        text = flat(" | ".join(told))
        titled, self._in_title = self._in_title, False
        if len(told) > 1:
            self._warn("layout-row-before-header", table=table.index, index=row.index, text=text)
        elif self._namer.line(text) == "report-title":
            self._title = self._title or text
            self._in_title = self._title == text
        elif self._namer.line(text):
            self._warn("layout-row-before-header", table=table.index, index=row.index, text=text)
        elif titled and text and not self._namer.names_municipality(text):
            self._title, self._in_title = f"{self._title} {text}", True
        elif text:
            self._heading(table, told[0])

    def _heading(self, table: Table, text: str) -> None:
        self._close_heading()
        self._section = text
        self._first = True
        self._unused = (flat(text), table.index)

    def _close_heading(self) -> None:
        if self._unused:
            heading, number = self._unused
            self._warn("layout-unused-heading", heading=heading, table=number)
        self._unused = None

    def _fenced(self, table: Table, position: int, header: Header, numbered: bool) -> Header:
        """Take one row as ``_row`` does; what a rule cannot cope with is a row with a fault."""
        made = attempt(lambda: self._row(table, position, header, numbered))
        if not isinstance(made, Fault):
            return made
        index, first = table.rows[position].index, self._first
        self._drafts.append(
            _Draft(table.index, index, "", self._section, first, {}, "row-fault", values=made.values, part=True)
        )
        return header

    def _row(self, table: Table, position: int, header: Header, numbered: bool) -> Header:
        """Take one row; return the heading in force below it."""
        row = table.rows[position]
        if is_no_data(row, header):
            return header
        other = header_at(table, self._namer, position, strict=True)
        if other:
            self._begin(table, other)
            return other
        if is_heading(row) and not self._titled(row, header) and not find_fault(row, header.names(row), header):
            self._heading(table, next(cell.text for cell in row.cells if cell.text.strip()))
        elif heads_parts(table, position, header):
            self._theme(table, row, header)
        elif is_foreign(row, header.names(row), numbered):
            text = flat(" | ".join(cell.text for cell in row.cells if cell.text.strip()))
            self._warn("layout-row-no-event", table=table.index, index=row.index, text=text)
        else:
            self._data(table, row, header, numbered)
        return header

    def _theme(self, table: Table, row: Row, header: Header) -> None:
        """Take what heads numbered parts: below a municipality its theme, else a heading like any other."""
        told = zip(row.cells, header.names(row), strict=True)
        text = next(cell.text for cell, own in told if "number" not in own and cell.text.strip())
        above = self._section.split("\n")[0]
        whole = self._namer.names_municipality(above) and not self._namer.names_municipality(text)
        self._heading(table, f"{above}\n{text}" if whole else text)

    def _titled(self, row: Row, header: Header) -> bool:
        """Tell whether a row's only text is what makes a row of a register; in a report it would be a heading."""
        column = self._namer.title_column
        filled = zip(row.cells, header.names(row), strict=False)
        return column != "name" and any(cell.text.strip() and column in names for cell, names in filled)

    def _data(self, table: Table, row: Row, header: Header, numbered: bool) -> None:
        names = header.names(row)
        fault, column, values = find_fault(row, names, header) or ("", "", ())
        if not self._first and not fault and continues(row, names, numbered):
            self._drafts[-1].continuations.append((table.index, row.index))
            if not self._drafts[-1].fault:
                self._drafts[-1].take(row, names, joined=True)
            return
        number = number_text(row, names)
        draft = _Draft(table.index, row.index, number, self._section, self._first, {}, fault, column, values)
        draft.part = is_part(number) or not any("number" in own for own in names)
        if not fault:
            draft.take(row, names)
            own = draft.cells.get("section", "")
            draft.section = self._section = own if own.strip() else self._section
            if draft.section:
                draft.cells["section"] = draft.section
        self._drafts.append(draft)
        self._first = False
        self._unused = None


def _first_row(table: Table) -> str:
    """Return the texts of the first row that has any, in the form «Страна», «Год»."""
    for row in table.rows:
        texts = [flat(cell.text)[:60] for cell in row.cells if cell.text.strip()]
        if texts:
            return ", ".join(f"«{text}»" for text in texts[:12])
    return ""


def _title(document: Document, namer: ColumnNamer) -> str:
    """Return the lines from one that begins as a title to a blank or a municipality's one; else those above a table."""
    lines = document.preamble.split("\n")
    start = next((index for index, line in enumerate(lines) if namer.line(line) == "report-title"), None)
    if start is None:
        return flat(document.tables[0].caption.rstrip().rpartition("\n\n")[2])
    ends = (i for i in range(start + 1, len(lines)) if not lines[i].strip() or namer.names_municipality(lines[i]))
    end = next(ends, len(lines))
    return flat(" ".join(lines[start:end]))

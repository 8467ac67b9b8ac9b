"""Turn the raw tables of a document into the rows of a report: columns named, sections and numbers assigned.

Nothing is dropped in silence: every row below a heading row is kept, joined to the row above, or left out
with an error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pobratim.errors import UnreadableDocumentError
from pobratim.fence import Fault as Unforeseen
from pobratim.fence import attempt
from pobratim.layout.columns import ColumnNamer, is_mixed
from pobratim.layout.continuing import Planned, first_number, full_rows, plan
from pobratim.layout.headers import Header, Place
from pobratim.layout.numbering import Numbered, is_part, number_rows, parse_number
from pobratim.layout.row_kinds import Kind, RowRead, Surroundings, classify, is_numbered
from pobratim.layout.rows import Fault, filled, flat, number_text
from pobratim.layout.sections import MAX_HEADING, below, is_caption, is_municipality
from pobratim.problems import Problem
from pobratim.table import Document, Row, Table, Unsure

_Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of a report. ``row`` is its number, unlike any other of the document; ``table`` counts from 1.

    ``section`` is the heading above, white space folded ("" if none). ``cells`` maps local names of
    ontology/columns.ttl to raw cell text; the row's number is not among them, the raw heading is ``section``.
    ``index`` is the physical row in the table, from 1; formats repeat heading rows differently, so it is not
    compared. ``unsure`` are by column the words that were recognised with doubt; ``guests`` tells that by the table's
    headings all participants are from abroad.
    """

    row: int
    table: int
    section: str
    cells: Mapping[str, str]
    index: int = field(compare=False)
    unsure: Mapping[str, tuple[Unsure, ...]] = field(default_factory=dict, compare=False)
    guests: bool = False


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
    planned = plan(document, columns)
    if not any(one.header for one in planned):
        headings = "; ".join(filter(None, map(first_row, document.tables))) or "–"
        raise UnreadableDocumentError(
            Problem("error", "layout-no-report", document.name, values=(("headings", headings),))
        )
    walk = _Walk(document, columns, planned)
    for one in planned:
        walk.table(one)
    return walk.layout()


@dataclass(slots=True)
class _Draft:
    """A row on its way. ``number`` is the number cell's text, ``first`` says that it follows a heading.

    ``fault`` is what keeps the row out; ``continuations`` are (table, index) of the rows joined to it. A ``part`` needs
    no number of its own: it is «1.1» of a row, or its table numbers no rows. ``place`` is where it had to be put by
    the grid. What was not ``held`` is a number without an event. ``guests`` is as in ReportRow.
    """

    table: int
    index: int
    number: str
    section: str
    first: bool
    cells: dict[str, str] = field(default_factory=dict)
    unsure: dict[str, tuple[Unsure, ...]] = field(default_factory=dict)
    fault: Fault | None = None
    continuations: list[tuple[int, int]] = field(default_factory=list)
    part: bool = False
    place: Place | None = None
    held: bool = True
    guests: bool = False

    @property
    def printed(self) -> int | None:
        return parse_number(self.number)

    def take(self, row: Row, header: Header, namer: ColumnNamer, joined: bool = False) -> None:
        """Add a row's text; what two columns of one name hold, or a joined row adds, begins on a new line.

        An end of dates («Дата окончания») follows their begin behind a dash.
        """
        for index, (cell, own) in enumerate(zip(row.cells, header.names(row), strict=True)):
            for name in own:
                before = self.cells.get(name, "")
                if name == "number" or (joined and cell.merged):
                    continue
                if before and not cell.text.strip():
                    continue
                ends = name == "dates" and not joined and _ends(header, index, row, namer)
                begun = f"{before} – " if ends and before else f"{before}\n" if before else ""
                self.cells[name] = begun + cell.text
                if cell.unsure:
                    further = (one.moved(len(begun)) for one in cell.unsure)
                    self.unsure[name] = (*self.unsure.get(name, ()), *further)

    def settle(self, section: str) -> str:
        """Set the heading that holds for the row: its own cell's, else the one above; return it."""
        own = self.cells.get("section", "")
        self.section = own if own.strip() else section
        if self.section:
            self.cells["section"] = self.section
        return self.section


class _Walk:
    """The state of one laying out: the heading in force, and the rows so far."""

    def __init__(self, document: Document, namer: ColumnNamer, planned: Sequence[Planned]) -> None:
        self._file = document.name
        self._namer = namer
        reports = [one for one in planned if one.header and not one.apart]
        self._several = len(reports) > 1
        self._headed_apart = sum(not one.goes_on for one in reports) > 1
        self._title = _title(document, namer)
        self._problems = list(document.problems)
        self._drafts: list[_Draft] = []
        self._section = ""
        self._doubts: dict[str, tuple[Unsure, ...]] = {}  # text of a heading → its words recognised with doubt
        self._first = True
        self._in_title = False  # the row above was the title, which may go on
        self._unused: tuple[str, int] | None = None  # a heading without rows so far, and its table
        self._indented: set[int] = set()

    def table(self, planned: Planned) -> None:
        """Take one table as it was planned to be read."""
        table, header = planned.table, planned.header
        if header is None:
            if text := first_row(table):
                self._warn("layout-other-table", table=table.index, headings=text)
            return
        if planned.apart:
            self._apart(table)
            return
        around = Surroundings(is_numbered(table, header), self._first, self._indented)
        self._above(planned)
        for row in table.rows[: header.first]:
            self._before_header(table, row)
        if not planned.goes_on:
            self._begin(table, header)
        elif first_number(table, header) == 1:
            self._first = True
        for position in range(header.end, len(table.rows)):
            around.first = self._first
            header = self._fenced(table, position, header, around)

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
        held = sum(draft.held for draft in drafts)
        counts = (held + joined, joined, held - len(rows))
        return Layout(rows, self._title, tuple(self._problems), *counts)

    def _finish(self, draft: _Draft, number: Numbered) -> ReportRow | None:
        if not draft.held:
            return None
        if number.code:
            self._warn(number.code, number.row, **dict(number.values))
        for table, index in draft.continuations:
            self._warn("layout-continued", number.row, table=table, index=index)
        if draft.fault:
            code, column, values = draft.fault
            self._problems.append(Problem("error", code, self._file, number.row, column, values))
            return None
        if draft.place and draft.place.joined:
            self._warn("layout-cells-joined", number.row, columns=_listed(draft.place.joined))
        if draft.place and draft.place.missing:
            self._warn("layout-cells-missing", number.row, columns=_listed(draft.place.missing))
        section = flat(draft.section)
        return ReportRow(number.row, draft.table, section, draft.cells, draft.index, draft.unsure, draft.guests)

    def _warn(self, code: str, row: int | None = None, /, **values: object) -> None:
        filled_in = tuple((name, str(value)) for name, value in values.items())
        self._problems.append(Problem("warning", code, self._file, row, values=filled_in))

    def _begin(self, table: Table, header: Header) -> None:
        self._first = True
        for column in header.columns:
            if is_mixed(column.heading):
                self._warn("layout-mixed-heading", heading=column.heading, table=table.index)
            if column.guessed:
                self._warn("layout-title-by-content", heading=column.heading, table=table.index)
            if column.heading and not column.names and not self._namer.ignores(column.heading):
                self._warn("layout-unknown-column", heading=column.heading, table=table.index)

    def _above(self, planned: Planned) -> None:
        """Take the line above a table, or its sheet's name, as its heading.

        A line is none if it is a title, a caption or running text; above a table that goes on it must look like one.
        """
        table = planned.table
        name = flat(table.name)
        if name and (is_municipality(name, self._namer) or (self._several and not self._namer.says_nothing(name))):
            self._section, self._first = name, True
        line = next((line for line in reversed(table.caption.split("\n")) if line.strip()), "")
        known = flat(line) in self._title or self._namer.line(line)
        fits = len(line) <= MAX_HEADING if self._headed_apart else is_caption(line, self._namer)
        if self._several and line and fits and not known:
            self._heading(table, line)

    def _before_header(self, table: Table, row: Row) -> None:
        texts = list(dict.fromkeys(cell.text for cell in filled(row)))
        text = flat(" | ".join(texts))
        titled, self._in_title = self._in_title, False
        if len(texts) > 1:
            self._warn("layout-row-before-header", table=table.index, index=row.index, text=text)
        elif self._namer.line(text) == "report-title":
            self._title = self._title or text
            self._in_title = self._title == text
        elif self._namer.line(text):
            self._warn("layout-row-before-header", table=table.index, index=row.index, text=text)
        elif titled and text and not self._namer.names_municipality(text):
            self._title, self._in_title = f"{self._title} {text}", True
        elif text:
            self._heading(table, texts[0])

    def _heading(self, table: Table, text: str) -> None:
        section = below(self._section, text, self._namer)
        if section.startswith(f"{self._section}\n"):
            self._unused = None  # a municipality's rows stand below its themes
        self._close_heading()
        self._section = section
        self._first = True
        self._unused = (flat(text), table.index)

    def _close_heading(self) -> None:
        if self._unused:
            heading, number = self._unused
            self._warn("layout-unused-heading", heading=heading, table=number)
        self._unused = None

    def _fenced(self, table: Table, position: int, header: Header, around: Surroundings) -> Header:
        """Take one row and return the heading below it; what a rule cannot cope with is a row with a fault."""

        def take() -> Header:
            read = classify(table, position, header, self._namer, around)
            self._take(table, table.rows[position], read)
            return read.header

        made = attempt(take)
        if not isinstance(made, Unforeseen):
            return made
        fault = ("row-fault", "", made.values)
        index = table.rows[position].index
        self._add(_Draft(table.index, index, "", self._section, self._first, fault=fault, part=True))
        return header

    def _take(self, table: Table, row: Row, read: RowRead) -> None:
        """Take one row by its kind."""
        match read.kind:
            case Kind.HEADINGS:
                self._begin(table, read.header)
            case Kind.SECTION:
                self._doubts.update((cell.text, cell.unsure) for cell in row.cells if cell.unsure)
                self._heading(table, read.text)
            case Kind.NONE_HELD:
                self._none_held(table, row, read)
            case Kind.TOTAL:
                self._warn("layout-total", table=table.index, index=row.index, text=read.text)
            case Kind.NO_EVENT:
                self._warn("layout-row-no-event", table=table.index, index=row.index, text=read.text)
            case Kind.CONTINUED:
                self._continue(table, row, read.header)
            case Kind.DATA | Kind.FAULTY:
                self._data(table, row, read)
            case Kind.NOTHING:
                pass

    def _none_held(self, table: Table, row: Row, read: RowRead) -> None:
        """Note that a municipality had no events; the number of such a row, if it has one, is nobody else's."""
        section = flat(self._section)
        self._warn("layout-none-held", table=table.index, index=row.index, section=section, text=read.text)
        number = number_text(row, read.header.names(row))
        if parse_number(number) is not None:
            self._add(_Draft(table.index, row.index, number, self._section, self._first, held=False))
        self._first = True  # nothing below goes on with what was not held
        self._unused = None

    def _continue(self, table: Table, row: Row, header: Header) -> None:
        draft = self._drafts[-1]
        draft.continuations.append((table.index, row.index))
        if not draft.fault:
            draft.take(row, header, self._namer, joined=True)
            self._section = draft.settle(draft.section)

    def _data(self, table: Table, row: Row, read: RowRead) -> None:
        header = read.header
        names = header.names(row)
        number = number_text(row, names)
        draft = _Draft(table.index, row.index, number, self._section, self._first, fault=read.fault)
        draft.part = is_part(number) or not any("number" in own for own in names)
        draft.guests = header.guests
        if not read.fault:
            draft.place = header.place(row)
            draft.take(row, header, self._namer)
            self._section = draft.settle(self._section)
            self._doubt_heading(draft)
        self._add(draft)

    def _doubt_heading(self, draft: _Draft) -> None:
        """Note which words of a row's heading were recognised with doubt."""
        section = draft.cells.get("section", "")
        found = [(section.find(text), unsure) for text, unsure in self._doubts.items() if text in section]
        if found and "section" not in draft.unsure:
            draft.unsure["section"] = tuple(one.moved(at) for at, unsure in found for one in unsure)

    def _apart(self, table: Table) -> None:
        """Leave out, each with an error, the rows of a table that should go on with the one above but does not fit."""
        fault = ("layout-table-apart", "", (("table", str(table.index)),))
        for row in full_rows(table):
            self._add(_Draft(table.index, row.index, row.cells[0].text, self._section, self._first, fault=fault))

    def _add(self, draft: _Draft) -> None:
        self._drafts.append(draft)
        self._first = False
        self._unused = None


def _ends(header: Header, index: int, row: Row, namer: ColumnNamer) -> bool:
    """Tell whether a cell stands in a column of ends, and holds one."""
    if len(row.cells) != header.width:
        return False
    return namer.tells_end(header.columns[index].heading) and bool(row.cells[index].text.strip())


def _listed(headings: Sequence[str]) -> str:
    return ", ".join(f"«{heading}»" for heading in headings)


def first_row(table: Table) -> str:
    """Return the texts of the first row that has any, in the form «Страна», «Год»."""
    for row in table.rows:
        texts = [flat(cell.text)[:60] for cell in filled(row)]
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

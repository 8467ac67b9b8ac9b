"""The type between reading and extracting: what a document holds, as raw text with its place.

Readers yield grids and know nothing of meaning; ``layout/`` names columns and sections.
"""

from dataclasses import dataclass, field, replace

from pobratim.problems import Problem


@dataclass(frozen=True, slots=True)
class Unsure:
    """A stretch of a text, ``[start:end]`` in code points, that was recognised in a picture with doubt.

    ``confidence`` is the likelihood that it is right, below 1.
    """

    start: int
    end: int
    confidence: float

    def moved(self, by: int) -> "Unsure":
        """Return it as it is ``by`` characters further on."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Cell:
    """The raw text of one table cell; breaks are ``\\n``. ``column`` counts physical columns from 0.

    ``span`` is the number of physical columns that the cell covers. ``merged`` says that the cell is joined
    with the one above it: ``text`` then repeats the text of the cell where the joining began.
    ``unsure`` are its words that were recognised with doubt.
    """

    text: str
    column: int
    span: int = 1
    merged: bool = False
    unsure: tuple[Unsure, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One physical table row, ``index`` from 1. A merged row over all columns has exactly one cell.

    ``after`` counts the columns that the format itself leaves free behind the last cell; 0 where it does not say.
    """

    index: int
    cells: tuple[Cell, ...]
    after: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a document, ``index`` from 1, with its rows in reading order (header rows included).

    ``caption`` is the text between the table before (or the document's beginning) and this one, ``name`` what the
    format calls the table: the name of a sheet, "" where it has none.
    """

    index: int
    rows: tuple[Row, ...]
    caption: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A read document: ``name`` is the file's name, ``sha256`` the hex digest of its bytes.

    ``preamble`` is the text outside tables (the report's title stands there). ``problems`` lists what was
    odd but readable; what makes a document unreadable is raised as UnreadableDocumentError instead.
    """

    name: str
    sha256: str
    preamble: str
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...] = field(default=())

"""Read tables of delimited text (RFC 4180, with the delimiters that offices use)."""

import csv
from io import StringIO

from pobratim.readers.encoding import decode
from pobratim.readers.grid import Grid, clean, unreadable
from pobratim.table import Cell, Row, Table

DELIMITERS = ";,\t|"
_FIELD_LIMIT = 10_000_000


def read(data: bytes, file: str) -> Grid:
    """Return the one table of a .csv or .tsv file.

    The delimiter is the one that stands most often in the first line outside quotes; short rows keep their
    number of cells. Raises UnreadableDocumentError for what is no text or has a quote that never ends.
    """
    text, problems = decode(data, file)
    text = clean(text)
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == len("sep=") + 1:  # Excel's own way to tell it
        delimiter, text = first[-1], rest
    else:
        delimiter = _delimiter(text)
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        rows = list(csv.reader(StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise unreadable("reader-damaged-csv", file, cause=str(error)) from error
    if max(map(len, rows), default=0) < 2:
        return Grid(text, (), problems)
    cells = (tuple(Cell(value, column) for column, value in enumerate(row)) for row in rows)
    return Grid("", (Table(1, tuple(Row(index, row) for index, row in enumerate(cells, 1) if row)),), problems)


def _delimiter(text: str) -> str:
    line, quoted = "", False
    for char in text:
        if char == '"':
            quoted = not quoted
        elif char == "\n" and not quoted and line.strip():
            break
        elif not quoted:
            line += char
    return max(DELIMITERS, key=line.count)

"""Collect a document's tables in reading order, and the text between them."""

from collections.abc import Iterator

from pobratim.readers.grid import Grid
from pobratim.table import Row, Table


class Flow:
    """The tables so far, and the text since the last of them.

    ``begin`` is called where a table begins and ``end`` where its rows are known; tables met in between are
    inside it and follow it.
    """

    def __init__(self) -> None:
        self._tables: dict[int, Table] = {}
        self._open: list[tuple[int, str]] = []
        self._outside: list[str] = []
        self._since: list[str] = []

    def text(self, line: str) -> None:
        """Take a paragraph outside tables."""
        self._since.append(line)

    def begin(self) -> None:
        """Begin a table; the text before it is its caption."""
        index = len(self._tables) + 1
        self._tables[index] = Table(index, ())  # holds the place before tables inside this one
        self._open.append((index, self._caption()))

    def end(self, rows: tuple[Row, ...], name: str = "") -> None:
        """End the table begun last, which the format may have a name for; rows without cells are left out."""
        index, caption = self._open.pop()
        self._tables[index] = Table(index, tuple(row for row in rows if row.cells), caption, name)

    def blocks(self) -> Iterator[str | Table]:
        """Yield what was read so far in reading order: lines of text and tables."""
        for index in sorted(self._tables):
            yield from self._tables[index].caption.split("\n")
            yield self._tables[index]
        yield from self._since

    def grid(self) -> Grid:
        """Return what was read."""
        self._caption()
        return Grid("\n\n".join(self._outside), tuple(self._tables[index] for index in sorted(self._tables)))

    def _caption(self) -> str:
        caption = "\n".join(self._since).strip("\n")
        self._since = []
        if caption.strip():
            self._outside.append(caption)
        return caption

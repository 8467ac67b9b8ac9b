"""What the child process tells of a page, and its form as JSON."""

from dataclasses import dataclass
from typing import Any

PICTURE, PDF = "picture", "pdf"
"""Kinds of files whose pages are recognised."""
MAX_PAGES = 200


@dataclass(frozen=True, slots=True)
class Said:
    """A recognised word: ``confidence`` is tesseract's, 0 to 100; ``full`` tells that it ends at its cell's edge.

    ``latin`` is how it reads in Latin letters where tesseract is surer of that, else "". ``box`` is where it stands in
    the picture of its cell (left, upper, right, lower dot); it is not kept in JSON. ``wrapped`` tells of a line's last
    word that the next line's first one had found no room behind it.
    """

    text: str
    confidence: float
    full: bool = False
    latin: str = ""
    wrapped: bool = False
    box: tuple[int, int, int, int] = (0, 0, 0, 0)


Lines = tuple[tuple[Said, ...], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: how many columns and rows it covers, and its lines of words."""

    columns: int
    rows: int
    lines: Lines


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table: its vertical lines in points from the left, and its rows of cells that begin in them."""

    edges: tuple[float, ...]
    rows: tuple[tuple[Box, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A recognised page: tables, and lines of words outside of them, from top to bottom; ``dpi`` of the picture."""

    dpi: float
    parts: tuple[Ruled | Lines, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the page as plain JSON values."""
        return {"dpi": self.dpi, "parts": [_plain(part) for part in self.parts]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Page":
        """Read what ``to_json`` gave. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(float(data["dpi"]), tuple(_part(part) for part in data["parts"]))


def _plain(part: Ruled | Lines) -> Any:
    if not isinstance(part, Ruled):
        return _words(part)
    rows = [[[box.columns, box.rows, _words(box.lines)] for box in row] for row in part.rows]
    return {"edges": list(part.edges), "rows": rows}


def _words(lines: Lines) -> list[list[list[Any]]]:
    return [[[said.text, said.confidence, said.full, said.latin, said.wrapped] for said in line] for line in lines]


def _part(data: Any) -> Ruled | Lines:
    if not isinstance(data, dict):
        return _lines(data)
    rows = ((Box(columns, height, _lines(lines)) for columns, height, lines in row) for row in data["rows"])
    return Ruled(tuple(data["edges"]), tuple(tuple(row) for row in rows))


def _lines(data: Any) -> Lines:
    return tuple(tuple(Said(*values) for values in line) for line in data)

"""Texts that show other letters than were meant: Cyrillic of one code page shown by another, or no letters at all."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from pobratim.readers.grid import Grid
from pobratim.table import Cell, Row, Table

_PAIRS = (("cp1252", "cp1251"), ("latin-1", "cp1251"), ("cp1252", "utf-8"), ("cp1251", "utf-8"), ("cp1251", "koi8-r"))
"""How a text was shown, and what it is: programs take a font without a code page, or a file, for Western or Windows."""
_FREQUENT = frozenset("оеаинтсрвл")
"""The ten commonest small letters of Russian; together more than half of any longer text."""
_RUSSIAN = 0.4
"""Share of those among the letters of a text that is Russian (usual: 0.55 to 0.65)."""
_FOREIGN = 0.5
"""Share of other than ASCII letters from which on a text is no list of Latin names with a few accents."""
_MEANT = 0.3
"""Share of letters and digits among visible characters that any text in any language has."""
_ENOUGH = 40
"""Letters that are needed to judge."""
Counts = Mapping[str, int]
"""How often each character occurs."""


def mended(grid: Grid) -> tuple[Grid, str] | None:
    """Return a grid with its texts as they were meant and their code page; unchanged with "" if they are well.

    None is returned where the characters are no text in any language: a font that does not say which letters it draws.
    Judged by the letters of the whole document: one pair of code pages makes Russian of all of it, or nothing changes.
    """
    whole = "".join(_texts(grid))
    counts = Counter(whole)
    if _is_garbled(counts):
        return None
    letters = _sum(counts, str.isalpha)
    strange = _sum(counts, lambda char: char.isalpha() and char > "\x7f")
    if letters < _ENOUGH or strange < _FOREIGN * letters or _share(counts) >= _RUSSIAN:
        return grid, ""
    for shown, meant in _PAIRS:
        if _share(Counter(_again(whole, shown, meant))) >= _RUSSIAN:
            return _mapped(grid, shown, meant), meant
    return grid, ""


def _is_garbled(counts: Counts) -> bool:
    visible = _sum(counts, lambda char: not char.isspace())
    meant = _sum(counts, lambda char: char.isalnum() and not "\ue000" <= char <= "\uf8ff")
    return visible >= _ENOUGH and meant < _MEANT * visible


def _sum(counts: Counts, holds: Callable[[str], bool]) -> int:
    """Return how many characters there are of those for which something holds."""
    return sum(count for char, count in counts.items() if holds(char))


def _share(counts: Counts) -> float:
    """Return the share of the frequent letters among all letters."""
    letters = _sum(counts, str.isalpha)
    return _sum(counts, lambda char: char.lower() in _FREQUENT) / letters if letters else 0.0


def _again(text: str, shown: str, meant: str) -> str:
    """Return a text read anew; characters that the code page ``shown`` does not have stay as they are."""
    pieces, run = [], bytearray()
    for char in text:
        try:
            run += char.encode(shown)
        except UnicodeEncodeError:
            if char <= "\xff":  # a byte that the code page does not have, passed on as it was
                run.append(ord(char))
                continue
            pieces += [run.decode(meant, errors="replace"), char]
            run = bytearray()
    return "".join([*pieces, run.decode(meant, errors="replace")])


def _texts(grid: Grid) -> Iterable[str]:
    yield grid.preamble
    for table in grid.tables:
        yield from (cell.text for row in table.rows for cell in row.cells if not cell.merged)


def _mapped(grid: Grid, shown: str, meant: str) -> Grid:
    def cell(found: Cell) -> Cell:
        return replace(found, text=_again(found.text, shown, meant))

    def row(found: Row) -> Row:
        return replace(found, cells=tuple(map(cell, found.cells)))

    def table(found: Table) -> Table:
        caption = _again(found.caption, shown, meant)
        return replace(found, caption=caption, rows=tuple(map(row, found.rows)))

    return replace(grid, preamble=_again(grid.preamble, shown, meant), tables=tuple(map(table, grid.tables)))

"""How the cells of a sheet look to people: what a number format leaves out of a date, and errors of formulas."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Looks:
    """``codes`` are the number formats of cells (row, column, from 0) that show a date without its day or year.

    ``texts`` are what other cells show of a date, ``errors`` the cells (row, column, text) that hold an error.
    """

    codes: dict[tuple[int, int], str]
    errors: list[tuple[int, int, str]]
    texts: dict[tuple[int, int], str] = field(default_factory=dict)


NONE = Looks({}, [])


def address(row: int, column: int) -> str:
    """Return the name of a cell, rows and columns from 0: (6, 1) is «B7»."""
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"

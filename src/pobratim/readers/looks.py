"""How the cells of a sheet look to people: what a number format leaves out of a date, and errors of formulas."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Looks:
    """``codes`` are the number formats of cells (row, column, from 0) that show a date without its day or year.

    ``texts`` are what other cells show of a date, ``errors`` the cells (row, column, text) that hold an error, and
    ``hidden_rows`` and ``hidden_columns`` what nobody sees.
    """

    codes: dict[tuple[int, int], str]
    errors: list[tuple[int, int, str]]
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def within(self, height: int, width: int) -> "Looks":
        """Return the same without what is hidden beyond the cells in use: Excel hides the rest of a sheet wholesale."""
        rows = {row for row in self.hidden_rows if row < height}
        columns = {column for column in self.hidden_columns if column < width}
        return replace(self, hidden_rows=rows, hidden_columns=columns)


NONE = Looks({}, [])


def address(row: int, column: int) -> str:
    """Return the name of a cell, rows and columns from 0: (6, 1) is «B7»."""
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"

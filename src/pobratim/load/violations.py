"""What shapes find wrong in the parts of a store: which rows that keeps out, and whether rows alone are to blame."""

from collections.abc import Mapping

from pobratim.load.loaded import Loaded
from pobratim.load.resolving import Owner, set_aside
from pobratim.load.workshop import Part
from pobratim.problems import Problem
from pobratim.rdf.validate import Violation

_SHAPE = "row-shape"
"""The code of a row that a shape keeps out."""


class Violations:
    """What shapes find wrong in some parts (by name), each once. False where that is nothing."""

    def __init__(self, parts: Mapping[str, Part]) -> None:
        """Take the parts."""
        found = {one for part in parts.values() for one in part.violations}
        self._all: list[Violation] = sorted(found, key=lambda one: (one.focus, one.message))
        self.rows: dict[Owner, str] = {owner: one.message for one in self._all for owner in one.owners}
        shared = (part for name, part in parts.items() if not name.startswith("report/"))
        self.is_of_rows = all(one.owners for one in self._all) and not any(part.violations for part in shared)

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self._all)

    def set_aside(self, reports: Mapping[str, Loaded]) -> bool:
        """Take the rows to blame out of their reports; tell whether any of them was there."""
        return set_aside(reports, _SHAPE, {row: (("cause", cause),) for row, cause in self.rows.items()})

    def problems(self) -> list[Problem]:
        """Return them as problems of the store, where no row is left to blame."""
        return [Problem("error", "graph-shape", one.focus, values=(("cause", one.message),)) for one in self._all]


def is_kept_out(item: Loaded) -> bool:
    """Tell whether shapes keep rows of a report out."""
    return any(problem.code == _SHAPE for problem in item.file.left_out.values())


def comes_back(item: Loaded) -> bool:
    """Tell whether the next load can tell anew of every row of a report that is kept out: no rule failed at one."""
    left_out = item.file.left_out
    return all(one.row not in left_out or left_out[one.row].code == _SHAPE for one in item.aside)

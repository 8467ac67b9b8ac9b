"""What can be wrong with a document or a row, as data: collected, reported, never swallowed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pobratim.ground.characters import joined

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault found in the input.

    ``code`` names a message of ``messages.py`` (ru and en); ``values`` fill its placeholders.
    An ``error`` keeps the file or row out of the store; a ``warning`` does not.
    ``row`` is the row's printed number (or ordinal), None where the whole file is meant.
    """

    severity: Severity
    code: str
    file: str
    row: int | None = None
    column: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Make the texts whole: file names and what libraries say may be no Unicode strings, and could not be told."""
        object.__setattr__(self, "file", joined(self.file))
        object.__setattr__(self, "values", tuple((name, joined(value)) for name, value in self.values))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return only the problems that keep something out of the store."""
    return [problem for problem in problems if problem.severity == "error"]

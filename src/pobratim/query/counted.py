"""How much a written answer holds, where the engine wrote it and did not count."""

import csv
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO

from pyoxigraph import QuerySolutions, parse, parse_query_results

from pobratim.query.answers import PROTOCOL, RDF

_LONGEST_EMPTY = 65_536
"""Bytes of what is kept; the names of an answer's columns take fewer."""


class Beginning(BytesIO):
    """A file that passes on what is written to another; ``whole`` is all of that, None once it is long.

    A short answer is all that it takes to tell whether an answer has no rows.
    """

    def __init__(self, out: IO[bytes]) -> None:
        """Write to ``out``."""
        super().__init__()
        self._out = out
        self.whole: bytes | None = b""

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Pass on some bytes."""
        if self.whole is not None:
            self.whole = self.whole + data if len(self.whole) + len(data) <= _LONGEST_EMPTY else None
        self._out.write(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: who opened the file flushes it."""


def counted(answer: Path | IO[bytes], form: str) -> tuple[str, int | None]:
    """Return what an answer holds ("statements" or "rows"), and how many; None for a yes or no, which has none."""
    if isinstance(answer, Path):
        with answer.open("rb") as file:
            return counted(file, form)
    if form in RDF:
        return "statements", sum(1 for _ in parse(answer, format=RDF[form]))
    if form == "csv":
        return "rows", max(_lines(answer) - 1, 0)
    found = parse_query_results(answer, format=PROTOCOL[form]) if form in PROTOCOL else None
    return "rows", sum(1 for _ in found) if isinstance(found, QuerySolutions) else None


def _lines(table: IO[bytes]) -> int:
    text = TextIOWrapper(table, "utf-8", newline="")
    try:
        return sum(1 for _ in csv.reader(text))
    finally:
        text.detach()  # the file is its opener's to close

"""How much a written answer holds, where the engine wrote it and did not count."""

import csv
from pathlib import Path

from pyoxigraph import QuerySolutions, parse, parse_query_results

from pobratim.query.answers import PROTOCOL, RDF


def counted(file: Path, form: str) -> tuple[str, int | None]:
    """Return what an answer holds ("statements" or "rows"), and how many; None for a yes or no, which has none."""
    if form in RDF:
        return "statements", sum(1 for _ in parse(path=str(file), format=RDF[form]))
    if form == "csv":
        with file.open(newline="", encoding="utf-8") as lines:
            return "rows", max(sum(1 for _ in csv.reader(lines)) - 1, 0)
    answer = parse_query_results(path=str(file), format=PROTOCOL[form]) if form in PROTOCOL else None
    return "rows", sum(1 for _ in answer) if isinstance(answer, QuerySolutions) else None

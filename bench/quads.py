"""How many quads a row of a report takes: facts, phrases, ties, and phrases by what they are made of.

``python -m bench.quads --folder DIR`` makes reports of 3,000 rows (``made_reports.py``) and loads them, once, as
``bench.growth`` does; the ontology's own quads are left aside. ``--write`` puts the table into README.md.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.growth import prepare
from bench.readme import put
from pobratim.rdf.terms import OA
from pobratim.store.reader import Reader

ROWS = 3_000
FACTS, PHRASES = ("report", "authority", "links", "search"), "evidence"
_MOST = {"facts": 95.0, "facts and phrases": 185.0}
"""Quads a row that there may be of these at most."""


def counted(reader: Reader) -> tuple[Counter[str], int]:
    """Return the quads by the kind of their graph, and the number of mentions."""
    kinds, mentions = Counter[str](), 0
    for quad in reader.quads():
        kinds[str(quad.graph_name).partition("/graph/")[2].rstrip(">").partition("/")[0]] += 1
        mentions += quad.predicate == OA.hasTarget
    return kinds, mentions


def sums(kinds: Counter[str]) -> dict[str, int]:
    """Return what is told apart: facts, facts and phrases, and the rest by itself."""
    facts = sum(kinds[kind] for kind in FACTS)
    rest = {kind: kinds[kind] for kind in sorted(kinds) if kind not in (*FACTS, PHRASES, "ontology")}
    return {"facts": facts, "facts and phrases": facts + kinds[PHRASES], PHRASES: kinds[PHRASES], **rest}


def table(reader: Reader, rows: int) -> Iterator[str]:
    """Yield the lines of the table."""
    kinds, mentions = counted(reader)
    yield f"| quads, {rows:,} rows | all | a row | |"
    yield "|---|---|---|---|"
    for name, count in sums(kinds).items():
        most = f"at most {_MOST[name]:g}" if name in _MOST else f"{count / mentions:.2f} a mention" * (name == PHRASES)
        yield f"| {name} | {count:,} | {count / rows:.1f} | {most} |"


def main() -> None:
    """Print the table; the exit code tells whether a row takes too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where reports and the store are made, or found")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    reader = prepare(options.folder, options.rows).open()
    lines = list(table(reader, options.rows))
    print("\n".join(lines))
    if options.write:
        put("quads", lines)
    found = sums(counted(reader)[0])
    sys.exit(any(found[name] > most * options.rows for name, most in _MOST.items()))


if __name__ == "__main__":
    main()

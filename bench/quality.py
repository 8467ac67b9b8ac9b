"""Quality per field on every report with hand-made gold, and identity across all of them.

``python -m bench.quality`` prints one table; ``--write`` puts it into both READMEs. Reports: those of tests/gold, and
those of ../shared/data where that folder is there. ``first-contact.json`` keeps what the rules gave when they first
met a report: written down by hand, before any rule was changed for it. A report whose first contact is kept field by
field stands in a table of its own, beside what it gives today: all fields, or, of one that is held back until rules are
mended, a few totals. The third table is of reports in
prose and of annual forms, which fit no model of ties.
"""

import argparse
import json
import re
from collections.abc import Iterable
from pathlib import Path

from pobratim.evaluate import Scores, evaluate, read_jsonl
from pobratim.load.pipeline import extract
from pobratim.load.settings import Settings
from pobratim.record import to_lines

ROOT = Path(__file__).parent.parent
OTHER_SHAPES = (ROOT / "tests" / "gold" / "prose", ROOT / "tests" / "gold" / "annual")
GOLD_FOLDERS = (ROOT / "tests" / "gold", ROOT.parent / "shared" / "data")
FIRST_CONTACT = Path(__file__).with_name("first-contact.json")
READMES = (ROOT / "README.md", ROOT / "README.ru.md")
MACRO, FIRST, FIRST_NAMES = "macro F1", "macro F1 at first contact", "institutions at first contact"


def gold_files(folders: Iterable[Path] = GOLD_FOLDERS) -> dict[str, tuple[Path, Path]]:
    """Return report and gold file by the report's name; a folder that is absent has none."""
    golds = sorted(path for folder in folders for path in folder.glob("*.gold.jsonl"))
    names = {path.name.removesuffix(".gold.jsonl"): path for path in golds}
    return {name: (path.with_name(f"{name}.txt"), path) for name, path in names.items()}


def score(name: str, report: Path, gold: Path) -> Scores:
    """Return the scores of one report, read as a user would read it, without being told its home."""
    records, outcome = extract([report], Settings())
    if not records:
        raise SystemExit(f"{name}: nothing was read: {outcome.lines('en')}")
    return evaluate(read_jsonl(gold), [json.loads(line) for line in to_lines(records).splitlines()])


def table(scores: dict[str, Scores], first: dict[str, dict[str, float]]) -> list[str]:
    """Return the lines of a Markdown table: a row a field, a column a report."""
    fields = dict.fromkeys(field for found in scores.values() for field in found.tallies)
    lines = [
        "| " + " | ".join(["field", *(f"{name} ({found.rows} rows)" for name, found in scores.items())]) + " |",
        "|---" * (len(scores) + 1) + "|",
        _row(FIRST, (first.get(name, {}).get("macro_f1") for name in scores)),
        _row(FIRST_NAMES, (first.get(name, {}).get("institutions") for name in scores)),
        _row(MACRO, (found.macro_f1 for found in scores.values())),
    ]
    for field in fields:
        tallies = [found.tallies.get(field) for found in scores.values()]
        lines.append(_row(field, (tally.f1 if tally else None for tally in tallies)))
    return lines


def first_contact(scores: dict[str, Scores], first: dict[str, dict[str, float]]) -> list[str]:
    """Return the lines of a Markdown table: a row a field, and for each report its figure at first contact and now."""
    fields = dict.fromkeys(field for name in scores for field in first[name])
    heads = [f"{name} ({found.rows} rows): first | today" for name, found in scores.items()]
    lines = ["| " + " | ".join(["field", *heads]) + " |", "|---" * (2 * len(scores) + 1) + "|"]
    for field in fields:
        figures: list[float | None] = []
        for name, found in scores.items():
            figures += [first[name].get(field), _today(found, field) if field in first[name] else None]
        lines.append(_row(MACRO if field == "macro_f1" else field, figures))
    return lines


def _today(found: Scores, field: str) -> float | None:
    return found.macro_f1 if field == "macro_f1" else found.tallies[field].f1


def _row(label: str, figures: Iterable[float | None]) -> str:
    return "| " + " | ".join([label, *("–" if figure is None else f"{figure:.3f}" for figure in figures)]) + " |"


def main() -> None:
    """Print the table, and with ``--write`` put it into the READMEs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into README.md and README.ru.md")
    options = parser.parse_args()
    scores = {name: score(name, *files) for name, files in gold_files().items()}
    first = json.loads(FIRST_CONTACT.read_text(encoding="utf-8"))
    by_field = {name: found for name, found in scores.items() if len(first.get(name, {})) > len((FIRST, FIRST_NAMES))}
    known = {name: found for name, found in scores.items() if name not in by_field}
    others = {name: score(name, *files) for name, files in gold_files(OTHER_SHAPES).items()}
    lines = [*table(known, first), "", *first_contact(by_field, first), "", *table(others, first)]
    print("\n".join(lines))
    made = "<!-- quality -->\n" + "\n".join(lines) + "\n<!-- end -->"
    for path in READMES if options.write else ():
        old = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"<!-- quality -->.*?<!-- end -->", lambda _: made, old, flags=re.S), encoding="utf-8")


if __name__ == "__main__":
    main()

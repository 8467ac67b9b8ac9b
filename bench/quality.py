"""Quality per field on every report with hand-made gold, and identity across all of them.

``python -m bench.quality`` prints the tables; ``--write`` puts them into both READMEs. ``first-contact.json`` keeps
what the rules gave when they first met a report: written down by hand, before any rule was changed for it. A report
whose first contact is kept field by field stands in a table of its own, beside what it gives today: all fields, or,
of one that is held back until rules are mended, a few totals. The third table is of reports in prose and of annual
forms, which fit no model of ties; the last one of ties: how many of those required are among the candidates of the
model, and how they are told by weights that were fitted without the report.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from bench.gold_reports import ROOT, fitting_files, gold_files
from bench.readme import put
from bench.tie_gold import Gold, all_gold
from bench.weights import Told, left_out, table_of
from pobratim.evaluate import Scores, evaluate, read_jsonl
from pobratim.load.pipeline import extract
from pobratim.load.settings import Settings
from pobratim.record import to_lines

OTHER_SHAPES = (ROOT / "tests" / "gold" / "prose", ROOT / "tests" / "gold" / "annual")
FIRST_CONTACT = Path(__file__).with_name("first-contact.json")
READMES = (ROOT / "README.md", ROOT / "README.ru.md")
MACRO, FIRST, FIRST_NAMES = "macro F1", "macro F1 at first contact", "institutions at first contact"


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


def of_ties(gold: Iterable[Gold], told: dict[str, Told], scores: dict[str, Scores]) -> list[str]:
    """Return the lines of a Markdown table of ties: a row a report that weights are fitted to, then all of them."""
    head = ("ties", "required", "among the candidates", "recall of candidates", "F1 left out of the fit", "F1 today")
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    required, reached, everything = 0, 0, Told(0, 0, 0)
    for one in gold:
        required, reached = required + one.required, reached + one.reached
        everything += told[one.name]
        today = scores[one.name].tallies["ties"].f1
        lines.append(_tied(one.name, one.required, one.reached, told[one.name].f1, today))
    return [*lines, _tied("all", required, reached, everything.f1, None)]


def _tied(name: str, required: int, reached: int, left: float, today: float | None) -> str:
    recall = reached / required if required else None
    return _row(f"{name} | {required} | {reached}", (recall, left, today))


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
    gold = all_gold(fitting_files())
    ties = of_ties(gold, left_out(gold, table_of()), scores)
    lines = [*table(known, first), "", *first_contact(by_field, first), "", *table(others, first), "", *ties]
    print("\n".join(lines))
    for path in READMES if options.write else ():
        put("quality", lines, path)


if __name__ == "__main__":
    main()

"""``python -m pobratim.evaluate GOLD… RECORDS [--errors] [--json]``: scores on stdout."""

import argparse
import json
from pathlib import Path

from pobratim.evaluate import as_json, error_lines, evaluate, read_jsonl, table


def main(arguments: list[str] | None = None) -> None:
    """Print the scores of a records file against one or more gold files."""
    parser = argparse.ArgumentParser(prog="python -m pobratim.evaluate", description=main.__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("records", type=Path)
    parser.add_argument("--errors", action="store_true", help="list every difference: field, row, expected, got")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    gold = [line for path in options.gold for line in read_jsonl(path)]
    scores = evaluate(gold, read_jsonl(options.records))
    if scores.strange:
        parser.error("none of the gold rows belongs to these records")
    print(json.dumps(as_json(scores), ensure_ascii=False, indent=1) if options.json else table(scores))
    if options.errors:
        print("\n".join(error_lines(scores)))


if __name__ == "__main__":
    main()

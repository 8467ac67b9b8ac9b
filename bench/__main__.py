"""Run all measurements and print one table; ``--write`` puts it into bench/README.md."""

import argparse

from bench.extraction import measure_extraction
from bench.loading import measure_command, measure_loading
from bench.queries import measure_queries
from bench.reading import measure_reading
from bench.readme import put


def main() -> None:
    """Measure, print, and with ``--write`` keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds; the median counts")
    options = parser.parse_args()
    rows = [
        *measure_extraction(options.rounds),
        *measure_reading(options.rounds),
        *measure_loading(options.rounds),
        *measure_command(options.rounds),
        *measure_queries(options.rounds),
    ]
    lines = ["| what | ours | yardstick | ratio |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.ours} | {row.yardstick} | {row.ratio} |" for row in rows]
    print("\n".join(lines))
    if options.write:
        put("table", lines)


if __name__ == "__main__":
    main()

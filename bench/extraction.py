"""Rows per CPU-second: our extraction against natasha's full pipeline over the text of the same rows.

Each contender runs in processes of its own, by turns: threads and memory of one would slow the other.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from statistics import median

from bench.timing import Result, cpu_seconds
from pobratim.content import content_root
from pobratim.extract import context_of, extract_report
from pobratim.layout.columns import load_columns
from pobratim.layout.walk import Layout, lay_out
from pobratim.readers import read_document

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
WARM_RUNS = 5


def example_layout() -> Layout:
    """Return the rows of the example report."""
    root = content_root()
    document = read_document(root / "examples" / "smolensk-2023-q1.docx")
    return lay_out(document, load_columns(root / "ontology" / "columns.ttl"))


def ours() -> float:
    """Return our rows per CPU-second with warm caches (the rows were read once before)."""
    layout = example_layout()
    context = context_of(layout)
    extract_report(layout, "example", "example.docx", context)
    taken = [cpu_seconds(lambda: extract_report(layout, "example", "example.docx", context)) for _ in range(WARM_RUNS)]
    return len(layout.rows) / median(taken)


def natasha() -> float:
    """Return natasha's rows per CPU-second, all threads counted, after one run to warm up."""
    from bench.natasha_pipeline import full_pipeline

    texts = ["\n".join(row.cells.values()) for row in example_layout().rows]
    pipeline = full_pipeline()
    pipeline(texts)
    return len(texts) / median(cpu_seconds(lambda: pipeline(texts)) for _ in range(WARM_RUNS))


def measure_extraction(rounds: int) -> list[Result]:
    """Return the rates of both, natasha once as it comes and once held to one thread."""
    contenders: dict[str, tuple[str, Mapping[str, str]]] = {
        "ours": ("ours", {}),
        "natasha, as it comes": ("natasha", {}),
        "natasha, one thread": ("natasha", ONE_THREAD),
    }
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, (which, settings) in contenders.items():
            words = [sys.executable, "-m", "bench.extraction", which]
            run = subprocess.run(words, env={**os.environ, **settings}, check=True, capture_output=True, text=True)
            rates[name].append(float(run.stdout))
    mine = median(rates.pop("ours"))
    return [
        Result(
            f"extraction, rows per CPU-second (yardstick: {name}, full pipeline, same rows)",
            f"{mine:.0f}",
            f"{median(other):.0f}",
            f"{mine / median(other):.1f} ×",
        )
        for name, other in rates.items()
    ]


if __name__ == "__main__":
    print({"ours": ours, "natasha": natasha}[sys.argv[1]]())

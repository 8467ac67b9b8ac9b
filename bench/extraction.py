"""Rows per CPU-second: our extraction against natasha's full pipeline over the text of the same rows."""

import gc

from bench.natasha_pipeline import full_pipeline
from bench.timing import Result, side_by_side
from pobratim.columns import load_columns
from pobratim.content import content_root
from pobratim.extract import context_of, extract_report
from pobratim.layout import Layout, lay_out
from pobratim.readers import read_document


def example_layout() -> Layout:
    """Return the rows of the example report."""
    root = content_root()
    document = read_document(root / "examples" / "smolensk-2023-q1.docx")
    return lay_out(document, load_columns(root / "ontology" / "columns.ttl"))


def measure_extraction(rounds: int) -> list[Result]:
    """Return the rates with warm caches (both have read the rows once before)."""
    layout = example_layout()
    context = context_of(layout)
    texts = ["\n".join(row.cells.values()) for row in layout.rows]
    pipeline = full_pipeline()

    def ours() -> object:
        return extract_report(layout, "example", "example.docx", context)

    def theirs() -> object:
        return pipeline(texts)

    ours()
    theirs()
    # What natasha keeps in memory must not be walked by the garbage collector during our turns.
    gc.collect()
    gc.freeze()
    mine, other = (len(layout.rows) / seconds for seconds in side_by_side([ours, theirs], rounds))
    return [
        Result(
            "extraction, rows per CPU-second (yardstick: natasha, full pipeline, same rows)",
            f"{mine:.0f}",
            f"{other:.0f}",
            f"{mine / other:.1f} ×",
        )
    ]

"""Show scores: a plain table, JSON, and one line a miss."""

from typing import Any

from pobratim.evaluate.scores import ROW_FIELDS, Scores


def as_json(scores: Scores) -> dict[str, Any]:
    """Return all figures as plain JSON values; a figure that has no denominator is None."""
    fields = {
        name: {
            "precision": tally.precision,
            "recall": tally.recall,
            "f1": tally.f1,
            "right": tally.right,
            "wrong": tally.wrong,
            "missed": tally.missed,
            "in_macro": name in ROW_FIELDS,
        }
        for name, tally in scores.tallies.items()
    }
    return {
        "rows": scores.rows,
        "missing_rows": scores.missing_rows,
        "extra_rows": scores.extra_rows,
        "macro_f1": scores.macro_f1,
        "fields": fields,
    }


def table(scores: Scores) -> str:
    """Return lines of plain text: field, precision, recall, F1, counts; * marks what enters the macro F1."""
    lines = [f"{'field':<22}{'P':>7}{'R':>7}{'F1':>7}{'right':>8}{'wrong':>7}{'missed':>8}"]
    for name, tally in scores.tallies.items():
        figures = "".join(f"{_figure(value):>7}" for value in (tally.precision, tally.recall, tally.f1))
        label = f"{name}{'*' if name in ROW_FIELDS else ''}"
        lines.append(f"{label:<22}{figures}{tally.right:>8}{tally.wrong:>7}{tally.missed:>8}")
    lines.append(f"{'macro F1 (mean of *)':<36}{scores.macro_f1:>7.3f}")
    lines.append(f"rows {scores.rows}, missing {len(scores.missing_rows)}, extra {len(scores.extra_rows)}")
    return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def error_lines(scores: Scores) -> list[str]:
    """Return the misses by field, report and row: ``field<TAB>report#row<TAB>kind<TAB>expected<TAB>got``."""
    order = list(scores.tallies)
    misses = sorted(scores.misses, key=lambda miss: (order.index(miss.field), miss.report, miss.row, miss.kind))
    return ["\t".join((miss.field, f"{miss.report}#{miss.row}", miss.kind, miss.expected, miss.got)) for miss in misses]

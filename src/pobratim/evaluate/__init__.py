"""Compare records with gold: precision, recall and F1 per field, and every single miss."""

from pobratim.evaluate.compare import evaluate
from pobratim.evaluate.read import read_jsonl
from pobratim.evaluate.render import as_json, error_lines, table
from pobratim.evaluate.scores import ROW_FIELDS, Miss, Scores, Tally

__all__ = [
    "ROW_FIELDS",
    "Miss",
    "Scores",
    "Tally",
    "as_json",
    "error_lines",
    "evaluate",
    "read_jsonl",
    "table",
]

"""Values that were read from words recognised with doubt are no surer than these words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pobratim.layout.walk import ReportRow
from pobratim.record import Evidence, Record
from pobratim.table import Unsure


def lower_confidence(records: Iterable[Record], rows: Iterable[ReportRow]) -> None:
    """Lower the confidence of all evidence to that of the most doubtful word on which it lies.

    ``rows`` are those that the records were read from; offsets of both count in the whole cells.
    """
    doubts = {row.row: row.unsure for row in rows if row.unsure}
    for record in records:
        if found := doubts.get(record.row):
            record.evidence = [_lowered(one, found.get(one.column, ())) for one in record.evidence]


def _lowered(evidence: Evidence, words: Sequence[Unsure]) -> Evidence:
    under = [one.confidence for one in words if one.start < evidence.end and evidence.start < one.end]
    least = min(under, default=evidence.confidence)
    return replace(evidence, confidence=least) if least < evidence.confidence else evidence

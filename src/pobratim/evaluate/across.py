"""Score what spans rows: the same organisation, the same series, the same event."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations
from typing import Any

from pobratim.evaluate.scores import Row, Scores

Item = dict[str, Any]
Aligned = tuple[Row, Item, Item]


def score_identity(scores: Scores, mentions: Iterable[tuple[str, str]]) -> None:
    """Note, over all pairs of matched mentions (gold id, record id) of all reports, which are rightly one."""

    def pairs(values: Iterable[Hashable]) -> int:
        return sum(count * (count - 1) // 2 for count in Counter(values).values())

    mentions = list(mentions)
    both = pairs(mentions)
    tally = scores.tallies["identity"]
    tally.right += both
    tally.missed += pairs(gold for gold, _ in mentions) - both
    tally.wrong += pairs(got for _, got in mentions) - both


def score_series(rows: Sequence[Aligned]) -> None:
    """Note whether a row has a series (``series``) and which rows share one (``series-pairs``).

    Slugs are names of one's own, so their spelling is not compared. ``series_ok`` makes both answers right
    where it adds or drops a series; a pair is required only if every accepted reading has it in one series,
    and wrong only if none has.
    """
    scored = [aligned for aligned in rows if "series" not in aligned[1].get("skip", [])]
    for row, gold, got in scored:
        readings = {bool(reading) for reading in _readings(gold)}
        has, expected = bool(got.get("series")), bool(gold["series"])
        if has == expected:
            row.counted("series", int(has))
        elif has not in readings:
            (row.wrong if has else row.missed)("series", got.get("series") if has else gold["series"])
    members = [(row, gold, got) for row, gold, got in scored if got.get("series") or any(_readings(gold))]
    for (row, gold, got), (_, other, other_got) in combinations(members, 2):
        outcomes = {a == b != "" for a in _readings(gold) for b in _readings(other)}
        given = got.get("series", "") == other_got.get("series", "") != ""
        if given and True in outcomes:
            row.counted("series-pairs", 1)
        elif given:
            row.wrong("series-pairs", f"{got['series']}: with row {other['row']}")
        elif False not in outcomes:
            row.missed("series-pairs", f"{gold['series']}: with row {other['row']}")


def _readings(gold: Item) -> set[str]:
    return {gold["series"], *gold.get("series_ok", [])}


def score_same_as(rows: Sequence[Aligned], slugs: dict[str, str]) -> None:
    """Note the references to rows that tell of the same event; ``slugs`` maps a record's report to gold's."""
    for row, gold, got in rows:
        if "same_as" not in gold.get("skip", []):
            given = (reference.rpartition("#") for reference in got.get("same_as", []))
            references = [f"{slugs.get(report, report)}#{number}" for report, _, number in given]
            row.items("same_as", gold["same_as"], references, gold.get("same_as_ok", []))

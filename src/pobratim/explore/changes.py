"""What became of ties from one period to another: who is new, goes on, is back, went quiet, and what cannot be judged.

The states are those of ``compare/``; a hole in the reports is never read as silence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal, get_args

from pobratim.compare.comparison import Line
from pobratim.compare.coverage import Coverage, Span
from pobratim.compare.periods import Period, is_exact
from pobratim.compare.ties import STATES, Seen, State
from pobratim.explore.chosen import chosen
from pobratim.explore.index import Index, Row
from pobratim.explore.periods import bounds_of_quarter, quarter_of, quarters
from pobratim.explore.register import reference_day
from pobratim.explore.selection import Selection
from pobratim.explore.ties import Tie, ties_at

Group = Literal["new", "continuing", "back", "quiet", "untold"]
GROUPS: tuple[Group, ...] = get_args(Group)
GROUP_OF: Mapping[State, Group] = {
    "new": "new",
    "first-known": "new",
    "continuing": "continuing",
    "back": "back",
    "between": "back",
    "quiet": "quiet",
    "no-report": "untold",
    "vague": "untold",
}
YEARS_BEFORE = 3
"""So many years are compared with the last one where no period is asked for."""


@dataclass(frozen=True, slots=True)
class Change:
    """A tie in two periods: ``cells`` are its events and agreements by quarter, None where nobody who would tell of it
    has a report for that quarter. ``unplaced`` counts what is told without a month."""

    tie: Tie
    state: State
    in_a: int
    in_b: int
    cells: tuple[int | None, ...]
    unplaced: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Ties by what became of them: how many have each state, and of each group the rows that were asked for."""

    quarters: tuple[str, ...]
    counts: Mapping[Group, int]
    states: Mapping[State, int]
    rows: Mapping[Group, tuple[Change, ...]]
    found: int
    total: int


@dataclass(slots=True)
class _Told:
    """What the grounds of a tie say of two periods."""

    seen: Seen = field(default_factory=Seen)
    quarters: dict[str, int] = field(default_factory=dict)
    unplaced: int = 0


def years_told(index: Index) -> list[int]:
    """Return the years from the first that reports cover to the last, none where no report tells of days."""
    first = index.value("SELECT MIN(MAX(COALESCE(period_start, events_start), COALESCE(events_start, period_start))) FROM report")
    last = reference_day(index)
    return list(range(int(str(first)[:4]), int(last[:4]) + 1)) if first and last else []


def usual_periods(index: Index) -> tuple[str, str] | None:
    """Return the last year that the reports cover and the three before it, None where no report tells of days."""
    years = years_told(index)
    return (f"{years[-1] - YEARS_BEFORE}..{years[-1] - 1}", str(years[-1])) if years else None


def changes(
    index: Index, selection: Selection, a: Period, b: Period, windows: Mapping[Group, tuple[int, int]]
) -> Changes:
    """Return the selected ties with what became of them from ``a`` to ``b``; ``windows`` say from where and how many of
    each group are returned. What the selection says of time does not count."""
    timeless = selection.without("since").without("until")
    told = _told(index, timeless, a, b)
    tellers = _Tellers(index, [number for number, each in told.items() if each.seen.is_shown])
    states = {
        number: each.seen.state(tellers.spans(number), b) for number, each in told.items() if each.seen.is_shown
    }
    grouped: dict[Group, list[int]] = {group: [] for group in GROUPS}
    for number in sorted(states):
        grouped[GROUP_OF[states[number]]].append(number)
    shown = tuple(quarters(str(a.first), str(b.last)))
    rows: dict[Group, tuple[Change, ...]] = {}
    for group, (start, most) in windows.items():
        ties = ties_at(index, grouped[group][start : start + most], selection=timeless)
        rows[group] = tuple(_change(tie, states[tie.number], told[tie.number], shown, tellers) for tie in ties)
    total = chosen(index, "tie", Selection(level=selection.level)).bits.bit_count()
    counted = {state: list(states.values()).count(state) for state in STATES}
    counts = {group: len(numbers) for group, numbers in grouped.items()}
    return Changes(shown, counts, counted, rows, len(states), total)


def _told(index: Index, selection: Selection, a: Period, b: Period) -> dict[int, _Told]:
    kept = chosen(index, "tie", selection)
    found: dict[int, _Told] = {}
    for row in _grounds(index, selection):
        number = row["tie"]
        if kept.bits >> number & 1:
            told = found.setdefault(number, _Told())
            if row["start"] and row["end"]:
                _count(told, row, a, b)
    return found


def _count(told: _Told, row: Row, a: Period, b: Period) -> None:
    start, end, edtf = row["start"], row["end"], row["date"] or ""
    told.seen.count(_day(start), _day(end), edtf, a, b)
    quarter = quarter_of(start)
    if is_exact(edtf) or quarter == quarter_of(end):
        told.quarters[quarter] = told.quarters.get(quarter, 0) + 1
    else:
        told.unplaced += 1


def _grounds(index: Index, selection: Selection) -> Iterable[Row]:
    levels = selection.level
    where = f" WHERE level IN ({','.join('?' * len(levels))})" if levels else ""
    sql = f"SELECT tie, ground.start, ground.end, ground.date FROM ground JOIN tie ON tie.id = tie{where}"
    return index.rows(sql, *levels)


@lru_cache(maxsize=10_000)
def _day(told: str) -> date:
    return date.fromisoformat(told)


def _change(tie: Tie, state: State, told: _Told, shown: Sequence[str], tellers: "_Tellers") -> Change:
    spans = tellers.spans(tie.number)
    cells = tuple(told.quarters.get(each) or (0 if _is_covered(each, spans) else None) for each in shown)
    return Change(tie, state, told.seen.in_a, told.seen.in_b, cells, told.unplaced)


def _is_covered(quarter: str, spans: Sequence[Span]) -> bool:
    first, last = bounds_of_quarter(quarter)
    return any(span.first <= last and span.last >= first for span in spans)


class _Tellers:
    """Whose reports would tell of some ties, and for which days there are any."""

    def __init__(self, index: Index, ties: Sequence[int]) -> None:
        self._coverage = _coverage(index)
        self._reporters = _by_tie(index, "reporter", "party", ties)
        self._reports = _by_tie(index, "report", "report", ties)

    def spans(self, tie: int) -> list[Span]:
        """Return the days of each report of those who told of a tie."""
        towns = self._reporters.get(tie, set())
        return self._coverage.spans(self._coverage.tellers(towns, self._reports.get(tie, ())))


def _by_tie(index: Index, table: str, column: str, ties: Sequence[int]) -> dict[int, set[str]]:
    sql = f"SELECT DISTINCT tie, {column} FROM ground JOIN ground_{table} ON ground = ground.id WHERE tie IN ({{}})"
    found: dict[int, set[str]] = {}
    for tie, number in index.among(sql, ties):
        found.setdefault(tie, set()).add(str(number))
    return found


def _coverage(index: Index) -> Coverage:
    towns: dict[int, list[str]] = {}
    for row in index.rows("SELECT report, party FROM report_reporter"):
        towns.setdefault(row["report"], []).append(str(row["party"]))
    days = ("period_start", "period_end", "events_start", "events_end")
    reports: list[Line] = [
        {
            "id": str(row["id"]),
            "region": row["region"],
            "reporter_ids": " | ".join(towns.get(row["id"], ())),
            **{each: _day(row[each]) if row[each] else None for each in days},
        }
        for row in index.rows("SELECT * FROM report")
    ]
    places = index.rows("SELECT id, region FROM party WHERE kind = 'place' AND municipality")
    return Coverage(reports, ({"id": str(row["id"]), "region": row["region"]} for row in places))

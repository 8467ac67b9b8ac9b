"""What became of ties from one period to another: who is new, goes on, is back, went quiet, and what cannot be judged.

The states are those of ``compare/``; a hole in the reports is never read as silence.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from pobratim.compare.coverage import Span
from pobratim.compare.periods import Period, is_exact
from pobratim.compare.ties import Seen, State
from pobratim.explore import bits, grounds
from pobratim.explore.chosen import chosen
from pobratim.explore.index import Index, Row
from pobratim.explore.periods import bounds_of_quarter, quarter_of, quarters
from pobratim.explore.register import reference_day
from pobratim.explore.selection import Selection
from pobratim.explore.states import Tellers, states_of
from pobratim.explore.tie_counts import tie_grounds
from pobratim.explore.ties import Tie, strongest, ties_at

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
_LAST_QUARTER = "10-01"
"""The day of a year from which on reports tell of all its quarters."""
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
    """Ties by what became of them: how many have each state, and of each group the rows that were asked for.

    ``found`` were seen in one of the periods, ``chosen`` are with those that were not, ``total`` with those hidden.
    """

    quarters: tuple[str, ...]
    counts: Mapping[Group, int]
    states: Mapping[State, int]
    rows: Mapping[Group, tuple[Change, ...]]
    found: int
    chosen: int
    total: int


def years_told(index: Index) -> list[int]:
    """Return the years from the first that reports cover to the last, none where no report tells of days."""
    first = index.value(
        "SELECT MIN(MAX(COALESCE(period_start, events_start), COALESCE(events_start, period_start))) FROM report"
    )
    last = reference_day(index)
    return list(range(int(str(first)[:4]), int(last[:4]) + 1)) if first and last else []


def usual_periods(index: Index) -> tuple[str, str] | None:
    """Return the last year that the reports cover to its end, else the last of all, and the three before it; None where
    no report tells of days. Of a year that has only begun nobody can say who has gone quiet."""
    years = years_told(index)
    if not years:
        return None
    last = years[-2] if len(years) > 1 and reference_day(index)[5:] < _LAST_QUARTER else years[-1]
    return f"{last - YEARS_BEFORE}..{last - 1}", str(last)


def changes(
    index: Index, selection: Selection, a: Period, b: Period, windows: Mapping[Group, tuple[int, int]]
) -> Changes:
    """Return the selected ties with what became of them from ``a`` to ``b``; ``windows`` say from where and how many of
    each group are returned. What the selection says of time does not count."""
    timeless = selection.without("since").without("until")
    kept = chosen(index, "tie", timeless).bits
    wanted = grounds.wanted(index, timeless)
    states = states_of(index, kept, wanted.all if wanted else None, a, b)
    rows: dict[Group, tuple[Change, ...]] = {}
    shown = tuple(quarters(str(a.first), str(b.last)))
    for group, (start, most) in windows.items():
        whole = bits.union([states[state] for state, of in GROUP_OF.items() if of == group])
        numbers = bits.first(whole, strongest(index), start, most)
        rows[group] = _rows(index, numbers, timeless, states, (a, b, shown))
    counted = {state: each.bit_count() for state, each in states.items()}
    counts = {group: sum(counted[state] for state, of in GROUP_OF.items() if of == group) for group in GROUPS}
    total = chosen(index, "tie", Selection(level=selection.level)).bits.bit_count()
    return Changes(shown, counts, counted, rows, sum(counts.values()), kept.bit_count(), total)


def _rows(
    index: Index,
    numbers: Sequence[int],
    selection: Selection,
    states: Mapping[State, int],
    times: tuple[Period, Period, Sequence[str]],
) -> tuple[Change, ...]:
    tellers = index.once(Tellers)
    told: dict[int, list[Row]] = {}
    for row in tie_grounds(index, numbers, selection):
        told.setdefault(row["tie"], []).append(row)
    found = []
    for tie in ties_at(index, numbers, selection=selection):
        state = next(state for state, each in states.items() if each >> tie.number & 1)
        found.append(_change(tie, state, told.get(tie.number, ()), tellers.spans(index, tie.number), times))
    return tuple(found)


def _change(
    tie: Tie, state: State, told: Iterable[Row], spans: Sequence[Span], times: tuple[Period, Period, Sequence[str]]
) -> Change:
    a, b, shown = times
    seen, by_quarter, unplaced = Seen(), Counter[str](), 0
    for row in told:
        start, end, edtf = row["start"], row["end"], row["date"] or ""
        if not start or not end:
            continue
        seen.count(date.fromisoformat(start), date.fromisoformat(end), edtf, a, b)
        quarter = quarter_of(start)
        if is_exact(edtf) or quarter == quarter_of(end):
            by_quarter[quarter] += 1
        else:
            unplaced += 1
    cells = tuple(by_quarter[each] or (0 if _is_covered(each, spans) else None) for each in shown)
    return Change(tie, state, seen.in_a, seen.in_b, cells, unplaced)


def _is_covered(quarter: str, spans: Sequence[Span]) -> bool:
    first, last = bounds_of_quarter(quarter)
    return any(span.first <= last and span.last >= first for span in spans)

"""What became of ties from one period to another, of all at once: the rules of ``compare/ties.py`` as sets.

A state asks only whether a tie has any ground of a kind, so it is found for all ties by their slots (``grounds.py``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import compress

from pobratim.compare.comparison import Line
from pobratim.compare.coverage import Coverage, Span
from pobratim.compare.periods import Period
from pobratim.compare.ties import State
from pobratim.explore import bits, grounds
from pobratim.explore.in_time import in_time
from pobratim.explore.index import Index
from pobratim.explore.selection import LAST


class Tellers:
    """Whose reports would tell of each tie, and for which days there are any."""

    def __init__(self, index: Index) -> None:
        """Read who told of what."""
        self._coverage = _coverage(index)
        self._of = {name: _pairs(index, name) for name in ("reporter", "report")}
        self._spans = {
            "reporter": {each: self._told_of({str(each)}, ()) for each in {*self._of["reporter"][1]}},
            "report": {each: self._told_of(set(), (str(each),)) for each in {*self._of["report"][1]}},
        }

    def spans(self, index: Index, tie: int) -> list[Span]:
        """Return the days of each report of those who told of a tie."""
        towns = {str(row[0]) for row in index.rows("SELECT reporter FROM tie_reporter WHERE tie = ?", tie)}
        reports = [str(row[0]) for row in index.rows("SELECT report FROM tie_report WHERE tie = ?", tie)]
        return self._told_of(towns, reports)

    def of_ties(self, total: int) -> tuple[list[tuple[Span, ...]], list[int]]:
        """Return the sets of such days that there are, each once, and by the numbers of so many ties the place of its
        own among them."""
        told: list[tuple[set[str], set[str]]] = [(set(), set()) for _ in range(total)]
        for at, name in enumerate(("reporter", "report")):
            for tie, thing in zip(*self._of[name], strict=True):
                told[tie - 1][at].add(str(thing))
        known: dict[frozenset[str], tuple[Span, ...]] = {}
        places: dict[tuple[Span, ...], int] = {}
        found = []
        for towns, reports in told:
            tellers = frozenset(self._coverage.tellers(towns, reports))
            if tellers not in known:
                known[tellers] = tuple(sorted({*self._coverage.spans(tellers)}))
            found.append(places.setdefault(known[tellers], len(places)))
        return list(places), found

    def ties(self, last_sure: date | None, within: Period | None) -> int:
        """Return the ties of which somebody surely tells before a day, or has a report for days of a period."""
        found: set[int] = set()
        for name, (ties, things) in self._of.items():
            telling = {
                each
                for each, spans in self._spans[name].items()
                if any(_fits(span, last_sure, within) for span in spans)
            }
            found.update(compress(ties, map(telling.__contains__, things)))
        return bits.of(found)

    def _told_of(self, towns: set[str], reports: Iterable[str]) -> list[Span]:
        return self._coverage.spans(self._coverage.tellers(towns, reports))


def _fits(span: Span, before: date | None, within: Period | None) -> bool:
    if before is not None:
        return span.sure < before
    return within is not None and within.overlaps(span.first, span.last)


def _pairs(index: Index, name: str) -> tuple[Sequence[int], Sequence[int]]:
    found = index.columns(f"SELECT tie, {name} FROM tie_{name}")
    return (found[0], found[1]) if found else ((), ())


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
            **{each: date.fromisoformat(row[each]) if row[each] else None for each in days},
        }
        for row in index.rows("SELECT * FROM report")
    ]
    places = index.rows("SELECT id, region FROM party WHERE kind = 'place'")
    return Coverage(reports, ({"id": str(row["id"]), "region": row["region"]} for row in places))


@dataclass(frozen=True, slots=True)
class _Times:
    """Grounds by when they were: before the first period, in it, between, in the second, after; all as sets."""

    before: int
    a: int
    between: int
    b: int
    after: int
    exact: int

    def sure(self, part: int) -> int:
        """Return those of a part of time that surely were in it: told to the day, or in no other part."""
        twice, seen = 0, 0
        for each in (self.before, self.a, self.between, self.b, self.after):
            twice, seen = twice | seen & each, seen | each
        return part & (self.exact | ~twice)


def states_of(index: Index, kept: int, counting: int | None, a: Period, b: Period) -> Mapping[State, int]:
    """Return the ties of each state, of the ties ``kept`` and by the grounds ``counting`` alone, by all where None."""
    slots, tellers = grounds.slots_of(index), index.once(Tellers)
    times = _times(index, a, b, counting)
    between = times.between & ~times.before & ~times.a
    sure_between = between & (times.exact | ~(times.b | times.after))
    parts = {
        "in_a": times.sure(times.a),
        "in_b": times.sure(times.b),
        "maybe_a": times.a,
        "maybe_b": times.b,
        "earlier": times.sure(times.before),
        "between": sure_between,
        "maybe_between": between,
    }
    has = {name: slots.ties(slots.having(each)) & kept for name, each in parts.items()}
    new = has["in_b"] & ~has["maybe_a"] & ~has["earlier"] & ~has["maybe_between"]
    back = has["in_b"] & ~has["maybe_a"]
    gone = has["in_a"] & ~has["maybe_b"]
    told_earlier, told_now = tellers.ties(b.first, None), tellers.ties(None, b)
    found: dict[State, int] = {
        "continuing": has["in_b"] & has["in_a"],
        "new": new & told_earlier,
        "first-known": new & ~told_earlier,
        "between": back & ~has["earlier"] & has["between"],
        "back": back & has["earlier"],
        "quiet": gone & told_now,
        "no-report": gone & ~told_now,
    }
    seen = has["maybe_a"] | has["maybe_b"]
    return {**found, "vague": seen & ~bits.union(list(found.values()))}


def _times(index: Index, a: Period, b: Period, counting: int | None) -> _Times:
    day = timedelta(1)
    gap, after_b = (a.last + day, b.first - day), (b.last + day, LAST)
    spans = ((date.min, a.first - day), (a.first, a.last), gap, (b.first, b.last), after_b)
    found = [in_time(index, "ground", *span) if span[0] <= span[1] else 0 for span in spans]
    before, in_a, between, in_b, after = (each if counting is None else each & counting for each in found)
    exact = index.facets.get(("ground", "exact"), {}).get("yes", 0)
    return _Times(before, in_a, between, in_b, after, exact)

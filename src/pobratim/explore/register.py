"""The register of agreements: parties, status, term, what is overdue and what has ended by a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pobratim.explore import bits
from pobratim.explore.agreements import ENDS, Agreement, agreements_at
from pobratim.explore.bits import Numbers
from pobratim.explore.chosen import chosen
from pobratim.explore.index import Index
from pobratim.explore.selection import Selection

Sort = Literal["date", "ends", "name"]
SORTS: tuple[Sort, ...] = get_args(Sort)
State = Literal["overdue", "planned", "undated", "told", "ending", "ended", "untold"]
STATES: tuple[State, ...] = get_args(State)
"""How agreements stand: planned and its time has passed, planned, planned without a date, a term is told, that ends in
the year of the reference day, or has ended, no term is told."""
_ORDERS: Mapping[Sort, str] = {
    "ends": f"SELECT id FROM agreement ORDER BY {ENDS} IS NULL, {ENDS}, id DESC",
    "name": "SELECT id FROM agreement ORDER BY folded, id DESC",
}


@dataclass(frozen=True, slots=True)
class Register:
    """A part of the list: ``found`` are selected, ``total`` is with what the selection hides; ``day`` is the reference.

    ``counts`` are those of each state, and ``statuses`` those of each status, among what the selection leaves before a
    state is chosen.
    """

    rows: tuple[Agreement, ...]
    found: int
    total: int
    day: str
    counts: Mapping[State, int]
    statuses: Mapping[str, int]

    @property
    def hidden(self) -> int:
        """Return how many agreements the selection leaves out."""
        return self.total - self.found


def reference_day(index: Index) -> str:
    """Return the last day that the reports cover, as an ISO date, "" where no report tells of days.

    A period of more than a year is only as long as the events told of it: the title of a collection of many years often
    names years to come.
    """
    found = index.value(
        """SELECT MAX(CASE WHEN period_end IS NULL OR julianday(period_end) - julianday(period_start) > 366
        THEN MIN(COALESCE(events_end, period_end), COALESCE(period_end, events_end)) ELSE period_end END) FROM report"""
    )
    return str(found or "")


def selected_agreements(
    index: Index,
    selection: Selection,
    sort: Sort = "date",
    limit: int = 50,
    offset: int = 0,
    day: str = "",
    within: int | None = None,
    states: Sequence[State] = (),
) -> Register:
    """Return the agreements that a selection chooses, the newest first, judged by ``day`` or the ``reference_day``.

    Of ``states`` an agreement has one, where any is given.
    """
    day = day or reference_day(index)
    kept = chosen(index, "agreement", selection, within)
    sets = {state: kept.bits & _in_state(index, state, day) for state in _STATES}
    found = bits.union([sets[state] for state in states]) if states else kept.bits
    numbers = bits.first(found, _order(index, sort), offset, limit)
    statuses = {
        code: (kept.bits & each).bit_count() for code, each in index.facets.get(("agreement", "status"), {}).items()
    }
    counts = {state: each.bit_count() for state, each in sets.items()}
    return Register(agreements_at(index, numbers, day), found.bit_count(), kept.all.bit_count(), day, counts, statuses)


_STATES: Mapping[State, str] = {
    "overdue": "SELECT id FROM agreement WHERE status = 'planned' AND end < ?",
    "planned": "SELECT id FROM agreement WHERE status = 'planned'",
    "undated": "SELECT id FROM agreement WHERE status = 'planned' AND end IS NULL",
    "told": f"SELECT id FROM agreement WHERE {ENDS} NOT NULL OR term <> 'not-stated'",
    "ending": f"SELECT id FROM agreement WHERE substr({ENDS}, 1, 4) = substr(?, 1, 4)",
    "ended": f"SELECT id FROM agreement WHERE {ENDS} < ?",
    "untold": f"SELECT id FROM agreement WHERE {ENDS} IS NULL AND term IS 'not-stated'",
}


def _in_state(index: Index, state: State, day: str) -> int:
    sql = _STATES[state]
    return index.recalled(("state", state, day), lambda: index.numbers(sql, *((day,) * sql.count("?"))))


def months_overdue(one: Agreement, day: str) -> int:
    """Return the whole months, at least one, since the time of a plan passed, 0 for what is not overdue by ``day``."""
    if not one.is_overdue:
        return 0
    (year, month, on), (then, begun, last) = ([int(part) for part in each.split("-")] for each in (day, one.end))
    return max(1, (year - then) * 12 + month - begun - (on < last))


def _order(index: Index, sort: Sort) -> Sequence[int] | Numbers:
    if sort == "date":
        return range(index.sizes["agreement"], 0, -1)
    return index.order(f"agreement-{sort}", lambda: [row[0] for row in index.rows(_ORDERS[sort])])

"""What a tie rests on, one piece after the other: its events in the order of their days, then its agreements."""

from dataclasses import dataclass

from pobratim.explore.agreements import Agreement, agreements_at
from pobratim.explore.events import Event, events_at
from pobratim.explore.index import Index
from pobratim.explore.register import reference_day
from pobratim.explore.ties import Tie, ties_at

_LEVELS = ("institution", "municipality", "region", "country")


@dataclass(frozen=True, slots=True)
class Step:
    """An event or an agreement of a tie, the ``at``-th of ``total``, from 1; None where it rests on nothing."""

    ground: Event | Agreement | None
    at: int
    total: int


def tie_of(index: Index, before: str, key: str) -> Tie | None:
    """Return the tie of a key, at whichever level; ``before`` begins the IRIs of ties."""
    marks = ",".join("?" * len(_LEVELS))
    iris = (f"{before}{level}/{key}" for level in _LEVELS)
    number = index.value(f"SELECT id FROM tie WHERE iri IN ({marks})", *iris)
    return ties_at(index, [number])[0] if number is not None else None


def tie_grounds(index: Index, tie: Tie, at: int) -> Step:
    """Return one of the grounds of a tie: the last where ``at`` is past it."""
    rows = index.rows(
        """SELECT DISTINCT event, agreement FROM ground WHERE tie = ?
        ORDER BY event IS NULL, start IS NULL, start, event, agreement""",
        tie.number,
    )
    if not rows:
        return Step(None, 0, 0)
    place = min(at, len(rows))
    row = rows[place - 1]
    if row["event"] is not None:
        return Step(events_at(index, [row["event"]])[0], place, len(rows))
    return Step(agreements_at(index, [row["agreement"]], reference_day(index))[0], place, len(rows))

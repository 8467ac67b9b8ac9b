"""What ties rest on, one piece after the other: events, the newest first, then agreements."""

from collections.abc import Sequence
from dataclasses import dataclass

from pobratim.explore.agreements import Agreement, agreements_at
from pobratim.explore.events import Event, events_at
from pobratim.explore.index import Index
from pobratim.explore.parties import Party
from pobratim.explore.register import reference_day
from pobratim.explore.ties import Tie, ties_at

Ground = tuple[int, int]
"""The number of an event, or else 0 and the number of an agreement."""
_LEVELS = ("institution", "municipality", "region", "country")


_BETWEEN = """SELECT one.tie FROM tie_of AS one JOIN tie_of AS other ON other.tie = one.tie
WHERE one.party = ? AND other.party = ? ORDER BY one.tie"""


@dataclass(frozen=True, slots=True)
class Step:
    """An event or an agreement of ties, the ``at``-th of ``total``, from 1; None where they rest on nothing."""

    ground: Event | Agreement | None
    at: int
    total: int


def tie_of(index: Index, before: str, key: str) -> Tie | None:
    """Return the tie of a key, at whichever level; ``before`` begins the IRIs of ties."""
    marks = ",".join("?" * len(_LEVELS))
    iris = (f"{before}{level}/{key}" for level in _LEVELS)
    number = index.value(f"SELECT id FROM tie WHERE iri IN ({marks})", *iris)
    return ties_at(index, [number])[0] if number is not None else None


def ties_of_both(index: Index, one: Party, other: Party) -> tuple[int, ...]:
    """Return the ties, by number, that concern both of two parties: of a town and its school too."""
    return tuple(row["tie"] for row in index.rows(_BETWEEN, one.number, other.number))


def tie_grounds(index: Index, ties: Sequence[int], at: int) -> Step:
    """Return one of the grounds of ties (numbers): the last where ``at`` is past it."""
    rows = grounds_of(index, ties)
    if not rows:
        return Step(None, 0, 0)
    place = min(at, len(rows))
    event, agreement = rows[place - 1]
    if event:
        return Step(events_at(index, [event])[0], place, len(rows))
    return Step(agreements_at(index, [agreement], reference_day(index))[0], place, len(rows))


def grounds_of(index: Index, ties: Sequence[int]) -> Sequence[Ground]:
    """Return what ties (numbers) rest on, each once, in order."""
    sql = "SELECT DISTINCT event, agreement, start FROM ground WHERE tie IN ({}) ORDER BY event, agreement"
    rows = index.among(sql, ties)
    found = {(row["event"] or 0, 0 if row["event"] else row["agreement"]): row["start"] or "" for row in rows}
    newest = sorted(found, key=lambda ground: (found[ground], ground), reverse=True)
    return sorted(newest, key=lambda ground: not ground[0])

"""Events: accounts of one key and those that may tell of the same event are clustered anew where one came or went.

Kept are what telling apart needs of each row, the first account of each key with its blocks (place, year, word), and
which keys are alike enough that somebody might have to compare them; no ledger changes that.
"""

import json
from collections.abc import Iterable
from dataclasses import replace

from pobratim.entities import ActivityEntity, Undecided
from pobratim.record import Record
from pobratim.resolve.activities import MAYBE_SAME, Telling, activity_entity, cluster, moments, same_event
from pobratim.resolve.clusters import text_of
from pobratim.resolve.growing.changes import Things
from pobratim.resolve.growing.packing import pack, unpack
from pobratim.resolve.growing.tables import Tables, listed
from pobratim.resolve.ledger import Verdicts

_WORDS = ("words", "capitals", "stages")
"""What a telling finds out of its title once."""


class Events:
    """Keeps the accounts of rows, and which of them tell of one event."""

    def __init__(self, tables: Tables, things: Things) -> None:
        """Take the state."""
        self._tables, self._things, self._decided = tables, things, Verdicts()
        self._owns, self._lost = set[str](), set[str]()
        self._noted = dict[int, Telling]()
        """What rows tell that were noted in this update."""

    def forget(self, rows: Iterable[int]) -> None:
        """Take away what some rows tell."""
        wanted = listed(rows)
        for own, activity in self._tables.rows(
            "SELECT own, activity FROM telling WHERE row IN (SELECT value FROM json_each(?))", wanted
        ):
            self._owns.add(own)
            self._lost |= {activity} - {None}
        self._tables.run("DELETE FROM telling WHERE row IN (SELECT value FROM json_each(?))", wanted)

    def note(self, row: int, telling: Telling) -> None:
        """Add what a row tells."""
        self._owns.add(telling.own_key)
        self._noted[row] = telling
        slim = replace(telling, record=_slim(telling.record))
        words = json.dumps([sorted(getattr(telling, name)) for name in _WORDS], ensure_ascii=False)
        self._tables.run(
            "INSERT INTO telling(row, own, body, words) VALUES (?, ?, ?, ?)", row, telling.own_key, pack(slim), words
        )

    def settle(self, named: Iterable[str], decided: Verdicts) -> set[int]:
        """Cluster what is in reach of a change; return the rows whose event or its accounts changed.

        ``decided`` is what people decided of activities, ``named`` the keys of which that is another than before.
        """
        self._decided = decided
        reach = self._reach({*named, *self._owns, *self._link()})
        rows, before = dict[tuple[str, int], int](), dict[int, str]()
        tellings = []
        held = self._tables.rows(
            "SELECT row, activity FROM telling WHERE own IN (SELECT value FROM json_each(?))", listed(reach)
        )
        told = self._all_told(row for row, _ in held)
        for row, activity in held:
            tellings.append(told[row])
            rows[tellings[-1].order], before[row] = row, activity or ""
        groups, undecided = cluster(tellings, self._decided)
        now = {rows[one.order]: group[0].own_key for group in groups for one in group}
        moved = {row for row, key in now.items() if before[row] != key}
        self._tables.many("UPDATE telling SET activity = ? WHERE row = ?", [(now[row], row) for row in sorted(moved)])
        self._ask(reach, undecided)
        entities = {entity.key: entity for entity in (activity_entity(group, self._decided) for group in groups)}
        for key in sorted({*before.values(), *self._lost} - {"", *entities}):
            self._things.put("activity", key, None)
        changed = {key for key in sorted(entities) if self._things.put("activity", key, entities[key]) != (None, None)}
        return moved | {row for row, key in now.items() if key in changed}

    def _ask(self, reach: Iterable[str], undecided: Iterable[Undecided]) -> None:
        self._tables.many("DELETE FROM question WHERE kind = 'event' AND owner = ?", [(own,) for own in sorted(reach)])
        self._tables.many(
            "INSERT OR IGNORE INTO question VALUES ('event', ?, ?)", [(one.left, pack(one)) for one in undecided]
        )

    def _reach(self, owns: Iterable[str]) -> set[str]:
        found, fresh = set[str](), set(owns)
        while fresh:
            found |= fresh
            near = set(
                self._tables.column("SELECT b FROM alike WHERE a IN (SELECT value FROM json_each(?))", listed(fresh))
            )
            fresh = near.union(*(keys for keys in self._decided.same if keys & fresh)) - found
        return found

    def _all_told(self, rows: Iterable[int]) -> dict[int, Telling]:
        """Return what rows tell; only of those is it read that were not noted in this update."""
        wanted = [*rows]
        read = self._tables.rows(
            "SELECT row, body, words FROM telling WHERE row IN (SELECT value FROM json_each(?))",
            listed(row for row in wanted if row not in self._noted),
        )
        found = {row: _telling(body, words) for row, body, words in read}
        return {row: self._noted.get(row) or found[row] for row in wanted}

    def _told(self, row: int, body: str, words: str) -> Telling:
        return self._noted.get(row) or _telling(body, words)

    # Which accounts are alike

    def _link(self) -> set[str]:
        """Compare keys whose first account is another one than before; return those to which they were alike."""
        near, fresh = set[str](), list[Telling]()
        for own in sorted(self._owns):
            first = self._tables.rows(
                "SELECT body, words, row.id FROM telling JOIN row ON row.id = row"
                " WHERE own = ? ORDER BY report, number LIMIT 1",
                own,
            )
            held = self._tables.rows("SELECT body, row FROM event WHERE own = ?", own)
            if held != [(body, row) for body, _, row in first]:
                near.update(self._tables.column("SELECT b FROM alike WHERE a = ?", own))
                for table, column in (("alike", "a"), ("alike", "b"), ("event", "own"), ("moment", "own")):
                    self._tables.run(f"DELETE FROM {table} WHERE {column} = ?", own)
                fresh += [self._first(row, body, words) for body, words, row in first]
        for telling in fresh:
            self._compare(telling)
        return near

    def _first(self, row: int, body: str, words: str) -> Telling:
        telling = self._told(row, body, words)
        first, last = (day.isoformat() for day in telling.span) if telling.span else ("", "")
        self._tables.run("INSERT INTO event VALUES (?, ?, ?, ?, ?)", telling.own_key, row, body, first, last)
        names = sorted(text_of(moment) for moment in moments(telling))
        self._tables.many("INSERT INTO moment VALUES (?, ?)", [(name, telling.own_key) for name in names])
        return telling

    def _compare(self, telling: Telling) -> None:
        for row, body, words in self._tables.rows(
            "SELECT event.row, event.body, words FROM event JOIN telling ON telling.row = event.row WHERE event.own IN"
            " (SELECT other.own FROM moment AS mine JOIN moment AS other ON other.name = mine.name"
            "  WHERE mine.own = ?1) AND event.own <> ?1"
            " AND first <= (SELECT last FROM event WHERE own = ?1)"
            " AND last >= (SELECT first FROM event WHERE own = ?1)",
            telling.own_key,
        ):
            left, right = sorted((telling, self._told(row, body, words)), key=lambda one: one.order)
            if same_event(left, right) >= MAYBE_SAME:
                pairs = [(left.own_key, right.own_key), (right.own_key, left.own_key)]
                self._tables.many("INSERT OR IGNORE INTO alike VALUES (?, ?)", pairs)


def told_of(tables: Tables, key: str) -> ActivityEntity:
    """Return an activity. Raises TypeError for one that is not there."""
    return unpack(ActivityEntity, tables.value("SELECT entity FROM activity WHERE key = ?", key))


def _telling(body: str, words: str) -> Telling:
    telling = unpack(Telling, body)
    vars(telling).update(zip(_WORDS, map(frozenset, json.loads(words)), strict=True))
    return telling


def _slim(record: Record) -> Record:
    """Return a record without what no event is told by."""
    return replace(
        record, cells={}, evidence=[], institutions=[], groups=[], people=[], agreements=[], ties=[], parties={}
    )

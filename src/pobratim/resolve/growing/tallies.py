"""What is only summed: people under the keys that their own mentions make, and series."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pobratim.resolve.growing.changes import Things
from pobratim.resolve.growing.packing import pack, unpack
from pobratim.resolve.growing.tables import Tables, listed
from pobratim.resolve.keys import series_key
from pobratim.resolve.people import PersonMention, cautious, key_of, person_entity
from pobratim.resolve.resolution import series_entity


class People:
    """Keeps the mentions of people, by row."""

    def __init__(self, tables: Tables, things: Things) -> None:
        """Take the state."""
        self._tables, self._things, self._keys = tables, things, set[str]()

    def forget(self, rows: Iterable[int]) -> None:
        """Take away whom some rows name."""
        self._keys.update(_forget(self._tables, "holder", rows))

    def note(self, row: int, mentions: Iterable[PersonMention]) -> None:
        """Add whom a row names."""
        for one in mentions:
            key, body = key_of(one), pack(replace(one, report="", row=0, index=0))
            self._keys.add(key)
            self._tables.run("INSERT INTO holder VALUES (?, ?, ?, ?)", row, one.index, key, body)

    def classes(self, activity: str) -> dict[str, tuple[str, str]]:
        """Return class and rule of each person of an activity, by key."""
        found = self._tables.rows(
            "SELECT key, holder.body FROM telling JOIN holder ON holder.row = telling.row WHERE activity = ?", activity
        )
        return cautious((key, unpack(PersonMention, body).person) for key, body in found)

    def settle(self) -> set[int]:
        """Make people anew; return the rows that name somebody who has a name now, or has none any more."""
        moved = set[int]()
        for key in sorted(self._keys):
            found = self._tables.rows("SELECT body, count(*) FROM holder WHERE key = ? GROUP BY body", key)
            mentions = [one for body, met in found for one in [unpack(PersonMention, body)] * met]
            old, new = self._things.put("person", key, person_entity(key, mentions) if mentions else None)
            if old is not None and new is not None and bool(old.name) != bool(new.name):
                moved.update(self._tables.column("SELECT row FROM holder WHERE key = ?", key))
        return moved


class Series:
    """Keeps which series rows are of."""

    def __init__(self, tables: Tables, names: Mapping[str, str], things: Things) -> None:
        """Take the state and the names that people gave series."""
        self._tables, self._names, self._things, self._keys = tables, names, things, set[str]()

    def forget(self, rows: Iterable[int]) -> None:
        """Take away of which series some rows are."""
        self._keys.update(_forget(self._tables, "instalment", rows))

    def note(self, row: int, series: str, name: str) -> None:
        """Add of which series a row is, "" for none."""
        if series:
            self._keys.add(series_key(series))
            self._tables.run("INSERT INTO instalment VALUES (?, ?, ?)", row, series_key(series), name or series)

    def settle(self, told: Iterable[str]) -> None:
        """Make series anew; of ``told`` the names changed."""
        for key in sorted({*self._keys, *told}):
            found = self._tables.rows("SELECT name, count(*) FROM instalment WHERE key = ? GROUP BY name", key)
            self._things.put("series", key, series_entity(key, dict(found), self._names) if found else None)


def _forget(tables: Tables, table: str, rows: Iterable[int]) -> list[str]:
    wanted = listed(rows)
    keys = tables.column(f"SELECT DISTINCT key FROM {table} WHERE row IN (SELECT value FROM json_each(?))", wanted)
    tables.run(f"DELETE FROM {table} WHERE row IN (SELECT value FROM json_each(?))", wanted)
    return keys

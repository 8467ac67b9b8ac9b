"""One state of identity and the walk of an update through it: rows, places, organisations, events, agreements, people.

Each step hands the next the rows of which a key changed; so what is untouched is never read. What a row rests on:

==============  ====================================================  ==============================================
step            what it needs of other rows                           local form
==============  ====================================================  ==============================================
readings        names of settlements that no gazetteer has            rows note under which beginnings they looked
places          the only place of a name, item; decisions             families, items and keys of mentions, counted
organisations   equal, fuller and like names; crowded blocks          links between shapes; sizes of blocks
keys            sets that would have one key; decisions               numbered again: all such sets; looked up by key
events          accounts of one key or nearly the same words          first accounts by block, links between keys
agreements      agreements of the same parties; decisions             circles of parties
people, series  how often each spelling is met                        counted by key
questions       all of them                                           kept by what raises them, read whole
==============  ====================================================  ==============================================
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pobratim.entities import ReportEntity
from pobratim.record import Institution, Record
from pobratim.resolve.accounts import RowKeys
from pobratim.resolve.activities import Telling
from pobratim.resolve.fields import Final
from pobratim.resolve.growing.changes import Changes, Things
from pobratim.resolve.growing.events import Events, told_of
from pobratim.resolve.growing.lines import Lines
from pobratim.resolve.growing.namings import Namings
from pobratim.resolve.growing.organisations import Organisations
from pobratim.resolve.growing.packing import pack, unpack
from pobratim.resolve.growing.pacts import Pacts
from pobratim.resolve.growing.places import Book, Places, final_place
from pobratim.resolve.growing.tables import Tables, listed
from pobratim.resolve.growing.tallies import People, Series
from pobratim.resolve.identifying import naming
from pobratim.resolve.ledger import Decision, under_final_keys, verdicts
from pobratim.resolve.mentions import Mentions
from pobratim.resolve.namings import Naming
from pobratim.resolve.places import TownIndex
from pobratim.resolve.plain import Plain
from pobratim.resolve.readings import Beginning, Readings, beginning
from pobratim.resolve.rows import Origin, Rows, origins
from pobratim.resolve.told_places import named_places
from pobratim.resolve.vocabulary import Vocabulary

RecordsOf = Callable[[str], Sequence[Record]]
"""Gives the records of a report by its slug, as they are after the update."""


@dataclass(frozen=True, slots=True)
class Told:
    """A report that comes, or comes in place of the one of its slug, with its records."""

    report: ReportEntity
    records: Sequence[Record]


class Ground:
    """What every update takes for granted: the gazetteer and the ontology's words."""

    def __init__(self, gazetteer: TownIndex[Any], vocabulary: Vocabulary) -> None:
        """Keep both."""
        self.gazetteer, self.vocabulary = gazetteer, vocabulary


class World:
    """A state under one ledger; ``before`` is the one in which nothing is decided, None where nobody joined things."""

    def __init__(
        self,
        tables: Tables,
        ground: Ground,
        records: RecordsOf,
        ledger: Sequence[Decision],
        before: Tables | None,
        plain: Plain | None = None,
    ) -> None:
        """Open the state for one update; ``plain`` may have been found of all rows, where nothing is decided."""
        self._plain = plain
        self.tables, self.changes, self._ground = tables, Changes(), ground
        self.touched = set[str]()
        self.ledger = list(ledger)
        self._records, self._cache = records, dict[str, dict[int, Record]]()
        joined = any(one.verdict == "same" for one in self.ledger)
        self.before = before if joined else None
        self._origins: dict[str, Origin] = {}
        readings = Readings(ground.gazetteer, ground.vocabulary, self._settlements)
        self.rows = Rows(self._origins, ground.gazetteer, readings)
        self.mentions = Mentions(self.rows, Book(tables))
        things = Things(tables, self.changes, is_new=plain is not None)
        self._places = Places(tables, ground.gazetteer, self._decided("place"), things)
        self._namings = Namings(tables, ground.vocabulary)
        self._events = Events(tables, things)
        self._pacts = Pacts(tables, self.before, things)
        self._people, self._series = People(tables, things), Series(tables, self._decided("series").names, things)
        self._things = things
        self.lines = Lines(tables, self.ledger, lambda key: self.organisations().final(key))

    def _decided(self, kind: str) -> Any:
        return verdicts(self.ledger, kind)

    def organisations(self) -> Organisations:
        """Return what settles organisations; the places are settled already."""
        about = [one for one in self.ledger if one.type == "organisation"]
        decided = verdicts(under_final_keys(about, _place_only(self.tables)), "organisation")
        return Organisations(self._namings, decided, self.before, self._things, self._plain)

    def update(self, removed: Iterable[str], added: Sequence[Told]) -> None:
        """Take reports away and others in; ``changes`` then tells what that changed."""
        told = self.lines.changed()
        fresh, gone = self._take(removed, added)
        self._note_settlements(fresh)
        again = self._read_again(fresh, gone)
        self._forget_spots(again)
        for row, record in self._each(fresh | again):
            self._note_spots(row, record)
        self._places.note_told(named_places(self.ledger))
        moved = again | self._places.settle(told("place"))
        self._forget_mentions(moved)
        for row, record in self._each(fresh | moved):
            self._note_mentions(row, record)
        organisations = self.organisations()
        moved |= organisations.settle(told("organisation"))
        ledger, told_now = self.lines.under_final_keys()
        events = self._events.settle(told_now("activity"), verdicts(ledger, "activity"))
        # What people are in an event is told by all its rows.
        moved |= self._beside(self._note_more(fresh, moved, events))
        moved |= events | self._pacts.settle(told_now("agreement"), verdicts(ledger, "agreement"))
        moved |= self._people.settle() | self.lines.untied()
        self._series.settle(told("series"))
        self.tables.run("DELETE FROM row WHERE id IN (SELECT value FROM json_each(?))", listed(gone))
        self.changes.rows = (moved | fresh) - gone
        self.touched = self._touched()
        self.lines.keep()

    # Rows

    def _take(self, removed: Iterable[str], added: Sequence[Told]) -> tuple[set[int], set[int]]:
        """Return the rows that come and those that go; rows of a report that came anew unchanged do neither."""
        fresh, gone = set[int](), set[int]()
        leaving = {*removed} - {one.report.slug for one in added}
        for slug in sorted(leaving):
            self.tables.run("DELETE FROM report WHERE slug = ?", slug)
            gone.update(self.tables.column("SELECT id FROM row WHERE report = ?", slug))
        coming = list[tuple[str, int, str]]()
        for one in added:
            slug = one.report.slug
            if self.tables.value("SELECT entity FROM report WHERE slug = ?", slug) != pack(one.report):
                self.changes.reports.add(slug)
            self.tables.run("INSERT OR REPLACE INTO report VALUES (?, ?)", slug, pack(one.report))
            self._origins |= origins([one.report])
            self._cache[slug] = {record.row: record for record in one.records}
            held = {
                number: (row, digest)
                for row, number, digest in self.tables.rows("SELECT id, number, digest FROM row WHERE report = ?", slug)
            }
            digests = {record.row: _digest(record, self._origins[slug]) for record in one.records}
            stay = {number for number, digest in digests.items() if held.get(number, (0, ""))[1] == digest}
            lost = {row for number, (row, _) in held.items() if number not in stay}
            gone |= lost
            self.changes.reports |= {slug} if lost else set()
            coming += [(slug, number, digest) for number, digest in sorted(digests.items()) if number not in stay]
        self._forget(gone)
        for line in coming:
            fresh.add(self.tables.run("INSERT INTO row(report, number, digest) VALUES (?, ?, ?)", *line))
        return fresh, gone

    def _forget(self, gone: set[int]) -> None:
        """Take away all that some rows say, and the place in their reports."""
        wanted = listed(gone)
        self._lost = set(
            self.tables.rows(
                "SELECT DISTINCT country, stem, name FROM settlement WHERE row IN (SELECT value FROM json_each(?))",
                wanted,
            )
        )
        self.tables.run("DELETE FROM settlement WHERE row IN (SELECT value FROM json_each(?))", wanted)
        self._forget_spots(gone)
        self._forget_mentions(gone)
        self._forget_more(gone)
        self._series.forget(gone)
        # The rows stay till the end, so that what they said can be told by report; others take their numbers.
        self.tables.run("UPDATE row SET number = -id WHERE id IN (SELECT value FROM json_each(?))", wanted)

    def _each(self, rows: Iterable[int]) -> Iterator[tuple[int, Record]]:
        """Yield rows with their records, by report and number."""
        for row, report, number in self.tables.rows(
            "SELECT id, report, number FROM row WHERE id IN (SELECT value FROM json_each(?)) ORDER BY report, number",
            listed(rows),
        ):
            yield row, self.record(report, number)

    def _touched(self) -> set[str]:
        """Return the reports whose graphs the update may change."""
        wanted = listed(self.changes.rows)
        found = self.tables.column(
            "SELECT DISTINCT report FROM row WHERE id IN (SELECT value FROM json_each(?))", wanted
        )
        return {*found, *self.changes.reports}

    def report(self, slug: str) -> ReportEntity:
        """Return a report."""
        return unpack(ReportEntity, self.tables.value("SELECT entity FROM report WHERE slug = ?", slug))

    def record(self, report: str, number: int) -> Record:
        """Return the record of a row."""
        if report not in self._cache:
            self._origins |= origins([self.report(report)])
            self._cache[report] = {one.row: one for one in self._records(report)}
        return self._cache[report][number]

    # Names of settlements

    def _settlements(self, begins: Beginning) -> set[str]:
        return set(self.tables.column("SELECT DISTINCT name FROM settlement WHERE country = ? AND stem = ?", *begins))

    def _note_settlements(self, fresh: Iterable[int]) -> None:
        self._came = set[tuple[str, str, str]]()
        for row, record in self._each(fresh):
            for one in self.rows.settlements(record):
                country, stem = beginning(one.name, one.country)
                named = (country, stem, one.name)
                if named not in self._came and not self._names(named):
                    self._came.add(named)
                self.tables.run("INSERT INTO settlement VALUES (?, ?, ?, ?)", row, *named)
            self._series.note(row, record.series, record.series_name)

    def _names(self, named: tuple[str, str, str]) -> bool:
        sql = "SELECT 1 FROM settlement WHERE country = ? AND stem = ? AND name = ? LIMIT 1"
        return self.tables.value(sql, *named) is not None

    def _read_again(self, fresh: set[int], gone: set[int]) -> set[int]:
        """Return the rows that looked for names of settlements of which one came or went."""
        changed = self._came ^ {named for named in self._lost if not self._names(named) or named in self._came}
        found = set[int]()
        for country, stem in {named[:2] for named in changed}:
            found.update(self.tables.column("SELECT row FROM looked WHERE country = ? AND stem = ?", country, stem))
        return found - fresh - gone

    # What rows say

    def _forget_spots(self, rows: Iterable[int]) -> None:
        self._places.forget(rows)
        self.tables.run("DELETE FROM looked WHERE row IN (SELECT value FROM json_each(?))", listed(rows))

    def _note_spots(self, row: int, record: Record) -> None:
        self.rows.readings.looked.clear()
        places = record.places if record.form == "events" else []
        shown = {self.rows.reporter(record), *(self.rows.spot(record, place) for place in places)}
        self._places.note(row, self.rows.spots(record), shown)
        self.tables.many(
            "INSERT INTO looked VALUES (?, ?, ?)", [(row, *begins) for begins in sorted(self.rows.readings.looked)]
        )

    def _forget_mentions(self, rows: Iterable[int]) -> None:
        self._namings.forget(rows)
        self._events.forget(rows)

    def _note_mentions(self, row: int, record: Record) -> None:
        for place, one in enumerate(record.institutions):
            self._namings.note(row, record.report, place, one, self._naming(record, one))
        if record.form == "events":
            self._events.note(row, self._telling(record))

    def _telling(self, record: Record) -> Telling:
        return self._plain.tellings[record.report, record.row] if self._plain else self.mentions.telling(record)

    def _naming(self, record: Record, one: Institution) -> Naming:
        if self._plain:
            return self._plain.naming(one)
        return naming(self.mentions.organisation(record, one), self._ground.vocabulary)

    def _forget_more(self, rows: Iterable[int]) -> None:
        self._pacts.forget(rows)
        self._people.forget(rows)

    def _beside(self, rows: Iterable[int]) -> set[int]:
        """Return the rows that tell of the same events as some others."""
        return set(
            self.tables.column(
                "SELECT row FROM telling WHERE activity IN"
                " (SELECT activity FROM telling WHERE row IN (SELECT value FROM json_each(?)))",
                listed(rows),
            )
        )

    def _note_more(self, fresh: set[int], moved: set[int], events: set[int]) -> set[int]:
        """Note agreements and people of rows that are new, or of which keys changed that these are made of.

        Returns these rows.
        """
        wanted = listed(moved | events)
        held = set(
            self.tables.column(
                "SELECT row FROM pact WHERE row IN (SELECT value FROM json_each(?1))"
                " UNION SELECT row FROM holder WHERE row IN (SELECT value FROM json_each(?1))",
                wanted,
            )
        )
        self._forget_more(held)
        for row, record in self._each(fresh | held):
            if record.agreements or record.people:
                ids, (activity, _) = self.ids(row), self._activity(row)
                self._pacts.note(row, list(self.mentions.agreements(record, ids, activity)))
                self._people.note(row, self.mentions.people(record, ids))
        return fresh | held

    # Keys of rows

    def ids(self, row: int) -> dict[str, str]:
        """Return the keys of a row's institutions by temporary id."""
        return dict(
            self.tables.rows(
                "SELECT temporary, key FROM mention JOIN naming ON naming.id = naming"
                " JOIN cluster ON cluster.root = naming.root WHERE row = ?",
                row,
            )
        )

    def _activity(self, row: int) -> tuple[str, str]:
        found = self.tables.rows("SELECT activity, own FROM telling WHERE row = ?", row)
        return found[0] if found else ("", "")

    def keys(self, row: int, key: str) -> RowKeys:
        """Return all keys of a row, whose account has ``key``."""
        activity, own = self._activity(row)
        event = told_of(self.tables, activity) if activity else None
        others = [one for one in event.accounts if one != key] if event else []
        return RowKeys(
            self.ids(row),
            self.tables.column("SELECT key FROM holder WHERE row = ? ORDER BY place", row),
            self.tables.column("SELECT key FROM pact WHERE row = ? ORDER BY place", row),
            activity,
            own,
            ["#".join(one.rsplit("/", 1)) for one in others],
            self._people.classes(activity),
            event.corrections if event else (),
            event is not None and event.canonical == key,
        )


def _place_only(tables: Tables) -> Final:
    """Return what tells the keys of places: all that is settled before organisations are."""
    return lambda thing: final_place(tables, thing[1]) if thing[0] == "place" else None


def _digest(record: Record, origin: Origin) -> str:
    """Return a hash of all on which what a row says depends beside other rows."""
    return hashlib.sha256(repr((record, origin)).encode(errors="surrogatepass")).hexdigest()[:32]

"""What reports tell of ties, and the tally of each tie, in a file (SQLite): a change counts what it touches alone.

Only ties of a basis that is told otherwise, or has its parties or activities told otherwise, are looked at; of a tie
that nearly everything belongs to (two countries) only the counts of the activities that such bases name.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern
from typing import Any

from pobratim.entities import Resolution
from pobratim.ties.counters import Tally
from pobratim.ties.levels import Pair
from pobratim.ties.lines import lines_of
from pobratim.ties.summarise import changed_parties, told_anew
from pobratim.ties.summary import BASIS, EVENT, KINDS, PARTY, Party, Summary, packed, unpacked
from pobratim.ties.tellings import Tellings
from pobratim.ties.whole import Whole

_SCHEMA = """
CREATE TABLE report(slug TEXT PRIMARY KEY, country TEXT) WITHOUT ROWID;
CREATE TABLE told(kind TEXT, name TEXT, report TEXT, body TEXT, town TEXT, PRIMARY KEY(kind, name, report))
  WITHOUT ROWID;
CREATE INDEX told_report ON told(report);
CREATE INDEX told_town ON told(town) WHERE town <> '';
-- Which bases name an activity or a party.
CREATE TABLE rests(source TEXT, basis TEXT, report TEXT, PRIMARY KEY(source, basis, report)) WITHOUT ROWID;
CREATE INDEX rests_report ON rests(report);
CREATE TABLE tally(id INTEGER PRIMARY KEY, level TEXT, one TEXT, other TEXT, body TEXT, UNIQUE(level, one, other));
-- How many bases of a tie name an activity: all of them (meets 0), or contacts alone (1).
CREATE TABLE mark(tally INT, meets INT, event TEXT, n INT, PRIMARY KEY(tally, meets, event)) WITHOUT ROWID;
"""
_AMONG = "IN (SELECT value FROM json_each(?))"
_MARKS = f"tally = ? AND meets IN (0, 1) AND event {_AMONG}"
_Excerpt = dict[str, Summary]
_Names = Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True)
class Change:
    """The lines of the graph of ties that go away and those that are new."""

    gone: set[str] = field(default_factory=set)
    fresh: set[str] = field(default_factory=set)


class Book:
    """The open file. All that it holds at a time is of one resolution."""

    def __init__(self, file: Path | str) -> None:
        """Open a file, made empty where it is not there; ``:memory:`` is no file."""
        self._open = sqlite3.connect(file, isolation_level=None)
        # Hundreds of reports tell of one party, and nearly all of them the same.
        self._things: dict[tuple[str, str], Any] = {}
        # Who writes has the file for himself. What leaves is to be read nowhere any more.
        self._open.executescript("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;")
        if not self.rows("SELECT 1 FROM sqlite_master WHERE name = 'report'"):
            self._open.executescript(f"BEGIN; {_SCHEMA} COMMIT;")

    def close(self) -> None:
        """Close the file."""
        self._open.close()

    def begin(self, whole: Whole) -> None:
        """Put in reports whose ties are counted already; nothing may be there yet."""
        self._open.execute("BEGIN")
        self._put(whole.summaries)
        for number, (pair, tally) in enumerate(whole.tallies.items(), start=1):
            self._open.execute("INSERT INTO tally VALUES (?, ?, ?, ?, ?)", (number, *pair, _body(tally)))
            self._mark(number, tally)
        self._open.execute("COMMIT")

    def summaries(self, slugs: Iterable[str] | None = None) -> dict[str, Summary]:
        """Return the summaries of some reports, or of all."""
        if slugs is None:
            slugs = [slug for (slug,) in self.rows("SELECT slug FROM report")]
        found = self._begun(slugs)
        self._fill(found, f"SELECT kind, name, report, body FROM told WHERE report {_AMONG}", _listed(found))
        return found

    def told_anew(self, resolution: Resolution) -> dict[str, Summary]:
        """Return the summaries that places and organisations which changed make other ones, by report.

        ``resolution`` holds these, with their seats; what the rows of the reports tell is as it was.
        """
        now = {name: packed(party) for name, party in changed_parties(resolution).items()}
        # A town of hundreds of reports mostly changes in what no tie shows, as how often it is named.
        sql = f"SELECT DISTINCT name, body FROM told WHERE kind = 'party' AND name {_AMONG}"
        names = {name for name, body in self.rows(sql, _listed(now)) if body != now[name]}
        slugs = self._column(f"SELECT DISTINCT report FROM told WHERE kind = 'party' AND name {_AMONG}", names)
        return told_anew(self.summaries(slugs), resolution)

    def update(self, changed: Mapping[str, Summary | None], base: str) -> Change:
        """Take reports that are new or changed, or gone (None), and return what that changes in the graph of ties.

        What the book held must be of one resolution, and so must be what it holds then: a report of which anything is
        decided otherwise is among the changed ones, also where its text is the same. ``base`` begins the IRIs of data.
        """
        former = self.summaries(changed)
        changed = {slug: summary for slug, summary in changed.items() if former.get(slug) != summary}
        if not changed:
            return Change()
        self._open.execute("BEGIN")
        try:
            found = self._updated({slug: former[slug] for slug in changed if slug in former}, changed, base)
        except BaseException:
            self._open.execute("ROLLBACK")
            raise
        self._open.execute("COMMIT")
        return found

    def _updated(self, former: _Excerpt, changed: Mapping[str, Summary | None], base: str) -> Change:
        fresh = {slug: one for slug, one in changed.items() if one is not None}
        touched = self._touched(former, fresh)
        before = Tellings(self._resting(touched))
        self._drop(changed)
        self._put(fresh)
        after = Tellings(self._resting(touched))
        tallies = self._tallies(touched, before, after)
        held = {pair: kept.tally for pair, kept in tallies.items()}
        # A side of which one of both has nothing is told of as before: else all that rests on it were touched.
        gone = set(lines_of(base, before, touched, held, after.parties))
        for tellings, by in ((before, -1), (after, 1)):
            for name in touched & tellings.bases.keys():
                for pair in tellings.pairs_of(name):
                    held[pair].count(tellings.bases[name], tellings.events, by)
        now = set(lines_of(base, after, touched, held, before.parties))
        self._keep(tallies)
        return Change(gone - now, now - gone)

    # What changes

    def _touched(self, former: _Excerpt, fresh: _Excerpt) -> set[str]:
        """Return the bases that are told otherwise, or that have something from what is."""
        told: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for summary in (*former.values(), *fresh.values()):
            for kind, (table, _) in KINDS.items():
                told[kind] |= getattr(summary, table).keys()
        known = self._excerpt(told)
        before, after = Tellings(known), Tellings({**known, **dict.fromkeys(former, _NOTHING), **fresh})
        changed = {name for name in told[EVENT] if before.events.get(name) != after.events.get(name)}
        changed |= {name for name in told[PARTY] if before.parties.get(name) != after.parties.get(name)}
        # What was not there, or is no more, nothing rests on but what is told otherwise itself.
        changed &= (before.parties.keys() & after.parties.keys()) | (before.events.keys() & after.events.keys())
        found = {name for name in told[BASIS] if before.bases.get(name) != after.bases.get(name)}
        return found | self._resting_on(changed)

    def _resting_on(self, sources: Collection[str]) -> set[str]:
        """Return the bases that have something from some activities, parties and areas."""
        parties = self._column(f"SELECT DISTINCT name FROM told WHERE town {_AMONG}", sources)
        areas = {name for name in sources if ":" in name}
        # Regions and countries are the ontology's, and so never change between two loads of one program.
        for name, body in self.rows("SELECT DISTINCT name, body FROM told WHERE kind = 'party'") if areas else ():
            party = Party(*json.loads(body))
            parties |= {name} if areas & {party.region, party.country} else set()
        return self._column(f"SELECT DISTINCT basis FROM rests WHERE source {_AMONG}", {*sources} | parties)

    def _resting(self, bases: Iterable[str]) -> _Excerpt:
        """Return what reports tell of some bases, their activities, and their parties with what is above them."""
        found = self._excerpt({BASIS: bases})
        held = [basis for summary in found.values() for basis in summary.bases.values()]
        events = {event for basis in held for event in basis.events}
        parties = {party for basis in held for party in basis.parties}
        above = {
            area
            for summary in self._excerpt({PARTY: parties}).values()
            for party in summary.parties.values()
            for area in (party.municipality, party.region, party.country)
        }
        return self._excerpt({BASIS: bases, EVENT: events, PARTY: parties | above})

    def _excerpt(self, names: _Names) -> _Excerpt:
        """Return what reports tell of what is named, by kind."""
        every = {slug: Summary(country, {}, {}, {}) for slug, country in self.rows("SELECT slug, country FROM report")}
        for kind, wanted in names.items():
            sql = f"SELECT kind, name, report, body FROM told WHERE kind = ? AND name {_AMONG}"
            self._fill(every, sql, kind, _listed(wanted))
        return {slug: one for slug, one in every.items() if any(getattr(one, table) for table, _ in KINDS.values())}

    def _begun(self, slugs: Iterable[str]) -> _Excerpt:
        rows = self.rows(f"SELECT slug, country FROM report WHERE slug {_AMONG}", _listed(slugs))
        return {slug: Summary(country, {}, {}, {}) for slug, country in rows}

    def _fill(self, found: _Excerpt, sql: str, *values: Any) -> None:
        """Put into summaries what they have of kind, name, report and body, which a query gives."""
        for kind, name, report, body in self._open.execute(sql, values):
            table, _ = KINDS[kind]
            if (kind, body) not in self._things:
                self._things[kind, body] = unpacked(kind, body)
            getattr(found[report], table)[intern(name)] = self._things[kind, body]

    # What is kept

    def _put(self, fresh: Mapping[str, Summary]) -> None:
        self._many("INSERT INTO report VALUES (?, ?)", ((slug, one.country) for slug, one in fresh.items()))
        self._many("INSERT INTO told VALUES (?, ?, ?, ?, ?)", (row for item in fresh.items() for row in _told(*item)))
        self._many(
            "INSERT OR IGNORE INTO rests VALUES (?, ?, ?)",
            (
                (source, name, slug)
                for slug, summary in fresh.items()
                for name, basis in summary.bases.items()
                for source in (*basis.events, *basis.parties)
            ),
        )

    def _drop(self, slugs: Iterable[str]) -> None:
        for table, column in (("report", "slug"), ("told", "report"), ("rests", "report")):
            self._open.execute(f"DELETE FROM {table} WHERE {column} {_AMONG}", (_listed(slugs),))

    def _tallies(self, touched: Iterable[str], *both: Tellings) -> dict[Pair, "_Kept"]:
        """Return the tallies of the ties that some bases make, of the activities those that the bases name."""
        events: dict[Pair, set[str]] = defaultdict(set)
        for name in touched:
            for tellings in both:
                for pair in tellings.pairs_of(name):
                    events[pair].update(tellings.bases[name].basis.events)
        return {pair: self._kept(pair, wanted) for pair, wanted in events.items()}

    def _kept(self, pair: Pair, events: Collection[str]) -> "_Kept":
        held = self.rows("SELECT id, body FROM tally WHERE level = ? AND one = ? AND other = ?", *pair)
        if not held:
            return _Kept(0, Tally(), events)
        ((number, body),) = held
        tally = _tally(body)
        for meets, event, n in self.rows(f"SELECT meets, event, n FROM mark WHERE {_MARKS}", number, _listed(events)):
            (tally.meetings if meets else tally.events)[event] = n
        tally.unseen_events -= len(tally.events)
        tally.unseen_meetings -= len(tally.meetings)
        return _Kept(number, tally, events)

    def _keep(self, tallies: Mapping[Pair, "_Kept"]) -> None:
        for pair, kept in tallies.items():
            self._open.execute(f"DELETE FROM mark WHERE {_MARKS}", (kept.number, _listed(kept.events)))
            if not kept.tally.bases:
                self._open.execute("DELETE FROM tally WHERE id = ?", (kept.number,))
                continue
            sql = "INSERT OR REPLACE INTO tally VALUES (?, ?, ?, ?, ?)"
            number = self._open.execute(sql, (kept.number or None, *pair, _body(kept.tally))).lastrowid or 0
            self._mark(number, kept.tally)

    def _mark(self, number: int, tally: Tally) -> None:
        for meets, counts in enumerate((tally.events, tally.meetings)):
            self._many(
                "INSERT INTO mark VALUES (?, ?, ?, ?)", ((number, meets, event, n) for event, n in counts.items())
            )

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """Return all rows of an answer."""
        return self._open.execute(sql, values).fetchall()

    def _column(self, sql: str, values: Iterable[str]) -> set[str]:
        return {row[0] for row in self._open.execute(sql, (_listed(values),))}

    def _many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._open.executemany(sql, rows)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A tally with its id (0: none yet); of ``events`` its counts are seen."""

    number: int
    tally: Tally
    events: Collection[str]


_NOTHING = Summary("")


def _told(slug: str, summary: Summary) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the rows of a summary."""
    for kind, (table, _) in KINDS.items():
        for name, thing in getattr(summary, table).items():
            town = thing.municipality if kind == PARTY and thing.municipality != name else ""
            yield kind, name, slug, packed(thing), town


def _body(tally: Tally) -> str:
    """Return all of a tally but the counts of activities."""
    counts = (tally.topics, tally.countries, tally.begins, tally.ends)
    numbers = (tally.bases, tally.papers, tally.twinnings, tally.projects, tally.event_count, tally.meeting_count)
    return json.dumps((*numbers, *counts), ensure_ascii=False, separators=(",", ":"))


def _tally(body: str) -> Tally:
    """Return the tally of which ``_body`` told, no activity of which is seen."""
    bases, papers, twinnings, projects, events, meetings, topics, countries, begins, ends = json.loads(body)
    return Tally(
        bases, papers, twinnings, projects, {}, {}, topics, countries, begins, ends,
        unseen_events=events, unseen_meetings=meetings,
    )  # fmt: skip


def _listed(values: Iterable[str]) -> str:
    return json.dumps(sorted(values), ensure_ascii=False)

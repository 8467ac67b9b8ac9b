"""What a load keeps for the next one, a folder in the generation, so that it need not resolve again what stays.

``identity/`` is the state of ``resolve/growing``, ``ties.sqlite`` what reports tell of ties with the tally of each,
``named.sqlite`` tells which reports name a thing. While people have withdrawn anything, ``whole/`` is the state of all
rows, by which it is told which of them go, and ``gone.json`` what else went.
"""

import json
import shutil
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pobratim.entities import Account, Resolution
from pobratim.ground import disk
from pobratim.quality.identity import things_named
from pobratim.rdf.shared import acting_in
from pobratim.ties.book import Book

Thing = tuple[str, str]
ACTING, MUNICIPAL, REGIONAL = "acting", "municipal", "regional"
"""As the type of a thing: a person with a class in something, a place that is a municipality, one that is none."""
_GONE = "gone.json"
_WITHDRAWN = "withdrawn "
"""Begins the type of what a row names and its graph does not."""
_SCHEMA = """
CREATE TABLE named(report TEXT, kind TEXT, key TEXT, PRIMARY KEY(report, kind, key)) WITHOUT ROWID;
CREATE INDEX named_thing ON named(kind, key);
"""


@dataclass(frozen=True, slots=True)
class Gone:
    """What went by itself: ``things``, the ``contacts`` that went with one of them by report, whole ``reports``."""

    things: Collection[Thing] = ()
    contacts: Mapping[str, Mapping[str, Thing]] = field(default_factory=dict)
    reports: Collection[str] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {"things": sorted(self.things), "contacts": self.contacts, "reports": sorted(self.reports)}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Gone":
        """Read what ``to_json`` wrote."""
        contacts = {
            report: {key: (kind, name) for key, (kind, name) in found.items()}
            for report, found in told["contacts"].items()
        }
        return cls({(kind, key) for kind, key in told["things"]}, contacts, {*told["reports"]})


class Memory:
    """The folder, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self.folder = folder
        self.identity, self.whole = folder / "identity", folder / "whole"
        self._ties, self._named = folder / "ties.sqlite", folder / "named.sqlite"

    def begin(self, former: "Memory | None") -> None:
        """Make the folder, with what a former one tells of names and ties; nothing of what was in it stays."""
        disk.remove(self.folder)
        self.folder.mkdir(parents=True)
        if former is not None:
            shutil.copyfile(former._named, self._named)
            shutil.copyfile(former._ties, self._ties)
            return
        with closing(self._open()) as named:
            named.executescript(_SCHEMA)

    def ties(self) -> "closing[Book]":
        """Return what reports tell of ties, to be closed."""
        return closing(Book(self._ties))

    # What went

    def gone(self) -> "Gone":
        """Return what had gone by itself."""
        file = self.folder / _GONE
        return Gone.from_json(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else Gone()

    def keep_gone(self, gone: "Gone") -> None:
        """Keep what goes by itself."""
        (self.folder / _GONE).write_text(json.dumps(gone.to_json()), encoding="utf-8")

    # Names

    def note_names(
        self, told: Resolution, uncut: Resolution, leaving: Iterable[str] = ()
    ) -> tuple[set[Thing], set[Thing]]:
        """Note what the reports of a resolution name; return what they named before, and what now.

        ``uncut`` has the things that people withdrew as well; ``leaving`` are reports that are no more.
        """
        slugs = [*(one.slug for one in told.reports), *leaving]
        lines = set(_lines(told))
        whole = lines if uncut is told else {*_lines(uncut)}
        lines |= {(report, f"{_WITHDRAWN}{kind}", key) for report, kind, key in whole - lines}
        # Nobody is asked about a series, which may be withdrawn all the same.
        series = {(one.record.report, one.series) for one in uncut.accounts if one.series}
        lines |= {(report, f"{_WITHDRAWN}series", key) for report, key in series if report in slugs}
        with closing(self._open()) as named, named:
            before = {(kind, key) for slug in slugs for kind, key in _named_by(named, slug)}
            named.executemany("DELETE FROM named WHERE report = ?", [(slug,) for slug in slugs])
            named.executemany("INSERT INTO named VALUES (?, ?, ?)", sorted(lines))
        return before, {(kind, key) for _, kind, key in lines}

    def naming(self, things: Iterable[Thing]) -> dict[Thing, list[str]]:
        """Return the reports that name each of some things."""
        with closing(self._open()) as named:
            return {thing: _naming(named, thing) for thing in {*things}}

    def rows_of(self, things: Iterable[Thing]) -> set[str]:
        """Return the reports of which a row names some things, also where those are withdrawn."""
        wanted = [(mark + kind, key) for kind, key in things for mark in ("", _WITHDRAWN)]
        return {report for found in self.naming(wanted).values() for report in found}

    def _open(self) -> sqlite3.Connection:
        found = sqlite3.connect(self._named)
        # Who writes has the file for himself. What leaves is to be read nowhere any more.
        found.executescript("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA secure_delete=ON;")
        return found


def _lines(told: Resolution) -> Iterator[tuple[str, str, str]]:
    slugs = {one.slug for one in told.reports}
    municipal = {one.key for one in told.places if one.municipality}
    for account in told.accounts:
        report = account.record.report
        if report in slugs:
            yield from ((report, kind, key) for kind, key in things_named(account) if key)
            yield from ((report, ACTING, key) for key in acting_in([account]))
            yield from ((report, MUNICIPAL if key in municipal else REGIONAL, key) for key in _places(account) if key)


def _places(account: Account) -> tuple[str, ...]:
    return (account.reporter, *account.places)


def _named_by(named: sqlite3.Connection, slug: str) -> list[Thing]:
    return named.execute("SELECT kind, key FROM named WHERE report = ?", (slug,)).fetchall()


def _naming(named: sqlite3.Connection, thing: Thing) -> list[str]:
    return [row[0] for row in named.execute("SELECT report FROM named WHERE kind = ? AND key = ?", thing)]

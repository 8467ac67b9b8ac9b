"""Parts of what a state tells, as resolutions: of some reports or things, with all that is needed to tell of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from pobratim.entities import Account, OrganisationEntity, PersonEntity, Resolution
from pobratim.resolve.accounts import Accounts
from pobratim.resolve.growing.changes import KINDS
from pobratim.resolve.growing.packing import unpack
from pobratim.resolve.growing.tables import listed
from pobratim.resolve.growing.world import World

LISTS = {
    "activity": "activities", "agreement": "agreements", "organisation": "organisations", "person": "people",
    "place": "places", "series": "series",
}  # fmt: skip
"""Type of a thing → its list in a resolution."""
_SEAT = [one.name for one in fields(OrganisationEntity)].index("place")
_POST = [one.name for one in fields(PersonEntity)].index("organisation")
_QUOTED = re.compile(r'"([^"\\]+)(?=")')
"""What stands between two quotation marks of a text, and with it each of its strings that need no escapes."""
_TELLING = {
    "report": "SELECT id FROM row WHERE report = ?",
    "entry": "SELECT id FROM row WHERE report = ? AND number = ?",
    "activity": "SELECT row FROM telling WHERE activity = ?1 OR own = ?1",
    "agreement": "SELECT row FROM pact WHERE key = ?",
}
"""The rows that are a thing, or tell of it."""
_CITED = {
    "telling": "SELECT other.row FROM telling JOIN telling AS other ON other.activity = telling.activity"
    " WHERE telling.row IN (SELECT value FROM json_each(?))",
    "pact": "SELECT other.row FROM pact JOIN pact AS other ON other.key = pact.key"
    " WHERE pact.row IN (SELECT value FROM json_each(?))",
}
"""The rows that name the same activities, or the same agreements, as some rows."""


class Excerpt:
    """Takes parts out of a state that is settled."""

    def __init__(self, world: World) -> None:
        """Take the state."""
        self._world, self._tables = world, world.tables

    def of_reports(self, slugs: Iterable[str]) -> Resolution:
        """Return what the graphs of some reports are made of, and their shapes look at.

        That is their accounts, those of others that tell of the same activities or state the same agreements, and the
        things that all these name. Questions and what decisions changed are left out.
        """
        reports = sorted(slugs)
        own = self._column("SELECT id FROM row WHERE report IN (SELECT value FROM json_each(?))", reports)
        stated = own | self._column(_CITED["pact"], own)
        accounts = self.accounts(stated | self._column(_CITED["telling"], stated))
        named: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for account in accounts:
            for kind, key in _named(account):
                named.setdefault(kind, set()).add(key)
        found = self._with_references(named, accounts)
        found.reports = [self._world.report(slug) for slug in reports]
        return found

    def of_things(self, named: Mapping[str, Iterable[str]]) -> Resolution:
        """Return some things by type and key, with the accounts of the activities and what the others refer to."""
        wanted = {kind: set(named.get(kind, ())) for kind in KINDS}
        rows = self._column(
            "SELECT row FROM telling WHERE activity IN (SELECT value FROM json_each(?))", wanted["activity"]
        )
        return self._with_references(wanted, self.accounts(rows))

    def of_people(self, keys: Iterable[str]) -> list[Account]:
        """Return the accounts that name some people."""
        return self.accounts(self._column("SELECT row FROM holder WHERE key IN (SELECT value FROM json_each(?))", keys))

    def seated(self, places: Iterable[str]) -> set[str]:
        """Return the keys of the organisations that have their seats in some places."""
        seat = f"json_extract(entity, '$[{_SEAT}]')"
        return self._column(f"SELECT key FROM organisation WHERE {seat} IN (SELECT value FROM json_each(?))", places)

    def rows_of(self, named: Iterable[tuple[str, str]]) -> set[int]:
        """Return the rows that are, or tell of, some of the reports, rows, activities and agreements named."""
        found = set[int]()
        for kind, key in named:
            sql = _TELLING.get(kind)
            values = [*key.rpartition("/")[::2]] if kind == "entry" else [key]
            found.update(self._tables.column(sql, *values) if sql else ())
        return found

    def held(self, named: Iterable[tuple[str, str]], replaced: list[tuple[str, str, str]]) -> Resolution:
        """Return what there is of all that is named (types and keys), and the rows that are it or tell of it."""
        wanted: dict[str, set[str]] = {}
        for kind, key in named:
            wanted.setdefault(kind, set()).add(key)
        found = self.of_things({kind: keys for kind, keys in wanted.items() if kind in KINDS and kind != "activity"})
        found.accounts = self.accounts(self.rows_of((kind, key) for kind, keys in wanted.items() for key in keys))
        slugs = self._column(
            "SELECT slug FROM report WHERE slug IN (SELECT value FROM json_each(?))", wanted.get("report", ())
        )
        found.reports, found.replaced = [self._world.report(slug) for slug in sorted(slugs)], replaced
        return found

    def posted(self, organisations: Iterable[str]) -> set[str]:
        """Return the keys of the people who hold posts in some organisations."""
        post = f"json_extract(entity, '$[{_POST}]')"
        return self._column(f"SELECT key FROM person WHERE {post} IN (SELECT value FROM json_each(?))", organisations)

    def agreements_of(self, parties: Iterable[tuple[str, str]]) -> set[str]:
        """Return the keys of the agreements that have some of these parties (type and key)."""
        wanted = {*parties}
        keys = {key for _, key in wanted}
        bodies = self._tables.column("SELECT entity FROM agreement") if keys else ()
        # Most name none of them: their texts tell that, in which the parties may be hundreds.
        held = [unpack(KINDS["agreement"], body) for body in bodies if not keys.isdisjoint(_QUOTED.findall(body))]
        return {one.key for one in held if not wanted.isdisjoint(one.parties)}

    def accounts(self, rows: Iterable[int]) -> list[Account]:
        """Return the accounts of some rows, by report and row."""
        writer = Accounts(self._world.mentions, self._world.lines.no_ties)
        found = []
        for row, report, number in self._tables.rows(
            "SELECT id, report, number FROM row WHERE id IN (SELECT value FROM json_each(?)) ORDER BY report, number",
            listed(rows),
        ):
            source = self._world.record(report, number)
            found.append(writer.account(source, self._world.keys(row, f"{report}/{number}")))
        return found

    def _with_references(self, named: dict[str, set[str]], accounts: list[Account]) -> Resolution:
        """Return things with their accounts, and the parties, bodies and seats that they refer to."""
        found = {kind: self._held(kind, named[kind]) for kind in ("activity", "agreement", "person", "series")}
        for one in found["agreement"]:
            for kind, key in one.parties:
                named.setdefault(kind, set()).add(key)
        found["person"] = self._held("person", named["person"])
        named["organisation"] |= {one.organisation for one in found["person"]}
        found["organisation"] = self._held("organisation", named["organisation"])
        found["place"] = self._held("place", named["place"] | {one.place for one in found["organisation"]})
        return Resolution(accounts=accounts, **{LISTS[kind]: things for kind, things in found.items()})

    def _held(self, kind: str, keys: Iterable[str]) -> list[Any]:
        found = self._tables.column(
            f"SELECT entity FROM {kind} WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key", listed(keys)
        )
        return [unpack(KINDS[kind], body) for body in found]

    def _column(self, sql: str, values: Iterable[Any]) -> set[Any]:
        return set(self._tables.column(sql, listed(values)))


def _named(account: Account) -> Sequence[tuple[str, str]]:
    """Return (type, key) of the things that an account names."""
    found = [("activity", account.activity), ("series", account.series), ("place", account.reporter)]
    found += [("place", key) for key in account.places]
    found += [("agreement", key) for key in account.agreements]
    found += [one.agent for one in account.participations]
    found += [party for one in account.contacts for party in (one.home, one.foreign)]
    found += [about for _, about in account.evidence if about[1]]
    return found

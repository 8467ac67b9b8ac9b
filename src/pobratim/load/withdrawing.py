"""Taking out of a load what people withdrew, and noting which IRIs lead nowhere for it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from pobratim.entities import Account, Resolution
from pobratim.load.loaded import Loaded
from pobratim.rdf.iris import EntityType, entity_iri
from pobratim.resolve.ledger import Decision
from pobratim.resolve.withdrawal import Row, Thing, Withdrawals, rows_taken, things_taken, unmatched, without
from pobratim.store.tombstones import Tombstone

_TYPES: dict[str, tuple[EntityType, ...]] = {
    "report": ("report",), "entry": ("entry",), "activity": ("activity",), "organisation": ("organisation",),
    "place": ("place",), "person": ("person", "post"), "agreement": ("agreement",), "series": ("series",),
    "group": ("group",), "contact": ("contact",),
}  # fmt: skip
"""Type of a thing in a resolution → types of the IRIs that bear its key."""


Contacts = dict[str, Thing]
"""Contacts that go with a party: the key of each, and that party."""


class Leaving:
    """What leaves one load: ``begin`` with all that there is, then ``cut`` what is left. False where nothing leaves."""

    def __init__(self, taken: Withdrawals, base: str) -> None:
        """Take the decisions; ``base`` begins the IRIs."""
        self.stones: dict[str, Tombstone] = {}
        self.unmatched: list[Thing] = []
        self.gone: dict[Thing, Decision] = {}
        self._taken, self._base = taken, base

    def __bool__(self) -> bool:
        """Tell whether people withdrew anything."""
        return bool(self._taken)

    def begin(self, reports: Mapping[str, Loaded], everything: Resolution) -> None:
        """Set aside the rows that go, by what all reports tell together when nothing is withdrawn."""
        rows = ((slug, record.row) for slug, item in reports.items() for record in item.records)
        self.unmatched = [*everything.unmatched, *unmatched(everything, rows, self._taken)]
        for slug in reports:
            decision = self._taken.of_report(slug)
            if decision is not None:
                self._bury([("report", slug)], decision)
        self.take_rows(reports, everything)

    def take_rows(self, reports: Mapping[str, Loaded], resolution: Resolution) -> bool:
        """Set aside the rows of a resolution that go; tell whether there were any."""
        rows = rows_taken(resolution, self._taken)
        for account in resolution.accounts:
            decision = rows.get((account.record.report, account.record.row))
            if decision is not None:
                self._bury(told_by(account), decision)
        _set_aside(reports, rows)
        return bool(rows)

    def left(self, reports: Mapping[str, Loaded]) -> dict[str, Loaded]:
        """Return the reports that stay."""
        return {slug: item for slug, item in reports.items() if self._taken.of_report(slug) is None}

    def cut(self, resolution: Resolution) -> Resolution:
        """Return a resolution without the things that go by themselves."""
        self.take_things(resolution)
        self.take_contacts(contacts_gone(resolution.accounts, self.gone))
        return without(resolution, self.gone)

    def take_things(self, resolution: Resolution) -> None:
        """Note which things of a resolution go by themselves (``gone``)."""
        self.gone = things_taken(resolution, self._taken)
        for thing, decision in self.gone.items():
            self._bury([thing], decision)

    def take_contacts(self, contacts: Mapping[str, Mapping[str, Thing]]) -> None:
        """Note the contacts that go with a party."""
        for found in contacts.values():
            for key, party in found.items():
                self._bury([("contact", key)], self.gone[party])

    def named(self, replaced: Iterable[tuple[str, str, str]]) -> set[Thing]:
        """Return what the decisions take out, under the keys that stay."""
        stays = {(kind, former): (kind, key) for kind, former, key in replaced}
        return {stays.get(thing, thing) for thing in self._taken.of}

    def _bury(self, things: Iterable[Thing], decision: Decision) -> None:
        stone = Tombstone(decision.date, True, decision.why)
        for iri in iris_of_things(things, self._base):
            self.stones.setdefault(iri, stone)


def contacts_gone(accounts: Iterable[Account], gone: Collection[Thing]) -> dict[str, Contacts]:
    """Return the contacts of which a party is gone, by report: key and that party."""
    found: dict[str, Contacts] = defaultdict(dict)
    for account in accounts:
        for contact in account.contacts:
            for party in [one for one in (contact.home, contact.foreign) if one in gone][:1]:
                found[account.record.report][contact.key] = party
    return dict(found)


def bring_back(reports: Mapping[str, Loaded]) -> None:
    """Give the reports back what shapes and decisions had kept out: which rows that is depends on all reports."""
    for item in reports.values():
        rows = {record.row for record in item.aside}
        item.records, item.aside = item.all_records, []
        item.file.left_out = {row: problem for row, problem in item.file.left_out.items() if row not in rows}
        item.file.withdrawn, item.file.stored = (), len(item.records)


def told_by(account: Account) -> Iterator[Thing]:
    """Yield (type, key) of all that a row tells of, itself first."""
    yield ("entry", account.key)
    yield from (("activity", key) for key in (account.activity, account.own_activity) if key)
    yield from (("place", key) for key in (account.reporter, *account.places) if key)
    yield from (one.agent for one in account.participations)
    for contact in account.contacts:
        yield from (("contact", contact.key), contact.home, contact.foreign)
    yield from (("agreement", key) for key in account.agreements)
    yield from (("group", one.key) for one in account.groups)
    yield from (("series", key) for key in (account.series,) if key)
    yield from (about for _, about in account.evidence if about[1])


def things_of(resolution: Resolution) -> set[Thing]:
    """Return (type, key) of all that a resolution holds."""
    found = {thing for account in resolution.accounts for thing in told_by(account)}
    found |= {("report", one.slug) for one in resolution.reports}
    for kind, listed in (
        ("organisation", resolution.organisations), ("place", resolution.places), ("person", resolution.people),
        ("agreement", resolution.agreements), ("series", resolution.series),
    ):  # fmt: skip
        found |= {(kind, one.key) for one in listed}
    return found


def iris_of_things(things: Iterable[Thing], base: str) -> Iterator[str]:
    """Yield the IRIs that bear the keys of things; what has no type of its own is passed over."""
    for kind, key in things:
        yield from (entity_iri(base, named, key) for named in _TYPES.get(kind, ()))


def _set_aside(reports: Mapping[str, Loaded], rows: Mapping[Row, Decision]) -> None:
    for slug, item in reports.items():
        leaving = [record for record in item.records if (slug, record.row) in rows]
        if leaving:
            item.aside += leaving
            item.records = [record for record in item.records if (slug, record.row) not in rows]
            item.file.withdrawn = tuple(sorted({*item.file.withdrawn, *(record.row for record in leaving)}))
            item.file.stored = len(item.records)

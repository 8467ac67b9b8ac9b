"""Taking out of a load what people withdrew, and noting which IRIs lead nowhere for it."""

from collections.abc import Iterable, Iterator, Mapping

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


class Leaving:
    """What leaves one load: ``begin`` with all that there is, then ``cut`` what is left. False where nothing leaves."""

    def __init__(self, taken: Withdrawals, base: str) -> None:
        """Take the decisions; ``base`` begins the IRIs."""
        self.stones: dict[str, Tombstone] = {}
        self.unmatched: list[Thing] = []
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
        things = things_taken(resolution, self._taken)
        for thing, decision in things.items():
            self._bury([thing], decision)
        for contact in (one for account in resolution.accounts for one in account.contacts):
            decisions = [things[party] for party in (contact.home, contact.foreign) if party in things]
            for decision in decisions[:1]:
                self._bury([("contact", contact.key)], decision)
        return without(resolution, things)

    def _bury(self, things: Iterable[Thing], decision: Decision) -> None:
        stone = Tombstone(decision.date, True, decision.why)
        for iri in iris_of_things(things, self._base):
            self.stones.setdefault(iri, stone)


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

"""What people and shapes take out, step by step: a state of all rows tells which go, another one is of those that stay.

Each load has the rows back that shapes kept out before, since what comes and what people decide may mend them.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from pobratim.entities import Account, Resolution, Undecided
from pobratim.load.account import fill
from pobratim.load.loaded import Loaded
from pobratim.load.memory import Gone, Memory, Thing
from pobratim.load.violations import Violations, is_kept_out
from pobratim.load.withdrawing import Leaving, bring_back, contacts_gone
from pobratim.record import Record
from pobratim.resolve import Decision, withdrawals
from pobratim.resolve.growing import Growth, Told, is_current, update
from pobratim.resolve.withdrawal import without
from pobratim.store.tombstones import Tombstone

RecordsOf = Callable[[str], Sequence[Record]]


class Departing:
    """What goes in one load. First ``settled``, then ``cut`` what is told of the reports and things that changed.

    Where shapes find fault with that, rows are ``without``. ``looked_at`` are the reports whose rows were decided anew,
    ``turned`` the things that people withdrew since the last load, or gave back.
    """

    def __init__(
        self,
        reports: Mapping[str, Loaded],
        fresh: Collection[str],
        memories: tuple[Memory, Memory],
        decisions: Sequence[Decision],
        records: RecordsOf,
        base: str,
    ) -> None:
        """``memories`` are the former one and the one in the making; ``records`` gives those of a stored report."""
        self._reports, self._fresh, self._decisions, self._records = reports, {*fresh}, decisions, records
        self._known, self._memory = memories
        self._taken = withdrawals(decisions)
        self._leaving = Leaving(self._taken, base)
        self._former = self._known.gone()
        self._contacts: dict[str, Mapping[str, Thing]] = {}
        self.looked_at, self.turned = set[str](), set[Thing]()
        self._counts = Counter[str]()

    def settled(self) -> Growth:
        """Bring identity to what stays: of the rows that are new or were decided on only."""
        self._look_at(self._fresh)
        self._look_at(slug for slug, item in self._reports.items() if item.file.withdrawn or is_kept_out(item))
        self._look_at(self._former.reports)
        if self._leaving:
            self._begin()
        left = self._leaving.left(self._subset())
        return self._without_taken(self._update(self._known, left, self.looked_at - left.keys()))

    def without(self, violations: Violations, growth: Growth) -> Growth | None:
        """Bring identity to what stays without the rows to blame; None where none of them is there any more."""
        slugs = {slug for slug, _ in violations.rows}
        self._look_at(slugs)
        if not violations.set_aside(self._reports):
            return None
        return self._without_taken(self._again(slugs, growth))

    def _without_taken(self, growth: Growth) -> Growth:
        """Bring identity to what stays without the rows that people took out."""
        while self._leaving:
            held = growth.excerpt.held(self._leaving.named(growth.replaced()), growth.replaced())
            self._look_at(one.record.report for one in held.accounts)
            if not self._leaving.take_rows(self._subset(), held):
                self._take_things(held)
                break
            growth = self._again({one.record.report for one in held.accounts}, growth)
        self.turned |= {*self._former.things} ^ {*self._leaving.gone}
        return growth

    def _again(self, slugs: Collection[str], growth: Growth) -> Growth:
        """Return the outcome of two updates: of ``growth`` and of some reports that lost rows since."""
        growth.close()
        return self._update(self._memory, {slug: self._reports[slug] for slug in slugs}, ()).after(growth)

    def cut(self, told: Resolution) -> Resolution:
        """Return what is told without what people withdrew."""
        return without(told, self._leaving.gone)

    def cut_accounts(self, accounts: Sequence[Account]) -> list[Account]:
        """Return accounts without what people withdrew."""
        return self.cut(Resolution(accounts=list(accounts))).accounts

    def note_contacts(self, told: Resolution) -> None:
        """Note the contacts that go with a party, of the reports told of and, as before, of all others."""
        slugs = {one.slug for one in told.reports}
        now = contacts_gone((one for one in told.accounts if one.record.report in slugs), self._leaving.gone)
        again = slugs | self.looked_at
        self._contacts = {slug: found for slug, found in self._former.contacts.items() if slug not in again} | now
        self._leaving.take_contacts(self._contacts)

    def left(self) -> dict[str, Loaded]:
        """Return the reports that stay."""
        return self._leaving.left(self._reports)

    def totals(self, all_: Mapping[str, int], lists: Mapping[str, str]) -> dict[str, int]:
        """Return how much there is of all; ``lists`` are the names of the lists by type."""
        return {**all_, **{name: all_[name] - self._counts[kind] for kind, name in lists.items()}}

    def open(self, questions: Sequence[Undecided]) -> list[Undecided]:
        """Return the questions of which neither side was withdrawn."""
        return self.cut(Resolution(undecided=list(questions))).undecided

    def replaced(self, found: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        """Return what came in place of what, without what was withdrawn."""
        return self.cut(Resolution(replaced=list(found))).replaced

    @property
    def gone(self) -> Collection[Thing]:
        """Return the things that went by themselves."""
        return self._leaving.gone.keys()

    @property
    def stones(self) -> dict[str, Tombstone]:
        """Return the IRIs that people took out."""
        return self._leaving.stones

    def unmatched(self, growth: Growth) -> list[Thing]:
        """Return (type, key) of what decisions name and nothing is called."""
        return self._leaving.unmatched if self._leaving else growth.unmatched()

    def keep(self) -> None:
        """Keep for the next load what went."""
        if self._leaving:
            gone = Gone({*self._leaving.gone}, self._contacts, self._reports.keys() - self.left().keys())
            self._memory.keep_gone(gone)

    def _look_at(self, slugs: Iterable[str]) -> None:
        """Have the rows of reports decided on anew."""
        new = {*slugs} - self.looked_at
        for slug in new - self._fresh:
            fill(self._reports[slug], self._records(slug))
        bring_back({slug: self._reports[slug] for slug in new})
        self.looked_at |= new

    def _begin(self) -> None:
        """Set aside the rows that go by what all rows tell together."""
        before = self._known.whole if is_current(self._known.whole) else self._known.identity
        # Where nothing was withdrawn so far, what is known lacks the rows that shapes kept out.
        added = [Told(item.entity, item.all_records) for item in self._subset().values()]
        growth = update(before, self._memory.whole, (), added, self._decisions, self._records)
        try:
            held = growth.excerpt.held(self._leaving.named(growth.replaced()), growth.replaced())
            held.unmatched = growth.unmatched()
        finally:
            growth.close()
        self._look_at({one.record.report for one in held.accounts} | {one.slug for one in held.reports})
        self._leaving.begin(self._subset(), held)

    def _update(self, before: Memory, reports: Mapping[str, Loaded], removed: Collection[str]) -> Growth:
        added = [Told(item.entity, item.records) for _, item in sorted(reports.items())]
        return update(before.identity, self._memory.identity, removed, added, self._decisions, self._staying)

    def _staying(self, slug: str) -> Sequence[Record]:
        return self._reports[slug].records if slug in self.looked_at else self._records(slug)

    def _subset(self) -> dict[str, Loaded]:
        return {slug: self._reports[slug] for slug in sorted(self.looked_at)}

    def _take_things(self, held: Resolution) -> None:
        self._leaving.take_things(replace(held, accounts=[]))
        there = {
            *(("organisation", one.key) for one in held.organisations), *(("place", one.key) for one in held.places),
            *(("person", one.key) for one in held.people), *(("agreement", one.key) for one in held.agreements),
            *(("series", one.key) for one in held.series),
        }  # fmt: skip
        self._counts = Counter(kind for kind, _ in self._leaving.gone.keys() & there)

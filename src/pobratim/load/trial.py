"""What would be otherwise if more lines stood in the ledger: nothing is stored.

What the last load kept (``memory.py``) tells that of the things and rows that the lines touch alone, also of what they
take out. Where there is none, all is resolved, with the lines and without.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pobratim.entities import Resolution
from pobratim.load.account import glanced_at, known_reports
from pobratim.load.build import held
from pobratim.load.departing import Departing
from pobratim.load.loaded import Loaded
from pobratim.load.memory import Memory, Thing
from pobratim.load.preview import Difference, differences
from pobratim.load.touched import Touched
from pobratim.load.withdrawing import things_of
from pobratim.resolve import Decision
from pobratim.resolve.growing import Growth, is_current
from pobratim.resolve.growing.excerpt import LISTS
from pobratim.store.backend import StoreBackend


def leaving_with(store: StoreBackend, ledger: Sequence[Decision], more: Sequence[Decision]) -> list[Thing]:
    """Return (type, key) of what would leave the store's graph if ``more`` stood in the ``ledger``, sorted."""
    with ExitStack() as open_:
        sides = _sides(store, ledger, more, open_)
        if sides is None:
            return sorted(things_of(_held_with(store, ledger)) - things_of(_held_with(store, [*ledger, *more])))
        before, after = _both(*sides)
        lost = things_of(before) - things_of(after)
        # What the rows and things looked at tell no more, others may.
        return sorted(lost - things_of(sides[1].of_things(_by_kind(lost))))


def changes_with(store: StoreBackend, ledger: Sequence[Decision], more: Sequence[Decision]) -> list[Difference]:
    """Return what would change in the store's graph if ``more`` stood in the ``ledger``."""
    with ExitStack() as open_:
        sides = _sides(store, ledger, more, open_)
        if sides is None:
            return differences(_held_with(store, ledger), _held_with(store, [*ledger, *more]))
        return differences(*_both(*sides))


def _held_with(store: StoreBackend, decisions: Sequence[Decision]) -> Resolution:
    manifest = store.manifest()
    return held(known_reports(manifest, store.records()), decisions, manifest.get("base", ""))


def _memory(store: StoreBackend) -> Memory | None:
    """Return what a store keeps of its last load, None where it keeps nothing of this program's."""
    folder = store.memory()
    memory = Memory(folder) if folder else None
    return memory if memory and is_current(memory.identity) else None


@dataclass(frozen=True, slots=True)
class _Side:
    """The store's reports under one ledger: identity, and what people took out of it."""

    growth: Growth
    departing: Departing
    touched: Touched

    @property
    def reports(self) -> set[str]:
        """Return the reports that the step to this side touches, be it that they go with it."""
        return self.touched.reports | self.touched.away

    def about(self, reports: Iterable[str]) -> Resolution:
        """Return what those of some reports that stay tell."""
        return self.departing.cut(self.growth.about({*reports} & self.touched.left.keys()))

    def of_things(self, named: Mapping[str, Iterable[str]]) -> Resolution:
        """Return what there is of some things."""
        return self.departing.cut(self.growth.excerpt.of_things(named))

    def told(self, reports: Iterable[str], things: Mapping[str, Iterable[str]]) -> Resolution:
        """Return the rows of some reports, with their events, and some things."""
        told = self.about(reports)
        wanted = {kind: {*keys} for kind, keys in things.items()}
        wanted.setdefault("activity", set()).update(one.activity for one in told.accounts if one.activity)
        found = self.of_things(wanted)
        # What others refer to is no other thing for that: only what is wanted is compared.
        lists = {
            name: [one for one in getattr(found, name) if one.key in wanted.get(kind, ())]
            for kind, name in LISTS.items()
        }
        replaced = self.departing.replaced(self.growth.replaced())
        return replace(found, accounts=told.accounts, reports=told.reports, replaced=replaced, **lists)


def _sides(
    store: StoreBackend, ledger: Sequence[Decision], more: Sequence[Decision], open_: ExitStack
) -> tuple[_Side, _Side] | None:
    """Bring what a store keeps to the ledger, then to that with more lines; None where it keeps nothing."""
    kept = _memory(store)
    if kept is None:
        return None
    folder = Path(open_.enter_context(TemporaryDirectory(prefix="pobratim-trial-")))
    manifest = store.manifest()
    base, first, second = manifest.get("base", ""), Memory(folder / "before"), Memory(folder / "after")

    def side(reports: Mapping[str, Loaded], memories: tuple[Memory, Memory], lines: Sequence[Decision]) -> _Side:
        """Bring the first of two memories to a ledger, as the second one."""
        memories[1].begin(memories[0])
        departing = Departing(reports, (), memories, lines, store.records_of, base)
        growth = departing.settled()
        open_.callback(growth.close)
        touched = Touched(growth, departing, memories[1])
        departing.keep()
        return _Side(growth, departing, touched)

    reports = glanced_at(manifest)
    before = side(reports, (kept, first), ledger)
    # The first side may still ask for the rows that the second one takes out.
    copies = {slug: _copied(one) for slug, one in reports.items()}
    return before, side(copies, (first, second), [*ledger, *more])


def _copied(one: Loaded) -> Loaded:
    return replace(one, records=[*one.records], aside=[*one.aside], file=replace(one.file))


def _both(before: _Side, after: _Side) -> tuple[Resolution, Resolution]:
    """Return what both sides tell of all that the step from one to the other touches."""
    reports = {*after.reports}
    for side in (before, after):
        # An event is told by all its rows, also by those of other reports.
        reports |= {one.record.report for one in side.about(after.reports).accounts}
    things = after.touched.things()
    return before.told(reports, things), after.told(reports, things)


def _by_kind(things: Iterable[Thing]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {kind: set() for kind in LISTS}
    for kind, key in things:
        found.setdefault(kind, set()).add(key)
    return found

"""What would be otherwise if more lines stood in the ledger: nothing is stored.

What the last load kept (``memory.py``) tells that of the things and rows that the lines touch alone. Where it cannot,
since there is none or lines take something out, all is resolved, with the lines and without.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pobratim.entities import Resolution
from pobratim.load.account import known_reports
from pobratim.load.build import held
from pobratim.load.memory import Memory
from pobratim.load.preview import Difference, differences
from pobratim.load.withdrawing import things_of
from pobratim.record import Record
from pobratim.resolve import Decision, withdrawals
from pobratim.resolve.growing import Growth, is_current, update
from pobratim.resolve.growing.excerpt import LISTS
from pobratim.store.backend import StoreBackend


def leaving_with(store: StoreBackend, ledger: Sequence[Decision], more: Sequence[Decision]) -> list[tuple[str, str]]:
    """Return (type, key) of what would leave the store's graph if ``more`` stood in the ``ledger``, sorted."""
    return sorted(things_of(_held_with(store, ledger)) - things_of(_held_with(store, [*ledger, *more])))


def changes_with(store: StoreBackend, ledger: Sequence[Decision], more: Sequence[Decision]) -> list[Difference]:
    """Return what would change in the store's graph if ``more`` stood in the ``ledger``."""
    state = _state(store)
    if state is None or withdrawals([*ledger, *more]):
        return differences(_held_with(store, ledger), _held_with(store, [*ledger, *more]))
    return _grown(state, ledger, more, store.records_of)


def _held_with(store: StoreBackend, decisions: Sequence[Decision]) -> Resolution:
    manifest = store.manifest()
    return held(known_reports(manifest, store.records()), decisions, manifest.get("base", ""))


def _state(store: StoreBackend) -> Path | None:
    """Return the state of identity that a store keeps, None where it keeps none of this program's."""
    folder = store.memory()
    memory = Memory(folder) if folder else None
    return memory.identity if memory and not memory.gone().things and is_current(memory.identity) else None


def _grown(
    state: Path,
    ledger: Sequence[Decision],
    more: Sequence[Decision],
    records: Callable[[str], Sequence[Record]],
) -> list[Difference]:
    """Bring a state to the ledger, then to that with more lines, and compare what the second step touches."""
    with TemporaryDirectory(prefix="pobratim-trial-") as folder, ExitStack() as open_:
        before = update(state, Path(folder, "before"), (), (), ledger, records)
        open_.callback(before.close)
        after = update(Path(folder, "before"), Path(folder, "after"), (), (), [*ledger, *more], records)
        open_.callback(after.close)
        slugs = {*after.touched}
        for growth in (before, after):
            # An event is told by all its rows, also by those of other reports.
            slugs |= {one.record.report for one in growth.about(after.touched).accounts}
        sides = [_told(growth, slugs, after.things) for growth in (before, after)]
        return differences(*sides)


def _told(growth: Growth, slugs: Iterable[str], things: Mapping[str, Iterable[str]]) -> Resolution:
    """Return the rows of some reports, with their events, and some things."""
    told = growth.about(slugs)
    wanted = {kind: {*keys} for kind, keys in things.items()}
    wanted.setdefault("activity", set()).update(one.activity for one in told.accounts if one.activity)
    found = growth.excerpt.of_things(wanted)
    # What others refer to is no other thing for that: only what is wanted is compared.
    lists = {
        name: [one for one in getattr(found, name) if one.key in wanted.get(kind, ())] for kind, name in LISTS.items()
    }
    return replace(found, accounts=told.accounts, replaced=growth.replaced(), **lists)

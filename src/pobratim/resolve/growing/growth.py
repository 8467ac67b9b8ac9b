"""What an update of identity changed, and all that there is now: asked of the state, thing by thing."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from pobratim.entities import Account, Resolution, Undecided
from pobratim.resolve.accounts import Accounts
from pobratim.resolve.candidates import Candidate, candidates_of
from pobratim.resolve.growing.changes import KINDS
from pobratim.resolve.growing.packing import unpack
from pobratim.resolve.growing.places import undecided_places
from pobratim.resolve.growing.sides import Sides
from pobratim.resolve.growing.tables import Tables, listed
from pobratim.resolve.growing.world import World
from pobratim.resolve.ledger import verdicts
from pobratim.resolve.replay import unmatched_keys
from pobratim.resolve.resolution import question_order

_LISTS = {
    "activity": "activities", "agreement": "agreements", "organisation": "organisations", "person": "people",
    "place": "places", "series": "series",
}  # fmt: skip
"""Type of a thing → its list in a resolution."""
_KEYS_OF_MENTIONS = {
    "organisation": "SELECT {} FROM mention JOIN naming ON naming.id = naming"
    " JOIN cluster ON cluster.root = naming.root JOIN row ON row.id = mention.row",
    "agreement": "SELECT {} FROM pact JOIN row ON row.id = pact.row",
    "person": "SELECT {} FROM holder JOIN row ON row.id = holder.row",
}
"""The mentions of a type with their keys: by report, number of the row and place in it."""
_TABLES = {"organisation": "cluster", "agreement": "agreement", "person": "person", "place": "place"}


class Growth:
    """The outcome of an update.

    ``touched`` are the reports (by slug, sorted) of which an account, or an activity, agreement or person that it
    names, is another one than before: the graphs of all others are as they were. ``gone`` are the reports that are no
    more, ``things`` what changed, by type and key, None for what is no more.
    """

    def __init__(self, world: World, gone: Iterable[str], things: dict[str, dict[str, Any]], touched: Iterable[str]):
        """Take a state behind its update."""
        self._world, self._tables = world, world.tables
        self.gone, self.things, self.touched = sorted(gone), things, sorted(touched)

    def accounts(self, report: str) -> list[Account]:
        """Return the accounts of a report, by row."""
        writer = Accounts(self._world.mentions, self._world.lines.no_ties)
        found = []
        for row, number in self._tables.rows("SELECT id, number FROM row WHERE report = ? ORDER BY number", report):
            source = self._world.record(report, number)
            found.append(writer.account(source, self._world.keys(row, f"{report}/{number}")))
        return found

    def about(self, reports: Iterable[str]) -> Resolution:
        """Return what the graphs of some reports are made of: their accounts, and the things that these name.

        Questions and what decisions changed are left out.
        """
        slugs = sorted(reports)
        accounts = [account for slug in slugs for account in self.accounts(slug)]
        named = {kind: set[str]() for kind in KINDS}
        for account in accounts:
            for kind, key in _named(account):
                named.setdefault(kind, set()).add(key)
        for one in self._held("agreement", named["agreement"]):
            for kind, key in one.parties:
                named[kind].add(key)
        lists = {name: self._held(kind, named[kind]) for kind, name in _LISTS.items()}
        return Resolution([self._world.report(slug) for slug in slugs], accounts, **lists)

    def everything(self) -> Resolution:
        """Return all that there is: the same as resolving all records at once."""
        slugs = self._tables.column("SELECT slug FROM report ORDER BY slug")
        lists = {
            name: [unpack(KINDS[kind], body) for body in self._tables.column(f"SELECT entity FROM {kind} ORDER BY key")]
            for kind, name in _LISTS.items()
        }
        accounts = [account for slug in slugs for account in self.accounts(slug)]
        return Resolution(
            [self._world.report(slug) for slug in slugs],
            accounts,
            undecided=self.undecided(),
            replaced=self.replaced(),
            unmatched=self.unmatched(),
            **lists,
        )

    def undecided(self) -> list[Undecided]:
        """Return all open questions."""
        found = set(undecided_places(self._tables, verdicts(self._world.ledger, "place")))
        found |= set(self._world.organisations().undecided())
        found |= {
            unpack(Undecided, body)
            for body in self._tables.column("SELECT body FROM question WHERE kind IN ('event', 'agreement')")
        }
        return sorted(found, key=question_order)

    def candidates(self) -> list[Candidate]:
        """Return all open questions with what people need to see of both sides, the likeliest first."""
        return candidates_of(self.undecided(), Sides(self._tables).side)

    def unmatched(self) -> list[tuple[str, str]]:
        """Return (type, key) of what decisions name and nothing is called."""
        known = {
            kind: _Known(self._world, kind)
            for kind in ("organisation", "place", "activity", "entry", "agreement", "series")
        }
        return unmatched_keys(self._world.ledger, known)

    def replaced(self) -> list[tuple[str, str, str]]:
        """Return (type, former key, key that stays) of what people decided to be one."""
        before = self._world.before
        if before is None:
            return []
        found = []
        for kind, table in _TABLES.items():
            sql = f"SELECT DISTINCT key FROM {table}"
            for old in sorted({*before.column(sql)} - {*self._tables.column(sql)}):
                stays = self._now(kind, old, before)
                found.append((kind, old, stays))
        return sorted(found)

    def _now(self, kind: str, old: str, before: Tables) -> str:
        """Return the first of the keys that the mentions of a former key have now."""
        if kind == "place":
            spots = before.column("SELECT body FROM spot WHERE key = ?", old)
            keys: list[str] = self._tables.column(
                "SELECT DISTINCT key FROM spot WHERE body IN (SELECT value FROM json_each(?))", listed(spots)
            )
            return min(keys)
        sql = _KEYS_OF_MENTIONS[kind]
        places = before.rows(sql.format("row.report, number, place") + " WHERE key = ?", old)
        where = " WHERE row.report = ? AND number = ? AND place = ?"
        now: list[str] = [self._tables.value(sql.format("key") + where, *place) for place in places]
        return min(now)

    def _held(self, kind: str, keys: Iterable[str]) -> list[Any]:
        found = self._tables.column(
            f"SELECT entity FROM {kind} WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key", listed(keys)
        )
        return [unpack(KINDS[kind], body) for body in found]


class _Known(Collection[str]):
    """The keys of a type that decisions may name; only asked whether one is among them."""

    def __init__(self, world: World, kind: str) -> None:
        self._world, self._kind = world, kind

    def __contains__(self, key: object) -> bool:
        tables = self._world.tables
        if self._kind != "agreement":
            return self._world.lines.final((self._kind, str(key))) is not None
        if tables.value("SELECT 1 FROM pact WHERE plain = ?", key) is not None:
            return True
        before = self._world.before
        return before is not None and before.value("SELECT 1 FROM pact WHERE key = ?", key) is not None

    def __iter__(self) -> Any:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError


def _named(account: Account) -> Sequence[tuple[str, str]]:
    """Return (type, key) of the things that an account names."""
    found = [("activity", account.activity), ("series", account.series), ("place", account.reporter)]
    found += [("place", key) for key in account.places]
    found += [("agreement", key) for key in account.agreements]
    found += [one.agent for one in account.participations]
    found += [party for one in account.contacts for party in (one.home, one.foreign)]
    found += [about for _, about in account.evidence if about[1]]
    return found

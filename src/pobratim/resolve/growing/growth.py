"""What an update of identity changed, and all that there is now: asked of the state, thing by thing."""

from collections.abc import Collection, Iterable
from typing import Any

from pobratim.entities import Account, Resolution, Undecided
from pobratim.resolve.candidates import Candidate, candidates_of
from pobratim.resolve.growing.changes import KINDS
from pobratim.resolve.growing.excerpt import LISTS, Excerpt
from pobratim.resolve.growing.packing import unpack
from pobratim.resolve.growing.places import undecided_places
from pobratim.resolve.growing.sides import Amended, Sides
from pobratim.resolve.growing.tables import Tables, listed
from pobratim.resolve.growing.world import World
from pobratim.resolve.ledger import verdicts
from pobratim.resolve.replay import unmatched_keys
from pobratim.resolve.resolution import question_order

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
    more, ``things`` what changed, by type and key, None for what is no more. ``excerpt`` takes parts out of the state.
    """

    def __init__(
        self,
        world: World,
        gone: Iterable[str],
        things: dict[str, dict[str, Any]],
        touched: Iterable[str],
        beside: Iterable[Tables] = (),
    ) -> None:
        """Take a state behind its update, and the tables that are open ``beside`` its own."""
        self._world, self._tables = world, world.tables
        self._open = [world.tables, *beside]
        self.gone, self.things, self.touched = sorted(gone), things, sorted(touched)
        self.excerpt, self._sides = Excerpt(world), Sides(world.tables)

    def accounts(self, report: str) -> list[Account]:
        """Return the accounts of a report, by row."""
        return self.excerpt.accounts(self._tables.column("SELECT id FROM row WHERE report = ?", report))

    def about(self, reports: Iterable[str]) -> Resolution:
        """Return what the graphs of some reports are made of; see ``Excerpt.of_reports``."""
        return self.excerpt.of_reports(reports)

    def totals(self) -> dict[str, int]:
        """Return how many things there are, by the names of their lists in a resolution; questions are left out."""
        tables = {"reports": "report", "accounts": "row", **{name: kind for kind, name in LISTS.items()}}
        return {name: self._tables.value(f"SELECT count(*) FROM {table}") for name, table in tables.items()}

    def name(self, kind: str, key: str) -> str:
        """Return how a side of a question is called, its key where it has no name."""
        return self._sides.name(kind, key)

    def close(self) -> None:
        """Close the files of the state: nothing can be asked of it any more."""
        for tables in self._open:
            tables.close()

    def everything(self) -> Resolution:
        """Return all that there is: the same as resolving all records at once."""
        slugs = self._tables.column("SELECT slug FROM report ORDER BY slug")
        lists = {
            name: [unpack(KINDS[kind], body) for body in self._tables.column(f"SELECT entity FROM {kind} ORDER BY key")]
            for kind, name in LISTS.items()
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

    def candidates(
        self, questions: Iterable[Undecided] | None = None, gone: Collection[tuple[str, str]] = ()
    ) -> list[Candidate]:
        """Return open questions (all of them) with what people need to see of both sides, the likeliest first.

        ``gone`` is what people withdrew.
        """
        sides = Sides(self._tables, gone, self._amended)
        return candidates_of(self.undecided() if questions is None else questions, sides.side)

    def _amended(self) -> Amended:
        """Return the places of the rows that tell of events of which people set the places right."""
        lines = (one for one in self._world.ledger if one.verdict == "correct" and one.type in ("activity", "entry"))
        owns = {self._world.lines.final((one.type, one.left)) for one in lines if one.right.startswith("place")}
        rows = self._tables.column(
            "SELECT row FROM telling WHERE activity IN"
            " (SELECT activity FROM telling WHERE own IN (SELECT value FROM json_each(?)))",
            listed(owns - {None}),
        )
        accounts = self.excerpt.accounts(rows) if rows else []
        return {(one.record.report, one.record.row): frozenset({*one.places, one.reporter}) for one in accounts}

    def after(self, former: "Growth") -> "Growth":
        """Return this one as the outcome of two updates of one state, of which ``former`` was the first."""
        self.touched = sorted({*self.touched, *former.touched})
        kinds = {*former.things, *self.things}
        self.things = {kind: {**former.things.get(kind, {}), **self.things.get(kind, {})} for kind in kinds}
        self.gone = sorted({*self.gone, *former.gone})
        return self

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

"""Organisations: the namings within reach of a change are put together anew; keys and decisions are settled for all.

What stays global is small and kept: how many names each block holds (``crowd``), keys that several sets would have
(they are numbered again every time, there are few), and what the ledger names (looked up key by key).
"""

import json
from collections.abc import Container, Iterable, Mapping
from typing import Any

from pobratim.entities import OrganisationEntity, Undecided
from pobratim.record import Institution
from pobratim.resolve.amending import of_side
from pobratim.resolve.doubts import Doubt, questions
from pobratim.resolve.growing.changes import Things
from pobratim.resolve.growing.links import Links
from pobratim.resolve.growing.namings import MARK, SHELF, Namings
from pobratim.resolve.growing.packing import pack
from pobratim.resolve.growing.tables import Tables, listed
from pobratim.resolve.ledger import Verdicts
from pobratim.resolve.linking import Linker
from pobratim.resolve.merging import together
from pobratim.resolve.namings import Naming, merged, order
from pobratim.resolve.numbering import Base, numbered
from pobratim.resolve.organisations import corrected, corrections, organisation_entity
from pobratim.resolve.plain import Plain


class _Bases(Container[str]):
    """The keys that sets of namings have by themselves."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def __contains__(self, key: object) -> bool:
        return self._tables.value("SELECT 1 FROM cluster WHERE base = ?", key) is not None


class Organisations:
    """Settles which namings are one organisation, and under which key."""

    def __init__(
        self,
        namings: Namings,
        decided: Verdicts,
        before: Tables | None,
        things: Things,
        plain: Plain | None = None,
    ) -> None:
        """Take the namings, what people decided, and the state in which nothing is decided (None if nothing is one).

        ``plain`` may have put all namings together already, without any decision.
        """
        self._linked = plain.linker if plain else None
        self._whole: Mapping[str, OrganisationEntity] = plain.organisations if plain else {}
        self._namings, self._tables, self._vocabulary = namings, namings.tables, namings.vocabulary
        self._links, self._decided, self._before, self._things = Links(namings), decided, before, things
        self._keys: set[str] = set()
        """Keys of organisations to be made again."""
        self._moved: set[int] = set()
        """Namings under another key than before."""

    def settle(self, told: Iterable[str]) -> set[int]:
        """Put namings together and return the rows whose keys changed; of ``told`` the decisions did."""
        named = sorted(told)
        self._keys.update(key for one in named if (key := self.final(one)) is not None)
        self._namings.touched.update(
            self._tables.column("SELECT id FROM shape WHERE own IN (SELECT value FROM json_each(?))", listed(named))
        )
        self._put_together()
        self._number()
        self._decide()
        self._keys.update(key for one in named if (key := self.final(one)) is not None)
        self._make()
        return set(
            self._tables.column(
                "SELECT DISTINCT row FROM mention WHERE naming IN (SELECT value FROM json_each(?))",
                listed(self._moved),
            )
        )

    # Namings

    def _put_together(self) -> None:
        gone = self._namings.sift()
        self._namings.touched |= self._links.drop(gone) | self._namings.fresh
        self._namings.touched -= gone
        self._links.by_words()
        self._namings.crossed(MARK)
        reach = self._links.reach(self._namings.touched)
        first = self._namings.all_of(reach)
        linker = self._linker(first)
        if linker is not self._linked:
            linker.begin()
        single = set(linker.single)
        self._namings.single({number: name in single for number, name in first.items()})
        self._namings.crossed(SHELF)
        self._links.by_shelves()
        names = self._namings.all_of(self._links.reach(reach | self._namings.touched))
        linker = self._linker(names)
        if linker is not self._linked:
            linker.run()
        self._namings.keep_sizes()
        self._keep(names, linker)

    def _linker(self, names: Mapping[int, Naming]) -> Linker:
        reports = self._namings.reports_of(names)
        occurs = {name: reports[number] for number, name in names.items()}
        if self._linked is not None and self._linked.is_of(occurs):
            return self._linked
        return Linker(occurs, self._vocabulary, self._decided, self._namings.size_of)

    def _keep(self, names: Mapping[int, Naming], linker: Linker) -> None:
        numbers = {name: number for number, name in names.items()}
        lost = self._namings.lost
        wanted = listed({*names, *lost})
        roots = self._tables.column(
            "SELECT DISTINCT root FROM naming WHERE root IS NOT NULL AND id IN (SELECT value FROM json_each(?))", wanted
        )
        old = self._keys_of({*roots, *lost.values()})
        before = dict(
            self._tables.rows("SELECT id, root FROM naming WHERE id IN (SELECT value FROM json_each(?))", wanted)
        )
        self._was = {number: old.get(root, "") for number, root in before.items()}
        self._keys.update(old.values())
        self._tables.run("DELETE FROM cluster WHERE root IN (SELECT value FROM json_each(?))", listed(old))
        self._tables.run("DELETE FROM doubt WHERE lower IN (SELECT value FROM json_each(?))", wanted)
        bases = linker.bases()
        for group in linker.clusters.sets():
            root = numbers[group[0]]
            self._tables.run("INSERT INTO cluster(root, base, person) VALUES (?, ?, ?)", root, *bases[group[0]])
            self._tables.many("UPDATE naming SET root = ? WHERE id = ?", [(root, numbers[name]) for name in group])
        self._tables.many(
            "INSERT INTO doubt VALUES (?, ?, ?, ?, ?, ?)",
            [
                (numbers[one.left], numbers[one.right], one.reason, one.score, pack(one.shared), one.why)
                for one in linker.doubts()
            ],
        )

    def _keys_of(self, roots: Iterable[int]) -> dict[int, str]:
        return dict(
            self._tables.rows(
                "SELECT root, key FROM cluster WHERE root IN (SELECT value FROM json_each(?))", listed(roots)
            )
        )

    # Keys

    def _number(self) -> None:
        """Give all sets the keys that they have when nothing is decided."""
        shared = {
            root: Base(base, person)
            for root, base, person in self._tables.rows(
                "SELECT root, base, person FROM cluster"
                " WHERE base IN (SELECT base FROM cluster GROUP BY base HAVING count(*) > 1)"
            )
        }
        roots = {self._namings.named(root): root for root in shared}
        keys = numbered({name: shared[root] for name, root in roots.items()}, _Bases(self._tables))
        wanted = {roots[name]: key for name, key in keys.items()}
        stored = self._tables.rows("SELECT root, base FROM cluster WHERE plain IS NULL OR plain <> base")
        wanted = dict(stored) | wanted
        self._tables.many(
            "UPDATE cluster SET plain = ?1 WHERE root = ?2 AND plain IS NOT ?1",
            [(key, root) for root, key in sorted(wanted.items())],
        )

    def _decide(self) -> None:
        """Give all sets the keys that they have by the ledger."""
        joined, stays = together(self._decided, self._named)
        leads: dict[int, int] = {root: group[0] for group in joined.sets() for root in group}
        plain: dict[int, str] = dict(
            self._tables.rows(
                "SELECT root, plain FROM cluster WHERE key IS NOT plain OR lead IS NOT root"
                " UNION SELECT root, plain FROM cluster WHERE root IN (SELECT value FROM json_each(?))",
                listed(leads),
            )
        )
        heads = {root: leads.get(root, root) for root in plain}
        now = {root: stays.get(head, plain[head]) for root, head in heads.items()}
        held = {root: key or "" for root, key in self._keys_of(plain).items()}
        for root, key in sorted(now.items()):
            self._tables.run("UPDATE cluster SET key = ?, lead = ? WHERE root = ?", key, heads[root], root)
        changed = {root for root in now if held[root] and held[root] != now[root]}
        self._keys |= {held[root] for root in changed} | {now[root] for root in {*changed, *leads}}
        self._moved.update(
            self._tables.column("SELECT id FROM naming WHERE root IN (SELECT value FROM json_each(?))", listed(changed))
        )
        for number, key in self._tables.rows(
            "SELECT id, key FROM naming JOIN cluster ON cluster.root = naming.root"
            " WHERE id IN (SELECT value FROM json_each(?))",
            listed({*self._was, *self._namings.counted}),
        ):
            self._keys.add(key)
            if self._was.get(number, key) != key:
                self._moved.add(number)

    def _named(self, key: str) -> int | None:
        """Return the root of the set that a decision means by a key."""
        found: int | None = self._last("SELECT root FROM cluster WHERE plain = ?", key)
        if found is None:
            found = self._former(key)
        if found is None:
            numbers = self._tables.column(
                "SELECT naming.id FROM naming JOIN shape ON shape.id = shape WHERE own = ?", key
            )
            first = min(numbers, key=lambda number: order(self._namings.named(number)), default=None)
            found = None if first is None else self._root(first)
        return found

    def _last(self, sql: str, key: str) -> int | None:
        return max(self._tables.column(sql, key), key=lambda root: order(self._namings.named(root)), default=None)

    def _root(self, naming: int) -> int:
        found: int = self._tables.value("SELECT root FROM naming WHERE id = ?", naming)
        return found

    def _former(self, key: str) -> int | None:
        """Return the set of the first row that names what has a key when nothing is decided."""
        if self._before is None:
            return None
        found = self._before.rows(
            "SELECT row.report, number, place FROM cluster JOIN naming ON naming.root = cluster.root"
            " JOIN mention ON mention.naming = naming.id JOIN row ON row.id = mention.row"
            " WHERE cluster.key = ? ORDER BY 1, 2, 3 LIMIT 1",
            key,
        )
        if not found:
            return None
        number: int | None = self._tables.value(
            "SELECT naming FROM mention JOIN row ON row.id = row WHERE row.report = ? AND number = ? AND place = ?",
            *found[0],
        )
        return None if number is None else self._root(number)

    def final(self, key: str) -> str | None:
        """Return the key of what a decision means by a key, None for nothing."""
        root = self._named(key)
        found: str | None = self._tables.value("SELECT key FROM cluster WHERE root = ?", root)
        return found

    # Things

    def _make(self) -> None:
        given = corrections(self._decided, self.final)
        former = json.loads(self._tables.value("SELECT value FROM meta WHERE name = 'corrected'") or "[]")
        self._tables.run("INSERT OR REPLACE INTO meta VALUES ('corrected', ?)", listed(given))
        for key in sorted({*self._keys, *given, *former} - {"", None}):
            whole = self._whole.get(key) or self._entity(key)
            thing = corrected(whole, given.get(key, ())) if whole is not None else None
            self._things.put("organisation", key, thing)

    def _entity(self, key: str) -> OrganisationEntity | None:
        leads = self._tables.column("SELECT DISTINCT lead FROM cluster WHERE key = ?", key)
        if not leads:
            return None
        last = leads[0] if len(leads) == 1 else max(leads, key=lambda root: order(self._namings.named(root)))
        members = self._tables.column(
            "SELECT id FROM naming JOIN cluster ON cluster.root = naming.root WHERE lead = ?", last
        )
        whole = self._told(key, members, "cluster.key = ?", key)
        return of_side(whole, self._side(key))

    def _side(self, key: str) -> OrganisationEntity | None:
        """Return what the one of things made one tells whose name and facts people chose, None where they did not."""
        for one in sorted(self._decided.sides):
            if self.final(one) == key:
                root = self._named(one)
                members = self._tables.column("SELECT id FROM naming WHERE root = ?", root)
                return self._told(key, members, "cluster.root = ?", root)
        return None

    def _told(self, key: str, members: Iterable[int], where: str, value: Any) -> OrganisationEntity:
        """Return what the mentions of some clusters tell, of which some namings are what it is."""
        name = merged([self._namings.named(number) for number in members], self._vocabulary)
        ones: list[Institution] = []
        for said, body, met in self._tables.rows(
            "SELECT said.id, body, count(*) FROM cluster JOIN naming ON naming.root = cluster.root"
            " JOIN mention ON mention.naming = naming.id JOIN said ON said.id = said"
            f" WHERE {where} GROUP BY said.id",
            value,
        ):
            ones.extend([self._namings.said(said, body)] * met)
        return organisation_entity(key, name, ones)

    def undecided(self) -> list[Undecided]:
        """Return all open questions."""
        held = self._tables.rows("SELECT lower, upper, reason, score, shared, why FROM doubt")
        names = {number: self._namings.named(number) for pair in held for number in pair[:2]}
        told = self._tables.rows(
            "SELECT naming.id, own, key FROM naming JOIN shape ON shape.id = shape"
            " JOIN cluster ON cluster.root = naming.root WHERE naming.id IN (SELECT value FROM json_each(?))",
            listed(names),
        )
        owns, keys = {number: own for number, own, _ in told}, {names[number]: key for number, _, key in told}
        doubts = (
            Doubt(names[a], names[b], frozenset((owns[a], owns[b])), reason, score, tuple(json.loads(shared)), why)
            for a, b, reason, score, shared, why in held
        )
        return questions(doubts, keys.__getitem__, self._decided)

"""Agreements: those of the same parties (a *circle*; without parties, of the same event) are put together anew.

What people decided to be one document is put together at every update, with the circles of both: the ledger is short.
"""

from collections.abc import Iterable, Sequence

from pobratim.entities import AgreementEntity, Undecided
from pobratim.resolve.agreements import AgreementMention, Agreements, resolve_agreements
from pobratim.resolve.clusters import text_of
from pobratim.resolve.growing.changes import Things
from pobratim.resolve.growing.packing import pack, unpack
from pobratim.resolve.growing.tables import Tables, listed
from pobratim.resolve.ledger import Verdicts

_Place = tuple[int, int]
"""Row (id) and position in it."""


class Pacts:
    """Keeps what rows say of agreements, and which document each means."""

    def __init__(self, tables: Tables, before: Tables | None, things: Things) -> None:
        """Take the state, and the one in which nothing is decided (None if nothing is one)."""
        self._tables, self._before, self._things, self._decided = tables, before, things, Verdicts()
        self._circles, self._keys = set[str](), set[str]()

    def forget(self, rows: Iterable[int]) -> None:
        """Take away what some rows say."""
        wanted = listed(rows)
        for circle, key in self._tables.rows(
            "SELECT circle, key FROM pact WHERE row IN (SELECT value FROM json_each(?))", wanted
        ):
            self._circles.add(circle)
            self._keys |= {key} - {None}
        self._tables.run("DELETE FROM pact WHERE row IN (SELECT value FROM json_each(?))", wanted)

    def note(self, row: int, mentions: Sequence[AgreementMention]) -> None:
        """Add what a row says."""
        for one in mentions:
            circle = _circle(one)
            self._circles.add(circle)
            self._tables.run(
                "INSERT INTO pact(row, place, body, circle) VALUES (?, ?, ?, ?)", row, one.index, pack(one), circle
            )

    def settle(self, told: Iterable[str], decided: Verdicts) -> set[int]:
        """Put documents together; return the rows that name another one than before, or one that changed.

        ``decided`` is what people decided of agreements, ``told`` the keys of which that is something else than before.
        """
        self._decided = decided
        named = {key for keys in self._decided.same for key in keys} | set(told)
        plains = set(named)
        self._circles.update(self._circles_of(named))
        while True:
            held = self._gather(plains)
            mentions = {place: one for place, (one, _) in held.items()}
            found = resolve_agreements(mentions.values(), self._decided, self._former(mentions.values()))
            if plains >= {*found.plain.values()}:
                return self._keep(held, found)
            plains |= {*found.plain.values()}

    def _circles_of(self, keys: Iterable[str]) -> set[str]:
        """Return the circles of documents that a decision may mean."""
        wanted = listed(keys)
        found = set(
            self._tables.column("SELECT circle FROM pact WHERE key IN (SELECT value FROM json_each(?))", wanted)
        )
        if self._before is not None:
            for place in self._before.rows(
                "SELECT report, number, place FROM pact JOIN row ON row.id = row"
                " WHERE key IN (SELECT value FROM json_each(?))",
                wanted,
            ):
                found.update(
                    self._tables.column(
                        "SELECT circle FROM pact JOIN row ON row.id = row"
                        " WHERE report = ? AND number = ? AND place = ?",
                        *place,
                    )
                )
        return found

    def _gather(self, plains: Iterable[str]) -> dict[_Place, tuple[AgreementMention, str | None]]:
        """Return all mentions on which a document in reach rests, with the key of each so far."""
        circles, keys = set(self._circles), set(plains)
        while True:
            found = self._tables.rows(
                "SELECT row, place, body, key, circle, plain FROM pact"
                " WHERE circle IN (SELECT value FROM json_each(?1))"
                " UNION SELECT row, place, body, key, circle, plain FROM pact"
                " WHERE plain IN (SELECT value FROM json_each(?2))",
                listed(circles),
                listed(keys),
            )
            more = {circle for *_, circle, _ in found}, {plain for *_, plain in found} - {None}
            if circles >= more[0] and keys >= more[1]:
                return {(row, place): (unpack(AgreementMention, body), key) for row, place, body, key, *_ in found}
            circles |= more[0]
            keys |= more[1]

    def _former(self, mentions: Iterable[AgreementMention]) -> dict[tuple[str, int, int], str]:
        """Return the keys of mentions in the state in which nothing is decided."""
        found = {}
        for one in mentions if self._before is not None else ():
            assert self._before is not None
            place = (one.report, one.row, one.index)
            found[place] = self._before.value(
                "SELECT key FROM pact JOIN row ON row.id = row WHERE report = ? AND number = ? AND place = ?", *place
            )
        return found

    def _keep(self, held: dict[_Place, tuple[AgreementMention, str | None]], found: Agreements) -> set[int]:
        moved, now = set[int](), dict[str, set[int]]()
        old = {key for _, key in held.values() if key} | self._keys
        for (row, place), (one, before) in held.items():
            mention = (one.report, one.row, one.index)
            key = found.keys[mention]
            now.setdefault(key, set()).add(row)
            self._tables.run(
                "UPDATE pact SET plain = ?, key = ? WHERE row = ? AND place = ?",
                found.plain[mention],
                key,
                row,
                place,
            )
            moved |= {row} if before != key else set()
        self._ask(old | now.keys(), found.undecided)
        entities: dict[str, AgreementEntity] = {one.key: one for one in found.entities}
        for key in sorted(old | now.keys()):
            if self._things.put("agreement", key, entities.get(key)) != (None, None):
                moved |= now.get(key, set())
        return moved

    def _ask(self, keys: Iterable[str], undecided: Iterable[Undecided]) -> None:
        self._tables.many(
            "DELETE FROM question WHERE kind = 'agreement' AND owner = ?", [(key,) for key in sorted(keys)]
        )
        self._tables.many(
            "INSERT OR IGNORE INTO question VALUES ('agreement', ?, ?)", [(one.left, pack(one)) for one in undecided]
        )


def _circle(one: AgreementMention) -> str:
    said = one.agreement
    return text_of(one.parties if one.parties else (one.activity, said.kind, said.status, said.date))

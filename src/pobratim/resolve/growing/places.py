"""Places: a mention's key rests on the mentions of its name, its Wikidata item and its key, and on decisions about it.

What is summed: how often each mention is met. Which mentions get keys anew: those of a *family* (kind and folded name),
item or key of which one came or went, for «Горки» without a country is the only Горки that all reports know. A place is
made again of all its mentions where one of them is met more or less often.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any

from pobratim.entities import PlaceEntity, Undecided
from pobratim.names.normalisation import folded
from pobratim.resolve.amending import of_side
from pobratim.resolve.growing.changes import Things
from pobratim.resolve.growing.packing import pack, unpack
from pobratim.resolve.growing.tables import Tables, listed
from pobratim.resolve.ledger import Verdicts
from pobratim.resolve.places import (
    PlaceBook,
    Spot,
    Town,
    TownIndex,
    adjective,
    corrected,
    explicit_key,
    place_entity,
    renamed,
    spot_order,
)
from pobratim.resolve.told_places import spots_of

_LEDGER = 0
"""The number of no row."""
_MET = f"SELECT 1 FROM spot JOIN met ON met.spot = spot.id WHERE own = ? AND met.row > {_LEDGER} LIMIT 1"


class Book:
    """The keys of places, as the rows that mention them ask for."""

    def __init__(self, tables: Tables) -> None:
        """Take a state whose places are settled."""
        self._tables, self._keys, self._areas = tables, dict[Spot, tuple[str, str]](), dict[str, str]()

    def key(self, mention: Spot) -> str:
        """Return the place's key, "" for a mention without a name."""
        return self._both(mention)[1]

    def own_key(self, mention: Spot) -> str:
        """Return the key that the place would have if nobody had decided that it is another one."""
        return self._both(mention)[0]

    def region(self, key: str) -> str:
        """Return the region (notation) in which a settlement lies, "" if unknown."""
        if key not in self._areas:
            self._areas[key] = self._tables.value("SELECT area FROM place WHERE key = ?", key) or ""
        return self._areas[key]

    def _both(self, mention: Spot) -> tuple[str, str]:
        if not mention.name:
            return "", ""
        if mention not in self._keys:
            ((own, key),) = self._tables.rows("SELECT own, key FROM spot WHERE body = ?", pack(mention))
            self._keys[mention] = own, key
        return self._keys[mention]


@dataclass(slots=True)
class _Reach:
    """What ties mentions to each other: families, items and keys, and the mentions (by id) found so far."""

    families: set[str] = field(default_factory=set)
    items: set[str] = field(default_factory=set)
    owns: set[str] = field(default_factory=set)
    spots: dict[int, tuple[Spot, str, str]] = field(default_factory=dict)

    @property
    def size(self) -> tuple[int, ...]:
        return len(self.families), len(self.items), len(self.owns), len(self.spots)

    def take(self, spot: Spot, own: str | None) -> None:
        """Add what one mention leads to."""
        self.families.add(family(spot))
        self.items |= {spot.wikidata} - {""}
        self.owns |= {own or ""} - {""}


class Places:
    """Keeps the mentions of places, by row, and their keys."""

    def __init__(self, tables: Tables, towns: TownIndex[Any], decided: Verdicts, things: Things) -> None:
        """Take the state, the gazetteer and what people decided of places."""
        self._tables, self._towns, self._decided, self._things = tables, towns, decided, things
        self._counted, self._fresh, self._ids = set[int](), set[int](), dict[Spot, int]()

    def forget(self, rows: Iterable[int]) -> None:
        """Take away what some rows mention."""
        wanted = listed(rows)
        found = self._tables.column(
            "SELECT DISTINCT spot FROM met WHERE row IN (SELECT value FROM json_each(?))", wanted
        )
        self._counted.update(found)
        self._tables.run("DELETE FROM met WHERE row IN (SELECT value FROM json_each(?))", wanted)

    def note(self, row: int, spots: Iterable[Spot], shown: AbstractSet[Spot]) -> None:
        """Add what a row mentions; ``shown`` are the places that its account bears."""
        for spot, met in Counter(spot for spot in spots if spot.name).items():
            known = self._ids[spot] = self._ids.get(spot) or self._id(spot)
            self._counted.add(known)
            self._tables.run("INSERT INTO met VALUES (?, ?, ?, ?)", known, row, met, int(spot in shown))

    def note_told(self, keys: AbstractSet[str]) -> None:
        """Take the places that only people name, by their keys: met in no row, they stand under a row of their own."""
        self.forget([_LEDGER])
        missing = {key for key in keys if not self._tables.value(_MET, key)}
        for spot in spots_of(missing, self._towns):
            known = self._ids[spot] = self._ids.get(spot) or self._id(spot)
            self._counted.add(known)
            self._tables.run("INSERT INTO met VALUES (?, ?, 0, 0)", known, _LEDGER)

    def _id(self, spot: Spot) -> int:
        body = pack(spot)
        known: int | None = self._tables.value("SELECT id FROM spot WHERE body = ?", body)
        if known is None:
            known = self._tables.run(
                "INSERT INTO spot(body, family, item) VALUES (?, ?, ?)", body, family(spot), spot.wikidata
            )
            self._fresh.add(known)
        return known

    def settle(self, told: Iterable[str]) -> set[int]:
        """Give all mentions their keys and return the rows whose keys changed; of ``told`` the decisions did."""
        named = set(told)
        reach = self._begin(named)
        book = self._spread(reach)
        moved, keys = set[int](), self._touched_keys(named)
        for number, (spot, own, key) in reach.spots.items():
            now = book.own_key(spot), book.key(spot)
            if now != (own, key):
                self._tables.run("UPDATE spot SET own = ?, key = ? WHERE id = ?", *now, number)
                moved.add(number)
                keys |= {key, now[1]}
            elif now[0] in named:
                keys.add(key)
        keys |= self._touched_keys(named)
        self._ask(reach, book)
        rows = self._rows(moved - self._fresh)
        return rows | self._make({key for key in keys if key})

    def _begin(self, told: set[str]) -> _Reach:
        """Return what came and went, and take away mentions that no row makes any more."""
        counted = listed(self._counted)
        gone = self._tables.rows(
            "SELECT id, body, own, key FROM spot WHERE id IN (SELECT value FROM json_each(?))"
            " AND NOT EXISTS (SELECT 1 FROM met WHERE spot = id)",
            counted,
        )
        reach = _Reach(owns=set(told))
        self._lost = {key for _, _, _, key in gone if key}
        for number, body, own, _ in gone:
            reach.take(unpack(Spot, body), own)
            self._tables.run("DELETE FROM spot WHERE id = ?", number)
            self._fresh.discard(number)
        for body in self._tables.column(
            "SELECT body FROM spot WHERE id IN (SELECT value FROM json_each(?))", listed(self._fresh)
        ):
            reach.take(unpack(Spot, body), None)
        return reach

    def _touched_keys(self, told: set[str]) -> set[str]:
        """Return the keys of places of which something is met more or less often, or was decided."""
        found = self._tables.column(
            "SELECT DISTINCT key FROM spot WHERE id IN (SELECT value FROM json_each(?))"
            " UNION SELECT key FROM spot WHERE own IN (SELECT value FROM json_each(?))",
            listed(self._counted),
            listed(told),
        )
        return {key for key in found if key} | self._lost

    def _spread(self, reach: _Reach) -> PlaceBook:
        """Gather all mentions on which a key in reach rests, and return their keys."""
        while True:
            self._gather(reach)
            book = PlaceBook(self._towns, Counter(spot for spot, _, _ in reach.spots.values()), self._decided)
            known = len(reach.owns)
            reach.owns |= book.known
            if len(reach.owns) == known:
                return book

    def _gather(self, reach: _Reach) -> None:
        while True:
            before = reach.size
            for keys in self._decided.same:
                if keys & reach.owns:
                    reach.owns |= keys
            for number, body, own, key in self._tables.rows(
                "SELECT id, body, own, key FROM spot WHERE family IN (SELECT value FROM json_each(?))"
                " UNION SELECT id, body, own, key FROM spot"
                " WHERE item <> '' AND item IN (SELECT value FROM json_each(?))"
                " UNION SELECT id, body, own, key FROM spot WHERE own IN (SELECT value FROM json_each(?))",
                listed(reach.families),
                listed(reach.items),
                listed(reach.owns),
            ):
                if number not in reach.spots:
                    spot = unpack(Spot, body)
                    reach.spots[number] = spot, own or "", key or ""
                    reach.take(spot, own)
            if reach.size == before:
                return

    def _ask(self, reach: _Reach, book: PlaceBook) -> None:
        """Keep which of several places a mention may mean, under the key that it has till somebody decides."""
        self._tables.many(
            "DELETE FROM question WHERE kind = 'bare' AND owner = ?", [(key,) for key in sorted(reach.owns)]
        )
        self._tables.many(
            "INSERT OR IGNORE INTO question VALUES ('bare', ?, ?)",
            [(question.left, pack(question)) for question in book.questions],
        )

    def _make(self, keys: Iterable[str]) -> set[int]:
        """Make places again; return the rows of those that turn out to lie in another region."""
        moved, blocks = set[int](), set[str]()
        for key in sorted(keys):
            found = self._tables.rows("SELECT area, adjective FROM place WHERE key = ?", key)
            area, block = found[0] if found else ("", "")
            place, now = self._entity(key)
            block_now = pack(adjective(place)) if place is not None and place.kind == "district" else ""
            if self._things.put("place", key, place) != (None, None) or area != now:
                self._tables.run("UPDATE place SET area = ?, adjective = ? WHERE key = ?", now, block_now, key)
                blocks |= {block, block_now} - {"", None}
            if found and area != now:
                moved.update(self._tables.column("SELECT id FROM spot WHERE key = ?", key))
        self._ask_renamed(blocks)
        return self._rows(moved)

    def _entity(self, key: str) -> tuple[PlaceEntity | None, str]:
        """Return a place and its region (notation), None where nothing bears the key any more."""
        counts: dict[Spot, int] = {}
        owns: dict[Spot, str] = {}
        for body, own, met in self._tables.rows(
            "SELECT body, own, (SELECT sum(n) FROM met WHERE spot = id) FROM spot WHERE key = ?", key
        ):
            spot = unpack(Spot, body)
            counts[spot], owns[spot] = met, own
        if not counts:
            return None, ""
        town = self._town(key, owns)
        former = sorted(set(owns.values()) - {key})
        side = self._decided.side([key, *former])
        told = {spot: met for spot, met in counts.items() if owns[spot] == side}
        chosen = place_entity(side, told, self._town(side, owns)) if told else None
        whole = corrected(of_side(place_entity(key, counts, town), chosen), former, self._decided)
        return whole, self._towns.region_of(town) if town is not None else ""

    def _town(self, key: str, owns: Mapping[Spot, str]) -> Town | None:
        """Return the settlement that the last of the mentions in order means that have the key by themselves."""
        town = None
        for spot in sorted((spot for spot, own in owns.items() if own == key), key=spot_order):
            told, named = explicit_key(self._towns, spot) if spot.name != spot.wikidata else ("", None)
            town = named if told == key and named is not None else town
        return town

    def _ask_renamed(self, blocks: Iterable[str]) -> None:
        for block in sorted(blocks):
            self._tables.run("DELETE FROM question WHERE kind = 'renamed' AND owner = ?", block)
            found = self._tables.column("SELECT entity FROM place WHERE adjective = ? ORDER BY key", block)
            self._tables.many(
                "INSERT INTO question VALUES ('renamed', ?, ?)",
                [(block, pack(one)) for one in renamed(unpack(PlaceEntity, entity) for entity in found)],
            )

    def _rows(self, spots: Iterable[int]) -> set[int]:
        return set(
            self._tables.column(
                "SELECT DISTINCT row FROM met WHERE row > 0 AND spot IN (SELECT value FROM json_each(?))", listed(spots)
            )
        )


def undecided_places(tables: Tables, decided: Verdicts) -> list[Undecided]:
    """Return all open questions about places under final keys."""
    found = []
    for body in tables.column("SELECT body FROM question WHERE kind IN ('bare', 'renamed')"):
        one = unpack(Undecided, body)
        left, right = (final_place(tables, key) or key for key in (one.left, one.right))
        if left != right and not decided.apart(one.left, one.right):
            found.append(replace(one, left=left, right=right))
    return found


def final_place(tables: Tables, own: str) -> str | None:
    """Return the key under which a place is known that has a key by itself, None where nothing has it."""
    found: str | None = tables.value("SELECT key FROM spot WHERE own = ? LIMIT 1", own)
    return found


def family(spot: Spot) -> str:
    """Return what mentions share among which a place without country or region is looked for."""
    return f"{spot.kind}|{folded(spot.name)}"

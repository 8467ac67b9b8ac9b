"""Links between shapes of namings: pairs of which one may decide what becomes of the other.

Whatever the linker compares and does not at once tell apart is linked: equal names (``identity``), a name and a fuller
one on its shelf, names of one place whose words may say the same, possible misprints. What it makes of a set of names
that no link leaves is what it makes of them among all names. Links hold with any ledger and never say too little; they
go when a shape does.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet

from pobratim.names.comparing import DIFFERENT
from pobratim.names.similarity import near_texts
from pobratim.resolve import linking
from pobratim.resolve.blocking import Way, spelling, ways
from pobratim.resolve.clusters import text_of
from pobratim.resolve.compatibility import FULLER, Knowledge, compatible, words_say
from pobratim.resolve.growing.namings import MARK, SHELF, Namings
from pobratim.resolve.growing.tables import listed
from pobratim.resolve.namings import Naming

_Test = Callable[[Naming, Naming], bool]


class Links:
    """Keeps the links of all shapes."""

    def __init__(self, namings: Namings) -> None:
        """Take what keeps the namings."""
        self._namings, self._tables = namings, namings.tables
        self._known = Knowledge(namings.vocabulary)

    def drop(self, shapes: Iterable[int]) -> set[int]:
        """Drop shapes that are no more; return those to which they were linked."""
        wanted = listed(shapes)
        near = self._near(wanted)
        groups = self._tables.column(
            "SELECT DISTINCT spelling FROM shape WHERE spelling IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
            wanted,
        )
        for table, column in (("link", "a"), ("link", "b"), ("block", "shape"), ("shape", "id")):
            self._tables.run(
                f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))",
                wanted,
            )
        empty = listed(
            self._tables.column(
                "SELECT id FROM spelling WHERE id IN (SELECT value FROM json_each(?))"
                " AND NOT EXISTS (SELECT 1 FROM shape WHERE shape.spelling = spelling.id)",
                listed(groups),
            )
        )
        for table, column in (("slip", "a"), ("slip", "b"), ("spelling", "id")):
            self._tables.run(
                f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))",
                empty,
            )
        return near - set(shapes)

    def reach(self, shapes: Iterable[int]) -> set[int]:
        """Return some shapes and all to which links lead from them."""
        found, fresh = set[int](), set(shapes)
        while fresh:
            found |= fresh
            fresh = self._near(listed(fresh)) - found
        return found

    def _near(self, shapes: str) -> set[int]:
        return set(
            self._tables.column(
                "WITH asked AS (SELECT value AS id FROM json_each(?)),"
                " own AS (SELECT spelling AS id FROM shape WHERE id IN asked AND spelling IS NOT NULL)"
                " SELECT b FROM link WHERE a IN asked"
                " UNION SELECT id FROM shape WHERE identity IN (SELECT identity FROM shape WHERE id IN asked)"
                " UNION SELECT id FROM shape WHERE spelling IN own"
                " UNION SELECT id FROM shape WHERE spelling IN (SELECT b FROM slip WHERE a IN own)",
                shapes,
            )
        )

    # Making links

    def by_words(self) -> None:
        """Link what is new by what its words say, by misprints and to what stands in the same report."""
        self._in_blocks(MARK, self._may_say_the_same)
        self._spellings()
        fresh: dict[str, set[int]] = defaultdict(set)
        for shape, report in self._namings.newly:
            fresh[report].add(shape)
        for report, shapes in sorted(fresh.items()):
            self._in_report(shapes, self._namings.shapes_of(report))

    def _in_report(self, fresh: set[int], shapes: Iterable[int]) -> None:
        """Link what is new in a report to what of the others there it may stand for."""
        shelves: dict[Way, set[int]] = defaultdict(set)
        for shape in shapes:
            for way in ways(self._namings.shape(shape), self._namings.vocabulary):
                shelves[way].add(shape)
        pairs = {pair for shelf in shelves.values() for pair in self._pairs(list(shelf), fresh)}
        for left, right in sorted(pairs):
            self._try(left, right, self._may_be_fuller)

    def by_shelves(self) -> None:
        """Link what is new to the fuller names for which it may stand, and to those that may stand for it."""
        self._in_blocks(SHELF, self._may_be_fuller)

    def _in_blocks(self, kind: str, test: _Test) -> None:
        tried = set[tuple[int, int]]()
        for block in self._namings.crossed(kind):
            if self._namings.size(block) <= linking.TOO_COMMON:
                tried.update(self._pairs(self._namings.members(block), None))
        for block in self._namings.blocks_of(self._namings.fresh):
            if block[0] == kind and self._namings.size(block) <= linking.TOO_COMMON:
                tried.update(self._pairs(self._namings.members(block), self._namings.fresh))
        for left, right in sorted(tried):
            self._try(left, right, test)

    def _pairs(self, members: list[int], fresh: AbstractSet[int] | None) -> Iterator[tuple[int, int]]:
        """Yield the pairs of the members of a block, those with a ``fresh`` one only where some are given.

        Names of two places are never one, nor one of them the fuller one.
        """
        placed: dict[str, list[int]] = defaultdict(list)
        for one in members:
            placed[self._namings.shape(one).place].append(one)
        for one in members if fresh is None else fresh & {*members}:
            place = self._namings.shape(one).place
            for other in (*placed[place], *placed[""]) if place else members:
                if other != one:
                    yield (one, other) if one < other else (other, one)

    def _try(self, left: int, right: int, test: _Test) -> None:
        if test(self._namings.shape(left), self._namings.shape(right)):
            self._tables.many("INSERT OR IGNORE INTO link VALUES (?, ?)", [(left, right), (right, left)])

    def _may_be_fuller(self, left: Naming, right: Naming) -> bool:
        return FULLER.verdict(left, right, self._known) or FULLER.verdict(right, left, self._known)

    def _may_say_the_same(self, left: Naming, right: Naming) -> bool:
        if left.bare or right.bare or not compatible(left, right, self._known):
            return False
        return words_say(left, right).verdict != DIFFERENT

    def _spellings(self) -> None:
        """Put new shapes to those of the same words, and link words that are nearly alike."""
        asked: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for shape in sorted(self._namings.fresh):
            name = self._namings.shape(shape)
            sought = spelling(name, self._namings.vocabulary)
            if sought is not None:
                block = text_of(sought)
                group = self._group(block, text_of(frozenset(name.words)))
                self._tables.run("UPDATE shape SET spelling = ? WHERE id = ?", group, shape)
                asked[block][group].append(" ".join(sorted(name.short.split())))
        for block, groups in sorted(asked.items()):
            self._slips(block, [(group, text) for group, texts in groups.items() for text in texts])

    def _group(self, block: str, words: str) -> int:
        self._tables.run("INSERT OR IGNORE INTO spelling(block, words) VALUES (?, ?)", block, words)
        found: int = self._tables.value("SELECT id FROM spelling WHERE block = ? AND words = ?", block, words)
        return found

    def _slips(self, block: str, asked: list[tuple[int, str]]) -> None:
        there = self._tables.rows(
            "SELECT spelling.id, short FROM spelling JOIN shape ON shape.spelling = spelling.id WHERE block = ?", block
        )
        texts, others = [text for _, text in asked], [text for _, text in there]
        for i, j, _ in near_texts(texts, others, linking.ALIKE):
            a, b = asked[i][0], there[j][0]
            if a != b:
                self._tables.many("INSERT OR IGNORE INTO slip VALUES (?, ?)", [(a, b), (b, a)])

"""Namings: every way in which rows name an organisation, kept once, with the rows and reports where it stands.

A *shape* is a naming without the report of which an unplaced one is. What comes and goes is counted here; what was
touched by it is put together anew (``links.py``, ``organisations.py``).
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

from pobratim.record import Institution, Parts
from pobratim.resolve import linking
from pobratim.resolve.blocking import identity, marks, ways
from pobratim.resolve.clusters import text_of
from pobratim.resolve.growing.packing import pack, unpack
from pobratim.resolve.growing.tables import Tables, listed
from pobratim.resolve.namings import Naming, own_key
from pobratim.resolve.vocabulary import Vocabulary

MARK, SHELF = "m", "s"
"""What names of blocks begin with: those of names that may say the same, and those in which a fuller name is sought."""


_UNTOLD: Mapping[str, Any] = {"id": "", "role": "", "parts": Parts()}
"""The fields of an institution that tell nothing of the organisation: without them rows share the text."""
_TOLD = attrgetter(*(one.name for one in fields(Institution) if one.name not in _UNTOLD))


class Namings:
    """Keeps the mentions of organisations, by row, and counts the names in each block.

    ``touched`` are the shapes of which a naming came or went (be it in one report), ``fresh`` those that nobody used
    before, ``newly`` the reports in which a shape is new, ``counted`` the namings that are met more or less often.
    """

    def __init__(self, tables: Tables, vocabulary: Vocabulary) -> None:
        """Take the state and what is known of kinds."""
        self.tables, self.vocabulary = tables, vocabulary
        self.touched, self.fresh, self.counted = set[int](), set[int](), set[int]()
        self.newly: set[tuple[int, str]] = set()
        self.lost: dict[int, int] = {}
        """The namings that are no more, with the root that stood for each."""
        self._met: Counter[tuple[int, str]] = Counter()
        """How much more often (or less) namings are met in reports."""
        self._crowds: dict[str, list[int]] = {}
        """How many names stood in blocks before, and stand there now."""
        self._said, self._unsaid, self._ids = dict[Hashable, int](), set[int](), dict[Naming, int]()
        self._heard: dict[int, Institution] = {}
        """What institutions tell that were noted in this update, by the id of their text."""
        self._shapes: dict[int, Naming] = {}
        self._standing: dict[int, list[str]] = {}
        """The blocks of the shapes that are new."""
        self._names: dict[int, Naming] = {}
        self._within: dict[str, Counter[Hashable]] = {}

    # What rows mention

    def forget(self, rows: Iterable[int]) -> None:
        """Take away what some rows mention; the rows themselves are still there."""
        wanted = listed(rows)
        for naming, report, met in self.tables.rows(
            "SELECT naming, report, count(*) FROM mention JOIN row ON row.id = mention.row"
            " WHERE mention.row IN (SELECT value FROM json_each(?)) GROUP BY naming, report",
            wanted,
        ):
            self._count(naming, report, -met)
        self._unsaid.update(
            self.tables.column("SELECT said FROM mention WHERE row IN (SELECT value FROM json_each(?))", wanted)
        )
        self.tables.run("DELETE FROM mention WHERE row IN (SELECT value FROM json_each(?))", wanted)

    def note(self, row: int, report: str, place: int, one: Institution, naming: Naming) -> None:
        """Add the ``place``-th institution of a row."""
        known = self._ids.get(naming)
        if known is None:
            known = self._ids[naming] = self._id(naming)
            self._names[known] = naming
        self._count(known, report, 1)
        told = _telling(one)
        if told not in self._said:
            said = pack(replace(one, **_UNTOLD))
            self.tables.run("INSERT OR IGNORE INTO said(body) VALUES (?)", said)
            self._said[told] = self.tables.value("SELECT id FROM said WHERE body = ?", said)
            self._heard[self._said[told]] = one
        self.tables.run("INSERT INTO mention VALUES (?, ?, ?, ?, ?)", row, place, one.id, known, self._said[told])

    def said(self, number: int, body: str) -> Institution:
        """Return what a text tells of an institution; the number is that of the text."""
        return self._heard.get(number) or unpack(Institution, body)

    def _count(self, naming: int, report: str, by: int) -> None:
        self.counted.add(naming)
        self._met[naming, report] += by

    def _id(self, naming: Naming) -> int:
        shape = self._shape_id(naming if naming.bare else replace(naming, report=""))
        known: int | None = self.tables.value(
            "SELECT id FROM naming WHERE shape = ? AND report = ?", shape, naming.report
        )
        if known is None:
            known = self.tables.run("INSERT INTO naming(shape, report, singled) VALUES (?, ?, 0)", shape, naming.report)
            self._resize(shape, MARK, 1)
        return known

    def _shape_id(self, shape: Naming) -> int:
        body = pack(shape)
        known: int | None = self.tables.value("SELECT id FROM shape WHERE body = ?", body)
        if known is None:
            short = " ".join(sorted(shape.short.split()))
            known = self.tables.run(
                "INSERT INTO shape(body, own, identity, short) VALUES (?, ?, ?, ?)",
                body,
                own_key(shape),
                text_of(identity(shape)),
                short,
            )
            self._shapes[known] = shape
            self.fresh.add(known)
            self._standing[known] = sorted({*self._blocks(shape)})
            self.tables.many("INSERT INTO block VALUES (?, ?)", [(name, known) for name in self._standing[known]])
        return known

    def _blocks(self, shape: Naming) -> Iterator[str]:
        for mark in marks(shape, self.vocabulary.having("perCountry")):
            yield MARK + text_of(mark)
        for way in ways(shape, self.vocabulary):
            yield from (SHELF + text_of((way, area)) for area in {"", shape.place})

    # What came and went

    def sift(self) -> set[int]:
        """Note what came and went, and drop what no row makes any more; return the shapes that are gone."""
        emptied = set[int]()
        self.tables.run(
            "DELETE FROM said WHERE id IN (SELECT value FROM json_each(?))"
            " AND NOT EXISTS (SELECT 1 FROM mention WHERE said = said.id)",
            listed(self._unsaid),
        )
        for (naming, report), by in sorted(self._met.items()):
            was = self.tables.value("SELECT n FROM occurrence WHERE naming = ? AND report = ?", naming, report) or 0
            if by and was + by:
                self.tables.run("INSERT OR REPLACE INTO occurrence VALUES (?, ?, ?)", naming, report, was + by)
            if bool(was) != bool(was + by):
                shape = self.tables.value("SELECT shape FROM naming WHERE id = ?", naming)
                self.touched.add(shape)
                if was:
                    self.tables.run("DELETE FROM occurrence WHERE naming = ? AND report = ?", naming, report)
                    emptied.add(naming)
                else:
                    self.newly.add((shape, report))
        self._crowded_reports()
        return self._drop(emptied)

    def _drop(self, namings: Iterable[int]) -> set[int]:
        """Drop namings that no report has any more; return the shapes that nothing has any more."""
        gone = set[int]()
        for naming, shape, root, singled in self.tables.rows(
            "SELECT id, shape, root, singled FROM naming WHERE id IN (SELECT value FROM json_each(?))"
            " AND NOT EXISTS (SELECT 1 FROM occurrence WHERE naming = naming.id)",
            listed(namings),
        ):
            self.lost[naming] = root
            self._resize(shape, MARK, -1)
            if singled:
                self._resize(shape, SHELF, -1)
            self.tables.run("DELETE FROM naming WHERE id = ?", naming)
            self._names.pop(naming, None)
            if self.tables.value("SELECT 1 FROM naming WHERE shape = ?", shape) is None:
                gone.add(shape)
        return gone

    def _crowded_reports(self) -> None:
        """Touch all names of a changed report that has so many that some of them may be passed over."""
        changed = Counter(report for _, report in self._met)
        for report, pairs in changed.items():
            held = self.tables.value("SELECT count(*) FROM occurrence WHERE report = ?", report)
            if held + pairs > linking.TOO_COMMON:
                self.touched.update(self.shapes_of(report))

    # Sizes of blocks

    def single(self, flags: dict[int, bool]) -> None:
        """Note which namings stand for themselves, not for another one of their set that differs by report only."""
        for naming, shape, singled in self.tables.rows(
            "SELECT id, shape, singled FROM naming WHERE id IN (SELECT value FROM json_each(?))", listed(flags)
        ):
            if bool(singled) != flags[naming]:
                self._resize(shape, SHELF, 1 if flags[naming] else -1)
                self.tables.run("UPDATE naming SET singled = ? WHERE id = ?", int(flags[naming]), naming)

    def crossed(self, kind: str) -> list[str]:
        """Return the blocks that became too large to be compared, or small enough, and touch their names."""
        found = []
        for name, (before, now) in sorted(self._crowds.items()):
            if name[0] == kind and (before > linking.TOO_COMMON) != (now > linking.TOO_COMMON):
                found.append(name)
                self.touched.update(self.members(name))
        return found

    def size(self, block: str) -> int:
        """Return how many names stand in a block."""
        if block in self._crowds:
            return self._crowds[block][1]
        return self.tables.value("SELECT n FROM crowd WHERE name = ?", block) or 0

    def keep_sizes(self) -> None:
        """Write down how many names stand in the blocks that changed."""
        changed = {name: now for name, (before, now) in sorted(self._crowds.items()) if now != before}
        self.tables.many("DELETE FROM crowd WHERE name = ?", [(name,) for name in changed])
        self.tables.many("INSERT INTO crowd VALUES (?, ?)", [(name, now) for name, now in changed.items() if now])

    def size_of(self, key: Hashable) -> int:
        """Return how many names stand in a block of the linker's: a mark, or a shelf of all reports or of one."""
        assert isinstance(key, tuple)
        if isinstance(key[0], str):
            return self.size(MARK + text_of(key))
        way, area, report = key
        return self._in_report(report)[way, area] if report else self.size(SHELF + text_of((way, area)))

    def _in_report(self, report: str) -> Counter[Hashable]:
        if report not in self._within:
            sizes = self._within[report] = Counter()
            held = self.tables.value("SELECT count(*) FROM occurrence WHERE report = ?", report)
            for shape in self._all_in(report) if held > linking.TOO_COMMON else ():
                name = self.shape(shape)
                # One name may stand on a shelf by its own short name and by another one: the shelf then holds it twice.
                sizes.update((way, area) for way in ways(name, self.vocabulary) for area in {"", name.place})
        return self._within[report]

    def _resize(self, shape: int, kind: str, by: int) -> None:
        names = self._standing.get(shape) or self.tables.column("SELECT name FROM block WHERE shape = ?", shape)
        for name in names:
            if name[0] == kind:
                size = self.size(name)
                self._crowds.setdefault(name, [size, size])[1] += by

    # What is there

    def shape(self, number: int) -> Naming:
        """Return a shape."""
        if number not in self._shapes:
            self._shapes[number] = unpack(Naming, self.tables.value("SELECT body FROM shape WHERE id = ?", number))
        return self._shapes[number]

    def members(self, block: str) -> list[int]:
        """Return the shapes of a block."""
        return self.tables.column("SELECT shape FROM block WHERE name = ?", block)

    def blocks_of(self, shapes: Iterable[int]) -> list[str]:
        """Return the names of the blocks in which some shapes stand."""
        return self.tables.column(
            "SELECT DISTINCT name FROM block WHERE shape IN (SELECT value FROM json_each(?))", listed(shapes)
        )

    def shapes_of(self, report: str) -> set[int]:
        """Return the shapes that stand in a report."""
        return set(self._all_in(report))

    def _all_in(self, report: str) -> list[int]:
        return self.tables.column(
            "SELECT shape FROM occurrence JOIN naming ON naming.id = naming WHERE occurrence.report = ?", report
        )

    def named(self, naming: int) -> Naming:
        """Return a naming. Raises ValueError for one that is not there."""
        if naming not in self._names:
            ((shape, report),) = self.tables.rows("SELECT shape, report FROM naming WHERE id = ?", naming)
            self._of(naming, shape, report)
        return self._names[naming]

    def _of(self, naming: int, shape: int, report: str) -> Naming:
        if naming not in self._names:
            found = self.shape(shape)
            self._names[naming] = found if found.report == report else replace(found, report=report)
        return self._names[naming]

    def all_of(self, shapes: Iterable[int]) -> dict[int, Naming]:
        """Return the namings of some shapes by their ids."""
        found = self.tables.rows(
            "SELECT id, shape, report FROM naming WHERE shape IN (SELECT value FROM json_each(?))", listed(shapes)
        )
        return {naming: self._of(naming, shape, report) for naming, shape, report in found}

    def reports_of(self, namings: Iterable[int]) -> dict[int, frozenset[str]]:
        """Return the reports in which namings stand."""
        found: dict[int, set[str]] = {}
        for naming, report in self.tables.rows(
            "SELECT naming, report FROM occurrence WHERE naming IN (SELECT value FROM json_each(?))", listed(namings)
        ):
            found.setdefault(naming, set()).add(report)
        return {naming: frozenset(reports) for naming, reports in found.items()}


def _telling(one: Institution) -> Hashable:
    """Return all that an institution tells of the organisation."""
    return tuple(tuple(value) if isinstance(value, list) else value for value in _TOLD(one))

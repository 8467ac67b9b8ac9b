"""Identity step by step: reports come and go, people decide, and only what that touches is resolved again.

A state is a folder: ``plain.sqlite``, in which nothing is decided, and where there are decisions ``decided.sqlite``.
A state of another edition of the program, or none, is no state: all reports must then come in again.
"""

import hashlib
import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pobratim.entities import ReportEntity
from pobratim.ground import disk
from pobratim.lexicon.edition import edition
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.record import Record
from pobratim.resolve.growing.growth import Growth
from pobratim.resolve.growing.tables import Tables
from pobratim.resolve.growing.world import Ground, RecordsOf, Told, World
from pobratim.resolve.ledger import LEAVING, Decision
from pobratim.resolve.places import TownIndex
from pobratim.resolve.plain import Plain
from pobratim.resolve.vocabulary import Vocabulary, from_lexicon

_PLAIN, _DECIDED = "plain.sqlite", "decided.sqlite"
_ROOMS = ("resolve", "names", "text", "ground")


def is_current(folder: Path) -> bool:
    """Tell whether a folder holds a state that this edition of the program can go on from."""
    if not (folder / _PLAIN).exists():
        return False
    tables = Tables(folder / _PLAIN)
    found = tables.value("SELECT value FROM meta WHERE name = 'edition'")
    tables.close()
    return bool(found == identity_edition())


def update(
    old: Path | None,
    new: Path,
    removed: Iterable[str],
    added: Sequence[Told],
    decisions: Iterable[Decision],
    records: RecordsOf,
    gazetteer: TownIndex[Any] | None = None,
    vocabulary: Vocabulary | None = None,
    plain: Plain | None = None,
) -> Growth:
    """Make the state ``new`` (a folder, made) of ``old`` (None for the first one) and return what that changes.

    ``removed`` reports (slugs) go, ``added`` ones come or replace those of their slugs; ``decisions`` are the whole
    ledger. ``records`` gives those of reports that stay, where something near them changed. The outcome is that of
    resolving all records at once, whatever the order in which they came. Of a first state ``plain`` may be known.
    """
    ground = Ground(gazetteer or Gazetteer.load(), vocabulary or from_lexicon(lexicon()))
    ledger = [one for one in decisions if one.verdict not in LEAVING]
    leaving = {*removed} - {one.report.slug for one in added}
    records = _also(added, records)
    new.mkdir(parents=True, exist_ok=True)
    # Where people only decide, the state in which nothing is decided stays: the same file, not to be written any more.
    is_same = old is not None and not (leaving or added)
    had_decisions = old is not None and _handed_on(old, new, is_same=is_same)
    begins = old is None and plain is not None and plain.is_of(*_all_of(added))
    tables = Tables(new / _PLAIN, is_read=is_same)
    undecided = World(tables, ground, records, [], None, plain if begins else None)
    if not is_same:
        _run(undecided, leaving, added)
    if not (ledger or had_decisions):
        return _growth(undecided, [undecided], leaving)
    if had_decisions:
        decided = World(Tables(new / _DECIDED), ground, records, ledger, undecided.tables)
        _run(decided, leaving, added)
        worlds = [decided]
    else:
        shutil.copyfile(new / _PLAIN, new / _DECIDED)
        decided = World(Tables(new / _DECIDED), ground, records, ledger, undecided.tables)
        _run(decided, (), ())
        worlds = [undecided, decided]
    if ledger:
        return _growth(decided, worlds, leaving, [undecided.tables])
    # What is now is told by the state in which nothing is decided; what that changed, by the other one.
    decided.tables.close()
    (new / _DECIDED).unlink()
    return _growth(undecided, worlds, leaving)


def _handed_on(old: Path, new: Path, *, is_same: bool) -> bool:
    """Give a state's files to the next one, and tell whether people had decided anything in it."""
    _hand_on(old / _PLAIN, new / _PLAIN, is_same=is_same)
    had_decisions = (old / _DECIDED).exists()
    if had_decisions:
        _hand_on(old / _DECIDED, new / _DECIDED)
    return had_decisions


def _hand_on(old: Path, new: Path, *, is_same: bool = False) -> None:
    """Give the file of a state to the next one: as a copy to be written, or the same file where it ``is_same``."""
    if is_same:
        if old != new:
            disk.link(old, new)
    elif old != new:
        shutil.copyfile(old, new)
    elif new.stat().st_nlink > 1:
        # It was handed on in this very load, and another state holds it as well.
        copy = new.with_suffix(".copy")
        shutil.copyfile(old, copy)
        disk.replace(copy, new)


def _all_of(told: Iterable[Told]) -> tuple[list[ReportEntity], list[Record]]:
    """Return the reports, and the records of all."""
    held = list(told)
    return [one.report for one in held], [record for one in held for record in one.records]


def _also(added: Sequence[Told], records: RecordsOf) -> RecordsOf:
    """Return what gives the records of reports that come as well, each report read once."""
    known = {one.report.slug: one.records for one in added}

    def read(slug: str) -> Sequence[Record]:
        if slug not in known:
            known[slug] = records(slug)
        return known[slug]

    return read


def _run(world: World, leaving: Iterable[str], added: Sequence[Told]) -> None:
    with world.tables:
        world.update(leaving, added)
        world.tables.run("INSERT OR REPLACE INTO meta VALUES ('edition', ?)", identity_edition())


def _growth(now: World, worlds: Sequence[World], leaving: Iterable[str], beside: Iterable[Tables] = ()) -> Growth:
    """Return what updates of one state after another changed, and what there is ``now``."""
    things: dict[str, dict[str, Any]] = defaultdict(dict)
    touched = set[str]()
    for world in worlds:
        touched |= world.touched
        for kind, found in world.changes.things.items():
            things[kind] |= found
    return Growth(now, leaving, things, touched, beside)


@cache
def identity_edition() -> str:
    """Return a hash of all on which identity depends: modules, words, and what the reading of documents rests on."""
    digest = hashlib.sha256(edition().encode())
    package = Path(__file__).parents[2]
    for room in _ROOMS:
        for file in sorted((package / room).rglob("*.py")):
            digest.update(file.relative_to(package).as_posix().encode() + file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]

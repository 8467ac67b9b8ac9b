"""Ties on which nobody should decide but people: refused though likely enough, or taken though hardly likely."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pobratim.editing.things import code_of, iri_of_thing
from pobratim.quality.measures import LIKELY
from pobratim.rdf.iris import kind_of
from pobratim.resolve import Decision
from pobratim.resolve.decisions import TIED
from pobratim.resolve.fields import parts_of, things_in
from pobratim.site.asking import Asker, Row, iri_term
from pobratim.store.directory import GenerationStore

Thing = tuple[str, str]
_TOLD = re.compile(r'"doubtful"|"/ties/')
"""What a record has that tells of any tie."""
_TIES = "/ties/"


@dataclass(frozen=True, slots=True)
class Span:
    """Where a row names something: a column and offsets in its cell, which count code points."""

    column: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """A party as a row names it; ``spans`` are where, none where the row does not name it itself."""

    name: str
    spans: tuple[Span, ...] = ()
    is_reporter: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """The question whether a row tells of a tie: ``row`` is "report/number", ``number`` that of the question in it.

    ``at`` is the phrase that the ``chance`` (0..1) and the ``rule``, which names its reasons, are told of. ``is_taken``
    tells that the data hold the tie.
    """

    row: str
    number: int
    home: Named
    foreign: Named
    at: Span
    chance: float
    rule: str
    is_taken: bool


def doubts_of(store: Path) -> list[Doubt]:
    """Return the doubtful ties of all rows of a store, the most doubtful first."""
    found = [doubt for record in GenerationStore(store).records_that(_TOLD) for doubt in _of_record(record)]
    return sorted(found, key=lambda one: (abs(one.chance - LIKELY), one.row, one.number))


def _of_record(record: Mapping[str, Any]) -> Iterable[Doubt]:
    row, number = f"{record['report']}/{record['row']}", 0
    for told in record.get("doubtful", ()):
        home, _, foreign = told["value"].partition(" – ")
        number += 1
        yield _doubt(record, row, number, (home, foreign), told, is_taken=False)
    for told in record["evidence"]:
        if told["value"].startswith(_TIES) and told["confidence"] < LIKELY:
            number += 1
            sides = record["ties"][int(told["value"].removeprefix(_TIES))]
            yield _doubt(record, row, number, tuple(sides), told, is_taken=True)


def _doubt(
    record: Mapping[str, Any], row: str, number: int, sides: Sequence[str], told: Mapping[str, Any], *, is_taken: bool
) -> Doubt:
    home, foreign = (_named(record, side) for side in sides)
    at = Span(told["column"], told["start"], told["end"])
    return Doubt(row, number, home, foreign, at, told["confidence"], told["rule"], is_taken)


def _named(record: Mapping[str, Any], side: str) -> Named:
    """Return a party by an institution's temporary id or name, or a municipality's name."""
    for name in ("institutions", "places"):
        for at, one in enumerate(record[name]):
            if side in (one.get("id"), one["name"]):
                return Named(one["name"], tuple(_spans(record, f"/{name}/{at}")), side == record["reporter"])
    names = list(record["parties"])
    spans = _spans(record, f"/parties/{names.index(side)}") if side in names else ()
    return Named(side, tuple(spans), side == record["reporter"])


def _spans(record: Mapping[str, Any], pointer: str) -> Iterable[Span]:
    for one in record["evidence"]:
        if one["value"] == pointer:
            yield Span(one["column"], one["start"], one["end"])


@dataclass(frozen=True, slots=True)
class Parties:
    """Both parties of a doubt as the data have them, each a type and key, None where the data name no such thing."""

    home: Thing | None
    foreign: Thing | None

    @property
    def pair(self) -> frozenset[Thing | None]:
        """Return both."""
        return frozenset((self.home, self.foreign))


async def parties_of(asker: Asker, doubt: Doubt) -> Parties:
    """Return who the parties of a doubt are: what the data say of the places where its row names them."""
    iri = iri_of_thing(asker.data.base, "entry", doubt.row)
    rows = await asker.rows("review-row", iri=iri_term(iri)) if iri else []
    there: dict[Span | None, list[Thing]] = {}
    called: dict[str, Thing] = {}
    for row in rows:
        thing = row["thing"].value
        kind, key = kind_of(asker.data.base, thing), code_of(thing)
        if kind not in TIED:
            continue
        there.setdefault(_span(row), []).append((kind, key))
        called.setdefault(row["label"].value, (kind, key))

    def party(named: Named) -> Thing | None:
        known = [thing for span in named.spans for thing in there.get(span, ())]
        reporter = there.get(None, []) if named.is_reporter else []
        return next(iter([*known, *reporter]), called.get(named.name))

    return Parties(party(doubt.home), party(doubt.foreign))


def _span(row: Row) -> Span | None:
    """Return where a row of a report names something, None for who reports it."""
    return Span(code_of(row["cell"].value), int(row["start"].value), int(row["end"].value)) if "cell" in row else None


async def left(asker: Asker, found: Sequence[Doubt], lines: Sequence[Decision]) -> list[Doubt]:
    """Return the doubts on which the ledger says nothing: of a row, of its event, or of the two wherever they are."""
    told = [one for one in lines if one.verdict == "correct" and _is_of_tie(one)]
    rows = {one.left for one in told if one.type == "entry"}
    for one in told:
        if one.type == "activity":
            rows |= await _rows_of(asker, one.left)
    pairs = {frozenset(things_in(one.type, one.right)) for one in told}
    nowhere = {await _names(asker, one.things) for one in lines if one.verdict == "not-tie"}
    answered = {
        doubt
        for doubt in found
        if frozenset((doubt.home.name, doubt.foreign.name)) in nowhere
        or (doubt.row in rows and (await parties_of(asker, doubt)).pair in pairs)
    }
    return [doubt for doubt in found if doubt not in answered]


def _is_of_tie(one: Decision) -> bool:
    return one.type in ("entry", "activity") and parts_of(one.right)[0] == "tie"


async def _names(asker: Asker, things: Iterable[Thing]) -> frozenset[str]:
    iris = [iri_of_thing(asker.data.base, *thing) for thing in things]
    rows = [await asker.rows("review-name", iri=iri_term(iri)) for iri in iris if iri]
    return frozenset(row["label"].value for each in rows for row in each)


async def _rows_of(asker: Asker, activity: str) -> set[str]:
    iri = iri_of_thing(asker.data.base, "activity", activity)
    moved = await asker.rows("review-moves", iri=iri_term(iri)) if iri else []
    return {row["thing"].value.partition("/id/entry/")[2] for row in moved if row["what"].value == "entry"}

"""Corrections step by step: whatever is set right, added, taken away or undone equals resolving all at once."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.record import Record
from pobratim.resolve import Decision
from pobratim.resolve.growing import Told, update
from pobratim.resolve.growing.lines import Lines
from pobratim.resolve.growing.tables import Tables
from tests.support.growing import Course, pool, vocabulary


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    return pool(tmp_path_factory.mktemp("made"), 7)


@pytest.mark.parametrize("seed", range(200, 212))
def test_any_sequence_of_corrections_equals_resolving_all_at_once(
    tmp_path: Path, reports: list[Told], seed: int
) -> None:
    course = Course(tmp_path, seed, reports)
    course.step(0, [], course.chance.sample(reports, 4))
    for number in range(1, 7):
        for _ in range(4):
            course.decide()
        removed, added = course.reports_of_a_step() if course.chance.random() < 0.3 else ([], [])
        course.step(number, removed, added)


def test_a_correction_touches_only_what_it_concerns(tmp_path: Path, reports: list[Told]) -> None:
    held = {one.report.slug: one for one in reports[:12]}
    asked = set[str]()

    def records(slug: str) -> Sequence[Record]:
        asked.add(slug)
        return held[slug].records

    def step(number: int, *ledger: Decision, added: Sequence[Told] = ()) -> set[str]:
        asked.clear()
        old = tmp_path / str(number - 1) if number else None
        found = update(old, tmp_path / str(number), [], added, ledger, records, Gazetteer.load(), vocabulary())
        return set(found.touched) | asked

    step(0, added=list(held.values()))
    everything = update(
        tmp_path / "0", tmp_path / "all", [], [], [], records, Gazetteer.load(), vocabulary()
    ).everything()
    row = next(one for one in everything.accounts if one.contacts and not one.record.same_as)
    contact, agreement = row.contacts[0], everything.agreements[0]
    place = next(one.key for one in everything.places if one.key not in row.places)
    lines = [
        Decision("correct", "activity", row.activity, "start=2020"),
        Decision("correct", "entry", row.key, f"place+={place}"),
        Decision("correct", "entry", row.key, f"tie-={':'.join(contact.home)} {':'.join(contact.foreign)}"),
    ]
    of_pair = {
        one.record.report
        for one in everything.accounts
        if {contact.home, contact.foreign} <= {party for tie in one.contacts for party in (tie.home, tie.foreign)}
    }
    of_agreement = {one.record.report for one in everything.accounts if agreement.key in one.agreements}
    number = 0
    for line, concerned in (
        *((one, {row.record.report}) for one in lines),
        (Decision("not-tie", *contact.home, ":".join(contact.foreign)), of_pair),
        (Decision("correct", "agreement", agreement.key, "status=ended"), of_agreement),
    ):
        for ledger in ((line,), ()):
            number += 1
            assert step(number, *ledger) == concerned, (line, ledger)


def test_lines_behind_one_that_is_deleted_say_the_same_as_before() -> None:
    tables = Tables(":memory:")
    line = Decision("correct", "activity", "a", "start=2020", line=3)
    Lines(tables, [Decision("rename", "activity", "b", "Сбор", line=2), line], lambda _: None).keep()
    assert Lines(tables, [replace(line, line=2)], lambda _: None).changed()("activity") == {"b"}

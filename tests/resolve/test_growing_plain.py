"""A state that begins with what resolving found of its rows is the one that finds all of it itself, line by line."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from pobratim.entities import Resolution
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.resolve import Decision, Plain, resolve
from pobratim.resolve.growing import Told, update
from pobratim.resolve.growing.tables import Tables
from tests.support.growing import pool, vocabulary

STATES = ("plain.sqlite", "decided.sqlite")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    return random.Random(5).sample(pool(tmp_path_factory.mktemp("pool"), 25), 12)


def _found(reports: Sequence[Told], ledger: Sequence[Decision]) -> tuple[Resolution, list[Plain]]:
    """Return what the reports tell together, and what was found of them while nothing was decided."""
    records, found = [record for one in reports for record in one.records], list[Plain]()
    entities = [one.report for one in reports]
    told = resolve(records, entities, Gazetteer.load(), ledger, vocabulary(), found.append)
    return told, found


def _state(
    folder: Path, reports: Sequence[Told], ledger: Sequence[Decision], plain: Plain | None
) -> dict[str, set[str]]:
    """Return all that a state of the reports holds, by file: what has no order is written in any."""
    records = {one.report.slug: one.records for one in reports}
    update(None, folder, (), reports, ledger, records.__getitem__, Gazetteer.load(), vocabulary(), plain).close()
    found = {}
    for name in STATES:
        if (folder / name).exists():
            tables = Tables(folder / name)
            found[name] = set(tables.lines())
            tables.close()
    return found


def _refuse(*_: object) -> None:
    raise AssertionError("found once more")


def test_a_state_begins_with_what_is_found(
    reports: list[Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = _state(tmp_path / "alone", reports, [], None)
    _, [plain] = _found(reports, [])
    for name in ("organisation", "telling"):
        monkeypatch.setattr(f"pobratim.resolve.mentions.Mentions.{name}", _refuse)
    monkeypatch.setattr("pobratim.resolve.linking.Linker.begin", _refuse)
    assert _state(tmp_path / "told", reports, [], plain) == wanted


def test_decisions_are_laid_over_it(reports: list[Told], tmp_path: Path) -> None:
    told, _ = _found(reports, [])
    one = next(one for one in told.undecided if one.kind == "organisation")
    ledger = [Decision("same", "organisation", one.left, one.right)]
    _, [plain] = _found(reports, ledger)
    assert _state(tmp_path / "told", reports, ledger, plain) == _state(tmp_path / "alone", reports, ledger, None)


def test_what_was_found_under_decisions_is_not_told(reports: list[Told]) -> None:
    told, _ = _found(reports, [])
    assert _found(reports, [Decision("rename", "organisation", told.organisations[0].key, "Имя")])[1] == []
    assert len(_found(reports, [Decision("withdrawn", "report", reports[0].report.slug, "")])[1]) == 1


def test_what_was_found_of_other_rows_is_not_taken(
    reports: list[Told], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, [plain] = _found(reports, [])
    monkeypatch.setattr(Plain, "naming", _refuse)
    fewer = reports[1:]
    assert _state(tmp_path / "told", fewer, [], plain) == _state(tmp_path / "alone", fewer, [], None)

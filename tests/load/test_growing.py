"""A load that goes on from what the last one kept: it asks for nothing that stays, and gives what any load gives."""

from importlib import import_module
from pathlib import Path

import pytest

from pobratim.load import growing
from pobratim.load.account import known_reports
from pobratim.load.build import held
from pobratim.load.departing import Departing
from pobratim.load.memory import Memory
from pobratim.load.pipeline import load
from pobratim.load.report import Whole
from pobratim.load.settings import Settings
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.resolve.decisions import LEDGER, add_decisions
from pobratim.resolve.growing import Growth, identity_edition, is_current
from pobratim.resolve.ledger import Decision, Verdict
from pobratim.store.directory import GenerationStore
from tests.support.load_sequences import Ways, content, shaped
from tests.support.small_reports import write_report

_GYMNASIUM = "by-vitebsk-gymnasium-7"
_ROWS = [("Фестиваль искусств «Двина»", "г. Витебск", "Гимназия № 7 г. Витебска"), ("Турнир", "г. Орша", "—")]


def _fails(_: Departing) -> Growth:
    raise KeyError("nothing")


def _store(folder: Path, *files: Path) -> GenerationStore:
    store = GenerationStore(folder / "store")
    load(files, store, Settings("RU-SMO"))
    return store


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    return [
        write_report(tmp_path / "reports" / f"{name}.txt", *_ROWS, (f"Выставка «{name}»", "г. Вязьма", "—"))
        for name in "abc"
    ]


def test_one_report_more_is_made_without_the_others(
    tmp_path: Path, reports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write_report(tmp_path / "reports" / "d.txt", ("Выставка кошек", "г. Вязьма", "—"))
    store, anew = _store(tmp_path / "grown", *reports), _store(tmp_path / "anew", *reports, other)
    with monkeypatch.context() as patched:
        patched.setattr(GenerationStore, "records", lambda _: pytest.fail("all records are read"))
        load([other], store, Settings("RU-SMO"))
    assert content(store) == content(anew)


@pytest.mark.parametrize(
    "decision",
    [
        ("withdrawn", "report", "a"),
        ("withdrawn", "entry", "a/1"),
        ("withdrawn", "organisation", _GYMNASIUM),
        ("withdrawn", "place", "by-vitebsk"),
        ("none", "organisation", _GYMNASIUM),
        ("withdrawn", "series", "festival-iskusstv-dvina"),
    ],
)
def test_a_withdrawal_is_a_step_like_others(
    decision: tuple[Verdict, str, str], tmp_path: Path, reports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, anew = _store(tmp_path / "grown", *reports), tmp_path / "anew"
    before, ways = content(store), Ways()
    with monkeypatch.context() as patched, ways.watched():
        patched.setattr(GenerationStore, "records", lambda _: pytest.fail("all records are read"))
        add_decisions(store.beside / LEDGER, [Decision(*decision, "", "why", "2024-06-01")])
        load([], store, Settings("RU-SMO"))
        other = write_report(
            tmp_path / "reports" / "d.txt", ("Выставка кошек", "г. Витебск", "Гимназия № 7 г. Витебска")
        )
        load([other], store, Settings("RU-SMO"))
    anew.mkdir()
    (anew / LEDGER).write_bytes((store.beside / LEDGER).read_bytes())
    assert content(store) == content(_store(anew, *reports, other)) != before
    with ways.watched():
        (store.beside / LEDGER).unlink()
        load([], store, Settings("RU-SMO"))
    assert content(store) == content(_store(tmp_path / "back", *reports, other))
    assert ways.grown == ways.begun == 3


def _kept_out(store: GenerationStore) -> dict[str, list[int]]:
    told = {slug: [one["row"] for one in facts["left_out"]] for slug, facts in store.manifest()["reports"].items()}
    return {slug: rows for slug, rows in told.items() if rows}


def test_a_row_that_shapes_keep_out_costs_no_whole_store(
    tmp_path: Path, reports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = write_report(tmp_path / "reports" / "d.txt", ("Выставка кошек", "г. Вязьма", "—"), ("Выставка!", "Орша", "—"))
    other = write_report(tmp_path / "reports" / "e.txt", ("Выставка собак", "г. Вязьма", "—"))
    with shaped("title", "tellers"):
        store = _store(tmp_path / "grown", *reports[:1])
        monkeypatch.setattr(GenerationStore, "records", lambda _: pytest.fail("all records are read"))
        for files, out in (
            ([bad], {"d": [2]}),
            ([other], {"d": [2]}),
            (reports[1:2], {"a": [1, 2], "b": [1, 2], "d": [2]}),
        ):
            assert load(files, store, Settings("RU-SMO")).whole is None and _kept_out(store) == out
        monkeypatch.undo()
        anew = _store(tmp_path / "anew", *reports[:2], bad, other)
        assert content(store) == content(anew)


def test_who_mends_a_row_brings_it_back(tmp_path: Path) -> None:
    report = write_report(tmp_path / "a.txt", ("Турнир по шахматам", "г. Витебск", "—"), ("Выставка", "г. Орша", "—"))
    with shaped("kind"):
        store = _store(tmp_path / "grown", report)
        assert _kept_out(store) == {"a": [1]}
        [key] = [
            one.own_activity
            for one in held(known_reports(store.manifest(), store.records()), (), DEFAULT_BASE).accounts
            if one.record.row == 1
        ]
        ledger = store.beside / LEDGER
        add_decisions(ledger, [Decision("correct", "activity", key, "kind=festival", "why", "2024-06-01")])
        assert load([], store, Settings("RU-SMO")).whole is None and _kept_out(store) == {}
        ledger.unlink()
        assert load([], store, Settings("RU-SMO")).whole is None and _kept_out(store) == {"a": [1]}
        assert content(store) == content(_store(tmp_path / "anew", report))


def test_what_is_no_fault_of_a_row_makes_the_whole_anew(tmp_path: Path, reports: list[Path]) -> None:
    with shaped("place"):
        store = _store(tmp_path, write_report(tmp_path / "d.txt", ("Выставка кошек", "г. Вязьма", "—")))
        first, second = (load([one], store, Settings("RU-SMO")) for one in reports[:2])
    assert (first.whole, second.whole) == (Whole("shape"), Whole("kept"))
    assert {one.code for one in first.problems} == {"graph-shape"}


def test_what_is_edited_while_a_load_runs_is_none_of_its_rules(
    tmp_path: Path, reports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = import_module("pobratim.resolve.growing.update")
    store = GenerationStore(tmp_path / "store")
    identity_edition.cache_clear()
    with monkeypatch.context() as patched:
        load(reports, store, Settings("RU-SMO"), lambda *_: patched.setattr(rules, "_ROOMS", ()))
        assert rules._ROOMS == ()
    identity_edition.cache_clear()
    kept = store.memory()
    assert kept is not None and is_current(Memory(kept).identity)


def test_a_load_says_why_it_looked_at_everything(
    tmp_path: Path, reports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = _store(tmp_path, *reports)
    assert load(reports, store, Settings("RU-SMO", force=True)).whole is None
    other = write_report(tmp_path / "reports" / "d.txt", ("Выставка кошек", "г. Вязьма", "—"))
    with monkeypatch.context() as patched:
        patched.setattr(Departing, "settled", _fails)
        report = load([other], store, Settings("RU-SMO"))
    assert report.whole and report.whole.reason == "fault" == report.to_json()["whole"]
    assert any("KeyError" in line and "made anew" in line for line in report.lines("en"))
    with monkeypatch.context() as patched:
        patched.setattr(growing, "is_current", lambda _: False)
        report = load([write_report(tmp_path / "e.txt", *_ROWS)], store, Settings("RU-SMO"))
    assert report.whole == Whole("program")
    with monkeypatch.context() as patched:
        patched.setattr(GenerationStore, "memory", lambda _: None)
        report = load([write_report(tmp_path / "g.txt", *_ROWS[:1])], store, Settings("RU-SMO"))
    assert report.whole == Whole("kept")

"""A load that goes on from what the last one kept: it asks for nothing that stays, and gives what any load gives."""

from pathlib import Path

import pytest

from pobratim.load.pipeline import LEDGER, load
from pobratim.load.settings import Settings
from pobratim.resolve.decisions import add_decisions
from pobratim.resolve.ledger import Decision
from pobratim.store.directory import GenerationStore
from tests.support.load_sequences import Ways, content
from tests.support.small_reports import write_report

_ROWS = [("Фестиваль искусств «Двина»", "г. Витебск", "Гимназия № 7 г. Витебска"), ("Турнир", "г. Орша", "—")]


def _store(folder: Path, *files: Path) -> GenerationStore:
    store = GenerationStore(folder / "store")
    load(files, store, Settings("RU-SMO"))
    return store


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    return [write_report(tmp_path / "reports" / f"{name}.txt", *_ROWS) for name in "abc"]


def test_one_report_more_is_made_without_the_others(
    tmp_path: Path, reports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write_report(tmp_path / "reports" / "d.txt", ("Выставка кошек", "г. Вязьма", "—"))
    store, anew = _store(tmp_path / "grown", *reports), _store(tmp_path / "anew", *reports, other)
    with monkeypatch.context() as patched:
        patched.setattr(GenerationStore, "records", lambda _: pytest.fail("all records are read"))
        load([other], store, Settings("RU-SMO"))
    assert content(store) == content(anew)


def test_all_is_looked_at_while_anything_is_withdrawn(tmp_path: Path, reports: list[Path]) -> None:
    store = _store(tmp_path, *reports)
    ways = Ways()
    with ways.watched():
        add_decisions(store.beside / LEDGER, [Decision("withdrawn", "entry", "a/1", "", "why", "2024-06-01")])
        load([], store, Settings("RU-SMO"))
        (store.beside / LEDGER).unlink()
        load([], store, Settings("RU-SMO"))
        assert ways.begun == 0
        other = write_report(tmp_path / "reports" / "d.txt", ("Выставка кошек", "г. Вязьма", "—"))
        load([other], store, Settings("RU-SMO"))
    assert (ways.begun, ways.grown) == (1, 1)

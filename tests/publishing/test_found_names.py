"""Names that were found before: what goes out is the same, and only new rows are read. All persons are invented."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.publishing.people import found
from pobratim.publishing.people.gated import gated_store, held_back_file
from pobratim.publishing.people.rows import Row, named
from pobratim.record import Record
from pobratim.store.directory import GenerationStore
from tests.support.small_reports import write_report

FIRST = (
    ("Поездка Тихона Овсюкова на олимпиаду", "г. Минск (Республика Беларусь)", "Учащиеся школы № 5 г. Смоленска"),
    ("Встреча с делегацией", "г. Смоленск", "Учитель гимназии № 7 г. Смоленска Глафира Зыбина; г. Витебск"),
)
SECOND = (("Ярмарка", "г. Витебск (Республика Беларусь)", "ИП Чубукова Э.А., библиотека г. Смоленска"),)
THIRD = (FIRST[0], ("Концерт", "г. Витебск (Республика Беларусь)", "Студия Златы Мережкиной г. Смоленска"))


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    store = GenerationStore(tmp_path / "store")
    _load(store, tmp_path, first=FIRST, second=SECOND)
    return store


def _load(store: GenerationStore, folder: Path, **reports: Sequence[tuple[str, str, str]]) -> None:
    load([write_report(folder / f"{name}.txt", *rows) for name, rows in reports.items()], store, Settings())


def _told(store: GenerationStore) -> object:
    graphs = {graph: file.digest for graph, file in store.graph_files().items()}
    return graphs, held_back_file(store).read_text(encoding="utf-8")


def test_only_rows_that_changed_are_read_and_what_goes_out_is_that_of_all_read_anew(
    store: GenerationStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gated_store(store, "none", tmp_path / "kept")
    _load(store, tmp_path, first=THIRD)
    read = list[tuple[str, int]]()

    def counted(record: Record) -> Row:
        read.append((record.report, record.row))
        return named(record)

    monkeypatch.setattr(found, "named", counted)
    kept = gated_store(store, "none", tmp_path / "kept")
    assert read == [("first", 2)]
    anew = gated_store(store, "none", tmp_path / "anew")
    assert len(read) == 1 + len(THIRD) + len(SECOND)
    assert _told(kept) == _told(anew)


def test_names_of_rows_that_are_gone_are_kept_nowhere(store: GenerationStore, tmp_path: Path) -> None:
    gated_store(store, "none", tmp_path / "kept")
    _load(store, tmp_path, first=THIRD)
    gated_store(store, "none", tmp_path / "kept")
    with sqlite3.connect(tmp_path / "kept" / "names.sqlite") as database:
        held = "".join(row[0] for row in database.execute("SELECT names FROM found"))
    database.close()
    assert "Мережкин" in held and "Овсюков" in held and "Зыбин" not in held


@pytest.mark.parametrize("content", [b"", b"no database " * 400])
def test_a_damaged_file_is_made_anew(store: GenerationStore, tmp_path: Path, content: bytes) -> None:
    there = _told(gated_store(store, "none", tmp_path / "kept"))
    (tmp_path / "kept" / "names.sqlite").write_bytes(content)
    _load(store, tmp_path, third=THIRD)
    kept = gated_store(store, "none", tmp_path / "kept")
    assert _told(kept) == _told(gated_store(store, "none", tmp_path / "anew")) != there

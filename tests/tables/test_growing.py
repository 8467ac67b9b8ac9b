"""A table made of that of an earlier generation has the rows of one made whole."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pobratim.load.pipeline import load
from pobratim.load.report import LoadReport
from pobratim.load.settings import Settings
from pobratim.store.directory import GenerationStore
from pobratim.tables import growing, kept, table_names, table_of
from pobratim.tables.table import Table, made_from, table_named
from tests.support import load_sequences


@pytest.mark.parametrize("name", table_names())
def test_each_part_of_a_query_is_about_what_its_rows_are_about(name: str) -> None:
    """What narrows a query is written into each WHERE: one that knows nothing of the key would be multiplied by it."""
    key = growing.dependencies()[name].key
    parts = table_named(name).text.split("SELECT")[1:]
    assert all(f"?{key}" in part.partition("WHERE")[0] for part in parts)


@pytest.mark.parametrize("seed", range(2))
def test_a_grown_table_is_the_table(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    came: list[bool] = []
    usual = growing.grown

    def grown(*given: Any) -> Table | None:
        found = usual(*given)
        came.append(found is not None)
        return found

    def loaded(paths: Sequence[Path], store: GenerationStore, settings: Settings) -> LoadReport:
        report = load(paths, store, settings)
        reader = store.open()
        for name in table_names():
            whole = made_from(reader, table_named(name))
            assert list(table_of(reader, name).rows) == list(whole.rows), name
        return report

    monkeypatch.setattr(growing, "_MOST", 1.0)
    monkeypatch.setattr(kept, "grown", grown)
    monkeypatch.setattr(load_sequences, "load", loaded)
    assert load_sequences.differs(seed, tmp_path) == ""
    assert any(came)

"""What processes beside the server make is of the generation that is served, not of the one that came meanwhile."""

from pathlib import Path

import pytest

from pobratim.explore.__main__ import main as explore
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.search.__main__ import main as make_index
from pobratim.search.index import SearchIndex
from pobratim.store.directory import GenerationStore
from pobratim.tables.__main__ import main as make_table
from tests.support.small_reports import write_report

pytestmark = pytest.mark.slow


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store whose second load brought an event that the first did not know."""
    store = GenerationStore(tmp_path / "store")
    for name, title in (("a", "Фестиваль искусств «Двина»"), ("b", "Турнир по шахматам «Ладья»")):
        load([write_report(tmp_path / f"{name}.txt", (title, "г. Витебск", "—"))], store, Settings("RU-SMO"))
    assert store.generation() == 2
    return store.directory


@pytest.mark.parametrize(("number", "titles"), [("1", {"Двина"}), ("2", {"Двина", "Ладья"})])
def test_a_table_is_of_the_generation_asked_for(
    store: Path, tmp_path: Path, number: str, titles: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert make_table([str(store), "", number, str(tmp_path / "spare"), "en", "events.csv"]) == 0
    text = Path(capsys.readouterr().out).read_text(encoding="utf-8")
    assert {title for title in ("Двина", "Ладья") if title in text} == titles


@pytest.mark.parametrize(("number", "found"), [("1", False), ("2", True)])
def test_an_index_is_of_the_generation_asked_for(
    store: Path, tmp_path: Path, number: str, found: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make_index([str(store), "", number, str(tmp_path / "spare")]) == 0
    folder = Path(capsys.readouterr().out)
    assert folder == store / "search" / f"00000{number}"
    assert bool(SearchIndex.open(folder).find("Ладья", limit=1)) == found


def test_a_generation_that_is_no_more_is_told(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert make_index([str(store), "", "9", str(tmp_path)]) == 4
    assert make_table([str(store), "", "9", str(tmp_path), "en", "events.csv"]) == 4
    assert explore([str(store), "", "9", str(tmp_path)]) == 4
    assert capsys.readouterr().err.split() == ["store-generation-gone"] * 3


@pytest.mark.parametrize("number", ["1", "2"])
def test_the_explorer_is_of_the_generation_asked_for(
    store: Path, tmp_path: Path, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explore([str(store), "", number, str(tmp_path / "spare")]) == 0
    assert f"00000{number}" in Path(capsys.readouterr().out).parts

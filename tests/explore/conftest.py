"""Indexes of the example, of several reports, and of the example loaded twice under two names."""

from pathlib import Path

import pytest

from pobratim.explore import Index, index_of
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import MemoryReader, Reader
from tests.support.places import EXAMPLE, ROOT

REPORTS = [EXAMPLE, *(ROOT / "tests" / "gold" / f"{name}.txt" for name in ("north-west-2025", "far-east-2024"))]


@pytest.fixture(scope="session")
def index(example_store: Reader) -> Index:
    return index_of(MemoryReader(example_store.quads()), ("Смоленск",))


@pytest.fixture(scope="session")
def several_store(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return _loaded(tmp_path_factory.mktemp("several"), REPORTS)


@pytest.fixture(scope="session")
def several(several_store: Reader) -> Index:
    return index_of(several_store)


@pytest.fixture(scope="session")
def doubled(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("doubled")
    return index_of(_loaded(folder, [EXAMPLE, _again(EXAMPLE, folder)]))


def _again(file: Path, folder: Path) -> Path:
    """Return a report that says the same in other bytes: the same bytes are known as the same report."""
    copy = folder / f"again-{file.name}"
    copy.write_bytes(file.read_bytes() + b"\n")
    return copy


def _loaded(folder: Path, files: list[Path]) -> Reader:
    store = GenerationStore(folder / "store")
    report = load(files, store, Settings())
    assert {file.state for file in report.files} == {"loaded"}
    return store.open()

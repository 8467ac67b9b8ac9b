"""What several test files need: the example report loaded once into a store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import Reader
from tests.support.places import EXAMPLE, SHARED
from tests.support.server import Server, running_server

# How long an example takes says how busy the machine is, and nothing of what is tested.
settings.register_profile("any-machine", deadline=None)
settings.load_profile("any-machine")


@pytest.fixture(scope="session")
def example_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store directory into which the example was loaded."""
    directory = tmp_path_factory.mktemp("example") / "store"
    report = load([EXAMPLE], GenerationStore(directory), Settings())
    assert [file.state for file in report.files] == ["loaded"]
    return directory


@pytest.fixture(scope="session")
def example_store(example_directory: Path) -> Iterator[Reader]:
    """A reader of the loaded example."""
    yield GenerationStore(example_directory).open()


@pytest.fixture(scope="session")
def served(example_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """``pobratim serve`` over the loaded example."""
    with running_server(example_directory, tmp_path_factory.mktemp("served")) as server:
        yield server


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reports that are not part of the project; skips where it is absent."""
    if not (SHARED / "data" / "RECORD.md").is_file():
        pytest.skip("../shared is absent")
    return SHARED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that processes side by side end together."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)

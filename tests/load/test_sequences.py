"""A load costs what changed, and gives what a load of everything gives: the same bytes, whatever came before."""

from pathlib import Path

import pytest

from tests.support.load_sequences import differs

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", range(25))
def test_any_sequence_of_loads_ends_in_the_bytes_of_one(seed: int, tmp_path: Path) -> None:
    assert differs(seed, tmp_path) == ""

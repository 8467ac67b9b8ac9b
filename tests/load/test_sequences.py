"""A load costs what changed, and gives what a load of everything gives: the same bytes, whatever came before."""

from pathlib import Path

import pytest

from tests.support.load_sequences import Ways, differs

pytestmark = pytest.mark.slow
_SEEDS = 25


@pytest.mark.parametrize("seed", range(_SEEDS))
def test_any_sequence_of_loads_ends_in_the_bytes_of_one(seed: int, tmp_path: Path) -> None:
    assert differs(seed, tmp_path) == ""


@pytest.mark.parametrize("seed", range(_SEEDS, 2 * _SEEDS))
def test_loads_go_on_from_what_the_last_one_kept(seed: int, tmp_path: Path) -> None:
    ways = Ways()
    with ways.watched():
        assert differs(seed, tmp_path, withdraws=False) == ""
    assert ways.grown == ways.begun > 0

"""A load costs what changed, and gives what a load of everything gives: the same bytes, whatever came before."""

from pathlib import Path

import pytest

from tests.support.load_sequences import Ways, differs

pytestmark = pytest.mark.slow
_SEEDS = 25


@pytest.mark.parametrize("seed", range(_SEEDS))
def test_any_sequence_of_loads_ends_in_the_bytes_of_one(seed: int, tmp_path: Path) -> None:
    assert differs(seed, tmp_path) == ""


@pytest.mark.parametrize("begin", range(_SEEDS, 2 * _SEEDS, 5))
def test_loads_go_on_from_what_the_last_one_kept(begin: int, tmp_path: Path) -> None:
    ways = Ways()
    with ways.watched():
        assert [seed for seed in range(begin, begin + 5) if differs(seed, tmp_path / str(seed))] == []
    assert ways.grown == ways.begun >= 4  # of one sequence in some all loads but the first change nothing
    assert ways.aside >= 1

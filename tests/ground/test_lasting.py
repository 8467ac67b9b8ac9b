"""The collector of cyclic garbage: off while much is made, but for what each piece of work leaves."""

import gc
import weakref

import pytest

from pobratim.ground.lasting import heaping, lasting, sweep


class _Ring:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.own = self


def _left() -> "weakref.ref[_Ring]":
    return weakref.ref(_Ring())


def test_only_a_sweep_collects_while_much_is_made_and_the_collector_comes_back() -> None:
    assert gc.isenabled()
    with heaping():
        ring = _left()
        kept: list[list[int]] = [[] for _ in range(100_000)]
        assert len(kept) == 100_000 and ring() is not None
        sweep()
        assert ring() is None
        with lasting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_comes_back_after_a_fault_too() -> None:
    with pytest.raises(ValueError, match="fault"), heaping():
        raise ValueError("fault")
    assert gc.isenabled()

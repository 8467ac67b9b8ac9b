"""Memory that is kept as long as the process runs, out of the way of the collector of cyclic garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """Collect no cyclic garbage while large tables are made, and never look through them again.

    The collector goes through all objects that live whenever a quarter more have come (Python, gc.set_threshold); with
    hundreds of thousands in lexicon and gazetteer, none of them ever garbage, that is a sixth of reading.
    """
    with heaping():
        yield
        gc.freeze()


@contextmanager
def heaping() -> Iterator[None]:
    """Collect no cyclic garbage but by ``sweep`` while what lives grows all the time.

    The collector goes through all of it again and again, and what a load makes are trees: a fifth of a load.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def sweep() -> None:
    """Collect the cyclic garbage among what was made since the last time, where nothing else collects it.

    What stays is not looked at again; so the cost is that of what was made, however much lives.
    """
    if not gc.isenabled():
        gc.collect(0)

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
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if enabled:
            gc.enable()

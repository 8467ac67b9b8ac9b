"""How terms are used: told by a process of its own that passes over the lines of a generation, once somebody asks.

An engine would sort all statements with each property for it, which takes a minute of a large store.
"""

import logging
from pathlib import Path

from pobratim.serving.workers.modules import printed_by
from pobratim.serving.workers.served import Served
from pobratim.site.uses import Uses, uses_from

_log = logging.getLogger("pobratim.serving")
_SECONDS = 120.0


class Using:
    """Tells how the generation served uses terms; who asks keeps the answer."""

    def __init__(self, store: str, state: Path | None) -> None:
        """``store`` and ``state`` are those of the command line."""
        self._store, self._state = store, state

    async def used(self, served: Served) -> Uses | None:
        """Return how a generation uses terms, None where it has no lines or they cannot be read: it is asked then."""
        about = (served.store or self._store, str(self._state or ""), str(served.number))
        try:
            code, said = await printed_by("site.uses", *about, seconds=_SECONDS)
        except TimeoutError:
            code, said = 1, ""
        if code:
            _log.warning("uses-failed", extra={"generation": served.number, "cause": code})
        return uses_from(said) if said and not code else None

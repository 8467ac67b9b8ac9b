"""``python -m pobratim.publishing.people STORE STATE PEOPLE LEDGER``: keeps a store of what may go out up to date.

It looks again every few seconds until its standard input ends, which is when the server that started it does. STATE and
LEDGER may be empty.
"""

import select
import sys
from pathlib import Path
from typing import cast

from pobratim.errors import PobratimError
from pobratim.messages import default_language, explain
from pobratim.publishing.people.gated import gated_store
from pobratim.publishing.settings import People
from pobratim.resolve.decisions import read_decisions
from pobratim.store.backend import StoreBackend
from pobratim.store.opening import open_store

_SECONDS = 2.0


def main(arguments: list[str]) -> int:
    """Look again and again. What goes wrong is told once for each generation, and tried again with the next one."""
    target, state, people, ledger = arguments
    store = open_store(target, Path(state) if state else None)
    seen: object = None
    while not select.select([sys.stdin], [], [], _SECONDS)[0]:
        now = _now(store, Path(ledger))
        if now != seen:
            seen = now
            try:
                gated_store(store, cast(People, people), decisions=read_decisions(Path(ledger)))
            except PobratimError as error:
                sys.stderr.write(f"{explain(error, default_language())}\n")
    return 0


def _now(store: StoreBackend, ledger: Path) -> tuple[int, float]:
    try:
        return store.generation(), ledger.stat().st_mtime
    except (OSError, PobratimError):
        return 0, 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

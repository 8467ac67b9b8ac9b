"""How a program in an environment of its own tells what its checks find in folders."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path


def tell(checks: Mapping[str, Callable[[Path], Iterator[str]]]) -> None:
    """Print a line of JSON a folder: the faults found; the arguments are the name of a check, then folders."""
    for argument in sys.argv[2:]:
        print(json.dumps(_faults(checks[sys.argv[1]], Path(argument)), ensure_ascii=False), flush=True)


def _faults(check: Callable[[Path], Iterator[str]], folder: Path) -> list[str]:
    """Return what a check finds; a check that cannot go on has found something."""
    try:
        return list(check(folder))
    except Exception as error:  # noqa: BLE001 -- whatever somebody else's program raises
        return [f"{type(error).__name__}: {error}"[:300]]

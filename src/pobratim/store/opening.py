"""The store that ``--store`` names: a directory, or the URL of a SPARQL 1.1 store."""

import sys
from collections.abc import Callable
from pathlib import Path

from pobratim.errors import PobratimError, StoreError, UsageError
from pobratim.store.backend import GraphReader, StoreBackend
from pobratim.store.directory import GenerationStore

EMPTY = ("store-empty", "store-remote-empty")
"""The errors of a store in which nothing was loaded yet."""


def is_url(target: str) -> bool:
    """Tell whether ``target`` is the URL of a store rather than a directory."""
    return target.startswith(("http://", "https://"))


def open_store(target: str, state: Path | None = None, base: str = "", force: bool = False) -> StoreBackend:
    """Return the store at ``target``; nothing is read or asked yet.

    ``state``, ``base`` and ``force`` are those of ``RemoteStore``; a directory has no use for them.
    """
    if not is_url(target):
        return GenerationStore(Path(target))
    from pobratim.store.remote.store import DEFAULT_STATE, RemoteStore  # imported here: a directory needs no HTTP

    return RemoteStore(target, state or DEFAULT_STATE, base, force)


def open_generation(store: StoreBackend, number: int) -> GraphReader:
    """Return a reader of a generation of a store. Raises StoreError where that is not to be had any more."""
    try:
        reader = store.opened(number) if isinstance(store, GenerationStore) else store.open()
    except UsageError as error:
        raise StoreError("store-generation-gone", store=store.name, number=number) from error
    if reader.generation != number:
        raise StoreError("store-generation-gone", store=store.name, number=number)
    return reader


def printed_of(store: str, state: str, number: str, make: Callable[[GraphReader], Path | str]) -> int:
    """Print what ``make`` makes of a generation, or its path, for a server that must not open the store itself.

    ``store``, ``state`` ("" for none) and ``number`` come from its command line. Returns the exit code: that of the
    error, whose code goes to stderr, or 130 where the server was told to stop, and this process with it.
    """
    try:
        reader = open_generation(open_store(store, Path(state) if state else None), int(number))
        sys.stdout.write(str(make(reader)))
    except KeyboardInterrupt:
        return 130
    except PobratimError as error:
        sys.stderr.write(f"{error.code}\n")
        return error.exit_code
    return 0

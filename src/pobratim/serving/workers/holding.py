"""What a zygote holds of a generation: all of it in memory, or nothing, where each worker opens the store on disk.

Not yet the facts alone (``store/parted.py``): a store on disk opens its files when they are first read, sixteen a table
but for those, and a worker may open none (RLIMIT_NOFILE 0).
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from pobratim.errors import StoreError, store_error
from pobratim.serving.workers.worker import Asked
from pobratim.store.opening import is_url
from pobratim.store.parted import in_memory, shelf_of
from pobratim.store.reader import MemoryReader, Reader

_TOO_LARGE = 3


@dataclass(frozen=True, slots=True)
class Held:
    """A generation: ``open`` gives a worker what it asks, ``quads`` is how many there are (0: unknown)."""

    open: Callable[[], Asked]
    quads: int = 0
    is_remote: bool = False


def hold(target: str, most: int, state: Path | None) -> Held:
    """Return what is held of the generation in a folder or the store at a URL, in memory up to ``most`` quads.

    Raises StoreError.
    """
    if is_url(target):
        from pobratim.store.remote.store import DEFAULT_STATE, RemoteStore  # imported here: a directory needs no HTTP

        return Held(lambda: RemoteStore(target, state or DEFAULT_STATE).open(), is_remote=True)
    folder = Path(target)
    shelf = shelf_of(folder)
    if shelf is None:
        return _without_files(folder, most)
    _elsewhere(folder, Reader)
    quads = sum(file.quads for file in shelf.files.values())
    try:
        if quads > most:
            return Held(lambda: Reader(folder), quads)
        reader = in_memory(shelf.files.values())
    except OSError as error:
        raise store_error(error, folder, "store-broken") or error from error
    except SyntaxError as error:  # lines that are none of N-Quads
        raise StoreError("store-broken", store=folder, cause=error) from error
    return Held(lambda: reader, quads)


def _without_files(folder: Path, most: int) -> Held:
    """Return what is held of a generation of a former version: all of it in memory, or nothing."""
    with TemporaryFile() as file:
        if _elsewhere(folder, lambda place: _copied(place, file, most)) == _TOO_LARGE:
            return Held(lambda: Reader(folder))
        file.seek(0)
        reader = MemoryReader.loaded(file)
    return Held(lambda: reader, len(reader))


def _elsewhere(folder: Path, do: Callable[[Path], object]) -> int:
    """Open the store of a generation in a process of its own, for its threads; return ``_TOO_LARGE`` where it says so.

    Raises StoreError where it cannot be opened.
    """
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = _TOO_LARGE if do(folder) is False else 0
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code not in (0, _TOO_LARGE):
        raise StoreError("store-broken", store=folder, cause=code)
    return code


def _copied(folder: Path, file: IO[bytes], most: int) -> bool:
    reader = Reader(folder)
    if len(reader) > most:
        return False
    reader.write_quads(file)
    file.flush()
    return True

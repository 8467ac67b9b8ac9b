"""What a zygote holds of a generation, and what each of its workers opens besides.

Facts lie in memory, shared by all workers; the store on disk, which has the evidence too, each worker opens for itself:
that starts threads, and a process with threads must not fork.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from pobratim.errors import StoreError, store_error
from pobratim.serving.workers import sandbox
from pobratim.serving.workers.worker import Asked
from pobratim.store.graph_files import GraphFile, Shelf
from pobratim.store.manifest import read_manifest
from pobratim.store.opening import is_url
from pobratim.store.parted import PartedReader, in_memory, made_by_loads, of_facts, shelf_of
from pobratim.store.reader import MemoryReader, Reader

_TOO_LARGE, _OPEN_TO_ALL = 3, 4
"""Exit codes of a process that looked at a store: it is not copied; workers could not be kept from anything else."""


@dataclass(frozen=True, slots=True)
class Held:
    """A generation: ``open`` gives a worker what it asks, ``enclose`` keeps the worker from all else.

    ``quads`` is how many there are (0: unknown).
    """

    open: Callable[[], Asked]
    enclose: Callable[[], object]
    quads: int = 0


def hold(target: str, most: int, state: Path | None) -> Held:
    """Return what is held of the generation in a folder or the store at a URL: up to ``most`` quads in memory.

    Where workers cannot be kept from all but the store on disk, all lies in memory. Raises StoreError.
    """
    if is_url(target):
        from pobratim.store.remote.store import DEFAULT_STATE, RemoteStore  # imported here: a directory needs no HTTP

        return Held(lambda: RemoteStore(target, state or DEFAULT_STATE).open(), lambda: None)
    folder = Path(target)
    shelf = shelf_of(folder)
    if shelf is None:
        return _without_files(folder, most)
    is_open_to_all = _elsewhere(folder, _enclosed) == _OPEN_TO_ALL
    try:
        return _whole(shelf) if is_open_to_all else _parted(folder, shelf, most)
    except OSError as error:
        raise store_error(error, folder, "store-broken") or error from error
    except (SyntaxError, IndexError) as error:  # lines that are none of N-Quads
        raise StoreError("store-broken", store=folder, cause=error) from error


def _whole(shelf: Shelf) -> Held:
    reader = _loaded(lambda: in_memory(shelf.files.values()))
    return Held(lambda: reader, sandbox.nothing, _count(shelf.files.values()))


def _parted(folder: Path, shelf: Shelf, most: int) -> Held:
    """Return the generation with its facts in memory, or all of it on disk where these are more than ``most``."""
    facts = of_facts(shelf, made_by_loads(read_manifest(folder)))
    quads = _count(shelf.files.values())
    if _count(facts) > most:
        return _on_disk(folder, quads)
    reader = _loaded(lambda: in_memory(facts, facts_alone=True))
    return Held(lambda: PartedReader(reader, Reader(folder)), partial(sandbox.reading, folder), quads)


def _loaded(load: Callable[[], Reader]) -> Reader:
    """Return a reader, loaded by a thread that then ends.

    The C library gives each thread a heap of its own. Loading leaves holes all over the one it took place in, and a
    worker that filled them would copy a page for each: to open the store on disk copied 144 MB of 420, and now 15.
    """
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(load).result()


def _on_disk(folder: Path, quads: int = 0) -> Held:
    return Held(lambda: Reader(folder), partial(sandbox.reading, folder), quads)


def _count(files: Iterable[GraphFile]) -> int:
    return sum(file.quads for file in files)


def _without_files(folder: Path, most: int) -> Held:
    """Return what is held of a generation of a former version: all of it in memory, or nothing."""
    with TemporaryFile() as file:
        if _elsewhere(folder, lambda place: _copied(place, file, most)) == _TOO_LARGE:
            return _on_disk(folder)
        file.seek(0)
        reader = MemoryReader.loaded(file)
    return Held(lambda: reader, sandbox.nothing, len(reader))


def _elsewhere(folder: Path, do: Callable[[Path], int]) -> int:
    """Open the store of a generation in a process of its own, for its threads; return what ``do`` returns there.

    Raises StoreError where it cannot be opened.
    """
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = do(folder)
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code not in (0, _TOO_LARGE, _OPEN_TO_ALL):
        raise StoreError("store-broken", store=folder, cause=code)
    return code


def _enclosed(folder: Path) -> int:
    """Open a store as a worker does."""
    is_enclosed = sandbox.reading(folder)
    Reader(folder)
    return 0 if is_enclosed else _OPEN_TO_ALL


def _copied(folder: Path, file: IO[bytes], most: int) -> int:
    reader = Reader(folder)
    if len(reader) > most and sandbox.reading(folder):
        return _TOO_LARGE
    reader.write_quads(file)
    file.flush()
    return 0

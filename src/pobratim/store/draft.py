"""The steps by which a generation is made of the one before it and what is new, in a draft directory."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import Quad, Store

from pobratim.errors import store_error
from pobratim.ground import disk
from pobratim.store.backend import Change, Closing
from pobratim.store.graph_files import GraphFile, Shelf, shelved
from pobratim.store.manifest import read_manifest
from pobratim.store.record_files import record_files
from pobratim.store.turnover import Turning, is_anew

FORMER = "former"
"""The part of a draft, not of a generation, where the files of a store of a former version are made."""
MEMORY = "memory"
"""The folder of a generation that holds what its publisher keeps for the next publish."""
_LOOSE = "loose.txt"
"""The file of a generation that tells how many quads came or went since its store was compacted."""
_LOOSEST = 0.1
"""The part of all quads of which so much may be: a store of many layers answers several times slower."""


def held(current: Path | None, draft: Path) -> Shelf:
    """Return the files of the current generation; a store of a former version is dumped once."""
    if current is None:
        return Shelf(draft / FORMER)
    held = Shelf.of(current, read_manifest(current))
    if held is None:
        (draft / FORMER).mkdir()
        held = shelved(draft / FORMER, opened(current))
    return held


def filled(shelf: Shelf, held: Shelf, graphs: Mapping[str, GraphFile | list[Quad]]) -> Shelf:
    """Return a shelf with what is new and what stays; what did not change is the same file as before."""
    for graph, content in graphs.items():
        former = held.files.get(graph)
        if former is not None and isinstance(content, GraphFile) and former.digest == content.digest:
            shelf.put(graph, former)
            continue
        made = shelf.put(graph, content)
        if former is not None and former.digest == made.digest:
            shelf.put(graph, former)
    for graph, former in held.files.items():
        if graph not in graphs:
            shelf.put(graph, former)
    return shelf


def begun_with(current: Path | None, held: Shelf, shelf: Shelf) -> Path | None:
    """Return the generation whose store is to be changed, None where the store is better made of its files.

    Raises StoreError where the current one cannot be opened: that is for a person to see.
    """
    if current is not None:
        opened(current)
    return None if is_anew(held, shelf) else current


def turned(
    base: Path | None, draft: Path, held: Shelf, shelf: Shelf, closing: Closing | None, jobs: int = 1
) -> tuple[Store, dict[str, Change]]:
    """Return the draft's store, made of that of ``base``, and what changed by graph: it holds what the shelf does.

    For None it is made anew, by several threads for several ``jobs``.
    """
    last = closing.graph if closing else ""
    anew = base is None
    store = copy_store(base, draft / "store")
    turning = Turning(store, held, shelf, draft / ".removed")
    if anew:
        turning.fill(shelf.files, jobs)
    turning.turn(sorted((held.files.keys() | shelf.files.keys()) - {last}), is_filled=anew)
    if closing:
        turning.close(closing)
    (draft / ".removed").unlink()
    return store, dict(sorted(turning.changes.items()))


def opened(folder: Path) -> Store:
    """Return a generation's store, read-only. Raises StoreError."""
    try:
        return Store.read_only(str(folder / "store"))
    except OSError as error:
        raise store_error(error, folder, "store-broken") or error from error


def copy_store(current: Path | None, target: Path) -> Store:
    """Return a store at ``target`` with all that a generation's has, an empty one for None. Raises StoreError."""
    if current:
        former = opened(current)
        try:
            former.backup(str(target))
        except OSError:  # no hard links on this disk; a generation never changes, so that its files can be copied too
            disk.remove(target)
            shutil.copytree(current / "store", target)
    return Store(str(target))


def kept_memory(folder: Path) -> Path | None:
    """Return the folder of what a generation keeps for the next publish, None where it keeps nothing."""
    return folder / MEMORY if (folder / MEMORY).is_dir() else None


def keep_memory(memory: Path | None, draft: Path) -> None:
    """Have a draft keep the files of a folder, nothing for None."""
    for file in sorted(memory.rglob("*")) if memory else ():
        if memory and file.is_file():
            place = draft / MEMORY / file.relative_to(memory)
            place.parent.mkdir(parents=True, exist_ok=True)
            disk.link(file, place)


def same_files(one: Path, other: Path) -> bool:
    """Tell whether the records and the manifest of two generations are the same bytes."""
    left, right = (_small_files(folder) for folder in (one, other))
    if left.keys() != right.keys():
        return False
    # What stays is the same file, however long.
    return all(
        file.samefile(right[name]) or file.read_bytes() == right[name].read_bytes() for name, file in left.items()
    )


def _small_files(folder: Path) -> dict[str, Path]:
    return {file.name: file for file in (folder / "manifest.json", *record_files(folder))}


def seal(store: Store, draft: Path, base: Path | None, changes: Mapping[str, Change], quads: int) -> None:
    """Have the store of so many quads written whole, and compacted where it is new or much lies in layers above."""
    loose = sum(one.added + one.removed for one in changes.values()) + ((base and _loose(base)) or 0)
    if base is None or _loose(base) is None or loose > _LOOSEST * quads:
        # A store that was loaded and never compacted answers 5-10 times slower once it is opened read-only.
        store.optimize()
        loose = 0
    (draft / _LOOSE).write_text(str(loose), encoding="ascii")
    store.flush()


def _loose(folder: Path) -> int | None:
    """Return how many quads of a generation came or went since it was compacted, None where that is not told."""
    try:
        return int((folder / _LOOSE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None

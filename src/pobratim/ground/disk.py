"""What the store and the ledger ask of a file system, on POSIX and on Windows alike: to lock, sync, replace, remove.

Windows cannot sync a directory, and neither replaces nor removes what somebody has open; it lets go of a file within a
moment where that was a virus scanner or a reader of one line.
"""

import os
import shutil
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # that a system has no locks of its own: files take their place
    from filelock import FileLock, SoftFileLock, Timeout

_POLL_SECONDS = 0.1
_PATIENCE_SECONDS = 3.0
_IS_WINDOWS = os.name == "nt"
_T = TypeVar("_T")


class LockedError(Exception):
    """Another process holds the lock."""


@contextmanager
def exclusive(file: Path, wait: float = -1) -> Iterator[None]:
    """Hold the lock ``file``, which goes when it is given back; where we die, it lies there and nobody holds it.

    ``wait`` is how many seconds to try, -1 for ever. Raises LockedError, and OSError where the file cannot be made.
    """
    # Where the system has no locks, a file that lies there is one: not that which a system with locks leaves behind.
    is_soft = issubclass(FileLock, SoftFileLock)
    path = file.with_name(f"{file.name}-soft") if is_soft else file
    lock = FileLock(path, timeout=wait, thread_local=False)
    try:
        lock.acquire(poll_interval=_POLL_SECONDS)
    except Timeout:
        raise LockedError(path) from None
    try:
        yield
    finally:
        if not is_soft and not _IS_WINDOWS:
            path.unlink(missing_ok=True)  # who waits with this file open sees that it has gone, and opens the next
        lock.release()


def write_whole(file: Path, content: bytes, draft: Path) -> None:
    """Put ``content`` into ``file`` by way of ``draft`` on the same disk: a reader sees the old content or the new one.

    It is on the disk when this returns. Raises OSError; ``file`` is as it was then.
    """
    try:
        with draft.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)
    sync(file.parent)


def replace(source: Path, target: Path) -> None:
    """Give ``source`` the name ``target``, in place of a file of that name. Raises OSError."""
    _patiently(lambda: source.replace(target))


def link(source: Path, target: Path) -> None:
    """Make ``target`` the same file as ``source``, a copy where the disk has no links: neither may change then."""
    try:
        os.link(source, target)
    except (OSError, AttributeError):  # some systems have no such call
        shutil.copyfile(source, target)


def share(source: Path, target: Path) -> None:
    """Make ``target``, which holds the same bytes, the same file as ``source``, where the disk has links: neither may
    change then. It stays as it is where that cannot be."""
    with suppress(OSError, AttributeError):  # some systems have no such call
        if source == target or source.samefile(target):
            return
        draft = target.with_name(f".{target.name}.same")
        os.link(source, draft)
        replace(draft, target)


def read_bytes(file: Path) -> bytes:
    """Return the content of a file that somebody may replace right now. Raises OSError."""
    return _patiently(file.read_bytes)


def sync(path: Path) -> None:
    """Have a file, or the names in a directory, written to the disk."""
    try:
        descriptor = os.open(path, os.O_RDWR if _IS_WINDOWS else os.O_RDONLY)
    except (PermissionError, IsADirectoryError):  # Windows opens no directory, and syncs only what may be written
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path, known: Path | None = None) -> None:
    """Have everything under a directory written to the disk; what is the same file in a ``known`` one is there."""
    with os.scandir(folder) as entries:
        for entry in entries:
            other = known / entry.name if known else None
            if entry.is_dir(follow_symlinks=False):
                sync_tree(Path(entry), other)
            elif other is None or not _is_same(Path(entry), other):
                sync(Path(entry))
    sync(folder)


def _is_same(path: Path, other: Path) -> bool:
    try:
        found = path.stat()
        return found.st_nlink > 1 and os.path.samestat(found, other.stat())
    except OSError:
        return False


def remove(path: Path) -> None:
    """Remove a file, a link or a directory with all that is in it; what somebody has open stays until the next time."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def discard(folder: Path, aside: Path) -> None:
    """Remove a directory that is never to be seen in part: it bears the name ``aside`` before anything of it goes.

    Where that cannot be, since somebody has a file of it open and the system minds, it stays as it is.
    """
    with suppress(OSError):
        folder.rename(aside)
        remove(aside)


def _patiently(act: Callable[[], _T]) -> _T:
    deadline = time.monotonic() + (_PATIENCE_SECONDS if _IS_WINDOWS else 0)
    while True:
        try:
            return act()
        except PermissionError:
            if time.monotonic() >= deadline:
                raise
            time.sleep(_POLL_SECONDS)

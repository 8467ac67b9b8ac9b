"""The directories of a store: numbered immutable generations, a link to the current one, a writer's lock.

``STORE/lock`` · ``STORE/current -> generations/000012`` · ``STORE/generations/000012/…`` · ``STORE/search/000012``
(what a reader made of that generation, to be made again at will). A new generation is
made beside the others under a name that readers never look at, and becomes current by one atomic rename of
the link: whoever dies at whatever moment leaves the old or the new state. Needs a POSIX file system (links,
flock).
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from traceback import clear_frames

from pobratim.errors import StoreError, cause_of

KEPT = 3
"""How many generations stay on disk: the current one and those that a long-running reader may still hold."""

SEARCH = "search"
_DRAFT = ".tmp-"
_STALE_SECONDS = 3600
"""After so long a draft of a search index is what a crash left behind; building takes seconds."""
_POLL_SECONDS = 0.1


class Generations:
    """The generation directories under ``root``; knows nothing of what they hold."""

    def __init__(self, root: Path) -> None:
        """Only remember ``root``; nothing is read or made before a method is called."""
        self.root = root
        self._folder = root / "generations"
        self._link = root / "current"
        self._holds_lock = False

    def current(self) -> Path | None:
        """Return the directory of the current generation with all links resolved, None before the first one.

        Raises StoreError where ``root`` is missing, is not a store, or its link leads nowhere.
        """
        if not self.root.exists():
            raise StoreError("store-missing", store=self.root)
        if not self._folder.is_dir():
            if self.root.is_dir() and not self._foreign_names():
                return None
            raise StoreError("store-foreign", store=self.root)
        if not self._link.is_symlink():
            return None
        target = self._link.resolve()
        if not target.is_dir():
            raise StoreError("store-broken", store=self.root, cause=target.name)
        return target

    def search_folder(self) -> Path | None:
        """Return where the search index of the current generation belongs; it need not be there. Raises StoreError."""
        current = self.current()
        return self.root / SEARCH / current.name if current else None

    @contextmanager
    def locked(self, wait: float) -> Iterator[None]:
        """Hold the writer's lock, making ``root`` if need be; where this object holds it already do nothing.

        ``wait`` is how many seconds to try. Raises StoreError if another process still holds the lock then,
        or if ``root`` is something else than a store.
        """
        if self._holds_lock:
            yield
            return
        self._prepare()
        with (self.root / "lock").open("a+", encoding="ascii") as file:
            self._acquire(file.fileno(), wait)
            self._holds_lock = True
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            try:
                yield
            finally:
                self._holds_lock = False

    @contextmanager
    def abandoned_on_error(self) -> Iterator[None]:
        """Remove the draft that was begun inside where that ends early; only for the holder of the lock."""
        try:
            yield
        except BaseException as error:
            # An engine that is still held by a frame goes on writing into its files.
            clear_frames(error.__traceback__)
            with suppress(OSError, StoreError):
                self.sweep()
            raise

    def draft(self) -> Path:
        """Remove what a crash left behind; return the path, not made yet, where the next generation grows."""
        self.sweep()
        return self._folder / f"{_DRAFT}{self._next():06d}"

    def commit(self, draft: Path) -> int:
        """Make the directory ``draft`` the current generation, drop the oldest, and return its number."""
        number = int(draft.name.removeprefix(_DRAFT))
        _sync_tree(draft)
        final = self._folder / f"{number:06d}"
        draft.rename(final)
        _sync(self._folder)
        link = self.root / f"{_DRAFT}current"
        link.symlink_to(Path("generations") / final.name)
        link.replace(self._link)
        _sync(self.root)
        for old in self._numbered()[:-KEPT]:
            shutil.rmtree(old)
        self._sweep_search()
        return number

    def _prepare(self) -> None:
        if self.root.exists() and (not self.root.is_dir() or self._foreign_names()):
            raise StoreError("store-foreign", store=self.root)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError("store-unwritable", store=self.root, cause=cause_of(error)) from error

    def _foreign_names(self) -> list[str]:
        known = {"lock", "current", "generations", SEARCH}
        return [p.name for p in self.root.iterdir() if p.name not in known and not p.name.startswith(_DRAFT)]

    def _acquire(self, descriptor: int, wait: float) -> None:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    holder = (self.root / "lock").read_text(encoding="ascii") or "?"
                    raise StoreError("store-locked", store=self.root, process=holder) from None
                time.sleep(_POLL_SECONDS)

    def sweep(self) -> None:
        """Remove what a crash or a given-up draft left behind; only for the holder of the lock."""
        current = self.current()
        for path in [*self.root.glob(f"{_DRAFT}*"), *self._folder.glob(f"{_DRAFT}*")]:
            if path.is_symlink():
                path.unlink()
            else:
                shutil.rmtree(path)
        # A crash between the two renames of ``commit`` leaves a whole generation that never became current.
        for path in self._numbered():
            if current is None or path.name > current.name:
                shutil.rmtree(path)
        self._sweep_search()

    def _sweep_search(self) -> None:
        """Remove the search indexes of generations that are gone; a reader may be making that of a living one."""
        living = {path.name for path in self._numbered()}
        folder = self.root / SEARCH
        for path in folder.iterdir() if folder.is_dir() else ():
            with suppress(FileNotFoundError):  # its maker has just put a draft in place
                fresh = path.name.startswith(_DRAFT) and time.time() - path.stat().st_mtime < _STALE_SECONDS
                if path.name not in living and not fresh:
                    shutil.rmtree(path, ignore_errors=True)

    def _numbered(self) -> list[Path]:
        return sorted(path for path in self._folder.iterdir() if path.name.isdecimal())

    def _next(self) -> int:
        return max((int(path.name) for path in self._numbered()), default=0) + 1


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

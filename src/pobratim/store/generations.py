"""The directories of a store: numbered immutable generations, a file that names the current one, a writer's lock.

``STORE/current.json`` · ``STORE/generations/000012/…`` · ``STORE/search/000012`` (what a reader made of that
generation, to be made again at will) · ``STORE/documents`` (``documents.py``) · ``STORE/public`` (stores of what may go
out, made at will too) · ``STORE/.lock`` while somebody writes ·
``STORE/lock``, his process's number.

A new generation is made beside the others under a name that readers never look at, and becomes current when
``current.json`` is replaced: whoever dies at whatever moment leaves the old or the new state. That file names the
generation and the digest of its ``contents.json`` (``inventory.py``), so that a copy that lacks the file, the
generation or a part of it is refused. A numbered generation is never written over; only those older than the last few
are removed.

Stores of former versions have a link ``current`` in place of the file. It is read, and goes with the next load.
"""

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from traceback import clear_frames

from pobratim.errors import StoreError, cause_of
from pobratim.ground import disk
from pobratim.store import inventory
from pobratim.store.documents import FOLDER as DOCUMENTS

KEPT = 3
"""How many generations stay on disk: the current one and those that a long-running reader may still hold."""

SEARCH = "search"
TABLES = "tables"
PUBLIC = "public"
"""Stores of what may go out, each in a folder of its own."""
BENCH, READ = ".tmp-bench", ".tmp-read"
"""What a writer has in the making, and what was read for a load that did not come to its end: the next one's to use."""
POINTER = "current.json"
_LINK = "current"
_NAMES = {"lock", ".lock", ".lock-soft", _LINK, POINTER, "generations", SEARCH, TABLES, DOCUMENTS, PUBLIC}
_DESKTOP = re.compile(r"\.DS_Store|\._.*|desktop\.ini|Thumbs\.db", re.IGNORECASE)
"""What file managers leave in folders that somebody looks at."""
_DRAFT = ".tmp-"
_NUMBER = re.compile(r"[0-9]{6,}")
_LINK_TEXT = re.compile(r"generations[/\\]([0-9]{6,})\s*")
"""What a link is turned into by programs that copy it to where there are no links."""
_STALE_SECONDS = 3600
"""After so long a draft of a search index is what a crash left behind; building takes seconds."""


class Generations:
    """The generation directories under ``root``; knows nothing of what they hold."""

    def __init__(self, root: Path) -> None:
        """Only remember ``root``; nothing is read or made before a method is called."""
        self.root = root
        self._folder = root / "generations"
        self._pointer = root / POINTER
        self._link = root / _LINK
        self._holds_lock = False
        self._proven = b""
        """The content of ``current.json`` with which the generation was last found whole."""

    def current(self) -> Path | None:
        """Return the directory of the current generation, None before the first one.

        Raises StoreError where ``root`` is missing, is not a store, or is one of which something was lost: the file
        that names the current generation, that generation or a part of it.
        """
        if not self.root.exists():
            raise StoreError("store-missing", store=self.root)
        if not self._folder.is_dir() and (not self.root.is_dir() or self._foreign_names()):
            raise StoreError("store-foreign", store=self.root)
        if self._pointer.exists():
            return self._pointed()
        if os.path.lexists(self._link):
            return self._linked()
        if self.numbered():
            raise self._broken("unmarked")
        return None

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
        with ExitStack() as stack:
            try:
                stack.enter_context(disk.exclusive(self.root / ".lock", wait))
                (self.root / "lock").write_text(str(os.getpid()), encoding="ascii")
            except disk.LockedError:
                raise StoreError("store-locked", store=self.root, process=self._holder()) from None
            except OSError as error:
                raise StoreError("store-unwritable", store=self.root, cause=error.strerror or error) from error
            self._holds_lock = True
            disk.remove(self.root / BENCH)
            try:
                yield
            finally:
                disk.remove(self.root / BENCH)
                self._holds_lock = False

    @contextmanager
    def drafting(self) -> Iterator[Path]:
        """Yield a new directory for the next generation; what is in it is removed at once where the work fails."""
        draft = self.draft()
        draft.mkdir()
        try:
            yield draft
        except BaseException as error:
            # An engine that is still held by a frame goes on writing into its files.
            clear_frames(error.__traceback__)
            with suppress(OSError):
                disk.remove(draft)
            raise

    def draft(self) -> Path:
        """Remove what a crash left behind; return the path, not made yet, where the next generation grows."""
        self.sweep()
        number = max((int(path.name) for path in self.numbered()), default=0) + 1
        while (self._folder / f"{_DRAFT}{number:06d}").exists():  # it could not be removed
            number += 1
        return self._folder / f"{_DRAFT}{number:06d}"

    def commit(self, draft: Path) -> int:
        """Make the directory ``draft`` the current generation, drop the oldest, and return its number."""
        former = self.current()
        number = int(draft.name.removeprefix(_DRAFT))
        contents = inventory.take(draft)
        (draft / inventory.FILE).write_bytes(contents)
        disk.sync_tree(draft, former)
        final = self._folder / f"{number:06d}"
        disk.replace(draft, final)
        disk.sync(self._folder)
        self._point(final, contents)
        for old in self.numbered()[:-KEPT]:
            if old != former:
                disk.discard(old, self._folder / f"{_DRAFT}{old.name}-old")
        self._sweep_made()
        return number

    def repair(self, is_whole: Callable[[Path], bool], number: int | None = None) -> tuple[Path, list[str]]:
        """Make the newest whole generation the current one, or that with ``number``; only for the holder of the lock.

        ``is_whole`` tells whether the content of a generation can be read. Returns the generation, and the names of
        those that were passed over as damaged. Raises StoreError where none is whole; nothing is changed then.
        """
        copy = inventory.take(self._link) if _is_folder(self._link) else b""
        candidates = [path for path in reversed(self.numbered()) if number in (None, int(path.name))]
        if copy:  # the link was copied as what it led to
            candidates.sort(key=lambda path: inventory.take(path) != copy)
        damaged: list[str] = []
        for folder in candidates:
            contents = _contents(folder) or inventory.take(folder)
            if not inventory.faults(folder, contents) and is_whole(folder):
                break
            damaged.append(folder.name)
        else:
            raise StoreError("store-beyond-repair", store=self.root, found=_listed(damaged))
        (folder / inventory.FILE).write_bytes(contents)
        disk.sync(folder / inventory.FILE)
        self._point(folder, contents)
        if copy and inventory.take(folder) == copy:
            disk.remove(self._link)
        return folder, damaged

    def numbered(self) -> list[Path]:
        """Return the directories of all generations, the oldest first."""
        found = self._folder.iterdir() if self._folder.is_dir() else ()
        return sorted((path for path in found if _NUMBER.fullmatch(path.name)), key=lambda path: int(path.name))

    def folder(self, number: int) -> Path:
        """Return the directory of a generation; it need not be there."""
        return self._folder / f"{number:06d}"

    def sweep(self) -> None:
        """Remove what a crash or a given-up draft left behind; only for the holder of the lock. Raises StoreError."""
        self.current()
        for path in [*self.root.glob(f"{_DRAFT}*"), *self._folder.glob(f"{_DRAFT}*")]:
            if path.name not in (BENCH, READ):
                disk.remove(path)
        self._sweep_made()

    def _pointed(self) -> Path:
        """Return what ``current.json`` names, looked at closely once for each content of the file."""
        try:
            content = disk.read_bytes(self._pointer)
            facts = json.loads(content)
            name, wanted = str(facts["generation"]), facts["contents"]
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise self._broken("pointer", name=POINTER) from error
        folder = self._folder / name
        if not _NUMBER.fullmatch(name) or not folder.is_dir():
            raise self._broken("missing", name=name)
        if content != self._proven:
            contents = _contents(folder)
            is_same = inventory.digest(contents) == wanted
            lost = inventory.faults(folder, contents) if is_same else [inventory.FILE]
            if lost:
                raise self._broken("partial", name=name, files=_some(lost))
            self._proven = content
        return folder

    def _linked(self) -> Path:
        """Return what the link of a former version leads to, also where it was copied as the text of a link."""
        if _is_folder(self._link):
            raise self._broken("pointer", name=_LINK)
        try:
            is_link = self._link.is_symlink()
            text = str(self._link.readlink()) if is_link else self._link.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise self._broken("pointer", name=_LINK) from error
        match = _LINK_TEXT.fullmatch(text)
        if not match or not (self._folder / match[1]).is_dir():
            raise self._broken("missing", name=match[1] if match else text[:80])
        return self._folder / match[1]

    def _point(self, folder: Path, contents: bytes) -> None:
        """Make a generation the current one by one replacement of a file."""
        facts = {"generation": folder.name, "contents": inventory.digest(contents)}
        content = json.dumps(facts).encode() + b"\n"
        disk.write_whole(self._pointer, content, self.root / f"{_DRAFT}{POINTER}")
        if self._link.is_symlink() or self._link.is_file():
            self._link.unlink()

    def _broken(self, kind: str, **values: str) -> StoreError:
        """Return the error that says what was lost and which generations can still be had."""
        whole = []
        for folder in self.numbered():
            contents = _contents(folder)
            if not contents or not inventory.faults(folder, contents):
                whole.append(folder.name)
        return StoreError(f"store-broken-{kind}", store=self.root, whole=_listed(whole), **values)

    def _prepare(self) -> None:
        if self.root.exists() and (not self.root.is_dir() or self._foreign_names()):
            raise StoreError("store-foreign", store=self.root)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError("store-unwritable", store=self.root, cause=cause_of(error)) from error

    def _foreign_names(self) -> list[str]:
        names = [path.name for path in self.root.iterdir() if not _DESKTOP.fullmatch(path.name)]
        return [name for name in names if name not in _NAMES and not name.startswith(_DRAFT)]

    def _holder(self) -> str:
        try:
            return (self.root / "lock").read_text(encoding="ascii") or "?"
        except (OSError, ValueError):
            return "?"

    def _sweep_made(self) -> None:
        """Remove what readers made of generations that are gone; a reader may be making something of a living one."""
        living = {path.name for path in self.numbered()}
        folders = [folder for folder in (self.root / SEARCH, self.root / TABLES) if folder.is_dir()]
        for path in (path for folder in folders for path in folder.iterdir()):
            with suppress(FileNotFoundError):  # its maker has just put a draft in place
                fresh = path.name.startswith(_DRAFT) and time.time() - path.stat().st_mtime < _STALE_SECONDS
                if path.name not in living and not fresh:
                    disk.remove(path)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _contents(folder: Path) -> bytes:
    """Return the inventory of a generation, b"" where it has none."""
    try:
        return (folder / inventory.FILE).read_bytes()
    except OSError:
        return b""


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "–"


def _some(names: list[str]) -> str:
    """Return the first few of many names."""
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")

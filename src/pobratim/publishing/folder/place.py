"""The folder's place: one publisher at a time, a draft beside it, and a change of names once all is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pobratim.errors import UsageError
from pobratim.ground import disk

_WAIT = 1.0


class Draft:
    """What is made beside a folder to take its place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._new = folder.with_name(f".{folder.name}.new")
        self._old = folder.with_name(f".{folder.name}.old")

    def recover(self) -> None:
        """Undo what a publisher left who was killed between two names. Raises OSError."""
        if self._old.exists() and not self._folder.exists():
            self._old.rename(self._folder)
        disk.remove(self._old)
        disk.remove(self._new)

    def begin(self) -> Path:
        """Return an empty folder to fill. Raises OSError."""
        self._new.mkdir(parents=True)
        return self._new

    def finish(self) -> None:
        """Give the draft the folder's name. Raises OSError; the folder is as it was then."""
        disk.sync_tree(self._new, self._folder)
        if self._folder.exists():
            self._folder.rename(self._old)
        try:
            self._new.rename(self._folder)
        except OSError:
            if self._old.exists():
                self._old.rename(self._folder)
            raise
        disk.sync(self._folder.parent)
        disk.remove(self._old)

    def drop(self) -> None:
        """Remove what is left of a draft."""
        disk.remove(self._new)


@contextmanager
def replaced(folder: Path) -> Iterator[Draft]:
    """Hold the lock of a folder and yield a draft; without ``finish`` the folder stays as it is.

    Raises UsageError where another publisher is at it, or the folder is a file or a link.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UsageError("publish-foreign", folder=folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with disk.exclusive(folder.with_name(f".{folder.name}.lock"), _WAIT):
            draft = Draft(folder)
            draft.recover()
            try:
                yield draft
            finally:
                draft.drop()
    except disk.LockedError as error:
        raise UsageError("publish-locked", folder=folder) from error

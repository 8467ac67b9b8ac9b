"""The source documents of a store: what each report was read from, under the SHA-256 of its bytes.

``STORE/documents/ab/abcdef…``: outside of the generations, which only name them. A document is on the disk before
the generation that names it becomes current, and stays as long as a generation on the disk names it.
"""

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from pobratim.errors import StoreError
from pobratim.ground.fingerprint import fingerprint

FOLDER = "documents"
"""Its name inside a store."""
_DRAFT = ".tmp-"


class Documents:
    """The documents of one store; only the holder of the store's lock may keep and sweep."""

    def __init__(self, folder: Path) -> None:
        """Remember where they lie; nothing is read or made yet."""
        self._folder = folder

    @property
    def name(self) -> str:
        """Return the folder as text."""
        return str(self._folder)

    def keep(self, data: bytes) -> None:
        """Write a document, which is on the disk when this returns; one that lies there unharmed is left alone.

        Raises StoreError where it cannot be written.
        """
        digest = fingerprint(data)
        file = self._file(digest)
        with suppress(StoreError):
            self.read(digest)
            return
        draft = file.with_name(f"{_DRAFT}{digest}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(file)
            _sync(file.parent)
            _sync(self._folder)
        except OSError as error:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise StoreError("store-unwritable", store=self._folder, cause=error.strerror or error) from error

    def read(self, sha256: str) -> bytes:
        """Return a document. Raises StoreError where it is not kept ("document-missing") or not what was kept."""
        try:
            data = self._file(sha256).read_bytes()
        except FileNotFoundError as error:
            raise StoreError("document-missing") from error
        except OSError as error:
            raise StoreError("document-damaged", path=self._file(sha256)) from error
        if fingerprint(data) != sha256:
            raise StoreError("document-damaged", path=self._file(sha256))
        return data

    def sweep(self, named: Collection[str]) -> None:
        """Remove the documents that are not among ``named``, and what a crash left half written."""
        for file in self._files():
            if file.name not in named:
                file.unlink(missing_ok=True)
                with suppress(OSError):  # others lie there still
                    file.parent.rmdir()

    def _file(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def _files(self) -> Iterator[Path]:
        if self._folder.is_dir():
            yield from sorted(file for file in self._folder.glob("*/*") if file.is_file())


def _sync(folder: Path) -> None:
    # Not every system opens a folder; where it does not, the file system keeps renames in order by itself.
    with suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

"""An answer on its way to the client: in memory while it is small, in an unlinked temporary file beyond that."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO

SPOOL_FROM = 2_000_000
"""Bytes from which on an answer goes to a file, so that large ones do not grow the web process."""
_PIECE = 262_144


class Answer:
    """The whole body of an answer, as the worker encoded it."""

    def __init__(self) -> None:
        """Begin empty."""
        self._pieces: list[bytes] = []
        self._file: IO[bytes] | None = None
        self.size = 0

    def add(self, data: bytes) -> None:
        """Take the next bytes."""
        self.size += len(data)
        if self._file is None and self.size > SPOOL_FROM:
            self._file = TemporaryFile()  # noqa: SIM115 — lives as long as the answer
            self._file.writelines(self._pieces)
            self._pieces = []
        if self._file is not None:
            self._file.write(data)
        else:
            self._pieces.append(data)

    @property
    def body(self) -> bytes | None:
        """Return the bytes, None where they lie in a file."""
        return None if self._file is not None else b"".join(self._pieces)

    def pieces(self) -> Iterator[bytes]:
        """Yield the bytes piece by piece."""
        if self._file is None:
            yield from self._pieces
            return
        self._file.seek(0)
        while piece := self._file.read(_PIECE):
            yield piece

    def close(self) -> None:
        """Give back the file."""
        if self._file is not None:
            self._file.close()

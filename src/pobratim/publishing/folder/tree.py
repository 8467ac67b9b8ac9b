"""The files of a folder on its way, each with its size and digest."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pobratim.ground import disk


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a file: its bytes and their SHA-256."""

    size: int
    digest: str


@dataclass(slots=True)
class Tree:
    """A folder that is being filled. ``files`` are by their path below ``root``, with ``/`` between steps."""

    root: Path
    files: dict[str, Told] = field(default_factory=dict)
    _made: set[str] = field(default_factory=set)

    def put(self, path: str, content: bytes) -> Told:
        """Write a file, which must not be there yet. Raises OSError, ValueError where another file has its path."""
        if path in self.files:
            raise ValueError(f"two files of one name: {path}")
        _write(self._placed(path), content)
        told = self.files[path] = Told(len(content), hashlib.sha256(content).hexdigest())
        return told

    def place(self, path: str) -> Path:
        """Return where a file belongs, its folder made."""
        return Path(self._placed(path))

    def _placed(self, path: str) -> str:
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            (self.root / folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        return f"{self.root}/{path}"

    def take(self, path: str, told: Told | None = None) -> Told:
        """Count a file in that lies at its place already. Raises OSError."""
        found = self.files[path] = told or told_of(self.root / path)
        return found

    def forget(self, folder: Path) -> None:
        """Take note that a folder is gone."""
        self._made.discard(folder.relative_to(self.root).as_posix())

    def keep(self, former: Path, files: Mapping[str, Told], prefix: str) -> None:
        """Take over files of a former folder whose paths begin with ``prefix``, as they are. Raises OSError."""
        for path, told in files.items():
            if path.startswith(prefix) and path not in self.files:
                self.keep_one(former, path, told)

    def keep_one(self, former: Path, path: str, told: Told, name: str = "") -> None:
        """Take over a file of a former folder as it is, under another path where that is given.

        There must be none of that path yet. Raises OSError.
        """
        disk.link(former / path, self.place(name or path))
        self.files[name or path] = told

    def share(self, former: Path | None, files: Mapping[str, Told]) -> None:
        """Have bytes that a former folder or another file holds lie on the disk once, where it has links."""
        held = {told.digest: former / path for path, told in files.items()} if former else {}
        for path, told in sorted(self.files.items()):
            file = self.root / path
            disk.share(held.setdefault(told.digest, file), file)

    def join(self, others: Iterable[Mapping[str, Told]]) -> None:
        """Count in what other processes wrote. Raises ValueError where two wrote one file."""
        for files in others:
            for path, told in files.items():
                if path in self.files:
                    raise ValueError(f"two files of one name: {path}")
                self.files[path] = told


def _write(file: str, content: bytes) -> None:
    """Write a file at one go: very many are small. Raises OSError."""
    held = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(held, left) :]
    finally:
        os.close(held)


def told_of(file: Path) -> Told:
    """Return size and digest of a file. Raises OSError."""
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Told(file.stat().st_size, digest)

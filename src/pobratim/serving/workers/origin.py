"""Where the data lie that are served: generations of a directory, or the load that a remote store holds."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from pobratim.errors import StoreError
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.store.generations import Generations
from pobratim.store.opening import EMPTY, is_url
from pobratim.store.remote.store import DEFAULT_STATE, RemoteStore


@dataclass(frozen=True, slots=True)
class Found:
    """What lies there now: ``target`` is what a zygote opens, ``tag`` differs wherever the data may differ.

    ``modified`` is when it was made, None where nobody tells; ``store`` is as in ``Served``.
    """

    target: str
    number: int
    tag: str
    base: str = DEFAULT_BASE
    manifest: dict[str, Any] = field(default_factory=dict)
    modified: datetime | None = None
    store: str = ""


class Origin(Protocol):
    """A place of data; asking it blocks, for milliseconds in a directory, for a request's time elsewhere."""

    def current(self) -> Found | None:
        """Return what is to be served, None where nothing was loaded yet. Raises StoreError, OSError, ValueError."""
        ...


def origin_of(store: str, state: Path | None) -> Origin:
    """Return the origin that ``--store`` and ``--state`` name."""
    return RemoteOrigin(store, state or DEFAULT_STATE) if is_url(store) else DirectoryOrigin(Path(store))


class DirectoryOrigin:
    """The current generation of a store directory."""

    def __init__(self, directory: Path) -> None:
        """Remember the directory."""
        self._generations = Generations(directory)
        self._found: Found | None = None

    def current(self) -> Found | None:
        """Return the current generation; its tag also tells a store that was made anew and counts from 1 again."""
        folder = self._generations.current()
        if folder is None:
            return None
        file = folder / "manifest.json"
        written = file.stat()
        tag = f"{folder.name}-{written.st_mtime_ns:x}"
        # This is asked twice a second, and a large archive has a large manifest, which never changes.
        if self._found is None or self._found.tag != tag:
            manifest = json.loads(file.read_text(encoding="utf-8"))
            base = manifest.get("base") or DEFAULT_BASE
            made = datetime.fromtimestamp(int(written.st_mtime), UTC)
            self._found = Found(str(folder), int(folder.name), tag, base, manifest, made)
        return self._found


class RemoteOrigin:
    """What a SPARQL 1.1 store holds of ours; its graphs may be loaded from any machine."""

    def __init__(self, url: str, state: Path) -> None:
        """``state`` is the folder of state folders, as for loads."""
        self._url, self._store = url, RemoteStore(url, state)

    def current(self) -> Found | None:
        """Return the load that the store holds whole, None where it holds none. Raises StoreError for a part of one."""
        try:
            reader = self._store.open()
        except StoreError as error:
            if error.code in EMPTY:
                return None
            raise
        tag = hashlib.sha256(f"{self._store.name} {reader.digest}".encode()).hexdigest()[:16]
        return Found(self._url, reader.generation, f"{reader.generation}-{tag}", reader.base)
